"""What speaks for and against a party and a statement, as features without any word of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import prod

from gongbao.corpus.document import Document
from gongbao.corpus.language.genres import find_genre
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentSource
from gongbao.nlp.assignments.model import Binding, Statement

_STEPS = (0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)  # of a probability: that it lies above each is a feature of its own
_LONG = 12  # characters of a name
_LEFT, _RIGHT = 60, 12  # characters looked at beside a name

_LABEL = re.compile(r"(?:牵头|责任|配合|主办|协办|承办|落实|组长|成员)(?:单位|部门|处室|人)?[：:][^。；]*$")
_OPEN = re.compile(r"[（(][^）)]*$")
_BY = re.compile(r"由[^。；，]*$")
_MODAL = re.compile(r"[^，。；]{0,6}?(?:应当|应|要|须|必须|不得)")
_DUTY = re.compile(r"[^，。；]{0,6}?(?:负责|承担|牵头|组织|主管)")


@dataclass(frozen=True, slots=True)
class Scene:
    """What is the same for all parties of a document."""

    document: Document
    named: Counter[str]  # how often each name is bound
    ends: dict[int, tuple[Statement, int]] = field(default_factory=dict)  # by identity; kept, so that no id comes anew

    def end_of(self, statement: Statement) -> int:
        """Of the last of its parties, worked out once: of ten thousand each would look at all."""
        if id(statement) not in self.ends:
            self.ends[id(statement)] = statement, max(b.mention.span.end for b in statement.bindings)
        return self.ends[id(statement)][1]

    @classmethod
    def of(cls, document: Document, statements: Iterable[Statement]) -> Scene:
        return cls(document, Counter(b.mention.name for statement in statements for b in statement.bindings))


def of_statement(parties: Sequence[float]) -> tuple[str, ...]:
    """Features of a statement whose parties are as sure as that: all of it is right only if every one is."""
    return (*_above("weakest", min(parties)), *_above("all", prod(parties)), *_more("list", len(parties)))


def of_binding(scene: Scene, statement: Statement, binding: Binding) -> tuple[str, ...]:
    """Features of a party that the rules read; nothing of a place or a name enters."""
    form = _form(scene, statement, binding)
    return (f"form:{form}", *about(scene, binding, len(statement.bindings)))


def about(scene: Scene, binding: Binding, company: int) -> Iterator[str]:
    """What is told of a party by itself; `company`: how many its statement has."""
    mention = binding.mention
    yield f"role:{binding.role.value}"
    yield f"type:{mention.type.value}"
    yield from _more("list", company)
    yield from _more("named", scene.named[mention.name])
    if len(mention.name) > _LONG:
        yield "long name"
    genre = find_genre(scene.document.title)
    if genre and genre.law:
        yield "regulation"


def _more(name: str, count: int) -> Iterator[str]:
    yield from (f"{name}>{size}" for size in (1, 2, 4, 8) if count > size)


def _above(name: str, probability: float) -> Iterator[str]:
    yield from (f"{name}>{step}" for step in _STEPS if probability > step)


def _form(scene: Scene, statement: Statement, binding: Binding) -> str:
    """How the party is bound, told by what stands beside its name."""
    if statement.source is AssignmentSource.TABLE:
        return "table"
    text, span = scene.document.text, binding.mention.span
    before = Span(max(0, span.start - _LEFT), span.start).of(text)
    left = {"label": _LABEL, "bracket": _OPEN, "by": _BY}
    found = next((name for name, form in left.items() if form.search(before)), None)
    return found or _behind(text, scene.end_of(statement))


def _behind(text: str, last: int) -> str:
    """What stands behind the last of the parties."""
    right = {"modal": _MODAL, "duty": _DUTY}
    return next((name for name, form in right.items() if form.match(text, last, last + _RIGHT)), "other")
