"""Reviewing a document's statements, one form each; and how far all documents are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from gongbao.corpus.errors import UsageError
from gongbao.corpus.offsets import Span
from gongbao.corpus.reapply import Reviewed
from gongbao.corpus.records import Assignment, AssignmentKind
from gongbao.corpus.reviews import Review, Verdict
from gongbao.search_api import reviewing
from gongbao.search_api.catalog import DocumentRow
from gongbao.search_api.compose import Application
from gongbao.search_api.http.access import Reviewer, Someone
from gongbao.search_api.http.asked import App, CatalogParam, find_document, parse_choice
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.review_text import deadlines_text, parties_text, read_limits, read_parties
from gongbao.search_api.reviewing import Proposal, ReviewProgress
from gongbao.search_api.tokens import Access
from gongbao.search_api.web.document_pages import picture_of
from gongbao.search_api.web.render import page

routes = Routes()


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A statement as it stands, with its last review, if any."""

    task: Assignment
    review: Review | None
    parties: str
    deadlines: str


@dataclass(frozen=True, slots=True)
class DocumentProgress:
    id: str
    label: str
    title: str
    progress: ReviewProgress


@routes.get("/review")
def overview(request: Request, app: App, catalog: CatalogParam, person: Someone) -> Response:
    """Documents with statements; those under way first."""
    touched = set(app.store.reviews.documents())
    rows = [
        _progress(app, row, row.ref.id in touched) for row in catalog.documents if row.tasks or row.ref.id in touched
    ]
    rows.sort(key=lambda row: (row.progress.complete, -row.progress.reviewed))
    return page(request, "review_list.html", rows=rows, person=person)


@routes.get("/review/{named}")
def sheet(
    request: Request, app: App, person: Someone, named: str, sure: Annotated[float, Query(ge=0, le=1)] = 1.0
) -> Response:
    """`sure`: only statements that the program is no surer of than this, the least sure first."""
    document = find_document(app.store, named)
    reviewed = reviewing.sheet_of(app, document)
    items = [_item(task, reviewed.reviews.get(task.id)) for task in reviewed.extraction.assignments] if reviewed else []
    if sure < 1.0:
        items = sorted((i for i in items if i.task.confidence <= sure), key=lambda item: item.task.confidence)
    return page(
        request,
        "review.html",
        document=document,
        picture=picture_of(app, document, reviewed.extraction, items[0].task.id) if reviewed and items else None,
        items=items,
        rejected=reviewed.rejected if reviewed else (),
        differences=reviewed.differences if reviewed else (),
        candidates=app.candidates(document, _settled(reviewed)) if reviewed else (),
        progress=reviewing.progress_of(reviewed) if reviewed else None,
        person=person,
        may_write=person is not None and person.access.covers(Access.REVIEWER),
    )


@routes.post("/review/{named}/confirmed")
def confirm_many(
    app: App, person: Reviewer, named: str, record: Annotated[list[str] | None, Form()] = None
) -> Response:
    """What was chosen and nobody has reviewed yet is confirmed."""
    document = find_document(app.store, named)
    reviewed = reviewing.sheet_of(app, document)
    known = set(reviewed.reviews) if reviewed else set()
    chosen = [each for each in dict.fromkeys(record or ()) if each not in known]
    if not chosen:
        raise UsageError("没有选中尚未校核的任务", "先勾选要确认的任务")
    proposals = [Proposal(Verdict.CONFIRMED, each) for each in chosen]
    reviewing.submit_reviews(app, document, proposals, person.name)
    return RedirectResponse(f"/review/{document.id}", 303)


@routes.post("/review/{named}")
def submit(
    app: App,
    person: Reviewer,
    named: str,
    verdict: Annotated[str, Form()],
    record: Annotated[str, Form()] = "",
    seen: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "task",
    quote: Annotated[str, Form(max_length=20_000)] = "",
    what: Annotated[str, Form(max_length=20_000)] = "",
    parties: Annotated[str, Form(max_length=20_000)] = "",
    deadlines: Annotated[str, Form(max_length=5_000)] = "",
    note: Annotated[str, Form(max_length=1_000)] = "",
) -> Response:
    document = find_document(app.store, named)
    proposal = Proposal(
        verdict=parse_choice(Verdict, verdict, "verdict"),
        record=record or None,
        seen=seen or None,
        kind=parse_choice(AssignmentKind, kind, "kind"),
        quote=quote,
        what=what,
        parties=tuple(read_parties(parties)),
        deadlines=tuple(read_limits(deadlines)),
        note=note,
    )
    kept = reviewing.submit_review(app, document, proposal, person.name)
    return RedirectResponse(f"/review/{document.id}#i-{kept.record}", 303)


def _settled(reviewed: Reviewed) -> list[Span]:
    """What the program or a person has said something about."""
    rejected = (review.original for review in reviewed.rejected)
    return [task.span for task in (*reviewed.extraction.assignments, *filter(None, rejected))]


def _item(task: Assignment, review: Review | None) -> ReviewItem:
    return ReviewItem(task, review, parties_text(task), deadlines_text(task))


def _progress(app: Application, row: DocumentRow, touched: bool) -> DocumentProgress:
    document = app.store.document(row.ref.id) if touched else None
    sheet = reviewing.sheet_of(app, document) if document else None
    progress = reviewing.progress_of(sheet) if sheet else ReviewProgress(0, row.tasks, 0)
    return DocumentProgress(row.ref.id, row.ref.number or "", row.ref.title, progress)
