"""What the readers hand on: one time limit in folded text, not yet a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongbao.corpus.records import DeadlineKind


@dataclass(frozen=True, slots=True)
class Limit:
    """`start` and `end` are places in the folded text; the rest as in `gongbao.corpus.records.Deadline`."""

    start: int
    end: int
    kind: DeadlineKind
    begins: date | None = None
    due: date | None = None
    every: str | None = None
    day: int | None = None
    within: str | None = None
    working_days: bool = False
    event: str | None = None
    flag: str | None = None
    month: int | None = None  # of a yearly rhythm (每年12月底前); only for the computed date
