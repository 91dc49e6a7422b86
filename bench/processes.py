"""What a process and all that it started take, as Linux tells."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Usage:
    """`seconds` of processor time, also of children that have ended; `megabytes` of memory, what is shared counted
    once (PSS); `largest` of one process, with what it shares (RSS)."""

    seconds: float
    megabytes: int
    largest: int


def usage_of(process: int) -> Usage:
    alive = list(_family(process))
    memory = [_memory(each) for each in alive]
    largest = max((resident for resident, _ in memory), default=0)
    return Usage(sum(map(_seconds, alive)), sum(own for _, own in memory) // 1024, largest // 1024)


def _family(process: int) -> Iterator[int]:
    """It and its descendants."""
    yield process
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _family(int(child))


def _memory(process: int) -> tuple[int, int]:
    """Kilobytes: all that is resident, and its share of it."""
    found = {"Rss:": 0, "Pss:": 0}
    with suppress(OSError):
        for name, value, *_ in map(str.split, Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]):
            found |= {name: int(value)} if name in found else {}
    return found["Rss:"], found["Pss:"]


def _seconds(process: int) -> float:
    with suppress(OSError):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / _TICK  # of itself, and of children that were waited for
    return 0.0
