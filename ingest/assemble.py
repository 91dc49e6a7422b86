"""A draft with its blocks → a Document: one text, spans, places on the page, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from gongbao.corpus.document import Block, BlockKind, Cell, Document, Heading, Source, Table
from gongbao.corpus.ids import document_id
from gongbao.corpus.offsets import CharMap, GlyphRun, Span
from gongbao.ingest.classify import Typed, classify
from gongbao.ingest.cover import page_last, page_of
from gongbao.ingest.facts import read_facts, text_of
from gongbao.ingest.page import FloatArray
from gongbao.ingest.paragraphs import Paragraph
from gongbao.ingest.patterns import ATTACHMENT_LIST, LABEL, LABELLED, tidy
from gongbao.ingest.segment import DocumentDraft
from gongbao.ingest.tables import BLANK, RawCell, RawLine, RawTable

_LISTED = re.compile(r"\s*\d{1,2}\s*[.．、]\s*")

Boxes = Mapping[int, FloatArray]  # page → boxes of its glyphs, n x 4


@dataclass(frozen=True, slots=True)
class DocumentPlace:
    """Where a document stands: in which file and issue, at which place, in which section."""

    source: Source
    issue: str | None = None
    position: int = 0
    section: str | None = None


@dataclass(slots=True)
class _Writer:
    """The document's text as it grows."""

    boxes: Boxes
    parts: list[str] = field(default_factory=list)
    length: int = 0
    runs: list[GlyphRun] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def put(self, text: str) -> Span:
        span = Span(self.length, self.length + len(text))
        self.parts.append(text)
        self.length += len(text)
        return span

    def line_end(self) -> None:
        if self.length:
            self.put("\n")


def assemble(draft: DocumentDraft, place: DocumentPlace, boxes: Boxes, fallback: str) -> Document:
    """`boxes`: glyph boxes of the pages with tables; `fallback`: the title where none is printed."""
    typed = classify(draft)
    writer = _write(draft, typed, boxes)
    title = tidy(draft.name) or fallback
    facts = read_facts(draft, title, typed)
    number, signed, issuer = facts.number, facts.signed, facts.issuer
    first, last = _pages(draft)
    return Document(
        id=document_id(number, title, issuer, signed),
        number=number,
        title=title,
        issuer=issuer,
        signed=signed,
        text="".join(writer.parts),
        blocks=tuple(writer.blocks),
        headings=tuple(writer.headings),
        tables=tuple(writer.tables),
        attachments=tuple(_attachments(typed)),
        source=place.source,
        addressees=next((text_of(b) for b in typed if b.kind is BlockKind.SALUTATION), None),
        section=place.section,
        issue=place.issue,
        first_page=first,
        last_page=last,
        position=place.position,
        charmap=CharMap(tuple(writer.runs)),
        confidence=_confidence(typed),
    )


# --- the text


def _write(draft: DocumentDraft, typed: Sequence[Typed], boxes: Boxes) -> _Writer:
    writer = _Writer(boxes)
    _write_title(writer, draft)
    for block in typed:
        _write_block(writer, block)
    return writer


def _write_title(writer: _Writer, draft: DocumentDraft) -> None:
    if draft.title:
        start = writer.length
        for paragraph in draft.title:
            _put_paragraph(writer, paragraph)
        writer.blocks.append(Block(BlockKind.TITLE, Span(start, writer.length)))
    if draft.number:
        writer.line_end()
        writer.blocks.append(Block(BlockKind.NUMBER, _put_paragraph(writer, draft.number)))


def _write_block(writer: _Writer, block: Typed) -> None:
    writer.line_end()
    if isinstance(block.item, RawTable):
        span = _put_table(writer, block.item)
        writer.blocks.append(Block(block.kind, span, table=len(writer.tables) - 1))
        return
    span = _put_paragraph(writer, block.item)
    writer.blocks.append(Block(block.kind, span, block.level))
    for found in block.headings:
        at = Span(span.start + found.start, span.start + found.end)
        writer.headings.append(Heading(found.level, block.item.text[found.start : found.end], at, found.run_in))


def _put_paragraph(writer: _Writer, paragraph: Paragraph) -> Span:
    writer.runs.extend(piece.run(writer.length) for piece in paragraph.pieces)
    return writer.put(paragraph.text)


# --- tables


def _put_table(writer: _Writer, raw: RawTable) -> Span:
    start = writer.length
    cells: list[Cell] = []
    row = 0
    for cell in sorted(raw.cells, key=lambda c: (c.row, c.col)):
        if cells:
            writer.put("\n" if cell.row != row else "\t")
        row = cell.row
        span = _put_cell(writer, cell)
        header = cell.row < raw.header_rows
        cells.append(Cell(cell.row, cell.col, cell.row_span, cell.col_span, header, cell.text, span))
    span = Span(start, writer.length)
    caption = "".join(line.joint + line.text for line in raw.caption)
    first, last = page_of(raw), page_last(raw)
    writer.tables.append(Table(caption, first, last, raw.n_rows, raw.n_cols, raw.header_rows, tuple(cells), span))
    return span


def _put_cell(writer: _Writer, cell: RawCell) -> Span:
    start = writer.length
    for line in cell.lines:
        writer.put(line.joint)
        writer.runs.extend(_runs(line, writer.length, writer.boxes.get(line.page)))
        writer.put(line.text)
    return Span(start, writer.length)


def _runs(line: RawLine, start: int, boxes: FloatArray | None) -> Iterator[GlyphRun]:
    """One run for each stretch of printed characters; blanks that no glyph prints are in none."""
    if boxes is None:
        return
    at = 0
    while at < len(line.places):
        end = at
        while end < len(line.places) and line.places[end] != BLANK:
            end += 1
        if end > at:
            yield _run(line, start, at, end, boxes)
        at = end + 1


def _run(line: RawLine, start: int, at: int, end: int, boxes: FloatArray) -> GlyphRun:
    lefts, tops, rights, bottoms = np.round(boxes[list(line.places[at:end])].T.astype(np.float64), 1).tolist()
    edges = [*lefts, rights[-1]]
    if any(b < a for a, b in pairwise(edges)):  # not from left to right: the whole box each
        edges = [min(lefts)] * (end - at) + [max(rights)]
    return GlyphRun(start + at, line.page, min(tops), max(bottoms), tuple(edges))


# --- what the document says about itself


def _attachments(typed: list[Typed]) -> list[str]:
    """Titles that the 附件 list names; where there is none, those under the attachments' labels."""
    listed: list[str] = []
    for block in typed:
        if block.kind is BlockKind.ATTACHMENT_LIST:
            text = ATTACHMENT_LIST.sub("", text_of(block), count=1)
            listed.extend(part.strip() for part in _LISTED.split(text) if part.strip())
    if listed:
        return listed
    labelled = [found["title"] for block in typed if _heads(block) and (found := LABELLED.fullmatch(text_of(block)))]
    return labelled + [
        text_of(after)
        for label, after in pairwise(typed)
        if label.kind is BlockKind.ATTACHMENT_LABEL and _heads(after) and LABEL.match(text_of(label))
    ]


def _heads(block: Typed) -> bool:
    return block.kind is BlockKind.HEADING


def _pages(draft: DocumentDraft) -> tuple[int | None, int | None]:
    items = [*draft.title, *((draft.number,) if draft.number else ()), *draft.body]
    firsts = [page for item in items if (page := page_of(item)) is not None]
    lasts = [page for item in items if (page := page_last(item)) is not None]
    return min(firsts, default=None), max(lasts, default=None)


def _confidence(typed: list[Typed]) -> float | None:
    scores = [b.item.confidence for b in typed if isinstance(b.item, Paragraph) and b.item.confidence is not None]
    return sum(scores) / len(scores) if scores else None
