"""From the records of a document to the lists of its export: each title once."""

from __future__ import annotations

from collections.abc import Iterable

from gongbao.corpus.records import Citation, Relation


def cites_of(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """What the running text names (table cells are no running text), the first of each title."""
    return _once(one for one in citations if not one.in_table)


def repeals_of(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    return _once(one for one in citations if one.relation is Relation.REPEALS)


def _once(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    first: dict[str, Citation] = {}
    for one in citations:
        first.setdefault(one.title, one)
    return tuple(first.values())
