"""Statements put in groups for people, by body, document or month, each with the number of all that it holds."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from gongbao.corpus.records import DocumentRef
from gongbao.index.models import FacetValue, Filters, Sort, StatementView
from gongbao.index.service import Service
from gongbao.search_api import labels
from gongbao.search_api.web.coverage import numbers_of

SHOWN, GROUPS = 5, 20  # statements of a group, groups on a page
CHOICES = {"agency": "按单位", "document": "按文件", "month": "按月份"}


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """`total` counts everything in it; `changes`: the parameters of the list that shows all of that."""

    title: str
    total: int
    views: tuple[StatementView, ...]
    changes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Grouped:
    groups: tuple[TaskGroup, ...]
    total: int  # groups on all pages


@dataclass(frozen=True, slots=True)
class _GroupPart:
    """What a group asks beside the filters."""

    title: str
    filters: Filters
    changes: dict[str, str]


def grouped(service: Service, query: str | None, filters: Filters, by: str, today: date, number: int) -> Grouped:
    """A page of groups. A statement of two bodies is in both groups, as in the lists that they lead to."""
    parts = list(_parts(service, query, filters, by, today))
    shown = parts[(number - 1) * GROUPS : number * GROUPS]
    pages = [service.tasks(query, part.filters, today=today, size=SHOWN, sort=Sort.DUE) for part in shown]
    groups = (TaskGroup(p.title, page.total, page.items, p.changes) for p, page in zip(shown, pages, strict=True))
    return Grouped(tuple(group for group in groups if group.total), len(parts))


def newest_first(ref: DocumentRef) -> tuple[object, ...]:
    """Newest issue first, inside it as it is (sorting is stable)."""
    return tuple(-number for number in numbers_of(ref.issue))


def _parts(service: Service, query: str | None, filters: Filters, by: str, today: date) -> Iterator[_GroupPart]:
    values = {facet.name: facet.values for facet in service.statement_facets(filters, query, today=today)}
    if by == "month":
        yield from _months(values["due_month"], filters)
    elif by == "document":
        for value in values["document"]:
            yield _GroupPart(value.value, replace(filters, document=value.value), {"document": value.value})
    elif filters.agency:
        yield _GroupPart(filters.agency, filters, {"agency": filters.agency})
    else:
        for value in values["agency"]:
            yield _GroupPart(value.value, replace(filters, agency=value.value), {"agency": value.value})


def _months(values: tuple[FacetValue, ...], filters: Filters) -> Iterator[_GroupPart]:
    for value in sorted(values, key=lambda each: each.value):
        year, month = map(int, value.value.split("-"))
        first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        start, end = max(first, filters.due_from or first), min(last, filters.due_to or last)
        if start <= end:
            changes = {"due_from": start.isoformat(), "due_to": end.isoformat()}
            yield _GroupPart(labels.month_name(first), replace(filters, due_from=start, due_to=end), changes)
