"""The embedded engine: tantivy, in this process, in a folder of the home."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from gongbao.corpus.errors import IndexMissing
from gongbao.index.embedded.files import STAMP, clear_debris, create, current, publish
from gongbao.index.embedded.order import in_order, take
from gongbao.index.embedded.reader import IndexReader, KindSnapshot, readable
from gongbao.index.embedded.rows import MEANING
from gongbao.index.embedded.vectors import EmbeddedVectors
from gongbao.index.embedded.writer import EmbeddedWriter
from gongbao.index.engine import MOST_RANKED, Ask, Everything, Filtered, Hit, Hits, Keyword, Query, Writer, lines_of
from gongbao.index.lock import WriterLock, interrupted, marked, revision
from gongbao.index.models import Facet, FacetValue, Sort
from gongbao.index.order import read_cursor, sort_key
from gongbao.index.schema import SCHEMA_VERSION, EntryKind, Field
from tantivy import Query as Compiled
from tantivy import SearchResult

_SCAN_PAGE = 5_000  # hits; each page walks the sort keys of all that matches
_TIES = 50  # hits looked at beyond a page, so that equal scores come as printed
# tantivy counts up to 65,000 values at once; with more than 10,000 of a field, the seldom ones are left out.
_MANY, _AT_ONCE = 10_000, 6


class EmbeddedEngine:
    """See `gongbao.index.engine.Engine`."""

    name = "embedded"

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = WriterLock(root)
        self._reader = IndexReader(root)
        self._vectors: dict[str, EmbeddedVectors] = {}

    # --- reading

    def search(self, ask: Ask) -> Hits:
        snapshot = self._reader.snapshot(ask.kind)
        with readable(self._root):
            return _ranked(snapshot, snapshot.compile(ask.query), ask)

    def search_all(self, asks: Sequence[Ask]) -> tuple[Hits, ...]:
        return tuple(self.search(ask) for ask in asks)

    def count(self, kind: EntryKind, query: Query) -> int:
        snapshot = self._reader.snapshot(kind)
        with readable(self._root):
            if isinstance(query, Everything):
                return int(snapshot.searcher.num_docs)
            return _total(snapshot.searcher.search(snapshot.compile(query), 1))

    def facets(self, kind: EntryKind, query: Query, fields: Sequence[Field], size: int = 20) -> tuple[Facet, ...]:
        snapshot = self._reader.snapshot(kind)
        with readable(self._root):
            compiled = snapshot.compile(query)
            parts = (fields[at : at + _AT_ONCE] for at in range(0, len(fields), _AT_ONCE))
            return tuple(facet for part in parts for facet in _count(snapshot, compiled, part, size))

    def terms(self, kind: EntryKind, field: Field, prefix: str = "", size: int = 20) -> tuple[FacetValue, ...]:
        snapshot = self._reader.snapshot(kind)
        with readable(self._root):
            found = snapshot.searcher.terms_with_prefix(field.value, prefix, Compiled.all_query())
        ranked = sorted(found, key=lambda pair: (-pair[1], pair[0]))
        return tuple(FacetValue(value, count) for value, count in ranked[:size])

    def frequencies(self, kind: EntryKind, field: Field, tokens: Sequence[str]) -> tuple[int, ...]:
        searcher = self._reader.snapshot(kind).searcher
        with readable(self._root):
            return tuple(searcher.doc_freq(field.value, token) for token in tokens)

    def page(self, kind: EntryKind, query: Query, sort: Sort | Field, size: int, after: str | None = None) -> Hits:
        place, field = read_cursor(after), sort_key(sort)
        snapshot = self._reader.snapshot(kind)
        with readable(self._root):
            items, cursor = take(in_order(snapshot, query, field, place, size + 1), size)
        return Hits(items, self.count(kind, query), cursor)

    def scan(self, kind: EntryKind, query: Query, sort: Sort | Field = Sort.PRINTED) -> Iterator[Hit]:
        field = sort_key(sort)
        snapshot = self._reader.snapshot(kind)
        with readable(self._root):
            for _, hit in in_order(snapshot, query, field, None, _SCAN_PAGE):
                yield hit

    def explain(self, kind: EntryKind, query: Query, entry: str) -> tuple[str, ...]:
        snapshot = self._reader.snapshot(kind)
        compiled = snapshot.compile(query)
        with readable(self._root):
            only = snapshot.compile(Filtered(query, where=(Keyword(Field.ID, (entry,)),)))
            found = snapshot.searcher.search(only, 1, count=False).hits
            if not found:
                return ()
            return tuple(lines_of(json.loads(compiled.explain(snapshot.searcher, found[0][1]).to_json())))

    def stamps(self) -> dict[str, str]:
        return dict(stamp.split("\t", 1) for stamp in self._values(EntryKind.DOCUMENT, STAMP))

    def documents(self, kind: EntryKind) -> set[str]:
        return set(self._values(kind, Field.DOCUMENT.value))

    def _values(self, kind: EntryKind, name: str) -> list[str]:
        """Every value of a key field; none where there is no index of this schema."""
        try:
            snapshot = self._reader.snapshot(kind)
        except IndexMissing:
            return []
        with readable(self._root):
            return [value for value, _ in snapshot.searcher.terms_with_prefix(name, "", Compiled.all_query())]

    def vectors(self, model: str) -> EmbeddedVectors:
        found = self._vectors.get(model)
        if found is None:
            found = self._vectors[model] = EmbeddedVectors(self._root / MEANING, model)
        return found

    # --- writing

    def locked(self) -> AbstractContextManager[None]:
        return self._lock.held()

    @contextmanager
    def writer(self, fresh: bool = False) -> Iterator[Writer]:
        with self._lock.taken():
            clear_debris(self._root)
            generation = None if fresh else current(self._root)
            beside = generation is None or generation.schema != SCHEMA_VERSION
            if generation is None or beside:
                generation = create(self._root)
            if beside and current(self._root) is None:  # nothing to keep in use meanwhile
                publish(self._root, generation)
            with marked(self._root):
                writer = EmbeddedWriter(generation)
                yield writer
                writer.close()
                publish(self._root, generation)
            clear_debris(self._root)

    def interrupted(self) -> bool:
        return interrupted(self._root)

    def revision(self) -> str | None:
        return revision(self._root)

    def close(self) -> None:
        self._reader.close()


def _ranked(snapshot: KindSnapshot, compiled: Compiled, ask: Ask) -> Hits:
    end = min(ask.offset + ask.size, MOST_RANKED)
    found = snapshot.searcher.search(compiled, max(end + _TIES, 1), count=ask.counted)
    addresses = [address for _, address in found.hits]
    printed = snapshot.searcher.fast_field_values(Field.PRINTED_ORDER.value, addresses)
    best = sorted(zip(found.hits, printed, strict=True), key=lambda pair: (-pair[0][0], pair[1]))
    items = tuple(snapshot.hit(address, score) for (score, address), _ in best[ask.offset : end])
    return Hits(items, _total(found) if ask.counted else len(items))


def _total(found: SearchResult) -> int:
    return int(found.count)  # type: ignore[attr-defined]  # left out of tantivy's stubs


def _count(snapshot: KindSnapshot, query: Compiled, fields: Sequence[Field], size: int) -> Iterator[Facet]:
    asked = {f.value: {"terms": {"field": f.value, "size": _MANY, "segment_size": _MANY}} for f in fields}
    found = snapshot.searcher.aggregate(query, asked)
    for field in fields:
        yield Facet(field.value, _most_frequent(found[field.value]["buckets"], size))


def _most_frequent(buckets: list[dict[str, Any]], size: int) -> tuple[FacetValue, ...]:
    """Equal counts by value."""
    ranked = sorted(buckets, key=lambda bucket: (-bucket["doc_count"], bucket["key"]))
    return tuple(FacetValue(_as_text(bucket["key"]), int(bucket["doc_count"])) for bucket in ranked[:size])


def _as_text(value: object) -> str:
    return str(int(value)) if isinstance(value, float) else str(value)
