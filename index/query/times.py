"""Times in a question: the year spoken of, and the period in which something is due.

GB/T 7408 order (year, month, day); 旬, 季度 and 半年 as in official calendars. What is asked
with N月底前 or 年底前 is that month or that year, unless everything up to it is asked (截至…).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gongbao.corpus.language.numerals import count
from gongbao.corpus.offsets import Span

FIRST_DAY = date(1949, 10, 1)  # “everything up to” begins with the first documents of this state

# 21年底, 21年6月: two digits name a year only before a part of it; 20年 alone may be a length of time
_PART = r"[底末终]|[上下]半年|第?[一二三四1-4]季度|(?:1[0-2]|0?[1-9]|[一二三四五六七八九十]{1,2})\s*月"
_SHORT = rf"(?<!\d)[0-4]\d(?=\s*年\s*(?:{_PART}))"
_YEAR = rf"(?:(?P<year>(?:19|20)\d\d|{_SHORT}|[一二][〇零一二三四五六七八九]{{3}}|[今本当去上明后前来])\s*年度?)"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月份?"
_DAY = (
    r"(?P<day>[12]\d|3[01]|0?[1-9]|三?十[一二三四五六七八九]?|二?十[一二三四五六七八九]?|[一二三四五六七八九])\s*[日号]"
)
_ENDS = r"(?P<end>\s*[底末])?(?P<before>\s*(?:以前|之前|前))?"
_UP_TO = re.compile(
    r"截至|截止[到至]|为止|累计|(?:全部|所有)[^，。]*?(?:以前|之前|前)|(?:以前|之前|前)的?(?:全部|所有)"
)
_UNTIL = re.compile(r"[底末前内]|岁末|年终")
_RELATIVE = {"今": 0, "本": 0, "当": 0, "去": -1, "上": -1, "明": 1, "来": 1, "后": 2, "前": -2}
_PLANS = {"十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031}
_THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}
_DAYS_AWAY = {"昨天": -1, "今天": 0, "明天": 1, "后天": 2}
_MONTHS_AWAY = {"本": 0, "这": 0, "当": 0, "下": 1, "上": -1}
_TO = r"\s*[至到\-—~～]+\s*"


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
    at = 0
    while period := _next(text, at, today):
        found.append(period)
        at = period.span.end
    if _UP_TO.search(text):
        return tuple(replace(period, start=FIRST_DAY, whole_year=False) for period in found)
    return tuple(found)


def _next(text: str, at: int, today: date) -> Period | None:
    candidates = []
    for form, read in _FORMS:
        match = form.search(text, at)
        if match and (period := _in_calendar(read, match, today)):
            candidates.append(replace(period, until=bool(_UNTIL.search(match[0]))))
    return min(candidates, key=lambda period: (period.span.start, -period.span.end), default=None)


def names_this_year(text: str) -> bool:
    return re.search(r"[今本当]年(?!代|度?[底末终内])", text) is not None


def _in_calendar(
    read: Callable[[re.Match[str], date], Period | None], match: re.Match[str], today: date
) -> Period | None:
    """The period, or None where it would lie beyond the last year that a date can have."""
    try:
        return read(match, today)
    except (ValueError, OverflowError):
        return None


def period_text(start: date | None, due: date | None) -> str:
    """A period as it is shown to who asked."""
    return f"期限：{start or ''}—{due or ''}"


def _span(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end())


def _year(match: re.Match[str], today: date) -> tuple[int, bool]:
    """(year, whether it was left open)."""
    said = match.group("year")
    if not said:
        return today.year, True
    if said in _RELATIVE:
        return today.year + _RELATIVE[said], False
    year = count(said) or today.year
    return (2000 + year if year < 100 else year), False


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    """From the first day of one month to the last of another; months count on over the year's ends."""
    year_first, month_first = divmod(year * 12 + first - 1, 12)
    year_last, month_last = divmod(year * 12 + last - 1, 12)
    due = date(year_last, month_last + 1, monthrange(year_last, month_last + 1)[1])
    return date(year_first, month_first + 1, 1), due


def moved(day: date, years: int) -> date:
    """The same day some years on; a month's end stays a month's end."""
    last = monthrange(day.year + years, day.month)[1]
    was_last = day.day == monthrange(day.year, day.month)[1]
    return date(day.year + years, day.month, last if was_last else min(day.day, last))


def _in_month(match: re.Match[str], today: date) -> Period | None:
    """10月, 10月底前 (that month), 10月前 (till the end of September), 10月上旬."""
    year, floating = _year(match, today)
    month = count(match["month"]) or 0
    third = match.group("third")
    start, due = (
        _months(year, month - 1, month - 1)
        if match["before"] and not (match["end"] or third)
        else _months(year, month, month)
    )
    if third:
        first, last = _THIRDS[third]
        start, due = start.replace(day=first), due.replace(day=min(last, due.day))
    return Period(_span(match), start, due, floating)


def _on_day(match: re.Match[str], today: date) -> Period | None:
    """10月15日: that day; 10月15日前: from the first of the month to it."""
    year, floating = _year(match, today)
    month, day = count(match["month"]) or 0, count(match["day"]) or 0
    if not 1 <= day <= monthrange(year, month)[1]:
        return None
    due = date(year, month, day)
    return Period(_span(match), due.replace(day=1) if match["before"] else due, due, floating)


def _between(match: re.Match[str], today: date) -> Period | None:
    """3月到5月, 3—5月, 2024年11月至2025年2月, 3月1日至4月30日."""
    year, floating = _year(match, today)
    last_year = count(match["year2"] or "") or year
    start, _ = _months(year, *[count(match["month"]) or 0] * 2)
    _, due = _months(last_year, *[count(match["month2"]) or 0] * 2)
    first, last = count(match.groupdict().get("day") or "") or 1, count(match["day2"] or "") or due.day
    if due < start or first > 28 + 3 or last > due.day:
        return None
    return Period(_span(match), start + timedelta(first - 1), due.replace(day=last), floating)


def _years(match: re.Match[str], today: date) -> Period | None:
    """2024—2026年: due in those years."""
    first, last = int(match["year"]), int(match["year2"])
    return Period(_span(match), *_months(first, 1, 12 * (last - first + 1))) if first < last else None


def _half(match: re.Match[str], today: date) -> Period | None:
    year, floating = _year(match, today)
    first = 1 if match["half"] in "上前" else 7
    return Period(_span(match), *_months(year, first, first + 5), floating)


def _quarter(match: re.Match[str], today: date) -> Period | None:
    year, floating = _year(match, today)
    last = 3 if match["quarter"] == "首" else 3 * (count(match["quarter"]) or 0)
    return Period(_span(match), *_months(year, last - 2, last), floating)


def _year_end(match: re.Match[str], today: date) -> Period | None:
    """年底前, 2024年底, 年内: anything due in that year."""
    year, floating = _year(match, today)
    return Period(_span(match), *_months(year, 1, 12), floating)


def _whole_year(match: re.Match[str], today: date) -> Period | None:
    """2024年; 2027年前 ends with 2026."""
    year, _ = _year(match, today)
    year -= bool(match["before"])
    return Period(_span(match), *_months(year, 1, 12), whole_year=not match["before"])


def _plan(match: re.Match[str], today: date) -> Period | None:
    """“十四五”: its five years; 末: the last of them."""
    first = _PLANS[match["plan"]]
    start, due = _months(first, 1, 60)
    return Period(_span(match), due.replace(month=1, day=1) if match["last"] else start, due)


def _month_away(match: re.Match[str], today: date) -> Period | None:
    away = _MONTHS_AWAY[match["away"] or "本"]
    return Period(_span(match), *_months(today.year, today.month + away, today.month + away))


def _day_of_month_away(match: re.Match[str], today: date) -> Period | None:
    """下月5日前, 本月24号."""
    away = _MONTHS_AWAY[match["away"]]
    start, end = _months(today.year, today.month + away, today.month + away)
    day = count(match["day"]) or 0
    if day > end.day:
        return None
    due = start.replace(day=day)
    return Period(_span(match), start if match["before"] else due, due)


def _quarter_away(match: re.Match[str], today: date) -> Period | None:
    last = 3 * ((today.month + 2) // 3 + _MONTHS_AWAY[match["away"]])
    return Period(_span(match), *_months(today.year, last - 2, last))


def _week(match: re.Match[str], today: date) -> Period | None:
    monday = today - timedelta(today.weekday()) + timedelta(7 * _MONTHS_AWAY[match["away"]])
    return Period(_span(match), monday, monday + timedelta(6))


def _coming(match: re.Match[str], today: date) -> Period | None:
    """未来30天, 今后三个月: from today."""
    days = (count(match["count"]) or 0) * {"天": 1, "日": 1, "周": 7, "月": 30}[match["unit"]]
    return Period(_span(match), today, today + timedelta(min(days, 3660)))


def _coming_years(match: re.Match[str], today: date) -> Period | None:
    """半年内到期, 两年内要完成: from today."""
    days = 183 if match["count"] == "半" else 365 * (count(match["count"]) or 0)
    return Period(_span(match), today, today + timedelta(min(days, 3660)))


def _day_away(match: re.Match[str], today: date) -> Period | None:
    """今天, 明天到期; 明天前: from today to it."""
    due = today + timedelta(_DAYS_AWAY[match["away"]])
    return Period(_span(match), min(today, due) if match["before"] else due, due)


def _overdue(match: re.Match[str], today: date) -> Period | None:
    """逾期, 到期未完成: everything that was due before today."""
    return Period(_span(match), FIRST_DAY, today - timedelta(1))


def _soon(match: re.Match[str], today: date) -> Period | None:
    """近期, 最近: the coming thirty days."""
    return Period(_span(match), today, today + timedelta(30))


def _numeric(match: re.Match[str], today: date) -> Period | None:
    """2024-10, 2024/10/31."""
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"] or 0)
    start, due = _months(year, month, month)
    if day > due.day:
        return None
    exact = start.replace(day=day) if day else None
    return Period(_span(match), exact or start, exact or due)


_IS_DUE = r"(?=\s*(?:(?:必须|需要?|应该?|要|该|得|会|将)\s*)?(?:全部|按时)?(?:完成|办结|到期|截止|落实|[做干办]完))"
_COUNT = r"(?P<count>\d{1,4}|[一二两三四五六七八九十]{1,3})"
_BARE_MONTH = _MONTH.removesuffix(r"\s*月份?")
_SECOND = (
    (_YEAR + "?" + _MONTH + rf"(?:{_DAY})?")
    .replace("year>", "year2>")
    .replace("month>", "month2>")
    .replace("day>", "day2>")
)
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Period | None]], ...] = tuple(
    (re.compile(form), read)
    for form, read in (
        (rf"{_YEAR}?\s*{_MONTH}(?:{_DAY})?{_TO}{_SECOND}\s*[底末]?", _between),
        (
            rf"{_YEAR}?\s*(?<![\d.])(?P<month>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九]){_TO}{_SECOND}\s*[底末]?",
            _between,
        ),
        (
            rf"(?<!\d)(?P<year>20\d\d)\s*年?{_TO}(?P<year2>20\d\d)(?:\s*年度?(?!\s*\d)|(?!\s*[\d年]))(?:期?间|内)?",
            _years,
        ),
        (rf"(?P<away>[本这当下上])个?月\s*{_DAY}(?P<before>\s*(?:以前|之前|前))?", _day_of_month_away),
        (rf"{_YEAR}?\s*{_MONTH}\s*{_DAY}(?P<before>\s*(?:以前|之前|前))?", _on_day),
        (rf"{_YEAR}?\s*(?<!\d){_MONTH}\s*(?:(?P<third>[上中下])旬)?{_ENDS}(?!\s*\d+\s*[日号])", _in_month),
        (rf"{_YEAR}?\s*(?P<half>[上下前后])半年{_ENDS}", _half),
        (rf"{_YEAR}?\s*第?(?P<quarter>[首一二三四1-4])季度{_ENDS}", _quarter),
        (
            r"(?:"
            + _YEAR.replace("年度?", "")
            + r"\s*年?|(?<![半\d一二两三四五六七八九十]))"  # 半年内, 3年内 are lengths of time
            r"\s*(?:年\s*[底末终]|年度?内|岁末|全年)(?:\s*(?:以前|之前|前))?",
            _year_end,
        ),
        (rf"(?:到\s*)?{_YEAR}(?P<before>\s*(?:以前|之前|前))?(?![底末内])", _whole_year),
        (r"(?<![\d.\-/A-Za-z])(?P<year>20\d\d)(?![\d.\-/年号至]|\s*[年号])(?P<before>)", _whole_year),
        (r"[“\"]?(?P<plan>十[三四五六]五)[”\"]?(?:(?P<last>期?末)|期间|时期)?", _plan),
        (r"(?P<away>[本这当下上])个?月[底末]?(?:以前|之前|前)?|(?P<!\d)月底前?".replace("(?P<!", "(?<!"), _month_away),
        (r"(?P<away>[本这下上])个?季度[末]?前?", _quarter_away),
        (r"(?P<away>[本这下上])个?(?:周|星期)内?", _week),
        (rf"(?:未来|今后|接下来|最近|近)\s*{_COUNT}\s*个?(?P<unit>[天日周月])内?", _coming),
        # 20日内答复 is what a rule says, not when something is due
        (rf"(?<![后起自第\d〇零一二三四五六七八九十]){_COUNT}\s*个?(?P<unit>[天日周月])(?:之|以)?内{_IS_DUE}", _coming),
        (rf"(?<![后起自第上下前\d]){_COUNT.replace('|[', '|半|[')}\s*年(?:之|以)?内{_IS_DUE}", _coming_years),
        (r"(?P<away>[今明后昨]天)(?P<before>\s*(?:以前|之前|前))?", _day_away),
        (
            r"已?经?(?:到期|过期|逾期|超期)(?:了)?(?:仍|还)?(?:未|没有?)(?:完成|办结|落实|[做干办]完?)"
            r"|已?经?(?:逾期|超期)(?=\s*(?:的[^，。的]{0,10})?(?:任务|工作|事项|事情|事|活儿?|有|了)|\s*[?？]?$)",
            _overdue,
        ),
        (r"近期|最近(?!\s*[\d一二两三四五六七八九十])|马上|即将|快要", _soon),
        (r"(?P<year>20\d\d)[-/.](?P<month>1[0-2]|0?[1-9])(?:[-/.](?P<day>3[01]|[12]\d|0?[1-9]))?(?!\d)", _numeric),
    )
)
