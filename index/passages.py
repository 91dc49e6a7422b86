"""A document cut into passages: paragraphs, headings, list items, and the rows of tables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from gongbao.corpus.document import BlockKind, Cell, Document, Heading, Table
from gongbao.corpus.language.numbering import Style, numbering_at
from gongbao.corpus.offsets import Span

ROW = "row"  # of a table, as `PassagePiece.block`
_LONGEST = 600  # characters; a longer paragraph is cut where a sentence ends
_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]?")
_MOST_ITEMS = 30  # of a list that come with the passage above it
_LISTED = {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING}
_LEFT_OUT = {BlockKind.TITLE, BlockKind.NUMBER, BlockKind.TABLE}


@dataclass(frozen=True, slots=True)
class PassagePiece:
    """`text` as shown; `path` and `columns` the headings, caption and column headers it stands under."""

    block: str  # paragraph, heading, list_item, row …
    text: str
    span: Span
    path: tuple[str, ...]
    columns: tuple[str, ...] = ()
    items: tuple[str, ...] = ()  # of one that ends in ：, the list under it


def cut_passages(document: Document) -> Iterator[PassagePiece]:
    """Every passage in reading order."""
    outline = _Outline(document.headings)
    for at, block in enumerate(document.blocks):
        path = outline.at(block.span.start)
        if block.kind is BlockKind.TABLE and block.table is not None:
            yield from _rows(document.tables[block.table], path)
        elif block.kind is BlockKind.HEADING:
            yield PassagePiece(block.kind.value, block.span.of(document.text), block.span, path[:-1])
        elif block.kind not in _LEFT_OUT:
            items = _items_under(document, at)
            for span in _split(document.text, block.span):
                own = items if span.end == block.span.end else ()
                yield PassagePiece(block.kind.value, span.of(document.text), span, path, items=own)


def _items_under(document: Document, at: int) -> tuple[str, ...]:
    """The numbered paragraphs that follow one that ends in ：, as long as they are numbered in its list's way."""
    if not document.blocks[at].span.of(document.text).rstrip().endswith(("：", ":")):
        return ()
    found: list[str] = []
    style: Style | None = None
    for block in document.blocks[at + 1 : at + 1 + _MOST_ITEMS]:
        text = block.span.of(document.text).strip()
        number = numbering_at(text) if block.kind in _LISTED else None
        if number is None or number.style is not (style or number.style):
            break
        style = number.style
        found.append(text)
    return tuple(found)


class _Outline:
    """As `Document.path_at`, for places that are asked in order."""

    def __init__(self, headings: tuple[Heading, ...]) -> None:
        self._left = iter(headings)
        self._next = next(self._left, None)
        self._above: list[Heading] = []

    def at(self, offset: int) -> tuple[str, ...]:
        while self._next and self._next.span.start <= offset:
            level = self._next.level
            self._above = [h for h in self._above if h.level < level] + [self._next]
            self._next = next(self._left, None)
        return tuple(h.text for h in self._above)


def _split(text: str, span: Span) -> Iterator[Span]:
    """The span, cut at sentence ends into pieces of up to `_LONGEST` characters where that can be."""
    start = at = span.start
    while at < span.end:
        found = _SENTENCE.match(text, at, span.end)
        end = min(found.end() if found else span.end, at + _LONGEST)
        if end - start > _LONGEST and at > start:
            yield Span(start, at)
            start = at
        at = max(end, at + 1)
    if span.end > start:
        yield Span(start, span.end)


def _rows(table: Table, path: tuple[str, ...]) -> Iterator[PassagePiece]:
    """Rows below the header; merged text stands in each row that it covers."""
    path = (*path, table.caption) if table.caption else path
    columns = tuple(cell.text for cell in table.cells if cell.row < table.header_rows and cell.text)
    by_row = _cells_by_row(table)
    for row in range(table.header_rows, table.n_rows):
        cells = [cell for cell in by_row[row] if cell.text.strip()]
        own = [cell.span for cell in cells if cell.row == row] or [cell.span for cell in cells]
        if own:
            span = Span(min(s.start for s in own), max(s.end for s in own))
            yield PassagePiece(ROW, "\t".join(" ".join(cell.text.split()) for cell in cells), span, path, columns)


def _cells_by_row(table: Table) -> defaultdict[int, list[Cell]]:
    by_row: defaultdict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, table.n_rows)):
            by_row[row].append(cell)
    for cells in by_row.values():
        cells.sort(key=lambda cell: cell.col)
    return by_row
