"""Lists: tasks, bodies, documents, the calendar and the overview."""

from __future__ import annotations

import calendar as months_of
from dataclasses import replace
from datetime import date
from http import HTTPStatus
from itertools import groupby
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Request
from fastapi.responses import Response
from gongbao.corpus.errors import UsageError
from gongbao.index.models import Facet, Filters, Sort
from gongbao.index.query.fold import LONGEST
from gongbao.search_api.catalog import Catalog, nearest_month
from gongbao.search_api.compose import Application
from gongbao.search_api.failures import group_failures
from gongbao.search_api.http.asked import YEARS, App, CatalogParam, FilterParams, SortParam, Today, filters_from
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.listing import document_facets, select_documents
from gongbao.search_api.near import near_names
from gongbao.search_api.web import grouping
from gongbao.search_api.web.agency_sheet import SheetAsked, agency_sheet
from gongbao.search_api.web.charts import agency_chart, corpus_network, count_chart, month_chart
from gongbao.search_api.web.coverage import by_year, coverage_of
from gongbao.search_api.web.facets import facet_views, widened
from gongbao.search_api.web.render import page
from gongbao.search_api.web.task_sheet import ListAsked, events_by_day, task_sheet
from starlette.datastructures import QueryParams

routes = Routes()

AGENCIES, DOCUMENTS = 100, 200
_BARS = 20

PageNumber = Annotated[int, Query(alias="page", ge=1, le=10_000)]
Words = Annotated[str, Query(max_length=LONGEST)]
Name = Annotated[str, Query(max_length=100)]


@routes.get("/tasks")
def tasks(
    request: Request,
    app: App,
    catalog: CatalogParam,
    filters: FilterParams,
    today: Today,
    sort: SortParam,
    q: Words = "",
    cursor: str | None = None,
    group: str = "",
    number: PageNumber = 1,
) -> Response:
    if catalog.is_empty:
        return page(request, "empty.html")
    desk = app.store.desk.snapshot()
    listed = ListAsked(filters, today, q.strip() or None, sort or Sort.DUE, group, number, cursor)
    sheet = task_sheet(app.service, listed)
    return page(
        request,
        "tasks.html",
        today=today,
        cities=catalog.cities,
        sheet=sheet,
        asked=request.query_params,
        years=catalog.years,
        people=desk.people,
        tags=desk.tags,
        place=desk.place,
        titles={row.ref.id: row.ref.title for row in catalog.documents if group == "document"},
        named={row.ref.id: row.ref.label for row in catalog.documents if row.ref.id == filters.document},
    )


@routes.get("/agencies")
def agencies(
    request: Request,
    app: App,
    catalog: CatalogParam,
    name: Name = "",
    place: Name = "",
    number: PageNumber = 1,
) -> Response:
    typed, cities, catalog = name.strip(), catalog.cities, catalog.of(place)
    meant = _meant(app, typed) if typed else set()
    rows = [row for row in catalog.agencies if typed in row.name or row.name in meant]
    shown = rows[(number - 1) * AGENCIES : number * AGENCIES]
    last = -(-len(rows) // AGENCIES)
    near = [] if rows else near_names(typed, catalog)
    return page(
        request,
        "agencies.html",
        cities=cities,
        name=name,
        rows=shown,
        total=len(rows),
        number=number,
        last=last,
        near=near,
        note=catalog.note,
    )


@routes.get("/agencies/{name}")
def agency(
    request: Request,
    app: App,
    catalog: CatalogParam,
    filters: FilterParams,
    today: Today,
    name: str,
    group: str = "",
    cursor: str | None = None,
) -> Response:
    if catalog.is_empty:
        return page(request, "empty.html")
    found = app.service.agency(name)
    query = {"agency": found.canonical or found.name}
    sheet = agency_sheet(
        app.service, found, SheetAsked(replace(filters, agency=name), today, group, cursor or None), catalog
    )
    known = sheet.sections or found.aliases or request.query_params
    return page(
        request,
        "agency.html",
        HTTPStatus.OK if known else HTTPStatus.NOT_FOUND,
        today=today,
        agency=found,
        sheet=sheet,
        cities=_cities_of(app, replace(filters, agency=name, place=None), catalog),
        near=[] if sheet.sections else near_names(name, catalog),
        agency_query=query,
        feed=f"/api/v1/feeds/tasks.atom?{urlencode(query)}",
    )


@routes.get("/documents")
def documents(
    request: Request, app: App, catalog: CatalogParam, filters: FilterParams, today: Today, number: PageNumber = 1
) -> Response:
    def facets_of(asked: QueryParams) -> list[Facet]:
        return document_facets(select_documents(app.store, catalog, filters_from(asked, today)))

    found = select_documents(app.store, catalog, filters)
    rows = sorted(found, key=lambda row: grouping.newest_first(row.ref))
    facets = widened(document_facets(found), request.query_params, facets_of)
    shown = rows[(number - 1) * DOCUMENTS : number * DOCUMENTS]
    groups = [(issue, list(found)) for issue, found in groupby(shown, key=lambda row: row.ref.issue)]
    return page(
        request,
        "documents.html",
        groups=groups,
        note=catalog.note,
        total=len(rows),
        number=number,
        last=-(-len(rows) // DOCUMENTS),
        asked=request.query_params,
        facets=facet_views(facets, request.query_params, today),
    )


@routes.get("/calendar")
def calendar(
    request: Request,
    app: App,
    catalog: CatalogParam,
    today: Today,
    month: str = "",
    agency: Name = "",
    place: Name = "",
) -> Response:
    first = _month(month, today)
    if catalog.is_empty:
        return page(request, "empty.html")
    weeks = months_of.Calendar().monthdatescalendar(first.year, first.month)
    filters = Filters(agency=agency.strip() or None, place=place or None, due_from=weeks[0][0], due_to=weeks[-1][-1])
    by_day, cut = events_by_day(app.service, filters, today)
    within = {"due_from": first.isoformat(), "due_to": _last_of(first).isoformat()}
    within |= {name: value for name, value in (("agency", agency.strip()), ("place", place)) if value}
    return page(
        request,
        "calendar.html",
        today=today,
        cities=catalog.cities,
        first=first,
        weeks=[[(day, by_day.get(day, [])) for day in week] for week in weeks],
        total=sum(len(found) for day, found in by_day.items() if day.month == first.month),
        cut=cut,
        nearest=nearest_month(catalog.of(place).due_months, (first.year, first.month)),
        agency=agency.strip(),
        before=_moved(first, -1),
        after=_moved(first, 1),
        range_query=urlencode(within),
    )


@routes.get("/overview")
def overview(request: Request, app: App, catalog: CatalogParam, today: Today, place: Name = "") -> Response:
    """Of all places together it says so, and leads to each."""
    cities, catalog = catalog.cities, catalog.of(place)
    return page(
        request,
        "overview.html",
        today=today,
        cities=cities,
        note=catalog.note,
        counts=catalog.counts,
        months=month_chart("每月到期的任务与职责", catalog.due_months, today),
        busiest=agency_chart("任务与职责最多的单位", catalog.agencies[:_BARS]),
        network=corpus_network(catalog.agencies, tuple(catalog.pairs.values())),
        genres=count_chart("各文种的文件", "文件", catalog.genres(), "genre"),
        subjects=count_chart("各主题的文件", "文件", catalog.subjects(), "subject"),
        years=by_year(coverage_of(app.store)),
        failures=group_failures(app.store.ledger.all()),
    )


def _cities_of(app: Application, filters: Filters, catalog: Catalog) -> list[str]:
    """The places whose gazettes bind a body: two where two cities have a body of that name."""
    facets = app.service.statement_facets(filters, today=date.min)
    bound = {value.value for facet in facets if facet.name == "document" for value in facet.values}
    return [city for city, own in catalog.cities.items() if any(row.ref.id in bound for row in own.documents)]


def _meant(app: Application, typed: str) -> set[str | None]:
    """Full names of the body that was typed, and of those printed under names that begin so."""
    printed = (found.text for found in app.service.suggest(typed) if found.kind == "agency")
    return {app.service.agency(name).canonical for name in (typed, *printed)}


def _month(given: str, today: date) -> date:
    try:
        first = date.fromisoformat(f"{given}-01") if given else today.replace(day=1)
    except ValueError:
        raise UsageError(f"参数 month 不是月份：{given}", "写成 2024-06 的样子") from None
    if first.year not in YEARS:
        raise UsageError(f"参数 month 不在 {YEARS[0]} 年至 {YEARS[-1]} 年之间：{given}", "写成 2024-06 的样子")
    return first


def _moved(first: date, by: int) -> str:
    number = first.year * 12 + first.month - 1 + by
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _last_of(first: date) -> date:
    return first.replace(day=months_of.monthrange(first.year, first.month)[1])
