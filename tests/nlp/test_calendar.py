"""Spans of the civil calendar, and numbers in both scripts."""

from __future__ import annotations

from datetime import date

import pytest
from gongbao.nlp.deadlines.calendar import add_duration, add_months, add_working_days, month_end
from gongbao.nlp.deadlines.numerals import read_number
from hypothesis import given
from hypothesis import strategies as st


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(-600, 600))
def test_months_end_where_the_calendar_says(day: date, months: int) -> None:
    later = add_months(day, months)
    assert later.day == min(day.day, month_end(later.year, later.month).day)
    assert (later.year - day.year) * 12 + later.month - day.month == months


@given(st.integers(1, 199))
def test_numbers_are_read_in_both_scripts(number: int) -> None:
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    written = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        written += ("一" if hundreds and tens == 1 else "") + ("" if tens == 1 else digits[tens]) + "十"
    elif hundreds and ones:
        written += "零"
    written += digits[ones] if ones else ""
    assert read_number(written) == read_number(str(number)) == number


@pytest.mark.parametrize(
    ("why", "duration", "expected"),
    [
        ("the day itself does not count", "P30D", date(2024, 3, 1)),
        ("no 31st in February", "P1M", date(2024, 2, 29)),
        ("weeks", "P2W", date(2024, 2, 14)),
        ("years", "P5Y", date(2029, 1, 31)),
        ("hours have no day", "PT2H", None),
    ],
)
def test_durations_are_added(why: str, duration: str, expected: date | None) -> None:
    assert add_duration(date(2024, 1, 31), duration) == expected, why


def test_working_days_of_unknown_years_are_not_computed() -> None:
    assert add_working_days(date(2199, 1, 1), 5) is None
