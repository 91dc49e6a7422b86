"""Crashes and hangs of the parser cost one page; readers that fail stand in for it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from gongbao.corpus import limited
from gongbao.corpus.document import PageState
from gongbao.corpus.errors import ServiceUnavailable
from gongbao.corpus.limited import Limits
from gongbao.ingest import read_file
from gongbao.ingest.pool import Budget, Survey, in_order, read_pages, survey
from gongbao.ingest.read import PageReading, Request

from tests.ingest.drawn import one_page

GOOD = PageState.NATIVE


def crash_on_second(document: pdfium.PdfDocument, request: Request) -> PageReading:
    if request.index == 1:
        os._exit(7)
    return PageReading(request.index + 1, 1, 1, GOOD)


def hang_on_second(document: pdfium.PdfDocument, request: Request) -> PageReading:
    if request.index == 1:
        time.sleep(60)
    return PageReading(request.index + 1, 1, 1, GOOD)


def fail_on_second(document: pdfium.PdfDocument, request: Request) -> PageReading:
    if request.index == 1:
        raise MemoryError
    return PageReading(request.index + 1, 1, 1, GOOD)


@pytest.mark.parametrize(  # a busy machine takes seconds to start a process: only what hangs is timed tightly
    ("reader", "word", "seconds"),
    [(crash_on_second, "崩溃", 60), (hang_on_second, "秒", 6), (fail_on_second, "内存", 60)],
)
@pytest.mark.parametrize("workers", [1, 2])
def test_one_bad_page_is_named_and_the_others_are_read(
    tmp_path: Path, reader, word: str, seconds: int, workers: int
) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "four.pdf"
    path.write_bytes(one_page(b"BT ET"))
    budget = Budget(Limits(float(seconds)))
    pages = in_order(read_pages(path, [Request(i) for i in range(4)], workers, budget, reader))
    assert [page.number for page in pages] == [1, 2, 3, 4]
    assert [page.state for page in pages] == [GOOD, PageState.FAILED, GOOD, GOOD]
    assert word in pages[1].trouble
    assert pages[1].again


def test_nothing_to_read_starts_nothing(tmp_path: Path) -> None:
    assert list(read_pages(tmp_path / "none.pdf", [], 2)) == []


def test_count(tmp_path: Path) -> None:
    path = tmp_path / "one.pdf"
    path.write_bytes(one_page(b"BT ET"))
    assert survey(path) == Survey(1, {})


def test_a_script_without_a_guard_is_read_from(tmp_path: Path) -> None:
    """Processes do not import the script that starts them; one that reads at once would be in its own way."""
    (tmp_path / "one.pdf").write_bytes(one_page(b"BT /F 12 Tf 100 700 Td (A line of text) Tj ET"))
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\nfrom gongbao.ingest import read_file\n"
        "print(read_file(Path('one.pdf')).issue.documents[0].text)\n",
        "utf-8",
    )
    paths = os.pathsep.join([str(Path(__file__).resolve().parents[2]), *sys.path])
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, env=os.environ | {"PYTHONPATH": paths}, capture_output=True, text=True
    )
    assert done.stdout == "A line of text\n", done.stderr


def die(*_: object) -> None:
    os._exit(3)


def test_a_process_that_does_not_start_is_no_fault_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "one.pdf"
    path.write_bytes(one_page(b"BT ET"))
    monkeypatch.setattr(limited, "_answer", die)
    with pytest.raises(ServiceUnavailable, match="无法启动"):
        read_file(path)
