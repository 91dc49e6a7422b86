"""Puts people's reviews back onto an extraction, however much better (or other) it has become.

A review is found again by its anchor in the document's present text. The person's word holds;
where the extractor now says something that the person has not seen, that is a difference to show.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from gongbao.corpus.document import Document
from gongbao.corpus.offsets import Span, normalise
from gongbao.corpus.records import Assignment, Deadline, Extraction
from gongbao.corpus.reviews import Anchor, Review, Verdict

_SAME_PLACE = 0.5  # overlap of two quotes, as a share of both together, from which they are the same statement


@dataclass(frozen=True, slots=True)
class Difference:
    """A review that does not fit the present extraction; `found` is what the extractor says now."""

    review: Review
    found: Assignment | None
    reason: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """`reviews`: id of a statement in `extraction` → the review that it stands by."""

    extraction: Extraction
    reviews: dict[str, Review]
    rejected: tuple[Review, ...]
    differences: tuple[Difference, ...]


def reapply(document: Document, extraction: Extraction, reviews: Iterable[Review]) -> Reviewed:
    """The extraction as people left it. Statements stay in the order of the text."""
    text = FoldedText(document)
    left = list(extraction.assignments)
    stand: dict[str, Review] = {}
    placed: list[Assignment] = []
    rejected: list[Review] = []
    differences: list[Difference] = []
    for review in reviews:
        span = text.find(review.anchor)
        found = _counterpart(left, review, span)
        if found is not None:
            left.remove(found)
        if reason := _difference(review, found, span):
            differences.append(Difference(review, found, reason))
        if review.statement is None:
            rejected.append(review)
        elif span is not None:
            placed.append(_measured(_move(document, review.statement, span), found, extraction))
            stand[review.statement.id] = review
    statements = tuple(sorted([*left, *placed], key=lambda task: task.span))
    limits = _limits(extraction, placed, stand)
    reviewed = replace(extraction, assignments=statements, deadlines=limits)
    return Reviewed(reviewed, stand, tuple(rejected), tuple(differences))


def _measured(task: Assignment, found: Assignment | None, extraction: Extraction) -> Assignment:
    """People review neither figures nor what belongs to what: they are what the extractor now reads in that place."""
    if found:
        return replace(task, targets=found.targets, covers=found.covers, part_of=found.part_of)
    inside = tuple(quantity for quantity in extraction.quantities if task.span.covers(quantity.span))
    return replace(task, targets=inside, covers=(), part_of=None)


def _limits(extraction: Extraction, placed: list[Assignment], stand: dict[str, Review]) -> tuple[Deadline, ...]:
    """All time limits, those that people took out of a statement left out, those that they wrote in put in."""
    kept = {deadline.id: deadline for deadline in extraction.deadlines}
    for task in placed:
        original = stand[task.id].original
        for deadline in original.deadlines if original else ():
            kept.pop(deadline.id, None)
        kept |= {deadline.id: deadline for deadline in task.deadlines}
    return tuple(sorted(kept.values(), key=lambda deadline: deadline.span))


class FoldedText:
    """A document's text, width folded and without white space, with the way back."""

    def __init__(self, document: Document) -> None:
        self.text, self._origins = normalise(document.text)

    def find(self, anchor: Anchor) -> Span | None:
        """Where the quote stands between its neighbours; else where it stands at all, if only once."""
        if not anchor.quote:
            return None
        at = self.text.find(anchor.before + anchor.quote + anchor.after)
        if at >= 0:
            at += len(anchor.before)
        elif self.text.count(anchor.quote) == 1:
            at = self.text.index(anchor.quote)
        else:
            return None
        return self._origins.to_original(Span(at, at + len(anchor.quote)))


def _counterpart(left: list[Assignment], review: Review, span: Span | None) -> Assignment | None:
    """What the extractor now says in that place: by id and wording, by id, else by place and wording."""
    same_id = [task for task in left if task.id == review.record]
    wanted = review.original or review.statement
    exact = [task for task in same_id if wanted and task.what == wanted.what]
    if exact or len(same_id) == 1:
        return (exact or same_id)[0]
    near = [task for task in left if span and overlap(task.span, span) >= _SAME_PLACE]
    alike = [task for task in near if wanted and _said(task) == _said(wanted)]
    return next(iter(alike or near), None)


def _difference(review: Review, found: Assignment | None, span: Span | None) -> str:
    if review.statement is not None and span is None:
        return "原文中已找不到这句话"
    if found is None:
        return "" if review.verdict in (Verdict.ADDED, Verdict.REJECTED) else "程序不再提取这一条"
    seen = [_said(task) for task in (review.original, review.statement) if task is not None]
    return "" if _said(found) in seen else "程序现在提取的内容与校核时不同"


def _said(task: Assignment) -> tuple[object, ...]:
    """What a statement says, wherever it stands."""
    parties = tuple((p.name, p.role, p.type) for p in task.parties)
    limits = tuple((normalise(d.text)[0], d.kind, d.due, d.start, d.every, d.within) for d in task.deadlines)
    return (task.kind, normalise(task.what)[0], parties, limits)


def overlap(one: Span, other: Span) -> float:
    """What two places share, as a share of both together."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(common, 0) / max(max(one.end, other.end) - min(one.start, other.start), 1)


def _move(document: Document, task: Assignment, span: Span) -> Assignment:
    """The statement at its present place: inner spans go by their folded offsets in the quote."""
    if task.span == span and span.of(document.text) == task.quote:
        return task
    quote = span.of(document.text)
    inner = _Moving(task, quote, span)
    return replace(
        task,
        quote=quote,
        span=span,
        regions=document.regions(span),
        parties=tuple(replace(p, span=inner.place(p.span)) for p in task.parties),
        deadlines=tuple(
            replace(d, span=inner.place(d.span), regions=document.regions(inner.place(d.span))) for d in task.deadlines
        ),
    )


class _Moving:
    """Spans inside an old quote → the same characters of the new one."""

    def __init__(self, task: Assignment, quote: str, span: Span) -> None:
        self._old, self._quote, self._span = task.span, task.quote, span
        self._origins = normalise(quote)[1]

    def place(self, inner: Span) -> Span:
        """The whole new quote where the span was not inside the old one."""
        if not self._old.covers(inner):
            return self._span
        start = len(normalise(self._quote[: inner.start - self._old.start])[0])
        length = len(normalise(self._quote[inner.start - self._old.start : inner.end - self._old.start])[0])
        if start + length > len(self._origins.origins):
            return self._span
        return self._origins.to_original(Span(start, start + length)).shift(self._span.start)
