"""Reviews: what people said about statements, and the gold that comes of it."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import Response
from gongbao.corpus.records import DocumentRef
from gongbao.corpus.reviews import Review, Verdict
from gongbao.corpus.store import reference
from gongbao.search_api.export.gold import gold_archive
from gongbao.search_api.http.access import Reviewer
from gongbao.search_api.http.asked import App, find_document, parse_choice
from gongbao.search_api.http.written import VerdictText
from gongbao.search_api.reviewing import Proposal, submit_review
from gongbao.search_api.shapes import DocumentRefShape, Shape, TaskShape
from pydantic import BaseModel, Field

router = APIRouter(tags=["reviews"])


class ReviewShape(Shape):
    id: str
    record: str
    verdict: str = Field(examples=["confirmed"], description="confirmed、edited、rejected、added、withdrawn")
    by: str
    at: datetime
    note: str
    statement: TaskShape | None
    document: DocumentRefShape


class ProposalShape(BaseModel):
    """`seen`：提交前看到的最近一次校核的 id；他人已抢先校核时应答 409。"""

    verdict: VerdictText = Field(examples=["edited"])
    record: str | None = Field(default=None, description="任务编号；补充任务时不写")
    seen: str | None = None
    kind: str = "task"
    quote: str = Field(default="", description="补充任务时：原文中的一句")
    what: str = ""
    parties: str = Field(default="", examples=["牵头：市水利局\n配合：市财政局、市公安局"])
    deadlines: str = Field(default="", examples=["5月底前 = 2024-05-31"])
    note: str = ""


@router.get("/documents/{document}/reviews", summary="一份文件的校核记录")
def reviews(app: App, document: str) -> list[ReviewShape]:
    """先后次序；每条任务以最后一次为准。"""
    found = find_document(app.store, document)
    ref = reference(found)
    return [_shape(review, ref) for review in app.store.reviews.history(found.id)]


@router.post("/documents/{document}/reviews", summary="校核一条任务", status_code=201)
def review(app: App, document: str, proposal: ProposalShape, person: Reviewer) -> ReviewShape:
    """确认、修改、驳回、补充或撤回；记下何人何时，重新提取后仍然有效。"""
    found = find_document(app.store, document)
    given = proposal.model_dump() | {"verdict": parse_choice(Verdict, proposal.verdict, "verdict")}
    kept = submit_review(app, found, Proposal(**given), person.name)
    return _shape(kept, reference(found))


@router.get("/gold.zip", summary="已校核的标注", response_class=Response)
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
