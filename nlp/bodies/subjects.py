"""Bodies as subjects of running text: lists of names at the beginning of a clause or after 由, with a predicate."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from gongbao.corpus.language.bearers import Bearer, bearer_of
from gongbao.corpus.language.numbering import Style, expression
from gongbao.corpus.language.numerals import TENS
from gongbao.corpus.offsets import Span
from gongbao.nlp.bodies.dividing import Piece, divide
from gongbao.nlp.bodies.ends import Ends
from gongbao.nlp.bodies.forms import (
    CHARGED,
    CHARGED_BY_LAW,
    LEVEL_ALONE,
    SCOPE,
    ends_as_body,
    is_business,
    is_capacity,
    is_second_name,
    is_vague,
    type_of,
)
from gongbao.nlp.bodies.likelihood import begins_badly, is_group_members, looks_like_an_office
from gongbao.nlp.bodies.names import Mention, read_names
from gongbao.nlp.bodies.open_lists import before_modal, read_open_list, told_by_clause
from gongbao.nlp.bodies.regions import place_length
from gongbao.nlp.bodies.vocabulary import vocabulary

_WINDOW = 400  # a list of subjects is not longer; bounds the work at each clause
_FEW = 2  # members of a list that vouch for no other
_LONGEST = 45  # no name in running text is longer


@dataclass(frozen=True, slots=True)
class Subject:
    """`mentions` may be empty where only vague bodies are named; the predicate begins at `span.end`.

    `clause`: where the clause begins that the subject stands in; `passive`: named after 由.
    """

    mentions: tuple[Mention, ...]
    span: Span
    clause: int
    passive: bool


_NUMBER = rf"(?:{expression(Style)}|[—－●◆■▪•★▲]+)?\s{{0,8}}"
_TIME = (
    r"(?:(?:自|在|于|到|至|截至|力争)?(?:\d{4}年|每年|今年|明年|当年|次年|年|[上下]半年|第?[一二三四1-4]季度|\d{1,2}月份?|\d{1,2}日|[上中下]旬|每月|每季度|每周|本年度|年度)+"
    r"(?:\d{1,2}月|\d{1,2}日|[上中下]旬)*(?:年?底|年?末|初|中|起|开始|以?前|之前|以后|后|内|期间|至今)*(?:前)?)?[，,]?"
)
_LINK = r"(?:同时|特别是|尤其是|并|且(?!末县)|其中|另外|此外|必要时|原则上|平时|随后|同步|然后|再|由此)?[，,]?"
_TITLE = r"(?:(?:作为)?(?:牵头|主办|组长|配合|协办|参与|责任|主管)(?:单位|部门)的?(?=[省市县区州]))?"
_CLAUSE = re.compile(
    rf"(?:^|[，,。；;：:！!？?\n——]|[{TENS}]是)\s{{0,8}}{_NUMBER}{_LINK}{_TIME}{_TITLE}(?:要?由|请(?![求示假教愿])|责成)?(?=\S)"
)
# 请各县（市、区）认真贯彻执行: to the addressees
_ASKS_ALL = re.compile(r"[^。；]{0,80}?(?:认真|遵照|抓好|严格|遵照)[^。；]{0,6}?(?:贯彻|组织实施|执行|落实)")
_BY = re.compile(r"批转|(?<![自缘事经])(?<!(?<![管办处受审治清整监护])理)由(?!此|于|来|衷|头)")
# 市政府依法设立的|指挥部, 设立由A、B组成的|指挥部: who founded a body and who makes it up are not bound with it
_FOUNDED = (
    r"(?:(?:设立|成立|组建)的|(?:设立|成立|组建)的?由[^。；：]{2,160}?(?:组成|参加|担任[^，。；的]{2,8})的)"
    r"(?=[\u4e00-\u9fff]{2,24}(?:机构|指挥部|委员会|小组|办公室|中心|专班))"
)
# 直接管理数据的|党政机关和事业单位应当: told by what they do; the clause may hold no body of its own
_DOING = re.compile(
    r"(?P<clause>(?:(?:直接|自行|依法|经|受|已|有)[\u4e00-\u9fff（）()]{2,30}?|[\u4e00-\u9fff（）()]{4,30}?)的)"
    r"(?!(?:主管|监管|有关|相关|市|县|其[他它])*(?:部门|机构|单位|组织|人员|机关|人民政府|政府))(?=[\u4e00-\u9fff（）()、]{2,60}?，?(?:应当|应(?![急用对])|必须|要))"
)
_BOUNDARY = re.compile(rf"[，,。；;！!？?\n]|{_FOUNDED}|{_BY.pattern}")
_STOP = re.compile(r"[。；;！!？?\n：:《》]")


def find_subjects(ends: Ends) -> list[Subject]:
    """The subjects of a text in order of their place; linear in its length."""
    found: list[Subject] = []
    for start, clause, passive in _starts(ends.text):
        if any(s.mentions and s.span.start <= start < s.span.end for s in found[-2:]):
            continue
        subject = subject_at(ends, start, clause, passive)
        if subject:
            found.append(subject)
    return found


def _starts(text: str) -> list[tuple[int, int, bool]]:
    """Where a subject may begin, with its clause, and whether 由 stands before it."""
    starts: dict[int, tuple[int, bool]] = {}
    for mark in _CLAUSE.finditer(text):
        if mark[0].endswith("请") and _ASKS_ALL.match(text, mark.end()):
            continue
        begun = mark.start() + (mark.start() > 0)
        starts.setdefault(mark.end(), (begun, mark[0].endswith("由")))
        doing = _DOING.match(text, mark.end())
        if doing and (doing["clause"][0] in "直自依经受已有" or starts_with_verb(doing["clause"])):
            starts.setdefault(doing.end(), (begun, False))
    clause = 0
    for mark in _BOUNDARY.finditer(text):
        if mark[0] in ("由", "批转"):
            starts[mark.end()] = (clause, True)
        elif mark[0].endswith("的"):
            starts.setdefault(mark.end(), (clause, False))
        else:
            clause = mark.end()
    return [(at, *starts[at]) for at in sorted(starts)]


def subject_at(ends: Ends, start: int, clause: int = 0, passive: bool = False, alone: bool = False) -> Subject | None:
    """The list of bodies that begins exactly at `start` and has a predicate, else None.

    `alone`: a comma may follow it instead (A会同B、C，做好…).
    """
    text = ends.text
    stop = _STOP.search(text, start, start + _WINDOW)
    end = stop.start() if stop else min(start + _WINDOW, len(text))
    for at in ends.between(start, end, passive):
        span = Span(start, at)
        if is_body_list(text, span, ends.defined):
            span = _to_group(ends, span, passive)
            named = Subject(_founded(read_names(text, span)), span, clause, passive)
            return named if named.mentions or alone else _opened(ends, start, clause, passive) or named
        name = told_by_clause(span.of(text)) if passive or alone or _TOLD_FIRST.match(text, start) else None
        if name:
            return Subject((Mention(name, type_of(name), span),), span, clause, passive)
    opened = None if alone else _opened(ends, start, clause, passive)
    if opened:
        return opened
    for paused in _PAUSED.finditer(text, start, end):
        span = Span(start, paused.start())
        if is_body_list(text, span, ends.defined):
            return Subject(read_names(text, span), Span(start, paused.end()), clause, passive)
    comma = text.find("，", start, end)
    span = Span(start, max(comma, start))
    several = comma > 0 and (not clause or text[clause - 1] in "。；;\n") and _GOES_ON.match(text, comma)
    if not (alone or several) or not is_body_list(text, span, ends.defined):
        return None
    names = read_names(text, span)
    if alone:
        return Subject(names, span, clause, passive)
    told = len(names) > 1 and (starts_with_verb(text[comma + 1 : comma + 9]) or _ON_OCCASION.match(text, comma + 1))
    return Subject(names, Span(start, comma + 1), clause, passive) if told else None


def _founded(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """国务院和有关地方人民政府设立的指挥部: the body that is founded alone."""
    last = _FOUNDED_BODY.fullmatch(mentions[-1].name) if mentions else None
    if not last or not all(_FOUNDS.search(mention.name) for mention in mentions[:-1]):
        return mentions
    return (replace(mentions[-1], name=last["body"], type=type_of(last["body"])),)


_FOUNDED_BODY = re.compile(r".*(?:设立|成立|组建)的(?P<body>[\u4e00-\u9fff]{3,})")
_FOUNDS = re.compile(r"政府$|国务院$")
_TOLD_FIRST = re.compile(
    r"负责|负有|承担|受委托|有[^，。；]{2,10}任务的|履行|实施|获悉|[省市县区]?级?人民政府(?:指定|授权|确定)|国务院(?:指定|授权)"
)


def _opened(ends: Ends, start: int, clause: int, passive: bool) -> Subject | None:
    """街道办事处、物业服务企业和个人应当…: the bodies among those that a modal verb binds."""
    found = before_modal(ends.text, start, passive)
    mentions = read_open_list(ends.text, found.subjects, partial(_is_opened, defined=ends.defined)) if found else ()
    return Subject(mentions, Span(start, found.predicate), clause, passive) if found and mentions else None


def _is_opened(name: str, headed: bool, defined: tuple[str, ...]) -> bool:
    """`headed`: by 等部门 further on in the list."""
    return _is_member(name, headed, defined) or (headed and _may_be_business(name, False))


def _to_group(ends: Ends, span: Span, passive: bool) -> Span:
    """各区县|整治工作领导小组办公室|要: what looks like a verb after a place may begin the name of its group."""
    name = span.of(ends.text)
    above = _OF_ABOVE.search(name)
    if not above and not names_a_place(name) and not _CLASS_OF_PLACES.search(name):
        return span
    group = _OFFICE_OF if above else _GROUP
    for at in ends.between(span.end, span.end + _LONGEST, passive):
        longer = Span(span.start, at)
        if group.fullmatch(ends.text, span.end, at) and is_body_list(ends.text, longer, ends.defined):
            return _to_group(ends, longer, passive)
    return span


_CLASS_OF_PLACES = re.compile(r"[省市县区州盟旗）)镇乡]$")
_OF_ABOVE = re.compile(r"(?:国务院|政府|[省市县区州盟旗]委|供销合作社)$")
_GROUP = re.compile(r"[\u4e00-\u9fff]{2,24}(?:领导小组|指挥部|工作组|专班|委员会|联席会议|办公室)(?:办公室)?(?:、.+)?")
_OFFICE_OF = re.compile(_GROUP.pattern + r"|[\u4e00-\u9fff]{2,12}(?:中心|办|部|室|联合社)(?:、.+)?")  # 市委|依法治市办


_PAUSED = re.compile(
    r"，(?=在各自[^，。；]{0,8}范围内|在[^，。；]{2,24}(?:领导|指导|指挥)下，(?:负责|承担|具体)|(?:要|应当|应(?![急用对届县城])|须|必须|(?:分别|共同|具体)?负责)(?!求|素)|(?:按|按照|根据|依据|依照)[^，。；]{0,8}(?:职责|职能|职权|分工))"
)  # A、B、C，分别负责…


# A、B、C，提前做好…; A、B，在汛期，应…
_GOES_ON = re.compile(r"，(?!相关|有关|各|[^。；]{0,40}[：:])")
_ON_OCCASION = re.compile(r"(?:在|对|按|根据|当|遇)[^，。；]{2,30}，(?:应|要|须|必须|负责)")


def is_body_list(text: str, span: Span, defined: tuple[str, ...] = ()) -> bool:
    """Is `text[span]` a list of bodies and nothing else?"""
    pieces: list[Piece] = []
    for piece in divide(text, span):
        if pieces and not _may_be_listed(pieces[-1].text, defined) and not looks_like_an_office(pieces[-1].text):
            return False  # what follows is not looked at: a text without end would be cut at every possible end
        pieces.append(piece)
    if len(pieces) > 1:
        zones = vocabulary().zones
        pieces = [piece for piece in pieces if piece.text not in zones] or pieces[:1]
        if pieces[0].text in zones:
            return True
    if not any(_HEAD.search(piece.text) for piece in pieces):
        return bool(pieces) and _but_one_known(pieces, defined)
    strange = [piece for piece in pieces if not _is_member(piece.text, piece is not pieces[-1], defined)]
    if not strange:
        return True
    among = sum(is_business(_DEPARTMENTS.sub("", piece.text)) for piece in pieces)
    enough = 1 if _OPEN.search(pieces[-1].text) else 2  # 公安、财政、经贸等部门: any business will do
    return among >= enough and all(_may_be_business(piece.text, piece is pieces[-1]) for piece in strange)


_OPEN = re.compile("等|关部门$")  # says itself that there are others


def _but_one_known(pieces: list[Piece], defined: tuple[str, ...]) -> bool:
    """All are names that are known, or all but one between others that looks like an office: 河套发展署."""
    strange = [piece for piece in pieces if not _is_member(piece.text, False, defined)]
    if len(strange) > 1 or (strange and (len(pieces) <= _FEW or strange[0] is pieces[-1])):
        return False
    return not strange or looks_like_an_office(strange[0].text)


@lru_cache(maxsize=1 << 12)
def _may_be_listed(name: str, defined: tuple[str, ...]) -> bool:
    """Can `name` stand before others in a list of bodies, whatever they are?"""
    return name in vocabulary().zones or _is_member(name, True, defined) or _may_be_business(name, False)


def _may_be_business(name: str, last: bool) -> bool:
    """Some business of a department that is not among the words known."""
    stem = _DEPARTMENTS.sub("", name) if last else SCOPE.sub("", name)
    words = vocabulary()
    return bool(re.fullmatch(r"(?![各其])[\u4e00-\u9fff]{2,10}", stem)) and not (
        words.bad_inside.search(stem) or words.bad_start.match(stem) or begins_badly(stem)
    )


_DEPARTMENTS = re.compile(r"等?(?:相关|有关|职能|行政|主管)*(?:部门|机构)$")


_HEAD = re.compile(r"部门|机构|机关|单位|等")  # what members without a head of their own share


_SUCH_AS = re.compile(
    r"等(?:相关|有关|各有关|各相关)?(?:部门|单位|部门和单位|成员单位|机构|地方|企业|群团组织|群众团体|人民团体)?$"
)


# 负责常务工作的副市长: a post told by its business
_IN_CHARGE = re.compile(
    r"(?:[省市县区州](?:人民)?政府)?(?:负责|分管|主管|联系|协助)[\u4e00-\u9fff]{2,12}的(?:[省市县区州](?:人民)?政府)?副?(?:[省市州盟旗县区镇乡]长|秘书长|主任)"
)


_OF_SUCH = re.compile(r"[^要应须]的[市县区省州]?[直级属]?(?:有关|相关)(?:部门|单位)$")  # 参与处置的市直有关部门


@lru_cache(maxsize=1 << 13)
def _is_member(name: str, headed: bool, defined: tuple[str, ...]) -> bool:
    """A complete name, a vague one, or (`headed` by a later one) the business of a department."""
    words = vocabulary()
    if _IN_CHARGE.fullmatch(name) or CHARGED_BY_LAW.fullmatch(name) or is_group_members(name):
        return True
    if bearer_of(name) == (Bearer.TASK, name):  # 运营单位
        return True
    if len(name) > _LONGEST or is_vague(name):
        return len(name) <= _LONGEST and (not begins_badly(name) or bool(_OF_SUCH.search(name)))
    if headed and (is_business(name) or LEVEL_ALONE.fullmatch(name)):  # 市政 is a business, not one of a 市
        return True
    if name in words.companies or name in words.national:
        return True
    second = re.search(r"[（(〔]([^（(〔）)〕]*)[)）〕]$", name)
    if second and not is_second_name(second[1]) and not is_capacity(second[1]):
        return False
    bare = re.sub(
        rf"[（(〔][^（(〔）)〕]*[)）〕]|{CHARGED}|(?:和|或者?)(?:部门|机构|机关|单位|组织)$|及其(?:工作人员|有关人员|所属.*|下属.*|(?:各|有关|相关|工作|职能)*部门)$|(?<!联席)(?:全体|工作|例行)?会议$",
        "",
        name,
    )
    if words.bad_inside.search(bare, place_length(bare)):
        return False
    if defined and bare.startswith(defined):
        return bare in defined or ends_as_body(bare)
    if begins_badly(bare):
        return False
    bare = _SUCH_AS.sub("", bare) or bare
    return ends_as_body(name) or ends_as_body(bare) or names_a_place(bare) or _is_scoped_business(bare)


def _is_scoped_business(name: str) -> bool:
    """各级公安, 市县财政: departments by their business alone."""
    scoped = SCOPE.match(name)
    return bool(scoped and vocabulary().is_head(name[scoped.end() :]))


def names_a_place(name: str) -> bool:
    """Is this the bare name of a place (云川市)?"""
    words = vocabulary()
    if len(name) > 2 and place_length(name) == len(name):
        return True
    return len(name) <= 5 and bool(words.place.fullmatch(name)) and not words.bad_place.match(name)


def starts_with_verb(text: str) -> bool:
    """Does the text begin with what a body does (负责…, 组织…)?"""
    return bool(vocabulary().verbs.length_at(text, 0))
