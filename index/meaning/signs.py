"""What tells whether the documents found answer a question: signs of words, of meaning, and of place and year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date

from gongbao.corpus.language.document_numbers import year_of_number
from gongbao.corpus.records import DocumentRef
from gongbao.corpus.register import Place
from gongbao.index.match import find, plain, share
from gongbao.index.models import DocumentHit
from gongbao.index.query.concepts import Concept
from gongbao.index.query.times import find_periods
from gongbao.index.rank import Scored

_DEEP = 50  # the passage this far down the list stands for what is near to any question
_HELD = 0.3  # share of a concept from which it is not lacking


@dataclass(frozen=True, slots=True)
class Signs:
    """Each 0..1, in the order of the weights."""

    own: float  # cosine of the best document's nearest passage
    nearest: float  # cosine of the nearest passage of all
    above: float  # by how much that one stands above the many
    covered: float  # share of the question in the best document's nearest passage and title
    lacking: float  # share of the question that the best document has nowhere
    agreed: float  # 1 where words and meaning find the same document
    elsewhere: float  # 1 where the question names a place of which the best document does not speak
    another_year: float  # the same of a year

    @property
    def values(self) -> tuple[float, ...]:
        return astuple(self)


@dataclass(frozen=True, slots=True)
class Places:
    """`named` in a text; `of` a document: where its issuer stands, None for the whole country."""

    named: Callable[[str], Iterable[Place]]
    of: Callable[[DocumentRef], Place | None]


def signs_of(
    query: str,
    documents: Sequence[DocumentHit],
    passages: Sequence[Scored],
    concepts: Sequence[Concept],
    places: Places,
    today: date,
) -> Signs | None:
    """None where nothing was looked at for its meaning."""
    near = sorted((one for one in passages if one.passage.cosine > 0), key=lambda one: -one.passage.cosine)
    if not near or not documents:
        return None
    best = documents[0].document
    own = [one for one in passages if one.passage.document.id == best.id]
    closest = max(own, key=lambda one: one.passage.cosine, default=near[0])
    title = plain(best.title)
    in_title = [find(concept, title).value for concept in concepts]
    anywhere = [max(value, *(one.found[at].value for one in own), 0.0) for at, value in enumerate(in_title)]
    total = sum(concept.weight for concept in concepts) or 1.0
    text = "".join((best.title, best.issuer or "", *(one.passage.text for one in own)))
    return Signs(
        own=closest.passage.cosine if own else 0.0,
        nearest=near[0].passage.cosine,
        above=near[0].passage.cosine - near[min(_DEEP, len(near)) - 1].passage.cosine,
        covered=share(concepts, [max(closest.found[at].value, value) for at, value in enumerate(in_title)]),
        lacking=sum(c.weight for c, value in zip(concepts, anywhere, strict=True) if value < _HELD) / total,
        agreed=float(near[0].passage.document.id == best.id),
        elsewhere=float(_is_elsewhere(query, best, text, places)),
        another_year=float(_is_of_another_year(query, best, text, today)),
    )


def _is_elsewhere(query: str, best: DocumentRef, text: str, places: Places) -> bool:
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
