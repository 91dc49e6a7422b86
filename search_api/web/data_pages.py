"""Open data: every kind of record in every format, the whole corpus as one package, and the description of the API."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response
from gongbao.search_api.http.asked import App, CatalogParam
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.web.render import page

routes = Routes()


@routes.get("/data")
def data(request: Request, app: App, catalog: CatalogParam) -> Response:
    return page(
        request,
        "data.html",
        counts=catalog.counts,
        years=catalog.years,
        issuers=sorted({row.ref.issuer for row in catalog.documents if row.ref.issuer}),
        asked=request.query_params,
    )


@routes.get("/docs")
def explain(request: Request) -> Response:
    """Swagger UI from our own files."""
    return page(request, "docs.html")
