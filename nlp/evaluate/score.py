"""Precision, recall and F1, and a part of a report."""

from __future__ import annotations

from dataclasses import dataclass

from gongbao.nlp.evaluate.report import Measure, Verdict


@dataclass(frozen=True, slots=True)
class Part:
    measures: tuple[Measure, ...]
    verdicts: tuple[Verdict, ...] = ()


def f1(name: str, hits: int, predicted: int, gold: int) -> Measure:
    """Nothing wanted and nothing predicted is perfect agreement."""
    if not predicted and not gold:
        return Measure(name, 1.0, "P 1.000 R 1.000")
    precision = hits / predicted if predicted else 0.0
    recall = hits / gold if gold else 0.0
    both = precision + recall
    return Measure(name, 2 * precision * recall / both if both else 0.0, f"P {precision:.3f} R {recall:.3f}")


def share(name: str, hits: int, of: int, words: str = "") -> Measure:
    return Measure(name, hits / of if of else 0.0, f"{hits}/{of}{words}")
