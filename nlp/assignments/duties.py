"""Statements of duties: 负责…, an item of a list under 主要职责：, each part of 1.…；2.…."""

from __future__ import annotations

from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentKind, Role
from gongbao.nlp.assignments.enumerations import is_catch_all
from gongbao.nlp.assignments.lists import called_in, enumerated, lines_within, read_duty_line
from gongbao.nlp.assignments.model import Binding, Statement, bind, duty_role, rebind


def duty(text: str, bindings: tuple[Binding, ...], span: Span, told: Span | None = None) -> tuple[Statement, ...]:
    """One duty told in `told` (all of `span` if None); () where nothing is told or nobody bound."""
    what = squashed((told or span).of(text)).strip("；;，,。、：:")
    if not (what and bindings):
        return ()
    return (Statement(bindings, what, span, (span,), AssignmentKind.DUTY, explicit=True),)


def duties(text: str, bindings: tuple[Binding, ...], place: Span, whole: Span | None = None) -> tuple[Statement, ...]:
    """The duties told in `text[place]`, one a numbered part; `whole`: the paragraph, if it tells only one."""
    parts = [part for line in lines_within(text, place) for part in enumerated(text, line)]
    if len(parts) == 1:
        return () if is_catch_all(parts[0].of(text)) else _one(text, bindings, parts[0], whole or parts[0])
    told = (part for part in parts if not is_catch_all(part.of(text)))
    return tuple(statement for part in told for statement in _part(text, bindings, part))


def _one(text: str, bindings: tuple[Binding, ...], told: Span, span: Span) -> tuple[Statement, ...]:
    return duty(text, _in_role(text, bindings, told), span, told=told)


def _part(text: str, bindings: tuple[Binding, ...], part: Span) -> tuple[Statement, ...]:
    """One part of several, which may name a body of its own: 1.市水利局：负责…."""
    line = read_duty_line(text, part.start, part.end)
    if line:
        return _one(text, bind(line.mentions, Role.RESPONSIBLE), Span(line.told, part.end), part)
    return _one(text, bindings, part, part)


def _in_role(text: str, bindings: tuple[Binding, ...], told: Span) -> tuple[Binding, ...]:
    """牵头…, 配合…, 会同Y…: the role that a duty itself tells."""
    start = told.start + len(told.of(text)) - len(told.of(text).lstrip())
    others = called_in(text, Span(start, told.end))
    if others:
        return rebind(bindings, Role.LEAD) + bind(others, Role.SUPPORT)
    return rebind(bindings, duty_role(text[start : told.end]))


def squashed(text: str) -> str:
    """Without blanks."""
    return "".join(text.split())
