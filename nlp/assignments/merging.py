"""What is told twice or in pieces becomes one statement."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Role
from gongbao.nlp.assignments.act import Act
from gongbao.nlp.assignments.brackets import Attribution
from gongbao.nlp.assignments.model import Binding, Statement, beside_lead
from gongbao.nlp.bodies import Mention


def reconcile(acts: list[Act], attributions: list[Attribution]) -> tuple[list[Act], list[Attribution]]:
    """由X牵头…（责任单位：X、Y）: one statement, X leads; but X要…。Y要…。（X、Y负责）: three."""
    kept, merged = [], list(attributions)
    starts = [attribution.span.start for attribution in attributions]
    next_to = [(act, bisect_left(starts, act.start)) for act in acts]
    within = [(act, at if at < len(merged) and _told_by(act, merged[at]) else None) for act, at in next_to]
    bodies: dict[int | None, set[frozenset[str]]] = {}
    for act, at in within:
        bodies.setdefault(at, set()).add(frozenset(_names(act.bindings)))
    for act, at in within:
        if at is None or len(bodies[at]) > 1:
            kept.append(act)
            continue
        leads = {b.mention.name for b in act.bindings if b.role is Role.LEAD}
        led = (replace(b, role=Role.LEAD) if b.mention.name in leads else b for b in merged[at].bindings)
        merged[at] = replace(merged[at], bindings=beside_lead(tuple(led)))
    return kept, merged


def _told_by(act: Act, attribution: Attribution) -> bool:
    """Does the attribution name all that the act binds?"""
    return not act.quoted and _names(act.bindings) <= _names(attribution.bindings)


def without_title(text: str, start: int, acts: list[Act]) -> list[Act]:
    """（一）乡镇政府抓好落实。乡镇政府要…: the title of an item is no act."""
    title = _TITLE.match(text, start)
    if not title or _OBLIGES.search(title[0]):
        return acts
    return [act for act in acts if act.end > title.end()]


_TITLE = re.compile(r"[^。；：]{2,24}。")
_OBLIGES = re.compile(r"要|应|须|负责|牵头|由|配合")


def reaching(text: str, acts: list[Act], attributions: list[Attribution]) -> list[Act]:
    """市水利局要…；每月报送…。: clauses of the sentence that name nobody go on with the act before them."""
    begins = sorted([min(act.clause, act.group.start) for act in acts] + [a.span.start for a in attributions])
    out = []
    for act in acts:
        at = bisect_left(begins, act.end)
        stop = text.find("。", max(act.end - 1, 0))
        ends = [end for end in (stop + 1, begins[at] if at < len(begins) else 0, len(text)) if end >= act.end]
        goes_on = text[: act.end].endswith(("；", ";")) and not act.quoted
        out.append(replace(act, reach=min(ends)) if goes_on else act)
    return out


def _names(bindings: tuple[Binding, ...]) -> set[str]:
    return {b.mention.name for b in bindings}


def extended(last: Statement, bindings: tuple[Binding, ...], place: Span) -> Statement:
    """配合单位：… on a line of its own belongs to the statement before it."""
    named = {b.mention.name for b in last.bindings}
    whole = Span(last.span.start, place.end)
    merged = last.bindings + tuple(b for b in bindings if b.mention.name not in named)
    return replace(last, bindings=beside_lead(merged), span=whole, limits=(whole,))


def helped(acts: list[Act], attributions: list[Attribution]) -> tuple[list[Act], list[Attribution]]:
    """市水利局要…。市财政局配合。: who only helps joins the act of the sentence before."""
    joined, rest = list(acts), []
    ends = {act.end: index for index, act in enumerate(acts)}
    for attribution in attributions:
        last = ends.get(attribution.span.start)
        if last is None or any(b.role is not Role.SUPPORT for b in attribution.bindings):
            rest.append(attribution)
        else:
            joined[last] = replace(joined[last], bindings=joined[last].bindings + attribution.bindings)
    return joined, rest


def carried_on(statement: Statement, end: int) -> Statement:
    """In an article with one subject the sentences that name none go on with it: their time limits bind it."""
    rest = Span(statement.limits[-1].end, max(end, statement.limits[-1].end))
    return replace(statement, limits=(*statement.limits, rest))


def goes_on(previous: Statement, person: Mention, told: str) -> bool:
    """负责…。负责…: one duty of one leader."""
    return (
        previous.bindings[0].mention == person
        and previous.bindings[0].role is Role.RESPONSIBLE
        and previous.what.startswith("负责")
        and told.startswith("负责")
    )
