"""Figures and hashed ids, and nothing else, so that a report may be kept beside the code."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from gongbao.corpus.errors import UsageError


@dataclass(frozen=True, slots=True)
class Measure:
    """`value` between 0 and 1; `detail` as the figures behind it are written."""

    name: str
    value: float
    detail: str

    def __str__(self) -> str:
        return f"{self.name}\t{self.value:.3f} ({self.detail})"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that gold holds (found or not) or that was predicted beside it (`wanted` false).

    `words` says which, for the terminal; it is never written to a report.
    """

    id: str
    kind: str
    wanted: bool
    found: bool
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    measures: tuple[Measure, ...]
    verdicts: tuple[Verdict, ...]

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
    }
    path.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", "utf-8")


def read_report(path: Path) -> Report:
    """An earlier report; its verdicts have ids only. UsageError where the file is none."""
    try:
        body = json.loads(path.read_text("utf-8"))
        measures = tuple(Measure(**one) for one in body["measures"])
        verdicts = (
            *_verdicts(body["found"], wanted=True, found=True),
            *_verdicts(body["missed"], wanted=True, found=False),
            *_verdicts(body["spurious"], wanted=False, found=True),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} 不是评测报告：{error}", "先用 gongbao evaluate 写出一份") from error
    return Report(measures, verdicts)


def _verdicts(ids: Iterable[str], *, wanted: bool, found: bool) -> tuple[Verdict, ...]:
    return tuple(Verdict(one, "", wanted, found, "") for one in ids)
