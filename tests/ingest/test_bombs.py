"""Files that unfold to more than there is: stopped within a minute and 800 MB, named, and nothing else suffers."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from gongbao.corpus.errors import InputError
from gongbao.ingest import read_file

from tests.ingest import hostile

SECONDS = 60.0
TEXT = "云川市人民政府关于做好防汛工作的通知\n云政发〔2024〕6号\n各单位：\n请认真执行。\n"

PAGES = [("flate.pdf", hostile.flate_pdf), ("forms.pdf", hostile.forms_pdf)]
FILES = [
    ("wide.docx", lambda: hostile.docx(hostile.wide_cell(30_000_000)), "列"),
    ("blown.docx", lambda: hostile.docx("<w:p/>" * 30_000_000), "展开"),
    ("laughs.docx", lambda: hostile.docx(hostile.word_paragraph("&a9;"), hostile.BILLION_LAUGHS), "docx"),
    ("long.txt", lambda: b"a" * 40_000_000, "MB"),
]


@pytest.mark.parametrize(("name", "make"), PAGES, ids=[row[0] for row in PAGES])
def test_a_page_is_stopped_and_named(tmp_path: Path, name: str, make) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / name
    path.write_bytes(make())
    assert path.stat().st_size < 100_000
    began = time.monotonic()
    (failure,) = read_file(path).failures
    assert time.monotonic() - began < SECONDS
    assert (failure.page, failure.again, bool(failure.remedy)) == (1, True, True)


@pytest.mark.parametrize(("name", "make", "word"), FILES, ids=[row[0] for row in FILES])
def test_a_file_is_stopped_and_named(tmp_path: Path, name: str, make, word: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / name
    path.write_bytes(make())
    began = time.monotonic()
    with pytest.raises(InputError, match=word) as caught:
        read_file(path)
    assert time.monotonic() - began < SECONDS
    assert name in caught.value.message
    assert caught.value.remedy


def test_no_file_outside_is_read(tmp_path: Path) -> None:
    path = tmp_path / "outside.docx"
    path.write_bytes(hostile.docx(hostile.word_paragraph("防汛通知&s;"), hostile.EXTERNAL))
    try:
        text = "".join(document.text for document in read_file(path).issue.documents)
    except InputError:
        return
    assert "root" not in text


def test_the_bounds_are_of_no_matter_to_a_usual_file(tmp_path: Path) -> None:
    path = tmp_path / "usual.docx"
    path.write_bytes(hostile.docx("".join(map(hostile.word_paragraph, TEXT.splitlines()))))
    assert read_file(path).issue.documents[0].text.splitlines() == TEXT.splitlines()
