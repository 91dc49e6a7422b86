"""Units of work for `bench.engines`, importable by workers: one does nothing, one waits."""

from __future__ import annotations

import time
from collections.abc import Callable

from gongbao.corpus.home import Home

WAIT = 0.05  # seconds


def nothing(_home: Home) -> Callable[[int], int]:
    return int


def waiting(_home: Home) -> Callable[[int], int]:
    return wait


def wait(number: int) -> int:
    time.sleep(WAIT)
    return number
