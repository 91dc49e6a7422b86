"""A model of subjects as it is kept and applied."""

from __future__ import annotations

import math
from collections import Counter

from gongbao.corpus.document import Document
from gongbao.corpus.language.cutting import jieba
from gongbao.nlp.learning.weights import Number
from gongbao.nlp.subjects import weights_of
from pydantic.dataclasses import dataclass

_TITLE = 5  # the title counts as often as if it stood there five times
_READ = 3_000  # characters of text beside title and headings
_LENGTHS = range(2, 5)  # characters of a word
_LISTS_WEIGH = 10.0  # what the word lists say, against the length 1 of all words together
_BESIDE, _MOST = 0.5, 3  # further subjects: how much less than the first one scores, and how many in all


@dataclass(frozen=True, slots=True)
class TopicModel:
    """A score for each class: `intercepts`, and for each feature one weight per class.

    Features are words, weighed by `idf` and by how often they stand there, and `=class`: the share
    that the word lists give to a class.
    """

    classes: tuple[str, ...]
    intercepts: tuple[Number, ...]
    idf: dict[str, Number]
    weights: dict[str, tuple[Number, ...]]

    def __post_init__(self) -> None:
        widths = {len(self.intercepts), *map(len, self.weights.values())}
        if not self.classes or widths != {len(self.classes)}:
            raise ValueError("weights and classes differ in number")

    def subjects_of(self, document: Document) -> tuple[str, ...]:
        """Up to three, best first, as `gongbao.nlp.subjects` gives them."""
        return self.best(words_of(document), lists_of(document))

    def best(self, words: Counter[str], lists: dict[str, float]) -> tuple[str, ...]:
        scores = list(self.intercepts)
        for feature, value in (tfidf(words, self.idf) | lists).items():
            for at, weight in enumerate(self.weights.get(feature, ())):
                scores[at] += value * weight
        order = sorted(range(len(scores)), key=lambda at: (-scores[at], at))[:_MOST]
        return tuple(self.classes[at] for at in order if scores[at] >= max(scores) - _BESIDE)


def words_of(document: Document) -> Counter[str]:
    """Words of title, headings and the beginning of the text, with how often they stand there."""
    headings = "\n".join(heading.text for heading in document.headings)
    text = f"{document.title}\n" * _TITLE + headings + "\n" + document.body()[:_READ]
    return Counter(word for word in jieba.cut(text, HMM=False) if len(word) in _LENGTHS and word.isalpha())


def lists_of(document: Document) -> dict[str, float]:
    """What the word lists say, as features."""
    found = weights_of(document)
    total = sum(found.values()) or 1.0
    return {f"={name}": _LISTS_WEIGH * weight / total for name, weight in sorted(found.items())}


def tfidf(words: Counter[str], idf: dict[str, float]) -> dict[str, float]:
    """Of length 1."""
    found = {word: (1 + math.log(words[word])) * weight for word, weight in idf.items() if word in words}
    length = math.sqrt(sum(value * value for value in found.values())) or 1.0
    return {word: value / length for word, value in found.items()}
