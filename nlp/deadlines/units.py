"""The pieces of a document in which time limits are read: paragraphs and table cells, folded and masked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gongbao.corpus.document import Block, BlockKind, Document, Table
from gongbao.corpus.language.document_numbers import FOLDED_SERIAL
from gongbao.corpus.offsets import OffsetMap, Span, normalise

# Names, signatures and lists of titles state no limits.
_LEFT_OUT = {
    BlockKind.TITLE,
    BlockKind.NUMBER,
    BlockKind.SALUTATION,
    BlockKind.ATTACHMENT_LIST,
    BlockKind.ATTACHMENT_LABEL,
    BlockKind.CAPTION,
    BlockKind.SIGNATURE,
    BlockKind.DATE,
    BlockKind.NOTE,
    BlockKind.IMPRINT,
    BlockKind.TABLE,  # read cell by cell
}
_WORTH_READING = re.compile('[年月日天周旬季时期检钟]|星期|五[”"]?(?:规划)?期?末|[0-9０-９]{4}[.．/-]')
_MASKED = re.compile(
    r"(?:(?<=[。;:])|^)\(?\d{1,2}\.(?=(?:(?:19|20)\d\d年|\d{1,2}月))"  # 9.2024年底…: the number of an item
    r"|《[^《》]{1,300}》"
    rf"|{FOLDED_SERIAL}"
    r"|[A-Z]{2,}[A-Z/]*\d+(?:\.\d+)*-\d{4}"
    r"|\((?:19|20)\d\d年?(?:[-~–—―−至](?:19|20)\d\d年?)?(?:版|修订|修正|本|年)?\)"
    r"|[(](?:19|20)\d\d(?:年)?(?:版|年?修订|年?修正|年?本)[)]"
    r"|1[3-9]\d{9}|0\d{2,3}-\d{7,8}"
)
_FIGURE = re.compile(r"[^\d]{0,2}\d[\s\d.,%％万亿-]*")
_HEAD = "■"  # stands for what is above a column head
_BLANK = "■"
_LONGEST_CONTEXT = 200  # characters on each side: one endless sentence stays affordable
_TELLING = 20  # characters from which a sentence tells its place
_OPENING = "（(〔[【"  # …。（6月底完成，牵头单位：…）: what a bracket is said of stands before it
_SENTENCE_END = re.compile("[。；;！!？?\n]")


@dataclass(frozen=True, slots=True)
class Unit:
    """`folded` is half width without blanks, names and numbers masked; `offsets` leads back.

    `header` is what stands above a table cell, empty elsewhere; `row` the cell's row in the text.
    """

    folded: str
    offsets: OffsetMap
    start: int
    end: int
    heading: bool = False
    chapter: bool = False  # a heading of the first level
    header: str = ""
    row: Span | None = None
    stages: bool = False  # a column head over marks or words, no figures: what is done by then

    @property
    def column_head(self) -> bool:
        return self.header == _HEAD

    @property
    def cell(self) -> bool:
        return self.row is not None

    def original(self, start: int, end: int) -> Span:
        """The place in the document of a piece of the folded text."""
        return self.offsets.to_original(Span(start, end)).shift(self.start)

    def context(self, text: str, quote: Span) -> Span:
        """The sentence of the quote, with its neighbour where it is too short to tell; of a short cell the row."""
        if self.row and self.end - self.start < 25:
            return Span(
                max(self.row.start, quote.start - _LONGEST_CONTEXT), min(self.row.end, quote.end + _LONGEST_CONTEXT)
            )
        left = max(self.start, quote.start - _LONGEST_CONTEXT)
        right = min(self.end, quote.end + _LONGEST_CONTEXT)
        begins = [left, *(m.end() for m in _SENTENCE_END.finditer(text, left, quote.start))]
        start, end = begins[-1], _sentence_end(text, quote.end, right)
        if end - quote.start < _TELLING:
            end = _sentence_end(text, end, right)
        remark = text[start : start + 1] in _OPENING
        if (end - start < _TELLING or remark) and len(begins) > 1:
            start = begins[-2]
        return Span(start, end)


def _sentence_end(text: str, start: int, right: int) -> int:
    found = _SENTENCE_END.search(text, start, right)
    return found.end() if found else right


def units_of(document: Document) -> Iterator[Unit]:
    """Everything that may state a limit, in reading order."""
    for block in document.blocks:
        if block.kind is BlockKind.TABLE and block.table is not None:
            yield from _cells(document, document.tables[block.table])
        elif block.kind not in _LEFT_OUT and not _is_title(block):
            is_heading = block.kind is BlockKind.HEADING
            unit = _heading(document.text, block) if is_heading else _unit(document.text, block.span)
            if unit:
                yield unit


def _is_title(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and block.level == 0


def _heading(text: str, block: Block) -> Unit:
    """Headings are always read: they say which year a section speaks about."""
    folded, offsets = normalise(block.span.of(text))
    start, end = block.span.start, block.span.end
    return Unit(_masked(folded), offsets, start, end, heading=True, chapter=block.level == 1)


def _masked(folded: str) -> str:
    return _MASKED.sub(lambda found: _BLANK * len(found[0]), folded)


def _cells(document: Document, table: Table) -> Iterator[Unit]:
    headers, rows, stages = _column_headers(table), _rows(table), _stages(table)
    for cell in table.cells:
        row = rows[cell.row]
        above = _HEAD if cell.header else headers.get(cell.col, "")
        unit = _unit(document.text, cell.span, header=above, row=row)
        if unit:
            yield replace(unit, stages=cell.header and cell.col in stages)


def _column_headers(table: Table) -> dict[int, str]:
    headers: dict[int, str] = {}
    for row, col, cell in table.places():
        if row < table.header_rows:
            headers[col] = headers.get(col, "") + "".join(cell.text.split())
    return headers


def _stages(table: Table) -> set[int]:
    """Columns that hold marks (√) or words, and no figures."""
    held: dict[int, list[str]] = {}
    for row, col, cell in table.places():
        if row >= table.header_rows and cell.text.strip():
            held.setdefault(col, []).append(cell.text)
    return {col for col, texts in held.items() if not any(_FIGURE.fullmatch(text) for text in texts)}


def _rows(table: Table) -> dict[int, Span]:
    """Each row from its first own cell to its last; a cell may hold line breaks."""
    rows: dict[int, Span] = {}
    for cell in table.cells:
        row = rows.get(cell.row, cell.span)
        rows[cell.row] = Span(min(row.start, cell.span.start), max(row.end, cell.span.end))
    return rows


def _unit(text: str, span: Span, *, header: str = "", row: Span | None = None) -> Unit | None:
    raw = span.of(text)
    if not _WORTH_READING.search(raw):
        return None
    folded, offsets = normalise(raw)
    return Unit(_masked(folded), offsets, span.start, span.end, header=header, row=row)
