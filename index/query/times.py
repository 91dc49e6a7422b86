"""Times in a question: the year spoken of, and the period in which something is due.

Dates are read by the grammar of documents (`gongbao.corpus.language.dates`) and counted from today. What is asked
with N月底前 or 年底前 is that month or that year, unless everything up to it is asked (截至…).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from gongbao.corpus.language.calendar import month_end
from gongbao.corpus.language.dates import Moment, find_asked_moments, from_day
from gongbao.corpus.language.numerals import TENS, count
from gongbao.corpus.offsets import Span, normalise

FIRST_DAY = date(1949, 10, 1)  # “everything up to” begins with the first documents of this state

_BEFORE = re.compile(r"(?P<before>以前|之前|前)?内?")
_TO = re.compile(r"[至到\-—~～―–]+")
_UP_TO = re.compile(
    r"截至|截止[到至]|为止|累计|(?:全部|所有)[^，。]*?(?:以前|之前|前)|(?:以前|之前|前)的?(?:全部|所有)"
)
_UNTIL = re.compile(r"[底末前内]|岁末|年终")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `due`, both included.

    `floating`: no year was named, the year is only today's. `whole_year`: a bare year, which
    may as well mean the year of a document. `until`: said with 底, 末 or 前, as deadlines are.
    """

    span: Span
    start: date
    due: date
    floating: bool = False
    whole_year: bool = False
    until: bool = False


def find_periods(text: str, today: date) -> tuple[Period, ...]:
    """Every time in a folded text, left to right; of those that begin together, the longest."""
    found: list[Period] = []
    for period in sorted([*_dates(text, today), *_forms(text, today)], key=lambda p: (p.span.start, -p.span.end)):
        if not found or found[-1].span.end <= period.span.start:
            found.append(replace(period, until=bool(_UNTIL.search(period.span.of(text)))))
    if _UP_TO.search(text):
        return tuple(replace(period, start=FIRST_DAY, whole_year=False) for period in found)
    return tuple(found)


def names_this_year(text: str) -> bool:
    return re.search(r"[今本当]年(?!代|度?[底末终内])", text) is not None


def period_text(start: date | None, due: date | None) -> str:
    """A period as it is shown to who asked."""
    return f"期限：{start or ''}—{due or ''}"


def moved(day: date, years: int) -> date:
    """The same day some years on; a month's end stays a month's end."""
    last = monthrange(day.year + years, day.month)[1]
    was_last = day.day == monthrange(day.year, day.month)[1]
    return date(day.year + years, day.month, last if was_last else min(day.day, last))


# --- dates that documents print as well


def _dates(text: str, today: date) -> Iterator[Period]:
    folded, origins = normalise(text)
    moments = [from_day(moment, today) for moment in find_asked_moments(folded)]
    joined: Moment | None = None  # the second of a range is no period of its own
    for first, second in pairwise([*moments, None]):
        if first is None or first is joined:
            continue
        joined = second if second and _TO.fullmatch(folded, first.end, second.start) else None
        period = _between(first, joined, today) if joined else _one(folded, first, today)
        if period:
            yield replace(period, span=origins.to_original(period.span))


def _one(folded: str, moment: Moment, today: date) -> Period | None:
    days = moment.days(today.year)
    suffix = _BEFORE.match(folded, moment.end)
    before = suffix is not None and suffix["before"] is not None
    try:
        period = _asked_for(moment, days, before, today) if days else None
    except (ValueError, OverflowError):
        return None
    start = moment.start - (moment.bare_year and folded[: moment.start].endswith("到"))
    return replace(period, span=Span(start, suffix.end() if suffix else moment.end)) if period else None


def _asked_for(moment: Moment, days: tuple[date, date], before: bool, today: date) -> Period:
    """10月底前: in that month; 10月前: in the one before; 10月15日前: from the first; 2027年前: in 2026."""
    start, due = days
    floating = _is_open(moment)
    if moment.word == "全年":
        return Period(_NOWHERE, start, due, True)
    if moment.bare_year or moment.grain == "start":
        year = start.year - before
        return Period(_NOWHERE, date(year, 1, 1), date(year, 12, 31), whole_year=not before)
    if moment.grain == "day":
        begin = today if moment.word.endswith(("天", "日")) else due.replace(day=1)
        return Period(_NOWHERE, min(begin, due) if before else due, due, floating)
    if moment.grain == "part" and moment.part in ("底", "末"):
        start = start.replace(day=1)
    elif moment.grain == "month" and before:
        due = start - timedelta(1)
        start = due.replace(day=1)
    return Period(_NOWHERE, start, due, floating)


def _between(first: Moment, last: Moment, today: date) -> Period | None:
    """3月1日至4月30日, 2024年11月至2025年2月."""
    begins, ends = first.days(today.year), replace(last, year=last.year or first.year).days(today.year)
    if not begins or not ends or ends[1] < begins[0]:
        return None
    due = month_end(ends[1].year, ends[1].month) if last.grain == "part" else ends[1]
    return Period(Span(first.start, last.end), begins[0], due, _is_open(first))


def _is_open(moment: Moment) -> bool:
    return moment.year is None and not moment.word and not moment.grain.endswith("_away")


_NOWHERE = Span(0, 0)


# --- what only questions say


def _forms(text: str, today: date) -> Iterator[Period]:
    for form, read in _FORMS:
        for found in form.finditer(text):
            try:
                yield replace(read(found, today), span=Span(*found.span()))
            except (ValueError, OverflowError):  # beyond the last year that a date can have
                continue


def _bare_year(match: re.Match[str], today: date) -> Period:
    """科技局 2023 牵头."""
    year = int(match["year"])
    return Period(_NOWHERE, date(year, 1, 1), date(year, 12, 31), whole_year=True)


def _coming(match: re.Match[str], today: date) -> Period:
    """未来30天, 今后三个月: from today."""
    days = (count(match["count"]) or 0) * {"天": 1, "日": 1, "周": 7, "月": 30}[match["unit"]]
    return Period(_NOWHERE, today, today + timedelta(min(days, 3660)))


def _coming_years(match: re.Match[str], today: date) -> Period:
    """半年内到期, 两年内要完成: from today."""
    days = 183 if match["count"] == "半" else 365 * (count(match["count"]) or 0)
    return Period(_NOWHERE, today, today + timedelta(min(days, 3660)))


def _overdue(match: re.Match[str], today: date) -> Period:
    """逾期, 到期未完成: everything that was due before today."""
    return Period(_NOWHERE, FIRST_DAY, today - timedelta(1))


def _weekday(match: re.Match[str], today: date) -> Period:
    """下周三, 本周五前, 周五: without a week the coming one; 前 is from that week's Monday, or today, on."""
    shift = match["shift"] or ""
    at = _WEEKDAYS.index("日" if match["day"] == "天" else match["day"])
    monday = today - timedelta(today.weekday()) + timedelta(7 * (shift.count("下") - shift.count("上")))
    due = monday + timedelta(at)
    if not shift and due < today:
        due += timedelta(7)
    return Period(_NOWHERE, min(monday, today, due) if match["before"] else due, due)


def _soon(match: re.Match[str], today: date) -> Period:
    """近期, 最近: the coming thirty days."""
    return Period(_NOWHERE, today, today + timedelta(30))


_WEEKDAYS = "一二三四五六日"
_IS_DUE = r"(?=\s*(?:(?:必须|需要?|应该?|要|该|得|会|将)\s*)?(?:全部|按时)?(?:完成|办结|到期|截止|落实|[做干办]完))"
_COUNT = rf"(?P<count>\d{{1,4}}|[{TENS}两]{{1,3}})"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Period]], ...] = tuple(
    (re.compile(form), read)
    for form, read in (
        (r"(?<![\d.\-/A-Za-z])(?P<year>20\d\d)(?![\d.\-/年号至]|\s*[年号])", _bare_year),
        (rf"(?:未来|今后|接下来|最近|近)\s*{_COUNT}\s*个?(?P<unit>[天日周月])内?", _coming),
        # 20日内答复 is what a rule says, not when something is due
        (rf"(?<![后起自第\d〇零{TENS}]){_COUNT}\s*个?(?P<unit>[天日周月])(?:之|以)?内{_IS_DUE}", _coming),
        (rf"(?<![后起自第上下前\d]){_COUNT.replace('|[', '|半|[')}\s*年(?:之|以)?内{_IS_DUE}", _coming_years),
        (
            r"已?经?(?:到期|过期|逾期|超期)(?:了)?(?:仍|还)?(?:未|没有?)(?:完成|办结|落实|[做干办]完?)"
            r"|已?经?(?:逾期|超期)(?=\s*(?:的[^，。的]{0,10})?(?:任务|工作|事项|事情|事|活儿?|有|了)|\s*[?？]?$)",
            _overdue,
        ),
        (
            rf"(?<![每\d{TENS}两])(?P<shift>[上下]{{1,2}}|[本这])?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])"
            r"(?P<before>以前|之前|前)?",
            _weekday,
        ),
        (rf"近期|最近(?!\s*[\d{TENS}两])|马上|即将|快要", _soon),
    )
)
