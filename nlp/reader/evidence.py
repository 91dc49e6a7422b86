"""What the second reader says of a party that the rules read, as features without any word of the text."""

from __future__ import annotations

from collections.abc import Iterator

from gongbao.nlp.assignments.model import Binding, Statement
from gongbao.nlp.confidence.evidence import Scene, of_parties
from gongbao.nlp.reader.marker import ROLES, RoleScores

_STEPS = (0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97)  # of a probability: that it lies above each is a feature of its own


def of_read(scene: Scene, statement: Statement, reading: RoleScores) -> tuple[tuple[str, ...], ...]:
    """Of each party those of the rules, and where the second reader has read the same words, how far it agrees."""
    pairs = zip(of_parties(scene, statement), statement.bindings, strict=True)
    return tuple((*features, *_read(reading, binding)) for features, binding in pairs)


def _read(reading: RoleScores, binding: Binding) -> Iterator[str]:
    span = binding.mention.span
    if not len(span) or not reading.seen[span.start : span.end].all():
        return
    yield "read"
    sure = reading.sure(span)
    own = ROLES.index(binding.role)
    yield from _above("same role", float(sure[own]))
    yield from _above("other role", float(max(p for place, p in enumerate(sure) if place != own)))
    yield from _above("any role", float(sure.sum()))


def _above(name: str, probability: float) -> Iterator[str]:
    yield from (f"{name}>{step}" for step in _STEPS if probability > step)
