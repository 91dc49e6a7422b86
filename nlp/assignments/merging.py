"""What is told twice or in pieces becomes one statement."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from corpus.offsets import Span
from corpus.records import Role
from nlp.assignments.acts import Act
from nlp.assignments.brackets import Attribution
from nlp.assignments.model import Binding, Statement, beside_lead
from nlp.bodies import Mention


def reconcile(acts: list[Act], attributions: list[Attribution]) -> tuple[list[Act], list[Attribution]]:
    """由X牵头…（责任单位：X、Y）: one statement, X leads."""
    kept, merged = [], list(attributions)
    starts = [attribution.span.start for attribution in attributions]
    for act in acts:
        at = bisect_left(starts, act.start)
        if at == len(merged) or act.quoted or not _names(act.bindings) <= _names(merged[at].bindings):
            kept.append(act)
            continue
        leads = {b.mention.name for b in act.bindings if b.role is Role.LEAD}
        led = (replace(b, role=Role.LEAD) if b.mention.name in leads else b for b in merged[at].bindings)
        merged[at] = replace(merged[at], bindings=tuple(led))
    return kept, merged


def _names(bindings: tuple[Binding, ...]) -> set[str]:
    return {b.mention.name for b in bindings}


def extend(statements: list[Statement], bindings: tuple[Binding, ...], place: Span) -> None:
    """配合单位：… on a line of its own belongs to the statement before it."""
    last = statements[-1]
    named = {b.mention.name for b in last.bindings}
    whole = Span(last.span.start, place.end)
    merged = last.bindings + tuple(b for b in bindings if b.mention.name not in named)
    statements[-1] = replace(last, bindings=beside_lead(merged), span=whole, limits=(whole,))


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
