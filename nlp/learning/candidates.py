"""Sentences in which the rules read nothing and that look as if they stated who does what: for a person to judge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongbao.corpus.document import Document
from gongbao.corpus.offsets import Span
from gongbao.nlp.ground import CoveredSpans
from gongbao.nlp.learning.units import units_of
from gongbao.nlp.learning.weights import Weights
from gongbao.nlp.learning.words import features_of

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
    known = CoveredSpans(covered)
    found = [
        Candidate(unit.span, unit.text.strip(), weights.probability(features_of(unit)))
        for unit in units_of(document)
        if len(unit.text) <= _LONGEST and not known.touches(unit.span)
    ]
    best = sorted((one for one in found if one.probability >= _LEAST), key=lambda one: -one.probability)[:_MOST]
    return tuple(sorted(best, key=lambda one: one.span.start))
