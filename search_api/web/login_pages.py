"""Logging in with a token, and out again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from gongbao.search_api.http.access import COOKIE, Someone
from gongbao.search_api.http.asked import App
from gongbao.search_api.tokens import Tokens
from gongbao.search_api.web.render import here, login_page, page

router = APIRouter()

_DAYS = 30


@router.get("/login")
def login_form(request: Request, person: Someone, next: str = "/") -> Response:
    return page(request, "login.html", person=person, next=here(next), problem="")


@router.post("/login")
def login(
    request: Request, app: App, token: Annotated[str, Form(max_length=200)], next: Annotated[str, Form()] = "/"
) -> Response:
    if Tokens(app.settings.home).person(token.strip()) is None:
        return login_page(request, here(next), "没有这个凭证，登录未成功")
    answer = RedirectResponse(here(next), 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, token.strip(), max_age=_DAYS * 86_400, httponly=True, samesite="strict", secure=secure)
    return answer


@router.post("/logout")
def logout() -> Response:
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(COOKIE)
    return answer
