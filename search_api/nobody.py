"""Time limits that name nobody: beside the tasks on the board, in lists, calendars and figures, by one rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from gongbao.corpus.records import AssignmentKind
from gongbao.index.models import DeadlineView, Filters, ResultPage, Sort
from gongbao.index.service import Service


def of_nobody(filters: Filters) -> Filters | None:
    """Filters for these limits; None where a body, a role or duties are asked for."""
    if filters.agency or filters.role or filters.kind is AssignmentKind.DUTY:
        return None
    return replace(filters, unbound=True)


def page_of_nobody(
    service: Service,
    filters: Filters,
    today: date,
    size: int,
    sort: Sort = Sort.DUE,
    query: str | None = None,
    cursor: str | None = None,
) -> ResultPage[DeadlineView]:
    """A page of them, what is to come first; UsageError for a bad cursor."""
    alone = of_nobody(filters)
    if alone is None:
        return ResultPage((), 0)
    return service.deadlines(query, alone, today=today, size=size, sort=sort, cursor=cursor, upcoming=True)


def iter_of_nobody(service: Service, filters: Filters, today: date, query: str | None = None) -> Iterator[DeadlineView]:
    """All of them, earliest first, streamed."""
    alone = of_nobody(filters)
    return service.iter_deadlines(query, alone, today=today) if alone else iter(())


def count_of_nobody(service: Service, filters: Filters, today: date, query: str | None = None) -> int:
    alone = of_nobody(filters)
    return service.count_deadlines(query, alone, today=today) if alone else 0


def months_of_nobody(service: Service, filters: Filters, today: date) -> dict[str, int]:
    """2024-06 → how many end in it."""
    alone = of_nobody(filters)
    return service.deadline_months(alone, today=today) if alone else {}
