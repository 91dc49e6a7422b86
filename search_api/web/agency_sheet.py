"""One body's page: counts from the index, and of each list only what is shown, however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from corpus.errors import UsageError
from corpus.records import AssignmentKind, Role
from index.models import AgencyView, Facet, FacetValue, Filters, Page, Sort, StatementView
from index.service import Service
from search_api import labels
from search_api.catalog import month_window
from search_api.web.grouping import Bar, agency_bar, month_bars

SHOWN = 50  # statements of one list on one page
DUTIES = "duty"  # beside the states of `labels.Due`, the name of a list
_PARTNERS = 10


@dataclass(frozen=True, slots=True)
class Section:
    """One list: tasks as pressing as `name` (of `labels.Due`) says, or duties."""

    name: str
    title: str
    found: Page[StatementView]


@dataclass(frozen=True, slots=True)
class AgencySheet:
    """A body's statements: tasks by how pressing they are, duties apart; `chosen` is the only list shown."""

    roles: tuple[tuple[Role, int], ...]
    sections: tuple[Section, ...]  # none empty
    chosen: str
    months: tuple[Bar, ...]
    partners: tuple[Bar, ...]
    years: tuple[int, ...]  # latest first

    @property
    def shown(self) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if self.chosen in ("", section.name))


@dataclass(frozen=True, slots=True)
class Asked:
    """`filters` name the body; `section` and `cursor`: of one list a further page."""

    filters: Filters
    today: date
    section: str = ""
    cursor: str | None = None


def agency_sheet(service: Service, agency: AgencyView, asked: Asked) -> AgencySheet:
    """UsageError for a list that there is not."""
    lists = _lists(asked)
    if asked.section and asked.section not in lists:
        raise UsageError(f"参数 group 没有“{asked.section}”这个值", f"可用：{'、'.join(lists)}")
    sections = (_section(service, asked, name, title, filters) for name, (title, filters) in lists.items())
    own = {agency.name, agency.canonical, *agency.aliases}
    months = _values(service.statement_facets(replace(asked.filters, kind=AssignmentKind.TASK)), "due_month")
    return AgencySheet(
        roles=tuple((role, _total(service, asked, replace(asked.filters, role=role))) for role in labels.ROLES),
        sections=tuple(section for section in sections if section.found.total),
        chosen=asked.section,
        months=tuple(_month_bars(months, asked.today)),
        partners=tuple(_partners(_values(service.statement_facets(asked.filters), "agency"), own)),
        years=_years(service, asked.filters),
    )


def _lists(asked: Asked) -> dict[str, tuple[str, Filters]]:
    """Name → title and filters."""
    tasks = replace(asked.filters, kind=AssignmentKind.TASK)
    due = {
        state.value: (title, replace(tasks, next_due=labels.next_due(state, asked.today)))
        for state, title in labels.DUES.items()
    }
    return due | {DUTIES: ("常设职责", replace(asked.filters, kind=AssignmentKind.DUTY))}


def _section(service: Service, asked: Asked, name: str, title: str, filters: Filters) -> Section:
    """Of a list that is not shown only its length is asked for."""
    size = SHOWN if asked.section in ("", name) else 1
    cursor = asked.cursor if asked.section == name else None
    found = service.tasks(None, filters, today=asked.today, size=size, cursor=cursor, sort=Sort.DUE)
    return Section(name, title, found)


def _total(service: Service, asked: Asked, filters: Filters) -> int:
    return service.tasks(None, filters, today=asked.today, size=1).total


def _years(service: Service, filters: Filters) -> tuple[int, ...]:
    found = _values(service.statement_facets(Filters(agency=filters.agency)), "year")
    return tuple(sorted((int(value.value) for value in found), reverse=True))


def _values(facets: Iterable[Facet], name: str) -> tuple[FacetValue, ...]:
    return next(facet.values for facet in facets if facet.name == name)


def _month_bars(found: Iterable[FacetValue], today: date) -> list[Bar]:
    counts = {(int(value.value[:4]), int(value.value[5:])): value.count for value in found}
    return month_bars(month_window(counts, today, length=12), counts, today)


def _partners(found: Iterable[FacetValue], own: set[str | None]) -> list[Bar]:
    others = [value for value in found if value.value not in own]
    return [agency_bar(value.value, value.count) for value in others[:_PARTNERS]]
