"""Statements for a topic, best first: by what is to be done, the headings above, and the sentence they stand in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongbao.corpus.records import PartyType, Role
from gongbao.index.analysis import key
from gongbao.index.match import find, plain, share
from gongbao.index.meaning.nearness import MEANING, SPAN, WORDS, Nearness
from gongbao.index.models import StatementView
from gongbao.index.query.concepts import Concept

# How much a word tells by where it stands, beside one at the beginning of the task itself.
_DEEP, _LAST_HEADING, _HEADINGS, _QUOTE, _TITLE = 0.8, 0.75, 0.6, 0.7, 0.55
_FRONT = 80  # characters; a word as far into the task, or farther, tells _DEEP
_ROLE = 0.15  # a statement that has the roles asked for
_IDENTIFIED = 0.22  # one that names an identifiable body, which is what is asked, not only a class of them
_PERSON = 0.5  # more for a statement that binds a person, where one is asked for
_NEAR = 0.85  # of the best one's score: as much on the topic, so that the role asked decides
_TAIL = 0.35  # of the best one's score: below it a statement shares but a piece of the topic
_TYPICAL = 60  # characters of a task; in a longer one, which says more besides, a word tells less
_LONG = 0.08  # how much less, each time it is twice as long


@dataclass(frozen=True, slots=True)
class _Places:
    what: str
    last: str
    headings: str
    quote: str
    title: str

    @staticmethod
    def of(view: StatementView) -> _Places:
        statement = view.assignment
        return _Places(
            plain(statement.what),
            plain(statement.path[-1]) if statement.path else "",
            plain("".join(statement.path)),
            plain(statement.quote),
            plain(view.document.title),
        )


def rank_statements(
    concepts: Sequence[Concept],
    views: Iterable[StatementView],
    roles: Sequence[Role] = (),
    *,
    person: bool = False,
    nearness: Nearness | None = None,
) -> tuple[StatementView, ...]:
    """Statements that hold something of the topic or mean it, best first, equal ones newest first, then as they came.

    Of those nearly as good as the best, the ones that name who has the role asked come first (谁牵头: who leads);
    where a person is asked for, those that bind one.
    """
    scored = [replace(view, score=score_statement(concepts, view, roles)) for view in views]
    if person:
        scored = [replace(view, score=view.score * (1 + _PERSON * _binds_person(view))) for view in scored]
    scored = _fused(scored, nearness) if nearness else scored
    best = max((view.score for view in scored), default=0.0)
    found = [view for view in scored if view.score > 0 and view.score >= _TAIL * best]
    return _in_order(found, roles)


def _fused(views: Sequence[StatementView], nearness: Nearness) -> list[StatementView]:
    most = max((view.score for view in views), default=0.0)
    near = (nearness.of_text(view.document.id, view.assignment.quote) for view in views)
    return [replace(v, score=nearness.joined(v.score, most, value)) for v, value in zip(views, near, strict=True)]


def reordered(
    views: Sequence[StatementView], cosines: Sequence[float], roles: Sequence[Role]
) -> tuple[StatementView, ...]:
    """By what they were worth so far and, as much, by the cosines of their own words."""
    most, nearest = max(view.score for view in views), max(cosines)
    near = [max(1 - (nearest - cosine) / SPAN, 0.0) for cosine in cosines]
    pairs = zip(views, near, strict=True)
    return _in_order((replace(v, score=WORDS * v.score + MEANING * most * value) for v, value in pairs), roles)


def _in_order(views: Iterable[StatementView], roles: Sequence[Role]) -> tuple[StatementView, ...]:
    scored = list(views)
    best = max((view.score for view in scored), default=0.0)

    def order(view: StatementView) -> tuple[bool, float, int]:
        told = view.score >= _NEAR * best and has_role(view, roles)
        return not told, -round(view.score, 4), -_signed(view)

    return tuple(sorted(scored, key=order))


def has_role(view: StatementView, roles: Sequence[Role]) -> bool:
    """Whether somebody has the role that is asked first: who leads, where that and who supports is asked."""
    return bool(roles) and any(party.role is roles[0] for party in view.assignment.parties)


def nobody_has_role(views: Sequence[StatementView], roles: Sequence[Role]) -> bool:
    """Whether none of the statements that are about the topic names who has the role asked first."""
    best = max((view.score for view in views), default=0.0)
    return bool(roles) and not any(has_role(view, roles) for view in views if view.score >= _NEAR * best)


def score_statement(concepts: Sequence[Concept], view: StatementView, roles: Sequence[Role] = ()) -> float:
    """The share of the topic that the statement is about: 0..1 and a little."""
    places = _Places.of(view)
    about = share(concepts, [_share_told(concept, places) for concept in concepts])
    if not about:
        return 0.0
    held = {party.role for party in view.assignment.parties} & set(roles)
    identified = any(party.type is PartyType.AGENCY for party in view.assignment.parties)
    return about / _length(places.what) + _ROLE * len(held) / max(len(roles), 1) + _IDENTIFIED * identified * about


def _share_told(concept: Concept, places: _Places) -> float:
    what = find(concept, places.what)
    return max(
        what.value * (1 - (1 - _DEEP) * min(what.place * len(places.what) / _FRONT, 1)),
        _LAST_HEADING * find(concept, places.last).value,
        _HEADINGS * find(concept, places.headings).value,
        _QUOTE * find(concept, places.quote).value,
        _TITLE * find(concept, places.title).value,
    )


def _length(what: str) -> float:
    return 1 + _LONG * math.log2(max(len(what), _TYPICAL) / _TYPICAL)


def _binds_person(view: StatementView) -> bool:
    return any(party.type is PartyType.PERSON for party in view.assignment.parties)


def _signed(view: StatementView) -> int:
    return view.document.signed.toordinal() if view.document.signed else 0


def in_order_of_role(views: Iterable[StatementView], bodies: frozenset[str]) -> tuple[StatementView, ...]:
    """What these bodies (index keys) lead first, then what they answer for, then what they support; by deadline."""

    def order(view: StatementView) -> tuple[int, date, int]:
        roles = [_ROLES[p.role] for p in view.assignment.parties if {key(p.agency or p.name), key(p.name)} & bodies]
        due = [d.effective_due for d in view.assignment.deadlines if d.effective_due]
        return min(roles, default=3), min(due, default=date.max), -_signed(view)

    return tuple(sorted(views, key=order))


_ROLES = {Role.LEAD: 0, Role.RESPONSIBLE: 1, Role.SUPPORT: 2}
