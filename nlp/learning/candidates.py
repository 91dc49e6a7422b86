"""Sentences in which the rules read nothing and that look as if they stated who does what: for a person to judge."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from corpus.document import Document
from corpus.offsets import Span
from nlp.learning.units import units_of
from nlp.learning.weights import Weights
from nlp.learning.words import features_of

_MOST = 5  # shown for a document
_LONGEST = 1_000  # characters: more is no sentence that a person could judge
_LEAST = 0.5  # probability of what is shown


@dataclass(frozen=True, slots=True)
class Candidate:
    span: Span
    text: str
    probability: float


def find_candidates(document: Document, covered: Iterable[Span], weights: Weights) -> tuple[Candidate, ...]:
    """The likeliest sentences outside `covered`, few, in reading order."""
    known = _Covered(covered)
    found = [
        Candidate(unit.span, unit.text.strip(), weights.probability(features_of(unit)))
        for unit in units_of(document)
        if len(unit.text) <= _LONGEST and not known.touches(unit.span)
    ]
    best = sorted((one for one in found if one.probability >= _LEAST), key=lambda one: -one.probability)[:_MOST]
    return tuple(sorted(best, key=lambda one: one.span.start))


class _Covered:
    """Spans in order of their starts, each with the furthest end so far, so that one look-up tells."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted((span.start, span.end) for span in spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def touches(self, span: Span) -> bool:
        before = bisect_left(self._starts, span.end)
        return before > 0 and self._ends[before - 1] > span.start
