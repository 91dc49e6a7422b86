"""督查统计: bodies, leaders and months, each number with its list; and the 督查通报 made of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from gongbao.search_api.http.access import Insider, Manager
from gongbao.search_api.http.asked import App, CatalogParam, FilterParams, Today
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.statistics import Thresholds, leaders_text, read_leaders, report, save_leaders
from gongbao.search_api.web.render import page

routes = Routes()

_DEFAULT = Thresholds()
Percent = Annotated[float, Query(ge=0, le=100)]


@routes.get("/statistics")
def statistics(
    request: Request,
    app: App,
    catalog: CatalogParam,
    person: Insider,
    filters: FilterParams,
    today: Today,
    red: Percent = _DEFAULT.red,
    yellow: Percent = _DEFAULT.yellow,
) -> Response:
    if catalog.is_empty:
        return page(request, "empty.html")
    leaders = read_leaders(app.settings.home)
    return page(
        request,
        "statistics.html",
        today=today,
        cities=catalog.cities,
        found=report(app.service, filters, today, Thresholds(red, yellow), leaders),
        leaders=leaders,
        leaders_text=leaders_text(app.settings.home),
        thresholds=Thresholds(red, yellow),
        asked=request.query_params,
        years=catalog.years,
    )


@routes.post("/statistics/leaders")
def leaders(app: App, person: Manager, text: Annotated[str, Form(max_length=200_000)] = "") -> Response:
    """Who of the leaders is in charge of which bodies."""
    save_leaders(app.settings.home, text)
    return RedirectResponse("/statistics#leaders", 303)
