"""Lists of statements and deadlines: a page at a time, or all of them streamed, by the same conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from gongbao.corpus.errors import NotFound
from gongbao.index.engine import MOST_RANKED, Ask, Engine, Filtered, Hit, Query
from gongbao.index.models import ResultPage, Sort
from gongbao.index.schema import EntryKind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """What is listed: entries of a kind that match, as `read` makes them of hits."""

    engine: Engine
    kind: EntryKind
    query: Query
    where: tuple[Query, ...]
    read: Callable[[Hit], T]

    def page(self, sort: Sort, size: int, cursor: str | None) -> ResultPage[T]:
        """By relevance up to the engine's depth, in a fixed order to any depth; UsageError for a bad cursor."""
        if sort is not Sort.RELEVANCE:
            hits = self.engine.page(self.kind, self._filtered(), sort, size, cursor)
            return ResultPage(self._views(hits.items), hits.total, hits.cursor)
        offset = _offset(cursor)
        hits = self.engine.search(Ask(self.kind, self._filtered(), size=min(size, MOST_RANKED - offset), offset=offset))
        end = offset + len(hits.items)
        more = str(end) if end < min(hits.total, MOST_RANKED) else None
        return ResultPage(self._views(hits.items), hits.total, more)

    def stream(self, sort: Sort) -> Iterator[T]:
        """Everything, in constant memory; by relevance means as printed."""
        order = Sort.PRINTED if sort is Sort.RELEVANCE else sort
        yield from map(self.read, self.engine.scan(self.kind, self._filtered(), order))

    def count(self) -> int:
        return self.engine.count(self.kind, self._filtered())

    def _filtered(self) -> Query:
        return Filtered(self.query, self.where)

    def _views(self, hits: Sequence[Hit]) -> tuple[T, ...]:
        return tuple(map(self.read, hits))


def _offset(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not cursor.isdecimal() or int(cursor) >= MOST_RANKED:
        raise NotFound(f"翻页标记无效：{cursor[:40]}", "从第一页重新开始，或改用按时间、按印发次序排序")
    return int(cursor)
