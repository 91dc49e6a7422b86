"""What is late or due soon and not done, body by body: for notices, statistics and reminders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from gongbao.corpus.errors import NotFound
from gongbao.corpus.records import AssignmentKind, Role
from gongbao.index.models import Filters, NextDue, Sort, StatementView, View
from gongbao.search_api import labels
from gongbao.search_api.compose import Application
from gongbao.search_api.nobody import iter_of_nobody

PRESSING = (labels.Due.OVERDUE, labels.Due.SOON, labels.Due.NEAR)


@dataclass(frozen=True, slots=True)
class Notice:
    """`office`: who sends it, "" where that is written in by hand; `reply`: by when the body is to answer."""

    agency: str
    views: tuple[StatementView, ...]
    today: date
    office: str = ""
    reply: date | None = None


def pressing_views(app: Application, filters: Filters, today: date, query: str | None = None) -> Iterator[View]:
    """As `pressing_tasks`, and after them the time limits that name nobody."""
    yield from pressing_tasks(app, filters, today, query)
    for due in _falling(filters, today):
        asked = replace(filters, kind=filters.kind or AssignmentKind.TASK, next_due=due)
        yield from iter_of_nobody(app.service, asked, today, query)


def pressing_tasks(
    app: Application, filters: Filters, today: date, query: str | None = None
) -> Iterator[StatementView]:
    """Open tasks whose last day has passed or comes within a month, the most pressing first; what the filters say
    of that comes before."""
    for due in _falling(filters, today):
        asked = replace(filters, kind=filters.kind or AssignmentKind.TASK, next_due=due)
        yield from app.service.iter_tasks(query, asked, today=today, sort=Sort.DUE)


def overdue_views(app: Application, filters: Filters, today: date) -> Iterator[View]:
    """What is open and whose last day has passed, tasks of the newest documents first, each counted once: then time
    limits that name nobody."""
    asked = replace(filters, kind=AssignmentKind.TASK, next_due=labels.next_due(labels.Due.OVERDUE, today))
    yield from app.service.iter_tasks(None, replace(asked, wholes=True), today=today, sort=Sort.NEWEST)
    yield from iter_of_nobody(app.service, asked, today)


def _falling(filters: Filters, today: date) -> list[NextDue]:
    """What the filters ask for, else all that is pressing."""
    return [filters.next_due] if filters.next_due else [labels.next_due(state, today) for state in PRESSING]


def notice_of(
    app: Application, agency: str, filters: Filters, today: date, office: str = "", reply: date | None = None
) -> Notice:
    """What binds a body, in whatever role; UsageError where nothing is pressing."""
    name = app.service.agency(agency).canonical or agency
    views = tuple(pressing_tasks(app, replace(filters, agency=name), today))
    if not views:
        raise NotFound(f"{name} 没有已逾期或 30 日内到期的未完成事项", "换一个单位，或放宽条件")
    return Notice(name, views, today, office, reply)


def notices_of(
    app: Application, filters: Filters, today: date, office: str = "", reply: date | None = None
) -> Iterator[Notice]:
    """One for each body that leads or answers for something pressing; UsageError where there is none."""
    names: dict[str, None] = {}
    for view in pressing_tasks(app, filters, today):
        own = (p for p in view.assignment.parties if p.role is not Role.SUPPORT and p.agency)
        names |= {p.agency: None for p in own if p.agency}
    if not names:
        raise NotFound("没有已逾期或 30 日内到期的未完成事项", "放宽条件，或换一个日期")
    for name in names:
        if views := tuple(_own(app, name, filters, today)):
            yield Notice(name, views, today, office, reply)


def _own(app: Application, name: str, filters: Filters, today: date) -> Iterator[StatementView]:
    for view in pressing_tasks(app, replace(filters, agency=name), today):
        roles = {p.role for p in view.assignment.parties if name in (p.agency, p.name)}
        if roles != {Role.SUPPORT}:
            yield view
