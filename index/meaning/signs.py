"""What tells whether the documents found answer a question: signs of words, of meaning, and of place and year."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date

from gongbao.corpus.language.document_numbers import year_of_number
from gongbao.corpus.records import DocumentRef
from gongbao.corpus.register import Place
from gongbao.index.match import NOT_FOUND, find, plain, share
from gongbao.index.models import DocumentHit, Passage
from gongbao.index.query.concepts import Concept
from gongbao.index.query.times import find_periods
from gongbao.index.rank import Scored

_NEAREST = 10  # passages of which it counts how many are the best document's
_ENOUGH = (
    2.0  # weight of concepts that is as good as all: two rare words of a long question tell as much as both of two
)
_MOST = 6  # decimal digits of the number of passages that counts 1


@dataclass(frozen=True, slots=True)
class Signs:
    """Each 0..1, in the order of the weights."""

    near: float  # cosine of the question, or of its topic alone, with the best document's nearest passage
    held: float  # how much of the topic stands in that passage and the title
    together: float  # share of the nearest passages that are the best document's
    many: float  # digits of the number of passages looked through: among many one lies near by chance
    elsewhere: float  # 1 where the question names a place of which the best document does not speak
    another_year: float  # the same of a year

    @property
    def values(self) -> tuple[float, ...]:
        return astuple(self)


@dataclass(frozen=True, slots=True)
class SignPlaces:
    """`named` in a text; `of` a document: where its issuer stands, None for the whole country."""

    named: Callable[[str], Iterable[Place]]
    of: Callable[[DocumentRef], Place | None]


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at: the documents found, best first, all passages, and in how many these were looked for.

    `topic`: the cosine of the words asked, without those of asking, with the nearest of some passages.
    """

    documents: Sequence[DocumentHit]
    passages: Sequence[Scored]
    concepts: Sequence[Concept]
    among: int
    topic: Callable[[Sequence[Passage]], float]


def signs_of(query: str, looked: Looked, places: SignPlaces, today: date) -> Signs | None:
    """None where nothing was looked at for its meaning."""
    near = sorted((one for one in looked.passages if one.passage.cosine > 0), key=lambda one: -one.passage.cosine)
    if not near or not looked.documents:
        return None
    best = looked.documents[0].document
    own = [one for one in looked.passages if one.passage.document.id == best.id]
    closest = max(own, key=lambda one: one.passage.cosine, default=None)
    told = [one.passage for one in own if one.passage.cosine > 0]
    text = "".join((best.title, best.issuer or "", *(one.passage.text for one in own)))
    return Signs(
        near=max(closest.passage.cosine if closest else 0.0, looked.topic(told)),
        held=_held(looked.concepts, plain(best.title), closest),
        together=sum(one.passage.document.id == best.id for one in near[:_NEAREST]) / _NEAREST,
        many=math.log10(looked.among + 1) / _MOST,
        elsewhere=float(_is_elsewhere(query, best, text, places)),
        another_year=float(_is_of_another_year(query, best, text, today)),
    )


def _held(concepts: Sequence[Concept], title: str, closest: Scored | None) -> float:
    """0..1: the weight of what stands there, not the share of what was asked, which long questions have little of."""
    inside = closest.found if closest else (NOT_FOUND,) * len(concepts)
    values = (max(find(c, title).value, own.value) for c, own in zip(concepts, inside, strict=True))
    return min(1.0, sum(c.weight * value for c, value in zip(concepts, values, strict=True)) / _ENOUGH)


def worded(looked: Looked) -> float:
    """0..1: how much of what is asked the best document says in any of its words, by title and passages."""
    best = looked.documents[0].document
    own = [one.found for one in looked.passages if one.passage.document.id == best.id]
    title = plain(best.title)
    anywhere = ([find(c, title).value, *(f[at].value for f in own)] for at, c in enumerate(looked.concepts))
    return share(looked.concepts, map(max, anywhere))


def _is_elsewhere(query: str, best: DocumentRef, text: str, places: SignPlaces) -> bool:
    named = [place.short for place in places.named(query)]
    if not named:
        return False
    home = places.of(best)
    around = {place.short for place in home.chain()} if home else set()
    return not any(short in text or short in around for short in named)


def _is_of_another_year(query: str, best: DocumentRef, text: str, today: date) -> bool:
    """Of a year that is written out; 今年 may be any document's."""
    periods = find_periods(query, today)
    years = {p.due.year for p in periods if str(p.due.year) in p.span.of(query)}
    own = {year_of_number(best.number), best.signed.year if best.signed else None}
    return bool(years) and not any(year in own or str(year) in text for year in years)
