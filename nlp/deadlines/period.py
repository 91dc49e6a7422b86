"""Periods with an end: 2024年3月1日至4月30日, 工程开工之日起至2024年底, 2024—2026年每年…, 3—5月."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from gongbao.corpus.language.dates import Moment
from gongbao.corpus.language.numerals import SMALL, counted
from gongbao.corpus.records import DeadlineKind
from gongbao.nlp.deadlines.binding import (
    acts_after,
    acts_in_sentence,
    begins_clause,
    labelled,
    looked_back,
    tells_what_was,
)
from gongbao.nlp.deadlines.limits import Limit
from gongbao.nlp.deadlines.sheet import Sheet

_JOIN = re.compile(r"(?:\([^()]{1,6}\))?(?:零时|0时|\d{1,2}[时:]\d{0,2}分?)?起?(?:开始)?(?:-|–|—|~|―|−|至|到|,至)+")
_DAY_ONLY = re.compile(rf"(?P<day>{SMALL})[日号]")
_END = re.compile(r"(?:\d{1,2}[时:]\d{0,2}分?)?(?:止|为止|之?前|以前|期间)?")
_PRAISED = re.compile(r",?是|的|,(?:我|全|本)(?:国|省|市|县|区)[^,。;]{0,6}(?:是|处于|进入)")
_SEASON = re.compile(r"(?:为|是)?[^,。;禁]{0,6}(?:汛期|采暖期|供暖期|取暖期|高发期|多发期|易发期|防范期)")
_BEGIN = re.compile(r"(?:自|从|于|在)$")
_EVENT_TO = re.compile(
    r"(?:自|从)?(?P<event>[^,.。;:、()自从]{1,16}?(?:之日|当日)|即日|现在)(?:起|开始)?(?:至|到|截至)$"
)


def read_periods(sheet: Sheet) -> Iterator[Limit]:
    for index, moment in enumerate(sheet.moments):
        limit = _between(sheet, index) or _run(sheet, moment) or _from_event(sheet, moment)
        if limit:
            yield limit


def _between(sheet: Sheet, index: int) -> Limit | None:
    first = sheet.moments[index]
    joined = _JOIN.match(sheet.text, first.end)
    if not joined:
        return None
    last = sheet.moment_at(joined.end()) or _same_month(sheet, first, joined.end())
    if not last:
        return None
    begins, due = sheet.days(first), sheet.days(_with_year(first, last))
    if not begins or not due or due[1] < begins[0]:
        return None
    return _judged(sheet, first, last, begins[0], due[1])


def _same_month(sheet: Sheet, first: Moment, at: int) -> Moment | None:
    """3月1日至15日."""
    found = _DAY_ONLY.match(sheet.text, at) if first.grain == "day" else None
    if not found:
        return None
    return replace(first, start=at, end=found.end(), day=counted(found["day"]))


def _with_year(first: Moment, last: Moment) -> Moment:
    """2024年11月1日至3月31日 ends in the year after."""
    if last.year is not None or first.year is None or not first.month or not last.month:
        return last
    return replace(last, year=first.year + (last.month < first.month), offset=None)


def _run(sheet: Sheet, moment: Moment) -> Limit | None:
    """2024—2026年, 3—5月, “十四五”期间: one atom that is a period."""
    days = sheet.days(moment)
    if moment.grain not in ("years", "months") or not days:
        return None
    return _judged(sheet, moment, moment, *days)


def _judged(sheet: Sheet, first: Moment, last: Moment, begins: date, due: date) -> Limit | None:
    """Days bind; longer spans bind where something is to be done in them."""
    end = _END.match(sheet.text, last.end)
    after = end.end() if end else last.end
    every_year = sheet.years.standing and first.year is None
    if (
        (sheet.years.over(due) and not every_year)
        or looked_back(sheet, first.start, after)
        or _SEASON.match(sheet.text, after)
    ):
        return None
    exact = first.grain == last.grain == "day"
    if not exact and not labelled(sheet, first.start, after) and not _filled(sheet, first, last, after):
        return None
    word = _BEGIN.search(sheet.left(first.start, 1))
    start = first.start - (len(word[0]) if word and word[0] in "自从" else 0)
    return Limit(start, after, DeadlineKind.PERIOD, begins=begins, due=due)


def _filled(sheet: Sheet, first: Moment, last: Moment, after: int) -> bool:
    """Something is done in the period; one atom (2024—2026年) may also be part of a name."""
    if tells_what_was(sheet, after) or _PRAISED.match(sheet.text, after):
        return False
    acts = acts_after(sheet, after) or (first is last and acts_in_sentence(sheet, after))
    return acts and (first is not last or begins_clause(sheet, first.start))


def _from_event(sheet: Sheet, moment: Moment) -> Limit | None:
    """A start that is an event, not a date: only the end has a value."""
    event = _EVENT_TO.search(sheet.left(moment.start))
    days = sheet.days(moment)
    if not event or not days or sheet.years.past(days[1]):
        return None
    end = _END.match(sheet.text, moment.end)
    start = moment.start - len(event[0])
    after = end.end() if end else moment.end
    return Limit(start, after, DeadlineKind.PERIOD, due=days[1], event=event["event"])
