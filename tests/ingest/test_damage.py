"""A damaged page is never blank, nor whole without a word."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from gongbao.corpus.document import PageState
from gongbao.corpus.errors import InputError
from gongbao.ingest import read_file
from gongbao.ingest.damage import damaged_pages, hidden_content

from tests.ingest.drawn import FONT, GAZETTE, draw, encrypted, pdf

LINES = b"".join(
    b"BT /F 12 Tf 100 %d Td (Line %d of a text that is fine) Tj ET\n" % (700 - 14 * i, i) for i in range(30)
)
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 5 0 R>>>>>>"


def one(content: bytes, contents: int = 4, head: bytes = b"/Filter/FlateDecode") -> bytes:
    stream = b"<</Length %d%s>>stream\n" % (len(content), head) + content + b"\nendstream"
    return pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE % contents, stream, FONT]
    )


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]


PACKED = zlib.compress(LINES)


@pytest.mark.parametrize(
    ("content", "damaged"),
    [
        (PACKED, False),
        (PACKED[:-4], False),  # some makers leave the checksum out
        (flipped(PACKED, len(PACKED) // 2), True),
        (flipped(PACKED, len(PACKED) - 1), True),
        (PACKED[: len(PACKED) // 2], True),
    ],
    ids=["whole", "without checksum", "a bit in the middle", "its checksum", "half"],
)
def test_damaged_data_is_named_with_its_page(tmp_path: Path, content: bytes, damaged: bool) -> None:
    (tmp_path / "a.pdf").write_bytes(one(content))
    failures = read_file(tmp_path / "a.pdf").failures
    assert [failure.page for failure in failures] == ([1] if damaged else [])


def test_a_page_whose_content_is_gone_is_not_blank(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(one(PACKED, contents=9))
    reading = read_file(tmp_path / "a.pdf")
    assert [page.state for page in reading.issue.pages] == [PageState.FAILED]
    assert [(failure.page, bool(failure.remedy)) for failure in reading.failures] == [(1, True)]


@pytest.mark.parametrize(
    ("content", "hidden"), [(LINES, True), (b"q 1 0 0 1 0 0 cm Q", False), (b"[(a) 3 (b)] TJ", True), (b"(a) '", True)]
)
def test_text_that_does_not_come_out_is_told(tmp_path: Path, content: bytes, hidden: bool) -> None:
    """As asked of a page that shows nothing."""
    (tmp_path / "a.pdf").write_bytes(one(zlib.compress(content)))
    assert bool(hidden_content(tmp_path / "a.pdf", 0)) is hidden


def test_a_file_without_any_document_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(one(zlib.compress(b"q Q")))
    with pytest.raises(InputError, match="没有读出"):
        read_file(tmp_path / "a.pdf")


def test_good_and_locked_files_are_left_alone(tmp_path: Path) -> None:
    assert damaged_pages(draw(tmp_path / "good.pdf", GAZETTE)) == {}
    (tmp_path / "locked.pdf").write_bytes(encrypted(b""))
    assert damaged_pages(tmp_path / "locked.pdf") == {}
