"""Precision, recall and F1, and a part of a report."""

from __future__ import annotations

from dataclasses import dataclass

from gongbao.nlp.evaluate.report import Interval, MatchCounts, Measure, ScoreFinding


@dataclass(frozen=True, slots=True)
class ScorePart:
    measures: tuple[Measure, ...]
    verdicts: tuple[ScoreFinding, ...] = ()


def f1(name: str, hits: int, predicted: int, gold: int, interval: Interval | None = None) -> Measure:
    if not predicted and not gold:
        return Measure(name, 1.0, "P 1.000 R 1.000", interval)
    counts = MatchCounts(hits, predicted, gold)
    return Measure(name, counts.f1, f"P {counts.precision:.3f} R {counts.recall:.3f}", interval)


def share(name: str, hits: int, of: int, words: str = "") -> Measure:
    return Measure(name, hits / of if of else 0.0, f"{hits}/{of}{words}")
