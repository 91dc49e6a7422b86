"""The one door to the index: what the command line, the API and the page call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypeVar

from gongbao.corpus.desk import Snapshot
from gongbao.corpus.records import Role
from gongbao.corpus.register import Register
from gongbao.index.agency import agency_query, agency_view, suggestions
from gongbao.index.analysis import key
from gongbao.index.answers import Asked, Worked, asks_more_than_filters, passages_of, work_out
from gongbao.index.bodies import Bodies
from gongbao.index.engine import Engine, Everything, Filtered, Hit, Keyword, Query
from gongbao.index.figures import figures_for
from gongbao.index.filters import NOTHING, Known, conditions
from gongbao.index.kin import other_years, related
from gongbao.index.lists import Listing
from gongbao.index.meaning.near import Meaning
from gongbao.index.meaning.signs import Signs
from gongbao.index.models import (
    AgencyView,
    Answer,
    DeadlineView,
    DocumentHit,
    Facet,
    FigureView,
    Filters,
    Intent,
    NothingAsked,
    Passage,
    Reading,
    ResultPage,
    SearchResult,
    Sort,
    StatementView,
    Suggestion,
)
from gongbao.index.numbered import documents_known
from gongbao.index.payload import read_deadline, read_statement
from gongbao.index.query.fields import combined
from gongbao.index.retrieve import all_of, any_of
from gongbao.index.schema import EntryKind, Field, counted
from gongbao.index.search import Searcher
from gongbao.index.synonyms import Synonyms
from gongbao.index.upcoming import Upcoming

V = TypeVar("V", StatementView, DeadlineView)

NO_FILTERS = Filters()
_DOCUMENTS, _STATEMENTS, _PASSAGES = 10, 20, 20  # of an answer that asks for no complete list
_FACETS = (Field.YEAR, Field.PLACE, Field.ISSUER, Field.GENRE, Field.SUBJECT, Field.AGENCY, Field.ROLE, Field.DUE_MONTH)
_STATEMENT_FACETS, _MANY = (Field.YEAR, Field.AGENCY, Field.DUE_MONTH, Field.DOCUMENT), 1_000
_MOST_BODIES = 20_000
_COMPLETE = frozenset({Intent.DUTIES, Intent.DEADLINES})


class Service:
    """Reads questions, asks the engine, ranks and composes answers. Holds no state of its own.

    Every method raises UsageError for a question or filter that cannot be meant, and
    ServiceUnavailable where the engine cannot be reached. `today` stands for 今年, 本月.
    """

    def __init__(
        self,
        engine: Engine,
        register: Register,
        synonyms: Synonyms,
        meaning: Meaning | None = None,
        desk: Callable[[], Snapshot] = lambda: NOTHING,
    ) -> None:
        self._engine = engine
        self._bodies = Bodies(engine, register)
        self._desk = desk
        self._known = Known(self._bodies.keys, self._documents, self._bodies.issuers, desk)
        self._searcher = Searcher(engine, self._bodies, synonyms, self._known, meaning)

    def search(
        self,
        query: str,
        filters: Filters = NO_FILTERS,
        *,
        today: date,
        size: int = 10,
        offset: int = 0,
        sort: Sort = Sort.RELEVANCE,
        explain: bool = False,
    ) -> SearchResult:
        """Documents best first with their best passages, statements and facets.

        `total` counts the documents worth showing. Without words, numbers or the like all documents
        that pass the filters are listed as printed.
        """
        reading = self._searcher.understand(query, today)
        if not asks_more_than_filters(reading):
            return self._listed(reading, combined(reading.filters, filters), size, offset)
        asked = Asked(self._searcher, reading, filters, today, depth=offset + size, explain=explain)
        return self._result(work_out(asked), size, offset, sort)

    def ask(self, question: str, filters: Filters = NO_FILTERS, *, today: date, explain: bool = False) -> Answer:
        """The answer as CONTRACT.md describes `gongbao ask`: statements, deadlines and passages best first."""
        reading = self._searcher.understand(question, today)
        if not asks_more_than_filters(reading):
            return Answer(reading, self._listed(reading, combined(reading.filters, filters), _DOCUMENTS, 0).hits)
        return _answer(work_out(Asked(self._searcher, reading, filters, today, explain=explain)))

    def search_and_ask(
        self, query: str, filters: Filters = NO_FILTERS, *, today: date, size: int = 10, sort: Sort = Sort.RELEVANCE
    ) -> tuple[SearchResult, Answer]:
        """`search` and `ask` of the same question, worked out once: the first page of a search."""
        reading = self._searcher.understand(query, today)
        if not asks_more_than_filters(reading):
            listed = self._listed(reading, combined(reading.filters, filters), max(size, _DOCUMENTS), 0)
            return replace(listed, hits=listed.hits[:size]), Answer(reading, listed.hits[:_DOCUMENTS])
        worked = work_out(Asked(self._searcher, reading, filters, today, depth=size))
        return self._result(worked, size, 0, sort), _answer(worked)

    def signs(
        self, question: str, today: date, filters: Filters = NO_FILTERS
    ) -> tuple[tuple[DocumentHit, ...], Signs | None, float]:
        """The documents found for a question, the signs that tell whether they answer, and how much of it the best one
        says in words: what `make judge` learns from."""
        reading = self._searcher.understand(question, today)
        found = self._searcher.documents(reading, replace(filters, issuer=reading.filters.issuer))
        return found.documents, self._searcher.signs(reading, found, today), self._searcher.worded(reading, found)

    def tasks(
        self,
        query: str | None,
        filters: Filters = NO_FILTERS,
        *,
        today: date,
        size: int = 50,
        cursor: str | None = None,
        sort: Sort = Sort.RELEVANCE,
    ) -> ResultPage[StatementView]:
        """Assignment statements, a page at a time; without a query all that pass the filters, as printed.

        By deadline means by the next one from `today` on; then what has passed, then what has no date.
        """
        return self._page(self._statements(query, filters, today), today, _unless_ranked(sort, query), size, cursor)

    def iter_tasks(
        self, query: str | None, filters: Filters = NO_FILTERS, *, today: date, sort: Sort = Sort.PRINTED
    ) -> Iterator[StatementView]:
        """Every statement that `tasks` would show over all its pages, streamed."""
        return self._stream(self._statements(query, filters, today), today, sort)

    def count_tasks(self, query: str | None, filters: Filters = NO_FILTERS, *, today: date) -> int:
        """How many statements `tasks` would show over all its pages."""
        return self._statements(query, filters, today).count()

    def deadlines(
        self,
        query: str | None,
        filters: Filters = NO_FILTERS,
        *,
        today: date,
        size: int = 50,
        cursor: str | None = None,
        sort: Sort = Sort.DUE,
        upcoming: bool = False,
    ) -> ResultPage[DeadlineView]:
        """Time limits, a page at a time, earliest first; `upcoming`: what is to come before the rest, as `tasks`."""
        found = self._limits(query, filters, today)
        if upcoming:
            return self._page(found, today, _unless_ranked(sort, query), size, cursor)
        return found.page(_unless_ranked(sort, query), size, cursor)

    def iter_deadlines(
        self, query: str | None, filters: Filters = NO_FILTERS, *, today: date
    ) -> Iterator[DeadlineView]:
        """Every time limit that `deadlines` would show, earliest first, streamed."""
        return self._limits(query, filters, today).stream(Sort.DUE)

    def count_deadlines(self, query: str | None, filters: Filters = NO_FILTERS, *, today: date) -> int:
        """How many time limits `deadlines` would show over all its pages."""
        return self._limits(query, filters, today).count()

    def deadline_months(self, filters: Filters, *, today: date) -> dict[str, int]:
        """Of the time limits that `deadlines` shows: 2024-06 → how many end in it."""
        tree, where = self._asked(None, filters, today, EntryKind.DEADLINE)
        (months,) = self._engine.facets(EntryKind.DEADLINE, Filtered(tree, where), (Field.DUE_MONTH,), size=_MANY)
        return {value.value: value.count for value in months.values}

    def entry(self, record: str) -> StatementView | DeadlineView | None:
        """One statement or time limit by its id."""
        one = Filters(record=record)
        statement = next(iter(self._statements(None, one, date.min).stream(Sort.PRINTED)), None)
        return statement or next(iter(self._limits(None, one, date.min).stream(Sort.PRINTED)), None)

    def agency(self, name: str) -> AgencyView:
        """One body under any of its names."""
        return agency_view(self._bodies, name)

    def agency_statements(self, name: str, role: Role, filters: Filters = NO_FILTERS) -> Iterator[StatementView]:
        """Every statement that binds a body under any of its names, in this role first, by deadline, streamed.

        A statement is in the stream of one role only: lead before responsible before support.
        """
        query = agency_query(self._known, name, role, filters)
        return map(self._statement(), self._engine.scan(EntryKind.STATEMENT, query, Sort.DUE))

    def statement_facets(self, filters: Filters, query: str | None = None, *, today: date) -> tuple[Facet, ...]:
        """Of the statements that `tasks` shows: year, agency (all bodies that they bind), due_month, document."""
        tree, where = self._asked(query, filters, today, EntryKind.STATEMENT)
        return self._engine.facets(EntryKind.STATEMENT, Filtered(tree, where), _STATEMENT_FACETS, size=_MANY)

    def body_counts(self, filters: Filters) -> dict[str, int]:
        """Statements that pass, by the bodies that lead or answer for them; a part of another only where it binds
        more bodies than that."""
        asked = replace(filters, wholes=False)  # each body's own count sees to that
        query = Filtered(Everything(), conditions(asked, EntryKind.STATEMENT, self._known))
        fields = (Field.COUNTED, Field.AGENCY)
        bodies, names = self._engine.facets(EntryKind.STATEMENT, query, fields, size=_MOST_BODIES)
        by_key = {counted(Role.LEAD, key(value.value)): value.value for value in names.values}
        return {by_key[value.value]: value.count for value in bodies.values if value.value in by_key}

    def suggest(self, prefix: str, size: int = 8) -> tuple[Suggestion, ...]:
        """Bodies, titles and numbers that begin with, or hold, what was typed so far."""
        return suggestions(self._engine, prefix, size)

    def related(self, document_id: str, size: int = 6) -> tuple[DocumentHit, ...]:
        """Documents about the same matter, nearest first; UsageError for an unknown id."""
        return related(self._engine, document_id, size)

    def other_years(self, document_id: str) -> tuple[DocumentHit, ...]:
        """The same notice of other years, newest first."""
        return other_years(self._engine, document_id)

    # --- the parts

    def _result(self, worked: Worked, size: int, offset: int, sort: Sort) -> SearchResult:
        found = worked.found.documents
        hits = _sorted(found, sort)[offset : offset + size]
        ids = tuple(hit.document.id for hit in found)
        facets = self._facets(Keyword(Field.DOCUMENT, ids)) if ids else ()
        return SearchResult(worked.reading, len(found), hits, worked.statements[:_STATEMENTS], facets)

    def _page(self, listing: Listing[V], today: date, sort: Sort, size: int, cursor: str | None) -> ResultPage[V]:
        if sort is not Sort.DUE:
            return listing.page(sort, size, cursor)
        return Upcoming(listing, today, self._desk()).page(size, cursor)

    def _stream(self, listing: Listing[V], today: date, sort: Sort) -> Iterator[V]:
        return Upcoming(listing, today, self._desk()).stream() if sort is Sort.DUE else listing.stream(sort)

    def _statement(self) -> Callable[[Hit], StatementView]:
        """What reads hits, with the 台账 as it stands now: it is asked for once, not with every hit."""
        return partial(read_statement, items=self._desk().items)

    def _limit(self) -> Callable[[Hit], DeadlineView]:
        return partial(read_deadline, items=self._desk().items)

    def _documents(self, named: str) -> tuple[str, ...]:
        return documents_known(named, self._engine)

    def _statements(self, query: str | None, filters: Filters, today: date) -> Listing[StatementView]:
        tree, where = self._asked(query, filters, today, EntryKind.STATEMENT)
        return Listing(self._engine, EntryKind.STATEMENT, tree, where, self._statement())

    def _limits(self, query: str | None, filters: Filters, today: date) -> Listing[DeadlineView]:
        tree, where = self._asked(query, filters, today, EntryKind.DEADLINE)
        return Listing(self._engine, EntryKind.DEADLINE, tree, where, self._limit())

    def _asked(
        self, query: str | None, filters: Filters, today: date, kind: EntryKind
    ) -> tuple[Query, tuple[Query, ...]]:
        """All words of a query, or, where nothing holds them all, any; and what must hold."""
        if query is None or not query.strip():
            return Everything(), conditions(filters, kind, self._known)
        reading = self._searcher.understand(query, today)
        where = conditions(combined(reading.filters, filters), kind, self._known)
        concepts = self._searcher.concepts(reading)
        if not concepts:
            return Everything(), where
        strict = all_of(concepts, kind)
        return (strict if self._engine.count(kind, Filtered(strict, where)) else any_of(concepts, kind)), where

    def _listed(self, reading: Reading, filters: Filters, size: int, offset: int) -> SearchResult:
        """Nothing is asked but filters: all that pass them; UsageError where not even those."""
        if filters == NO_FILTERS:
            raise NothingAsked(reading)
        hits, total = self._searcher.listed(filters, size, offset)
        where = conditions(filters, EntryKind.DOCUMENT, self._known)
        return SearchResult(reading, total, hits, facets=self._facets(Filtered(Everything(), where)))

    def _facets(self, query: Query) -> tuple[Facet, ...]:
        return self._engine.facets(EntryKind.DOCUMENT, query, _FACETS)


def _answer(worked: Worked) -> Answer:
    complete, passages = worked.reading.intent in _COMPLETE, passages_of(worked)
    return Answer(
        worked.reading,
        worked.found.documents[:_DOCUMENTS],
        worked.statements if complete else worked.statements[:_STATEMENTS],
        worked.deadlines,
        passages[:_PASSAGES],
        _figures(worked, passages),
    )


def _figures(worked: Worked, passages: Sequence[Passage]) -> tuple[FigureView, ...]:
    """The amount or number itself, where one is asked for and not judged to be missing."""
    reading = worked.reading
    if reading.missing or Intent.FACTS not in (reading.intent, reading.also):
        return ()
    return figures_for(reading.query, worked.found.concepts, passages)


def _unless_ranked(sort: Sort, query: str | None) -> Sort:
    """Without a query nothing ranks one entry before another: they come as printed."""
    return Sort.PRINTED if sort is Sort.RELEVANCE and not (query and query.strip()) else sort


def _sorted(hits: tuple[DocumentHit, ...], sort: Sort) -> tuple[DocumentHit, ...]:
    if sort is Sort.NEWEST:
        return tuple(sorted(hits, key=lambda hit: hit.document.signed or date.min, reverse=True))
    return hits
