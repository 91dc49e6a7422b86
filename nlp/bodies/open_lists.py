"""Lists of subjects before 应当, 必须 that name more than bodies: 街道办事处、物业服务企业和个人应当….

A modal verb proves that a subject stands before it, so members that bind nobody (企业, 个人, 其他组织) need not
hide the bodies beside them, and a body may be told by a clause: 负有监管职责的部门, 应急避难场所的管理单位.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import groupby
from typing import Protocol

from gongbao.corpus.language.bearers import Bearer, bearer_of
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import PartyType
from gongbao.nlp.bodies.dividing import Piece, divide
from gongbao.nlp.bodies.forms import CHARGED, TOLD_OF_ALL, ends_as_body, is_business, is_vague, type_of
from gongbao.nlp.bodies.likelihood import LIKELIHOODS, begins_badly
from gongbao.nlp.bodies.names import Mention, read_names
from gongbao.nlp.bodies.regions import place_length
from gongbao.nlp.bodies.vocabulary import vocabulary

_LONGEST = 160  # characters of a list of subjects
_MODAL = re.compile(
    r"[，,]?(?=(?:均|都|也|还|共同|分别|每年|每月|每季度)?(?:应当|应该|必须|务必|不得|须|(?<![主重需只必首响供])(?:应(?![急用对届邀运收付城县有])|要(?![求素点害闻件领义么不]))|负责(?!人|同志|[^，。；]{1,24}的(?:主管|监管|安全|应急|行政|[^，。；]{0,8}管理)?(?:部门|单位|机构|人员|政府|机关|同志))))"
)
_STOP = re.compile(r"[。；;：:！!？?\n《》“”%％]")
# Who may stand in a list of subjects without being bound.
_OTHERS = re.compile(
    r"(?:单位|组织|个人|企业|团体|公司|人员|队伍|媒体|经营者|管理者|所有者|使用者|所有人|使用人|责任人|监护人|负责人|市场主体|主体|公民|法人|群众|居民|村民|设施|场所|公园|"
    r"保护区|名胜区|园区|景区|学校|医院|宾馆|饭店|商场|车站|机场|码头|港口|等)$"
)
# What tells that a clause, not a list, stands before the modal verb.
_CLAUSE = re.compile(
    r"的由|[，,、](?:并|且|由|经|对|在|因|如|将|把|按|根据|以|确需|需|其中)|的[，,]|(?:时|后|前|期间|情况下|中|内|起|的)$|^(?:其|该|本|所有的?|任何|凡|经|因|对|在|由|从|自|为|当|如|按|根据|依照|前款|上述|以|将)"
)
# 负有…职责的|部门: the clause by which a body is told, and the body.
_TOLD_BY = re.compile(
    r"(?P<clause>(?![的对在由从])(?:[^，或和及]{2,40}等[^，或和及、]{1,8}|(?:涉及|[^、，或和及]){2,40})的)(?P<head>[^的、，及]{2,24}|村)"
)
_TOLD_IN_PIECES = re.compile(r"(?P<clause>[^，]{2,60}的)(?P<head>[^的、，及]{2,24})")
# 有防汛任务的|乡镇人民政府, 按规定成立的|调查组: what it has or by what it was set up is no part of its name
_HAS = re.compile(r"^具?有|^(?:存在|具备)|(?:设立|成立|组建|组成|(?<=.)担任[^，的]{2,8}|条件|权|所在地)的$")
_BARE_HEAD = re.compile(
    r"(?:主管|管理|监管|监督|工作|经办|管护|养护|运营|建设|使用|审批|登记|牵头|配合|责任|执法|监测|检测|行政|政府|有关)*(?:部门|机构|机关|单位|人民政府|政府|组织|机构和单位|部门和机构|部门和单位|机关或者机构|村)"
)
_HEADS = re.compile(r"等[^等]{0,8}(?:部门|机构)|[^等](?:机构|部门|基金（机构）)$")
_IN_GENERAL = re.compile(r"(?:有关|相关|上述|接受|被|其他|具备|具有|需要|发生).*[^和](?:单位|企业|组织|机构)$")
# What makes a unit a bearer: its part in a public task; but no 参加救援的单位
_PUBLIC_TASK = re.compile(
    r"负有|(?:负责|承担|履行|有).*(?:职责|职能|任务|工作|管理|监管)的$|(?:指定|授权|委托|确定)的$|^(?:获悉|实施|管理|负责)|值守|审批|执法"
)
_NO_CLAUSE = re.compile(r"由|可|是|通过|应当|必须")  # 全国的工作由市水利局指定的|部门
_CHARGED = re.compile(r"职责|责任|职能|任务")
_PUBLIC_HEAD = re.compile(r"(?:部门|机关|政府)(?:和机构)?$|^(?:牵头|管理|管护|责任)单位$")


_DONE_BY = re.compile(
    r"(?=(?:依法|共同|分别|具体|统一|予以|组织|直接)*(?:负责(?!人|同志)|发布|承担|实施|给予|决定|确定|审批|派员|处理))"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands between the beginning of a clause and its modal verb: the list of subjects, and the predicate."""

    subjects: Span
    predicate: int


def before_modal(text: str, start: int, passive: bool) -> Stretch | None:
    """The list from `start` up to a modal verb, or behind 由 to 负责 and the like; None where there is none near."""
    start += text.startswith("凡", start)
    stop = _STOP.search(text, start, start + _LONGEST)
    end = stop.start() if stop else min(start + _LONGEST, len(text))
    modal = (_DONE_BY if passive else _MODAL).search(text, start + 2, end)
    if not modal:
        return None
    aside = None if passive else _ASIDE.search(text, start, modal.start())
    return Stretch(Span(start, aside.start() if aside else modal.start()), modal.end())


_ASIDE = re.compile(
    r"[，,](?:(?:除|按照|根据|依照)[^，。；、]{2,24}(?:外|规定|要求|情况)|(?:接到|收到|发现|遇)[^，。；]{2,40}|在[^，。；]{2,40}[前后时])$"
)  # 市水利局，除另有规定的外，应当; 救援队伍、医疗机构，接到指令后，应当


class _Kind(Enum):
    BODY = "named as bodies are"
    TOLD = "told by a clause or by its noun"
    OTHER = "never bound"
    STRANGE = "nothing of a list"


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    span: Span
    kind: _Kind
    sure: bool = False  # a body whatever stands beside it
    stretch: int = 0  # which of the lists set apart by 以及 it stands in


class IsMember(Protocol):
    """May this stand in a list of bodies? `headed`: by 等部门 further on."""

    def __call__(self, name: str, headed: bool) -> bool: ...


def read_open_list(text: str, span: Span, is_member: IsMember) -> tuple[Mention, ...]:
    """The bodies that stand in `text[span]` beside others that are never bound; () where anything else does."""
    if _CLAUSE.search(span.of(text)):
        return ()
    parts = _joined(text, list(_parts(text, span, is_member)))
    comma = min((at for at in (text.find(mark, span.start, span.end) for mark in "，,") if at >= 0), default=span.end)
    # 有贡献的单位和个人，市体育局应当…: the object comes first
    if not any(part.sure and part.span.start < comma for part in parts) or any(p.kind is _Kind.STRANGE for p in parts):
        return ()
    runs = groupby(parts, lambda part: (part.kind, part.stretch))
    mentions = [mention for (kind, _), run in runs for mention in _named(text, kind, [*run])]
    # 供水、教育和其他公共服务的单位应当…: business without whose it is
    return () if any(is_business(m.name) and not ends_as_body(m.name) for m in mentions) else tuple(mentions)


def _parts(text: str, span: Span, is_member: IsMember) -> Iterator[_Part]:
    stretches = [[*divide(text, stretch)] for stretch in _apart(text, span)]
    pieces = [piece for stretch in stretches for piece in stretch]
    places = (place for place, stretch in enumerate(stretches) for _ in stretch)
    for index, place in enumerate(places):
        yield replace(_part(pieces, index, is_member), stretch=place)


def _apart(text: str, span: Span) -> Iterator[Span]:
    """以及 never stands within a name, 及其 between a body and its departments."""
    start = span.start
    for found in _APART.finditer(span.of(text)):
        yield Span(start, span.start + found.start())
        start = span.start + found.end()
    yield Span(start, span.end)


_APART = re.compile(r"以及|及其(?=[^，]{2,60}(?:部门|机构))")


def _part(pieces: Sequence[Piece], index: int, is_member: IsMember) -> _Part:
    name, span = pieces[index].text, pieces[index].span
    if name.startswith("组织") and is_business(name.removeprefix("组织")):
        return _Part(name, span, _Kind.STRANGE)  # 组织|通信、交通等单位
    later = [piece.text for piece in pieces[index + 1 :]]
    if told := _such_a_class(name):
        return _Part(told, span, _Kind.TOLD, sure=True)
    if (of_all := TOLD_OF_ALL.search(name)) and _is_one_of_many(name[: of_all.start()]):
        return _Part(name, span, _Kind.BODY, sure=True)
    if not is_vague(name) and is_member(name, False) and not _SUCH_OTHERS.search(name):
        return _Part(name, span, _Kind.BODY, sure=True)
    if told := _piece_told(name) or (name if _bears(name) else None):
        return _Part(told, span, _Kind.TOLD, sure=True)
    if such := _SUCH_OTHERS.search(name):
        stem = name[: such.start()]
        known = ends_as_body(stem) or is_business(stem)
        return _Part(name, span, _Kind.BODY if known else _Kind.OTHER, sure=known)
    if _SHARES.search(name) or any(map(_SHARES.search, later)):
        return _Part(name, span, _Kind.BODY, sure=True)
    if is_member(name, any(map(_HEADS.search, later))):
        return _Part(name, span, _Kind.BODY, sure=not is_vague(name) and bool(_HEADS.search(name)))
    other = (
        _OTHERS.search(name) or is_vague(name) or any(_SUCH_OTHERS.search(one) or _such_a_class(one) for one in later)
    )
    return _Part(name, span, _Kind.OTHER if other else _Kind.STRANGE)


def _is_one_of_many(name: str) -> bool:
    """财政 or 市财政局 before 等有防汛任务的部门."""
    return is_business(name) or ends_as_body(name)


def _such_a_class(name: str) -> str | None:
    """广播、电视等|新闻单位: the class that examples stand for, if it bears duties."""
    example, such, told = name.rpartition("等")
    named = told.removeprefix("各类")
    return (
        told
        if such and not ends_as_body(example) and (named in vocabulary().collective_names or _bears(named))
        else None
    )


_SHARES = re.compile("等媒体$")  # 广播、报纸等媒体
_SUCH_OTHERS = re.compile(r"等[^等、，]{0,6}(?:单位|企业|组织|场所|人员)$")  # 危险品生产、储运等单位


def _joined(text: str, parts: list[_Part]) -> list[_Part]:
    """What a list is not cut by: 多发、|易发地区的县级人民政府; 承担…职能的部门|和单位."""
    out: list[_Part] = []
    for part in parts:
        before = out[-1] if out else None
        whole = Span(before.span.start, max(part.span.end, before.span.start)) if before else part.span
        name = "".join(whole.of(text).split())
        if before and before.kind is _Kind.STRANGE and _told(name, _TOLD_IN_PIECES):
            out[-1:] = _told_last(name, whole)
        elif before and before.kind is _Kind.TOLD and "的" in before.name and _AND_UNITS.search(name):
            out[-1] = replace(before, name=name, span=whole)
        else:
            out.append(part)
    return out


def _told_last(name: str, span: Span) -> list[_Part]:
    """设区的市人民政府和多发、易发地区的县级人民政府: the one that is complete stands for itself."""
    for cut in re.finditer("和|及|或者?", name):
        left, right = name[: cut.start()], name[cut.end() :]
        if len(name) == len(span) and ends_as_body(left) and _told(right, _TOLD_IN_PIECES):
            middle = span.start + cut.start()
            told = _Part(right, Span(span.start + cut.end(), span.end), _Kind.TOLD, sure=True)
            return [_Part(left, Span(span.start, middle), _Kind.BODY, sure=True), told]
    return [_Part(name, span, _Kind.TOLD, sure=True)]


_AND_UNITS = re.compile(r"(?:部门|机关)(?:和|或者?)(?:单位|机构)$")


def _named(text: str, kind: _Kind, run: list[_Part]) -> Iterator[Mention]:
    if kind is _Kind.TOLD:
        for part in run:
            own = vocabulary().level.match(part.name) and not _bears(part.name)
            made = type_of(part.name) if own else PartyType.COLLECTIVE
            yield Mention(part.name, made, part.span, LIKELIHOODS.described)
    elif kind is _Kind.BODY:
        yield from read_names(text, Span(run[0].span.start, run[-1].span.end))


def _bears(name: str) -> bool:
    """登记主体, 养老服务机构: a noun of those who bear duties; but no 有关机构."""
    kind, told = bearer_of(name) or (Bearer.REGULATED, "")
    if kind is Bearer.ORGAN and is_vague(name):
        return False
    if kind is Bearer.REGULATED or len(name) > _LONGEST_NOUN or "的" in name or _IN_GENERAL.match(name):
        return False
    return name == told or not (begins_badly(name) or vocabulary().bad_inside.search(name))


_LONGEST_NOUN = 16


_WHERE = re.compile(r"^[^，、的]{1,12}所在地的(?=.*的)")  # 水库所在地的|县人民政府指定的部门


def _piece_told(name: str) -> str | None:
    """The same of one piece of a list, whose levels may be printed apart: 省、自治区、直辖市人民政府指定的部门."""
    name = re.sub(CHARGED, "", _WHERE.sub("", name))  # 发布预警的人民政府|或者其授权的部门
    whole = name.replace("、", "")
    told = told_by_clause(whole)
    return name if told == whole else told if told and told in name else None


def told_by_clause(name: str) -> str | None:
    """A body with a clause before it (负有监管职责的|部门) as it is named; else None."""
    return None if place_length(name) else _told(name, _TOLD_BY)


def _told(name: str, pattern: re.Pattern[str]) -> str | None:
    found = pattern.fullmatch(name)
    if not found or _NO_CLAUSE.search(found["clause"]):
        return None
    if _BARE_HEAD.fullmatch(found["head"]):
        if "有关" in found["head"] and not _CHARGED.search(found["clause"]):
            return None  # 接到报告的有关部门
        public = _PUBLIC_HEAD.search(found["head"]) or _PUBLIC_TASK.search(found["clause"])
        return name if public and not _IN_GENERAL.match(name) else None
    if is_vague(found["head"]) or not (ends_as_body(found["head"]) or _bears(found["head"])):
        return None
    if _HAS.search(found["clause"]):
        return found["head"]
    acts = vocabulary().verbs.length_at(found["clause"], 0)  # 实施隔离措施的|区人民政府
    one = acts and type_of(found["head"]) is PartyType.AGENCY
    return found["head"] if one else name  # a body is known without what it does, a class is not
