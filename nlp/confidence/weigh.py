"""Each party of a statement, and the statement, with how likely it is to be right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from gongbao.corpus.document import Document
from gongbao.nlp.assignments.model import Binding, Statement
from gongbao.nlp.bodies import Mention
from gongbao.nlp.confidence.evidence import Scene, of_parties, of_statement
from gongbao.nlp.learning.weights import Weights
from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Calibration:
    """Log odds of what speaks for a party and for a whole statement (how they were learnt: docs/models.md)."""

    party: Weights
    whole: Weights


@cache
def calibration() -> Calibration:
    """That which comes with the program."""
    return read_calibration(files(__package__))


def read_calibration(folder: Traversable) -> Calibration:
    """Of the package of those who weigh by it."""
    return TypeAdapter(Calibration).validate_json(folder.joinpath("calibration.json").read_bytes())


def weigh(document: Document, statements: Sequence[Statement]) -> list[Statement]:
    """The same statements; `confidence` of every mention is now that this body is bound in this role to this task."""
    scene = Scene.of(document, statements)
    return [weigh_one(scene, statement) for statement in statements]


def weigh_one(scene: Scene, statement: Statement) -> Statement:
    weighed = map(_weighed, statement.bindings, of_parties(scene, statement))
    return _whole(replace(statement, bindings=tuple(weighed)))


def _weighed(binding: Binding, features: tuple[str, ...]) -> Binding:
    """As sure as that the words name a body at all, and that such a body is bound so."""
    mention = binding.mention
    sure = mention.confidence * calibration().party.probability(features)
    return replace(binding, mention=with_confidence(mention, sure))


def with_confidence(mention: Mention, sure: float) -> Mention:
    return replace(mention, confidence=round(sure, _DIGITS))


def _whole(statement: Statement) -> Statement:
    return replace(statement, confidence=whole(binding.mention.confidence for binding in statement.bindings))


def whole(parties: Iterable[float]) -> float:
    """How likely it is that a statement with such parties is right altogether, and misses none."""
    return round(calibration().whole.probability(of_statement(tuple(parties))), _DIGITS)
