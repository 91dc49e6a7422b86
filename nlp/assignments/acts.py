"""What a body is bound to in running text: X要…, 由X负责…, X会同Y…, 办公室设在X, X为责任主体."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gongbao.corpus.offsets import Span
from gongbao.corpus.records import PartyType, Role
from gongbao.nlp.assignments.act import Act, group_around
from gongbao.nlp.assignments.brackets import bracketed
from gongbao.nlp.assignments.grammar import grammar
from gongbao.nlp.assignments.model import Binding, bind
from gongbao.nlp.assignments.offices import find_office_acts
from gongbao.nlp.assignments.places import SpanPlaces
from gongbao.nlp.assignments.sentence_acts import act_of
from gongbao.nlp.bodies import Ends, Mention, Subject, is_body_list, read_names, scope_of, subject_at


def find_acts(names: Ends, subjects: Sequence[Subject], blocked: list[Span], telling: bool = False) -> list[Act]:
    """The acts of a paragraph outside `blocked` (brackets that attribute), as they stand.

    `telling`: the document tells what was done; only what must be done (要, 应) is an act.
    """
    text = names.text
    ends = [m.end() for m in grammar().end.finditer(text)]
    set_apart = SpanPlaces(blocked)
    remarks = SpanPlaces(b for b in bracketed(text) if set_apart.covering(b.start) is None)
    acts: list[Act] = []
    for subject in subjects:
        at = subject.span.start
        told_only = telling and not grammar().must.match(text, subject.span.end)
        if told_only or set_apart.covering(at):
            continue
        remark = remarks.covering(at)
        group = group_around(text, at, ends, set_apart, remark)
        if act_of(text[group.start : at], text[subject.span.end : group.end]):
            continue
        act = _read_act(names, subject, group)
        if act:
            acts.append(replace(act, quoted=remark is not None))
    return acts + find_office_acts(names, ends, set_apart)


def _read_act(names: Ends, subject: Subject, group: Span) -> Act | None:
    text, at = names.text, subject.span.end
    rest = text[at : group.end]
    owed = grammar().owed.match(rest) if subject.mentions else None
    if owed:
        begins = at + owed.start("owed")
        return Act(bind(subject.mentions, Role.RESPONSIBLE), begins, begins, group.end, group, subject.span.start)
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
        duty=any(shape.match(rest) for shape in (words.duty, words.being, words.holds)),
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
    if words.being.match(rest) and not (words.bare.match(rest) or words.on_condition.match(rest)):
        return bool(words.responsible_being.match(rest))
    if words.bare.match(rest) or (subject.passive and words.decides.match(rest)) or _holds_post(subject, rest):
        return True
    if words.on_condition.match(rest):  # 认为需要修订的，应当…: whatever the condition tells
        return True
    if words.permitted.match(rest) or words.no_act.match(rest):
        return False
    shape = words.predicate.match(rest)
    if shape and shape["modal"] == "不得" and all(m.type is PartyType.PERSON for m in subject.mentions):
        return not _SANCTIONED.match(rest, shape.end())  # 相关责任人不得提拔
    if shape and shape["modal"]:
        firm = shape["modal"] in _FIRM  # 应当加强灾区的管理
        return firm or not words.relative.match(rest, shape.end("modal"))
    return not _CASE.fullmatch(rest) and not any(
        p.match(rest) for p in (words.state, words.past, words.condition, words.sanction, words.relative)
    )


def _holds_post(subject: Subject, rest: str) -> bool:
    """总指挥由市长担任: who holds a post is told by the post alone."""
    form = grammar().holds if subject.passive else grammar().in_charge
    return bool(form.match(rest)) and all(m.type is PartyType.PERSON for m in subject.mentions)


_CASE = re.compile(r"[^。；]{4,400}(?:的|者)[；。]?\s{0,4}")  # （一）管理单位未履行职责的；
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
    others = _others(names, rest, at, group)
    if others:
        return bind(subject.mentions, Role.LEAD) + bind(others, Role.SUPPORT)
    called = words.called.search(names.text, max(subject.span.start - 6, 0), subject.span.start)
    if called:
        return bind(subject.mentions, Role.LEAD if called["lead"] else Role.SUPPORT)
    leading = words.leading.match(rest)
    if leading:
        return bind(subject.mentions, Role.LEAD) + _called_in(names, at + leading.end(), group)
    helps = _helps(rest)
    return bind(subject.mentions, Role.SUPPORT if helps else Role.RESPONSIBLE)


def _helps(rest: str) -> bool:
    """应当予以配合, 协助A推进: help is all that is told."""
    words = grammar()
    helping = words.helping.match(rest)
    if words.gives_help.match(rest) or not helping:
        return bool(words.gives_help.match(rest))
    return not words.stop.match(rest, helping.end()) and not words.also_does.search(rest)


def _others(names: Ends, rest: str, at: int, group: Span) -> tuple[Mention, ...]:
    """With whom it is done: 会同B、C; 与B、C一起. `rest` begins at `at`."""
    together, alongside = grammar().together.match(rest), grammar().alongside.match(rest)
    if together:
        start = at + together.end()
        other = subject_at(names, start, alone=True)
        such = None if other else _SUCH.match(names.text, start, group.end)
        if such and is_body_list(names.text, Span(*such.span()), names.defined):
            return read_names(names.text, Span(*such.span()))
        return other.mentions if other and other.span.end <= group.end else ()
    span = Span(at + alongside.start("others"), at + alongside.end("others")) if alongside else None
    return read_names(names.text, span) if span and is_body_list(names.text, span, names.defined) else ()


_SUCH = re.compile(r"[^，。；]{2,120}?等(?:有关|相关)*(?:部门|单位)")  # 会同A、B等有关部门及专家现场考察


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
