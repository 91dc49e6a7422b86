"""Figures as supervision offices report them: by body, by 分管领导 and by month, each with the list it stands for.

A task counts for the bodies that lead it or answer for it, not for those that only support.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from gongbao.corpus.desk import FINISHED
from gongbao.corpus.errors import InputError
from gongbao.corpus.home import Home
from gongbao.corpus.records import MAIN, AssignmentKind
from gongbao.index.models import Filters
from gongbao.index.service import Service
from gongbao.search_api import labels
from gongbao.search_api.nobody import count_of_nobody, months_of_nobody

_LEADERS = "leaders.csv"


class Light(StrEnum):
    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Shares of open tasks that are overdue, in percent, from which a body's light is red or yellow."""

    red: float = 20.0
    yellow: float = 0.1


@dataclass(frozen=True, slots=True)
class StatisticsRow:
    """`late`: done after its day; `near`: due within a month and open."""

    name: str
    total: int
    done: int
    late: int
    overdue: int
    near: int
    light: Light = Light.GREEN

    @property
    def on_time(self) -> int:
        return self.done - self.late

    @property
    def rate(self) -> float:
        """Done, in percent."""
        return 100 * self.done / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class StatisticsReport:
    """`whole` and `months` count time limits that name nobody, too; `unnamed` are these alone. `leaders` is empty
    where the office named none."""

    whole: StatisticsRow
    unnamed: StatisticsRow
    bodies: tuple[StatisticsRow, ...]
    leaders: tuple[StatisticsRow, ...]
    months: tuple[StatisticsRow, ...]


def report(
    service: Service, filters: Filters, today: date, thresholds: Thresholds, leaders: Mapping[str, tuple[str, ...]]
) -> StatisticsReport:
    """Of tasks that pass the filters, duties left out; a part of another is not counted again."""
    parts = _parts(replace(filters, kind=AssignmentKind.TASK, wholes=True), today)
    bodies = {name: Counter(service.body_counts(part)) for name, part in parts.items()}
    months = {name: _of_months(service, part, today) for name, part in parts.items()}
    alone = [count_of_nobody(service, part, today) for part in parts.values()]
    named = [service.count_tasks(None, part, today=today) for part in parts.values()]
    return StatisticsReport(
        whole=_row("合计", map(sum, zip(named, alone, strict=True)), thresholds),
        unnamed=_row("未写明单位", alone, thresholds),
        bodies=_rows(bodies, thresholds, key=lambda row: (-row.overdue, -row.total, row.name)),
        leaders=tuple(_leader(service, name, own, parts, today, thresholds) for name, own in leaders.items()),
        months=_rows(months, thresholds, key=lambda row: row.name),
    )


def read_leaders(home: Home) -> dict[str, tuple[str, ...]]:
    """HOME/leaders.csv: 分管领导,单位 a line; nothing where there is none. InputError for a line that is neither."""
    path = home.root / _LEADERS
    if not path.is_file():
        return {}
    found: dict[str, dict[str, None]] = {}
    for number, line in enumerate(csv.reader(path.read_text("utf-8-sig").splitlines()), 1):
        cells = [cell.strip() for cell in line if cell.strip()]
        if not cells or cells[0] in ("分管领导", "领导", "姓名"):
            continue
        if len(cells) < 2:
            raise InputError(f"{_LEADERS} 第 {number} 行没有写单位：{'，'.join(cells)}", "每行写：分管领导,单位")
        found.setdefault(cells[0], {}).update(dict.fromkeys(cells[1:]))
    return {name: tuple(bodies) for name, bodies in found.items()}


def save_leaders(home: Home, text: str) -> None:
    """Whole or not at all; InputError before anything is written."""
    part = home.root / f"{_LEADERS}.part"
    part.write_text(text.replace("\r\n", "\n").strip() + "\n", "utf-8")
    kept = home.root / _LEADERS
    before = kept.read_bytes() if kept.exists() else None
    part.replace(kept)
    try:
        read_leaders(home)
    except InputError:
        if before is None:
            kept.unlink()
        else:
            kept.write_bytes(before)
        raise


def leaders_text(home: Home) -> str:
    path = home.root / _LEADERS
    return path.read_text("utf-8-sig") if path.is_file() else ""


def main_of(name: str) -> tuple[Filters, ...]:
    """A body leads it or answers for it."""
    return tuple(Filters(agency=name, role=role) for role in MAIN)


def _parts(tasks: Filters, today: date) -> dict[str, Filters]:
    """In the order of a row's numbers."""
    return {
        "total": tasks,
        "done": replace(tasks, states=FINISHED),
        "late": replace(tasks, late=True, states=FINISHED),
        "overdue": replace(tasks, next_due=labels.next_due(labels.Due.OVERDUE, today)),
        "near": replace(tasks, next_due=labels.next_due(labels.Due.MONTH, today)),
    }


def _of_months(service: Service, filters: Filters, today: date) -> Counter[str]:
    facets = service.statement_facets(filters, today=today)
    named = Counter({v.value: v.count for facet in facets if facet.name == "due_month" for v in facet.values})
    return named + Counter(months_of_nobody(service, filters, today))


def _rows(
    parts: Mapping[str, Counter[str]], thresholds: Thresholds, key: Callable[[StatisticsRow], Any]
) -> tuple[StatisticsRow, ...]:
    names = parts["total"]
    rows = (_row(name, (counts[name] for counts in parts.values()), thresholds) for name in names)
    return tuple(sorted(rows, key=key))


def _leader(
    service: Service,
    name: str,
    own: Iterable[str],
    parts: Mapping[str, Filters],
    today: date,
    thresholds: Thresholds,
) -> StatisticsRow:
    """A task of two of their bodies counts once."""
    anybody = tuple(each for body in own for each in main_of(body))
    counts = (service.count_tasks(None, _with(part, anybody), today=today) for part in parts.values())
    return _row(name, counts, thresholds)


def _with(filters: Filters, alternatives: tuple[Filters, ...]) -> Filters:
    return replace(filters, any_of=(*(filters.any_of or ()), alternatives))


def _row(name: str, counts: Iterable[int], thresholds: Thresholds) -> StatisticsRow:
    total, done, late, overdue, near = counts
    share = 100 * overdue / (total - done) if total > done else 0.0
    light = Light.RED if share >= thresholds.red else Light.YELLOW if share >= thresholds.yellow else Light.GREEN
    return StatisticsRow(name, total, done, late, overdue, near, light)
