"""What a body is bound to in running text: X要…, 由X负责…, X会同Y…, 办公室设在X, X为责任主体."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongbao.corpus.offsets import Span
from gongbao.corpus.records import PartyType, Role
from gongbao.nlp.assignments.brackets import bracketed
from gongbao.nlp.assignments.grammar import grammar
from gongbao.nlp.assignments.lists import number_length
from gongbao.nlp.assignments.model import Binding, bind
from gongbao.nlp.assignments.places import Places
from gongbao.nlp.assignments.sentence_acts import act_of
from gongbao.nlp.bodies import Ends, Mention, Subject, is_body_list, read_names, scope_of, subject_at


@dataclass(frozen=True, slots=True)
class Act:
    """One subject with its predicate, inside one group of clauses (to the next 。 or ；)."""

    bindings: tuple[Binding, ...]
    clause: int  # where its clause begins
    start: int  # where the task is told
    end: int
    group: Span
    named: int  # where the first body is named
    after: int = 0  # behind subject and modal verb
    duty: bool = False
    bare: Role | None = None  # of a predicate without an object: 牵头, 配合, 负责
    by_duty: bool = False  # 按职责分工负责
    lone: bool = False  # nothing but the bodies stands before the predicate
    member: bool = False  # …组成: a member of a group
    passive: bool = False  # named after 由: what is done stands before
    brief: int | None = None  # where a predicate of a word or two ends (…，B聘任，C备案)
    quoted: bool = False  # inside a bracket that remarks on something
    shared: Span | None = None  # what stands before all acts of the group: 2024年底前，A…，B…
    closing: Span | None = None  # a time limit behind all acts of the group: A…，B…，年底前完成
    reach: int = 0  # where the clauses end that go on with it, if later than `end`
    checking: bool = False  # examines what the next act of the group does


def find_acts(names: Ends, subjects: Sequence[Subject], blocked: list[Span], telling: bool = False) -> list[Act]:
    """The acts of a paragraph outside `blocked` (brackets that attribute), as they stand.

    `telling`: the document tells what was done; only what must be done (要, 应) is an act.
    """
    text = names.text
    ends = [m.end() for m in grammar().end.finditer(text)]
    set_apart = Places(blocked)
    remarks = Places(b for b in bracketed(text) if set_apart.covering(b.start) is None)
    acts: list[Act] = []
    for subject in subjects:
        at = subject.span.start
        told_only = telling and not grammar().must.match(text, subject.span.end)
        if told_only or set_apart.covering(at):
            continue
        remark = remarks.covering(at)
        group = _group(text, at, ends, set_apart, remark)
        if act_of(text[group.start : at], text[subject.span.end : group.end]):
            continue
        act = _read_act(names, subject, group)
        if act:
            acts.append(replace(act, quoted=remark is not None))
    return acts + _seats(text, ends, set_apart) + _checks(names, ends, set_apart) + _set_up(text, ends, set_apart)


def _group(text: str, at: int, ends: list[int], set_apart: Places, remark: Span | None = None) -> Span:
    """The clauses around `at` from 。 or ； to the next, cut at attributions; in a remark its own clause."""
    index = bisect_right(ends, at)
    start = ends[index - 1] if index else number_length(text)
    end = ends[index] if index < len(ends) else len(text)
    before, after = set_apart.around(at)
    start = max(start, before.end) if before and before.end <= at else start
    end = min(end, after.start) if after else end
    if remark:
        clause = max(text.rfind(mark, 0, remark.start) for mark in "，。；：") + 1
        start, end = max(start, clause), min(end, remark.end - 1)
    while start < at and text[start] in "；;，,。 \n\t　、":
        start += 1
    return Span(start, max(end, start))


def _read_act(names: Ends, subject: Subject, group: Span) -> Act | None:
    text, at = names.text, subject.span.end
    rest = text[at : group.end]
    if not _is_act(rest, subject) or _only_describes(names.text, subject, rest):
        return None
    words = grammar()
    clause = max(subject.clause, group.start)
    bare = words.bare.match(rest)
    brief = words.brief.match(rest)
    shape = words.appointed.match(rest) or words.predicate.match(rest)
    told = at + (_behind(shape) if shape else 0)
    timed = not subject.passive and words.time_only.match(text[group.start : subject.span.start])
    return Act(
        bindings=_roles(names, subject, rest, group),
        clause=clause,
        start=told if timed and shape and not _leads_on(bare) else group.start,
        end=group.end,
        group=group,
        named=subject.span.start,
        after=told,
        duty=bool(words.duty.match(rest) or words.being.match(rest)),
        bare=_bare_role(bare) if bare else None,
        by_duty=bool(bare and words.by_duty.search(bare[0])),
        lone=not _ABOVE_ALL.sub("", words.called.sub("", text[clause : subject.span.start])).strip(" 　由请，"),
        member=bool(bare and bare["member"]),
        passive=subject.passive,
        brief=at + brief.end() if brief else None,
    )


_ABOVE_ALL = re.compile(r"^[，\s]{0,8}(?:特别|尤其)是")  # …，特别是牵头单位要…


def _only_describes(text: str, subject: Subject, rest: str) -> bool:
    """由A、B参加的会议: no act, but beside a lead (A牵头，B参加的…)."""
    bare = grammar().bare.match(rest)
    if bare and _AS_MEMBERS.match(rest):
        return "牵头" not in text[max(subject.span.start - _NEAR_LEAD, 0) : subject.span.start]
    return bool(
        bare and rest.startswith("的", bare.end()) and not text.endswith(("牵头，", "牵头、"), 0, subject.span.start)
    )


_AS_MEMBERS = re.compile("为|是|作为")  # A牵头，B、C为成员单位; members alone are told nothing to do
_NEAR_LEAD = 40  # characters in which the lead stands before them


def _behind(shape: re.Match[str]) -> int:
    """Where the task begins: behind subject and modal verb, but what must not be done is told with its 不得."""
    modal = shape.groupdict().get("modal")
    return shape.start("modal") if modal in ("不得", "不予", "严禁") else shape.end()


def _leads_on(bare: re.Match[str] | None) -> bool:
    """A牵头，B配合，办好某事: the task is told behind the roles, and these are told with it."""
    if not bare or bare["responsible"]:
        return False
    return bool(bare.string[bare.end() :].strip("，,。；; "))


def _bare_role(found: re.Match[str]) -> Role:
    if found["lead"]:
        return Role.LEAD
    return Role.RESPONSIBLE if found["responsible"] else Role.SUPPORT


def _is_act(rest: str, subject: Subject) -> bool:
    words = grammar()
    if not subject.mentions or not rest.strip(" ，。；"):
        return False
    if rest.startswith(("由", "原则上由")):
        return bool(words.appointed.match(rest))
    if words.principle.match(rest) and all(m.name in _ANY_OF_ALL for m in subject.mentions):
        return False
    if words.being.match(rest) and not words.bare.match(rest):
        return bool(words.responsible_being.match(rest))
    if words.bare.match(rest) or (subject.passive and words.decides.match(rest)):
        return True
    if words.permitted.match(rest) or words.no_act.match(rest):
        return False
    shape = words.predicate.match(rest)
    if shape and shape["modal"] == "不得" and all(m.type is PartyType.PERSON for m in subject.mentions):
        return not _SANCTIONED.match(rest, shape.end())  # 相关责任人不得提拔
    if shape and shape["modal"]:
        firm = shape["modal"] in _FIRM  # 应当加强灾区的管理
        return firm or not words.relative.match(rest, shape.end("modal"))
    if words.on_condition.match(rest):
        return True
    return not any(p.match(rest) for p in (words.state, words.past, words.condition, words.sanction, words.relative))


_SANCTIONED = re.compile("提拔|晋升|晋级|评优|评先|参评|录用|享受|担任|重用|推荐")
_ANY_OF_ALL = ("政府", "党委", "部门")
_FIRM = ("应当", "应", "必须", "须", "不得")


def _roles(names: Ends, subject: Subject, rest: str, group: Span) -> tuple[Binding, ...]:
    words = grammar()
    if words.led_by.match(rest):
        return bind(subject.mentions, Role.LEAD)
    condition = words.on_condition.match(rest)
    at = subject.span.end + (condition.end("on") if condition else 0)
    rest = rest[condition.end("on") :] if condition else rest  # 接到报告后，|应当会同…
    if words.each.match(rest):
        return bind((*subject.mentions, _also_named(subject, rest)), Role.RESPONSIBLE)
    together = words.together.match(rest)
    if together:
        other = subject_at(names, at + together.end(), alone=True)
        if other and other.mentions and other.span.end <= group.end:
            return bind(subject.mentions, Role.LEAD) + bind(other.mentions, Role.SUPPORT)
    called = words.called.search(names.text, max(subject.span.start - 6, 0), subject.span.start)
    if called:
        return bind(subject.mentions, Role.LEAD if called["lead"] else Role.SUPPORT)
    leading = words.leading.match(rest)
    if leading:
        return bind(subject.mentions, Role.LEAD) + _called_in(names, at + leading.end(), group)
    helping = words.helping.match(rest)
    if helping and not words.stop.match(rest, helping.end()) and not words.also_does.search(rest):
        return bind(subject.mentions, Role.SUPPORT)
    return bind(subject.mentions, Role.RESPONSIBLE)


def _also_named(subject: Subject, rest: str) -> Mention:
    """县（市、区）党委每季度、政府每月…: the second body, with the scope of the first."""
    found = grammar().each.match(rest)
    assert found is not None
    first = subject.mentions[0]
    name = scope_of(first.name) + found["name"].removesuffix("常务会议")
    return replace(first, name=name, span=Span(*found.span("name")).shift(subject.span.end))


def _called_in(names: Ends, at: int, group: Span) -> tuple[Binding, ...]:
    """由A牵头，会同B…: B supports."""
    found = grammar().with_others.match(names.text, at)
    other = subject_at(names, found.end(), alone=True) if found else None
    return bind(other.mentions, Role.SUPPORT) if other and other.span.end <= group.end else ()


def _seats(text: str, ends: list[int], set_apart: Places) -> list[Act]:
    """办公室设在X, with the 办公室主任 where the same sentence names one."""
    acts = []
    for found in grammar().seated.finditer(text):
        mentions = read_names(text, Span(*found.span("name")))
        if not mentions:
            continue
        group = _group(text, found.start(), ends, set_apart)
        words = grammar()
        chair = words.chaired.search(text, found.end(), group.end) or words.chairs.search(text, found.end(), group.end)
        if chair:
            people = read_names(text, Span(*chair.span("name")))
            mentions += tuple(replace(m, type=PartyType.PERSON) for m in people)
        clause = max(text.rfind("，", group.start, found.start()) + 1, group.start)
        acts.append(Act(bind(mentions, Role.RESPONSIBLE), clause, clause, group.end, group, clause, duty=True))
    return acts


def _set_up(text: str, ends: list[int], set_apart: Places) -> list[Act]:
    """设立X指挥部，负责…: what is set up is bound."""
    acts = []
    for found in grammar().set_up.finditer(text):
        mentions = read_names(text, Span(*found.span("name")))
        group = _group(text, found.start(), ends, set_apart)
        told = found.end() + len(_TAKES_CHARGE.match(text, found.end())[0])  # type: ignore[index]
        bound = bind(tuple(m for m in mentions if not _ANY_SUCH.search(m.name)), Role.RESPONSIBLE)
        acts.append(Act(bound, found.start(), told, group.end, group, found.start("name"), duty=True))
    return [act for act in acts if act.bindings]


_ANY_SUCH = re.compile(r"的|^(?:市级|省级|县级|专项)?(?:工作)?(?:专班|小组|机构)$")  # 相应的指挥部, 工作专班
_TAKES_CHARGE = re.compile(r"(?:(?:具体|主要|全面|统一)*(?:负责|承担))?")


def _checks(names: Ends, ends: list[int], set_apart: Places) -> list[Act]:
    """经X审核后…: X is bound to examine."""
    text, acts = names.text, []
    for found in grammar().checked.finditer(text):
        span = Span(*found.span("name"))
        mentions = read_names(text, span) if is_body_list(text, span, names.defined) else ()
        if mentions:
            group = _group(text, found.start(), ends, set_apart)
            at = found.start()
            acts.append(Act(bind(mentions, Role.RESPONSIBLE), at, at, group.end, group, at, checking=True))
    return acts
