"""Headers on every answer: nothing from elsewhere is loaded, and an unchanged answer is not sent twice."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

Next = Callable[[Request], Awaitable[Response]]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Swagger UI writes styles into its elements.
_DOCS_POLICY = _POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
_SENT_ONCE = ("application/json",)
_LONGEST = 8 << 20  # bytes


def add_headers(app: FastAPI) -> None:
    app.middleware("http")(_add_etag)
    app.middleware("http")(_protect)


async def _protect(request: Request, call_next: Next) -> Response:
    response = await call_next(request)
    policy = _DOCS_POLICY if request.url.path == "/docs" else _POLICY
    if frames := request.app.state.settings.frames:
        policy = policy.replace("frame-ancestors 'none'", f"frame-ancestors {' '.join(frames)}")
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    versioned = request.url.path.startswith("/static/") and "v" in request.query_params
    if versioned and response.status_code == HTTPStatus.OK:  # a changed file has another address
        response.headers.setdefault("Cache-Control", "public, max-age=31536000, immutable")
    return response


async def _add_etag(request: Request, call_next: Next) -> Response:
    """ETag over the body of JSON answers; 304 where the caller has it already. Long ones pass as they stream."""
    response: Any = await call_next(request)
    plain = response.headers.get("content-type", "").split(";")[0] in _SENT_ONCE
    long = int(response.headers.get("content-length", 0)) > _LONGEST
    if request.method != "GET" or response.status_code != HTTPStatus.OK or not plain or long:
        return _checked(response)
    body = b"".join([part async for part in _parts(response)])
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = dict(response.headers) | {"etag": etag, "cache-control": "no-cache"}
    if etag in request.headers.get("if-none-match", ""):
        headers.pop("content-length", None)
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, response.status_code, headers)


def _parts(response: Any) -> AsyncIterator[bytes]:
    iterator: AsyncIterator[bytes] = response.body_iterator
    return iterator


def _checked(response: Any) -> Response:
    assert isinstance(response, Response)
    return response
