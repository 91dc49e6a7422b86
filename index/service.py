"""The one door to the index: what the command line, the API and the page call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from corpus.register import Register
from index.engine import Engine
from index.models import (
    AgencyView,
    Answer,
    DeadlineView,
    DocumentHit,
    Filters,
    Page,
    SearchResult,
    Sort,
    StatementView,
    Suggestion,
)
from index.synonyms import Synonyms

NO_FILTERS = Filters()


class Service:
    """Reads questions, asks the engine, ranks and composes answers. Holds no state of its own.

    Every method raises UsageError for a question or filter that cannot be meant, and
    ServiceUnavailable where the engine cannot be reached. `today` stands for 今年, 本月.
    """

    def __init__(self, engine: Engine, register: Register, synonyms: Synonyms) -> None:
        self._engine = engine
        self._register = register
        self._synonyms = synonyms

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
        """Documents best first with their best passages, statements and facets."""
        raise NotImplementedError

    def ask(self, question: str, filters: Filters = NO_FILTERS, *, today: date) -> Answer:
        """The answer as CONTRACT.md describes `gongbao ask`: statements, deadlines and passages best first."""
        raise NotImplementedError

    def tasks(
        self,
        query: str | None,
        filters: Filters = NO_FILTERS,
        *,
        today: date,
        size: int = 50,
        cursor: str | None = None,
        sort: Sort = Sort.RELEVANCE,
    ) -> Page[StatementView]:
        """Assignment statements, a page at a time; without a query all that pass the filters."""
        raise NotImplementedError

    def iter_tasks(
        self, query: str | None, filters: Filters = NO_FILTERS, *, today: date, sort: Sort = Sort.PRINTED
    ) -> Iterator[StatementView]:
        """Every statement that `tasks` would show over all its pages, streamed."""
        raise NotImplementedError

    def deadlines(
        self,
        query: str | None,
        filters: Filters = NO_FILTERS,
        *,
        today: date,
        size: int = 50,
        cursor: str | None = None,
        sort: Sort = Sort.DUE,
    ) -> Page[DeadlineView]:
        """Time limits, a page at a time, earliest first."""
        raise NotImplementedError

    def iter_deadlines(
        self, query: str | None, filters: Filters = NO_FILTERS, *, today: date, sort: Sort = Sort.DUE
    ) -> Iterator[DeadlineView]:
        """Every time limit that `deadlines` would show, streamed."""
        raise NotImplementedError

    def agency(self, name: str, filters: Filters = NO_FILTERS) -> AgencyView:
        """One body under any of its names: every statement that binds it, by role, then deadline."""
        raise NotImplementedError

    def suggest(self, prefix: str, size: int = 8) -> tuple[Suggestion, ...]:
        """Bodies, titles and numbers that begin with, or hold, what was typed so far."""
        raise NotImplementedError

    def related(self, document_id: str, size: int = 6) -> tuple[DocumentHit, ...]:
        """Documents about the same matter, nearest first; UsageError for an unknown id."""
        raise NotImplementedError

    def other_years(self, document_id: str) -> tuple[DocumentHit, ...]:
        """The same notice of other years, newest first."""
        raise NotImplementedError
