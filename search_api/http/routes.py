"""Routes as the modules of the API and of the pages declare them.

FastAPI's own router works out what a route depends on when it is declared, and again when a server takes it in: a
third of the time that a server took to start. Here they are declared only, and worked out by the server.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from fastapi import FastAPI

F = TypeVar("F", bound=Callable[..., Any])


class Routes:
    """Declared as with FastAPI's router: `@routes.get("/tasks")`. `tags` are those of each."""

    def __init__(self, *tags: str) -> None:
        self._tags: list[str | Enum] = list(tags)
        self._declared: list[tuple[str, Callable[..., Any], dict[str, Any]]] = []

    def get(self, path: str, **options: Any) -> Callable[[F], F]:
        return self._declaring(path, "GET", options)

    def post(self, path: str, **options: Any) -> Callable[[F], F]:
        return self._declaring(path, "POST", options)

    def add_to(self, app: FastAPI, prefix: str = "", **options: Any) -> None:
        for path, answer, own in self._declared:
            app.add_api_route(prefix + path, answer, tags=self._tags or None, **own, **options)

    def _declaring(self, path: str, method: str, options: dict[str, Any]) -> Callable[[F], F]:
        def declare(answer: F) -> F:
            self._declared.append((path, answer, {"methods": [method], **options}))
            return answer

        return declare
