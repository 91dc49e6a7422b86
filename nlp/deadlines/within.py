"""Spans that limit an act or an arrangement: 接到报告后2小时内, 贴息期限不超过一年, 建设期为2年, 用三年时间."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongbao.corpus.language.numerals import SMALL, counted
from gongbao.corpus.records import DeadlineKind
from gongbao.nlp.deadlines.limits import Limit
from gongbao.nlp.deadlines.sheet import Sheet
from gongbao.nlp.deadlines.spans import Duration
from gongbao.nlp.deadlines.words import any_of, compiled, word_start

_INSIDE = re.compile(r"(?:的?时间)?(?:以内|之内|内)")
# 届满30日前提出, 开工15日前报告: a span before an event.
_AHEAD = re.compile(r"之?前(?=[,向将提申报告书办公通主重送由应须])")
# 开工前15日告知, 会议召开前3天通知
_BEFORE_IT = re.compile(r"(?P<event>[一-鿿]{2,10})前$")
_TOLD_THEN = re.compile(r"(?:内|[,向将把提申报告书办公通主发组送])")
_LOOKED_BACK = compiled(r"(?:(?:^|[,。;:])前|", "looked_back", r")(?:的)?$")
_CONDITION = compiled(r"[^,。;]{0,3}?", "conditions")
# What the span counts from: the words up to 之日起, 后, 起 before it, not beyond the clause.
_EVENT = re.compile(
    r"(?:(?:应当?|须|要|必须|请|[,。;:、()“”]|^)(?:自|从|在|于)?|自|从|在|于)"
    r"(?P<event>[^,。;:、()“”]{1,24}?)(?:之日|当日|之时|之后|以后|后|时)?(?P<mark>起|后|之后|以后|前)(?:的|算|计|计算|的?第)?,?$"
)
# The subject in front of an event is no part of it: 市教育局在|收到申请…
_BEFORE_EVENT = re.compile(
    r"^.*(?:应当?|须|要|必须|在|自|从|于)(?=[收接受公批印发申签通完作做取验立备开竣投注登审认知提每预该本上下])"
)
_HAPPENING = re.compile(r"[一-鿿]{1,8}$")
_LASTING = re.compile(
    rf"(?P<noun>(?:(?![的上则])[一-鿿]){{0,4}}?{any_of('lasting')})"
    r"(?P<link>(?:为|是|:|定为|确定为|一般|原则上?|最长|最多|至少|应当?|不(?:得|能|应|可|宜)?(?:超过|多于|少于|低于)|"
    r"控制在|缩短[至到为]|压缩[至到为]|由[^,。;]{1,10}|约)*)$"
)
_AT_LEAST = re.compile(r"少于|低于|至少")
_BOUNDED = re.compile(
    r"(?:不(?:得|能|应|可)?(?:超过|多于|迟于|晚于)|最长(?:不超过)?|最多|缩短[至到为]|压缩[至到为]|压减[至到为]|控制在|延长|连续(?:补助|补贴|奖励|支持|扶持|资助)|限期?|为期|历时|利用|用|再用|提前|(?:^|[,。;:])(?:今后|未来)(?:的)?|(?:保存|留存|保留|存放|保管|公示|公告|备查)[^,。;]{0,6}不(?:得)?(?:少于|低于|短于)|(?:公示|公告)(?:满)?)$"
)
_TIME_AFTER = re.compile(
    r"(?:左右)?(?:的)?(?:时间(?:内|里)?|(?:持续)?(?:努力|奋斗|攻坚|发展)|(?:培育|过渡|整改|缓冲|宽限|免租|试用|建设)期)"
)
_IN_NAME = re.compile(r"(?:专项)?(?:行动|规划)")  # 推广应用|三年行动计划
_DONE = re.compile(r"(?:办结|办理完毕|办毕|完成办理|答复|回复|反馈|响应|送达|办成)")
_AS_BOUND = re.compile(r"为限")
# 同期, 汛期, 采暖期 and the like are no arrangements; 持续时间 is a measure.
_NO_ARRANGEMENT = re.compile(
    r"(?:[为逾超前近汛初早中后当时定日长短分学假本星暖高多]期|(?<!合)同期|持续时间|(?:工作|开放|营业|营运|运营|学习|培训|劳动|服务)时间|年限|间隔时间)$"
)
_AFTER_EVENT = re.compile(r"(?P<event>[一-鿿]{2,16}?)(?:之日起|之日|以后|之后|后|起)(?:的)?$")
_COUNTED_DAY = re.compile(
    rf"第(?P<number>{SMALL})个工作日(?:(?:上午|下午|中午)?\d{{1,2}}[时点:]\d{{0,2}}分?)?(?:下班|结束)?(?:之?前|以前|内)?"
)
_ABLE, _UNABLE = re.compile(r"(?:能够?|可以)在?$"), re.compile(r"(?:不能|无法|未能)[^,。;]{1,12}的[,;。]")
_COUNTED = re.compile(r"天数|日数|年龄|累计|工龄")
_HOURS = "PT"


def read_within(sheet: Sheet) -> Iterator[Limit]:
    for duration in sheet.durations:
        limit = (
            _inside(sheet, duration)
            or _ahead(sheet, duration)
            or _lasting(sheet, duration)
            or _bounded(sheet, duration)
        )
        if limit:
            yield limit
    yield from _counted_days(sheet)


def _counted_days(sheet: Sheet) -> Iterator[Limit]:
    """节假日结束后的第二个工作日前: the day of a number after an event."""
    for found in _COUNTED_DAY.finditer(sheet.text):
        after = _AFTER_EVENT.search(sheet.left(found.start()))
        if after:
            event = _without_subject(after["event"])
            start = found.start() - (len(after[0]) - len(after["event"])) - len(event)
            days = f"P{counted(found['number'])}D"
            yield Limit(start, found.end(), DeadlineKind.WITHIN, within=days, working_days=True, event=event)


def _inside(sheet: Sheet, duration: Duration) -> Limit | None:
    """N天内, with the event it counts from."""
    inside = _INSIDE.match(sheet.text, duration.end)
    left = sheet.left(duration.start)
    if not inside or _LOOKED_BACK.search(left) or _CONDITION.match(sheet.right(inside.end(), 20)):
        return None
    if _ABLE.search(left) or _UNABLE.match(sheet.text, inside.end()):
        return None  # 能够在五日内办结的, 四十八小时内不能栽植的: a condition
    bounded = _BOUNDED.search(left)
    if bounded and _COUNTED.search(left):
        return None
    event = _EVENT.search(left)
    if event:
        subject = _BEFORE_EVENT.match(event["event"])
        begins = event.start("event") + (subject.end() if subject else 0)
        start = duration.start - (len(left) - begins)
        return _within(duration, start, inside.end(), left[begins : event.end("event")])
    return _within(duration, duration.start, inside.end())


def _ahead(sheet: Sheet, duration: Duration) -> Limit | None:
    """届满30日前提出, 开工前15日告知."""
    left = sheet.left(duration.start)
    ahead = _AHEAD.match(sheet.text, duration.end)
    event = _HAPPENING.search(left) if ahead else None
    if ahead and event:
        happening = _without_subject(event[0])
        return _within(duration, duration.start - len(happening), ahead.end(), happening)
    before = _BEFORE_IT.search(left)
    told = _TOLD_THEN.match(sheet.text, duration.end) if before else None
    if not before or not told:
        return None
    happening = _without_subject(before["event"])
    end = told.end() if told[0] == "内" else duration.end
    return _within(duration, duration.start - len(happening) - 1, end, happening)


def _without_subject(event: str) -> str:
    subject = _BEFORE_EVENT.match(event)
    return event[subject.end() if subject else 0 :]


def _lasting(sheet: Sheet, duration: Duration) -> Limit | None:
    """建设期为2年, 任期五年, 存放不超过8小时."""
    left = sheet.left(duration.start)
    found = _LASTING.search(left)
    if not found or _NO_ARRANGEMENT.search(found["noun"]):
        return None
    if duration.iso.startswith(_HOURS) and (not found["link"] or _AT_LEAST.search(found["link"])):
        return None
    start = word_start(left, found.start("noun"), found.end("noun"))
    end = duration.end + 2 * sheet.text.startswith("以上", duration.end)
    return _within(duration, duration.start - (len(left) - start), end)


def _bounded(sheet: Sheet, duration: Duration) -> Limit | None:
    """为期三个月, 用三年时间, 不超过5个工作日."""
    left = sheet.left(duration.start)
    found = _BOUNDED.search(left)
    after = _TIME_AFTER.match(sheet.text, duration.end)
    limit = _AS_BOUND.match(sheet.text, duration.end) if left.endswith("以") else None
    done = _DONE.match(sheet.text, duration.end)
    if not (found or after or limit or done) or _COUNTED.search(left) or _LOOKED_BACK.search(left):
        return None
    if _IN_NAME.match(sheet.text, duration.end):
        return None
    start = duration.start - (len(found[0]) if found else 1 if limit else 0)
    behind = after or limit
    return _within(duration, start, behind.end() if behind else duration.end)


def _within(duration: Duration, start: int, end: int, event: str | None = None) -> Limit:
    return Limit(
        start,
        end,
        DeadlineKind.WITHIN,
        within=duration.iso,
        working_days=duration.working_days,
        event=event,
    )
