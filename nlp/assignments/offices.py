"""What binds without subject and predicate: where an office has its seat, who examines, what is set up, whose plans."""

from __future__ import annotations

import re
from dataclasses import replace

from gongbao.corpus.offsets import Span
from gongbao.corpus.records import PartyType, Role
from gongbao.nlp.assignments.act import Act, group_around
from gongbao.nlp.assignments.grammar import grammar
from gongbao.nlp.assignments.lists import number_length
from gongbao.nlp.assignments.model import bind
from gongbao.nlp.assignments.places import SpanPlaces
from gongbao.nlp.bodies import Ends, is_body_list, read_names


def find_office_acts(names: Ends, ends: list[int], set_apart: SpanPlaces) -> list[Act]:
    """The acts of a paragraph that no predicate tells; `ends`: of its sentences, `set_apart`: its attributions."""
    text = names.text
    found = _seats(text, ends, set_apart) + _checks(names, ends, set_apart) + _set_up(text, ends, set_apart)
    return found + _possessions(names, ends, set_apart)


def _seats(text: str, ends: list[int], set_apart: SpanPlaces) -> list[Act]:
    """办公室设在X, with the 办公室主任 where the same sentence names one."""
    acts = []
    for found in grammar().seated.finditer(text):
        mentions = read_names(text, Span(*found.span("name")))
        if not mentions:
            continue
        group = group_around(text, found.start(), ends, set_apart)
        words = grammar()
        chair = words.chaired.search(text, found.end(), group.end) or words.chairs.search(text, found.end(), group.end)
        if chair:
            people = read_names(text, Span(*chair.span("name")))
            mentions += tuple(replace(m, type=PartyType.PERSON) for m in people)
        clause = max(text.rfind("，", group.start, found.start()) + 1, group.start)
        acts.append(Act(bind(mentions, Role.RESPONSIBLE), clause, clause, group.end, group, clause, duty=True))
    return acts


def _set_up(text: str, ends: list[int], set_apart: SpanPlaces) -> list[Act]:
    """设立X指挥部，负责…: what is set up is bound."""
    acts = []
    for found in grammar().set_up.finditer(text):
        mentions = read_names(text, Span(*found.span("name")))
        group = group_around(text, found.start(), ends, set_apart)
        told = found.end() + len(_TAKES_CHARGE.match(text, found.end())[0])  # type: ignore[index]
        bound = bind(tuple(m for m in mentions if not _ANY_SUCH.search(m.name)), Role.RESPONSIBLE)
        acts.append(Act(bound, found.start(), told, group.end, group, found.start("name"), duty=True))
    return [act for act in acts if act.bindings]


_ANY_SUCH = re.compile(r"的|^(?:市级|省级|县级|专项)?(?:工作)?(?:专班|小组|机构)$")  # 相应的指挥部, 工作专班
_TAKES_CHARGE = re.compile(r"(?:(?:具体|主要|全面|统一)*(?:负责|承担))?")


def _checks(names: Ends, ends: list[int], set_apart: SpanPlaces) -> list[Act]:
    """经X审核后…: X is bound to examine."""
    text, acts = names.text, []
    for found in grammar().checked.finditer(text):
        span = Span(*found.span("name"))
        mentions = read_names(text, span) if is_body_list(text, span, names.defined) else ()
        if mentions:
            group = group_around(text, found.start(), ends, set_apart)
            at = found.start()
            acts.append(Act(bind(mentions, Role.RESPONSIBLE), at, at, group.end, group, at, checking=True))
    return acts


def _possessions(names: Ends, ends: list[int], set_apart: SpanPlaces) -> list[Act]:
    """下级人民政府的预案应当报上一级人民政府备案: it must see to what is its own."""
    text, acts = names.text, []
    for found in grammar().possessed.finditer(text):
        start = found.start("name") + number_length(found["name"])
        span = Span(start, found.end("name"))
        if set_apart.covering(start) or not is_body_list(text, span, names.defined):
            continue
        group, told = group_around(text, start, ends, set_apart), found.start("object")
        acts.append(Act(bind(read_names(text, span), Role.RESPONSIBLE), start, told, group.end, group, start))
    return [act for act in acts if act.bindings]
