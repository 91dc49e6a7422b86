"""Days, months and spans of the civil calendar; working days of the mainland where they are known.

A span is counted as 民法典 第二百零一条、第二百零二条 say: the day it begins does not count, and a span of
months or years ends on the day of the same number, or on the last day of a month that has none.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

import chinese_calendar

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The day of the same number `months` later, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_duration(day: date, duration: str) -> date | None:
    """`day` plus an ISO 8601 duration of whole days or longer; None for hours and the like."""
    found = _DURATION.fullmatch(duration)
    if not found:
        return None
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    try:
        return add_months(day, 12 * years + months) + timedelta(days=7 * weeks + days)
    except (OverflowError, ValueError):
        return None


def add_working_days(day: date, count: int) -> date | None:
    """The `count`-th working day after `day`; None where the holidays of a year are not known."""
    try:
        for _ in range(count):
            day += timedelta(days=1)
            while not chinese_calendar.is_workday(day):
                day += timedelta(days=1)
    except (NotImplementedError, OverflowError):
        return None
    return day
