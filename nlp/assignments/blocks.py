"""What a block of a document may be, by its own words: small values, made by `classify.py`, read by `fold.py`."""

from __future__ import annotations

from dataclasses import dataclass

from gongbao.corpus.language.numbering import Style
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentSource
from gongbao.nlp.assignments.act import Act
from gongbao.nlp.assignments.brackets import Attribution
from gongbao.nlp.assignments.model import Binding, Statement
from gongbao.nlp.bodies import Mention


@dataclass(frozen=True, slots=True)
class Carrier:
    """Whose duties the items that follow are; `style` is the numbering of the paragraph that says so."""

    bindings: tuple[Binding, ...]
    style: Style | str | None
    numbered: bool | None = None  # how the items are; not yet known before the first


@dataclass(frozen=True, slots=True)
class Break:
    """A table, a signature, a new attachment: nothing goes on over it. `source`: of what follows."""

    source: AssignmentSource = AssignmentSource.TEXT


@dataclass(frozen=True, slots=True)
class TitleLine:
    """二、市水利局: a title without its number, the leader or the bodies that it only names."""

    title: Span
    leader: Mention | None = None
    bearers: tuple[Binding, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterLine:
    """林 远 市水利局局长: bound to nothing; where the work of leaders is divided it heads what he does."""

    leader: Mention | None


@dataclass(frozen=True, slots=True)
class TimeLine:
    """完成时限：2024年12月底前 on a line of its own."""

    span: Span


@dataclass(frozen=True, slots=True)
class GroupName:
    """综合协调组 on a line of its own."""

    title: Span


@dataclass(frozen=True, slots=True)
class Members:
    """成员单位：市水利局、市财政局, or all of a group: 组成：由市水利局牵头，市财政局参加。 (`all_of_it`)."""

    span: Span
    bindings: tuple[Binding, ...]
    all_of_it: bool = False


@dataclass(frozen=True, slots=True)
class GeneralDuty:
    """主要职责：… of the group or body that was named last; `place`: what is behind the colon."""

    place: Span


@dataclass(frozen=True, slots=True)
class Told:
    """Statements that need nothing of what stands around them: 组长单位：A，成员单位：B。职责：…, rows of a table."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class LeaderDuties:
    """林远副市长：负责…。分管…: a leader, and his duties one by one."""

    leader: Mention
    duties: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Leaders:
    """A paragraph that names leaders; one alone on its line has no duties yet."""

    told: tuple[LeaderDuties, ...]


@dataclass(frozen=True, slots=True)
class MoreOfLeader:
    """分管…, 联系…: more of what the leader named before does."""

    duties: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class DutyLine:
    """市气象局：负责…, or 市气象局： over the items that are its duties (`carrier`)."""

    statements: tuple[Statement, ...]
    carrier: Carrier | None


@dataclass(frozen=True, slots=True)
class Prose:
    """Running text: who is bound in it by brackets and by sentences. Places count in `text`, the paragraph's own."""

    span: Span
    text: str
    number: int  # length of the number before it
    style: Style | str | None  # of that number
    attributions: tuple[Attribution, ...]
    acts: tuple[Act, ...]
    following: str  # the beginning of the line below


Reading = (
    Break
    | TitleLine
    | RosterLine
    | TimeLine
    | GroupName
    | Members
    | GeneralDuty
    | Told
    | Leaders
    | MoreOfLeader
    | DutyLine
    | Prose
)
