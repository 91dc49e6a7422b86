"""The export shapes, one for the command line, the HTTP API and files: values in, JSON out.

What each field means is in docs/fields.md. Boxes are [x0, top, x1, bottom] in PDF points from
the page's top left; offsets count characters of the document's `text`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    model_serializer,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from corpus.document import Cell, Document, Heading, Table
from corpus.geometry import Region
from corpus.offsets import Span
from corpus.records import Assignment, Citation, Deadline, DocumentRef, Extraction, Party, Relation, Resolved, Roster
from corpus.store import reference


class Shape(BaseModel):
    model_config = ConfigDict(populate_by_name=True, frozen=True)

    def line(self) -> str:
        """One line of JSONL."""
        return self.model_dump_json(by_alias=True)


class Sparse(Shape):
    """Leaves out what does not apply."""

    @model_serializer(mode="wrap")
    def _without_none(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        return {name: value for name, value in handler(self).items() if value is not None and value is not False}

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Described by its fields: the serializer only leaves some out, of which none is required."""
        return handler({name: part for name, part in schema.items() if name != "serialization"})


class Sourced(Protocol):
    """Any record with its place."""

    @property
    def id(self) -> str: ...
    @property
    def span(self) -> Span: ...
    @property
    def regions(self) -> tuple[Region, ...]: ...


class RegionShape(Shape):
    file: str
    page: int
    bbox: tuple[float, float, float, float]

    @staticmethod
    def of(region: Region) -> RegionShape:
        box = region.bbox
        return RegionShape(file=region.file, page=region.page, bbox=(box.x0, box.top, box.x1, box.bottom))

    @staticmethod
    def all_of(regions: Iterable[Region]) -> tuple[RegionShape, ...]:
        return tuple(map(RegionShape.of, regions))


class DocumentRefShape(Shape):
    id: str
    number: str | None
    title: str
    issuer: str | None
    signed: date | None
    issue: str | None

    @staticmethod
    def of(ref: DocumentRef) -> DocumentRefShape:
        return DocumentRefShape(
            id=ref.id, number=ref.number, title=ref.title, issuer=ref.issuer, signed=ref.signed, issue=ref.issue
        )


class ResolvedShape(Sparse):
    on: str
    start: date | None = None
    due: date | None = None

    @staticmethod
    def of(resolved: Resolved) -> ResolvedShape:
        return ResolvedShape(on=resolved.on, start=resolved.start, due=resolved.due)


class DeadlineShape(Sparse):
    text: str
    kind: str
    due: date | None = None
    start: date | None = None
    every: str | None = None
    day: int | None = None
    within: str | None = None
    working_days: bool = False
    from_: str | None = Field(default=None, alias="from")
    resolved: ResolvedShape | None = None
    flag: str | None = None

    @staticmethod
    def of(deadline: Deadline) -> DeadlineShape:
        return DeadlineShape(
            text=deadline.text,
            kind=deadline.kind,
            due=deadline.due,
            start=deadline.start,
            every=deadline.every,
            day=deadline.day,
            within=deadline.within,
            working_days=deadline.working_days,
            from_=deadline.event,
            resolved=ResolvedShape.of(deadline.resolved) if deadline.resolved else None,
            flag=deadline.flag,
        )


class DeadlineRecordShape(DeadlineShape):
    """`start` is the first day of a period here; the offsets stand in `span` (and `end`)."""

    id: str
    document: DocumentRefShape
    context: str
    span: tuple[int, int]
    end: int
    source_regions: tuple[RegionShape, ...]

    @staticmethod
    def of_record(deadline: Deadline, document: DocumentRef) -> DeadlineRecordShape:
        return DeadlineRecordShape(
            **dict(DeadlineShape.of(deadline)),
            id=deadline.id,
            document=DocumentRefShape.of(document),
            context=deadline.context,
            span=(deadline.span.start, deadline.span.end),
            end=deadline.span.end,
            source_regions=RegionShape.all_of(deadline.regions),
        )


class PartyShape(Shape):
    name: str
    agency: str | None
    role: str
    type: str

    @staticmethod
    def of(party: Party) -> PartyShape:
        return PartyShape(name=party.name, agency=party.agency, role=party.role, type=party.type)


class Provenance(Shape):
    id: str
    document: DocumentRefShape
    start: int
    end: int
    source_regions: tuple[RegionShape, ...]


def _provenance(record: Sourced, document: DocumentRef) -> dict[str, Any]:
    """The fields of `Provenance`."""
    return {
        "id": record.id,
        "document": DocumentRefShape.of(document),
        "start": record.span.start,
        "end": record.span.end,
        "source_regions": RegionShape.all_of(record.regions),
    }


class TaskShape(Provenance):
    kind: str
    source: str
    what: str
    parties: tuple[PartyShape, ...]
    deadlines: tuple[DeadlineShape, ...]
    path: tuple[str, ...]
    quote: str

    @staticmethod
    def of(task: Assignment, document: DocumentRef) -> TaskShape:
        return TaskShape(
            **_provenance(task, document),
            kind=task.kind,
            source=task.source,
            what=task.what,
            parties=tuple(map(PartyShape.of, task.parties)),
            deadlines=tuple(map(DeadlineShape.of, task.deadlines)),
            path=task.path,
            quote=task.quote,
        )


class MemberShape(Shape):
    role: str
    name: str
    post: str


class RosterShape(Provenance):
    body: str
    members: tuple[MemberShape, ...]

    @staticmethod
    def of(roster: Roster, document: DocumentRef) -> RosterShape:
        members = tuple(MemberShape(role=m.role, name=m.name, post=m.post) for m in roster.members)
        return RosterShape(**_provenance(roster, document), body=roster.body, members=members)


class CitationShape(Provenance):
    title: str
    number: str | None
    relation: str
    target: str | None

    @staticmethod
    def of(citation: Citation, document: DocumentRef) -> CitationShape:
        return CitationShape(
            **_provenance(citation, document),
            title=citation.title,
            number=citation.number,
            relation=citation.relation,
            target=citation.target,
        )


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

    @staticmethod
    def of_document(document: Document, extraction: Extraction | None, sources: Iterable[str] = ()) -> DocumentShape:
        """Genre, subjects and citations are empty where the document is not extracted yet. `sources`: the names
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
        )


def _distinct(citations: Iterable[Citation]) -> tuple[CitedShape, ...]:
    """Once per title, with its number where any mention prints it."""
    numbers: dict[str, str | None] = {}
    for citation in citations:
        numbers[citation.title] = numbers.get(citation.title) or citation.number
    return tuple(CitedShape(title=title, number=number) for title, number in numbers.items())
