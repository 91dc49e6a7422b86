"""Statements as they fall due next, seen from a day: what is ahead first, then what has passed, then the undated.

An engine keeps the order of the earliest dates. Where that one has passed while a later is still to come, as in
a task with milestones, the entry is put in its place here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Generic, Protocol, TypeVar

from gongbao.corpus.desk import Snapshot
from gongbao.corpus.errors import NotFound
from gongbao.index.engine import AnyOf, Everything, Filtered, Query, Range
from gongbao.index.filters import any_of
from gongbao.index.lists import Listing
from gongbao.index.models import ResultPage, Sort
from gongbao.index.schema import Field, day

_LAST = 2  # phase
_TOLD = "-"  # in place of an engine's mark: it has told all
_DAY_SHIFT = 47  # of `values.due_order`: the day stands above the place


class Dated(Protocol):
    """What can be listed so."""

    def next_from(self, today: date) -> date | None:
        """Its first date that falls due once, from `today` on; None where there is none."""


T = TypeVar("T", bound=Dated)


@dataclass(frozen=True, slots=True)
class _Cursor:
    """`shown` so far; `phase`: ahead, passed, undated; `taken` of those placed here; `after`: the engine's mark."""

    shown: int = 0
    phase: int = 0
    taken: int = 0
    after: str | None = None

    def __str__(self) -> str:
        return f"{self.shown}~{self.phase}~{self.taken}~{self.after or ''}"

    @staticmethod
    def read(given: str | None) -> _Cursor:
        if given is None:
            return _Cursor()
        parts = given.split("~")
        if len(parts) != 4 or not all(part.isdecimal() for part in parts[:3]) or int(parts[1]) > 2:
            raise NotFound(f"翻页标记无效：{given[:40]}", "从第一页重新开始")
        return _Cursor(int(parts[0]), int(parts[1]), int(parts[2]), parts[3] or None)


class Upcoming(Generic[T]):
    """A listing in this order; `listing` decides what is in it, `desk` knows what was given another day."""

    def __init__(self, listing: Listing[T], today: date, desk: Snapshot) -> None:
        self._listing, self._today, self._desk = listing, today, desk

    def page(self, size: int, cursor: str | None) -> ResultPage[T]:
        """UsageError for a bad cursor."""
        total = self._listing.count()
        items: list[T] = []
        at = _Cursor.read(cursor)
        while len(items) < size and at.shown < total:
            last = at.phase == _LAST
            found, at = self._step(at, size - len(items))
            items += found
            if last and at.after is None:
                break
        return ResultPage(tuple(items), total, str(at) if items and at.shown < total else None)

    def stream(self) -> Iterator[T]:
        yield from _merged(self._late(), self._phase(0).stream(Sort.DUE), self._day_of)
        yield from self._phase(1).stream(Sort.NEWEST)
        yield from self._phase(_LAST).stream(Sort.PRINTED)

    def _step(self, at: _Cursor, size: int) -> tuple[list[T], _Cursor]:
        """Some of a phase, and where to go on."""
        if at.phase == 0:
            return self._ahead(at, size)
        found = self._phase(at.phase).page((Sort.NEWEST, Sort.PRINTED)[at.phase - 1], size, at.after)
        shown = at.shown + len(found.items)
        phase = at.phase if found.cursor else min(at.phase + 1, _LAST)
        return list(found.items), _Cursor(shown, phase, 0, found.cursor)

    def _ahead(self, at: _Cursor, size: int) -> tuple[list[T], _Cursor]:
        late, ahead = self._late()[at.taken :], self._phase(0)
        found = ResultPage[T]((), 0) if at.after == _TOLD else ahead.page(Sort.DUE, size, at.after)
        merged = list(_merged(late, iter(found.items), self._day_of))[:size]
        taken = sum(any(view is each for each in late) for view in merged)
        rest = len(merged) - taken
        if rest == len(found.items):
            after = found.cursor or _TOLD
        else:
            after = (ahead.page(Sort.DUE, rest, at.after).cursor or _TOLD) if rest else at.after or ""
        shown = at.shown + len(merged)
        if after == _TOLD and taken == len(late):
            return merged, _Cursor(shown, 1)
        return merged, _Cursor(shown, 0, at.taken + taken, after or None)

    def _late(self) -> list[T]:
        """What the engine would list too early, by its next date."""
        begun = (self._ends(), Range(Field.DUE_ORDER, None, (day(self._today) << _DAY_SHIFT) - 1), *self._printed())
        own = self._narrowed(any_of(self._fresh(True))).stream(Sort.DUE) if self._desk.fresh else ()
        return sorted((*self._narrowed(*begun).stream(Sort.DUE), *own), key=self._day_of)

    def _phase(self, phase: int) -> Listing[T]:
        ahead, passed = self._ends(), Range(Field.ENDS, None, day(self._today) - 1)
        if phase == 0:
            return self._narrowed(ahead, Range(Field.DUE_ORDER, day(self._today) << _DAY_SHIFT), *self._printed())
        if phase == 1:
            late = any_of(self._fresh(False))
            return self._narrowed(AnyOf((Filtered(passed, without=(ahead, *self._own())), late)))
        undated = Filtered(Everything(), without=(Range(Field.ENDS), *self._own()))
        return self._narrowed(AnyOf((undated, any_of(self._desk.undated()))))

    def _fresh(self, ahead: bool) -> frozenset[str]:
        if ahead:
            return self._desk.due_within(self._today, None)
        return self._desk.due_within(None, self._today - timedelta(days=1))

    def _own(self) -> tuple[Query, ...]:
        return (any_of(self._desk.fresh),) if self._desk.fresh else ()

    def _printed(self) -> tuple[Query, ...]:
        """Without what was changed since the index was written."""
        return (Filtered(Everything(), without=self._own()),) if self._desk.fresh else ()

    def _ends(self) -> Query:
        return Range(Field.ENDS, day(self._today))

    def _narrowed(self, *where: Query) -> Listing[T]:
        return replace(self._listing, where=(*self._listing.where, *where))

    def _day_of(self, view: T) -> date:
        return view.next_from(self._today) or date.max


def _merged(late: list[T], rest: Iterator[T], day_of: Callable[[T], date]) -> Iterator[T]:
    """Two lists in order as one; of the same day what stood late comes first."""
    waiting = iter(late)
    held = next(waiting, None)
    for view in rest:
        while held is not None and day_of(held) <= day_of(view):
            yield held
            held = next(waiting, None)
        yield view
    if held is not None:
        yield held
    yield from waiting
