"""How much of a question stands in a text: pure, the same whatever engine found the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.analysis import bigrams, fold, plain_words
from index.query.concepts import Concept

NEAR = 0.8  # the characters in order with little between them: 洗煤厂 in 洗（选）煤厂
APART = 0.8  # all its words, not side by side: 秸秆焚烧 in 秸秆、落叶一律禁止焚烧
PART = 0.5  # times the share of its words, or of its pairs of characters: 养护费 in 养护资金
_SIGNS = re.compile(r"[^\w.%]+|_")
_BETWEEN = 2  # characters that may stand between those of a near match, in all


@dataclass(frozen=True, slots=True)
class Found:
    """`value` 0..1; `form`: what stood there; `place`: 0 at the text's beginning .. 1 at its end."""

    value: float
    form: str = ""
    source: str | None = None
    place: float = 1.0


NOT_FOUND = Found(0.0)


@lru_cache(maxsize=1 << 14)
def plain(text: str) -> str:
    """Folded, letters and digits only."""
    return _SIGNS.sub("", fold(text))


def find(concept: Concept, text: str) -> Found:
    """The best way in which a concept stands in a plain text."""
    best = NOT_FOUND
    for form in concept.forms:
        at = text.find(form.text) if form.weight > best.value else -1
        if at >= 0:
            best = Found(form.weight, form.text, form.source, at / len(text))
    return best if best.value else _inexact(concept.text, text)


def share(concepts: Sequence[Concept], values: Iterable[float]) -> float:
    """How much of a question is there, from how much of each of its concepts is, by what they tell: 0..1."""
    total = sum([concept.weight for concept in concepts]) or 1.0
    return sum([concept.weight * value for concept, value in zip(concepts, values, strict=True)]) / total


def _inexact(typed: str, text: str) -> Found:
    if len(typed) < 3 or typed.isascii():
        return NOT_FOUND
    words, pairs = _pieces(typed)
    if all(char in text for char in typed):
        at = _near(typed, text)
        if at >= 0:
            return Found(NEAR, typed, None, at / len(text))
        if len(words) > 1 and all(word in text for word in words):
            return Found(APART, typed, None, text.find(words[0]) / len(text))
    share = max(_held(words, text) if len(words) > 1 else 0.0, _held(pairs, text))
    return Found(PART * share) if share else NOT_FOUND


def _held(pieces: Sequence[str], text: str) -> float:
    """The share of these pieces, by length, that stand in a text."""
    held = [len(piece) for piece in pieces if piece in text]
    return sum(held) / sum(map(len, pieces)) if held else 0.0


@lru_cache(maxsize=1 << 10)
def _pieces(typed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a term, and its pairs of characters."""
    return plain_words(typed), bigrams(typed)


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
