"""Errors as problem+json (RFC 9457) for programs and as a page for people: one place for both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from gongbao.corpus.errors import (
    Busy,
    Conflict,
    CorpusError,
    GongbaoError,
    IndexMissing,
    InputError,
    NotFound,
    ServiceUnavailable,
    TooLarge,
    UsageError,
)
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = structlog.get_logger("gongbao.http")

# The first that fits: subclasses stand before their base.
_STATUS: tuple[tuple[type[GongbaoError], HTTPStatus], ...] = (
    (TooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (InputError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (UsageError, HTTPStatus.BAD_REQUEST),
    (Conflict, HTTPStatus.CONFLICT),
    (ServiceUnavailable, HTTPStatus.SERVICE_UNAVAILABLE),
    (IndexMissing, HTTPStatus.SERVICE_UNAVAILABLE),
    (Busy, HTTPStatus.SERVICE_UNAVAILABLE),
    (CorpusError, HTTPStatus.INTERNAL_SERVER_ERROR),
)
_TITLES = {
    HTTPStatus.BAD_REQUEST: "请求有误",
    HTTPStatus.UNAUTHORIZED: "需要登录凭证",
    HTTPStatus.FORBIDDEN: "没有权限",
    HTTPStatus.NOT_FOUND: "没有找到",
    HTTPStatus.METHOD_NOT_ALLOWED: "不支持这种请求方法",
    HTTPStatus.CONFLICT: "与他人的修改冲突",
    HTTPStatus.REQUEST_TIMEOUT: "等候请求超时",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "内容过大",
    HTTPStatus.UNPROCESSABLE_ENTITY: "无法处理的内容",
    HTTPStatus.TOO_MANY_REQUESTS: "请求过于频繁",
    HTTPStatus.SERVICE_UNAVAILABLE: "服务暂不可用",
    HTTPStatus.INTERNAL_SERVER_ERROR: "系统内部错误",
}
_FAULTS = {  # pydantic's names of what can be wrong
    "missing": "缺少",
    "string_too_long": "至多 {max_length} 个字",
    "string_too_short": "至少 {min_length} 个字",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "int_parsing": "不是整数",
    "bool_parsing": "只能是 true 或 false",
    "literal_error": "只能是 {expected}",
    "json_invalid": "不是 JSON",
}


class TooSlow(UsageError):
    """A request whose body stopped coming."""


class TooMany(GongbaoError):
    """One caller asks too often."""


class Refused(GongbaoError):
    """The caller may not do this; `known` tells whether a valid token was shown."""

    def __init__(self, message: str, remedy: str = "", *, known: bool = False) -> None:
        super().__init__(message, remedy)
        self.known = known


class Problem(BaseModel):
    """The body of every error answer."""

    type: str = Field(default="about:blank")
    title: str = Field(examples=["没有找到"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["没有编号为“云政发〔2024〕99号”的文件"])
    remedy: str | None = Field(default=None, examples=["检查文号，或从检索页查找"])
    instance: str | None = Field(default=None, examples=["/api/v1/documents/云政发〔2024〕99号"])


_OWN: tuple[tuple[type[GongbaoError], HTTPStatus], ...] = (
    (NotFound, HTTPStatus.NOT_FOUND),
    (TooSlow, HTTPStatus.REQUEST_TIMEOUT),
    (TooMany, HTTPStatus.TOO_MANY_REQUESTS),
)
_RETRY_SECONDS = {HTTPStatus.SERVICE_UNAVAILABLE: "2", HTTPStatus.TOO_MANY_REQUESTS: "30"}


def status_of(error: GongbaoError) -> HTTPStatus:
    own = next((status for kind, status in _OWN if isinstance(error, kind)), None)
    if own:
        return own
    if isinstance(error, Refused):
        return HTTPStatus.FORBIDDEN if error.known else HTTPStatus.UNAUTHORIZED
    return next((status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)


@dataclass(frozen=True, slots=True)
class ErrorPages:
    """What people are shown: `error` of request, status, title, detail and remedy; `login` of request, where they
    wanted to go, and why not."""

    error: Callable[[Request, HTTPStatus, str, str, str], Response]
    login: Callable[[Request, str, str], Response]


def add_handlers(app: FastAPI, pages: ErrorPages) -> None:
    app.state.error_pages = pages
    app.add_exception_handler(GongbaoError, _on_gongbao_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(Exception, _on_bug)


class Bugs:
    """ASGI middleware: what nobody foresaw is answered here, so that the answer has its number and its headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            await _on_bug(Request(scope, receive), error)(scope, receive, send)


def answer_error(request: Request, error: GongbaoError) -> Response:
    """The answer to an error, for those who stand before the handlers, too."""
    return _answer(request, status_of(error), error.message, error.remedy)


def _on_gongbao_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, GongbaoError)
    return answer_error(request, error)


def _on_invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = "；".join(f"参数 {_place(fault['loc'])}：{_in_chinese(fault)}" for fault in error.errors())
    return _answer(request, HTTPStatus.UNPROCESSABLE_ENTITY, faults, "参数的写法见 /docs")


def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if isinstance(error.__cause__, GongbaoError):  # raised while FastAPI read the body
        return _on_gongbao_error(request, error.__cause__)
    status = HTTPStatus(error.status_code)
    detail = f"没有这个地址：{request.url.path}" if status is HTTPStatus.NOT_FOUND else str(error.detail)
    answer = _answer(request, status, detail, "")
    answer.headers.update(error.headers or {})  # 405 names what is allowed
    return answer


def _on_bug(request: Request, error: Exception) -> Response:
    named = getattr(request.state, "request_id", "")
    _log.error("unexpected error", id=named, path=request.url.path, exc_info=error)
    detail = f"程序出现意外错误，已记入日志（请求编号 {named}）"
    return _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, detail, "请稍后再试，或把请求编号告诉管理员")


def _answer(request: Request, status: HTTPStatus, detail: str, remedy: str) -> Response:
    made = _made(request, status, detail, remedy)
    if status in _RETRY_SECONDS:
        made.headers["Retry-After"] = _RETRY_SECONDS[status]
    return made


def _made(request: Request, status: HTTPStatus, detail: str, remedy: str) -> Response:
    title = _TITLES.get(status, status.phrase)
    pages: ErrorPages = request.app.state.error_pages
    if status is HTTPStatus.UNAUTHORIZED and not request.url.path.startswith("/api/"):
        return pages.login(request, _came_for(request), detail)
    if not request.url.path.startswith("/api/"):
        return pages.error(request, status, title, detail, remedy)
    problem = Problem(title=title, status=status, detail=detail, remedy=remedy or None, instance=request.url.path)
    body = problem.model_dump(exclude_none=True)
    return JSONResponse(body, status, media_type="application/problem+json")


def _came_for(request: Request) -> str:
    """Where a reader wanted to go; a form that was sent is not sent again."""
    asked = f"?{request.url.query}" if request.url.query else ""
    return f"{request.url.path}{asked}" if request.method == "GET" else "/"


def _in_chinese(fault: dict[str, Any]) -> str:
    """What is wrong with one parameter; in the validator's words where we have none of our own."""
    words = _FAULTS.get(fault["type"])
    return words.format(**fault.get("ctx", {})) if words else str(fault["msg"])


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location[1:]) or str(location[0])
