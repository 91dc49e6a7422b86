"""Examples and documents read again without a guard, in a process of its own each."""

from __future__ import annotations

import functools
import gc
import json
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from bench.guards.watching import Guards

_MOST = 60  # examples that are tried for a guard
_LONGEST = 90  # seconds for a guard

Reading = Callable[[], bool]  # is it read as it should be?


@dataclass(frozen=True, slots=True)
class GuardVerdict:
    """For one guard: how many readings it touches, and the first that fails without it; examples before documents."""

    examples: int
    failing: str | None
    documents: int
    differing: str | None


class Examples:
    """The examples of the tests, each noticed while it runs and run again by its id."""

    def __init__(self) -> None:
        self._again: dict[str, Reading] = {}

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Any:
        Guards.reading = item.nodeid
        yield
        Guards.reading = None

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            given = dict(item.callspec.params) if hasattr(item, "callspec") else {}
            asked = set(getattr(item, "fixturenames", ())) - {"request"}
            if isinstance(item, pytest.Function) and asked == set(given) and not hasattr(item.obj, "hypothesis"):
                self._again[item.nodeid] = functools.partial(_holds, item.obj, given)

    def again(self, name: str) -> Reading | None:
        return self._again.get(name)


def _holds(test: Callable[..., object], given: dict[str, Any]) -> bool:
    try:
        test(**given)
    except BaseException:  # a failed assertion, pytest.fail, or what breaks without the guard
        return False
    return True


def verdict_of(number: int, again: Callable[[str], Reading | None], documents: dict[str, Reading]) -> GuardVerdict:
    """What fails without the guard, among what it touches."""
    touched = sorted(Guards.touched[number])
    examples = [name for name in touched if name not in documents]
    others = [name for name in touched if name in documents]
    failing = _first_failing(number, [(name, again(name)) for name in examples[:_MOST]])
    differing = None if failing else _first_failing(number, [(name, documents[name]) for name in others])
    return GuardVerdict(len(examples), failing, len(others), differing)


def _first_failing(number: int, readings: list[tuple[str, Reading | None]]) -> str | None:
    """The first of them that does not hold without the guard, found in a child process."""
    tried = [(name, holds) for name, holds in readings if holds]
    if not tried:
        return None
    source, sink = os.pipe()
    child = os.fork()
    if not child:
        _answer(number, tried, sink)
    os.close(sink)
    with os.fdopen(source) as told:
        said = told.read()
    os.waitpid(child, 0)
    answer: str | None = json.loads(said) if said else "(stopped)"
    return answer


def _answer(number: int, readings: list[tuple[str, Reading]], sink: int) -> None:
    signal.alarm(_LONGEST)
    Guards.out = number
    _forget()
    failing = next((name for name, holds in readings if not holds()), None)
    os.write(sink, json.dumps(failing).encode())
    os._exit(0)


def _forget() -> None:
    """What was remembered while the guard was in."""
    for one in gc.get_objects():
        if isinstance(one, functools._lru_cache_wrapper) and one.cache_parameters()["maxsize"] is not None:
            one.cache_clear()
