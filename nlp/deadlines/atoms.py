"""Date atoms and what they mean: 2024年, 3月底, 第三季度, 上半年, 年内, “十四五”末 → first and last day.

Patterns are for text folded by `gongbao.corpus.offsets.normalise` (half width, no white space). A partial
date stays partial until a year is given from outside; nothing is taken from the clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gongbao.corpus.language.numerals import YEAR, counted
from gongbao.nlp.deadlines.calendar import month_end

_RELATIVE_YEARS = {
    "今年": 0,
    "本年度": 0,
    "本年": 0,
    "当年度": 0,
    "当年": 0,
    "全年": 0,
    "明年": 1,
    "下一年": 1,
    "次年": 1,
    "翌年": 1,
    "后年": 2,
}
_HALVES = {"上": (1, 6), "前": (1, 6), "下": (7, 12), "后": (7, 12)}
_PARTS = {"初": (1, 10), "上旬": (1, 10), "中": (11, 20), "中旬": (11, 20), "中下旬": (11, 31), "上中旬": (1, 20)}
_LATE_PARTS = ("底", "末", "下旬")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4, "首": 1, "末": 4}
_PLANS_BEGIN = 1951  # five-year plans end in years of 5 and 0: “十四五” is 2021 to 2025

_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_JOIN = r"(?:[-~–—―−至到]+)"

# A date does not begin within a number, but behind that of an item: 1.上半年, 2.三季度.
_FRESH = r"(?:(?<![\d.])|(?<=\d\.)(?=第?[一二三四首末]季度|[上下前后]半年|[今本明当全]年|年[底内末]))"
_ATOM = re.compile(
    rf"""{_FRESH}(?:
  (?P<first_year>{YEAR})年?{_JOIN}(?P<last_year>{YEAR})年(?!\d)        # 2024—2026年
 |(?P<dotted_year>{YEAR})(?P<dot>[.\-/])(?P<dotted_month>0?[1-9]|1[0-2])(?:(?P=dot)(?P<dotted_day>\d{{1,2}}))?(?![\d./元万亿吨倍]|-(?!(?:19|20)\d\d)|年)
 |(?:(?P<year>{YEAR})(?P<slip>年年(?=\d)|月|日|年(?=\d{{1,2}}日\d{{1,2}}日))?(?:(?<=[年月日])|年度?)
    |(?P<relative>{"|".join(_RELATIVE_YEARS)}))?
  (?:的)?
  (?:(?P<first_month>{_MONTH})月?份?{_JOIN}(?P<last_month>{_MONTH})月份?(?![\d底末初上中下旬])  # 3—5月
    |(?<![\d.])(?P<month>{_MONTH})(?:月份?|(?(slip)日|(?!)))
      (?:(?P<day>{_DAY})[日号]
        |(?P<day_slip>3[01]|[12]\d|0?[1-9])(?=[前之以至到])
        |(?P<part>底|末|上旬|上中旬|中下旬|中旬|下旬|初|中(?![央心小等高学]))
        |(?!\d))
    |(?P<quarter>第?[一二三四1-4首末]季度)(?P<quarter_end>[底末])?
    |(?P<half>[上下]半年|(?<![一-鿿])[前后]半年|(?<=年)[前后]半年(?!内))[底末]?
    |(?P<year_end>(?(year)|(?(relative)|(?!)))(?:年?[底末](?![线下座])|年终|之?内(?!容))|(?<![年近去前往历上每学财整几多两半数\d一二三四五六七八九十])年(?:[底末]|终(?!于)|内))
    |(?P<year_start>(?(year)|(?(relative)|(?!)))年?初)
    |(?(year)(?<=[年度])|(?(relative)|(?!))))
 |[“"]?(?P<plan>十[一二三四五六七八九])五[”"]?(?:规划)?(?:(?P<plan_end>期?末|结束)|(?P<plan_span>时期|期间|期内|(?P<plan_part>[前后头][一两二三四]年)))
 |(?P<this_month>本月|当月|次月|下月)(?:(?P<month_day>{_DAY})[日号]|[底末内])
 |(?<![月旬周\d一二三四五六七八九十每])(?P<month_end>月[底末])
 )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as printed, perhaps without its year; `start` and `end` are its place in the folded text.

    `grain` is day, part, month, quarter, quarter_end, half, year, years, end (年底) or start (年初). `offset` is
    that of a relative year (明年 1); `until` the last year or month of a run (2024—2026年, 3—5月).
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
    dotted: bool = False
    slip: bool = False
    word: str = ""  # 今年, 全年 …

    @property
    def bare_year(self) -> bool:
        return self.grain == "year"

    def completed(self, spoken_of: int) -> int:
        """The printed year, else the one spoken about."""
        return self.year if self.year is not None else spoken_of + (self.offset or 0)

    def days(self, spoken_of: int) -> tuple[date, date] | None:
        """First and last day; None where the calendar has no such day (2月30日)."""
        try:
            return _SPANS[self.grain](self, self.completed(spoken_of))
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


def find_moments(folded: str) -> Iterator[Moment]:
    """All dates of a folded text, in order, none overlapping."""
    for found in _ATOM.finditer(folded):
        groups = {name: value for name, value in found.groupdict().items() if value is not None}
        moment = _read(groups)
        if moment:
            yield replace(moment, start=found.start(), end=found.end())


def _read(groups: dict[str, str]) -> Moment | None:
    for mark, reader in _READERS.items():
        if mark in groups:
            return reader(groups)
    return None


def _head(groups: dict[str, str], grain: str) -> Moment:
    """A moment with its year, printed or relative."""
    word = groups.get("relative", "")
    year = counted(groups["year"]) if "year" in groups else None
    return Moment(0, 0, grain, year, _RELATIVE_YEARS.get(word), word=word, slip="slip" in groups)


def _years(groups: dict[str, str]) -> Moment:
    return Moment(0, 0, "years", counted(groups["first_year"]), until=counted(groups["last_year"]))


def _dotted(groups: dict[str, str]) -> Moment:
    day = groups.get("dotted_day")
    grain = "day" if day else "month"
    month = int(groups["dotted_month"])
    return Moment(0, 0, grain, counted(groups["dotted_year"]), month=month, day=int(day or 0), dotted=True)


def _months(groups: dict[str, str]) -> Moment:
    first, last = counted(groups["first_month"]), counted(groups["last_month"])
    return replace(_head(groups, "months"), month=first, until=last)


def _month(groups: dict[str, str]) -> Moment:
    month = counted(groups["month"])
    day = groups.get("day") or groups.get("day_slip")
    if day:
        slip = "slip" in groups or "day_slip" in groups
        return replace(_head(groups, "day"), month=month, day=counted(day), slip=slip)
    part = groups.get("part", "")
    return replace(_head(groups, "part" if part else "month"), month=month, part=part)


def _quarter(groups: dict[str, str]) -> Moment:
    grain = "quarter_end" if "quarter_end" in groups else "quarter"
    return replace(_head(groups, grain), part=groups["quarter"].strip("第季度"))


def _half(groups: dict[str, str]) -> Moment:
    return replace(_head(groups, "half"), part=groups["half"][0])


def _plan(groups: dict[str, str]) -> Moment:
    last = _PLANS_BEGIN + 5 * counted(groups["plan"]) + 4
    if "plan_part" in groups:  # “十五五”前三年
        years = counted(groups["plan_part"][1])
        first = last - years + 1 if groups["plan_part"][0] == "后" else last - 4
        return Moment(0, 0, "years", first, until=first + years - 1)
    if "plan_span" in groups:
        return Moment(0, 0, "years", last - 4, until=last)
    return Moment(0, 0, "end", last)


def _this_month(groups: dict[str, str]) -> Moment:
    """本月底, 次月5日: a month counted from the one that the document was signed in."""
    offset = 1 if groups.get("this_month") in ("次月", "下月") else 0
    day = counted(groups["month_day"]) if "month_day" in groups else None
    return Moment(0, 0, "this_month", offset=offset, day=day, word=groups.get("this_month", ""))


_READERS: dict[str, Callable[[dict[str, str]], Moment]] = {
    "first_year": _years,
    "dotted_year": _dotted,
    "first_month": _months,
    "month": _month,
    "quarter": _quarter,
    "half": _half,
    "plan": _plan,
    "this_month": _this_month,
    "month_end": _this_month,
    "year_end": lambda groups: _head(groups, "end"),
    "year_start": lambda groups: _head(groups, "start"),
    "year": lambda groups: _head(groups, "year"),
    "relative": lambda groups: _head(groups, "year"),
}


def _month_days(moment: Moment, year: int) -> tuple[date, date]:
    month = moment.month or 0
    return date(year, month, 1), month_end(year, moment.until or month)


def _part_days(moment: Moment, year: int) -> tuple[date, date]:
    month = moment.month or 0
    last = month_end(year, month)
    first_day, last_day = (21, 31) if moment.part in _LATE_PARTS else _PARTS[moment.part]
    return date(year, month, first_day), date(year, month, min(last_day, last.day))


def _quarter_days(moment: Moment, year: int) -> tuple[date, date]:
    quarter = _QUARTERS[moment.part]
    return date(year, 3 * quarter - 2, 1), month_end(year, 3 * quarter)


def _half_days(moment: Moment, year: int) -> tuple[date, date]:
    first, last = _HALVES[moment.part]
    return date(year, first, 1), month_end(year, last)


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
    "quarter": _quarter_days,
    "quarter_end": _quarter_days,
    "half": _half_days,
    "year": _whole_years,
    "years": _whole_years,
    "end": _whole_years,
    "start": _whole_years,
}


def in_month(moment: Moment, signed: date | None) -> Moment | None:
    """本月底 and 次月5日 with the month put in; other moments as they are; None without a signed date."""
    if moment.grain != "this_month":
        return moment
    if not signed:
        return None
    month = signed.month - 1 + (moment.offset or 0)
    found = replace(moment, year=signed.year + month // 12, month=month % 12 + 1, offset=None)
    return replace(found, grain="day") if moment.day else replace(found, grain="part", part="底")
