"""Headers on every answer: nothing from elsewhere is loaded, and an unchanged answer is not sent twice."""

from __future__ import annotations

import hashlib
from http import HTTPStatus

from gongbao.search_api.settings import ServerSettings
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Swagger UI writes styles into its elements.
_DOCS_POLICY = _POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
_YEAR = 31_536_000  # seconds
_LONGEST = 8 << 20  # bytes


class Protection:
    """ASGI middleware, before the doors: what they refuse is an answer, too."""

    def __init__(self, app: ASGIApp, settings: ServerSettings) -> None:
        self._app = app
        around = "frame-ancestors " + (" ".join(settings.frames) or "'none'")
        self._policies = [policy.replace("frame-ancestors 'none'", around) for policy in (_POLICY, _DOCS_POLICY)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._protect(MutableHeaders(scope=message), scope, message["status"])
            await send(message)

        return await self._app(scope, receive, protected)

    def _protect(self, headers: MutableHeaders, scope: Scope, status: int) -> None:
        headers.setdefault("Content-Security-Policy", self._policies[scope["path"] == "/docs"])
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        if scope["scheme"] == "https":
            headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR}")
        versioned = scope["path"].startswith("/static/") and "v" in QueryParams(scope["query_string"])
        if versioned and status == HTTPStatus.OK:  # a changed file has another address
            headers.setdefault("Cache-Control", f"public, max-age={_YEAR}, immutable")


class Unchanged:
    """ASGI middleware: ETag over the body of JSON answers; 304 where the caller has it already. Long ones pass as
    they stream."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            return await self._app(scope, receive, send)
        return await self._app(scope, receive, _Marked(send, Headers(scope=scope).get("if-none-match", "")))


class _Marked:
    """Holds an answer back until it is whole, where it is one to be marked. `known`: the marks that the caller has."""

    def __init__(self, send: Send, known: str) -> None:
        self._send = send
        self._known = known
        self._start: Message | None = None
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_marked(message):
            self._start = message
        elif self._start is None or message["type"] != "http.response.body":
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        body, headers = bytes(self._body), MutableHeaders(scope=start)
        headers["ETag"] = etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
        headers["Cache-Control"] = "no-cache"
        if etag in self._known:
            del headers["Content-Length"]
            start, body = {**start, "status": HTTPStatus.NOT_MODIFIED.value}, b""
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _is_marked(start: Message) -> bool:
    headers = Headers(scope=start)
    plain = headers.get("content-type", "").partition(";")[0] == "application/json"
    return start["status"] == HTTPStatus.OK and plain and int(headers.get("content-length", 0)) <= _LONGEST
