"""The export shapes, one for the command line, the HTTP API and files: values in, JSON out.

What each field means is in docs/fields.md. Boxes are [x0, top, x1, bottom] in PDF points from
the page's top left; offsets count characters of the document's `text`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from gongbao.corpus.desk import FINISHED, Evidence, Item, State
from gongbao.corpus.geometry import Region
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import (
    Assignment,
    Citation,
    Covered,
    Deadline,
    DocumentRef,
    Party,
    Quantity,
    Resolved,
    Roster,
)
from gongbao.index.models import DeadlineView, StatementView
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

    @property
    def effective_due(self) -> date | None:
        """The last day as printed, or as it counts from what it is bound to."""
        return self.due or (self.resolved.due if self.resolved else None)


class DeadlineRecordShape(DeadlineShape):
    """`start` is the first day of a period here; the offsets stand in `span` (and `end`)."""

    id: str
    document: DocumentRefShape
    context: str
    span: tuple[int, int]
    end: int
    source_regions: tuple[RegionShape, ...]
    done: bool = False
    followup: FollowupShape | None = None

    @staticmethod
    def of_view(view: DeadlineView, *, whole: bool = True) -> DeadlineRecordShape:
        """As of a task."""
        view = view if whole else replace(view, item=None)
        followup = FollowupShape.of(view.item, view.state)
        shape = DeadlineRecordShape.of_record(view.deadline, view.document)
        return shape.model_copy(update={"followup": followup, "done": view.state in FINISHED})

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
    confidence: float = 1.0
    candidates: tuple[str, ...] = ()

    @staticmethod
    def of(party: Party) -> PartyShape:
        return PartyShape(
            name=party.name,
            agency=party.agency,
            role=party.role,
            type=party.type,
            confidence=round(party.confidence, 2),
            candidates=party.candidates,
        )


class Provenance(Shape):
    id: str
    document: DocumentRefShape
    start: int
    end: int
    source_regions: tuple[RegionShape, ...]


def provenance(record: Sourced, document: DocumentRef) -> dict[str, Any]:
    """The fields of `Provenance`."""
    return {
        "id": record.id,
        "document": DocumentRefShape.of(document),
        "start": record.span.start,
        "end": record.span.end,
        "source_regions": RegionShape.all_of(record.regions),
    }


class TargetShape(Sparse):
    """What a task is measured by: `value`, of a range up to `upper`; `direction` where it is the change itself."""

    text: str = Field(examples=["达到80%以上"])
    kind: str = Field(examples=["quantity"])
    value: int | float = Field(examples=[80])
    upper: int | float | None = None
    unit: str = Field(examples=["%"])
    comparison: str = Field(examples=["at_least"])
    direction: str | None = Field(default=None, examples=["increase"])

    @staticmethod
    def of(quantity: Quantity) -> TargetShape:
        return TargetShape(
            text=quantity.text,
            kind=quantity.kind,
            value=quantity.value,
            upper=quantity.upper,
            unit=quantity.unit,
            comparison=quantity.comparison,
            direction=quantity.direction,
        )


class CoveredShape(Shape):
    """An item of the same document that the statement only points to, and what is inherited from it."""

    text: str = Field(examples=["1.修缮泵站，6月底前完成5座。"])
    start: int
    end: int
    deadlines: tuple[DeadlineShape, ...] = ()
    targets: tuple[TargetShape, ...] = ()

    @staticmethod
    def of(covered: Covered) -> CoveredShape:
        return CoveredShape(
            text=covered.text,
            start=covered.span.start,
            end=covered.span.end,
            deadlines=tuple(map(DeadlineShape.of, covered.deadlines)),
            targets=tuple(map(TargetShape.of, covered.targets)),
        )


class EvidenceShape(Sparse):
    """`kind`: file (kept under `target` at /api/v1/evidence), sentence (of the document `target`) or link."""

    kind: str
    name: str
    target: str
    record: str | None = None
    quote: str | None = None

    @staticmethod
    def of(evidence: Evidence) -> EvidenceShape:
        return EvidenceShape(
            kind=evidence.kind,
            name=evidence.name,
            target=evidence.target,
            record=evidence.record,
            quote=evidence.quote or None,
        )


class FollowupShape(Sparse):
    """How it stands in the 台账. `version`: of the last change, which who changes it next must have seen."""

    state: str = Field(examples=["running"], description="not_started、running、done、closed、paused")
    progress: int = Field(default=0, examples=[60])
    person: str | None = None
    due: date | None = Field(default=None, description="台账另定的期限")
    tags: tuple[str, ...] = ()
    finished: date | None = None
    late: bool = Field(default=False, description="期限过后才完成")
    note: str | None = None
    feedback: str | None = None
    evidence: tuple[EvidenceShape, ...] = ()
    version: int = 0

    @staticmethod
    def of(item: Item | None, state: State | None = None) -> FollowupShape:
        """`state` where nobody touched it."""
        if item is None:
            return FollowupShape(state=state or State.NOT_STARTED)
        return FollowupShape(
            state=item.state,
            progress=item.progress,
            person=item.person or None,
            due=item.due,
            tags=item.tags,
            finished=item.finished,
            late=item.late,
            note=item.note or None,
            feedback=item.feedback or None,
            evidence=tuple(map(EvidenceShape.of, item.evidence)),
            version=item.version,
        )


class TaskShape(Provenance):
    kind: str
    source: str
    what: str
    parties: tuple[PartyShape, ...]
    deadlines: tuple[DeadlineShape, ...]
    path: tuple[str, ...]
    quote: str
    targets: tuple[TargetShape, ...] = ()
    confidence: float = 1.0
    covers: tuple[CoveredShape, ...] = Field(default=(), description="只指向、不重述的事项，其时限与指标由此沿用")
    part_of: str | None = Field(default=None, description="它所在的括号段落那一条的编号")
    done: bool = Field(default=False, description="台账中已完成或已销号；台账未记而文件写明已完成的也是")
    followup: FollowupShape | None = None

    @staticmethod
    def of_view(view: StatementView, *, whole: bool = True) -> TaskShape:
        """With how it stands in the 台账; not `whole`: for the public, as it is printed."""
        view = view if whole else replace(view, item=None)
        followup = FollowupShape.of(view.item, view.state)
        shape = TaskShape.of(view.assignment, view.document)
        return shape.model_copy(update={"followup": followup, "done": view.state in FINISHED})

    @staticmethod
    def of(task: Assignment, document: DocumentRef) -> TaskShape:
        return TaskShape(
            **provenance(task, document),
            kind=task.kind,
            source=task.source,
            what=task.what,
            parties=tuple(map(PartyShape.of, task.parties)),
            deadlines=tuple(map(DeadlineShape.of, task.deadlines)),
            path=task.path,
            quote=task.quote,
            targets=tuple(map(TargetShape.of, task.targets)),
            confidence=round(task.confidence, 2),
            covers=tuple(map(CoveredShape.of, task.covers)),
            part_of=task.part_of,
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
        return RosterShape(**provenance(roster, document), body=roster.body, members=members)


class CitationShape(Provenance):
    title: str
    number: str | None
    relation: str
    target: str | None

    @staticmethod
    def of(citation: Citation, document: DocumentRef) -> CitationShape:
        return CitationShape(
            **provenance(citation, document),
            title=citation.title,
            number=citation.number,
            relation=citation.relation,
            target=citation.target,
        )
