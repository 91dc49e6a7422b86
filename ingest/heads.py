"""What stands at the head of a document or an issue and is no title: masthead, issue line, letterhead, adoption line.

Sources: GB/T 9704-2012 (7.2 版头, 7.3 主体); 立法法 第六十二条: a law carries its adoption under its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gongbao.corpus.language.days import WHOLE_DATE, day_of, find_day, is_day
from gongbao.corpus.language.numerals import TENS, YEAR_DIGITS
from gongbao.corpus.language.width import folded
from gongbao.ingest.patterns import HAN, is_organisation, tidy

_CN = f"{TENS}百零〇"
_BODY = "人民政府|政府|国务院|委员会|常委会|人大|政协|检察院|法院|总局|行政区|[省市州县区旗部厅局署委办]"
_MASTHEAD = re.compile(rf"(?:[{HAN}]{{1,24}}?(?:{_BODY})(?:办公[厅室])?(?:公报|文告|政务公报)|[{HAN}]{{2,16}}政报)")
_NOT_OF_BODIES = re.compile(r"统计|会议|全会|环境|状况|资源|普查|质量|联合公报")  # …公报 that are documents
_ISSUE_PART = (
    rf"(?:19|20)\d\d年?|[{YEAR_DIGITS}]{{4}}年|\d{{1,2}}月(?:\d{{1,2}}日)?|[{_CN}]{{1,3}}月(?:[{_CN}]{{1,3}}日)?"
    rf"|第(?:\d{{1,3}}|[{_CN}]{{1,5}})[期号卷]|总(?:第?|[期号][:：]?)\d{{1,4}}[期号]?|总第[{_CN}]{{1,6}}[期号]"
    r"|\d{1,2}/(?:19|20)\d\d|(?:19|20)\d\d/\d{1,2}|(?:19|20)\d\d-\d{1,2}|出版|出刊|印发|发行|刊发|增刊|特刊|专刊|合刊"
)
_ISSUE_LINE = re.compile(rf"(?:[(（〔\[]?(?:{_ISSUE_PART})[)）〕\]]?[·—\-,，、.]?){{1,8}}")
_HEAD = re.compile(rf"(?:{_MASTHEAD.pattern})(?:{_ISSUE_LINE.pattern})?")
_LATIN = re.compile(r"[A-Za-z][A-Za-z .,'’·-]{7,}")
_LETTER = re.compile(r"[（(]?(?:便函|公函|函)[)）]?$")  # 信函格式 (GB/T 9704-2012 10.1)
_ADOPTED = "通过|批准|公布|发布|修[订正]|审议|颁布|施行|印发"
_ADOPTION = re.compile(rf"[(（]?(?:根据)?{WHOLE_DATE.pattern}[^。；;]{{0,400}}?(?:{_ADOPTED})[^。]{{0,300}}")
_PROCLAIMED = re.compile(r"公布|发布|颁布")
_REVISED = re.compile(r"修[订正]|修改")
_ORDER = re.compile(rf"(?:、|由)?(?P<issuer>[{HAN}]{{2,30}}?)令\s*(?P<serial>第\s*[\d{_CN}]{{1,6}}\s*号)")
_OWN_ORDER = re.compile(rf"[(（]\s*(?P<number>[{HAN}]{{2,30}}令\s*第\s*[\d{_CN}]{{1,6}}\s*号)\s*[)）].*")


def is_masthead(text: str) -> bool:
    """The name of a gazette, perhaps with the issue: 云川市人民政府公报 2024年第3期; 统计公报 is a document."""
    name = folded(text)
    return _HEAD.fullmatch(name) is not None and not _NOT_OF_BODIES.search(name)


def is_issue_line(text: str) -> bool:
    """What stands under a masthead: 2024年第3期（总第45期）, 第三号, GAZETTE OF …"""
    return _ISSUE_LINE.fullmatch(folded(text)) is not None or _LATIN.fullmatch(text.strip()) is not None


def is_adoption(text: str) -> bool:
    """The line under the title of a law or decision: （2024年6月30日…会议通过）"""
    return _ADOPTION.fullmatch(text.strip()) is not None


def is_own_order(text: str) -> bool:
    """（国务院令第577号）（2019年修正）, alone under a title."""
    return _OWN_ORDER.fullmatch(text.strip()) is not None


def is_letterhead(text: str) -> bool:
    """The red head over a number: 云川市人民政府文件, 安　河　市　财　政　局, 云川市财政局便函."""
    closed = tidy(text.strip())
    return closed.endswith("文件") or is_organisation(_LETTER.sub("", closed))


def issued_by(text: str) -> tuple[str, date] | None:
    """Who issues minutes, and when, in one line under their red head: 云川市人民政府办公室　　2024年4月26日"""
    name, *rest = re.split(r"\s{2,}|　", text.strip(), maxsplit=1)
    day = find_day(rest[0]) if rest and is_day(rest[0]) and is_organisation(name) else None
    return (tidy(name), day) if day else None


@dataclass(frozen=True, slots=True)
class Adoption:
    """What the lines under a title say: 成文日期, and the order (令) that made the text known."""

    signed: date | None = None
    number: str | None = None
    issuer: str | None = None


def read_adoption(lines: Sequence[str]) -> Adoption:
    """The day on which an order made the text known, else the first day named (通过 before 批准).

    The order's number is the text's own unless the text was changed later: （国务院令第1号公布 根据…修订） is no longer
    the order's text.
    """
    whole = "　".join(line.strip() for line in lines)
    own = next((found for line in lines if (found := _OWN_ORDER.fullmatch(line.strip()))), None)
    number = own["number"] if own else None
    days = [found for found in WHOLE_DATE.finditer(whole) if day_of(found)]
    proclaimed = next(_proclaimed(whole, days), None)
    first = proclaimed or (days[0] if days else None)
    order = _ORDER.search(whole, proclaimed.end()) if proclaimed else None
    issuer = _closed(order["issuer"]) if order else None
    if order and not number and not _REVISED.search(whole):
        number = f"{order['issuer']}令{order['serial']}"
    return Adoption(day_of(first) if first else None, "".join(number.split()) if number else None, issuer)


def _proclaimed(whole: str, days: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Days on which an order made the text known, before any later change."""
    ends = [*(day.start() for day in days[1:]), len(whole)]
    for day, end in zip(days, ends, strict=False):
        said = whole[day.end() : end]
        if _REVISED.search(said.split("令")[0]):
            return
        if _ORDER.match(said.strip()) and _PROCLAIMED.search(said):
            yield day


def _closed(issuer: str) -> str:
    """国务院 for 中华人民共和国国务院, as its documents sign."""
    return issuer.removeprefix("中华人民共和国") if issuer.endswith("国务院") else issuer
