"""The rules and the second reader joined: how sure each party is of what both make of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from gongbao.corpus.document import Document
from gongbao.corpus.records import AssignmentSource
from gongbao.nlp.assignments.model import Binding, Statement
from gongbao.nlp.confidence.evidence import Scene, of_statement
from gongbao.nlp.confidence.weigh import Calibration, read_calibration, weigh_one, with_confidence
from gongbao.nlp.reader.evidence import of_read
from gongbao.nlp.reader.marker import RoleScores


@cache
def joint() -> Calibration:
    """By rules and reader together: that which comes with the program."""
    return read_calibration(files(__package__))


def join(document: Document, statements: Sequence[Statement], reading: RoleScores) -> list[Statement]:
    """The same statements with confidences of both.

    A table says who does what by its columns, which the reader does not see: there the rules are alone.
    """
    weights, scene = joint(), Scene.of(document, statements)
    return [_joined(scene, statement, reading, weights) for statement in statements]


def _joined(scene: Scene, statement: Statement, reading: RoleScores, weights: Calibration) -> Statement:
    if statement.source is AssignmentSource.TABLE:
        return weigh_one(scene, statement)
    pairs = zip(statement.bindings, of_read(scene, statement, reading), strict=True)
    weighed = tuple(_weighed(binding, features, weights) for binding, features in pairs)
    return _whole(replace(statement, bindings=weighed), weights)


def _weighed(binding: Binding, features: tuple[str, ...], weights: Calibration) -> Binding:
    sure = weights.party.probability(features)
    return replace(binding, mention=with_confidence(binding.mention, binding.mention.confidence * sure))


def _whole(statement: Statement, weights: Calibration) -> Statement:
    features = of_statement(tuple(binding.mention.confidence for binding in statement.bindings))
    return replace(statement, confidence=round(weights.whole.probability(features), 3))
