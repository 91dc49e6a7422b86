"""Pages read one by one → the issue: furniture, paragraphs, documents, imprint, differences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gongbao.corpus.document import Document, Furniture, Issue, Page, Source, SourceKind
from gongbao.corpus.geometry import NOWHERE, BBox
from gongbao.corpus.ids import other_document_id
from gongbao.corpus.language.width import folded
from gongbao.ingest.assemble import DocumentPlace, assemble
from gongbao.ingest.contents import Contents, differences, read_contents, read_entries
from gongbao.ingest.cover import Flow, page_last, page_of
from gongbao.ingest.frames import Key, PageFrame, find_frames
from gongbao.ingest.furniture import PageLines, find_furniture, label
from gongbao.ingest.issue import Imprint, read_imprint, section_of
from gongbao.ingest.layout import Line
from gongbao.ingest.paragraphs import Paragraph, body_size, join
from gongbao.ingest.read import PageReading
from gongbao.ingest.segment import DocumentDraft, segment
from gongbao.ingest.tables import RawCell, RawTable, join_over_pages
from gongbao.ingest.text import TextFlow
from gongbao.ingest.webprint import fill, take_web


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Lines of the pages without their furniture, and the furniture."""

    body: dict[int, list[Line]]
    furniture: list[Furniture]
    heads: dict[int, list[str]]


def build(readings: Sequence[PageReading], source: Source, stem: str) -> Issue:
    """`readings` in page order; `stem`: the file's name without suffix, the title of last resort."""
    readings, web = take_web(readings)
    size = body_size([item for reading in readings for item in reading.items if isinstance(item, Line)])
    lines = _sort(readings, size)
    contents = read_contents(lines.body)
    listed = {id(line) for part in contents.lines.values() for line in part}
    kept = [line for page in lines.body.values() for line in page if id(line) not in listed]
    tables = join_over_pages([reading.tables for reading in readings if reading.number not in contents.lines])
    widths = {reading.number: reading.width for reading in readings}
    flow = _flow(readings, kept, tables, find_frames(kept, _table_frames(readings), widths, size), size)
    parts = segment(flow, frozenset(folded(entry.title) for entry in contents.entries))
    lines.furniture.extend(_contents(readings, contents))
    lines.furniture.extend(_cells([cell for table in tables for cell in table.repeated], "repeated_header"))
    heads = [paragraph for draft in parts.drafts for paragraph in draft.letterhead]
    sections = [paragraph for draft in parts.drafts for paragraph in draft.section]
    lines.furniture.extend(_as_furniture([*parts.front, *heads, *parts.back], "cover"))
    lines.furniture.extend(_as_furniture(sections, "running_head"))
    imprint = _imprint(parts.front, lines, contents, stem)
    boxes = {reading.number: reading.boxes for reading in readings if reading.boxes is not None}
    recognised = frozenset(reading.number for reading in readings if reading.recognised)
    documents = [
        assemble(draft, _place(draft, source, imprint, i, recognised, lines, contents), boxes, stem)
        for i, draft in enumerate(parts.drafts)
    ]
    lines.furniture.extend(web.furniture)
    if web.said and len(documents) == 1:
        documents = [fill(documents[0], web.said)]
    return _issue(source, documents, imprint, readings, lines, contents)


def _issue(
    source: Source,
    documents: list[Document],
    imprint: Imprint,
    readings: Sequence[PageReading],
    lines: _Sorted,
    contents: Contents,
) -> Issue:
    documents, shared = _told_apart(documents)
    found = [(document.title, document.number, document.first_page) for document in documents]
    return Issue(
        source,
        tuple(documents),
        imprint.id,
        imprint.title,
        imprint.year,
        imprint.number,
        imprint.total,
        imprint.published,
        tuple(Page(r.number, r.width, r.height, r.state, r.note) for r in readings),
        tuple(sorted(lines.furniture, key=lambda piece: piece.page)),
        (*differences(contents, found), *shared),
    )


def build_text(text: TextFlow, source: Source, stem: str) -> Issue:
    """The issue of a text file: no pages, no places."""
    parts = segment(text.flow, frozenset(folded(entry.title) for entry in read_entries(text.front)))
    heads = [paragraph for draft in parts.drafts for paragraph in (*draft.letterhead, *draft.section)]
    cover = [*text.front, *(line for paragraph in (*parts.front, *heads, *parts.back) for line in paragraph.lines)]
    imprint = read_imprint(cover, text.furniture, stem)
    documents, shared = _told_apart(
        [assemble(draft, DocumentPlace(source, imprint.id, i), {}, stem) for i, draft in enumerate(parts.drafts)]
    )
    furniture = [Furniture(0, NOWHERE, line, "running_head") for line in text.furniture]
    furniture += [Furniture(0, NOWHERE, line, "cover") for line in cover]
    tables = [item for item in text.flow if isinstance(item, RawTable)]
    furniture += _cells([cell for table in tables for cell in table.repeated], "repeated_header")
    return Issue(
        source,
        tuple(documents),
        imprint.id,
        imprint.title,
        imprint.year,
        imprint.number,
        imprint.total,
        imprint.published,
        furniture=tuple(furniture),
        warnings=tuple(shared),
    )


def _told_apart(documents: list[Document]) -> tuple[list[Document], list[str]]:
    """Each with an id of its own, though an issue prints one number over two of them; and a note on each such."""
    first: dict[str, Document] = {}
    apart, notes = [], []
    for place, document in enumerate(documents):
        earlier = first.setdefault(document.id, document)
        if earlier is not document:
            notes.append(_shares(document, earlier))
            document = replace(document, id=other_document_id(document.id, document.title, place))
        apart.append(document)
    return apart, notes


def _shares(document: Document, earlier: Document) -> str:
    page = f"第 {document.first_page} 页的" if document.first_page else ""
    what = f"文号相同（{document.number}）" if document.number else "标题、机关和日期都相同"
    return f"{page}《{document.title}》与《{earlier.title}》{what}，请核对"


# --- furniture


def _sort(readings: Sequence[PageReading], size: float) -> _Sorted:
    pages = {r.number: [item for item in r.items if isinstance(item, Line)] for r in readings}
    heights = {r.number: r.height for r in readings}
    found = find_furniture([PageLines(n, heights[n], tuple(page)) for n, page in pages.items()], size)
    furniture = [label(number, line, kind) for number, pieces in found.items() for line, kind in pieces]
    furniture += [label(r.number, line, "watermark") for r in readings for line in r.marks]
    furniture += [label(r.number, line, "hidden") for r in readings for line in r.hidden]
    taken = {id(line) for pieces in found.values() for line, _ in pieces}
    body = {number: [line for line in page if id(line) not in taken] for number, page in pages.items()}
    heads = {number: [line.text for line, _ in pieces] for number, pieces in found.items()}
    return _Sorted(body, furniture, heads)


def _as_furniture(paragraphs: Sequence[Paragraph], kind: str) -> list[Furniture]:
    return [
        Furniture(piece.page, BBox(piece.xs[0], piece.top, piece.xs[-1], piece.bottom), text, kind)
        for paragraph in paragraphs
        for piece, text in zip(paragraph.pieces, paragraph.lines, strict=True)
    ]


def _contents(readings: Sequence[PageReading], contents: Contents) -> list[Furniture]:
    """The lines of the 目录, and what on its pages looks like a table."""
    tables = [table for reading in readings if reading.number in contents.lines for table in reading.tables]
    lines = [label(number, line, "contents") for number, part in contents.lines.items() for line in part]
    return lines + _cells([cell for table in tables for cell in table.cells], "contents")


def _cells(cells: Iterable[RawCell], kind: str) -> list[Furniture]:
    return [Furniture(line.page, cell.bbox, line.text, kind) for cell in cells for line in cell.lines]


def _table_frames(readings: Sequence[PageReading]) -> dict[int, list[PageFrame]]:
    parts = [part for reading in readings for table in reading.tables for part in table.parts]
    frames: dict[int, list[PageFrame]] = {}
    for part in parts:
        frames.setdefault(part.page, []).append(PageFrame(part.bbox.x0, part.bbox.x1))
    return frames


# --- the flow of paragraphs and tables


def _flow(
    readings: Sequence[PageReading],
    kept: list[Line],
    tables: list[RawTable],
    frames: dict[Key, PageFrame],
    size: float,
) -> list[Flow]:
    """Paragraphs and joined tables in reading order; a table stands where its first part does."""
    begins = {(table.parts[0].page, table.parts[0].bbox): table for table in tables}
    alive = {id(line) for line in kept}
    flow: list[Flow] = []
    run: list[Line] = []
    for reading in readings:
        for item in reading.items:
            if isinstance(item, Line):
                if id(item) in alive:
                    run.append(item)
                continue
            table = begins.get((reading.number, reading.tables[item.table].parts[0].bbox))
            if table is not None:
                flow.extend(join(run, frames, size))
                flow.append(table)
                run = []
    flow.extend(join(run, frames, size))
    return flow


# --- what the issue says about itself


def _imprint(front: Sequence[Paragraph], lines: _Sorted, contents: Contents, stem: str) -> Imprint:
    cover = [paragraph.text for paragraph in front] + [line for paragraph in front for line in paragraph.lines]
    cover += [line.text for number in sorted(contents.lines) for line in lines.body[number][:4]]
    heads = [text for number in sorted(lines.heads) for text in lines.heads[number]]
    return read_imprint(cover, heads, stem)


def _place(
    draft: DocumentDraft,
    source: Source,
    imprint: Imprint,
    position: int,
    recognised: frozenset[int],
    lines: _Sorted,
    contents: Contents,
) -> DocumentPlace:
    pages = {page_of(item) for item in (*draft.title, *draft.body)} | {page_last(item) for item in draft.body}
    own = replace(source, kind=SourceKind.OCR) if pages & recognised else source
    return DocumentPlace(own, imprint.id, position, _section(draft, lines, contents))


def _section(draft: DocumentDraft, lines: _Sorted, contents: Contents) -> str | None:
    """The section over the document, or that the 目录 puts it in, or in its first page's head."""
    if draft.section:
        return draft.section[0].text.strip("·•・【】[]〖〗 \u3000")
    title = folded(draft.name)
    listed = next((e.section for e in contents.entries if e.section and folded(e.title) == title), None)
    if listed:
        return listed
    first = next((page for item in (*draft.title, *draft.body) if (page := page_of(item))), None)
    return section_of(lines.heads.get(first, [])) if first else None
