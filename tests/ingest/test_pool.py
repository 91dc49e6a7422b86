"""Crashes and hangs of the parser cost one page; readers that fail stand in for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from gongbao.corpus import limited
from gongbao.corpus.document import PageState
from gongbao.corpus.errors import ServiceUnavailable, Stopped
from gongbao.corpus.limited import Limits
from gongbao.ingest import read_file
from gongbao.ingest.pool import PAGE, Budget, Survey, in_order, read_pages, survey
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


def vanish(tell: object) -> None:
    os._exit(3)


def test_a_process_that_vanishes_is_told() -> None:
    with pytest.raises(Stopped, match="被系统中止"):
        limited.follow(vanish)


def count_to(tell: Callable[[int], None], last: int) -> int:
    for number in range(last):
        tell(number)
    return limited.call(os.getppid, limits=PAGE)


def test_work_tells_how_far_it_is_and_starts_processes_of_its_own() -> None:
    heard: list[int] = []
    parent = limited.follow(count_to, 3, told=heard.append)
    assert heard == [0, 1, 2]
    assert parent not in (os.getpid(), os.getppid())


LEFT = """
import os, sys
from pathlib import Path
from gongbao.corpus import limited
from tests.ingest.test_pool import wait_with_two
limited.follow(wait_with_two, told=lambda *pids: print(*pids, flush=True))
"""


def idle(pipe: Any) -> None:
    with suppress(EOFError):
        limited.asked(pipe)


def idle_late(pipe: Any) -> None:
    """Who started this one is dead before it waits for the first time."""
    time.sleep(1.5)
    idle(pipe)


def wait_with_two(tell: Callable[..., None]) -> None:
    team = [limited.launch(target) for target in (idle, idle_late)]
    tell(os.getpid(), *(process.pid for process, _ in team))
    time.sleep(60)


def test_workers_end_with_the_process_that_started_them() -> None:
    """Each holds the ends of the others' pipes, so that none of them is ever told that there is nobody left."""
    root = Path(__file__).resolve().parents[2]
    paths = os.pathsep.join([str(root), *sys.path])
    there: Any = {"cwd": root, "env": os.environ | {"PYTHONPATH": paths}, "text": True}
    with subprocess.Popen([sys.executable, "-c", LEFT], stdout=subprocess.PIPE, **there) as program:
        assert program.stdout
        pids = [int(pid) for pid in program.stdout.readline().split()]
        os.kill(pids[0], signal.SIGKILL)
        until = time.monotonic() + 20
        while (left := [pid for pid in pids[1:] if _lives(pid)]) and time.monotonic() < until:
            time.sleep(0.2)
        assert left == []
        program.wait(20)


def _lives(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


def test_a_process_that_does_not_start_is_no_fault_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "one.pdf"
    path.write_bytes(one_page(b"BT ET"))
    monkeypatch.setattr(limited, "_follow", die)
    with pytest.raises(ServiceUnavailable, match="无法启动"):
        read_file(path)
