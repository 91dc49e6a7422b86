"""Figures and hashed ids, and nothing else, so that a report may be kept beside the code."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any

from gongbao.corpus.errors import UsageError


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float

    def __str__(self) -> str:
        return f"[{self.low:.3f}, {self.high:.3f}]"


@dataclass(frozen=True, slots=True)
class MatchCounts:
    """How many were made, how many gold wants, and how many are both."""

    hits: int = 0
    made: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        return self.hits / self.made if self.made else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Nothing wanted and nothing made is perfect agreement."""
        return 2 * self.hits / (self.made + self.wanted) if self.made or self.wanted else 1.0


@dataclass(frozen=True, slots=True)
class Measure:
    """`value` between 0 and 1; `detail` as the figures behind it are written; `interval`: 95 %, over documents."""

    name: str
    value: float
    detail: str
    interval: Interval | None = None

    def __str__(self) -> str:
        sure = f" {self.interval}" if self.interval else ""
        return f"{self.name}\t{self.value:.3f} ({self.detail}){sure}"


@dataclass(frozen=True, slots=True)
class ScoreFinding:
    """One thing that gold holds (found or not) or that was predicted beside it (`wanted` false).

    `words` says which, for the terminal; it is never written to a report.
    """

    id: str
    kind: str
    wanted: bool
    found: bool
    words: str


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """The main figures of one genre (通知) or form (table duty) of statement; `size`: of how many documents."""

    by: str
    name: str
    size: int
    measures: tuple[Measure, ...]

    def __str__(self) -> str:
        return "\n".join(f"{self.by}\t{self.name}\t{self.size}\t{measure}" for measure in self.measures)


@dataclass(frozen=True, slots=True)
class DocumentTally:
    """One document, by a hash: what tells whether a later version's gain is more than chance."""

    id: str
    bodies: MatchCounts
    statements: MatchCounts


@dataclass(frozen=True, slots=True)
class Report:
    measures: tuple[Measure, ...]
    verdicts: tuple[ScoreFinding, ...]
    groups: tuple[FigureGroup, ...] = ()
    tallies: tuple[DocumentTally, ...] = ()

    def figure(self, name: str) -> float:
        """One measure's value; KeyError where there is none of that name."""
        return {measure.name: measure.value for measure in self.measures}[name]

    def __str__(self) -> str:
        return "\n".join(map(str, self.measures))


def verdict_id(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def write_report(report: Report, path: Path) -> None:
    found = sorted(v.id for v in report.verdicts if v.wanted and v.found)
    missed = sorted(v.id for v in report.verdicts if v.wanted and not v.found)
    spurious = sorted(v.id for v in report.verdicts if not v.wanted)
    body = {
        "measures": [asdict(measure) for measure in report.measures],
        "found": found,
        "missed": missed,
        "spurious": spurious,
        "groups": [asdict(group) for group in report.groups],
        "documents": {one.id: [*astuple(one.bodies), *astuple(one.statements)] for one in report.tallies},
    }
    path.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", "utf-8")


def read_report(path: Path) -> Report:
    """An earlier report; its verdicts have ids only. UsageError where the file is none."""
    try:
        body = json.loads(path.read_text("utf-8"))
        measures = tuple(map(_measure, body["measures"]))
        groups = tuple(_group(one) for one in body.get("groups", ()))
        tallies = tuple(
            DocumentTally(id, MatchCounts(*n[:3]), MatchCounts(*n[3:])) for id, n in body.get("documents", {}).items()
        )
        verdicts = (
            *_verdicts(body["found"], wanted=True, found=True),
            *_verdicts(body["missed"], wanted=True, found=False),
            *_verdicts(body["spurious"], wanted=False, found=True),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} 不是评测报告：{error}", "先用 gongbao evaluate 写出一份") from error
    return Report(measures, verdicts, groups, tallies)


def _measure(one: Mapping[str, Any]) -> Measure:
    bounds = one.get("interval")
    return Measure(one["name"], one["value"], one["detail"], Interval(**bounds) if bounds else None)


def _group(one: Mapping[str, Any]) -> FigureGroup:
    return FigureGroup(one["by"], one["name"], one["size"], tuple(map(_measure, one["measures"])))


def _verdicts(ids: Iterable[str], *, wanted: bool, found: bool) -> tuple[ScoreFinding, ...]:
    return tuple(ScoreFinding(one, "", wanted, found, "") for one in ids)
