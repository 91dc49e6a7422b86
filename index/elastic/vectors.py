"""Directions of passages in an index of their own, which outlives the indices of entries: key → dense_vector."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError
from elasticsearch.helpers import bulk
from gongbao.index.elastic.client import spoken
from gongbao.index.elastic.names import IndexNames
from gongbao.index.lock import locked
from gongbao.index.meaning.encoder import SIZE, Vector
from gongbao.index.meaning.finished import Finished, read_mark, write_mark
from gongbao.index.meaning.vectors import Key
from gongbao.index.settings import EngineSettings

_FIELD = "vector"
_MOST = 10_000  # candidates that the server takes
_CANDIDATES = 4  # looked at for each one that is wanted
_PAGE = 5_000
_STALE = 0.5  # as of the embedded engine
_SHAPE: dict[str, Any] = {
    "dynamic": "strict",
    "_source": {"enabled": False},
    "properties": {
        _FIELD: {
            "type": "dense_vector",
            "dims": SIZE,
            "element_type": "byte",
            "similarity": "cosine",
            "index_options": {"type": "hnsw"},
        },
        "key": {"type": "keyword"},
    },
}


class ElasticVectors:
    """See `gongbao.index.meaning.vectors.Vectors`. `root` holds the writer's lock."""

    def __init__(
        self, client: Elasticsearch, settings: EngineSettings, names: IndexNames, root: Path, model: str
    ) -> None:
        self._client = client
        self._url = settings.url
        self._replicas = settings.replicas
        self._index = f"{names.meaning}-{re.sub(r'[^a-z0-9.-]', '-', model.lower())}"
        self._root = root
        self._mark = root / f"{self._index}.finished.json"

    def _fits(self) -> bool:
        """What is there, if anything, are directions of this size: another program may have left others."""
        with spoken(self._url):
            try:
                found = self._client.indices.get_mapping(index=self._index)
            except NotFoundError:
                return True
        shapes = (each["mappings"].get("properties", {}) for each in found.values())
        return all(shape.get(_FIELD, {}).get("dims") == SIZE for shape in shapes)

    def count(self) -> int:
        if not self._fits():
            return 0
        with spoken(self._url):
            try:
                return int(self._client.count(index=self._index)["count"])
            except NotFoundError:
                return 0

    def missing(self, keys: Sequence[Key]) -> list[Key]:
        unique = list(dict.fromkeys(keys))
        if not self._fits():
            return unique
        with spoken(self._url):
            try:
                found = self._client.mget(index=self._index, ids=unique, source=False)["docs"] if unique else []
            except NotFoundError:
                return unique
        return [key for key, one in zip(unique, found, strict=True) if not one.get("found")]

    def add(self, keys: Sequence[Key], rows: Vector) -> None:
        actions = (
            {"_index": self._index, "_id": key, "key": key, _FIELD: row.tolist()}
            for key, row in zip(keys, rows, strict=True)
            if row.any()  # the server refuses a direction of length 0
        )
        self._create()
        with spoken(self._url):
            bulk(self._client, actions)
            self._client.indices.refresh(index=self._index)

    def keep(self, keys: Iterable[Key]) -> None:
        kept = set(keys)
        if len(kept) >= (1 - _STALE) * self.count():
            return
        with spoken(self._url):
            stale = ({"_op_type": "delete", "_index": self._index, "_id": k} for k in self._all() if k not in kept)
            bulk(self._client, stale)
            self._client.indices.refresh(index=self._index)

    def finished(self) -> Finished | None:
        return read_mark(self._mark) if self._fits() else None

    def finish(self, state: Finished) -> None:
        write_mark(self._mark, state)

    def nearest(self, vector: Vector, size: int, among: Sequence[Key] | None = None) -> list[tuple[Key, float]]:
        size = min(size, _MOST)
        if not self._fits():
            return []
        asked: dict[str, Any] = {
            "field": _FIELD,
            "query_vector": vector.tolist(),
            "k": size,
            "num_candidates": min(size * _CANDIDATES, _MOST),
        }
        if among is not None:
            asked["filter"] = {"ids": {"values": list(among)}}
        with spoken(self._url):
            try:
                answer = self._client.search(index=self._index, knn=asked, size=size, source=False)
            except NotFoundError:
                return []
        found = [(str(hit["_id"]), 2 * float(hit["_score"]) - 1) for hit in answer["hits"]["hits"]]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def writing(self) -> AbstractContextManager[None]:
        return locked(self._root)

    def _create(self) -> None:
        fits = self._fits()
        with spoken(self._url):
            if not fits:
                self._client.indices.delete(index=self._index)
            if not self._client.indices.exists(index=self._index):
                settings = {"number_of_shards": 1, "number_of_replicas": self._replicas}
                self._client.indices.create(index=self._index, mappings=_SHAPE, settings=settings)

    def _all(self) -> Iterator[Key]:
        after: list[Any] | None = None
        while True:
            answer = self._client.search(
                index=self._index, sort=[{"key": "asc"}], size=_PAGE, search_after=after, source=False
            )
            hits = answer["hits"]["hits"]
            yield from (str(hit["_id"]) for hit in hits)
            if len(hits) < _PAGE:
                return
            after = hits[-1]["sort"]
