"""One unit with its atoms found, and the year that an atom without one belongs to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from gongbao.corpus.document import Document
from gongbao.corpus.language.dates import Moment, find_moments, from_day
from gongbao.corpus.language.days import DATED_IN
from gongbao.corpus.language.genres import is_law
from gongbao.nlp.deadlines.spans import Duration, Rhythm, find_durations, find_rhythms
from gongbao.nlp.deadlines.units import Unit

_WINDOW = 30  # characters looked at on the left of an atom
_SENTENCE_REACH = 200  # how far back a year is looked for in the same sentence
_LONG_OVER = 45  # days before the signed date after which a date without a year is the next year's
_FULL_STOP = re.compile("[。;!?]")
_YEARS_IN_TITLE = re.compile(r"((?:19|20)\d\d)年?|[-~–—―−至]((?:19|20)\d\d)年")


class _PlacedLimit(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_Atom = TypeVar("_Atom", bound=_PlacedLimit)


@dataclass(frozen=True, slots=True)
class Years:
    """The year that a document speaks about, the first one that is not history, and its signed date.

    `standing`: a rule for all years to come (办法, 规定), in which 全年 and 次年 mean no year of its own.
    """

    spoken_of: int | None
    floor: int | None
    signed: date | None
    standing: bool = False

    def past(self, day: date) -> bool:
        """Before the year that the document speaks about begins."""
        return self.floor is not None and day.year < self.floor

    def over(self, day: date) -> bool:
        """Past on the day of signing."""
        return self.past(day) or (self.signed is not None and day < self.signed)


def years_of(document: Document) -> Years:
    """From the title where it names years that are not over (2025年行动计划), else number or date."""
    own, title = document.year, "".join(document.title.split())
    named = sorted({int(a or b) for a, b in _YEARS_IN_TITLE.findall(title)})
    standing = not named and is_law(title)
    if own is None and not named and not standing:
        return Years(_printed_year(document.text), None, document.signed, standing)
    if own is None:
        return Years(named[-1] if named else None, named[0] if named else None, document.signed, standing)
    coming = [year for year in named if year >= own]
    spoken_of = own if own in coming or not coming or named[0] < own else coming[0]
    return Years(spoken_of, min([own, *(year for year in named if year >= own - 1)]), document.signed, standing)


_YEAR_TO_COME = re.compile(DATED_IN)


def _printed_year(text: str) -> int | None:
    """Of a document without date or number: the first year among its printed limits (2024年8月底)."""
    years = [int(found[1]) for found in _YEAR_TO_COME.finditer(text)]
    return min(years, default=None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A unit with its dates, durations and rhythms, each in order of place."""

    unit: Unit
    years: Years
    section_year: int | None
    moments: tuple[Moment, ...]
    durations: tuple[Duration, ...]
    rhythms: tuple[Rhythm, ...]
    _starts: tuple[int, ...] = field(repr=False)
    _near: tuple[int | None, ...] = field(repr=False)

    @property
    def text(self) -> str:
        return self.unit.folded

    def left(self, at: int, reach: int = _WINDOW) -> str:
        return self.text[max(0, at - reach) : at]

    def right(self, at: int, reach: int = 60) -> str:
        return self.text[at : at + reach]

    def moment_at(self, start: int) -> Moment | None:
        """The date that begins exactly there."""
        index = bisect_left(self._starts, start)
        return self.moments[index] if index < len(self.moments) and self._starts[index] == start else None

    def ends_at(self, end: int) -> bool:
        """A date ends exactly there: what follows is the end of a range."""
        index = bisect_left(self._starts, end) - 1
        return index >= 0 and self.moments[index].end == end

    def start_of_run(self, moment: Moment) -> int:
        """Where a date begins, or the one that it follows at once (2024年全年)."""
        index = bisect_left(self._starts, moment.start) - 1
        before = self.moments[index] if index >= 0 else None
        return before.start if before and before.end == moment.start else moment.start

    def moments_in(self, start: int, end: int) -> tuple[Moment, ...]:
        """The dates that begin in text[start:end]."""
        return self.moments[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def days(self, moment: Moment) -> tuple[date, date] | None:
        """First and last day, the year completed; None where no year is known or no such day exists."""
        base = self._year(moment)
        return None if base is None else moment.days(base)

    def before(self, moment: Moment) -> date | None:
        """The last day that 前 after the date allows."""
        base = self._year(moment)
        return None if base is None else moment.last_day_before(base)

    def rolls_over(self, moment: Moment) -> bool:
        """No year is printed near, and in the document's own year the date is long over: next year is meant."""
        own, signed = self.years.spoken_of, self.years.signed
        if moment.year is not None or moment.word or own is None or not signed or signed.year != own:
            return False
        if self.years.standing:
            return False
        days = moment.days(own) if not self._year_before(moment) and not self.section_year else None
        return bool(days) and bool(days and (signed - days[1]).days > _LONG_OVER)

    def _year(self, moment: Moment) -> int | None:
        base = self._base_year(moment)
        return base if base is None else base + self.rolls_over(moment)

    def _base_year(self, moment: Moment) -> int | None:
        """The printed year, else that of the sentence, the section, the document."""
        if moment.year is not None:
            return moment.year
        if moment.word and moment.word[0] not in "当全次":
            return self.years.spoken_of
        return self._year_before(moment) or self.section_year or self._soon(moment) or self.years.spoken_of

    def _soon(self, moment: Moment) -> int | None:
        """A notice of December on the year to come (2025年元旦): 12月28日前 is still this December."""
        signed = self.years.signed
        if moment.grain != "day" or signed is None or self.years.spoken_of != signed.year + 1:
            return None
        days = moment.days(signed.year)
        return signed.year if days and days[0] >= signed else None

    def _year_before(self, moment: Moment) -> int | None:
        """The nearest year on the left in the same sentence that is not history."""
        index = bisect_left(self._starts, moment.start)
        if index < len(self._starts) and self._starts[index] == moment.start:
            return self._near[index]
        return self.moments[index - 1].year or self._near[index - 1] if index else None


def sheet_of(unit: Unit, years: Years, section_year: int | None) -> Sheet:
    dates = (from_day(moment, years.signed) for moment in find_moments(unit.folded))
    moments = tuple(moment for moment in dates if moment)
    rhythms = tuple(find_rhythms(unit.folded))
    durations = tuple(_clear_of(find_durations(unit.folded), moments))
    starts = tuple(moment.start for moment in moments)
    near = tuple(_years_near(unit.folded, moments, years))
    return Sheet(unit, years, section_year, moments, durations, rhythms, starts, near)


def _years_near(text: str, moments: tuple[Moment, ...], years: Years) -> Iterator[int | None]:
    """For each date the last year printed before it in its sentence, history left out."""
    stops = [found.start() for found in _FULL_STOP.finditer(text)] if moments else []
    sentence, reached = 0, 0
    year: int | None = None
    for moment in moments:
        begun = bisect_left(stops, moment.start)
        if begun != sentence or moment.start - reached > _SENTENCE_REACH:
            year, sentence = None, begun
        yield year
        printed = moment.until if moment.grain == "years" else moment.year
        if printed is not None and (years.floor is None or printed >= years.floor):
            year, reached = printed, moment.start


def _clear_of(found: Iterable[_Atom], others: tuple[Moment, ...]) -> Iterator[_Atom]:
    """Those that overlap none of the others (both in order)."""
    starts = [other.start for other in others]
    for one in found:
        index = bisect_left(starts, one.end) - 1
        if index < 0 or others[index].end <= one.start:
            yield one
