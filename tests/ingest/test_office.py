"""Spreadsheets, RTF and OpenDocument: what they hold, under whatever name, and what cannot be read."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from gongbao.corpus.document import Document
from gongbao.corpus.errors import DamagedFile, EmptyFile, EncryptedFile, InputError, TooLarge
from gongbao.ingest import read_file

from tests.ingest import office_files as made
from tests.ingest.hostile import zipped
from tests.ingest.test_ofd import locked

GRID = [made.HEAD, *([str(value) for value in row] for row in made.ROWS)]


def read(folder: Path, content: bytes, name: str) -> Document:
    (folder / name).write_bytes(content)
    (document,) = read_file(folder / name).issue.documents
    return document


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.et", "plan.xls"])
def test_a_sheet_of_tasks_is_its_table(tmp_path: Path, name: str) -> None:
    document = read(tmp_path, made.xlsx(), name)
    (table,) = document.tables
    assert document.title == made.TITLE
    assert (table.grid(), table.header_rows) == (GRID, 1)
    assert document.text.endswith("注：完成时限为截止日期。")
    assert "不打印" not in document.text


def test_a_sheet_of_an_open_document(tmp_path: Path) -> None:
    assert read(tmp_path, made.ods(), "plan.ods").tables[0].grid() == GRID


@pytest.mark.parametrize(
    ("name", "content"), [("a.odt", made.odt()), ("a.rtf", made.rtf()), ("a.doc", made.rtf()), ("a.wps", made.rtf())]
)
def test_a_notice_with_its_table(tmp_path: Path, name: str, content: bytes) -> None:
    document = read(tmp_path, content, name)
    assert (document.title, document.number) == (made.NOTICE[0], "云政发〔2024〕6号")
    assert (document.issuer, document.signed) == ("云川市人民政府", date(2024, 3, 9))
    assert [table.grid() for table in document.tables] == [made.CELLS]
    assert [line for line in made.NOTICE if line not in document.text] == []


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BROKEN = [
    ("empty.xlsx", b"", EmptyFile),
    ("empty.doc", b"", EmptyFile),
    ("half.xlsx", made.xlsx()[:2000], DamagedFile),
    ("half.odt", made.odt()[:300], DamagedFile),
    ("half.doc", COMPOUND + b"\x00" * 3000, DamagedFile),
    ("half.xls", COMPOUND + b"\x00" * 3000, DamagedFile),
    ("words.xlsx", "不是表格".encode(), DamagedFile),
    ("words.wps", "不是文档".encode(), DamagedFile),
    ("secret.xlsx", locked(made.xlsx()), EncryptedFile),
    ("secret.odt", locked(made.odt()), EncryptedFile),
    ("blown.ods", made.odf("spreadsheet", "<x>" + " " * 80_000_000 + "</x>"), TooLarge),
    (
        "wide.ods",
        made.odf(
            "spreadsheet",
            '<office:spreadsheet><table:table table:name="a"><table:table-row table:number-rows-repeated="1000000">'
            '<table:table-cell table:number-columns-repeated="16000" office:value-type="string"><text:p>x</text:p>'
            "</table:table-cell></table:table-row></table:table></office:spreadsheet>",
        ),
        InputError,
    ),
    ("deep.rtf", b"{\\rtf1" + b"{" * 2_000_000, InputError),
]


@pytest.mark.parametrize(("name", "content", "error"), BROKEN, ids=[row[0] for row in BROKEN])
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes, error: type[InputError]) -> None:
    began = time.monotonic()
    with pytest.raises(error) as caught:
        read(tmp_path, content, name)
    assert name in caught.value.message
    assert caught.value.remedy
    assert time.monotonic() - began < 60


def _with_shared_strings() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_row(0, 0, made.HEAD)
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "gone"), [(_with_shared_strings, "xl/sharedStrings.xml"), (made.xlsx, "xl/worksheets/sheet1.xml")]
)
def test_a_workbook_without_a_part_that_it_names_is_damaged(
    tmp_path: Path, make: Callable[[], bytes], gone: str
) -> None:
    """Its numbers alone would come, and nobody be told. Found by `make fuzz`: a bit of the part's name was flipped."""
    path = tmp_path / "分解表.xlsx"
    with zipfile.ZipFile(io.BytesIO(make())) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    members[gone.replace("xl", "xm")] = members.pop(gone)
    path.write_bytes(zipped(members))
    with pytest.raises(DamagedFile, match=gone):
        read_file(path)


def test_an_open_document_whose_kind_cannot_be_read_goes_by_its_suffix(tmp_path: Path) -> None:
    """Found by `make fuzz`: the bytes that say what it is were damaged, and zlib's own words came out."""
    whole, begins = made.odt(), made.odt().index(b"mimetype") + len(b"mimetype")
    path = tmp_path / "通知.odt"
    path.write_bytes(whole[:begins] + b"\xff" * 20 + whole[begins + 20 :])
    assert "".join(document.text for document in read_file(path).issue.documents).startswith(made.NOTICE[0])
