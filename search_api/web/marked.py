"""A document's text cut into pieces for display: tasks, bodies, time limits, citations and figures marked in place.

Spans are those of `Document.text`; nothing is searched for again. Where marks overlap, the one
that starts first stands, the longer of two.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from gongbao.corpus.document import Block, BlockKind, Cell, Document, Table
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Assignment, Extraction
from gongbao.search_api import labels
from gongbao.search_api.web.render import agency_url, document_url, with_text


@dataclass(frozen=True, slots=True)
class PageMark:
    """`kind`: agency | deadline | citation | quantity | contact | place.

    `record`: whose words are boxed on the page, if any; without an `href` the mark leads to that box.
    """

    kind: str
    span: Span
    href: str
    hint: str
    record: str | None = None


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    text: str
    mark: PageMark | None
    strong: bool


@dataclass(frozen=True, slots=True)
class MarkedRun:
    """Pieces that belong to the same tasks; `starts`: those whose first words these are."""

    tasks: tuple[Assignment, ...]
    starts: tuple[Assignment, ...]
    pieces: tuple[MarkedPiece, ...]


@dataclass(frozen=True, slots=True)
class CellView:
    cell: Cell
    runs: tuple[MarkedRun, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    header: bool
    tasks: tuple[Assignment, ...]
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    place: int  # from 1
    table: Table
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class BlockView:
    """A paragraph or a table; `anchors` are the places of headings that begin here."""

    kind: BlockKind
    level: int | None
    anchors: tuple[int, ...]
    runs: tuple[MarkedRun, ...]
    table: TableView | None


class MarkedText:
    def __init__(self, document: Document, extraction: Extraction | None) -> None:
        self._document = document
        self._marks = _without_overlaps(_marks(extraction)) if extraction else []
        tasks = extraction.assignments if extraction else ()
        self._tasks = sorted(tasks, key=lambda task: task.span)
        self._strong = [heading.span for heading in document.headings if heading.run_in]

    def blocks(self) -> Iterator[BlockView]:
        """Everything below title and number, in reading order."""
        headings = {heading.span.start: place for place, heading in enumerate(self._document.headings)}
        for block in self._document.blocks:
            if block.kind in (BlockKind.TITLE, BlockKind.NUMBER):
                continue
            anchors = (headings[block.span.start],) if block.span.start in headings else ()
            yield self._block(block, anchors)

    def runs(self, span: Span, with_tasks: bool = True) -> tuple[MarkedRun, ...]:
        """The text of `span` in runs and pieces; their texts joined are exactly that text."""
        tasks = [task for task in self._tasks if task.span.overlaps(span)] if with_tasks else []
        return tuple(
            MarkedRun(
                tuple(task for task in tasks if task.span.covers(part)),
                tuple(task for task in tasks if max(task.span.start, span.start) == part.start),
                tuple(self._pieces(part)),
            )
            for part in _cut(span, (edge for task in tasks for edge in (task.span.start, task.span.end)))
        )

    def _block(self, block: Block, anchors: tuple[int, ...]) -> BlockView:
        if block.table is not None:
            return BlockView(block.kind, None, anchors, (), self._table(block.table))
        return BlockView(block.kind, block.level, anchors, self.runs(block.span), None)

    def _table(self, place: int) -> TableView:
        table = self._document.tables[place]
        rows: list[list[Cell]] = [[] for _ in range(table.n_rows)]
        for cell in table.cells:
            rows[cell.row].append(cell)
        return TableView(place + 1, table, tuple(self._row(table, row, cells) for row, cells in enumerate(rows)))

    def _row(self, table: Table, row: int, cells: list[Cell]) -> RowView:
        tasks = tuple(t for t in self._tasks if any(_begins_in(t.span, cell.span) for cell in cells))
        views = tuple(CellView(cell, self.runs(cell.span, with_tasks=False)) for cell in cells)
        return RowView(row < table.header_rows, tasks, views)

    def _pieces(self, span: Span) -> Iterator[MarkedPiece]:
        marks = self._marks[bisect_left(self._marks, span.start, key=lambda mark: mark.span.end - 1) :]
        inside = [mark for mark in _until(marks, span.end) if mark.span.overlaps(span)]
        strong = [heading for heading in self._strong if heading.overlaps(span)]
        edges = [edge for s in [*(mark.span for mark in inside), *strong] for edge in (s.start, s.end)]
        for part in _cut(span, edges):
            mark = next((mark for mark in inside if mark.span.covers(part)), None)
            yield MarkedPiece(part.of(self._document.text), mark, any(heading.covers(part) for heading in strong))


def _marks(extraction: Extraction) -> Iterator[PageMark]:
    for task in extraction.assignments:
        for party in task.parties:
            hint = f"{labels.ROLES[party.role]}：{party.agency or party.name}"
            yield PageMark("agency", party.span, agency_url(party.agency or party.name), hint)
    for deadline in extraction.deadlines:
        hint = f"{labels.DEADLINE_KINDS[deadline.kind]}：{labels.deadline_meaning(deadline) or deadline.text}"
        yield PageMark("deadline", deadline.span, "", hint, deadline.id)
    for citation in extraction.citations:
        href = document_url(citation.target) if citation.target else with_text(citation.number or citation.title)
        hint = f"{labels.RELATIONS[citation.relation]}：{citation.number or citation.title}"
        yield PageMark("citation", citation.span, href, hint, citation.id)
    for quantity in extraction.quantities:
        yield PageMark("quantity", quantity.span, "", f"量化指标：{labels.quantity_meaning(quantity)}", quantity.id)
    for contact in extraction.contacts:
        yield PageMark("contact", contact.span, "", f"{labels.CHANNELS[contact.kind]}：{contact.number}", contact.id)
    for place in extraction.places:
        yield PageMark("place", place.span, "", f"地区：{place.full}", place.id)


def _without_overlaps(marks: Iterable[PageMark]) -> list[PageMark]:
    kept: list[PageMark] = []
    for mark in sorted(marks, key=lambda m: (m.span.start, -m.span.end)):
        if len(mark.span) and (not kept or kept[-1].span.end <= mark.span.start):
            kept.append(mark)
    return kept


def _until(marks: Iterable[PageMark], end: int) -> Iterator[PageMark]:
    for mark in marks:
        if mark.span.start >= end:
            return
        yield mark


def _cut(span: Span, edges: Iterable[int]) -> Iterator[Span]:
    """`span` cut at those edges that lie in it; nothing for an empty span."""
    inner = sorted({edge for edge in edges if span.start < edge < span.end})
    places = [span.start, *inner, span.end]
    return (Span(a, b) for a, b in pairwise(places) if a < b)


def _begins_in(span: Span, cell: Span) -> bool:
    return cell.start <= span.start < max(cell.end, cell.start + 1)
