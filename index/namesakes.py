"""Bodies of several places under one short name (市科技局 of this city and of another), and those with a successor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongbao.index.bodies import Bodies
from gongbao.index.classes import printed_as
from gongbao.index.models import Choice, Reading, StatementView


def namesakes(bodies: Bodies, name: str, views: Sequence[StatementView]) -> tuple[str, ...]:
    """The official names of those that the statements bind, the place with most documents first; of a class none."""
    if printed_as(name):
        return ()
    bound = {party.agency for view in views for party in view.assignment.parties}
    return tuple(canonical for canonical in bodies.canonical(name) if canonical in bound)


def noting_successors(reading: Reading, bodies: Bodies, views: Sequence[StatementView]) -> Reading:
    """Says who took over the work of a body that is no more, where tasks of its successor are shown."""
    asked = reading.filters.agency
    if asked is None or printed_as(asked):
        return reading
    bound = {party.agency for view in views for party in view.assignment.parties}
    taken = [name for name in bodies.successors(asked) if name in bound]
    if not taken:
        return reading
    note = f"“{asked}”的职责已由{'、'.join(taken)}承接，承接者的任务也列出"
    return replace(reading, note="；".join(filter(None, (reading.note, note))))


def home_first(views: Sequence[StatementView], names: Sequence[str]) -> tuple[StatementView, ...]:
    """Each body's statements together, in the order of the names; otherwise as they come."""
    if len(names) < 2:
        return tuple(views)

    def place(view: StatementView) -> int:
        bound = {party.agency for party in view.assignment.parties}
        return next((at for at, name in enumerate(names) if name in bound), len(names))

    return tuple(sorted(views, key=place))


def noting_namesakes(reading: Reading, names: Sequence[str]) -> Reading:
    """Says that several bodies are meant, and offers each alone."""
    asked = reading.filters.agency
    if len(names) < 2 or asked is None:
        return reading
    choices = tuple(Choice(name, _asking_for(name, asked, reading.query)) for name in names)
    note = f"“{asked}”可指{'、'.join(names)}，此处都列出；写全称则只看一个"
    return replace(reading, note=f"{reading.note}；{note}" if reading.note else note, choices=choices)


def _asking_for(name: str, asked: str, query: str) -> str:
    """The query with the full name in place of the short one, or before it where it was typed in another width."""
    return query.replace(asked, name, 1) if asked in query else f"{name} {query}"
