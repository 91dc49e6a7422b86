"""How sure a figure is: documents, not statements, are what was drawn, so documents are drawn anew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from gongbao.nlp.evaluate.report import Interval, MatchCounts

_DRAWS = 1000
_FEWEST = 10  # documents under which an interval would say more than is known
_LOW, _HIGH = _DRAWS // 40, _DRAWS - _DRAWS // 40 - 1  # 95 %
_SEED = 7


@dataclass(frozen=True, slots=True)
class ScoredThing:
    """One thing that gold wants, that was made, or both. `form`: gold's, where gold has it."""

    doc: str
    form: str
    wanted: bool
    made: bool


def count(outcomes: Iterable[ScoredThing]) -> dict[str, MatchCounts]:
    """By document."""
    hits, made, wanted = Counter[str](), Counter[str](), Counter[str]()
    for one in outcomes:
        hits[one.doc] += one.wanted and one.made
        made[one.doc] += one.made
        wanted[one.doc] += one.wanted
    return {doc: MatchCounts(hits[doc], made[doc], wanted[doc]) for doc in hits}


def intervals(documents: Iterable[str], *counted: Mapping[str, MatchCounts]) -> Iterator[Interval | None]:
    """95 % of each figure, over all `documents` (those that want nothing too); None where they are few."""
    drawn, rows = Random(_SEED), sorted(documents)
    for counts in counted:
        yield _interval([counts.get(doc, MatchCounts()) for doc in rows], drawn)


def _interval(rows: Sequence[MatchCounts], drawn: Random) -> Interval | None:
    if len(rows) < _FEWEST:
        return None
    found = sorted(_figure(rows, draw) for draw in _draws(len(rows), drawn))
    return Interval(found[_LOW], found[_HIGH])


def _draws(size: int, drawn: Random) -> Iterator[list[int]]:
    for _ in range(_DRAWS):
        yield [drawn.randrange(size) for _ in range(size)]


def _figure(rows: Sequence[MatchCounts], draw: Sequence[int]) -> float:
    hits = made = wanted = 0
    for place in draw:
        row = rows[place]
        hits, made, wanted = hits + row.hits, made + row.made, wanted + row.wanted
    return MatchCounts(hits, made, wanted).f1


def difference(now: Mapping[str, MatchCounts], before: Mapping[str, MatchCounts]) -> Interval | None:
    """95 % of now's figure less the earlier one, on the documents that both judged, drawn in pairs."""
    shared = sorted(now.keys() & before.keys())
    if len(shared) < _FEWEST:
        return None
    new, old = [now[doc] for doc in shared], [before[doc] for doc in shared]
    found = sorted(_figure(new, draw) - _figure(old, draw) for draw in _draws(len(shared), Random(_SEED)))
    return Interval(found[_LOW], found[_HIGH])


def by_form(outcomes: Iterable[ScoredThing]) -> dict[str, list[ScoredThing]]:
    forms: dict[str, list[ScoredThing]] = defaultdict(list)
    for one in outcomes:
        forms[one.form].append(one)
    return dict(sorted(forms.items()))
