"""One body's page: counts from the index, and of each list only what is shown, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from gongbao.corpus.errors import UsageError
from gongbao.corpus.records import AssignmentKind, Role
from gongbao.index.models import AgencyView, DeadlineView, Facet, FacetValue, Filters, ResultPage, Sort, StatementView
from gongbao.index.service import Service
from gongbao.search_api import labels
from gongbao.search_api.catalog import Catalog
from gongbao.search_api.nobody import page_of_nobody
from gongbao.search_api.pressing import PRESSING
from gongbao.search_api.web.charts import MonthChart, Network, body_network, month_chart

SHOWN = 50  # statements of one list on one page
DUTIES = "duty"  # beside the states of `labels.Due`, the name of a list


_NONE: ResultPage[DeadlineView] = ResultPage((), 0)


@dataclass(frozen=True, slots=True)
class Section:
    """One list: tasks as pressing as `name` (of `labels.Due`) says, or duties."""

    name: str
    title: str
    found: ResultPage[StatementView]
    limits: ResultPage[DeadlineView] = _NONE  # time limits beside them that bind nobody by name

    @property
    def total(self) -> int:
        return self.found.total + self.limits.total

    @property
    def dated(self) -> bool:
        return self.name not in (labels.Due.UNDATED, DUTIES)


@dataclass(frozen=True, slots=True)
class AgencySheet:
    """A body's statements: tasks by how pressing they are, duties apart; `chosen` is the only list shown."""

    roles: tuple[tuple[Role, int], ...]
    pressing: tuple[Section, ...]  # overdue and due soon, empty ones, too
    sections: tuple[Section, ...]  # none empty
    chosen: str
    timeline: MonthChart | None
    network: Network | None
    years: tuple[int, ...]  # latest first

    @property
    def shown(self) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if self.chosen in ("", section.name))


@dataclass(frozen=True, slots=True)
class SheetAsked:
    """`filters` name the body; `section` and `cursor`: of one list a further page."""

    filters: Filters
    today: date
    section: str = ""
    cursor: str | None = None


def agency_sheet(service: Service, agency: AgencyView, asked: SheetAsked, catalog: Catalog) -> AgencySheet:
    """UsageError for a list that there is not."""
    lists = _lists(asked)
    if asked.section and asked.section not in lists:
        raise UsageError(f"参数 group 没有“{asked.section}”这个值", f"可用：{'、'.join(lists)}")
    sections = [_section(service, asked, name, title, filters) for name, (title, filters) in lists.items()]
    tasks = replace(asked.filters, kind=AssignmentKind.TASK)
    months = _values(service.statement_facets(tasks, today=asked.today), "due_month")
    return AgencySheet(
        roles=tuple((role, _total(service, asked, replace(asked.filters, role=role))) for role in labels.ROLES),
        pressing=tuple(section for section in sections if section.name in PRESSING),
        sections=tuple(section for section in sections if section.found.total),
        chosen=asked.section,
        timeline=month_chart("每月到期的任务", _by_month(months), asked.today, {"agency": asked.filters.agency or ""}),
        network=_network(service, agency, asked.filters, catalog),
        years=_years(service, asked.filters),
    )


def pressing(service: Service, filters: Filters, today: date, size: int) -> tuple[Section, ...]:
    """What has passed, and what is due within a few days and within a month, with the time limits that name no
    body where no body is asked for; empty ones, too.

    Of what has passed the newest documents come first: old ones were settled long ago.
    """
    tasks = replace(filters, kind=AssignmentKind.TASK, wholes=filters.agency is None)
    found = []
    for state in PRESSING:
        due, sort = labels.next_due(state, today), Sort.NEWEST if state is labels.Due.OVERDUE else Sort.DUE
        asked = replace(tasks, next_due=due)
        views = service.tasks(None, asked, today=today, size=size, sort=sort)
        limits = page_of_nobody(service, asked, today, size, sort)
        found.append(Section(state, labels.DUES[state], views, limits))
    return tuple(found)


def _lists(asked: SheetAsked) -> dict[str, tuple[str, Filters]]:
    """Name → title and filters."""
    tasks = replace(asked.filters, kind=AssignmentKind.TASK)
    due = {
        state.value: (title, replace(tasks, next_due=labels.next_due(state, asked.today)))
        for state, title in labels.DUES.items()
    }
    return due | {DUTIES: ("常设职责", replace(asked.filters, kind=AssignmentKind.DUTY))}


def _section(service: Service, asked: SheetAsked, name: str, title: str, filters: Filters) -> Section:
    """Of a list that is not shown only its length is asked for."""
    size = SHOWN if asked.section in ("", name) else 1
    cursor = asked.cursor if asked.section == name else None
    found = service.tasks(None, filters, today=asked.today, size=size, cursor=cursor, sort=Sort.DUE)
    return Section(name, title, found)


def _total(service: Service, asked: SheetAsked, filters: Filters) -> int:
    return service.tasks(None, filters, today=asked.today, size=1).total


def _years(service: Service, filters: Filters) -> tuple[int, ...]:
    found = _values(service.statement_facets(Filters(agency=filters.agency), today=date.min), "year")
    return tuple(sorted((int(value.value) for value in found), reverse=True))


def _values(facets: Iterable[Facet], name: str) -> tuple[FacetValue, ...]:
    return next(facet.values for facet in facets if facet.name == name)


def _by_month(found: Iterable[FacetValue]) -> dict[tuple[int, int], int]:
    return {(int(value.value[:4]), int(value.value[5:])): value.count for value in found}


def _network(service: Service, agency: AgencyView, filters: Filters, catalog: Catalog) -> Network | None:
    """Ties among the others are those of the whole corpus: with filters they are left out."""
    counts = {role: _partners(service, agency, replace(filters, role=role)) for role in labels.ROLES}
    asked = [role for role in labels.ROLES if filters.role in (None, role)]
    names = {name for role in asked for name in counts[role]}
    partners = {
        name: tuple(counts[role].get(name, 0) if role in asked else 0 for role in labels.ROLES) for name in names
    }
    whole = replace(filters, agency=None) == Filters()
    own = agency.canonical or agency.name
    total = _total(service, SheetAsked(filters, date.min), filters)
    return body_network(own, total, partners, catalog.pairs if whole else {})


def _partners(service: Service, agency: AgencyView, filters: Filters) -> Mapping[str, int]:
    """Name → statements; a full name that the body's short name is the end of is the body itself."""
    own = {agency.name, agency.canonical, *agency.aliases}
    found = _values(service.statement_facets(filters, today=date.min), "agency")
    return {v.value: v.count for v in found if v.value not in own and not v.value.endswith(agency.name)}
