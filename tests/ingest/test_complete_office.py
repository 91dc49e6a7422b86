"""Nothing is lost from any kind of file: what was written into it, in any order and nesting, is kept somewhere.

Unlike the check that every reading makes of itself, this one knows what the file holds before anything reads it.
"""

from __future__ import annotations

import html
import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from gongbao.corpus.document import Source, SourceKind
from gongbao.corpus.errors import EmptyFile
from gongbao.ingest.kinds import FileKind
from gongbao.ingest.ofd.read import read_ofd
from gongbao.ingest.unpack import unpack_here
from gongbao.ingest.whole import read_whole
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ingest import ofd_files
from tests.ingest.hostile import docx, zipped
from tests.ingest.office_files import odf
from tests.ingest.test_complete import LINES, kept

Block = str | tuple[tuple[str, ...], ...]  # a paragraph, or the rows of a table

_SHORT = st.text(alphabet="云川市水务局甲乙，。1２", min_size=1, max_size=8)
_LINE = st.sampled_from([line.replace("\t", "　") for line in LINES if line and "�" not in line]) | _SHORT
_ROWS = st.integers(1, 4).flatmap(
    lambda wide: st.lists(st.tuples(*[_SHORT for _ in range(wide)]), min_size=1, max_size=4).map(tuple)
)
BLOCKS = st.lists(_LINE | _ROWS, min_size=1, max_size=12)
Written = Callable[[list[Block]], bytes]


def _said(blocks: list[Block]) -> Counter[str]:
    parts = [block if isinstance(block, str) else "".join(map("".join, block)) for block in blocks]
    return Counter("".join("".join(parts).split()))


# --- writers


def _word(blocks: list[Block]) -> bytes:
    """Paragraphs in turn as they are, in a link, in a content control, as inserted text, in a text box."""
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    ways = (
        f"<w:p>{run}</w:p>",
        f"<w:p><w:hyperlink>{run}</w:hyperlink></w:p>",
        f"<w:sdt><w:sdtContent><w:p>{run}</w:p></w:sdtContent></w:sdt>",
        f"<w:p><w:ins w:id='1' w:author='a'>{run}</w:ins></w:p>",
        f"<w:p><w:r><w:pict><w:txbxContent><w:p>{run}</w:p></w:txbxContent></w:pict></w:r></w:p>",
    )
    paragraph, cell = ways[0], "<w:tc><w:p>" + run + "</w:p></w:tc>"
    parts = []
    for place, block in enumerate(blocks):
        if isinstance(block, str):
            parts.append(ways[place % len(ways)].format(block))
        else:
            rows = "".join(f"<w:tr>{''.join(map(cell.format, row))}</w:tr>" for row in block)
            parts.append(f"<w:tbl>{rows}</w:tbl>{paragraph.format('')}")
    return docx("".join(parts))


def _web(blocks: list[Block]) -> bytes:
    """Paragraphs in turn in elements of their own, in lists, side by side in one, and as bare text."""
    ways = ("<p>{}</p>", "<div><span>{}</span></div>", "<ul><li>{}</li></ul>", "<div>{}<br></div>", "<h2>{}</h2>", "{}")
    parts = []
    for place, block in enumerate(blocks):
        if isinstance(block, str):
            parts.append(ways[place % len(ways)].format(html.escape(block)))
        else:
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in block)
            parts.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
    return f"<!doctype html><html><meta charset=utf-8><body>{''.join(parts)}</body></html>".encode()


def _sheet(blocks: list[Block]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for block in blocks:
        for row in [(block,)] if isinstance(block, str) else block:
            sheet.append([None, *row])
        if not isinstance(block, str):
            sheet = book.create_sheet()
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows_of(block: Block) -> str:
    rows = [(block,)] if isinstance(block, str) else block
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    return "".join(
        f"<table:table-row>{''.join(cell.format(html.escape(text)) for text in row)}</table:table-row>" for row in rows
    )


def _open_sheet(blocks: list[Block]) -> bytes:
    rows = "".join(map(_rows_of, blocks))
    return odf(
        "spreadsheet", f'<office:spreadsheet><table:table table:name="a">{rows}</table:table></office:spreadsheet>'
    )


def _open_text(blocks: list[Block]) -> bytes:
    parts = [
        f"<text:p>{html.escape(block)}</text:p>"
        if isinstance(block, str)
        else f'<table:table><table:table-column table:number-columns-repeated="{len(block[0])}"/>'
        f"{_rows_of(block)}</table:table>"
        for block in blocks
    ]
    return odf("text", f"<office:text>{''.join(parts)}</office:text>")


def _rich(blocks: list[Block]) -> bytes:
    def coded(text: str) -> str:
        return "".join(f"\\u{ord(char)}?" for char in text)

    parts = []
    for block in blocks:
        if isinstance(block, str):
            parts.append(f"\\pard {coded(block)}\\par\n")
        else:
            edges = "".join(f"\\cellx{1000 * (i + 1)}" for i in range(len(block[0])))
            parts += [
                f"\\trowd{edges}" + "".join(f"\\pard\\intbl {coded(cell)}\\cell" for cell in row) + "\\row\n"
                for row in block
            ]
    return ("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 SimSun;}}\\f0\n" + "".join(parts) + "\\pard\\par}").encode()


def _text(blocks: list[Block]) -> bytes:
    lines = [block if isinstance(block, str) else "\n".join(map("\t".join, block)) for block in blocks]
    return "\n".join(lines).encode("gb18030")


WRITERS: list[tuple[FileKind, str, Written]] = [
    (FileKind.DOCX, ".docx", _word),
    (FileKind.WEB, ".html", _web),
    (FileKind.SHEET, ".xlsx", _sheet),
    (FileKind.SHEET, ".ods", _open_sheet),
    (FileKind.ODT, ".odt", _open_text),
    (FileKind.RTF, ".rtf", _rich),
    (FileKind.TEXT, ".txt", _text),
]
_OFTEN = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(("kind", "suffix", "write"), WRITERS, ids=[row[1] for row in WRITERS])
@_OFTEN
@given(blocks=BLOCKS)
def test_nothing_of_it_is_lost(
    tmp_path: Path, blocks: list[Block], kind: FileKind, suffix: str, write: Written
) -> None:
    path = tmp_path / f"文件{suffix}"
    path.write_bytes(write(blocks))
    try:
        reading = read_whole(path, kind, Source(path.name, "0" * 64, SourceKind.TEXT))
    except EmptyFile:
        assert not _said(blocks)
        return
    assert not _said(blocks) - kept(reading.issue)
    assert reading.failures == ()


@_OFTEN
@given(pages=st.lists(st.lists(_LINE | _ROWS, min_size=1, max_size=8), min_size=1, max_size=3))
def test_nothing_of_an_ofd_is_lost(tmp_path: Path, pages: list[list[Block]]) -> None:
    path = tmp_path / "文件.ofd"
    path.write_bytes(ofd_files.Ofd([ofd_files.page(_set(page)) for page in pages]).made())
    reading = read_ofd(path, Source(path.name, "0" * 64, SourceKind.NATIVE))
    wanted = Counter[str]()
    for page in pages:
        wanted += _said(page)
    assert not wanted - kept(reading.issue)
    assert reading.failures == ()


def _set(blocks: list[Block]) -> str:
    """One below the other; a paragraph is one line of letters that fit the page."""
    parts, y = [], 20.0
    for block in blocks:
        if isinstance(block, str):
            parts.append(ofd_files.text(html.escape(block), 20, y, min(ofd_files.EM, 170 / len(block))))
            y += 10
        else:
            rows = [list(map(html.escape, row)) for row in block]
            parts.append(ofd_files.grid(20, y, [40.0] * len(rows[0]), 10, rows))
            y += 10 * len(rows) + 8
    return "".join(parts)


NAMES = st.lists(st.text(alphabet="云川ab1", min_size=1, max_size=2), min_size=1, max_size=3).map("/".join)


@_OFTEN
@given(members=st.dictionaries(NAMES, st.binary(max_size=20), max_size=6))
def test_each_file_of_an_archive_is_laid_out_or_named(
    tmp_path_factory: pytest.TempPathFactory, members: dict[str, bytes]
) -> None:
    place = tmp_path_factory.mktemp("archive")
    (place / "文件.zip").write_bytes(zipped(members))
    left = dict(unpack_here(place / "文件.zip", place / "out").left_out)
    laid = [path.read_bytes() for path in (place / "out").rglob("*") if path.is_file()]
    assert Counter(laid) == Counter(content for name, content in members.items() if name not in left)
