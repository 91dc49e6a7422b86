"""Reading a document's blocks in order: which item they belong to, whose duties they list.

`Fold.step` takes what is known and what a block may be, and returns what is known behind it. The first reading that
fits is taken: 完成时限：2024年底前 is a line of the task above only where one has been attributed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentKind, Role
from gongbao.nlp.assignments.blocks import (
    Break,
    Carrier,
    DutyLine,
    GeneralDuty,
    GroupName,
    LeaderDuties,
    Leaders,
    Members,
    MoreOfLeader,
    Prose,
    Reading,
    RosterLine,
    TimeLine,
    TitleLine,
    Told,
)
from gongbao.nlp.assignments.duties import duties, duty, squashed
from gongbao.nlp.assignments.frame import Frame
from gongbao.nlp.assignments.lists import names_a_group
from gongbao.nlp.assignments.merging import goes_on
from gongbao.nlp.assignments.model import Statement, bind
from gongbao.nlp.assignments.prose import fold_prose
from gongbao.nlp.assignments.state import Group, ReadingState, Step
from gongbao.nlp.bodies import Mention


@dataclass(frozen=True, slots=True)
class Fold:
    """Steps over the blocks of one document; `text` is the document's, in which all places count."""

    text: str
    frame: Frame

    def step(self, state: ReadingState, readings: Iterable[Reading]) -> Step:
        """The state behind a block that may be one of `readings`; the last of them always fits."""
        return next(step for step in (self._taken(state, reading) for reading in readings) if step)

    def finish(self, state: ReadingState) -> tuple[Statement, ...]:
        """What was still open at the end."""
        end = self._settled(state)
        return (*end.done, *([end.state.last] if end.state.last else []))

    def _taken(self, state: ReadingState, reading: Reading) -> Step | None:
        match reading:
            case RosterLine(leader):
                return Step(replace(state, leader=leader) if leader else state)
            case TimeLine(span):
                return _timed(state, span)
            case Members():
                return _with_members(state, reading)
            case GeneralDuty(place):
                return self._general_duty(state, place)
            case _:
                return self._behind_group(self._settled(state), reading)

    def _behind_group(self, step: Step, reading: Reading) -> Step | None:
        """Readings that end a work group."""
        match reading:
            case Break(source):
                return step.at(step.state.interrupted(source))
            case GroupName(title):
                return step.at(replace(step.state.interrupted(step.state.source), heading=title))
            case TitleLine():
                return _headed(step, reading)
            case Told(statements):
                return step.adding(*statements)
            case DutyLine(statements, carrier):
                return step.at(replace(step.state, leader=None, carrier=carrier)).adding(*statements)
            case Leaders(told):
                return self._leaders(step, told)
            case MoreOfLeader(pieces):
                leader = step.state.leader
                return self._leaders(step, (LeaderDuties(leader, pieces),)) if leader else None
            case Prose():
                return fold_prose(self.text, self.frame, step, reading)
        raise AssertionError(reading)

    # --- work groups

    def _settled(self, state: ReadingState) -> Step:
        """A group whose duty is not told is bound to what its heading says."""
        group, heading = state.group, state.heading
        if not group:
            return Step(state)
        step = Step(replace(state, group=None))
        leads = any(b.role is not Role.SUPPORT for b in group.bindings)
        if not (leads and heading) or names_a_group(heading.of(self.text)):
            return step
        whole, told = Span(heading.start, group.end), squashed(heading.of(self.text)).lstrip("；;，,。、：:")
        return step.adding(Statement(group.bindings, told, whole, (whole,), AssignmentKind.TASK))

    def _general_duty(self, state: ReadingState, place: Span) -> Step | None:
        group, carrier = state.group, state.carrier
        step = Step(replace(state, group=None))
        if group and group.bindings:
            return step.adding(*duty(self.text, group.bindings, Span(group.start, place.end), told=place))
        if not carrier:
            return None
        return step.adding(*duties(self.text, carrier.bindings, place)) if len(place) else step

    # --- leaders

    def _leaders(self, step: Step, told: tuple[LeaderDuties, ...]) -> Step:
        for one in told:
            step = step.at(replace(step.state, leader=one.leader))
            for piece in one.duties:
                step = self._leader_duty(step, one.leader, piece)
        return step

    def _leader_duty(self, step: Step, person: Mention, piece: Span) -> Step:
        told, last = piece.of(self.text).strip(), step.state.last
        if last and goes_on(last, person, told):
            joined = Span(last.span.start, piece.end)
            what = f"{last.what}。{squashed(told).strip('。；')}"
            return step.amending(replace(last, what=what, span=joined, limits=(joined,)))
        role = Role.SUPPORT if told.startswith(("协助", "负责协助")) else Role.RESPONSIBLE
        return step.adding(*duty(self.text, bind((person,), role), piece))


def _timed(state: ReadingState, span: Span) -> Step | None:
    """The line binds the task above it."""
    if not (state.attributed and state.last):
        return None
    return Step(replace(state, last=replace(state.last, limits=(*state.last.limits, span))))


def _with_members(state: ReadingState, members: Members) -> Step | None:
    if members.all_of_it:
        return Step(replace(state, group=Group(members.span.start, members.span.end, members.bindings)))
    if state.item is not None:
        return None  # the attribution of a task told before
    start, named = (state.group.start, state.group.bindings) if state.group else (members.span.start, ())
    return Step(replace(state, group=Group(start, members.span.end, named + members.bindings)))


def _headed(step: Step, heading: TitleLine) -> Step:
    state = replace(step.state.interrupted(step.state.source), heading=heading.title, leader=heading.leader)
    carrier = Carrier(heading.bearers, "heading") if heading.bearers else None
    return step.at(replace(state, carrier=carrier))


def read_in_order(fold: Fold, blocks: Iterable[Iterable[Reading]]) -> list[Statement]:
    """All statements of the blocks, in reading order."""
    state = ReadingState()
    told: list[Statement] = []
    for readings in blocks:
        step = fold.step(state, readings)
        state = step.state
        told += step.done
    return [*told, *fold.finish(state)]
