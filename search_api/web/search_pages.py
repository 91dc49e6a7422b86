"""The search page: a question or words in, the answer and documents out."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response
from gongbao.index.models import Answer, Facet, Filters, SearchResult, Sort
from gongbao.index.query.fold import LONGEST
from gongbao.search_api.catalog import Catalog
from gongbao.search_api.compose import Application
from gongbao.search_api.http.asked import App, CatalogParam, FilterParams, SortParam, Today, filters_from
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.web.agency_sheet import pressing
from gongbao.search_api.web.facets import facet_views, widened
from gongbao.search_api.web.render import my_agency, page
from starlette.datastructures import QueryParams

routes = Routes()

SIZE = 10
_PRESSING = 6  # statements of each list on the first page
_LAST_PAGE = 100  # nobody reads further; deeper paging is for the API


@routes.get("/")
def search(
    request: Request,
    app: App,
    catalog: CatalogParam,
    filters: FilterParams,
    today: Today,
    sort: SortParam,
    q: Annotated[str, Query(max_length=LONGEST)] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=_LAST_PAGE)] = 1,
) -> Response:
    query = q.strip()
    if not query:
        return _home(request, app, catalog, filters, today)
    if catalog.is_empty:
        return page(request, "empty.html")
    order = sort or Sort.RELEVANCE
    result, answer = _found(app, query, filters, today, number, order)

    def facets_of(asked: QueryParams) -> tuple[Facet, ...]:
        return app.service.search(query, filters_from(asked, today), today=today, size=1).facets

    facets = widened(result.facets, request.query_params, facets_of)
    return page(
        request,
        "search.html",
        query=query,
        today=today,
        result=result,
        facets=facet_views(facets, request.query_params, today),
        answer=answer,
        number=number,
        last=min(-(-result.total // SIZE), _LAST_PAGE),
    )


def _found(
    app: Application, query: str, filters: Filters, today: date, number: int, sort: Sort
) -> tuple[SearchResult, Answer | None]:
    """The documents of a page; the answer stands on the first one."""
    if number == 1:
        return app.service.search_and_ask(query, filters, today=today, size=SIZE, sort=sort)
    offset = (number - 1) * SIZE
    return app.service.search(query, filters, today=today, size=SIZE, offset=offset, sort=sort), None


def _home(request: Request, app: Application, catalog: Catalog, filters: Filters, today: date) -> Response:
    """What has passed and what is due soon stands first: of one's own body, where it is known, else of one place
    where it is asked for; of all places together it says so."""
    mine, cities = my_agency(request), catalog.cities
    place = None if mine else filters.place
    catalog = catalog.of(place)
    return page(
        request,
        "search.html",
        query="",
        today=today,
        counts=catalog.counts,
        cities={} if mine else cities,
        mine=mine,
        board=pressing(app.service, Filters(agency=mine, place=place), today, _PRESSING)
        if not catalog.is_empty
        else (),
        examples=_examples(catalog, mine),
    )


def _examples(catalog: Catalog, mine: str | None) -> list[str]:
    """Questions that this corpus can answer, made from what it holds; of one's own body first.

    Without a year, since older gazettes ask nothing of a body this year; who leads is asked of a body that does.
    """
    rows = [row for row in catalog.agencies if not row.name.startswith("各")]
    if not rows:
        return []
    first = mine or rows[0].name
    leading = [row.name for row in rows if row.lead and (row.name == mine if mine else row.name != first)]
    numbered = next((row.ref.number for row in catalog.documents if row.ref.number), None)
    bodies = [f"{first}要做什么", *(f"{name}牵头哪些工作" for name in leading[:1])]
    return [*bodies, "年底前要完成哪些", *([numbered] if numbered else [])]
