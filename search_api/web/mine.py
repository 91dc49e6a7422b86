"""The body whose tasks a person sees first: chosen once, kept in a cookie of that browser."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response
from gongbao.search_api.http.access import cookie_named
from gongbao.search_api.http.asked import App, CatalogParam
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.web.render import MY_AGENCY, agency_url

routes = Routes()

_DAYS = 365


@routes.post("/mine")
def choose(
    request: Request, app: App, catalog: CatalogParam, agency: Annotated[str, Form(max_length=100)] = ""
) -> Response:
    """Without a name the choice is forgotten; a name that binds nothing leads to those that are like it."""
    typed = agency.strip()
    found = app.service.agency(typed) if typed else None
    if found and not found.aliases and typed not in {row.name for row in catalog.agencies}:
        return RedirectResponse(agency_url(typed), 303)
    answer, cookie = RedirectResponse("/", 303), cookie_named(request, MY_AGENCY)
    if found:
        name, secure = quote(found.canonical or found.name), request.url.scheme == "https"
        answer.set_cookie(cookie, name, max_age=_DAYS * 86_400, httponly=True, samesite="lax", secure=secure)
    else:
        answer.delete_cookie(cookie, secure=request.url.scheme == "https")
    return answer
