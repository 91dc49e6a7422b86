"""Validity of a rule: 自印发之日起施行, 自2024年3月1日起施行, 有效期至…, 有效期5年, 试行两年."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongbao.corpus.language.dates import Moment
from gongbao.corpus.language.genres import words as genre_words
from gongbao.corpus.records import DeadlineKind
from gongbao.nlp.deadlines.limits import Limit
from gongbao.nlp.deadlines.sheet import Sheet

_IN_FORCE = r"(?:正式|开始|全面)?(?:施行|实施|执行|生效|试行|启用|起效|有效|履行)"
_FROM_EVENT = re.compile(
    rf"(?P<from>自|从)?(?P<event>(?:即日|(?:公开|正式)?(?:印发|发布|公布|颁布|下发|下文|发文|通过|批准|签发|签署|公告|施行)(?:之日|之时|当日)?))"
    rf"起?(?:(?:满|后)?(?P<later>\d+)(?P<unit>日|天|个工作日)(?:后|之后)?)?起?{_IN_FORCE}"
)
_STARTS_HERE = re.compile(rf"(?:零时|0时|0:00)?起?(?:正式|开始|按[^,。;]{{1,12}}?)?(?:{_IN_FORCE})")
_OF_ITSELF = re.compile(rf"本(?:{'|'.join(genre_words())})$")
_VALID_UNTIL = re.compile(
    r"(?:有效期限?|施行期限?|执行期限?|实施期限?|试行期限?|执行|有效)(?:为|暂定|延长|延续|截止|截至|:)*[至到]?$"
)
_VALID_FROM = re.compile(r"(?:有效|施行|执行|实施|试行)期限?(?:为|:)?(?:自|从)?$")
_TO = re.compile(r"起?(?:-|–|—|~|至|到)+")
_VALID_FOR = re.compile(
    r"(?:有效期限?|试行期限?|试行|暂行期限?|施行期限?|执行期限?|实施期限?)(?:为)?(?:自[^,。;]{2,10}?之日起)?(?:原则上|一般)?(?:为|暂定|暂定为|:|是|延长)*$|续展期限?(?:最长)?为?$"
)
# The validity of a licence or a contract is no validity of the document: 许可证有效期三年.
_OF_A_PAPER = re.compile(
    r"(?:证|证书|照|证明|许可|批准|批复|批文|合同|协议|资格|资质|认定|认证|备案|登记|标志|标识|称号|[报评]告|承诺书?|意见书|通知书|凭证|预警|保函|券|卡|码|■)"
    r"(?:的|书|文件)?$"
)
_UNTIL = re.compile(r"(?:当日|止|为止|24时)*")


def read_effective(sheet: Sheet) -> Iterator[Limit]:
    for found in _FROM_EVENT.finditer(sheet.text):
        if found["from"] or found["event"].endswith(("之日", "当日", "之时", "即日")):
            yield _from_event(found)
    for moment in sheet.moments:
        limit = _in_force_from(sheet, moment) or _valid_between(sheet, moment) or _valid_until(sheet, moment)
        if limit:
            yield limit
    yield from _valid_for(sheet)


def _from_event(found: re.Match[str]) -> Limit:
    within = f"P{found['later']}D" if found["later"] else None
    working_days = (found["unit"] or "").endswith("工作日")
    return Limit(
        found.start(),
        found.end(),
        DeadlineKind.EFFECTIVE,
        event=found["event"],
        within=within,
        working_days=working_days,
    )


def _in_force_from(sheet: Sheet, moment: Moment) -> Limit | None:
    """自2024年3月1日起施行; only a day begins a validity."""
    after = _STARTS_HERE.match(sheet.text, moment.end)
    word = sheet.left(moment.start, 1) in ("自", "从", "于")
    days = sheet.days(moment)
    if (
        not after
        or not days
        or (sheet.years.past(days[0]) and not _OF_ITSELF.search(sheet.left(moment.start - word)))
        or moment.grain not in ("day", "month")
        or not (word or "起" in after[0])
    ):
        return None
    return Limit(moment.start - word, after.end(), DeadlineKind.EFFECTIVE, begins=days[0])


def _valid_between(sheet: Sheet, moment: Moment) -> Limit | None:
    """有效期自2024年3月1日至2029年2月28日."""
    before = _VALID_FROM.search(sheet.left(moment.start))
    joined = _TO.match(sheet.text, moment.end) if before else None
    last = sheet.moment_at(joined.end()) if joined else None
    begins, ends = sheet.days(moment), sheet.days(last) if last else None
    if not before or not last or not begins or not ends:
        return None
    start = moment.start - len(before[0])
    return Limit(start, _end_after(sheet, last), DeadlineKind.EFFECTIVE, begins=begins[0], due=ends[1])


def _valid_until(sheet: Sheet, moment: Moment) -> Limit | None:
    before = _VALID_UNTIL.search(sheet.left(moment.start))
    days = sheet.days(moment)
    if not before or not days or not before[0].endswith(("至", "到", ":")):
        return None
    start = moment.start - len(before[0])
    return Limit(start, _end_after(sheet, moment), DeadlineKind.EFFECTIVE, due=days[1])


def _end_after(sheet: Sheet, moment: Moment) -> int:
    after = _UNTIL.match(sheet.text, moment.end)
    return after.end() if after else moment.end


def _valid_for(sheet: Sheet) -> Iterator[Limit]:
    for duration in sheet.durations:
        before = _VALID_FOR.search(sheet.left(duration.start))
        if before and not _OF_A_PAPER.search(sheet.left(duration.start - len(before[0]))):
            start = duration.start - len(before[0])
            yield Limit(start, duration.end, DeadlineKind.EFFECTIVE, within=duration.iso)
