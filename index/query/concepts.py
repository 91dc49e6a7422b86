"""The words of a question as concepts: what must be found, and in which other words it may stand."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from gongbao.index.analysis import fold, plain_words
from gongbao.index.query.numbers import other_numerals
from gongbao.index.synonyms import Synonym, Synonyms

SYNONYM, LAST_SYNONYM = 0.88, 0.7  # how much the first and the last of many synonyms count beside the word asked
OTHER_NUMERAL = 0.95  # 300亩, where 三百亩 was asked
PIECE = 0.5  # a synonym that is but a piece of the word asked: 农药 for 农药残留

_LONGEST_FORMS = 24  # other words for one concept


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling of a concept, folded; `source` says why it stands for it, None for what was typed."""

    text: str
    weight: float
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Concept:
    """`forms`: as typed first. `weight`: how much it tells, from its rarity."""

    text: str
    forms: tuple[Spelling, ...]
    weight: float = 1.0


def find_concepts(words: str, synonyms: Synonyms) -> tuple[Concept, ...]:
    """The concepts of a question's words in order, each once, stop words left out unless nothing else is there."""
    found = [piece for chunk in words.split() for piece in _pieces(chunk, synonyms)]
    telling = [piece for piece in found if piece.text not in stopwords()]
    unique = {concept.text: concept for concept in (telling or found)}
    return tuple(replace(concept, forms=_own_forms(concept, unique)) for concept in unique.values())


def divided(concept: Concept, synonyms: Synonyms) -> tuple[Concept, ...]:
    """The words that a known term is made of, each with its own synonyms: 乡村医生 as 乡村 and 医生.

    () where it is not made of several words.
    """
    pieces = _pieces(concept.text, synonyms, whole=False)
    words = tuple(piece for piece in pieces if len(piece.text) > 1 and piece.text not in stopwords())
    return words if "".join(word.text for word in words) == concept.text and len(words) > 1 else ()


def _own_forms(concept: Concept, asked: Container[str]) -> tuple[Spelling, ...]:
    """Without other words that are asked themselves, so that one word of a text answers for one of the question."""
    return tuple(form for form in concept.forms if form.source is None or form.text not in asked)


def _pieces(chunk: str, synonyms: Synonyms, *, whole: bool = True) -> Iterator[Concept]:
    """Known terms, longest first, and the words between them; single characters that meet are one word.

    `whole`: whether all of the chunk may be one term.
    """
    text = "".join(char for char in fold(chunk) if char.isalnum() or char in ".%")
    at = 0
    for start, end, meanings in _chosen(text, synonyms, whole):
        yield from _words(text[at:start], synonyms)
        yield _known(text[start:end], meanings)
        at = end
    yield from _words(text[at:], synonyms)


def _chosen(text: str, synonyms: Synonyms, whole: bool) -> list[tuple[int, int, tuple[Synonym, ...]]]:
    """Terms that do not overlap: the longest first, then from the left; none that splits a word of letters."""
    chosen: list[tuple[int, int, tuple[Synonym, ...]]] = []
    for term in sorted(synonyms.find(text), key=lambda found: (found[0] - found[1], found[0])):
        if (whole or term[:2] != (0, len(text))) and all(
            term[1] <= start or end <= term[0] for start, end, _ in chosen
        ):
            chosen.append(term)
    return sorted(chosen, key=lambda found: found[0])


def _known(text: str, meanings: Sequence[Synonym]) -> Concept:
    written = (Spelling(other, OTHER_NUMERAL, "数字写法") for other in other_numerals(text))
    others = (
        Spelling(meaning.term, PIECE if meaning.term in text else _nearness(at), meaning.source)
        for at, meaning in enumerate(meanings[:_LONGEST_FORMS])
    )
    return Concept(text, (Spelling(text, 1.0), *written, *others))


def _nearness(at: int) -> float:
    """Files name the nearest synonym first."""
    return max(LAST_SYNONYM, SYNONYM - 0.02 * at)


def _words(text: str, synonyms: Synonyms) -> Iterator[Concept]:
    """Words between known terms; characters that make no word with their neighbours stay together."""
    lone = ""
    for word in plain_words(text):
        if len(word) == 1 and not word.isascii() and word not in stopwords():
            lone += word
            continue
        if lone:
            yield _known(lone, synonyms.table.get(lone, ()))
            lone = ""
        yield _known(word, synonyms.table.get(word, ()))
    if lone:
        yield _known(lone, synonyms.table.get(lone, ()))


@lru_cache(maxsize=1)
def stopwords() -> frozenset[str]:
    lines = Path(__file__).with_name("stopwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
