"""Reviews: what people said about statements, and the gold that comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Literal

from fastapi.responses import Response
from gongbao.corpus.records import AssignmentKind, DocumentRef, Role
from gongbao.corpus.reviews import Review, Verdict
from gongbao.corpus.store import reference
from gongbao.search_api.export.gold import gold_archive
from gongbao.search_api.http.access import Reviewer
from gongbao.search_api.http.asked import App, find_document
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.reviewing import NamedLimit, NamedParty, Proposal, submit_review
from gongbao.search_api.shapes import DocumentRefShape, Shape, TaskShape
from pydantic import BaseModel, Field

routes = Routes("reviews")

_SAID = r"\S"  # something is written


class ReviewShape(Shape):
    id: str
    record: str
    verdict: str = Field(examples=["confirmed"], description="confirmed、edited、rejected、added、withdrawn")
    by: str
    at: datetime
    note: str
    statement: TaskShape | None
    document: DocumentRefShape


class NamedPartyShape(BaseModel):
    role: Role = Field(description="lead 牵头、responsible 责任、support 配合", examples=["lead"])
    name: str = Field(pattern=_SAID, max_length=200, examples=["市水利局"])

    def named(self) -> NamedParty:
        return NamedParty(self.role, self.name.strip())


class NamedLimitShape(BaseModel):
    text: str = Field(pattern=_SAID, max_length=200, examples=["5月底前"])
    due: date | None = Field(default=None, examples=["2024-05-31"])

    def named(self) -> NamedLimit:
        return NamedLimit(self.text.strip(), self.due)


class JudgedShape(BaseModel):
    """确认、驳回、撤回一条任务。"""

    verdict: Literal[Verdict.CONFIRMED, Verdict.REJECTED, Verdict.WITHDRAWN]
    record: str = Field(min_length=1, description="任务编号")
    seen: str | None = Field(default=None, description="提交前看到的最近一次校核的 id；他人已抢先校核时应答 409")
    note: str = ""

    def proposal(self) -> Proposal:
        return Proposal(self.verdict, self.record, self.seen, note=self.note)


class StatementShape(BaseModel):
    """What a statement is to say."""

    kind: AssignmentKind = AssignmentKind.TASK
    what: str = Field(pattern=_SAID, max_length=20_000, examples=["完成水库除险加固"])
    parties: list[NamedPartyShape] = Field(min_length=1, description="承担单位")
    deadlines: list[NamedLimitShape] = Field(default_factory=list, description="时限")
    note: str = ""

    def _proposal(self, verdict: Verdict) -> Proposal:
        parties = tuple(each.named() for each in self.parties)
        deadlines = tuple(each.named() for each in self.deadlines)
        return Proposal(verdict, kind=self.kind, what=self.what, parties=parties, deadlines=deadlines, note=self.note)


class EditedShape(StatementShape):
    """修改一条任务。"""

    verdict: Literal[Verdict.EDITED]
    record: str = Field(min_length=1, description="任务编号")
    seen: str | None = Field(default=None, description="提交前看到的最近一次校核的 id；他人已抢先校核时应答 409")

    def proposal(self) -> Proposal:
        return replace(self._proposal(self.verdict), record=self.record, seen=self.seen)


class AddedShape(StatementShape):
    """补充一条任务。"""

    verdict: Literal[Verdict.ADDED]
    quote: str = Field(pattern=_SAID, max_length=20_000, description="原文中的一句；原文中没有时应答 404")

    def proposal(self) -> Proposal:
        return replace(self._proposal(self.verdict), quote=self.quote)


ProposalShape = Annotated[JudgedShape | EditedShape | AddedShape, Field(discriminator="verdict")]


@routes.get("/documents/{document}/reviews", summary="一份文件的校核记录")
def reviews(app: App, document: str) -> list[ReviewShape]:
    """先后次序；每条任务以最后一次为准。"""
    found = find_document(app.store, document)
    ref = reference(found)
    return [_shape(review, ref) for review in app.store.reviews.history(found.id)]


@routes.post("/documents/{document}/reviews", summary="校核一条任务", status_code=201)
def review(app: App, document: str, proposal: ProposalShape, person: Reviewer) -> ReviewShape:
    """确认、修改、驳回、补充或撤回；记下何人何时，重新提取后仍然有效。"""
    found = find_document(app.store, document)
    kept = submit_review(app, found, proposal.proposal(), person.name)
    return _shape(kept, reference(found))


@routes.get("/gold.zip", summary="已校核的标注", response_class=Response)
def gold(app: App) -> Response:
    """全部任务都已校核的文件，写成 `gongbao evaluate` 所读的格式。"""
    headers = {"Content-Disposition": 'attachment; filename="gold.zip"'}
    return Response(gold_archive(app), media_type="application/zip", headers=headers)


def _shape(review: Review, ref: DocumentRef) -> ReviewShape:
    return ReviewShape(
        id=review.id,
        record=review.record,
        verdict=review.verdict,
        by=review.by,
        at=datetime.fromisoformat(review.at),
        note=review.note,
        statement=TaskShape.of(review.statement, ref) if review.statement else None,
        document=DocumentRefShape.of(ref),
    )
