"""How much of a question stands in a text: pure, the same whatever engine found the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from gongbao.index.analysis import bigrams, fold, plain_words
from gongbao.index.query.concepts import Concept, Spelling

NEAR = 0.8  # the characters in order with little between them: 洗煤厂 in 洗（选）煤厂
APART = 0.8  # all its words, not side by side: 秸秆焚烧 in 秸秆、落叶一律禁止焚烧
SPREAD = 0.6  # the same for another word for what was asked
PART = 0.5  # times the share of its words, or of its pairs of characters: 养护费 in 养护资金
_SIGNS = re.compile(r"[^\w.%]+|_")
_SPREAD = 4  # characters from which another word is looked for in pieces
_WITHIN = 40  # characters between the words of another word: farther apart they speak of different matters
_BETWEEN = 2  # characters that may stand between those of a near match, in all


@dataclass(frozen=True, slots=True)
class FoundConcept:
    """`value` 0..1; `form`: what stood there; `place`: 0 at the text's beginning .. 1 at its end."""

    value: float
    form: str = ""
    source: str | None = None
    place: float = 1.0


NOT_FOUND = FoundConcept(0.0)
_value = attrgetter("value")


@lru_cache(maxsize=1 << 14)
def plain(text: str) -> str:
    """Folded, letters and digits only."""
    return _SIGNS.sub("", fold(text))


def find(concept: Concept, text: str) -> FoundConcept:
    """The best way in which a concept stands in a plain text."""
    best = NOT_FOUND
    for form in concept.forms:
        at = text.find(form.text) if form.weight > best.value else -1
        if at >= 0:
            best = FoundConcept(form.weight, form.text, form.source, at / len(text))
    if best.value:
        return best
    best = _inexact(concept.text, text)
    for form in concept.forms:
        if form.source and len(form.text) >= _SPREAD and form.weight > best.value and form.text[-1] in text:
            best = max(best, _spread(form, text), key=_value)
    return best


def share(concepts: Sequence[Concept], values: Iterable[float]) -> float:
    """How much of a question is there, from how much of each of its concepts is, by what they tell: 0..1."""
    total = sum([concept.weight for concept in concepts]) or 1.0
    return sum([concept.weight * value for concept, value in zip(concepts, values, strict=True)]) / total


def _inexact(typed: str, text: str) -> FoundConcept:
    if len(typed) < 3 or typed.isascii():
        return NOT_FOUND
    found = _in_pieces(typed, text, APART)
    if found.value:
        return found
    words, pairs = _pieces(typed)
    share = max(_held(words, text) if len(words) > 1 else 0.0, _held(pairs, text))
    return FoundConcept(PART * share) if share else NOT_FOUND


def _spread(form: Spelling, text: str) -> FoundConcept:
    """Another word for a concept whose words stand apart: 新能源公交车 in 公交车、出租车更换为新能源汽车."""
    found = _in_pieces(form.text, text, SPREAD, _WITHIN)
    return FoundConcept(form.weight * found.value, form.text, form.source, found.place) if found.value else NOT_FOUND


def _in_pieces(term: str, text: str, apart: float, within: int | None = None) -> FoundConcept:
    """All of a term, with a little between its characters, or its words at different places, `within` so many
    characters of the first where that is said."""
    if not all(char in text for char in term):
        return NOT_FOUND
    at = _near(term, text)
    if at >= 0:
        return FoundConcept(NEAR, term, None, at / len(text))
    words, _ = _pieces(term)
    at = _apart(words, text, within or len(text)) if len(words) > 1 else -1
    return FoundConcept(apart, term, None, at / len(text)) if at >= 0 else NOT_FOUND


def _apart(words: Sequence[str], text: str, within: int) -> int:
    """Where the first word stands with all others so near; -1 nowhere."""
    if not all(word in text for word in words):
        return -1
    at = text.find(words[0])
    while at >= 0:
        around = text[max(at - within, 0) : at + within]
        if all(word in around for word in words):
            return at
        at = text.find(words[0], at + 1)
    return -1


def _held(pieces: Sequence[str], text: str) -> float:
    """The share of these pieces, by length, that stand in a text."""
    held = [len(piece) for piece in pieces if len(piece) > 1 and piece in text]
    return sum(held) / sum(map(len, pieces)) if held else 0.0


@lru_cache(maxsize=1 << 10)
def _pieces(typed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a term, and its pairs of characters where it has no words of its own.

    Of a term with words neither a lone character nor a pair across two of them tells anything: 下大雪 is
    not half in 以下大型车辆.
    """
    words = plain_words(typed)
    return words, () if any(len(word) > 1 for word in words) and len(words) > 1 else bigrams(typed)


def _near(typed: str, text: str) -> int:
    """Where all characters stand in order with at most `_BETWEEN` others among them; -1 nowhere."""
    start = text.find(typed[0])
    while start >= 0:
        window, at = text[start : start + len(typed) + _BETWEEN], 0
        for char in typed:
            at = window.find(char, at) + 1
            if not at:
                break
        else:
            return start
        start = text.find(typed[0], start + 1)
    return -1
