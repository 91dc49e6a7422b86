"""Rhythms that bind: 每月5日前, 每年12月底前, 一月一通报, 进行年度考核, 5年为一个评估周期."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gongbao.corpus.language.dates import Moment
from gongbao.corpus.language.numerals import SMALL, counted
from gongbao.corpus.records import DeadlineKind
from gongbao.nlp.deadlines.limits import Limit
from gongbao.nlp.deadlines.sheet import Sheet
from gongbao.nlp.deadlines.spans import Rhythm

_DAY_OF = re.compile(
    rf"(?:的)?(?:第[一二三1-3]个月|首月|首个月|末月|最后[一1]个月|次月|下月)?(?:的)?(?P<day>{SMALL})(?:[日号](?P<more>[、和至到-]{SMALL}[日号])?(?:之?前|以前)?|之?前|以前)"
)
_END_OF = re.compile(r"[年月]?[底末终初](?:之前|以前|前)?")
_BEFORE = re.compile(r"(?:\d{1,2}[时:](?:\d{2}分?)?)?(?:之前|以前|前)")
_SYSTEM = re.compile(r"[一-鿿]{2,12}(?:制度|机制)")  # （一）每周调度工作制度: a name
# In these words a date follows each turn of the rhythm.
_NEXT_TURN = {"P1M": ("次月", "当月"), "P3M": ("次月",), "P1Y": ("次年", "翌年")}
_SENTENCE_END = re.compile("[。;!?]")
_SENTENCE_REACH = 120
_RANGE = re.compile(r"(?:零时|\d{1,2}[时:](?:\d{2}分?)?)?(?:-|–|—|~|至|到)+")
# A rate, a ceiling or a grant is no rhythm of acting: 每年至多奖励5万元, 每日8时至20时, 每天24小时.
_RATE = re.compile(
    r"(?:[(]?\d{1,2}[时点:]\d{0,2}分?[-–—~至到]|\d+小时|最高|每[公平亩人户个]|的|[^,。;]{0,6}(?:摄入|食用|睡眠|消耗|使用量|用量|产量|产生|排放)|不超过[\d.]+万?元|[\d.]+万?(?:元|吨|千瓦|立方|公斤)|产能|产量|"
    r"[^,。;:、]{0,8}(?:补助|补贴|奖励|资助|给予)[^,。;]{0,10}元|[平均]均)"
)
_PER_HEAD = re.compile(r"每(?:人|户|亩|辆|家|床|名|吨|只|头|人次|平方米|企业|家企业|个|项|村|公里)$|/$")
_SEASON = re.compile(r"(?:集中|出现|发生)(?:在|于)$")
_AT_HOUR = re.compile(r"(?:上午|下午|晚上?)?\d{1,2}[时点:](?:\d{2}分?)?(?:之前|以前|前)?")
_AFTER_EACH = re.compile(
    rf"(?:结束|终了|期满)(?:之日|后)起?(?:的)?(?P<days>{SMALL})(?:个)?(?P<working>工作)?[日天]之?内"
)
_DRIFT = re.compile(r"(?:回升|增|提|递|上升|下降|减|扩|加大|完善|推进|降|改善|好转|实现|建立|形成|加强|推|压|缩|退|消)")
_TOO_SHORT = {"PT1H", "PT1M"}  # 每小时10蒸吨: a rate unless it is reported or looked at
_WATCHED = re.compile(r"[^,。;]{0,6}(?:报|巡|监测|会商|一次|1次|发布|更新|观测|检查|滚动)")


def read_recurring(sheet: Sheet) -> Iterator[Limit]:
    for rhythm in sheet.rhythms:
        if _binds(sheet, rhythm):
            limit = _limit(sheet, rhythm)
            yield limit
            if limit.every == "P1Y" and limit.end > rhythm.end:
                yield from _continued(sheet, limit)
            yield from _after_each(sheet, limit)


def _binds(sheet: Sheet, rhythm: Rhythm) -> bool:
    right = sheet.right(rhythm.end)
    if sheet.unit.heading and _SYSTEM.fullmatch(right):
        return False
    if rhythm.every in _TOO_SHORT:
        return bool(_WATCHED.match(right))
    if sheet.text.startswith("逐", rhythm.start):
        return not _DRIFT.match(right)
    left = sheet.left(rhythm.start)
    dated = _date_of(sheet, rhythm)
    if _SEASON.search(left):
        return False
    return not (rhythm.each and not dated and (_RATE.match(right) or _PER_HEAD.search(left)))


def _date_of(sheet: Sheet, rhythm: Rhythm) -> Moment | None:
    """每年6月底, 每年的6月底."""
    return sheet.moment_at(rhythm.end) or sheet.moment_at(rhythm.end + sheet.text.startswith("的", rhythm.end))


def _limit(sheet: Sheet, rhythm: Rhythm) -> Limit:
    if not rhythm.each:
        return _recurring(rhythm, rhythm.end)
    moment = _date_of(sheet, rhythm)
    if moment:
        return _on_date(sheet, rhythm, moment)
    of_day = _DAY_OF.match(sheet.text, rhythm.end)
    if of_day and 1 <= counted(of_day["day"]) <= 31:
        return _recurring(rhythm, of_day.end(), day=None if of_day["more"] else counted(of_day["day"]))
    tails = (pattern.match(sheet.text, rhythm.end) for pattern in (_AT_HOUR, _AFTER_EACH, _END_OF))
    tail = next((found for found in tails if found), None)
    limit = _recurring(rhythm, tail.end() if tail else rhythm.end)
    if not tail or "days" not in tail.groupdict():
        return limit
    return replace(limit, within=f"P{counted(tail['days'])}D", working_days=bool(tail["working"]))


def _on_date(sheet: Sheet, rhythm: Rhythm, moment: Moment) -> Limit:
    """每年12月底前, 每年3月1日至5月31日: the date belongs to the rhythm."""
    end = moment.end
    joined = _RANGE.match(sheet.text, end)
    other = sheet.moment_at(joined.end()) if joined else None
    end = other.end if other else end
    before = _BEFORE.match(sheet.text, end)
    last = other or moment
    month = last.until if last.grain == "months" else last.month
    return _recurring(rhythm, before.end() if before else end, month=month, day=last.day)


def _continued(sheet: Sheet, limit: Limit) -> Iterator[Limit]:
    """每年第一季度受理…,第二季度完成…: later dates of the sentence recur too."""
    for moment in sheet.moments_in(limit.end, _sentence_end(sheet, limit.end)):
        if moment.year is None and not moment.word and sheet.left(moment.start, 1) in ",:、和及于在":
            before = _BEFORE.match(sheet.text, moment.end)
            after = before.end() if before else moment.end
            yield Limit(moment.start, after, limit.kind, every=limit.every, month=moment.month)


def _after_each(sheet: Sheet, limit: Limit) -> Iterator[Limit]:
    """每月统计,次月5日前上报; 每年评价,次年3月底前公布: the date after each turn recurs with it."""
    words = _NEXT_TURN.get(limit.every or "", ())
    end = _sentence_end(sheet, limit.end)
    for moment in sheet.moments_in(limit.end, end):
        before = _BEFORE.match(sheet.text, moment.end)
        if moment.word in words and (before or moment.grain != "year"):
            after = before.end() if before else moment.end
            day = moment.day if limit.every == "P1M" else None
            yield Limit(moment.start, after, limit.kind, every=limit.every, day=day, month=moment.month)


def _sentence_end(sheet: Sheet, start: int) -> int:
    stop = _SENTENCE_END.search(sheet.text, start, start + _SENTENCE_REACH)
    return stop.start() if stop else start + _SENTENCE_REACH


def _recurring(rhythm: Rhythm, end: int, day: int | None = None, month: int | None = None) -> Limit:
    return Limit(rhythm.start, end, DeadlineKind.RECURRING, every=rhythm.every, day=day, month=month)
