"""Requests that come through a proxy of ours: whom it speaks for, and that its other words may be believed."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

_MARK = "gongbao.proxied"  # in the scope


class Proxied:
    """Marks what a trusted proxy hands on before the caller's own address takes the proxy's place."""

    def __init__(self, app: ASGIApp, proxies: tuple[str, ...]) -> None:
        inner: Any = app
        self._proxied: Any = ProxyHeadersMiddleware(inner, trusted_hosts=list(proxies))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope.get("client"):
            scope[_MARK] = scope["client"][0] in self._proxied.trusted_hosts
        await self._proxied(scope, receive, send)


def is_proxied(request: Request) -> bool:
    """A proxy of ours handed it on: nobody else could have sent its headers."""
    return bool(request.scope.get(_MARK))
