"""Dates that are computed, not printed: from the signed date or a rhythm, always saying from what."""

from __future__ import annotations

import re
from datetime import date, timedelta

from gongbao.corpus.language.calendar import add_duration, add_months, add_working_days, month_end
from gongbao.corpus.records import DeadlineKind, Resolved
from gongbao.nlp.deadlines.limits import Limit

_ISSUED = re.compile(r"即日|印发|发布|公布|颁布|下发|发文|公告|签发")
_WORKING = re.compile(r"P(\d+)D")


def resolve(limit: Limit, signed: date | None, in_force: date | None) -> Resolved | None:
    """`in_force`: the day from which the document is in force, where one is known."""
    if limit.kind is DeadlineKind.EFFECTIVE:
        return _validity(limit, signed, in_force)
    if limit.kind is DeadlineKind.WITHIN and signed and limit.event and _ISSUED.search(limit.event):
        return _counted(limit, signed)
    if limit.kind is DeadlineKind.RECURRING and signed:
        return _next(limit, signed)
    return None


def _counted(limit: Limit, signed: date) -> Resolved | None:
    due = _after(limit, signed)
    return Resolved(f"{limit.event}，以成文日期{signed.isoformat()}计", due=due) if due else None


def _after(limit: Limit, day: date) -> date | None:
    if not limit.within:
        return None
    working = _WORKING.fullmatch(limit.within) if limit.working_days else None
    return add_working_days(day, int(working[1])) if working else add_duration(day, limit.within)


def _validity(limit: Limit, signed: date | None, in_force: date | None) -> Resolved | None:
    if limit.event and signed and _ISSUED.search(limit.event):
        start = _after(limit, signed) if limit.within else signed
        return Resolved(f"{limit.event}，以成文日期{signed.isoformat()}计", start=start) if start else None
    if limit.within and in_force:
        ends = add_duration(in_force, limit.within)
        return Resolved(f"自{in_force.isoformat()}起施行", due=ends - timedelta(days=1)) if ends else None
    return None


def _next(limit: Limit, signed: date) -> Resolved | None:
    """The first time that a rhythm with a printed day falls due after the document was signed."""
    due = None
    if limit.every == "P1M" and limit.day:
        due = _next_month_day(limit.day, signed)
    elif limit.every == "P1Y" and limit.month:
        due = _next_year_day(limit.month, limit.day, signed)
    return Resolved(f"成文日期{signed.isoformat()}后首次", due=due) if due else None


def _next_month_day(day: int, signed: date) -> date:
    for later in range(2):
        first = add_months(signed.replace(day=1), later)
        due = first.replace(day=min(day, month_end(first.year, first.month).day))
        if due >= signed:
            return due
    raise AssertionError("the second month lies after the signed date")


def _next_year_day(month: int, day: int | None, signed: date) -> date:
    for year in (signed.year, signed.year + 1):
        last = month_end(year, month)
        due = last.replace(day=min(day or last.day, last.day))
        if due >= signed:
            return due
    raise AssertionError("the second year lies after the signed date")


def in_force_from(limits: list[Limit], signed: date | None) -> date | None:
    """The day that the document says it is in force from, else its signed date where it says 印发之日."""
    for limit in limits:
        if limit.kind is DeadlineKind.EFFECTIVE and limit.begins:
            return limit.begins
    issued = any(limit.kind is DeadlineKind.EFFECTIVE and limit.event and not limit.within for limit in limits)
    return signed if issued else None
