"""Statements put in order for people: by deadline, body, document or month, with what charts need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.records import AssignmentKind, DocumentRef, PartyType, Role
from index.models import AgencyView, Filters, StatementView
from search_api import labels
from search_api.catalog import month_window
from search_api.web.coverage import numbers_of
from search_api.web.render import agency_url

Group = tuple[str, list[StatementView]]


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    count: int
    href: str = ""
    now: bool = False


@dataclass(frozen=True, slots=True)
class AgencySheet:
    """A body's statements: tasks by how pressing they are, duties apart."""

    roles: tuple[tuple[Role, int], ...]
    groups: tuple[tuple[labels.Due, list[StatementView]], ...]
    duties: tuple[StatementView, ...]
    months: tuple[Bar, ...]
    partners: tuple[Bar, ...]


def without_agency(filters: Filters) -> Filters:
    return replace(filters, agency=None)


def grouped(views: Sequence[StatementView], by: str, today: date) -> list[Group]:
    """In the order in which groups first appear; a statement of two bodies stands under its first."""
    if by not in ("agency", "document", "month"):
        return [("", list(views))]
    groups: dict[str, list[StatementView]] = {}
    for view in views:
        groups.setdefault(_group_of(view, by, today), []).append(view)
    return list(groups.items())


def agency_sheet(agency: AgencyView, role: Role | None, today: date) -> AgencySheet:
    by_role = {Role.LEAD: agency.lead, Role.RESPONSIBLE: agency.responsible, Role.SUPPORT: agency.support}
    views = [view for each in by_role if role in (None, each) for view in by_role[each]]
    distinct = list({view.assignment.id: view for view in views}.values())
    tasks = [view for view in distinct if view.assignment.kind is AssignmentKind.TASK]
    return AgencySheet(
        roles=tuple((each, len(found)) for each, found in by_role.items()),
        groups=tuple(_by_pressure(tasks, today)),
        duties=tuple(view for view in distinct if view.assignment.kind is AssignmentKind.DUTY),
        months=tuple(_months(tasks, today)),
        partners=tuple(_partners(distinct, {agency.name, agency.canonical, *agency.aliases})),
    )


def month_bars(months: Iterable[tuple[int, int]], counts: dict[tuple[int, int], int], today: date) -> list[Bar]:
    return [
        Bar(
            f"{year % 100:02d}-{month:02d}",
            counts.get((year, month), 0),
            f"/calendar?month={year:04d}-{month:02d}",
            (year, month) == (today.year, today.month),
        )
        for year, month in months
    ]


def agency_bar(name: str, count: int) -> Bar:
    return Bar(name, count, agency_url(name))


def pair_bar(pair: tuple[str, str], count: int) -> Bar:
    return Bar(" — ".join(pair), count)


def newest_first(ref: DocumentRef) -> tuple[object, ...]:
    """Newest issue first, inside it as it is (sorting is stable)."""
    return tuple(-number for number in numbers_of(ref.issue))


def _group_of(view: StatementView, by: str, today: date) -> str:
    task = view.assignment
    if by == "document":
        return view.document.title
    if by == "agency":
        first = next((p for role in Role for p in task.parties if p.role is role), None)
        return (first.agency or first.name) if first else "未定单位"
    due = labels.due_of(task.deadlines, today)
    return f"{due.year}年{due.month}月" if due else "未定日期"


def _by_pressure(tasks: list[StatementView], today: date) -> Iterable[tuple[labels.Due, list[StatementView]]]:
    groups: dict[labels.Due, list[StatementView]] = {state: [] for state in labels.Due}
    dated = [(labels.due_of(view.assignment.deadlines, today), view) for view in tasks]
    for due, view in sorted(dated, key=lambda pair: pair[0] or date.max):
        groups[labels.due_state(due, today)].append(view)
    return groups.items()


def _months(tasks: list[StatementView], today: date) -> list[Bar]:
    counts: Counter[tuple[int, int]] = Counter()
    for view in tasks:
        counts.update({(due.year, due.month) for d in view.assignment.deadlines if (due := d.effective_due)})
    return month_bars(month_window(counts, today, length=12), counts, today)


def _partners(views: list[StatementView], own: set[str | None]) -> list[Bar]:
    counts: Counter[str] = Counter()
    for view in views:
        names = {p.agency or p.name for p in view.assignment.parties if p.type is PartyType.AGENCY}
        counts.update(names - own)
    return [agency_bar(name, count) for name, count in counts.most_common(10)]
