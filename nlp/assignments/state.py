"""What the blocks read so far mean for the next one, and a step from one state to another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gongbao.corpus.language.numbering import Style
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentSource
from gongbao.nlp.assignments.blocks import Carrier
from gongbao.nlp.assignments.model import Binding, Statement
from gongbao.nlp.bodies import Mention


@dataclass(frozen=True, slots=True)
class Group:
    """A work group whose members have been named, but not yet its duty."""

    start: int
    end: int
    bindings: tuple[Binding, ...]


@dataclass(frozen=True, slots=True)
class ReadingState:
    """All that is remembered between two blocks. `last` may still grow: 配合单位：… on the line below it."""

    last: Statement | None = None
    item: int | None = None  # where the text of the present item begins
    attributed: bool = False  # an attribution has been read in it
    heading: Span | None = None
    carrier: Carrier | None = None
    leader: Mention | None = None
    group: Group | None = None
    conditions: Style | str | None = None  # items that follow this numbering are conditions, not duties
    agencies: frozenset[str] = frozenset()  # classes that the document gives one bearer: X是…的主管部门
    source: AssignmentSource = AssignmentSource.TEXT

    def interrupted(self, source: AssignmentSource) -> ReadingState:
        """Behind a table, a signature, a heading: only what holds for the whole document is kept."""
        return ReadingState(self.last, conditions=self.conditions, agencies=self.agencies, source=source)


@dataclass(frozen=True, slots=True)
class Step:
    """The state behind a block, and the statements that nothing can change any more, in reading order."""

    state: ReadingState
    done: tuple[Statement, ...] = ()

    def at(self, state: ReadingState) -> Step:
        """With another state."""
        return Step(state, self.done)

    def adding(self, *told: Statement) -> Step:
        """With statements told; in the cells of a table they are the table's."""
        if not told:
            return self
        if self.state.source is AssignmentSource.TABLE:
            told = tuple(replace(one, source=self.state.source) for one in told)
        before = (self.state.last,) if self.state.last else ()
        return Step(replace(self.state, last=told[-1]), (*self.done, *before, *told[:-1]))

    def amending(self, last: Statement) -> Step:
        """With another value of the statement told last."""
        return Step(replace(self.state, last=last), self.done)
