"""What training came to, as the command line shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrialTable:
    """What cross-validation of one question came to; `rows`: method, figure, gain over the first, verdict."""

    question: str
    size: str
    measure: str
    note: str
    rows: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class TrainOutcome:
    """`models`: names of those that beat the rules."""

    annotated: int
    others: int
    trials: tuple[TrialTable, ...]
    models: tuple[str, ...]
