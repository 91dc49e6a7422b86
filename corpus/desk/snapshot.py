"""All items of a corpus at one moment; of those that the index does not know yet, which fit what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from gongbao.corpus.desk.model import Item, Outlook


class Snapshot:
    """`place`: of the last line of the history that is in it; `indexed`: of the last one that the index has taken in.
    `items`: by the present record, orphans apart. What changed since is `fresh`: the index says nothing of it."""

    def __init__(self, place: int, kept: Mapping[str, Item], indexed: int = 0) -> None:
        self.place, self.indexed = place, indexed
        self._kept = kept

    @cached_property
    def items(self) -> dict[str, Item]:
        return {item.subject.record: item for item in self._kept.values() if not item.orphan}

    @property
    def all(self) -> tuple[Item, ...]:
        """Orphans too."""
        return tuple(self._kept.values())

    @cached_property
    def orphans(self) -> tuple[Item, ...]:
        return tuple(item for item in self._kept.values() if item.orphan)

    @cached_property
    def fresh(self) -> frozenset[str]:
        """Records that were changed since the index was written."""
        if self.place <= self.indexed:
            return frozenset()
        return frozenset(record for record, item in self.items.items() if item.place > self.indexed)

    @cached_property
    def people(self) -> tuple[str, ...]:
        return tuple(sorted({item.person for item in self.items.values() if item.person}))

    @cached_property
    def tags(self) -> tuple[str, ...]:
        return tuple(sorted({tag for item in self.items.values() for tag in item.tags}))

    def with_changed(self, place: int, changed: Mapping[str, Item], indexed: int) -> Snapshot:
        return Snapshot(place, {**self._kept, **changed} if changed else self._kept, indexed)

    def fitting(self, asked: Outlook) -> frozenset[str]:
        """Of the fresh ones those that are asked for."""
        return frozenset(record for record in self.fresh if _fits(self.items[record], asked))

    def due_within(self, first: date | None, last: date | None) -> frozenset[str]:
        """Of the fresh ones those whose last day lies in the period, both ends included."""
        days = {record: self.items[record].last_day for record in self.fresh}
        return frozenset(
            r for r, day in days.items() if day and (not first or day >= first) and (not last or day <= last)
        )

    def undated(self) -> frozenset[str]:
        return frozenset(record for record in self.fresh if self.items[record].last_day is None)


def _fits(item: Item, asked: Outlook) -> bool:
    return (
        (not asked.states or item.state in asked.states)
        and asked.person in (None, item.person)
        and (asked.tag is None or asked.tag in item.tags)
        and asked.late in (None, item.late)
    )
