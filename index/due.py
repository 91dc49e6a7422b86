"""Deadlines that a question asks for: by the period named, or by what is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from gongbao.corpus.records import DeadlineKind
from gongbao.index.engine import AnyOf, Ask, Everything, Filtered, Keyword
from gongbao.index.filters import conditions
from gongbao.index.match import find, plain, share
from gongbao.index.meaning.nearness import Nearness
from gongbao.index.models import Chip, ChipKind, DeadlineView, DocumentHit, Filters, Reading, Sort
from gongbao.index.payload import read_deadline
from gongbao.index.query.concepts import Concept
from gongbao.index.query.fields import combined
from gongbao.index.query.times import moved, period_text
from gongbao.index.retrieve import any_of
from gongbao.index.schema import EntryKind, Field
from gongbao.index.search import FoundDocuments, Searcher

_ALL = 2_000  # deadlines of one period in one answer, which says where it ends; lists and exports have no limit
_FETCHED = 200  # deadlines looked at for a topic
_DOCUMENTS = 3  # of the best documents all deadlines are looked at
_ON_TOPIC = 0.5  # share of what the best one holds of the topic
_TITLE = 0.5  # a word in the title, beside one in the sentence
_HEADING = 0.3  # one in the headings above: 禁火时间
_STATED = 0.35  # share of the topic that a sentence must hold to say when it is due
_MEANT = 0.5  # how near in meaning (0..1) a sentence must be for the same
_ABOUT = 0.5  # a deadline in the document that is about the matter


def settled(searcher: Searcher, reading: Reading, given: Filters, today: date) -> Reading:
    """The reading with the year meant: this year, else the latest year of the corpus that has such deadlines.

    Where the question names a year, or the period was set apart from it (`given`), it stays as it is.
    """
    if not reading.floating or given.due_from or given.due_to or _is_any_printed(searcher, reading.filters, given):
        return reading
    years = searcher.engine.facets(EntryKind.DOCUMENT, Everything(), (Field.YEAR,), size=100)
    for year in sorted((int(value.value) for facet in years for value in facet.values), reverse=True):
        shifted = _in_year(reading.filters, year - today.year)
        if year != today.year and _is_any_printed(searcher, shifted, given):
            return replace(reading, filters=shifted, chips=tuple(_dated(chip, shifted) for chip in reading.chips))
    return reading


def _dated(chip: Chip, filters: Filters) -> Chip:
    if chip.kind is not ChipKind.DUE:
        return chip
    return replace(chip, meaning=f"{period_text(filters.due_from, filters.due_to)}（没写年份，取最近有此类期限的一年）")


def due_in(searcher: Searcher, filters: Filters, *, expiring: bool = False) -> tuple[DeadlineView, ...]:
    """Deadlines printed for the period, in date order; those that only a computed date puts there where none is.

    When a rule ceases to hold counts only where that is asked (`expiring`): nothing is to be done by then.
    """
    kept = [
        view for view in _ending_in(searcher, filters) if expiring or view.deadline.kind is not DeadlineKind.EFFECTIVE
    ]
    return tuple([view for view in kept if view.deadline.due] or kept)


def _ending_in(searcher: Searcher, filters: Filters) -> Iterator[DeadlineView]:
    query = Filtered(Everything(), conditions(filters, EntryKind.DEADLINE, searcher.known))
    hits = islice(searcher.engine.scan(EntryKind.DEADLINE, query, Sort.DUE), _ALL)
    return (view for view in map(read_deadline, hits) if _ends_in(view.deadline.effective_due, filters))


def _is_any_printed(searcher: Searcher, read: Filters, given: Filters) -> bool:
    found = (view.deadline for view in _ending_in(searcher, combined(read, given)))
    return any(limit.due and limit.kind is not DeadlineKind.EFFECTIVE for limit in found)


def due_for(searcher: Searcher, found: FoundDocuments, filters: Filters) -> tuple[DeadlineView, ...]:
    """Deadlines of what is asked about, the most relevant first: when one thing is due its own date is wanted."""
    own = Keyword(Field.DOCUMENT, tuple(hit.document.id for hit in found.documents[:_DOCUMENTS]))
    any_way = AnyOf((any_of(found.concepts, EntryKind.DEADLINE), own))
    query = Filtered(any_way, conditions(filters, EntryKind.DEADLINE, searcher.known))
    hits = searcher.engine.search(Ask(EntryKind.DEADLINE, query, size=_FETCHED, counted=False))
    return on_topic(found, map(read_deadline, hits.items))


def on_topic(found: FoundDocuments, views: Iterable[DeadlineView]) -> tuple[DeadlineView, ...]:
    """Those nearly as much on the topic as the best one, by their sentence and their document; best first.

    One whose sentence and title say nothing of the topic, nor mean it, is left out where others do.
    """
    best_document = max((hit.score for hit in found.documents), default=0.0) or 1.0
    about = {hit.document.id: hit.score / best_document for hit in found.documents}
    told = _all_told(found, views)
    telling = [pair for pair in told if pair[0]] or told
    scored = [replace(view, score=own + _ABOUT * about.get(view.document.id, 0.0) ** 2) for own, view in telling]
    best = max((view.score for view in scored), default=0.0)
    kept = [view for view in scored if view.score > 0 and view.score >= _ON_TOPIC * best]
    return tuple(sorted(kept, key=lambda view: (-round(view.score, 4), _date(view))))


def is_stated(found: FoundDocuments, limits: Iterable[DeadlineView], document: DocumentHit) -> bool:
    """Whether one of the limits, in this document, says when what is asked about is due."""
    own = [view for view in limits if view.document.id == document.document.id]
    nearness = Nearness.of(one.passage for one in found.passages)
    near = (nearness.of_text(view.document.id, view.deadline.context) for view in own)
    return any(_share_told(found.concepts, view) >= _STATED for view in own) or any(value >= _MEANT for value in near)


def _all_told(found: FoundDocuments, views: Iterable[DeadlineView]) -> list[tuple[float, DeadlineView]]:
    """Each with how much it is about the topic, by words and by meaning."""
    pairs = [(_share_told(found.concepts, view), view) for view in views]
    nearness, most = Nearness.of(p.passage for p in found.passages), max((own for own, _ in pairs), default=0.0)
    near = (nearness.of_text(view.document.id, view.deadline.context) for _, view in pairs)
    return [(nearness.joined(own, most, value), view) for (own, view), value in zip(pairs, near, strict=True)]


def in_date_order(views: Iterable[DeadlineView]) -> tuple[DeadlineView, ...]:
    return tuple(sorted(views, key=_date))


def _date(view: DeadlineView) -> date:
    return view.deadline.effective_due or date.max


def _share_told(concepts: Sequence[Concept], view: DeadlineView) -> float:
    told = (
        (plain(view.deadline.context), 1.0),
        (plain("".join(view.path)), _HEADING),
        (plain(view.document.title), _TITLE),
    )
    return share(concepts, [max(weight * find(c, text).value for text, weight in told) for c in concepts])


def _in_year(filters: Filters, years: int) -> Filters:
    start, due = filters.due_from, filters.due_to
    return replace(filters, due_from=start and moved(start, years), due_to=due and moved(due, years))


def _ends_in(due: date | None, filters: Filters) -> bool:
    late = filters.due_to is not None and due is not None and due > filters.due_to
    return due is not None and not late and (filters.due_from is None or due >= filters.due_from)
