"""Logging in with a token, and out again."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response
from gongbao.corpus.ids import secret_digest
from gongbao.corpus.sessions import DAYS
from gongbao.search_api.compose import Application
from gongbao.search_api.http.access import SESSION, Someone, cookie_named
from gongbao.search_api.http.application import WholeApp
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.tokens import Tokens
from gongbao.search_api.web.render import here, login_page, page

routes = Routes()


@routes.get("/login")
def login_form(request: Request, person: Someone, next: str = "/") -> Response:
    return page(request, "login.html", person=person, next=here(next), problem="")


@routes.post("/login")
def login(
    request: Request, app: WholeApp, token: Annotated[str, Form(max_length=200)], next: Annotated[str, Form()] = "/"
) -> Response:
    secret = token.strip()
    if Tokens(app.settings.home).person(secret) is None:
        return login_page(request, here(next), "没有这个凭证，登录未成功")
    _end(request, app)
    session = app.store.sessions.begin(secret_digest(secret), date.today())
    answer, name = RedirectResponse(here(next), 303), cookie_named(request, SESSION)
    secure = request.url.scheme == "https"
    answer.set_cookie(name, session, max_age=DAYS * 86_400, httponly=True, samesite="strict", secure=secure)
    return answer


@routes.post("/logout")
def logout(request: Request, app: WholeApp) -> Response:
    _end(request, app)
    answer = RedirectResponse("/", 303, {"Clear-Site-Data": '"cache", "storage"'})
    answer.delete_cookie(cookie_named(request, SESSION), secure=request.url.scheme == "https")
    return answer


def _end(request: Request, app: Application) -> None:
    if secret := request.cookies.get(cookie_named(request, SESSION)):
        app.store.sessions.end(secret)
