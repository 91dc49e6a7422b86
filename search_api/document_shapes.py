"""The export shapes of whole documents and of their tables; see `gongbao.search_api.shapes` for the rest."""

from __future__ import annotations

from collections.abc import Iterable

from gongbao.corpus.document import Cell, Document, Heading, Table
from gongbao.corpus.records import Citation, Extraction, Relation
from gongbao.corpus.store import reference
from gongbao.search_api.entity_shapes import ContactShape, PlaceShape
from gongbao.search_api.shapes import DocumentRefShape, RegionShape, Shape, TargetShape


class CellShape(Shape):
    row: int
    col: int
    row_span: int
    col_span: int
    header: bool
    text: str

    @staticmethod
    def of(cell: Cell) -> CellShape:
        return CellShape(
            row=cell.row,
            col=cell.col,
            row_span=cell.row_span,
            col_span=cell.col_span,
            header=cell.header,
            text=cell.text,
        )


class TableShape(Shape):
    """As it stands in its document."""

    caption: str
    page_first: int | None
    page_last: int | None
    rows: list[list[str]]
    header_rows: int

    @staticmethod
    def of(table: Table) -> TableShape:
        return TableShape(
            caption=table.caption,
            page_first=table.page_first,
            page_last=table.page_last,
            rows=table.grid(),
            header_rows=table.header_rows,
        )


class TableRecordShape(TableShape):
    """As a record of its own, with its cells and where it is printed."""

    id: str
    document: DocumentRefShape
    cells: tuple[CellShape, ...]
    start: int
    end: int
    source_regions: tuple[RegionShape, ...]

    @staticmethod
    def of_document(document: Document) -> list[TableRecordShape]:
        return [
            TableRecordShape(
                **dict(TableShape.of(table)),
                id=f"{document.id}-t{place}",
                document=DocumentRefShape.of(reference(document)),
                cells=tuple(map(CellShape.of, table.cells)),
                start=table.span.start,
                end=table.span.end,
                source_regions=RegionShape.all_of(document.regions(table.span)),
            )
            for place, table in enumerate(document.tables, 1)
        ]


class HeadingShape(Shape):
    level: int
    text: str
    run_in: bool

    @staticmethod
    def of(heading: Heading) -> HeadingShape:
        return HeadingShape(level=heading.level, text=heading.text, run_in=heading.run_in)


class CitedShape(Shape):
    title: str
    number: str | None


class DocumentShape(DocumentRefShape):
    genre: str | None
    subjects: tuple[str, ...]
    attachments: tuple[str, ...]
    cites: tuple[CitedShape, ...]
    repeals: tuple[CitedShape, ...]
    headings: tuple[HeadingShape, ...]
    first_page: int | None
    last_page: int | None
    section: str | None
    addressees: str | None
    file: str
    further_sources: tuple[str, ...]
    text: str
    body: str
    tables: tuple[TableShape, ...]
    quantities: tuple[TargetShape, ...]
    contacts: tuple[ContactShape, ...]
    places: tuple[PlaceShape, ...]

    @staticmethod
    def of_document(document: Document, extraction: Extraction | None, sources: Iterable[str] = ()) -> DocumentShape:
        """Genre, subjects and all records are empty where the document is not extracted yet. `sources`: the names
        of all files that hold the document, the one in use first."""
        citations = extraction.citations if extraction else ()
        return DocumentShape(
            **dict(DocumentRefShape.of(reference(document))),
            genre=extraction.genre if extraction else None,
            subjects=extraction.subjects if extraction else (),
            attachments=document.attachments,
            cites=_distinct(one for one in citations if not one.in_table),
            repeals=_distinct(c for c in citations if c.relation is Relation.REPEALS),
            headings=tuple(map(HeadingShape.of, document.headings)),
            first_page=document.first_page,
            last_page=document.last_page,
            section=document.section,
            addressees=document.addressees,
            file=document.source.file,
            further_sources=tuple(sources)[1:],
            text=document.text,
            body=document.body(),
            tables=tuple(map(TableShape.of, document.tables)),
            quantities=tuple(map(TargetShape.of, extraction.quantities)) if extraction else (),
            contacts=tuple(map(ContactShape.of, extraction.contacts)) if extraction else (),
            places=tuple(map(PlaceShape.of, extraction.places)) if extraction else (),
        )


def _distinct(citations: Iterable[Citation]) -> tuple[CitedShape, ...]:
    """Once per title, with its number where any mention prints it."""
    numbers: dict[str, str | None] = {}
    for citation in citations:
        numbers[citation.title] = numbers.get(citation.title) or citation.number
    return tuple(CitedShape(title=title, number=number) for title, number in numbers.items())
