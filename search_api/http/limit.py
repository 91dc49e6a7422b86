"""How much one request may send, and how slowly: counted as it comes, before it is kept anywhere."""

from __future__ import annotations

import asyncio

from gongbao.corpus.errors import TooLarge
from gongbao.search_api.http.problems import TooSlow
from gongbao.search_api.settings import ServerSettings
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_UPLOADS = ("/api/v1/uploads", "/admin/upload")


class BodyLimit:
    """ASGI middleware. Reading on beyond the limit raises TooLarge, also where a body did not say its length.

    FastAPI reads a body before it asks who sends it, so that no dependency of a route can do this.
    """

    def __init__(self, app: ASGIApp, settings: ServerSettings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            receive = _counted(receive, scope, self._settings)
        await self._app(scope, receive, send)


def body_limit(path: str, settings: ServerSettings) -> int:
    """Bytes that a request to `path` may send: files only where files are taken."""
    return settings.upload_bytes if path.startswith(_UPLOADS) else settings.body_bytes


def _counted(receive: Receive, scope: Scope, settings: ServerSettings) -> Receive:
    limit = body_limit(scope["path"], settings)
    told = Headers(scope=scope).get("content-length", "")
    come = int(told) if told.isdigit() and int(told) > limit else 0
    whole = False

    async def counted() -> Message:
        nonlocal come, whole
        if whole:  # what is awaited now is only that the caller goes away
            return await receive()
        if come > limit:  # it said so itself: nothing of it is read
            raise _too_large(limit)
        message = await _in_time(receive, settings.body_seconds)
        come += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if come > limit:
            raise _too_large(limit)
        return message

    return counted


async def _in_time(receive: Receive, seconds: float) -> Message:
    try:
        return await asyncio.wait_for(receive(), seconds)
    except TimeoutError:
        raise TooSlow(f"请求的正文 {seconds:g} 秒没有送到", "检查网络后重新发送") from None


def _too_large(limit: int) -> TooLarge:
    size = f"{limit >> 20} MB" if limit >= 1 << 20 else f"{limit >> 10} KB"
    return TooLarge(f"上传内容超过 {size}", "分次上传，或调高 GONGBAO_UPLOAD_MB（文件）、GONGBAO_BODY_KB（其他）")
