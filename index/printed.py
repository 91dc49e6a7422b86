"""An index as the public sees it: what is printed, whatever the 台账 says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import fields, replace
from typing import Any

from gongbao.index.engine import Ask, Engine, Hit, Hits, Query, Writer
from gongbao.index.meaning.vectors import Vectors
from gongbao.index.models import Facet, FacetValue, Sort
from gongbao.index.order import sort_key
from gongbao.index.schema import AS_PRINTED, FOLLOWED, EntryKind, Field


class AsPrinted:
    """See `gongbao.index.engine.Engine`: what is asked of a field that the 台账 changes is asked of its twin."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.name = engine.name

    def search(self, ask: Ask) -> Hits:
        return self._engine.search(_asked(ask))

    def search_all(self, asks: Sequence[Ask]) -> tuple[Hits, ...]:
        return self._engine.search_all([_asked(ask) for ask in asks])

    def count(self, kind: EntryKind, query: Query) -> int:
        return self._engine.count(kind, as_printed(query, kind))

    def facets(self, kind: EntryKind, query: Query, fields: Sequence[Field], size: int = 20) -> tuple[Facet, ...]:
        asked = [_twin(field, kind) for field in fields]
        found = self._engine.facets(kind, as_printed(query, kind), asked, size)
        return tuple(replace(facet, name=field.value) for field, facet in zip(fields, found, strict=True))

    def terms(self, kind: EntryKind, field: Field, prefix: str = "", size: int = 20) -> tuple[FacetValue, ...]:
        return self._engine.terms(kind, _twin(field, kind), prefix, size)

    def frequencies(self, kind: EntryKind, field: Field, tokens: Sequence[str]) -> tuple[int, ...]:
        return self._engine.frequencies(kind, field, tokens)

    def page(self, kind: EntryKind, query: Query, sort: Sort | Field, size: int, after: str | None = None) -> Hits:
        return self._engine.page(kind, as_printed(query, kind), _twin(sort_key(sort), kind), size, after)

    def scan(self, kind: EntryKind, query: Query, sort: Sort | Field = Sort.PRINTED) -> Iterator[Hit]:
        return self._engine.scan(kind, as_printed(query, kind), _twin(sort_key(sort), kind))

    def explain(self, kind: EntryKind, query: Query, entry: str) -> tuple[str, ...]:
        return self._engine.explain(kind, as_printed(query, kind), entry)

    def stamps(self) -> dict[str, str]:
        return self._engine.stamps()

    def documents(self, kind: EntryKind) -> set[str]:
        return self._engine.documents(kind)

    def interrupted(self) -> bool:
        return self._engine.interrupted()

    def revision(self) -> str | None:
        return self._engine.revision()

    def locked(self) -> AbstractContextManager[None]:
        return self._engine.locked()

    def writer(self, fresh: bool = False) -> AbstractContextManager[Writer]:
        return self._engine.writer(fresh)

    def vectors(self, model: str) -> Vectors:
        return self._engine.vectors(model)

    def close(self) -> None:
        self._engine.close()


def as_printed(query: Query, kind: EntryKind) -> Query:
    """The same tree with the twins of its fields."""
    return _mapped(query, kind) if kind in FOLLOWED else query


def _mapped(part: Any, kind: EntryKind) -> Any:
    """Of one value in a tree: a field, a query, several of them, or what stays as it is."""
    if isinstance(part, Field):
        return _twin(part, kind)
    if isinstance(part, tuple):
        return tuple(_mapped(each, kind) for each in part)
    if isinstance(part, Query):
        return replace(part, **{f.name: _mapped(getattr(part, f.name), kind) for f in fields(part)})
    return part


def _asked(ask: Ask) -> Ask:
    return replace(ask, query=as_printed(ask.query, ask.kind))


def _twin(field: Field, kind: EntryKind) -> Field:
    return AS_PRINTED.get(field, field) if kind in FOLLOWED else field
