"""Passages near to a question in meaning, within the same filters as any other search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from gongbao.corpus.errors import GongbaoError
from gongbao.index.engine import Ask, Engine, Everything, Filtered, Keyword, Query
from gongbao.index.meaning.embed import embedded
from gongbao.index.meaning.encoder import Encoder, NoEncoder, Vector
from gongbao.index.meaning.finished import MeaningState, held_by
from gongbao.index.meaning.passages import key_of
from gongbao.index.meaning.vectors import Key, Vectors
from gongbao.index.models import Passage
from gongbao.index.payload import read_passage
from gongbao.index.schema import EntryKind, Field

WANTED = 200  # passages: enough for the best of some sixty documents
_ALL_COMPARED = 5_000  # passages that pass the filters up to which each one is compared
_ENOUGH = 50  # that pass the filters
_AT_ONCE = 500  # passages fetched by their keys
_KEPT = 1 << 12  # directions of texts that were read; the same statements answer many questions
_WIDEST = 10_000  # nearest passages among which those that pass the filters are looked for, where they are more


@dataclass(frozen=True, slots=True)
class Neighbour:
    """`cosine` (-1..1) of the angle between question and passage."""

    passage: Passage
    cosine: float


class Meaning:
    """What a question means, in the passages of one home."""

    def __init__(self, engine: Engine, encoder: Encoder) -> None:
        self._engine = engine
        self._encoder = encoder
        self._held: tuple[str, str] | None = None  # a revision of the index, and what it holds
        self._direction = lru_cache(_KEPT)(lambda text: encoder.embed([text])[0])

    def near(self, question: str, where: Sequence[Query] = ()) -> tuple[Neighbour, ...]:
        """Nearest first; () where words alone answer (`missing`)."""
        if not question.strip() or self.missing():
            return ()
        vectors, vector = self._engine.vectors(self._encoder.version), self._direction(question)
        return self._found(vectors, vector, tuple(where))

    def missing(self) -> str | None:
        """Why questions are answered by their words alone: no model, or not all passages have a direction yet."""
        try:
            self._encoder.check()
        except NoEncoder as error:
            return error.message
        vectors = self._engine.vectors(self._encoder.version)
        ready, finished = vectors.count(), vectors.finished()
        if not ready:
            return "尚未运行 gongbao embed"
        if finished and finished.passages <= ready and finished.held == self._holds():
            return None
        return "语义向量尚未算完，运行 gongbao embed 接着算"

    def cosines(self, question: str, texts: Sequence[str]) -> list[float] | None:
        """Of each text with the question, for a few texts: they are read now. None where there is no model."""
        try:
            rows = np.stack([self._direction(text) for text in (question, *texts)]).astype(np.float32)
        except NoEncoder:
            return None
        lengths = np.linalg.norm(rows, axis=1)
        found = (rows[1:] @ rows[0]) / np.maximum(lengths[1:] * lengths[0], 1.0)
        return [float(value) for value in found]

    def nearest_of(self, words: str, passages: Sequence[Passage]) -> float:
        """The greatest cosine of words with one of these passages; 0 where there is nothing to compare."""
        keys = [key_of(one.document.title, one.document.issuer, one.text) for one in passages]
        known = [key for key in keys if key]
        if not known or not words.strip():
            return 0.0
        vector = self._direction(words)
        found = self._engine.vectors(self._encoder.version).nearest(vector, 1, known)
        return found[0][1] if found else 0.0

    def state(self) -> MeaningState:
        try:
            missing = self.missing()
            vectors = self._engine.vectors(self._encoder.version)
            finished = None if missing else vectors.finished()
            done = (finished.passages,) * 2 if finished else embedded(self._engine, vectors)
        except GongbaoError as error:
            return MeaningState(0, 0, error.message)
        return MeaningState(*done, missing)

    def _holds(self) -> str:
        """What the index holds, read anew where it was written since."""
        revision = self._engine.revision()
        if self._held is None or revision is None or self._held[0] != revision:
            self._held = revision or "", held_by(self._engine.stamps())
        return self._held[1]

    def _found(self, vectors: Vectors, vector: Vector, where: tuple[Query, ...]) -> tuple[Neighbour, ...]:
        """The nearest that pass the filters; looked for ever farther where few of the nearest do."""
        among, size = self._passing(where), WANTED
        while True:
            nearest = vectors.nearest(vector, size, among)
            found = self._read(nearest, where)
            if among is not None or not where or len(found) >= _ENOUGH or len(nearest) < size or size >= _WIDEST:
                return found
            size *= 10

    def _passing(self, where: tuple[Query, ...]) -> list[Key] | None:
        """The keys of all passages that pass, where they are few enough to be compared one by one."""
        passing = Filtered(Everything(), where)
        if not where or self._engine.count(EntryKind.PASSAGE, passing) > _ALL_COMPARED:
            return None
        facets = self._engine.facets(EntryKind.PASSAGE, passing, (Field.MEANING,), size=_ALL_COMPARED)
        return [value.value for facet in facets for value in facet.values]

    def _read(self, nearest: Sequence[tuple[Key, float]], where: tuple[Query, ...]) -> tuple[Neighbour, ...]:
        """The passages with these directions that pass and are still in the index, nearest first, as many as wanted."""
        found: list[Neighbour] = []
        for first in range(0, len(nearest), _AT_ONCE):
            cosines = dict(nearest[first : first + _AT_ONCE])
            query = Filtered(Keyword(Field.MEANING, tuple(cosines)), where)
            hits = self._engine.search(Ask(EntryKind.PASSAGE, query, size=2 * _AT_ONCE, counted=False)).items
            found += sorted(_neighbours(map(read_passage, hits), cosines), key=lambda one: -one.cosine)
            if len(found) >= WANTED:
                break
        return tuple(found[:WANTED])


def _neighbours(passages: Iterable[Passage], cosines: Mapping[Key, float]) -> Iterator[Neighbour]:
    for passage in passages:
        key = key_of(passage.document.title, passage.document.issuer, passage.text)
        if key and key in cosines:
            yield Neighbour(passage, cosines[key])
