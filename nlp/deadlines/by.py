"""Latest dates: 2024年3月底前, 到2025年, 年内, 第三季度, 2024年…达到…, 完成时限：2024年12月."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from corpus.records import DeadlineKind
from nlp.deadlines.atoms import Moment
from nlp.deadlines.binding import acts_after, acts_at_once, acts_in_sentence, labelled, looked_back, tells_what_was
from nlp.deadlines.limits import Limit
from nlp.deadlines.sheet import Sheet

_BEFORE = re.compile(
    r"(?:\d{1,2}[时:](?:\d{2}分?)?)?(?:之前|以前|前(?![后期述提置台景沿往者列端]|[一二三四五六七八九十\d]+(?:个?[季月年名位批]))|为止|止)"
)
_UP_TO = re.compile(r"(?:截至|截止到|截止至|截止|至迟|最迟|最晚|不迟于|不晚于|到|至)$")
_ON = re.compile(r"(?:[于在]|争取|力争|确保|计划|预计|拟|须|应|要|将|定于|原定|务必)$")
_CLAUSE_START = re.compile(r"(?:^|[,。;:、(“”)■]|(?:第?[一二三四五六七八九十\d]+[.、)]))$")
_IN_NAME = re.compile(
    r"[^,。;]{0,8}(?:期前|季前|汛前|节前|之年|前后|前无法)|年|是|为(?!确保|深入|进一步|加|了|切)|[“”]"
)
_REVIEWED = re.compile(r"(?:考核|总结|奖|决算|评比|人口|总量|余额|累计)")
_SUBJECT_AND_TARGET = re.compile(
    r"(?:全|我|本|各|市|县|区|省)[^,。;]{0,24}?\d|[^,。;]{0,12}(?:要|须|应|将|力争|确保|计划)(?!求)"
)


def read_by(sheet: Sheet) -> Iterator[Limit]:
    for moment in sheet.moments:
        limit = _before(sheet, moment) or _other(sheet, moment)
        if limit:
            yield limit


def _before(sheet: Sheet, moment: Moment) -> Limit | None:
    """A date with 前: a limit wherever it is not over."""
    suffix = _BEFORE.match(sheet.text, moment.end)
    due = sheet.before(moment) if suffix else None
    if not suffix or _is_over(sheet, due, moment) or moment.grain == "start":
        return None
    return _limit(sheet, moment, suffix.end(), due)


def _other(sheet: Sheet, moment: Moment) -> Limit | None:
    days = sheet.days(moment)
    if moment.grain in ("years", "months", "start") or not days or _is_over(sheet, days[1], moment):
        return None
    if not _binds(sheet, moment, days[1]):
        return None
    return _limit(sheet, moment, moment.end, days[1])


def _is_over(sheet: Sheet, due: date | None, moment: Moment) -> bool:
    return due is not None and sheet.years.past(due)


def _binds(sheet: Sheet, moment: Moment, due: date) -> bool:
    """Each kind of date needs its own proof: an end of a year little, a bare year or day much."""
    if labelled(sheet, moment.start, moment.end):
        return True
    if moment.dotted or looked_back(sheet, moment.start, moment.end):
        return False
    if _UP_TO.search(sheet.left(moment.start, 4)):
        return not sheet.years.over(due) and not tells_what_was(sheet, moment.end)
    return _PROOFS[moment.grain](sheet, moment) and not sheet.years.over(due)


def _year_end(sheet: Sheet, moment: Moment) -> bool:
    return not _REVIEWED.match(sheet.text, moment.end) and not tells_what_was(sheet, moment.end)


def _part(sheet: Sheet, moment: Moment) -> bool:
    return _begins_clause(sheet, moment) and acts_in_sentence(sheet, moment.end)


def _day(sheet: Sheet, moment: Moment) -> bool:
    return bool(_ON.search(sheet.left(moment.start, 3))) and acts_after(sheet, moment.start, moment.end)


def _bare_year(sheet: Sheet, moment: Moment) -> bool:
    right = sheet.right(moment.end)
    if not _begins_clause(sheet, moment) or _IN_NAME.match(right) or tells_what_was(sheet, moment.end):
        return False
    if right.startswith(","):
        return moment.word not in ("今年", "本年") and acts_in_sentence(sheet, moment.end + 1)
    return acts_at_once(sheet, moment.end) or (
        bool(_SUBJECT_AND_TARGET.match(right)) and acts_after(sheet, moment.start, moment.end)
    )


def _begins_clause(sheet: Sheet, moment: Moment) -> bool:
    left = sheet.left(moment.start, 6)
    return bool(_CLAUSE_START.search(left) or _ON.search(left))


_PROOFS = {
    "end": _year_end,
    "part": _part,
    "month": _part,
    "quarter": _part,
    "half": _part,
    "day": _day,
    "year": _bare_year,
}


def _limit(sheet: Sheet, moment: Moment, end: int, due: date | None) -> Limit:
    word = _UP_TO.search(sheet.left(moment.start, 4))
    start = moment.start - (len(word[0]) if word else 0)
    return Limit(start, end, DeadlineKind.BY, due=due, flag=_flag(moment, due))


def _flag(moment: Moment, due: date | None) -> str | None:
    if due is None:
        return "年份不明或日期不存在，未换算"
    return "日期有笔误，已按文意读出" if moment.slip else None
