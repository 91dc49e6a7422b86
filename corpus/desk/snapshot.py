"""All items of a corpus at one moment, and which records fit what is asked of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from gongbao.corpus.desk.model import OPEN, Item, Outlook, State


@dataclass(frozen=True, slots=True)
class Marked:
    """Records that fit: `fitting` of those that people touched (`touched`); of the others those that nothing says
    are done (`untouched`), those that are printed as done (`printed`), both or neither."""

    fitting: frozenset[str]
    touched: frozenset[str]
    untouched: bool
    printed: bool


class Snapshot:
    """`place`: of the last line of the history that is in it. `items`: by the present record, orphans apart."""

    def __init__(self, place: int, kept: Mapping[str, Item]) -> None:
        self.place = place
        self._kept = kept
        self.marked = lru_cache(maxsize=64)(self._marked)
        self.moved = lru_cache(maxsize=64)(self._moved)

    @cached_property
    def items(self) -> dict[str, Item]:
        return {item.subject.record: item for item in self._kept.values() if not item.orphan}

    @cached_property
    def orphans(self) -> tuple[Item, ...]:
        return tuple(item for item in self._kept.values() if item.orphan)

    @cached_property
    def touched(self) -> frozenset[str]:
        return frozenset(self.items)

    @cached_property
    def rescheduled(self) -> frozenset[str]:
        """Records with a day of their own."""
        return frozenset(record for record, item in self.items.items() if item.due)

    @cached_property
    def people(self) -> tuple[str, ...]:
        return tuple(sorted({item.person for item in self.items.values() if item.person}))

    @cached_property
    def tags(self) -> tuple[str, ...]:
        return tuple(sorted({tag for item in self.items.values() for tag in item.tags}))

    def with_changed(self, place: int, changed: Mapping[str, Item]) -> Snapshot:
        return Snapshot(place, {**self._kept, **changed})

    def _marked(self, asked: Outlook) -> Marked:
        fitting = frozenset(record for record, item in self.items.items() if _fits(item, asked))
        alone = not (asked.person or asked.tag or asked.late)  # else nothing that nobody touched fits
        states = asked.states or tuple(State)
        return Marked(fitting, self.touched, alone and State.NOT_STARTED in states, alone and State.DONE in states)

    def _moved(self, first: date | None, last: date | None) -> frozenset[str]:
        """Those whose own day lies in the period, both ends included."""
        return frozenset(
            record
            for record in self.rescheduled
            if (day := self.items[record].due) and (first is None or day >= first) and (last is None or day <= last)
        )


def _fits(item: Item, asked: Outlook) -> bool:
    return (
        (not asked.states or item.state in asked.states)
        and asked.person in (None, item.person)
        and (asked.tag is None or asked.tag in item.tags)
        and asked.late in (None, item.late)
    )


def open_only() -> Outlook:
    """What can still be late."""
    return Outlook(states=OPEN)
