"""Statements in running text: X要…, 由X负责…, X会同Y…, 办公室设在X, X为责任主体."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.offsets import Span
from corpus.records import AssignmentKind, Role
from nlp.assignments.brackets import bracketed
from nlp.assignments.lists import number_length
from nlp.assignments.model import Binding, Statement, bind
from nlp.bodies import Ends, Subject, is_body_list, read_names, subject_at

_MODAL = r"(?:要|应当|应该|应|须|必须|需要|需|务必|务须|不得|不予|严禁|将|可|可以|有权)"
_ADVERB = (
    r"(?:也|均|都|还|再|又|同时|分别|共同|首先|原则上|至少|另外|同步|"
    r"继续|进一步|主要|具体|统一|一律|全部|全程|重点|切实|及时|依法)"
)
_PREDICATE = re.compile(rf"(?P<adverbs>{_ADVERB}*)(?P<modal>{_MODAL}?){_ADVERB}*(?P<duty>负责|承担)?")
_MUST = re.compile(rf"{_ADVERB}*(?:要|应当|应|须|必须|务必|负责|牵头)")
_BEING = re.compile(
    r"(?:也)?(?:为|是)[^。；：]{0,40}?(?:，(?:主要|具体)?(?:负责|承担)|责任主体|第一责任人|责任人|责任单位|责任部门|主管部门|监管部门|主管单位|牵头单位|牵头部门|主体责任|实施主体|监管主体)"
)
_PERMITTED = re.compile(rf"{_ADVERB}*(?:可(?!行)|有权|鼓励|支持(?=.{{0,6}}企业))")
# A state or a share, not an act: 具备…能力, …比例达到90%.
_STATE = re.compile(
    r"具备|具有|拥有|延伸|[^，。；]{0,40}(?:比例|覆盖率|占比|[\u4e00-\u9fff]率)[^，。；]{0,16}(?:达到|提高|不低于|不少于|为|达)"
)
_APPOINTED = re.compile(r"由[^。；]{2,60}?(?:担任|兼任)，(?:主要|具体|全面)?(?:负责|主持|承担)")
_BRIEF = re.compile(r"[\u4e00-\u9fff]{2,4}(?=[，；。]|$)")
_MEMBER = re.compile(r"(?:为|任|是)(?:副?组长|成员|委员|副?主任|召集人|联络员|指挥长|副指挥长)")
_PAST = re.compile(r"[^。；]{0,24}?(?:已经?(?!有|建成)|了(?!解)|曾|近年来|以来)")
_NO_ACT = re.compile(
    rf"{_ADVERB}*(?:印发|同意|决定(?!启动|是否)|认为|批准|下发|转发|制定的|组成|构成|担任|兼任|出台了|设在|下设|下属|所属|设于|每届|任期|收到|原(?!则)|与会|召开的|[\u4e00-\u9fff]{2}人[：:])"
)
_CONDITION = re.compile(r"[^，。；]{2,60}的[，,]")  # 未按时报送的，…
_SANCTION = re.compile(r"[^。；]{2,90}?的[，,](?:依法|依规|依纪|按|由|给予|追究|严肃|责令|予以|取消)")
_RELATIVE = re.compile(r"[\u4e00-\u9fff]{2,4}的(?!要求|规定|原则)")
_LEADING = re.compile(rf"{_ADVERB}*{_MODAL}?{_ADVERB}*(?:负责)?(?:要)?(?:牵头|(?:发挥|起)[^，。]{{0,6}}牵头作用)")
_HELPING = re.compile(
    rf"{_ADVERB}*{_MODAL}?{_ADVERB}*(?:按(?:照)?[^，。；]{{0,10}}?)?(?:密切|积极)?(?:配合|协助|参与|参加|协办|协同(?!推进|联动))"
)
_BARE_HELP = re.compile(
    rf"{_ADVERB}*(?:按(?:照)?[^，。；]{{0,10}}?)?(?:密切|积极)?(?:配合|协助|参与|参加|协办|按[^，。；]{{0,10}}(?:负责|落实))[^，。；]{{0,4}}(?:$|[，。；）)的、])"
)
_TOGETHER = re.compile(rf"{_ADVERB}*{_MODAL}?{_ADVERB}*(?:会同|商)")
_SEATED = re.compile(
    r"(?:办公室|值班室|秘书处|工作机构|专班)[^，。；：（(]{0,12}?设(?:在|于)(?P<name>[^，。；：（(]{2,30})"
)
_CHAIRED = re.compile(r"(?:主任|负责人)由(?P<name>[^，。；：（(]{2,30}?)(?:同志)?(?:共同)?(?:兼任|担任)")
_TIME_ONLY = re.compile(
    r"[\s，,]*(?:(?:自|在|于|到|至|截至)?[\d一二三四]*(?:\d{4}年|每年|今年|年|月|日|季度|底|末|前|起|开始|期间|以前|之前|上半年|下半年|\d+)+[，,]?|同时[，,]?|其中[，,]?|必要时[，,]?)*$"
)
_CHECKED = re.compile(r"经(?P<name>[^，。；：、经由]{2,30}?)审核(?:确认|同意|通过|汇总)?(?:后|，)")
_END = re.compile(r"[。！？!?；;]")


@dataclass(frozen=True, slots=True)
class Act:
    """One subject with its predicate, inside one clause group (to the next 。 or ；)."""

    bindings: tuple[Binding, ...]
    clause: int  # where its clause begins
    start: int  # where the task is told
    end: int
    group: Span
    duty: bool
    helping: bool  # only helps with what another does
    quoted: bool = False  # inside a bracket that remarks on something
    passive: bool = False  # named after 由: what is done stands before
    brief: int | None = None  # where a predicate of a word or two ends (…，B聘任，C备案)
    checking: bool = False  # examines what the next act of the group does


def find_acts(names: Ends, subjects: Sequence[Subject], blocked: list[Span], telling: bool = False) -> list[Act]:
    """The acts of a paragraph outside `blocked` (brackets that attribute), in order.

    `telling`: the document tells what was done; only what must be done (要, 应) is an act.
    """
    text = names.text
    ends = [m.end() for m in _END.finditer(text)]
    remarks = [b for b in bracketed(text) if b not in blocked]
    acts: list[Act] = []
    for subject in subjects:
        if any(b.start <= subject.span.start < b.end for b in blocked):
            continue
        group = _group(text, subject.span.start, ends, blocked)
        inner = next((b for b in remarks if b.start < subject.span.start < b.end), None)
        if inner:
            group = Span(max(group.start, _clause_before(text, inner.start)), min(group.end, inner.end - 1))
        act = None if telling and not _MUST.match(text, subject.span.end) else _read_act(names, subject, group)
        if act and inner:
            act = replace(act, quoted=True)
        if act:
            acts.append(act)
    acts += _seats(text, ends, blocked) + _checks(names, ends, blocked)
    return _bounded(sorted(acts, key=lambda a: (a.clause, not a.checking, a.start)))


def _group(text: str, at: int, ends: list[int], blocked: list[Span]) -> Span:
    index = bisect_right(ends, at)
    start = ends[index - 1] if index else number_length(text)
    end = ends[index] if index < len(ends) else len(text)
    for span in blocked:
        if span.end <= at:
            start = max(start, span.end)
        elif span.start >= at:
            end = min(end, span.start)
            break
    while start < at and text[start] in "；;，,。 \n\t　、":
        start += 1
    return Span(start, max(end, start))


def _clause_before(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in "，。；：") + 1


def _read_act(names: Ends, subject: Subject, group: Span) -> Act | None:
    text, at = names.text, subject.span.end
    rest = text[at : group.end]
    if not _is_act(rest, subject):
        return None
    bindings = _roles(names, subject, rest, group)
    if not bindings:
        return None
    shape = _PREDICATE.match(rest)
    assert shape is not None
    prefix = text[group.start : subject.span.start]
    appointed = _APPOINTED.match(rest)
    told = at + (appointed or shape).end() if not subject.passive and _TIME_ONLY.match(prefix) else group.start
    return Act(
        bindings,
        max(subject.clause, group.start),
        told,
        group.end,
        group,
        bool(shape["duty"]),
        bool(_BARE_HELP.match(rest)),
        passive=subject.passive,
        brief=at + brief.end() if (brief := _BRIEF.match(rest)) else None,
    )


def _is_act(rest: str, subject: Subject) -> bool:
    if not subject.mentions or not rest.strip(" ，。；"):
        return False
    if _MEMBER.match(rest):
        return False
    if rest.startswith("由"):
        return bool(_APPOINTED.match(rest))
    if re.match(r"(?:也|都|均)?(?:为|是)", rest):
        return bool(_BEING.match(rest))
    if _PERMITTED.match(rest) or _NO_ACT.match(rest):
        return False
    shape = _PREDICATE.match(rest)
    if shape and shape["modal"]:
        return not _RELATIVE.match(rest, shape.end("modal"))
    return not (
        _STATE.match(rest)
        or _PAST.match(rest)
        or _CONDITION.match(rest)
        or _SANCTION.match(rest)
        or _RELATIVE.match(rest)
    )


def _roles(names: Ends, subject: Subject, rest: str, group: Span) -> tuple[Binding, ...]:
    together = _TOGETHER.match(rest)
    if together:
        other = subject_at(names, subject.span.end + together.end(), alone=True)
        if other and other.mentions and other.span.end <= group.end:
            return bind(subject.mentions, Role.LEAD) + bind(other.mentions, Role.SUPPORT)
    if _LEADING.match(rest):
        return bind(subject.mentions, Role.LEAD)
    helping = _HELPING.match(rest)
    if helping and not re.match(r"[，。；\s]|$", rest[helping.end() :]):
        return bind(subject.mentions, Role.SUPPORT)
    return bind(subject.mentions, Role.RESPONSIBLE)


def _seats(text: str, ends: list[int], blocked: list[Span]) -> list[Act]:
    """办公室设在X, with the 办公室主任 where the same sentence names one."""
    acts = []
    for found in _SEATED.finditer(text):
        mentions = read_names(text, Span(*found.span("name")))
        if not mentions:
            continue
        group = _group(text, found.start(), ends, blocked)
        chair = _CHAIRED.search(text, found.end(), group.end)
        if chair:
            mentions += read_names(text, Span(*chair.span("name")))
        clause = max(text.rfind("，", group.start, found.start()) + 1, group.start)
        acts.append(Act(bind(mentions, Role.RESPONSIBLE), clause, clause, group.end, group, True, False))
    return acts


def _checks(names: Ends, ends: list[int], blocked: list[Span]) -> list[Act]:
    """经X审核后…: X is bound to examine."""
    text, acts = names.text, []
    for found in _CHECKED.finditer(text):
        span = Span(*found.span("name"))
        if is_body_list(text, span, names.defined):
            group = _group(text, found.start(), ends, blocked)
            acts.append(
                Act(
                    bind(read_names(text, span), Role.RESPONSIBLE),
                    found.start(),
                    found.start(),
                    group.end,
                    group,
                    False,
                    False,
                    checking=True,
                )
            )
    return [act for act in acts if act.bindings]


def _bounded(acts: list[Act]) -> list[Act]:
    """Each act ends where the next of its group begins; a mere helper joins the act before it."""
    out: list[Act] = []
    for act in acts:
        previous = out[-1] if out else None
        if previous and previous.group == act.group and not act.quoted:
            if previous.checking:
                out[-1] = replace(
                    act, bindings=previous.bindings + act.bindings, clause=previous.clause, start=previous.start
                )
                continue
            if act.helping or (act.duty and _named(act) <= _named(previous)):
                merged = previous.bindings + tuple(
                    b for b in _as_support(act) if b.mention.name not in _named(previous)
                )
                out[-1] = replace(previous, bindings=merged)
                continue
            if previous.passive and act.brief:
                out.append(replace(act, start=previous.start, end=act.brief, passive=True))
                continue
            if act.clause > previous.start:
                out[-1] = replace(previous, end=min(previous.end, act.clause))
                if act.start < act.clause:
                    act = replace(act, start=act.clause)
        out.append(act)
    return out


def _named(act: Act) -> set[str]:
    return {b.mention.name for b in act.bindings}


def _as_support(act: Act) -> tuple[Binding, ...]:
    return tuple(Binding(b.mention, Role.SUPPORT) for b in act.bindings) if act.helping else act.bindings


def to_statement(text: str, act: Act, offset: int) -> Statement | None:
    """The act as a statement of the document; `offset` is where the paragraph begins in it."""
    told = "".join(text[act.start : act.end].split()).strip("，,；;、。：:")
    if not told:
        return None
    span = Span(offset + min(act.clause, act.start), offset + max(act.end, act.start))
    limits = Span(offset + act.group.start, offset + act.end)
    kind = AssignmentKind.DUTY if act.duty else AssignmentKind.TASK
    return Statement(tuple(_shifted(b, offset) for b in act.bindings), told, span, (limits,), kind)


def _shifted(binding: Binding, offset: int) -> Binding:
    return replace(binding, mention=replace(binding.mention, span=binding.mention.span.shift(offset)))
