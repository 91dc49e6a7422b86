"""How much one request may send: counted as it comes, before it is kept anywhere."""

from __future__ import annotations

import os

from gongbao.corpus.errors import TooLarge
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LIMIT_VARIABLE = "GONGBAO_UPLOAD_MB"
_DEFAULT_LIMIT = 200


class BodyLimit:
    """ASGI middleware. Reading on beyond the limit raises TooLarge, also where a body did not say its length.

    FastAPI reads a form before it asks who sends it, so that no dependency of a route can do this.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            receive = _counted(receive)
        await self._app(scope, receive, send)


def upload_limit() -> int:
    """Bytes of one upload."""
    given = os.environ.get(LIMIT_VARIABLE, "")
    return (int(given) if given.isdigit() else _DEFAULT_LIMIT) << 20


def _counted(receive: Receive) -> Receive:
    come = 0

    async def counted() -> Message:
        nonlocal come
        message = await receive()
        come += len(message.get("body", b""))
        if come > upload_limit():
            raise TooLarge(f"上传内容超过 {upload_limit() >> 20} MB", f"分次上传，或调高 {LIMIT_VARIABLE}")
        return message

    return counted
