"""Bodies as subjects of running text: lists of names at the beginning of a clause or after 由, with a predicate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.offsets import Span
from nlp.bodies.names import SCOPE, Mention, ends_as_body, is_vague, read_names, split_pieces
from nlp.bodies.vocabulary import alternation, vocabulary

_WINDOW = 400  # a list of subjects is not longer; bounds the work at each clause


@dataclass(frozen=True, slots=True)
class Subject:
    """`mentions` may be empty where only vague bodies are named; the predicate begins at `span.end`.

    `clause`: where the clause begins that the subject stands in; `passive`: named after 由.
    """

    mentions: tuple[Mention, ...]
    span: Span
    clause: int
    passive: bool


_NUMBER = (
    r"(?:第[一二三四五六七八九十百零〇]+[条章节]|[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十\d]+[)）]|"
    r"\d{1,3}(?:[.．]\d{1,3})+\s*|\d{1,3}[.．、](?!\d)|\d{1,3}\s+|[①-⑳]|[一二三四五六七八九十]+是)?\s*"
)
_TIME = (
    r"(?:(?:自|在|于|到|至|截至|力争)?(?:\d{4}年|每年|今年|明年|当年|次年|年|[上下]半年|第?[一二三四1-4]季度|\d{1,2}月份?|\d{1,2}日|[上中下]旬|每月|每季度|每周|本年度|年度)+"
    r"(?:\d{1,2}月|\d{1,2}日|[上中下]旬)*(?:年?底|年?末|初|中|起|开始|以?前|之前|以后|后|内|期间|至今)*(?:前)?)?[，,]?"
)
_LINK = r"(?:同时|并|且|其中|另外|此外|必要时|原则上|平时|随后|同步|然后|再|由此)?[，,]?"
_CLAUSE = re.compile(rf"(?:^|[，,。；;：:！!？?\n——]|[一二三四五六七八九十]是)\s*{_NUMBER}{_LINK}{_TIME}(?:要?由)?(?=\S)")
_BY = re.compile(r"(?<![理自缘事因情经])由(?!此|于|来|衷|头|衷)")
_STOP = re.compile(r"[。；;！!？?\n：:《》]")


# A verb that an ending follows at once belongs to the name: 市场监督 管理局, 应急 指挥部.
_SHORT_ENDING = re.compile(r"局|委(?![托派])|区(?![分别域])|部(?![署分])|委员会|办公室|中心|支队|大队|总队|队(?!伍)|站|小组|组(?![织成建])|室|厅|[性型率量类]|长(?![期远效])|处(?![理置罚])|所(?![有在需属])|机构|大厅|公司")
_NAME_GOES_ON = r"领导(?:小?组|班子)|(?:主要|分管)(?:负责|领导)|经(?:济|开区|信)|负责(?:人|同志)|编办|对外(?:贸易|经济|合作)"


@cache
def _candidate_end(defined: tuple[str, ...]) -> re.Pattern[str]:
    """Where a list of bodies may end: an ending, 等部门, and no sign that the name goes on."""
    words = vocabulary()
    own = f"|(?P<own>{alternation(list(defined))})" if defined else "|(?P<own>(?!))"
    such = r"(?:等(?:相关|有关|各有关|各相关)?(?:部门|单位|部门和单位|成员单位|机构|地方|企业)?)?"
    bracket = r"(?:[（(][^（()）]{1,20}[)）])?”?(?:及其(?:工作人员|有关人员|所属[\u4e00-\u9fff]{2,6}|下属[\u4e00-\u9fff]{2,6}))?"
    return re.compile(  # looked for at every place, since endings overlap: 宣传部, 部门
        rf"(?=(?P<all>(?:{words.ending}){bracket}{such}(?![、，。；：和与]|及(?!时)|$)(?!{_NAME_GOES_ON})"
        rf"|(?P<place>{words.place_ending}){such}(?=(?:{words.after_place}))(?!应急|应用|应对|要[求素点闻害]|须知)"
        rf"{own}(?![、，。；：和与]|及(?!时)|$)))"
    )


def _has_predicate(text: str, at: int, defined: bool) -> bool:
    """Does a predicate begin here? A verb that an ending follows at once belongs to the name."""
    words = vocabulary()
    if defined:
        return bool(re.compile(words.after_defined).match(text, at))
    first = words.predicate.length_at(text, at) or _dated(text, at)
    if not first or _SHORT_ENDING.match(text, at + first) or _office_follows(text, at):
        return False
    second = words.predicate.length_at(text, at + first)
    return text[at - 1] in "）)府级县区" or not (second and _SHORT_ENDING.match(text, at + first + second))


def _dated(text: str, at: int) -> int:
    """各部门2024年底前要…: a date before the predicate."""
    found = re.compile(r"(?:20\d\d年|\d{1,2}月)").match(text, at)
    return len(found[0]) if found else 0


def _office_follows(text: str, at: int) -> bool:
    """各县（市、区）|发展和改革委员会: the business of an office goes on with the name."""
    words = vocabulary()
    head = words.head_words.length_at(text, at)
    if head < 2:
        return False
    acts = words.verbs.length_at(text, at) == head  # 组织有关部门 is an act, 组织部门 an office
    return bool((_OFFICE_AT_ONCE if acts else _OFFICE).match(text, at + head))


_OFFICE_AT_ONCE = re.compile(r"(?:和[\u4e00-\u9fff]{2,4})?(?:局|委员会|部)")
_OFFICE = re.compile(r"[\u4e00-\u9fff、]{0,8}?(?:局|委员会|委(?![托派])|部门|厅|办公室|机构)")


_BAD_INSIDE = re.compile(
    r"[%％]|(?<=[^等方])(?:各|有关|相关)|的|是|由|对(?!外)|将(?!军)|把|被|按|(?<![机主重需])要|应当|应(?!急|县|城|用)|须|必须|了|已|或|使|让|请|给|在(?!线)|于(?!都|洪|潜)|因|从|后(?![勤方])|抽调|与(?=[^、，]{0,2}$)|为|开展|加强|推进|实施|纳入|组织协调|按照|根据|进行|成立|建立|落实|下设|组织好|做好|抓好|搞好|以及|设立|设在"
)
_BAD_START = re.compile(r"\d|受|待|可|除|[（(〔“”\[【]|更多|国内外|各类创|线上|至少|分(?=[专期批类级别步])|[和及与并或等的在对由从向把将被让使为以因而但且又再也该此这那]|其(?![他它])|每(?!个|一)|经(?!济|开|信|贸|营)|按|各项|一[个家批系]|有(?!关|色|条件)|所(?!有|在)|通过|鼓励|支持|引导|加快|协调|指导|督促|配合|协助|联系|报|请|凡|如|若|当(?!地)|到(?!位)")


def find_subjects(text: str, defined: tuple[str, ...] = ()) -> list[Subject]:
    """In order of their place; linear in the length of `text`. `defined`: terms that this document made bodies."""
    found: dict[int, Subject] = {}
    for start, clause, passive in _starts(text):
        if start in found or any(s.span.start <= start < s.span.end for s in list(found.values())[-2:]):
            continue
        subject = subject_at(text, start, clause, passive, defined)
        if subject:
            found[start] = subject
    return [found[at] for at in sorted(found)]


def _starts(text: str) -> list[tuple[int, int, bool]]:
    starts: dict[int, tuple[int, bool]] = {}
    for mark in _CLAUSE.finditer(text):
        starts.setdefault(mark.end(), (mark.start() + (0 if mark.start() == 0 else 1), mark[0].endswith("由")))
    clause = 0
    for mark in re.finditer(r"[，,。；;！!？?\n]|" + _BY.pattern, text):
        if mark[0] == "由":
            starts[mark.end()] = (clause, True)
        else:
            clause = mark.end()
    return [(at, *starts[at]) for at in sorted(starts)]


def subject_at(
    text: str, start: int, clause: int = 0, passive: bool = False, defined: tuple[str, ...] = (), alone: bool = False
) -> Subject | None:
    """The list of bodies that begins exactly at `start` and has a predicate, else None.

    `alone`: a comma may follow it instead (A会同B、C，做好…).
    """
    stop = _STOP.search(text, start, start + _WINDOW)
    end = stop.start() if stop else min(start + _WINDOW, len(text))
    for candidate in _candidate_end(defined).finditer(text, start, end):
        span = Span(start, candidate.end("all"))
        if span.end > end or (not candidate["place"] and not _has_predicate(text, span.end, not passive and _is_own(span.of(text), defined))):
            continue
        if _is_list(text, span, defined):
            return Subject(read_names(text, span), span, clause, passive)
    comma = text.find("，", start, end) if alone else -1
    span = Span(start, max(comma, start))
    return Subject(read_names(text, span), span, clause, passive) if _is_list(text, span, defined) else None


def _is_own(name: str, defined: tuple[str, ...]) -> bool:
    """A term that only the document's definition makes a body."""
    return name in defined and not ends_as_body(name)


def _is_list(text: str, span: Span, defined: tuple[str, ...]) -> bool:
    pieces = list(split_pieces(text, span))
    return bool(pieces) and all(_is_member(piece.text, piece is pieces[-1], defined) for piece in pieces)


_SUCH_AS = re.compile(r"等(?:相关|有关|各有关|各相关)?(?:部门|单位|部门和单位|成员单位|机构|地方|企业)?$")


def _is_member(name: str, last: bool, defined: tuple[str, ...]) -> bool:
    """A complete name, a vague one, or (not last) the business of a department."""
    words = vocabulary()
    if len(name) > 45 or is_vague(name):
        return len(name) <= 45 and not _begins_badly(name)
    if not last and (words.is_head(SCOPE.sub("", name)) or name in words.companies):
        return True
    bare = re.sub(r"[（(〔][^（(〔）)〕]*[)）〕]|及其(?:工作人员|有关人员|所属.*|下属.*)$", "", name)
    if defined and bare.startswith(defined):
        return bare in defined or ends_as_body(bare)
    if _BAD_INSIDE.search(bare) or _begins_badly(bare):
        return False
    bare = _SUCH_AS.sub("", bare) or bare
    scoped = SCOPE.match(bare)
    return ends_as_body(name) or ends_as_body(bare) or names_a_place(bare) or bool(scoped and words.is_head(bare[scoped.end() :]))


def _begins_badly(name: str) -> bool:
    """A verb in front is no part of a name, but for the likes of 监管部门."""
    if _BAD_START.match(name):
        return True
    words = vocabulary()
    if words.predicate.length_at(name, 0) < 2 or words.collective_start.match(name) or words.is_head(re.sub(r"(?:主管|监管)?(?:部门|机构|单位)$", "", name)):
        return False
    return not (words.unit_verbs.fullmatch(name) or (words.name_verbs.match(name) and len(name) <= 12))


_NOT_A_PLACE = re.compile(
    r".*(?:地区|灾区|社区|辖区|园区|城区|小区|景区|片区|山区|牧区|林区|矿区|库区|市区|都市|城市|超市|股市|郊区|疫区|震区|建成区|集聚区|保护区|[限禁]\w*区|区域|上市|门市|全[市省县区]|[本我]|每)$"
)


def names_a_place(name: str) -> bool:
    """Is this the bare name of a place (云川市)?"""
    return bool(vocabulary().place.fullmatch(name)) and not _NOT_A_PLACE.match(name) and len(name) <= 5




def is_body_list(text: str, span: Span, defined: tuple[str, ...] = ()) -> bool:
    """Is `text[span]` a list of bodies and nothing else?"""
    return _is_list(text, span, defined)


def starts_with_verb(text: str) -> bool:
    """Does the text begin with what a body does (负责…, 组织…)?"""
    return bool(vocabulary().verbs.length_at(text, 0))
