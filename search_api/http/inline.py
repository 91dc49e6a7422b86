"""Dependencies that only look at what came with the request."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def inline(function: Callable[P, T]) -> Callable[P, Coroutine[Any, Any, T]]:
    """Answered where it is asked. FastAPI takes a thread for each plain function, seven for a page's parameters
    alone, and each of them waits for its turn beside all that compute."""

    @wraps(function)
    async def answered(*given: P.args, **named: P.kwargs) -> T:
        return function(*given, **named)

    return answered
