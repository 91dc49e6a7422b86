"""For those who keep the server: a number on every request, a line in the log, figures for Prometheus."""

from __future__ import annotations

import secrets
import sys
import time

import structlog
from gongbao.search_api.http.door import TURNED_AWAY
from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = structlog.get_logger("gongbao.http")
_BUCKETS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10)  # seconds

REQUESTS = Counter("gongbao_requests_total", "Requests answered, by route and status", ("method", "route", "status"))
SECONDS = Histogram("gongbao_request_seconds", "Seconds until the answer was sent", ("route",), buckets=_BUCKETS)


def write_logs(level: str) -> None:
    """JSON lines on stderr from this level on; what other libraries log stays with them."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


class Watch:
    """ASGI middleware, outermost: also what the doors refuse is counted."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        named, began, status = secrets.token_hex(6), time.perf_counter(), 500
        scope.setdefault("state", {})["request_id"] = named

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", named.encode())]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            _tell(scope, named, status, time.perf_counter() - began)
        return None


def _tell(scope: Scope, named: str, status: int, seconds: float) -> None:
    """By the route's pattern, so that addresses people make up make no new figures."""
    route = _pattern(scope)
    REQUESTS.labels(scope["method"], route, status).inc()
    SECONDS.labels(route).observe(seconds)
    failed = status >= 500 and not scope["state"].get(TURNED_AWAY)
    level = _log.error if failed else _log.info
    level("request", id=named, method=scope["method"], path=scope["path"], status=status, ms=round(seconds * 1000))


def _pattern(scope: Scope) -> str:
    """`/api/v1/documents/{document}`."""
    return getattr(scope.get("route"), "path", "") or "其他"
