"""What a reviewer says → a review: bodies resolved, the quote found in the document, time limits as they were read."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongbao.corpus.document import Document
from gongbao.corpus.errors import Busy, NotFound, ServiceUnavailable, UsageError
from gongbao.corpus.ids import record_id
from gongbao.corpus.offsets import Span, normalise
from gongbao.corpus.reapply import Reviewed, reapply
from gongbao.corpus.records import (
    Assignment,
    AssignmentKind,
    AssignmentSource,
    Deadline,
    DeadlineKind,
    Party,
    PartyType,
    Role,
)
from gongbao.corpus.reviews import Anchor, Review, Verdict
from gongbao.search_api import labels
from gongbao.search_api.compose import Application

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NamedParty:
    """A body under the name that the reviewer gives it: 市水利局."""

    role: Role
    name: str


@dataclass(frozen=True, slots=True)
class NamedLimit:
    """The words of a time limit (5月底前), and its day where one is meant."""

    words: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A review as it is sent: `record` is None for an added statement, `seen` the last review that was seen."""

    verdict: Verdict
    record: str | None = None
    seen: str | None = None
    kind: AssignmentKind = AssignmentKind.TASK
    quote: str = ""
    what: str = ""
    parties: tuple[NamedParty, ...] = ()
    deadlines: tuple[NamedLimit, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReviewProgress:
    """How far the statements of a document are reviewed."""

    reviewed: int
    total: int
    differences: int

    @property
    def complete(self) -> bool:
        return self.total > 0 and self.reviewed == self.total and not self.differences


def submit_review(app: Application, document: Document, proposal: Proposal, by: str) -> Review:
    """Keep a person's review and bring the index up to date.

    UsageError for what cannot be meant, Conflict where someone else came first. An index that
    cannot be written now is no reason to lose a review: the next indexing takes it in.
    """
    return submit_reviews(app, document, (proposal,), by)[0]


def submit_reviews(app: Application, document: Document, proposals: Sequence[Proposal], by: str) -> list[Review]:
    """As `submit_review`, one after another, the index brought up to date once. The first Conflict ends it."""
    kept = [
        app.store.reviews.add(_review(app, document, proposal, by), proposal.seen or None) for proposal in proposals
    ]
    try:
        app.index()
    except (Busy, ServiceUnavailable) as error:
        _log.warning("%d reviews are kept, the index follows later: %s", len(kept), error)
    return kept


def _review(app: Application, document: Document, proposal: Proposal, by: str) -> Review:
    known = {review.record: review for review in app.store.reviews.of(document.id)}
    earlier = known.get(proposal.record or "")
    original = earlier.original if earlier else _extracted(app, document, proposal.record)
    base = original or (earlier.statement if earlier else None)
    if proposal.record and base is None:
        raise NotFound("没有这一条任务，可能已随重新提取而改变", "刷新页面后再校核")
    span = base.span if base else _find(document, proposal.quote)
    statement = _statement(app, document, proposal, base, span)
    anchor = earlier.anchor if earlier else Anchor.of(document.text, span)
    record = proposal.record or (statement.id if statement else "")
    return Review(document.id, record, proposal.verdict, anchor, original, statement, by, proposal.note.strip())


def _extracted(app: Application, document: Document, record: str | None) -> Assignment | None:
    extraction = app.store.own_extraction(document.id) if record else None
    return next((task for task in extraction.assignments if task.id == record), None) if extraction else None


def _statement(
    app: Application, document: Document, proposal: Proposal, base: Assignment | None, span: Span
) -> Assignment | None:
    if proposal.verdict in (Verdict.REJECTED, Verdict.WITHDRAWN):
        return None
    if proposal.verdict is Verdict.CONFIRMED:
        return base
    if not proposal.what.strip():
        raise UsageError("没有写工作任务", "填写任务内容")
    resolve = _resolver(app, document)
    parties = tuple(_parties(proposal.parties, base, document, span, resolve))
    if not parties:
        raise UsageError("没有写承担单位", "每行一个角色，例如“牵头：市水利局”")
    return Assignment(
        id=base.id if base else record_id("added", document.id, document.text, span),
        kind=proposal.kind,
        source=base.source if base else AssignmentSource.TEXT,
        what=proposal.what.strip(),
        parties=parties,
        deadlines=tuple(_deadlines(proposal.deadlines, base, document, span)),
        path=document.path_at(span.start),
        quote=span.of(document.text),
        span=span,
        regions=document.regions(span),
    )


def _resolver(app: Application, document: Document) -> Callable[[str], str | None]:
    reader = app.register.within(document)

    def resolve(name: str) -> str | None:
        found = reader.resolve(name)
        return found.canonical if found else None

    return resolve


def _parties(
    named: Iterable[NamedParty],
    base: Assignment | None,
    document: Document,
    span: Span,
    resolve: Callable[[str], str | None],
) -> Iterator[Party]:
    known = {labels.flat(p.name): p for p in base.parties} if base else {}
    for each in named:
        yield _party(each.name, each.role, known.get(each.name), document, span, resolve)


def _party(
    name: str,
    role: Role,
    known: Party | None,
    document: Document,
    span: Span,
    resolve: Callable[[str], str | None],
) -> Party:
    if known:
        return replace(known, role=role)
    canonical = resolve(name)
    kind = PartyType.COLLECTIVE if name.startswith("各") and not canonical else PartyType.AGENCY
    return Party(name, canonical, role, kind, _inside(document, name, span))


def _deadlines(
    named: Iterable[NamedLimit], base: Assignment | None, document: Document, span: Span
) -> Iterator[Deadline]:
    known = {labels.flat(d.text): d for d in base.deadlines} if base else {}
    for each in named:
        yield _deadline(each.words, each.day, known.get(each.words), document, span)


def _deadline(words: str, due: date | None, known: Deadline | None, document: Document, span: Span) -> Deadline:
    if known and (due is None or due == known.due):
        return known
    if known:
        return replace(known, due=due, resolved=None)
    place = _inside(document, words, span)
    made = record_id("deadline", document.id, document.text, place)
    context = span.of(document.text)[:40]
    return Deadline(made, words, DeadlineKind.BY, context, place, document.regions(place), due=due)


def _find(document: Document, quote: str) -> Span:
    """Where a copied quote stands, white space and width left aside; NotFound where it does not."""
    folded, origins = normalise(document.text)
    wanted = normalise(quote)[0]
    at = folded.find(wanted) if wanted else -1
    if at < 0:
        raise NotFound("原文中没有这句话", "从左侧正文中复制完整的一句")
    return origins.to_original(Span(at, at + len(wanted)))


def _inside(document: Document, words: str, span: Span) -> Span:
    """Where `words` stand in the quote, else the whole of it."""
    at = document.text.find(words, span.start, span.end)
    return Span(at, at + len(words)) if at >= 0 else span


def sheet_of(app: Application, document: Document) -> Reviewed | None:
    """The document's statements with what people said; None where it is not extracted yet."""
    own = app.store.own_extraction(document.id)
    return reapply(document, own, app.store.reviews.of(document.id)) if own else None


def progress_of(sheet: Reviewed) -> ReviewProgress:
    total = len(sheet.extraction.assignments) + len(sheet.rejected)
    return ReviewProgress(len(sheet.reviews) + len(sheet.rejected), total, len(sheet.differences))
