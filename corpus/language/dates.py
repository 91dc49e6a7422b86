"""Dates and periods, as documents print them and as people ask: 2024年3月底, 第三季度, 年内, “十四五”末, 本月24号.

One grammar for both (GB/T 7408 order; 旬, 季度 and 半年 as in official calendars); questions also know 后天, 本周,
这个季度 and 21年底. Texts are folded by `gongbao.corpus.offsets.normalise` (half width, no white space). A partial date
stays partial until a year or a day is given from outside; nothing is taken from the clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gongbao.corpus.language.calendar import add_months, month_end
from gongbao.corpus.language.date_forms import with_forms
from gongbao.corpus.language.lexicon import Row, Rows, load
from gongbao.corpus.language.numerals import TENS, count, counted

_PLANS_BEGIN = 1951  # five-year plans end in years of 5 and 0: “十四五” is 2021 to 2025
_LAST_DAYS = (21, 31)

_AWAY = {"month": "month_away", "quarter away": "quarter_away", "week away": "week_away", "day away": "day_away"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as printed, perhaps without its year; `start` and `end` are its place in the folded text.

    `grain` is day, part, month, months, quarter, quarter_end, half, year, years, end (年底) or start (年初), or one
    counted from the day of writing: month_away, quarter_away, week_away, day_away. `offset` is that of a relative
    year, month, quarter, week or day (明年 1); `until` the last year or month of a run (2024—2026年, 3—5月);
    `span` the days of a part of a month (旬), or the months of a quarter or half.
    """

    start: int
    end: int
    grain: str
    year: int | None = None
    offset: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    until: int | None = None
    span: tuple[int, int] = (1, 12)
    dotted: bool = False
    slip: bool = False
    word: str = ""  # 今年, 全年, 次月 …

    @property
    def bare_year(self) -> bool:
        return self.grain == "year"

    def completed(self, spoken_of: int) -> int:
        """The printed year, else the one spoken about."""
        return self.year if self.year is not None else spoken_of + (self.offset or 0)

    def days(self, spoken_of: int) -> tuple[date, date] | None:
        """First and last day; None where the calendar has no such day (2月30日) or no day to count from is given."""
        try:
            return _SPANS[self.grain](self, self.completed(spoken_of)) if self.grain in _SPANS else None
        except (ValueError, OverflowError):
            return None

    def last_day_before(self, spoken_of: int) -> date | None:
        """What 前 after it allows: a day and an end are allowed themselves, a longer span is not.

        3月5日前, 3月底前 and 二季度末前 end on that day; 6月前 ends on 31 May, 三季度前 on 30 June, 2027年前
        on 31 December 2026.
        """
        days = self.days(spoken_of)
        if not days:
            return None
        return days[0] - timedelta(days=1) if self.grain in ("month", "quarter", "year") else days[1]


@dataclass(frozen=True, slots=True)
class Dates:
    """`printed`: what documents print; `asked`: with what only questions hold; the rest: what the words mean."""

    printed: re.Pattern[str]
    asked: re.Pattern[str]
    offsets: Mapping[str, int]
    parts: Mapping[str, tuple[int, int]]
    quarters: Mapping[str, int]
    halves: Mapping[str, int]
    eras: Mapping[str, int]

    @classmethod
    def of(cls, rows: Rows) -> Dates:
        return cls(
            printed=_expression(rows, asked=False),
            asked=_expression(rows, asked=True),
            offsets=_meanings(rows, "offset", {"year", *_AWAY}),
            parts=_days_of_parts(rows),
            quarters=_meanings(rows, "value", {"quarter"}),
            halves=_meanings(rows, "value", {"half"}),
            eras=_meanings(rows, "offset", {"era"}),
        )

    def explain(self, text: str) -> str:
        day = date(2024, 5, 15)
        found = (from_day(moment, day) for moment in self.find(text, asked=True))
        days = [(moment, moment.days(day.year)) for moment in found if moment]
        return " · ".join(f"{text[m.start : m.end]} {first}—{last}" for m, (first, last) in _whole(days))

    def find(self, folded: str, *, asked: bool) -> Iterator[Moment]:
        for found in (self.asked if asked else self.printed).finditer(folded):
            groups = {name: value for name, value in found.groupdict().items() if value is not None}
            moment = next((_READERS[mark](self, groups) for mark in _READERS if mark in groups), None)
            if moment:
                joins = asked and found[0].endswith("的")  # 去年的
                yield replace(moment, start=found.start(), end=found.end() - joins)

    def year(self, written: str) -> int | None:
        """2024, 二〇二四, 21, 民国113."""
        era = next((era for era in self.eras if written.startswith(era)), None)
        number = count(written.removeprefix(era).removesuffix("年") if era else written)
        if number is None:
            return None
        return number + self.eras[era] if era else (2000 + number if number < 100 else number)

    def head(self, groups: dict[str, str], grain: str) -> Moment:
        """A moment with its year, printed or relative."""
        word = groups.get("relative", "")
        year = self.year(groups["year"]) if "year" in groups else None
        return Moment(0, 0, grain, year, self.offsets.get(word), word=word, slip="slip" in groups)


def _whole(
    days: Iterable[tuple[Moment, tuple[date, date] | None]],
) -> Iterator[tuple[Moment, tuple[date, date]]]:
    yield from ((moment, both) for moment, both in days if both)


def _meanings(rows: Rows, key: str, kinds: set[str]) -> dict[str, int]:
    return {word: row[key] for row in rows if row["kind"] in kinds for word in row["words"]}


def _days_of_parts(rows: Rows) -> dict[str, tuple[int, int]]:
    parts = [row for row in rows if row["kind"] == "part"]
    return {word: (row["days"][0], row["days"][1]) for row in parts for word in row["words"]}


def _expression(rows: Rows, *, asked: bool) -> re.Pattern[str]:
    used = [row for row in rows if asked or not row.get("asked")]
    return re.compile(with_forms(_words_of_dates(used), asked=asked))


def _words_of_dates(rows: list[Row]) -> dict[str, str]:
    away = [kind for kind in _AWAY if kind != "month" and _listed(rows, kind)]
    return {
        "years": _words(rows, "year"),
        "months": _words(rows, "month"),
        "part": "|".join(f"{word}(?![央心小等高学])" if word == "中" else word for word in _listed(rows, "part")),
        "quarter": "".join(_listed(rows, "quarter")),
        "half": "".join(_listed(rows, "half")),
        "era": rf"(?:{_words(rows, 'era')})(?:\d{{1,3}}|[{TENS}百零〇]{{1,6}})",
        "plan_end": _words(rows, "plan end"),
        "plan_span": _words(rows, "plan span"),
        "away": "".join(f"(?P<{_AWAY[kind]}>{_words(rows, kind)})[底末]?|" for kind in away),
    }


def _listed(rows: Iterable[Row], kind: str) -> list[str]:
    """Longest first."""
    return sorted((word for row in rows if row["kind"] == kind for word in row["words"]), key=len, reverse=True)


def _words(rows: Iterable[Row], kind: str) -> str:
    """Longest first; 前年, but not in 以前年度, where the row says so."""
    own = list(rows)
    behind = {word: row.get("not_after", ()) for row in own for word in row["words"]}
    guarded = (f"{''.join(f'(?<!{b})' for b in behind[word])}{re.escape(word)}" for word in _listed(own, kind))
    return "|".join(guarded) or "(?!)"


def _years(dates: Dates, groups: dict[str, str]) -> Moment:
    return Moment(0, 0, "years", counted(groups["first_year"]), until=counted(groups["last_year"]))


def _dotted(dates: Dates, groups: dict[str, str]) -> Moment:
    day = groups.get("dotted_day")
    grain = "day" if day else "month"
    month = int(groups["dotted_month"])
    return Moment(0, 0, grain, counted(groups["dotted_year"]), month=month, day=int(day or 0), dotted=True)


def _months(dates: Dates, groups: dict[str, str]) -> Moment:
    first, last = counted(groups["first_month"]), counted(groups["last_month"])
    return replace(dates.head(groups, "months"), month=first, until=last)


def _month(dates: Dates, groups: dict[str, str]) -> Moment:
    month = counted(groups["month"])
    day = groups.get("day") or groups.get("day_slip")
    if day:
        slip = "slip" in groups or "day_slip" in groups
        return replace(dates.head(groups, "day"), month=month, day=counted(day), slip=slip)
    part = groups.get("part", "")
    if not part:
        return replace(dates.head(groups, "month"), month=month)
    return replace(dates.head(groups, "part"), month=month, part=part, span=dates.parts[part])


def _quarter(dates: Dates, groups: dict[str, str]) -> Moment:
    grain = "quarter_end" if "quarter_end" in groups else "quarter"
    quarter = dates.quarters[groups["quarter"].strip("第季度")]
    return replace(dates.head(groups, grain), span=(3 * quarter - 2, 3 * quarter))


def _half(dates: Dates, groups: dict[str, str]) -> Moment:
    half = dates.halves[groups["half"][0]]
    return replace(dates.head(groups, "half"), span=(6 * half - 5, 6 * half))


def _plan(dates: Dates, groups: dict[str, str]) -> Moment:
    last = _PLANS_BEGIN + 5 * counted(groups["plan"]) + 4
    if "plan_part" in groups:  # “十五五”前三年
        years = counted(groups["plan_part"][1])
        first = last - years + 1 if groups["plan_part"][0] == "后" else last - 4
        return Moment(0, 0, "years", first, until=first + years - 1)
    return Moment(0, 0, "end", last) if "plan_end" in groups else Moment(0, 0, "years", last - 4, until=last)


def _month_away(dates: Dates, groups: dict[str, str]) -> Moment:
    """本月底, 次月5日: a month counted from the one of the day of writing."""
    word = groups.get("month_away", "")
    day = counted(groups["month_day"]) if "month_day" in groups else None
    part = "" if day or not {"month_last", "month_end"} & groups.keys() else "底"
    return Moment(0, 0, "month_away", offset=dates.offsets.get(word, 0), day=day, part=part, word=word)


def _away(grain: str) -> Callable[[Dates, dict[str, str]], Moment]:
    return lambda dates, groups: Moment(0, 0, grain, offset=dates.offsets[groups[grain]], word=groups[grain])


_READERS: dict[str, Callable[[Dates, dict[str, str]], Moment]] = {
    **{grain: _away(grain) for grain in ("quarter_away", "week_away", "day_away")},
    "first_year": _years,
    "dotted_year": _dotted,
    "first_month": _months,
    "month": _month,
    "quarter": _quarter,
    "half": _half,
    "plan": _plan,
    "month_away": _month_away,
    "month_end": _month_away,
    "year_end": lambda dates, groups: dates.head(groups, "end"),
    "year_start": lambda dates, groups: dates.head(groups, "start"),
    "year": lambda dates, groups: dates.head(groups, "year"),
    "relative": lambda dates, groups: dates.head(groups, "year"),
}


def _month_days(moment: Moment, year: int) -> tuple[date, date]:
    month = moment.month or 0
    return date(year, month, 1), month_end(year, moment.until or month)


def _part_days(moment: Moment, year: int) -> tuple[date, date]:
    month = moment.month or 0
    first, last = moment.span
    return date(year, month, first), date(year, month, min(last, month_end(year, month).day))


def _span_of_months(moment: Moment, year: int) -> tuple[date, date]:
    return date(year, moment.span[0], 1), month_end(year, moment.span[1])


def _exact_day(moment: Moment, year: int) -> tuple[date, date]:
    day = date(year, moment.month or 0, moment.day or 0)
    return day, day


def _whole_years(moment: Moment, year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(moment.until or year, 12, 31)


_SPANS: dict[str, Callable[[Moment, int], tuple[date, date]]] = {
    "day": _exact_day,
    "part": _part_days,
    "month": _month_days,
    "months": _month_days,
    "quarter": _span_of_months,
    "quarter_end": _span_of_months,
    "half": _span_of_months,
    "year": _whole_years,
    "years": _whole_years,
    "end": _whole_years,
    "start": _whole_years,
    "week_away": lambda moment, year: (date.fromordinal(moment.span[0]), date.fromordinal(moment.span[1])),
}


def from_day(moment: Moment, day: date | None) -> Moment | None:
    """本月底, 次月5日, 本周 with the month or days put in; other moments as they are; None without a day of writing."""
    if not moment.grain.endswith("_away"):
        return moment
    if not day:
        return None
    try:
        return _COUNTED[moment.grain](moment, day, moment.offset or 0)
    except (ValueError, OverflowError):
        return None


def _month_from(moment: Moment, day: date, offset: int) -> Moment:
    first = add_months(day.replace(day=1), offset)
    found = replace(moment, year=first.year, month=first.month, offset=None)
    if moment.day:
        return replace(found, grain="day")
    return replace(found, grain="part", span=_LAST_DAYS) if moment.part else replace(found, grain="month")


def _quarter_from(moment: Moment, day: date, offset: int) -> Moment:
    first = add_months(date(day.year, 3 * ((day.month - 1) // 3) + 1, 1), 3 * offset)
    return replace(moment, grain="quarter", year=first.year, offset=None, span=(first.month, first.month + 2))


def _week_from(moment: Moment, day: date, offset: int) -> Moment:
    monday = (day - timedelta(days=day.weekday()) + timedelta(days=7 * offset)).toordinal()
    date.fromordinal(monday + 6)
    return replace(moment, span=(monday, monday + 6))


def _day_from(moment: Moment, day: date, offset: int) -> Moment:
    there = day + timedelta(days=offset)
    return replace(moment, grain="day", year=there.year, month=there.month, day=there.day, offset=None)


_COUNTED: dict[str, Callable[[Moment, date, int], Moment]] = {
    "month_away": _month_from,
    "quarter_away": _quarter_from,
    "week_away": _week_from,
    "day_away": _day_from,
}

DATES = Dates.of(load("dates"))  # the grammar in use


def find_moments(folded: str) -> Iterator[Moment]:
    """All dates that a document prints in a folded text, in order, none overlapping."""
    return DATES.find(folded, asked=False)


def find_asked_moments(folded: str) -> Iterator[Moment]:
    """All dates of a question: those that documents print, and 后天, 本周, 这个季度, 21年底."""
    return DATES.find(folded, asked=True)
