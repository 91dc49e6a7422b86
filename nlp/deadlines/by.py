"""Latest dates: 2024年3月底前, 到2025年, 年内, 第三季度, 2024年…达到…, 完成时限：2024年12月."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongbao.corpus.language.dates import Moment
from gongbao.corpus.language.numerals import TENS
from gongbao.corpus.records import DeadlineKind
from gongbao.nlp.deadlines.binding import (
    acts_after,
    acts_at_once,
    acts_in_sentence,
    begins_clause,
    labelled,
    looked_back,
    meant_for,
    names_a_stage,
    pledged,
    targets_in_sentence,
    tells_what_was,
)
from gongbao.nlp.deadlines.limits import Limit
from gongbao.nlp.deadlines.sheet import Sheet

_BEFORE = re.compile(
    r"(?:\((?:星期|周)[一二三四五六日天]\))?(?:上午|下午|中午)?(?:\d{1,2}[时点:](?:\d{2}分?)?)?(?:下班)?"
    rf"(?:之前|以前|前(?![后期述置台景沿往者列端]|提(?![交出请供前升高报醒示])|[{TENS}\d]+(?:个?[季月年名位批]))|为止|止)"
)
_UP_TO = re.compile(r"(?:截至|截止到|截止至|截止|至迟|最迟|最晚|不得?[迟晚]于|到|至)$")
_OBLIGED = re.compile(r"(?:要|应当?|须|必须|请|务必)(?:于|在)?$")
_SHARE = re.compile(r"的\d")
_TARGET_COLUMN = re.compile(
    r"(?:的)?(?:(?:计划|预期|拟|规划|阶段性?|年度|工作|主要)?(?:目标|任务|指标|要求|完成)|[一-鿿]{2,8}(?:目标|任务|指标))(?!情况|数|率|额)"
)
_LATELY = 180  # days before the signed date in which the first stage of a plan may have ended
_LONGEST_LIST = 12  # dates joined by 、 that are followed
_BEFORE_A_FEAST = re.compile(r"[^,。;]{0,6}[期季汛节]前")  # 2024年采暖季前, 2025年春节前: no date
_AND = re.compile(r"[和、及与](?:到)?")
_IN_NAME = re.compile(r"[^,。;]{0,8}(?:期前|季前|汛前|节前|之年|前后|前无法)|年|是|为|[“”]")
_STAGED = re.compile(r"为[^,。;]{2,30}阶段")
_REVIEWED = re.compile(r"(?:考核|总结|奖|决算|评比|人口|总量|余额|累计)|[^,。;]{0,14}(?:最高|不超过)[\d.]+(?:万|亿)?元")
_SUBJECT_AND_TARGET = re.compile(
    r"[^,。;的]{1,14}(?:达到?|突破|实现|完成|增长|下降|超过|控制在)[^,。;]{0,6}\d|"
    r"(?:全|我|本|各|每|市|县|区|省)[^,。;]{0,24}?\d|[^,。;]{0,12}(?:要|须|应|将|力争|确保|计划)"
)
_THIS_YEAR, _ALL_YEAR = ("今年", "本年"), "全年"
# 设备验收后次年6月30日前: the year hangs on an event, and stays open.
_DONE_BEFORE = re.compile(r"已(?:将|经|对|于)(?:\d{4}年)?\(?$")  # 已将2024年10月份经费拨付: what was done
_YEAR_AFTER, _EVENT_BEFORE = ("次年", "翌年", "当年"), re.compile(r"[后的]$")
_ANY_YEAR = ("次年", "翌年", "当年", "全年")
_ENDS = ("底", "末")
_MONTH_AFTER = ("次月", "当月")  # of an event: never counted from the document


def read_by(sheet: Sheet) -> Iterator[Limit]:
    for moment in sheet.moments:
        limit = _before(sheet, moment) or _other(sheet, moment)
        if limit:
            yield limit
            yield from _joined(sheet, limit, moment)


def _joined(sheet: Sheet, limit: Limit, first: Moment) -> Iterator[Limit]:
    """到2027年和2030年,…分别…; 上半年和下半年各…: the second date binds as the first does."""
    other = _next(sheet, limit.end)
    days = sheet.days(other) if other and other.grain == first.grain else None
    if other and days and not sheet.years.over(days[1]) and not _BEFORE.match(sheet.text, other.end):
        yield Limit(other.start, other.end, DeadlineKind.BY, due=days[1])


def _next(sheet: Sheet, end: int) -> Moment | None:
    joined = _AND.match(sheet.text, end)
    return sheet.moment_at(joined.end()) if joined else None


def _before(sheet: Sheet, moment: Moment) -> Limit | None:
    """A date with 前: a limit wherever it is not history."""
    suffix = _BEFORE.match(sheet.text, moment.end)
    if moment.grain == "start" or not (suffix or _shares_suffix(sheet, moment)):
        return None
    due = None if _floats(sheet, moment) else sheet.before(moment)
    end = suffix.end() if suffix else moment.end
    if due is not None and sheet.years.past(due) and not _still_asked(sheet, moment, end, due):
        return None
    return _limit(sheet, moment, end, due)


def _floats(sheet: Sheet, moment: Moment) -> bool:
    after_event = moment.word in _YEAR_AFTER and bool(_EVENT_BEFORE.search(sheet.left(moment.start, 1)))
    in_rule = sheet.years.standing and moment.word in _ANY_YEAR
    return after_event or in_rule or moment.word in _MONTH_AFTER


def _still_asked(sheet: Sheet, moment: Moment, end: int, due: date) -> bool:
    """A date of the past binds where something must be done by it, or was planned to be not long ago."""
    if _OBLIGED.search(sheet.left(moment.start, 4)):
        return True
    lately = sheet.years.signed is not None and (sheet.years.signed - due).days <= _LATELY
    return lately and acts_at_once(sheet, end + sheet.text.startswith(",", end))


def _shares_suffix(sheet: Sheet, moment: Moment) -> bool:
    """3月15日、6月15日、9月15日前分别…: one 前 for all dates of a kind."""
    for _ in range(_LONGEST_LIST):
        other = _next(sheet, moment.end)
        if not other or other.grain != moment.grain:
            return False
        if _BEFORE.match(sheet.text, other.end):
            return True
        moment = other
    return False


def _other(sheet: Sheet, moment: Moment) -> Limit | None:
    days = sheet.days(moment)
    open_year = moment.word in _MONTH_AFTER or (sheet.years.standing and moment.word in _ANY_YEAR)
    if open_year or moment.grain in ("years", "months", "start") or not days or sheet.years.past(days[1]):
        return None
    if _DONE_BEFORE.search(sheet.left(moment.start, 8)):
        return None
    if moment.bare_year and sheet.moments_in(moment.end, moment.end + 3) and not _AND.match(sheet.text, moment.end):
        return None  # 2024年在年内完成, 2024年全年: the nearer date binds
    return _limit(sheet, moment, moment.end, days[1]) if _binds(sheet, moment, days[1]) else None


def _binds(sheet: Sheet, moment: Moment, due: date) -> bool:
    """Each kind of date needs its own proof: the end of a year little, a bare year or day much."""
    if moment.bare_year and _BEFORE_A_FEAST.match(sheet.text, moment.end):
        return False
    if not sheet.unit.column_head and labelled(sheet, sheet.start_of_run(moment), moment.end):
        return True
    up_to = _UP_TO.search(sheet.left(moment.start, 4))
    if sheet.unit.column_head:
        told = _TARGET_COLUMN.match(sheet.text, moment.end) or names_a_stage(sheet, moment.start, moment.end)
        return bool(told) and not sheet.years.over(due)
    if moment.dotted or sheet.years.over(due) or (up_to and sheet.ends_at(moment.start - len(up_to[0]))):
        return False
    if up_to and _SHARE.match(sheet.text, moment.end):  # 提高到2027年的80%
        return True
    if looked_back(sheet, moment.start, moment.end):
        return False
    if up_to:
        return not tells_what_was(sheet, moment.end)
    return _PROOFS[moment.grain](sheet, moment)


def _year_end(sheet: Sheet, moment: Moment) -> bool:
    return not _REVIEWED.match(sheet.text, moment.end) and not tells_what_was(sheet, moment.end)


def _part(sheet: Sheet, moment: Moment) -> bool:
    if acts_at_once(sheet, moment.end):
        return True
    if moment.part in _ENDS and acts_after(sheet, moment.end):  # 资金6月底支出进度达到50%
        return not tells_what_was(sheet, moment.end)
    return begins_clause(sheet, moment.start) and acts_in_sentence(sheet, moment.end)


def _day(sheet: Sheet, moment: Moment) -> bool:
    return meant_for(sheet, moment.start) and acts_after(sheet, moment.end)


def _bare_year(sheet: Sheet, moment: Moment) -> bool:
    """2024年,…达到…; 2024年停止…; 确保2024年全部…; 2024年全市新建…12公里."""
    end = _end_of_list(sheet, moment)
    right = sheet.right(end)
    if not begins_clause(sheet, sheet.start_of_run(moment)) or tells_what_was(sheet, end):
        return False
    if _STAGED.match(right):
        return True
    if _IN_NAME.match(right):
        return False
    if right.startswith(","):
        return moment.word not in _THIS_YEAR and targets_in_sentence(sheet, end + 1)
    if acts_at_once(sheet, end):
        return True
    expected = moment.word == _ALL_YEAR or pledged(sheet, moment.start) or _SUBJECT_AND_TARGET.match(right)
    return bool(expected) and acts_after(sheet, end)


def _end_of_list(sheet: Sheet, moment: Moment) -> int:
    """2026年、2030年,…分别…: what is aimed at stands behind the second year."""
    joined = _AND.match(sheet.text, moment.end)
    other = sheet.moment_at(joined.end()) if joined else None
    return other.end if other and other.bare_year else moment.end


_PROOFS = {
    "end": _year_end,
    "part": _part,
    "month": _part,
    "quarter": _part,
    "quarter_end": _part,
    "half": _part,
    "day": _day,
    "year": _bare_year,
}


def _limit(sheet: Sheet, moment: Moment, end: int, due: date | None) -> Limit:
    word = _UP_TO.search(sheet.left(moment.start, 4))
    start = moment.start - (len(word[0]) if word else 0)
    return Limit(start, end, DeadlineKind.BY, due=due, flag=_flag(sheet, moment, due))


def _flag(sheet: Sheet, moment: Moment, due: date | None) -> str | None:
    if due is None:
        return "年份不明或日期不存在，未换算"
    if sheet.rolls_over(moment):
        return "未印年份，早于成文日期，按次年读"
    return "日期有笔误，已按文意读出" if moment.slip else None
