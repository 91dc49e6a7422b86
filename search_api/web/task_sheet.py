"""The list of tasks and the days of a calendar, with the time limits beside them that name no body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from gongbao.index.models import DeadlineView, Filters, ResultPage, Sort, StatementView
from gongbao.index.service import Service
from gongbao.search_api import labels
from gongbao.search_api.nobody import count_of_nobody, iter_of_nobody, page_of_nobody
from gongbao.search_api.web.grouping import CHOICES, GROUPS, Grouped, grouped

SIZE = 50
LIMITS = "limits"  # the list of time limits that name nobody, as a value of `group`
_CALENDAR_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class ListAsked:
    """`group`: "", one of `grouping.CHOICES`, or LIMITS; `number` pages groups, `cursor` the others."""

    filters: Filters
    today: date
    query: str | None
    sort: Sort
    group: str
    number: int
    cursor: str | None


@dataclass(frozen=True, slots=True)
class TaskSheet:
    """One of the three is shown: statements, groups of them, or limits; the totals are of everything that passes."""

    total: int
    limits_total: int
    found: ResultPage[StatementView] | None = None
    grouped: Grouped | None = None
    limits: ResultPage[DeadlineView] | None = None
    last: int = 1  # page of groups

    @property
    def cursor(self) -> str | None:
        shown = self.found or self.limits
        return shown.cursor if shown else None

    @property
    def shown(self) -> int:
        listed = self.found or self.limits
        return len(listed.items) if listed else 0


@dataclass(frozen=True, slots=True)
class SheetEvent:
    """What ends on a day of the calendar: `record` of a document, in words."""

    document: str
    record: str
    what: str


def task_sheet(service: Service, asked: ListAsked) -> TaskSheet:
    """UsageError for a bad cursor."""
    if asked.group == LIMITS:
        limits = page_of_nobody(
            service, asked.filters, asked.today, SIZE, asked.sort, asked.query, asked.cursor or None
        )
        return TaskSheet(_count(service, asked), limits.total, limits=limits)
    limits_total = count_of_nobody(service, asked.filters, asked.today, asked.query)
    if asked.group in CHOICES:
        groups = grouped(service, asked.query, asked.filters, asked.group, asked.today, asked.number)
        return TaskSheet(_count(service, asked), limits_total, grouped=groups, last=-(-groups.total // GROUPS))
    found = service.tasks(
        asked.query, asked.filters, today=asked.today, size=SIZE, cursor=asked.cursor or None, sort=asked.sort
    )
    return TaskSheet(found.total, limits_total, found=found)


def events_by_day(service: Service, filters: Filters, today: date) -> tuple[dict[date, list[SheetEvent]], bool]:
    """What ends on each day of the period that the filters name; whether there was too much to show."""
    by_day: dict[date, list[SheetEvent]] = {}
    tasks: Iterator[StatementView | DeadlineView] = service.iter_tasks(None, filters, today=today)
    for seen, view in enumerate(chain(tasks, iter_of_nobody(service, filters, today))):
        if seen == _CALENDAR_LIMIT:
            return by_day, True
        for day in _days(view):
            if filters.due_from and filters.due_to and filters.due_from <= day <= filters.due_to:
                by_day.setdefault(day, []).append(_event(view))
    return by_day, False


def _days(view: StatementView | DeadlineView) -> set[date]:
    """The day that the 台账 set, in place of the printed ones."""
    if view.item and view.item.due:
        return {view.item.due}
    deadlines = view.assignment.deadlines if isinstance(view, StatementView) else (view.deadline,)
    return {d.effective_due for d in deadlines if d.effective_due}


def _event(view: StatementView | DeadlineView) -> SheetEvent:
    if isinstance(view, StatementView):
        return SheetEvent(view.document.id, view.assignment.id, labels.flat(view.assignment.what))
    return SheetEvent(view.document.id, view.deadline.id, labels.flat(view.deadline.context))


def _count(service: Service, asked: ListAsked) -> int:
    return service.count_tasks(asked.query, asked.filters, today=asked.today)
