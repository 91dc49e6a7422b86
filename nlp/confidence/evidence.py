"""What speaks for and against a party and a statement, as features without any word of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
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

    @classmethod
    def of(cls, document: Document, statements: Iterable[Statement]) -> Scene:
        return cls(document, Counter(b.mention.name for statement in statements for b in statement.bindings))


def of_statement(parties: Sequence[float]) -> tuple[str, ...]:
    """Features of a statement whose parties are as sure as that: all of it is right only if every one is."""
    return (*_above("weakest", min(parties)), *_above("all", prod(parties)), *_more("list", len(parties)))


def of_parties(scene: Scene, statement: Statement) -> tuple[tuple[str, ...], ...]:
    """Features of each party that the rules read; nothing of a place or a name enters."""
    text, company = scene.document.text, len(statement.bindings)
    last = max((b.mention.span.end for b in statement.bindings), default=0)
    forms = (_form(text, statement, binding, last) for binding in statement.bindings)
    return tuple((f"form:{f}", *about(scene, b, company)) for f, b in zip(forms, statement.bindings, strict=True))


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


def _form(text: str, statement: Statement, binding: Binding, last: int) -> str:
    """How the party is bound, told by what stands beside its name, or behind the `last` of them."""
    if statement.source is AssignmentSource.TABLE:
        return "table"
    span = binding.mention.span
    before = Span(max(0, span.start - _LEFT), span.start).of(text)
    left = {"label": _LABEL, "bracket": _OPEN, "by": _BY}
    found = next((name for name, form in left.items() if form.search(before)), None)
    right = {"modal": _MODAL, "duty": _DUTY}
    return found or next((name for name, form in right.items() if form.match(text, last, last + _RIGHT)), "other")
