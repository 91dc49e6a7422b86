"""Which documents answer best: from titles, headings and best passages, whatever engine found them.

A passage counts by the share of the question that stands in it, so that neither a long plan
nor a report that touches everything outweighs a short notice on the matter itself.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from gongbao.corpus.language.document_numbers import year_of_number
from gongbao.index.analysis import bigrams, key
from gongbao.index.figures import AskedNumber, asked_numbers, holding
from gongbao.index.match import FoundConcept, find, plain, share
from gongbao.index.meaning.nearness import MEANING, WORDS, Nearness
from gongbao.index.models import DocumentHit, Passage, StatementView
from gongbao.index.query.concepts import Concept
from rapidfuzz.distance import LCSseq

# How much each sign tells, beside the best passage, which counts 1.
TITLE, HEADING, WHOLE, VOLUME, NAMED, YEAR, SAYS_WHO = 0.8, 0.15, 0.5, 0.3, 2.5, 0.15, 1.0
YEAR_IN_TITLE = 0.4
IN_RANGE = 0.9  # a range that holds the number asked, beside the number itself
_CONTEXT = 0.6  # a word in the headings above a passage, beside one in the passage
_TYPICAL = 120  # characters of a passage; in longer ones a word tells a little less
_DOCUMENT = 0.3  # how much a good document lifts its passages
_TAIL = 0.12  # of the best document's score
_SHOWN = 3  # passages of a document


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage with the places where each concept was found in it."""

    passage: Passage
    value: float
    found: tuple[FoundConcept, ...]
    heading: float  # share of the question in the headings above


def score_passages(concepts: Sequence[Concept], passages: Iterable[Passage]) -> tuple[Scored, ...]:
    """Each with how much of the question stands in it and above it; what stands above many is looked at once."""
    above: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[float, ...]] = {}
    numbers = asked_numbers(concepts)
    scored = []
    for passage in passages:
        place = passage.path, passage.columns
        if place not in above:
            text = plain("".join((*passage.path, *passage.columns)))
            above[place] = tuple(find(concept, text).value for concept in concepts)
        scored.append(_scored(concepts, numbers, passage, above[place]))
    return tuple(scored)


def _scored(
    concepts: Sequence[Concept], numbers: Mapping[int, AskedNumber], passage: Passage, context: Sequence[float]
) -> Scored:
    text = plain(passage.text)
    own = tuple([find(concept, text) for concept in concepts])
    if numbers and passage.figures:
        own = tuple(_in_range(numbers.get(at), passage, one) for at, one in enumerate(own))
    values = [max(mine.value, _CONTEXT * theirs) for mine, theirs in zip(own, context, strict=True)]
    return Scored(passage, share(concepts, values) * _density(len(text)), own, share(concepts, context))


def _in_range(asked: AskedNumber | None, passage: Passage, found: FoundConcept) -> FoundConcept:
    """What was found, or the range that holds the number asked."""
    held = holding(asked, passage.figures) if asked and found.value < IN_RANGE else None
    return FoundConcept(IN_RANGE, plain(held.text), "数值范围") if held else found


def rank_documents(
    concepts: Sequence[Concept],
    typed: str,
    documents: Iterable[DocumentHit],
    passages: Iterable[Scored],
    years: Sequence[int],
    explain: bool = False,
) -> tuple[DocumentHit, ...]:
    """Documents best first with their best passages; `typed`: the question as a title may stand in it.

    Without the tail that shares but a piece of a word with the question.
    """
    by_document: defaultdict[str, list[Scored]] = defaultdict(list)
    for scored in passages:
        by_document[scored.passage.document.id].append(scored)
    by_words = [_rated(concepts, typed, hit, by_document[hit.document.id], years) for hit in documents]
    rated = _fused(by_words, Nearness.of(one.passage for own in by_document.values() for one in own))
    least = _TAIL * max((one.score for one in rated), default=0.0)
    return tuple(sorted((_hit(concepts, one, explain) for one in rated if one.score >= least), key=_order))


def _order(hit: DocumentHit) -> tuple[float, bool, int, str]:
    """Best first; among equals those in force (without a status) before others, then newer before older."""
    signed = hit.document.signed
    return -round(hit.score, 4), hit.status is not None, -(signed.toordinal() if signed else 0), hit.document.id


@dataclass(frozen=True, slots=True)
class _Rated:
    """A document with its passages, best first, and what each sign tells for it."""

    hit: DocumentHit
    best: list[Scored]
    signs: tuple[tuple[str, float], ...]

    @property
    def score(self) -> float:
        return sum(value for _, value in self.signs)


def _fused(rated: list[_Rated], nearness: Nearness) -> list[_Rated]:
    """What words tell and what meaning tells as one score, where passages were looked at for their meaning."""
    if not nearness:
        return rated
    most = max((one.score for one in rated), default=0.0) or 1.0

    def by_near(passage: Scored) -> float:
        return nearness.of_passage(passage.passage, passage.value, 1.0)

    fused = []
    for one in rated:
        near = MEANING * most * nearness.of_document(one.hit.document.id)
        signs = (*((name, WORDS * value) for name, value in one.signs), ("语义相近", near))
        alone = replace(one.hit, by_meaning=one.score < _TAIL * most)
        fused.append(
            _Rated(alone, sorted(one.best, key=lambda own: (-round(by_near(own), 4), own.passage.text)), signs)
        )
    return fused


def _rated(
    concepts: Sequence[Concept], typed: str, hit: DocumentHit, scored: list[Scored], years: Sequence[int]
) -> _Rated:
    best = sorted(scored, key=lambda passage: -passage.value)
    title = plain(hit.document.title)
    in_title = [find(concept, title).value for concept in concepts]
    signs = (
        ("最佳段落", best[0].value if best else 0.0),
        ("标题", TITLE * share(concepts, in_title)),
        ("小标题", HEADING * max((p.heading for p in scored), default=0.0)),
        ("全文覆盖", WHOLE * share(concepts, _anywhere(in_title, best))),
        ("出现次数", VOLUME * _volume(best)),
        ("标题相近", NAMED * named(typed, hit.document.title)),
        ("年份", _of_year(hit, years)),
    )
    return _Rated(hit, best, signs)


def _hit(concepts: Sequence[Concept], rated: _Rated, explain: bool) -> DocumentHit:
    shown = tuple(replace(p.passage, score=p.value) for p in rated.best[:_SHOWN] if p.value or p.passage.cosine)
    signs = (f"{name} {value:.2f}" for name, value in rated.signs if value)
    why = (*signs, *_other_words(concepts, rated.best)) if explain else ()
    return replace(rated.hit, score=rated.score, passages=shown, why=why)


def lifted(documents: Iterable[DocumentHit], statements: Iterable[StatementView]) -> tuple[DocumentHit, ...]:
    """Where it is asked who does something, documents that say so come before those that only speak of it."""
    best: dict[str, float] = {}
    for view in statements:
        best[view.document.id] = max(best.get(view.document.id, 0.0), view.score)
    raised = [
        replace(
            hit,
            score=hit.score + SAYS_WHO * best.get(hit.document.id, 0.0),
            why=(
                *hit.why,
                *(
                    [f"写明承担者 {SAYS_WHO * best[hit.document.id]:.2f}"]
                    if hit.document.id in best and hit.why
                    else ()
                ),
            ),
        )
        for hit in documents
    ]
    return tuple(sorted(raised, key=_order))


def _other_words(concepts: Sequence[Concept], best: Sequence[Scored]) -> tuple[str, ...]:
    """Which other words were found in place of those asked, and where they are known from."""
    found = ((concept, one) for passage in best[:_SHOWN] for concept, one in zip(concepts, passage.found, strict=True))
    return tuple(dict.fromkeys(f"{concept.text} → {one.form}（{one.source}）" for concept, one in found if one.source))


def rank_passages(passages: Iterable[Scored], documents: Sequence[DocumentHit]) -> tuple[Passage, ...]:
    """Passages best first; between equal ones that of the better document, the shorter, the first by its text."""
    scores = {hit.document.id: hit.score for hit in documents}
    best = max(scores.values(), default=0.0) or 1.0
    found = list(passages)
    nearness, most = Nearness.of(one.passage for one in found), max((one.value for one in found), default=0.0)
    own = ((one, nearness.of_passage(one.passage, one.value, most)) for one in found)
    ranked = [
        replace(one.passage, score=value + _DOCUMENT * scores.get(one.passage.document.id, 0.0) / best)
        for one, value in own
        if value
    ]
    return tuple(sorted(ranked, key=lambda passage: (-round(passage.score, 4), len(passage.text), passage.text)))


def named(typed: str, title: str) -> float:
    """How surely a question is this title, misspelt or half remembered: 0..1."""
    asked, core = key(typed), key(title)
    if len(asked) < 4:
        return 0.0
    order = LCSseq.similarity(asked, core) / len(asked)
    pairs, held = bigrams(asked), set(bigrams(core))
    share = sum(pair in held for pair in pairs) / max(len(pairs), 1)
    return max(0.0, (order + share) / 2 - 0.5) * 2 * min(1.0, len(asked) / 8)


def _anywhere(in_title: Sequence[float], scored: Sequence[Scored]) -> list[float]:
    """The best of each concept in the title and all passages."""
    return [max((value, *(p.found[at].value for p in scored))) for at, value in enumerate(in_title)]


def _volume(best: Sequence[Scored]) -> float:
    """Further passages that answer, each telling less: 0..1."""
    return 1 - math.exp(-sum(p.value**2 for p in best[1:]) / 3)


def _density(length: int) -> float:
    return 1 / (1 + 0.1 * math.log(max(length, _TYPICAL) / _TYPICAL))


def _of_year(hit: DocumentHit, years: Sequence[int]) -> float:
    """A year asked for, as the document's own, and more so in its title, which tells yearly twins apart."""
    if not years:
        return 0.0
    signed = hit.document.signed
    own = year_of_number(hit.document.number) or (signed.year if signed else None)
    return YEAR * (own in years) + YEAR_IN_TITLE * any(str(year) in hit.document.title for year in years)
