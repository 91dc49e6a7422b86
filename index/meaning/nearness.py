"""How near in meaning documents, statements and deadlines are to a question, from the passages found near it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongbao.index.match import plain
from gongbao.index.meaning.passages import key_of
from gongbao.index.models import Passage
from gongbao.index.passages import ROW

SPAN = 0.2  # of cosine below the nearest passage, from which on nothing is near
WORDS, MEANING = 0.5, 0.5  # of a score, where both were looked at
_TELLING = 8  # characters of a passage that may stand for what holds it


@dataclass(frozen=True, slots=True)
class Nearness:
    """Cosines as 0..1: a cosine says little by itself; what tells is how far below the nearest of all it stands.

    `nearest`: the greatest cosine, 0 where nothing was looked at for its meaning; `texts`: by document, plain.
    """

    nearest: float
    texts: Mapping[str, list[tuple[str, float]]]

    @staticmethod
    def of(passages: Iterable[Passage]) -> Nearness:
        found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
        for passage in passages:
            if passage.cosine > 0:
                found[passage.document.id].append((plain(passage.text), passage.cosine))
        nearest = max((cosine for own in found.values() for _, cosine in own), default=0.0)
        return Nearness(nearest, dict(found))

    def __bool__(self) -> bool:
        return self.nearest > 0

    def of_cosine(self, cosine: float) -> float:
        return max(1 - (self.nearest - cosine) / SPAN, 0.0) if cosine > 0 else 0.0

    def of_document(self, document: str) -> float:
        return self.of_cosine(max((cosine for _, cosine in self.texts.get(document, ())), default=0.0))

    def documents(self, most: int) -> tuple[str, ...]:
        """The nearest ones."""
        return tuple(sorted(self.texts, key=self.of_document, reverse=True)[:most])

    def of_text(self, document: str, text: str) -> float:
        """Of the passages of this document that hold the text, or stand in it."""
        own = plain(text)
        found = (c for t, c in self.texts.get(document, ()) if own in t or (len(t) >= _TELLING and t in own))
        return self.of_cosine(max(found, default=0.0))

    def of_passage(self, passage: Passage, by_words: float, most: float) -> float:
        """One score of a passage. What its own text does not say cannot be near: a row of figures under its header
        counts by the words of both, as much as if its meaning were as near."""
        own = by_words / (most or 1.0) if _figures(passage) else self.of_cosine(passage.cosine)
        return self.joined(by_words, most, own)

    def joined(self, by_words: float, most: float, near: float) -> float:
        """One score from what words tell, of `most` that they tell anywhere, and from 0..1 of nearness."""
        return WORDS * by_words + MEANING * (most or 1.0) * near if self else by_words


def _figures(passage: Passage) -> bool:
    """Whether this is a row with too few words to have a direction: 中型货车 0.85 1.20."""
    ref = passage.document
    return passage.block == ROW and not passage.cosine and key_of(ref.title, ref.issuer, passage.text) is None
