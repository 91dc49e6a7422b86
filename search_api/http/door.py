"""Before a request is read: by which name, who sends it, how many are being served, how often one caller asks.

Each is an ASGI middleware that answers by itself, so that what is refused costs no parsing.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from gongbao.corpus.errors import Busy, GongbaoError, TooLarge, UsageError
from gongbao.search_api.http.access import person_of, says_same_site
from gongbao.search_api.http.figures import IN_HAND, WAITING
from gongbao.search_api.http.problems import Refused, TooMany, TooSlow, answer_error
from gongbao.search_api.settings import ServerSettings
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TURNED_AWAY = "turned_away"  # in the request's state: nothing failed, there was no place
_READING = ("GET", "HEAD", "OPTIONS")
_FOR_ANYONE = ("/login", "/logout", "/mine")
_AGAIN = ("1", "2", "3")  # seconds
_AT_MOST = 10  # times what should be waited: who has waited is answered late rather than turned away late
_LATELY = 0.1  # what the newest request counts for, of how long they take
_SMALL = 64 << 10  # bytes of a form without a token
_LIGHT = ("/static/", "/api/v1/health")  # files and the pulse: answered also under load


class Hosts:
    """Only what is asked of one of these names is answered: a name that somebody else lets lead here would make
    the reader's browser hand over what lies on this machine. `*`: any; `*.cn`: all that end so."""

    def __init__(self, app: ASGIApp, names: Sequence[str]) -> None:
        self._app = app
        self._names = tuple(name.lower().strip("[]") for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        request = Request(scope)
        host = _host(request.headers.get("host", ""))
        if any(name in ("*", host) or (name[:2] == "*." and host.endswith(name[1:])) for name in self._names):
            return await self._app(scope, receive, send)
        error = UsageError(f"不是本站的主机名：{host[:80]}", "管理员可用 GONGBAO_HOSTS 写明本站的主机名")
        return await answer_error(request, error)(scope, receive, send)


def _host(header: str) -> str:
    """The name without the port; "" for what is none."""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


class Identity:
    """Who writes must say who they are before the body is read; the route then asks what they may do."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in _READING:
            return await self._app(scope, receive, send)
        request = Request(scope)
        try:
            _check_writer(request)
        except GongbaoError as error:
            return await answer_error(request, error)(scope, receive, send)
        return await self._app(scope, receive, send)


def _check_writer(request: Request) -> None:
    if not says_same_site(request):
        raise Refused("来自其他网站的请求", "从本站页面操作", known=True)
    if not request.url.path.startswith(_FOR_ANYONE) and person_of(request, request.app.state.application) is None:
        raise Refused("这一操作需要登录凭证", "在 /login 登录；凭证由管理员用 gongbao token add 发给")


class Admission:
    """So many requests at once, so many waiting for so long, so many a minute from one address; then 503 or 429.

    Who would have to wait longer than anyone should, as long as requests take just now, is told so at once and not
    after the wait.
    """

    def __init__(self, app: ASGIApp, settings: ServerSettings) -> None:
        self._app = app
        self._settings = settings
        self._places = asyncio.Semaphore(settings.at_once)
        self._waiting = 0
        self._held = 0.0  # seconds for which a place was held of late
        self._often = RateLimitItemPerMinute(settings.per_minute)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_LIGHT) or scope["path"].endswith("/events"):
            return await self._app(scope, receive, send)
        request = Request(scope)
        try:
            self._check_often(request)
            if scope["method"] not in _READING and scope["path"].startswith(_FOR_ANYONE):
                receive = await _whole(receive, self._settings.body_seconds)
            async with self._place() as place:
                return await self._app(scope, receive, place.leaving(send))
        except (TooMany, TooSlow, TooLarge, Busy) as error:
            scope["state"][TURNED_AWAY] = isinstance(error, Busy)
            answer = answer_error(request, error)
            if isinstance(error, Busy):  # who is turned away at one moment need not come again at one moment
                answer.headers["Retry-After"] = random.choice(_AGAIN)
            return await answer(scope, receive, send)

    def _check_often(self, request: Request) -> None:
        caller = request.client.host if request.client else ""
        if not self._limiter.hit(self._often, caller):
            raise TooMany("请求过于频繁", "半分钟后再试；成批取用请用导出")

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[_Place]:
        if self._places.locked() and self._is_full():
            raise _busy()
        self._waiting += 1
        try:
            with WAITING.track_inprogress():
                await asyncio.wait_for(self._places.acquire(), _AT_MOST * self._settings.wait_seconds)
        except TimeoutError:
            raise _busy() from None
        finally:
            self._waiting -= 1
        place = _Place(self._places)
        try:
            yield place
        finally:
            self._held += (_LATELY if self._held else 1) * (place.leave() - self._held)

    def _is_full(self) -> bool:
        """Some may wait, as long as their turn comes in time: with requests of half a second each, one or two."""
        turn = self._held * self._waiting / self._settings.at_once
        return self._waiting >= self._settings.waiting or turn > self._settings.wait_seconds


class _Place:
    """One of those that are served. It is left when the answer begins: by then the work is done, and who reads an
    export slowly keeps nobody else waiting."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places: asyncio.Semaphore | None = places
        self._began = time.monotonic()
        self._held = 0.0
        IN_HAND.inc()

    def leave(self) -> float:
        """For how many seconds it was held."""
        if self._places:
            self._held = time.monotonic() - self._began
            self._places.release()
            self._places = None
            IN_HAND.dec()
        return self._held

    def leaving(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.leave()
            await send(message)

        return sending


async def _whole(receive: Receive, seconds: float) -> Receive:
    """What comes without a token takes a place only when it is all there: a form that drips in holds none."""
    messages: list[Message] = []
    size = 0
    try:
        async with asyncio.timeout(seconds):
            while size <= _SMALL and (not messages or messages[-1].get("more_body")):
                messages.append(await receive())
                size += len(messages[-1].get("body", b""))
    except TimeoutError:
        raise TooSlow(f"请求的正文 {seconds:g} 秒没有送到", "检查网络后重新发送") from None
    if size > _SMALL:
        raise TooLarge(f"登录等表单超过 {_SMALL >> 10} KB", "从本站页面操作")
    waiting = iter(messages)

    async def replay() -> Message:
        return next(waiting, None) or await receive()

    return replay


def _busy() -> Busy:
    return Busy("同时访问的人太多", "几秒后再试")
