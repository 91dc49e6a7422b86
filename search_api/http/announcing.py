"""A server that says where it is once it answers there."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable

import uvicorn


class Announcing(uvicorn.Server):
    """`say` is called when it answers: whoever came to an address that was told earlier would wait."""

    def __init__(self, config: uvicorn.Config, say: Callable[[], None]) -> None:
        super().__init__(config)
        self._say = say

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            _set_aside()
            self._say()


def _set_aside() -> None:
    """What was read for all readers stays until the end. Looking through it for garbage again and again would hold up
    everybody, who is turned away as well, for a quarter of a second and more each time."""
    gc.collect()
    gc.freeze()
