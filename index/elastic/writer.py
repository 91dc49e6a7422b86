"""Writing to Elasticsearch: bulks bounded by bytes, documents last, refusals reported.

A document's own entry, which carries its stamp, is sent after its other entries are in, and
without the stamp where one of them was refused, so that the next update tries again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk
from gongbao.index.elastic.client import spoken
from gongbao.index.elastic.names import PAYLOAD, STAMP, Generation
from gongbao.index.engine import Batch, IndexEntry, Rejection
from gongbao.index.schema import EntryKind, Field

_BULK_BYTES = 8 * 1024 * 1024
_BULK_ENTRIES = 2_000
_RETRIES = 6  # of entries that a busy server turns away, after 0.5, 1, 2 … seconds
_IDS_PAGE = 5_000

Action = dict[str, Any]


class ElasticWriter:
    """See `gongbao.index.engine.Writer`."""

    def __init__(self, client: Elasticsearch, url: str | None, generation: Generation, *, empty: bool) -> None:
        self._client = client
        self._url = url
        self._indices = generation.indices
        self._empty = empty  # nothing to be replaced
        self._batches: list[Batch] = []
        self._removed: set[str] = set()
        self._written: set[str] = set()
        self._owners: dict[str, str] = {}  # entry → document, of what is being sent
        self._bytes = 0
        self._rejected: dict[str, str] = {}
        if not empty:
            self._refresh()  # what a killed writer left must be seen to be replaced

    def put(self, batch: Batch) -> None:
        self._before_again(batch.document)
        self._batches.append(batch)
        self._bytes += sum(_size(entry) for entry in batch.entries)
        if self._bytes >= _BULK_BYTES:
            self._flush()

    def remove(self, document: str) -> None:
        self._before_again(document)
        self._removed.add(document)

    def commit(self) -> None:
        self._flush()
        self._refresh()

    def rejected(self) -> tuple[Rejection, ...]:
        self._flush()
        return tuple(Rejection(document, cause) for document, cause in sorted(self._rejected.items()))

    def _before_again(self, document: str) -> None:
        """What was written of this document must be seen before it is replaced once more."""
        if document in self._written:
            self.commit()
            self._written.clear()
            self._empty = False
        self._written.add(document)

    def _refresh(self) -> None:
        with spoken(self._url):
            self._client.indices.refresh(index=",".join(self._indices.values()))

    def _flush(self) -> None:
        if not self._batches and not self._removed:
            return
        batches, removed = self._batches, self._removed
        self._batches, self._removed, self._bytes = [], set(), 0
        self._owners = {entry.id: batch.document for batch in batches for entry in batch.entries}
        with spoken(self._url):
            self._send(self._stale(batches, removed, self._others))
            self._send(self._puts(batches, self._others))
            self._send(self._stale([], removed, [EntryKind.DOCUMENT]))
            self._send(self._puts(batches, [EntryKind.DOCUMENT]))

    @property
    def _others(self) -> list[EntryKind]:
        return [kind for kind in EntryKind if kind is not EntryKind.DOCUMENT]

    def _puts(self, batches: list[Batch], kinds: list[EntryKind]) -> Iterator[Action]:
        for batch in batches:
            for entry in batch.entries:
                if entry.kind in kinds:
                    stamp = None if batch.document in self._rejected else batch.stamp
                    yield {"_op_type": "index", "_index": self._indices[entry.kind], "_id": entry.id} | _row(
                        entry, stamp
                    )

    def _stale(self, batches: list[Batch], removed: set[str], kinds: list[EntryKind]) -> Iterator[Action]:
        """Deletions of entries that these documents had and have no longer."""
        documents = sorted({batch.document for batch in batches} | removed)
        if self._empty or not documents:
            return
        for kind in kinds:
            kept = {entry.id for batch in batches for entry in batch.entries if entry.kind is kind}
            for entry in self._ids(kind, documents):
                if entry not in kept:
                    yield {"_op_type": "delete", "_index": self._indices[kind], "_id": entry}

    def _ids(self, kind: EntryKind, documents: list[str]) -> list[str]:
        found: list[str] = []
        after: list[Any] | None = None
        while True:
            answer = self._client.search(
                index=self._indices[kind],
                query={"terms": {Field.DOCUMENT.value: documents}},
                sort=[{Field.ID.value: "asc"}],
                size=_IDS_PAGE,
                search_after=after,
                source=False,
                track_total_hits=False,
            )
            hits = answer["hits"]["hits"]
            found.extend(hit["_id"] for hit in hits)
            if len(hits) < _IDS_PAGE:
                return found
            after = hits[-1]["sort"]

    def _send(self, actions: Iterable[Action]) -> None:
        """Entries that the server turns away as busy are tried again; what it refuses is kept for the report."""
        results = streaming_bulk(
            self._client,
            actions,
            chunk_size=_BULK_ENTRIES,
            max_chunk_bytes=_BULK_BYTES,
            max_retries=_RETRIES,
            initial_backoff=0.5,
            max_backoff=8,
            raise_on_error=False,
            yield_ok=False,
        )
        for _, result in results:
            self._note(result)

    def _note(self, result: dict[str, Any]) -> None:
        (operation, item), *_ = result.items()
        if operation == "delete" and item.get("status") == 404:
            return  # gone already
        cause = item.get("error")
        words = cause.get("reason") if isinstance(cause, dict) else cause
        entry = str(item.get("_id"))
        self._rejected.setdefault(self._owners.get(entry, entry), f"{item.get('status')} {words}"[:300])


def _size(entry: IndexEntry) -> int:
    """Bytes, nearly: Chinese characters take three."""
    return 3 * (len(entry.payload) + sum(len(text) for _, text in entry.texts))


def _row(entry: IndexEntry, stamp: str | None) -> Action:
    row: Action = {field.value: text for field, text in entry.texts}
    row |= {field.value: values for field, values in entry.keys}
    row |= {field.value: numbers for field, numbers in entry.numbers}
    row |= {Field.ID.value: entry.id, PAYLOAD: entry.payload}
    if entry.kind is EntryKind.DOCUMENT and stamp is not None:
        row[STAMP] = stamp
    return row
