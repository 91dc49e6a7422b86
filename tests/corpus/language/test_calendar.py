"""Spans of the civil calendar."""

from __future__ import annotations

from datetime import date

import pytest
from gongbao.corpus.language.calendar import add_duration, add_months, add_working_days, month_end
from hypothesis import given
from hypothesis import strategies as st


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(-600, 600))
def test_months_end_where_the_calendar_says(day: date, months: int) -> None:
    later = add_months(day, months)
    assert later.day == min(day.day, month_end(later.year, later.month).day)
    assert (later.year - day.year) * 12 + later.month - day.month == months


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
