"""What the finders of assignments hand to each other."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.offsets import Span
from corpus.records import AssignmentKind, AssignmentSource, Role
from nlp.bodies import Mention


@dataclass(frozen=True, slots=True)
class Binding:
    """One body and how it is bound."""

    mention: Mention
    role: Role


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of who does what, before it is given an id, regions and canonical names.

    `span` is the clause, item or row it stands in; `what` the task; `limits` where its time
    limits are looked for (the sentence, the item, the row).
    """

    bindings: tuple[Binding, ...]
    what: str
    span: Span
    limits: tuple[Span, ...]
    kind: AssignmentKind
    source: AssignmentSource = AssignmentSource.TEXT


def bind(mentions: tuple[Mention, ...], role: Role) -> tuple[Binding, ...]:
    return tuple(Binding(mention, role) for mention in mentions)
