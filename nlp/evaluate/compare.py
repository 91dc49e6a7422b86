"""What this version newly finds and newly misses against an earlier report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from gongbao.nlp.evaluate.intervals import difference
from gongbao.nlp.evaluate.report import DocumentTally, MatchCounts, Report, ScoreFinding


class Turn(StrEnum):
    GAINED = "新找到"
    LOST = "新漏掉"
    NOISE = "新多出"
    QUIET = "不再多出"


@dataclass(frozen=True, slots=True)
class FigureChange:
    """`words`: kind, document and text; empty for what only the earlier report knows."""

    turn: Turn
    kind: str
    words: str

    def __str__(self) -> str:
        return f"{self.turn}\t{self.kind}\t{self.words}"


def compare(now: Report, before: Report) -> tuple[FigureChange, ...]:
    """Statement by statement; what was not judged before counts as neither gained nor lost."""
    was = {verdict.id: verdict.found for verdict in before.verdicts if verdict.wanted}
    turns = [_turn(verdict, was) for verdict in now.verdicts if verdict.wanted]
    return (*(turn for turn in turns if turn), *_noise(now, before))


def gains(now: Report, before: Report) -> Iterator[str]:
    """Each main figure's difference with its 95 % interval, the documents drawn in pairs; `?`: no more than chance."""
    parts: dict[str, Callable[[DocumentTally], MatchCounts]] = {
        "responsibility_agency_f1": lambda one: one.bodies,
        "statement_exact_f1": lambda one: one.statements,
    }
    for name, part in parts.items():
        sure = difference({t.id: part(t) for t in now.tallies}, {t.id: part(t) for t in before.tallies})
        if sure:
            chance = "" if sure.low > 0 or sure.high < 0 else " ?"
            yield f"{name}\t{now.figure(name) - before.figure(name):+.3f} [{sure.low:+.3f}, {sure.high:+.3f}]{chance}"


def _turn(verdict: ScoreFinding, was: dict[str, bool]) -> FigureChange | None:
    if was.get(verdict.id, verdict.found) == verdict.found:
        return None
    return FigureChange(Turn.GAINED if verdict.found else Turn.LOST, verdict.kind, verdict.words)


def _noise(now: Report, before: Report) -> Iterator[FigureChange]:
    """What is predicted beside gold, newly or no more; of the latter only the id is known."""
    left = Counter(verdict.id for verdict in before.verdicts if not verdict.wanted)
    for verdict in now.verdicts:
        if not verdict.wanted:
            if left[verdict.id] <= 0:
                yield FigureChange(Turn.NOISE, verdict.kind, verdict.words)
            left[verdict.id] -= 1
    for one in left.elements():
        yield FigureChange(Turn.QUIET, "", one)
