"""Times in questions, counted from Wednesday 15 May 2024."""

from __future__ import annotations

from datetime import date

import pytest
from gongbao.index.query.times import FIRST_DAY, find_periods, moved
from hypothesis import given
from hypothesis import strategies as st

TODAY = date(2024, 5, 15)

# text, first day, last day, whether the year was left open, why the row is here
PERIODS = [
    ("2023年10月底之前该办完的", "2023-10-01", "2023-10-31", False, "asked by month: due in that month"),
    ("10月底前", "2024-10-01", "2024-10-31", True, "no year"),
    ("2024年2月底前", "2024-02-01", "2024-02-29", False, "leap year"),
    ("2023年6月前", "2023-05-01", "2023-05-31", False, "前 without 底: June itself is too late"),
    ("12月15日前", "2024-12-01", "2024-12-15", True, "a day in the month"),
    ("10月1号", "2024-10-01", "2024-10-01", True, "spoken day"),
    ("三月底前", "2024-03-01", "2024-03-31", True, "Chinese numeral"),
    ("9月上旬", "2024-09-01", "2024-09-10", True, "旬"),
    ("上半年", "2024-01-01", "2024-06-30", True, "half"),
    ("2023年下半年", "2023-07-01", "2023-12-31", False, "half of a named year"),
    ("第三季度", "2024-07-01", "2024-09-30", True, "quarter"),
    ("年底前", "2024-01-01", "2024-12-31", True, "by the year's end: due in that year"),
    ("2023年底", "2023-01-01", "2023-12-31", False, "the end of a named year"),
    ("二〇二三年底前", "2023-01-01", "2023-12-31", False, "year in Chinese numerals"),
    ("21年6月底前", "2021-06-01", "2021-06-30", False, "a year of two digits before a month"),
    ("22年底", "2022-01-01", "2022-12-31", False, "a year of two digits before its end"),
    ("23年下半年", "2023-07-01", "2023-12-31", False, "a year of two digits before its half"),
    ("2027年前", "2026-01-01", "2026-12-31", False, "2027 itself is too late"),
    ("本月", "2024-05-01", "2024-05-31", False, "relative month"),
    ("下个月", "2024-06-01", "2024-06-30", False, "relative month"),
    ("月底前", "2024-05-01", "2024-05-31", False, "this month's end"),
    ("本周", "2024-05-13", "2024-05-19", False, "week from Monday"),
    ("本周五前要交什么", "2024-05-13", "2024-05-17", False, "a weekday of this week, from its Monday on"),
    ("周五之前完成的任务", "2024-05-13", "2024-05-17", False, "the coming one"),
    ("星期二到期的", "2024-05-21", "2024-05-21", False, "yesterday was Tuesday: the coming one"),
    ("下周三之前要交的材料", "2024-05-15", "2024-05-22", False, "from today on, since today is before that week"),
    ("下下周一要报的", "2024-05-27", "2024-05-27", False, "the week after the next"),
    ("上个礼拜天到期的", "2024-05-12", "2024-05-12", False, "spoken: the last day of the last week"),
    ("未来30天内", "2024-05-15", "2024-06-14", False, "from today"),
    ("3个月内要完成的", "2024-05-15", "2024-08-13", False, "from today, where what is due is asked"),
    ("30天内到期", "2024-05-15", "2024-06-14", False, "from today"),
    ("两周之内必须办结", "2024-05-15", "2024-05-29", False, "weeks"),
    ("半年内要完成的", "2024-05-15", "2024-11-14", False, "half a year from today, not within this year"),
    ("一年内到期的", "2024-05-15", "2025-05-15", False, "a year from today"),
    ("2023年内", "2023-01-01", "2023-12-31", False, "within a named year"),
    ("年内要完成的", "2024-01-01", "2024-12-31", True, "within this year"),
    ("下半年内要完成的", "2024-07-01", "2024-12-31", True, "a half of this year"),
    ("明天到期的", "2024-05-16", "2024-05-16", False, "tomorrow"),
    ("后天之前", "2024-05-15", "2024-05-17", False, "from today to it"),
    ("逾期的任务有哪些", "1949-10-01", "2024-05-14", False, "due before today"),
    ("逾期的防汛任务", "1949-10-01", "2024-05-14", False, "overdue, with a topic"),
    ("到期未完成的", "1949-10-01", "2024-05-14", False, "overdue, in other words"),
    ("2023-10", "2023-10-01", "2023-10-31", False, "ISO month"),
    ("2023/10/31", "2023-10-31", "2023-10-31", False, "slashes"),
    ("3月到5月", "2024-03-01", "2024-05-31", True, "range of months"),
    ("2023年11月至2024年2月", "2023-11-01", "2024-02-29", False, "range over the year's end"),
    ("3月1日至4月30日", "2024-03-01", "2024-04-30", True, "range of days"),
    ("3—5月", "2024-03-01", "2024-05-31", True, "月 said once for both"),
    ("2023年6至9月", "2023-06-01", "2023-09-30", False, "the same, of a named year"),
    ("十至十二月", "2024-10-01", "2024-12-31", True, "the same in words"),
    ("2024—2026年", "2024-01-01", "2026-12-31", False, "range of years"),
    ("这个季度要做什么", "2024-04-01", "2024-06-30", False, "a quarter counted from today"),
    ("后天到期", "2024-05-17", "2024-05-17", False, "a day counted from today"),
    ("民国113年3月", "2024-03-01", "2024-03-31", False, "a year of the Republic"),
    ("2024 年 6 月底前", "2024-06-01", "2024-06-30", False, "blanks"),
    ("首季度", "2024-01-01", "2024-03-31", True, "the first quarter"),
    ("下月5日前", "2024-06-01", "2024-06-05", False, "a day of the next month"),
    ("本月24号", "2024-05-24", "2024-05-24", False, "a day of this month"),
    ("“十四五”末", "2025-01-01", "2025-12-31", False, "last year of a plan"),
    ("十四五期间", "2021-01-01", "2025-12-31", False, "years of a plan"),
]


@pytest.mark.parametrize(("text", "start", "due", "floating", "why"), PERIODS)
def test_periods(text: str, start: str, due: str, floating: bool, why: str) -> None:
    (period,) = find_periods(text, TODAY)
    assert (period.start.isoformat(), period.due.isoformat(), period.floating) == (start, due, floating), why


YEARS = [
    ("2023年重点工程", 2023),
    ("科技局 2023 牵头", 2023),
    ("今年", 2024),
    ("去年的", 2023),
    ("明年", 2025),
    ("2023年度", 2023),
]


@pytest.mark.parametrize(("text", "year"), YEARS)
def test_a_bare_year_is_whole(text: str, year: int) -> None:
    (period,) = find_periods(text, TODAY)
    assert period.whole_year
    assert period.due.year == year


@pytest.mark.parametrize(
    "text",
    [
        "每月5日前",
        "每周五报送",  # how often
        "一周三次",
        "12345热线",
        "13个部门",
        "5G基站",
        "2月30日前",
        "满20年的",
        "租期20年",
        "20日内答复",
        "之日起30日内办结",
        "逾期不缴",
        "哪年底前搞完",
    ],
)
def test_no_time(text: str) -> None:
    assert not find_periods(text, TODAY)


@pytest.mark.parametrize("text", ["明年", "后年底前", "下个月", "下个季度", "下周", "未来30天", "近期"])
def test_beyond_the_calendar_is_no_time(text: str) -> None:
    assert not find_periods(text, date.max)


def test_everything_up_to_it() -> None:
    (period,) = find_periods("截至2023年10月底的任务", TODAY)
    assert (period.start, period.due) == (FIRST_DAY, date(2023, 10, 31))


@given(day=st.dates(date(1990, 1, 1), date(2060, 12, 31)), years=st.integers(-30, 30))
def test_a_months_end_stays_one(day: date, years: int) -> None:
    there = moved(day, years)
    assert (there.year, there.month) == (day.year + years, day.month)
    assert moved(there, 0) == there
