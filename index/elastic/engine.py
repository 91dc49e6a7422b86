"""The engine for more than one machine: Elasticsearch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from gongbao.corpus.errors import IndexMissing
from gongbao.index.elastic.client import connect, raise_failed, spoken
from gongbao.index.elastic.compile import Body, compile_query
from gongbao.index.elastic.names import PAYLOAD, STAMP, IndexNames, clear_debris, create, current, publish
from gongbao.index.elastic.vectors import ElasticVectors
from gongbao.index.elastic.writer import ElasticWriter
from gongbao.index.engine import MOST_RANKED, Ask, Everything, Hit, Hits, Query, Writer, lines_of
from gongbao.index.lock import WriterLock, interrupted, marked, revision
from gongbao.index.models import Facet, FacetValue, Sort
from gongbao.index.order import OrderKey, read_cursor, sort_key
from gongbao.index.schema import EntryKind, Field
from gongbao.index.settings import EngineSettings

_SCAN_PAGE = 2_000
_COMPOSITE_PAGE = 5_000
_KEEP_ALIVE = "5m"  # between two pages of a scan
_WHOLE: Body = {"allow_partial_search_results": False}  # a shard that fails is an error, not a shorter answer


class ElasticEngine:
    """See `gongbao.index.engine.Engine`. `root` holds the writer's lock."""

    name = "elasticsearch"

    def __init__(self, root: Path, home_id: str, settings: EngineSettings) -> None:
        self._root = root
        self._lock = WriterLock(root)
        self._names = IndexNames(home_id)
        self._settings = settings
        self._client = connect(settings)
        # Several shards count words together, so that a score does not depend on where an entry lies.
        self._search_type = "dfs_query_then_fetch" if settings.shards > 1 else "query_then_fetch"

    # --- reading

    def search(self, ask: Ask) -> Hits:
        with self._spoken():
            answer = self._client.search(
                index=self._names.alias(ask.kind), body=_ranked(ask), search_type=self._search_type, **_WHOLE
            )
        return _hits(ask, answer.body)

    def search_all(self, asks: Sequence[Ask]) -> tuple[Hits, ...]:
        if not asks:
            return ()
        lines: list[Body] = []
        for ask in asks:
            lines += [{"index": self._names.alias(ask.kind), "allow_partial_search_results": False}, _ranked(ask)]
        with self._spoken():
            answers = self._client.msearch(searches=lines, search_type=self._search_type)["responses"]
        for answer in answers:
            raise_failed(answer)
        return tuple(_hits(ask, answer) for ask, answer in zip(asks, answers, strict=True))

    def count(self, kind: EntryKind, query: Query) -> int:
        with self._spoken():
            return int(self._client.count(index=self._names.alias(kind), query=compile_query(query))["count"])

    def facets(self, kind: EntryKind, query: Query, fields: Sequence[Field], size: int = 20) -> tuple[Facet, ...]:
        asked = {field.value: {"terms": {"field": field.value, "size": size}} for field in fields}
        found = self._aggregate(kind, compile_query(query), asked)
        return tuple(Facet(field.value, _values(found[field.value]["buckets"])) for field in fields)

    def terms(self, kind: EntryKind, field: Field, prefix: str = "", size: int = 20) -> tuple[FacetValue, ...]:
        asked: Body = {"field": field.value, "size": size}
        if prefix:
            asked["include"] = re.sub(r"([^\w\s])", r"\\\1", prefix) + ".*"
        query = compile_query(Everything())
        return _values(self._aggregate(kind, query, {"terms": {"terms": asked}})["terms"]["buckets"])

    def frequencies(self, kind: EntryKind, field: Field, tokens: Sequence[str]) -> tuple[int, ...]:
        if not tokens:
            return ()
        filters = [{"term": {field.value: token}} for token in tokens]
        found = self._aggregate(kind, compile_query(Everything()), {"tokens": {"filters": {"filters": filters}}})
        return tuple(int(bucket["doc_count"]) for bucket in found["tokens"]["buckets"])

    def page(self, kind: EntryKind, query: Query, sort: Sort | Field, size: int, after: str | None = None) -> Hits:
        place, field = read_cursor(after), sort_key(sort)
        with self._spoken():
            answer = self._client.search(
                index=self._names.alias(kind),
                query=compile_query(query),
                sort=[{field.value: "asc"}, {Field.ID.value: "asc"}],
                search_after=[place.key, place.id] if place else None,
                size=size + 1,
                source_includes=[PAYLOAD],
                track_total_hits=True,
                **_WHOLE,
            )
        found = answer["hits"]["hits"]
        last = found[size - 1]["sort"] if len(found) > size else None
        cursor = OrderKey(int(last[0]), str(last[1])).cursor() if last else None
        return Hits(tuple(_hit(one) for one in found[:size]), int(answer["hits"]["total"]["value"]), cursor)

    def scan(self, kind: EntryKind, query: Query, sort: Sort | Field = Sort.PRINTED) -> Iterator[Hit]:
        order = [{sort_key(sort).value: "asc"}, {Field.ID.value: "asc"}]
        for one in self._walk(kind, compile_query(query), order, source_includes=[PAYLOAD]):
            yield _hit(one)

    def explain(self, kind: EntryKind, query: Query, entry: str) -> tuple[str, ...]:
        with self._spoken():
            index, body = self._names.alias(kind), compile_query(query)
            answer = self._client.options(ignore_status=404).explain(index=index, id=entry, query=body)
        raise_failed(answer.body)
        return tuple(lines_of(answer["explanation"])) if answer["matched"] else ()

    def stamps(self) -> dict[str, str]:
        order = [{Field.ID.value: "asc"}]
        try:
            found = self._walk(EntryKind.DOCUMENT, {"match_all": {}}, order, source=False, docvalue_fields=[STAMP])
            return {one["_id"]: one["fields"][STAMP][0] for one in found if "fields" in one}
        except IndexMissing:
            return {}

    def documents(self, kind: EntryKind) -> set[str]:
        found: set[str] = set()
        asked: Body = {"size": _COMPOSITE_PAGE, "sources": [{"id": {"terms": {"field": Field.DOCUMENT.value}}}]}
        try:
            while True:
                answer = self._aggregate(kind, {"match_all": {}}, {"ids": {"composite": asked}})["ids"]
                found.update(str(bucket["key"]["id"]) for bucket in answer["buckets"])
                if "after_key" not in answer:
                    return found
                asked["after"] = answer["after_key"]
        except IndexMissing:
            return set()

    def interrupted(self) -> bool:
        return interrupted(self._root)

    def revision(self) -> str | None:
        return revision(self._root)

    def vectors(self, model: str) -> ElasticVectors:
        return ElasticVectors(self._client, self._settings, self._names, self._root / "meaning", model)

    # --- writing

    def locked(self) -> AbstractContextManager[None]:
        return self._lock.held()

    @contextmanager
    def writer(self, fresh: bool = False) -> Iterator[Writer]:
        with self._lock.taken():
            with self._spoken():
                clear_debris(self._client, self._names)
                generation = None if fresh else current(self._client, self._names)
                beside = generation is None
                generation = generation or create(self._client, self._names, self._settings)
            with marked(self._root):
                writer = ElasticWriter(self._client, self._settings.url, generation, empty=beside)
                yield writer
                writer.commit()
                with self._spoken():
                    publish(self._client, self._names, generation, self._settings)
                    clear_debris(self._client, self._names)

    def close(self) -> None:
        self._client.close()

    # --- plumbing

    @contextmanager
    def _spoken(self) -> Iterator[None]:
        with spoken(self._settings.url):
            yield

    def _aggregate(self, kind: EntryKind, query: Body, asked: Body) -> Body:
        with self._spoken():
            answer = self._client.search(
                index=self._names.alias(kind), query=query, aggregations=asked, size=0, track_total_hits=False, **_WHOLE
            )
            found: Body = answer["aggregations"]
            return found

    def _walk(self, kind: EntryKind, query: Body, order: list[Body], **shown: Any) -> Iterator[Body]:
        """All that matches, as it stands now: a point in time, page by page."""
        with self._spoken():
            opened = self._client.open_point_in_time(index=self._names.alias(kind), keep_alive=_KEEP_ALIVE)
            pit, after = opened["id"], None
            try:
                while True:
                    answer = self._client.search(
                        pit={"id": pit, "keep_alive": _KEEP_ALIVE},
                        query=query,
                        sort=order,
                        search_after=after,
                        size=_SCAN_PAGE,
                        track_total_hits=False,
                        **_WHOLE,
                        **shown,
                    )
                    found, pit = answer["hits"]["hits"], answer["pit_id"]
                    yield from found
                    if len(found) < _SCAN_PAGE:
                        return
                    after = found[-1]["sort"]
            finally:
                self._client.options(ignore_status=404).close_point_in_time(id=pit)


def _ranked(ask: Ask) -> Body:
    size = max(min(ask.size, MOST_RANKED - ask.offset), 0)
    return {
        "query": compile_query(ask.query),
        "sort": [{"_score": "desc"}, {Field.PRINTED_ORDER.value: "asc"}],
        "size": size,
        "from": ask.offset if size else 0,
        "_source": [PAYLOAD],
        "track_total_hits": ask.counted,
    }


def _hits(ask: Ask, answer: Body) -> Hits:
    items = tuple(_hit(one) for one in answer["hits"]["hits"])
    return Hits(items, int(answer["hits"]["total"]["value"]) if ask.counted else len(items))


def _hit(one: Body) -> Hit:
    return Hit(one["_id"], float(one.get("_score") or 0.0), one["_source"][PAYLOAD])


def _values(buckets: list[Body]) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets)
