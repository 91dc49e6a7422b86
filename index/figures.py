"""Figures that passages print: ranges that hold a number asked for, and the amount, count or telephone number asked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Comparison, Contact, Quantity, QuantityKind
from gongbao.index.match import find, plain, share
from gongbao.index.models import Figure, FigureKind, FigureView, Passage
from gongbao.index.query import patterns
from gongbao.index.query.concepts import Concept
from gongbao.index.query.numbers import leading_number

_HOW_MANY = re.compile(r"(?:多少|几)(.{1,4})")
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_LOOKED_AT = 5  # passages, best first
_SHOWN = 3
_AS_TELLING = 0.5  # of what the most telling sentence holds of the question
_KINDS = {QuantityKind.MONEY: FigureKind.MONEY, QuantityKind.QUANTITY: FigureKind.QUANTITY}


@dataclass(frozen=True, slots=True)
class AskedNumber:
    """8吨 of a question: `after` is what stands behind the number, its unit first."""

    value: float
    after: str


class Figures:
    """What a document prints, to be asked by place."""

    def __init__(self, quantities: Iterable[Quantity], contacts: Iterable[Contact]) -> None:
        found = [(one.span, _figure(one)) for one in quantities]
        found += [(one.span, Figure(one.text, FigureKind.PHONE)) for one in contacts]
        self._found = sorted(found, key=lambda pair: pair[0])
        self._starts = [span.start for span, _ in self._found]

    def inside(self, span: Span) -> tuple[Figure, ...]:
        """In order of place."""
        first, behind = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return tuple(figure for own, figure in self._found[first:behind] if own.end <= span.end)


def _figure(one: Quantity) -> Figure:
    return Figure(one.text, _KINDS[one.kind], one.unit, one.value, one.upper, one.comparison)


def asked_numbers(concepts: Sequence[Concept]) -> dict[int, AskedNumber]:
    """By the place of the concept that begins with a number: 8, 吨, 车 and 八吨, 车 ask for 8 of 吨 or 吨车."""
    found = {}
    for at, concept in enumerate(concepts):
        if leading_number(concept.text) and (
            number := leading_number("".join(one.text for one in concepts[at : at + 3]))
        ):
            found[at] = AskedNumber(number.value, number.after)
    return found


def holding(asked: AskedNumber, figures: Iterable[Figure]) -> Figure | None:
    """The first range of the same unit in which the number lies: 8吨 in 4.5吨以上, 5.5级 in 5.0—6.0级."""
    return next(
        (one for one in figures if one.unit and asked.after.startswith(one.unit) and _lies_in(asked, one)), None
    )


def _lies_in(asked: AskedNumber, figure: Figure) -> bool:
    value = asked.value
    ranges: Mapping[Comparison, bool] = {
        Comparison.AT_LEAST: value >= figure.value,
        Comparison.MORE_THAN: value > figure.value,
        Comparison.AT_MOST: value <= figure.value,
        Comparison.LESS_THAN: value < figure.value,
        Comparison.BETWEEN: figure.value <= value <= (figure.upper or figure.value),
    }
    return ranges.get(figure.comparison, False)


def figures_for(query: str, concepts: Sequence[Concept], passages: Sequence[Passage]) -> tuple[FigureView, ...]:
    """The figures of the kind asked that the best passages print, each with its sentence, the most telling first."""
    wanted = _Wanted.of(query)
    views = [view for passage in passages[:_LOOKED_AT] for view in _views(passage, wanted, concepts)]
    best = max((view.score for view in views), default=0.0)
    telling = [view for view in views if view.score >= _AS_TELLING * best]
    return tuple(sorted(telling, key=lambda view: -round(view.score, 4))[:_SHOWN])


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What kind of figure is asked for; `after`: what stands behind 多少 or 几, its unit first."""

    kind: FigureKind
    after: str

    @staticmethod
    def of(query: str) -> _Wanted:
        told = (FigureKind.PHONE, FigureKind.MONEY)
        kinds = (kind for kind in told if any(p.search(query) for p in patterns.asking("facts", kind.value)))
        unit = _HOW_MANY.search(query)
        return _Wanted(next(kinds, FigureKind.QUANTITY), unit[1] if unit else "")

    def among(self, figures: Iterable[Figure]) -> tuple[Figure, ...]:
        """Those of the kind, and of the unit where there are such: 几家 asks for 2家, not for 500件 beside it."""
        own = tuple(one for one in figures if one.kind is self.kind)
        return tuple(one for one in own if one.unit and self.after.startswith(one.unit)) or own


def _views(passage: Passage, wanted: _Wanted, concepts: Sequence[Concept]) -> Iterator[FigureView]:
    """One for each sentence that prints such a figure; a table row is one sentence under its header."""
    sentences = [passage.text] if passage.columns else _SENTENCE.findall(passage.text)
    above = "".join((*passage.path, *passage.columns))
    for sentence in sentences:
        own = wanted.among(one for one in passage.figures if one.text in sentence)
        if own:
            text = plain(sentence + above)
            told = share(concepts, [find(concept, text).value for concept in concepts])
            yield FigureView(own, sentence.strip(), passage.document, passage.regions, told)
