"""What is asked of the index and what it answers: plain values, no engine in sight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from gongbao.corpus.desk import Item, State, is_printed_done
from gongbao.corpus.desk.printed import is_settled
from gongbao.corpus.errors import UsageError
from gongbao.corpus.geometry import Region
from gongbao.corpus.records import (
    Assignment,
    AssignmentKind,
    Comparison,
    Deadline,
    DeadlineKind,
    DocumentRef,
    Party,
    Role,
)

T = TypeVar("T")


class Sort(StrEnum):
    RELEVANCE = "relevance"
    DUE = "due"  # earliest first, undated last
    NEWEST = "newest"
    PRINTED = "printed"  # by issue, document and place in it


@dataclass(frozen=True, slots=True)
class NextDue:
    """How pressing: a statement's next date, the first from `today` on, lies in `first`..`last` (None: open).

    `first` is not before `today`; None asks for those whose dates have all passed, `undated` for
    those without a date that falls due once. What is done or paused is not pressing, nor is how long a rule holds.
    """

    today: date
    first: date | None = None
    last: date | None = None
    undated: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """What must hold; None or () asks nothing. `agency` is a name under any alias.

    A deadline lies in due_from..due_to by its effective due date; a period where it overlaps. `kind` TASK leaves out
    time limits that only say how long a rule holds.
    `updated_since` is an ISO 8601 moment (UTC).
    """

    agency: str | None = None
    role: Role | None = None
    kind: AssignmentKind | None = None
    document: str | None = None  # id, number in any spelling, or title
    year: int | None = None
    issuer: str | None = None
    issue: str | None = None
    genre: str | None = None
    subject: str | None = None
    place: str | None = None  # in whose name the document speaks: 云川市, also for what its districts issue
    signed_from: date | None = None
    signed_to: date | None = None
    due_month: str | None = None  # 2024-10
    due_from: date | None = None
    due_to: date | None = None
    updated_since: str | None = None
    unbound: bool | None = None  # of deadlines: those of statements that name nobody
    states: tuple[State, ...] | None = None  # of the 台账, any of them; this and the next of statements and deadlines
    person: str | None = None  # who is responsible for it in the office
    tag: str | None = None
    late: bool | None = None  # done after its last day
    any_of: tuple[tuple[Filters, ...], ...] | None = None  # of each group at least one must hold
    # Of statements: without those that are parts of others and that a count would count twice
    wholes: bool = False
    # Nothing that is typed or sent asks for these.
    next_due: NextDue | None = None  # of statements and deadlines
    record: str | None = None  # id of the only entry that is found


class ChipKind(StrEnum):
    NUMBER = "number"
    AGENCY = "agency"
    PERSON = "person"
    ROLE = "role"
    YEAR = "year"
    DUE = "due"
    PHRASE = "phrase"
    FIELD = "field"
    EXCLUDED = "excluded"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of how a query was read: what was typed, and what it was taken to mean."""

    kind: ChipKind
    typed: str
    meaning: str
    without: str  # the query with this part taken out


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several things that a part of a query may mean, and the query that asks for it alone."""

    meaning: str
    query: str


class Intent(StrEnum):
    DOCUMENTS = "documents"  # keyword, title, number
    WHO = "who"  # which bodies do this
    DUTIES = "duties"  # what this body must do
    DEADLINES = "deadlines"  # what is due
    FACTS = "facts"  # a table row or a figure


@dataclass(frozen=True, slots=True)
class Reading:
    """How a query was understood. `note` says where it could not be read as asked.

    `words`: what is left to search for. `filters` hold what was asked of the fields; a year
    in them only prefers, where documents are ranked. `floating`: the due period names no year.
    """

    query: str
    intent: Intent
    chips: tuple[Chip, ...]
    words: str
    filters: Filters
    note: str | None = None
    numbers: tuple[str, ...] = ()  # 文号, whole or in part: 云政发〔2024〕10号, 〔2024〕10号, 云政发10号
    phrases: tuple[str, ...] = ()  # must stand so in the text
    excluded: tuple[str, ...] = ()  # must not
    clauses: tuple[tuple[str, ...], ...] = ()  # AND of ORs, where operators were typed
    title: str | None = None  # 标题：…, 《…》
    roles: tuple[Role, ...] = ()  # role words, also where they do not filter
    person: str | None = None  # a name, a post, or both
    years: tuple[int, ...] = ()  # several that are spoken of, which documents are preferred by: 2020、2021年
    partners: tuple[str, ...] = ()  # bodies that are bound by the same statements, where what is done jointly is asked
    beside: tuple[str, ...] = ()  # bodies whose own statements are asked for as well: 甲局和乙局要做什么
    floating: bool = False
    missing: bool = False  # what was asked is judged not to be said anywhere; what is shown only comes nearest
    also: Intent | None = None  # of a question in two parts the second: 谁负责，什么时候完成
    choices: tuple[Choice, ...] = ()  # where a name means several bodies


@dataclass(frozen=True, slots=True)
class StatementView:
    assignment: Assignment
    document: DocumentRef
    score: float = 0.0
    updated: str | None = None
    item: Item | None = None  # how it stands in the 台账, where anybody said so

    @property
    def id(self) -> str:
        return self.assignment.id

    @property
    def what(self) -> str:
        return self.assignment.what

    @property
    def parties(self) -> tuple[Party, ...]:
        return self.assignment.parties

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        return self.assignment.deadlines

    @property
    def state(self) -> State:
        """What people said, else what is printed."""
        return self.item.state if self.item else _printed(is_printed_done(self.assignment))

    def next_from(self, today: date) -> date | None:
        """Its first date that falls due once, from `today` on, its own first; None where there is none."""
        return _next(self.item, self.assignment.deadlines, today)


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """`path`: the headings above it, outermost first."""

    deadline: Deadline
    document: DocumentRef
    score: float = 0.0
    updated: str | None = None
    item: Item | None = None
    path: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.deadline.id

    @property
    def what(self) -> str:
        """The sentence that it stands in."""
        return self.deadline.context

    @property
    def parties(self) -> tuple[Party, ...]:
        """Nobody by name."""
        return ()

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        return (self.deadline,)

    @property
    def state(self) -> State:
        """As of a statement."""
        return self.item.state if self.item else _printed(is_settled((self.deadline,)))

    def next_from(self, today: date) -> date | None:
        """As of a statement."""
        return _next(self.item, (self.deadline,), today)


def _printed(done: bool) -> State:
    return State.DONE if done else State.NOT_STARTED


def _next(item: Item | None, deadlines: Iterable[Deadline], today: date) -> date | None:
    if item and item.due:
        return item.due if item.due >= today else None
    dates = (d.effective_due for d in deadlines if d.kind is not DeadlineKind.RECURRING)
    return min((due for due in dates if due and due >= today), default=None)


View = StatementView | DeadlineView  # what people follow up


class FigureKind(StrEnum):
    PHONE = "phone"
    MONEY = "money"
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a passage prints: 800元, 4.5吨以上, 0359-1234567. `unit` and what follows as of `Quantity`."""

    text: str
    kind: FigureKind
    unit: str = ""
    value: float = 0.0
    upper: float | None = None
    comparison: Comparison = Comparison.EXACTLY


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or table row; `marks` are (start, end) of matched words in `text`.

    `columns`: of a table row, the texts of the header cells above it. `items`: of a paragraph that ends in ：, the
    numbered paragraphs of its list. `cosine` (-1..1): how near in meaning to the question; 0 where that was not looked
    at.
    """

    document: DocumentRef
    text: str
    regions: tuple[Region, ...]
    path: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    block: str | None = None  # paragraph, heading, list_item, row …
    marks: tuple[tuple[int, int], ...] = ()
    score: float = 0.0
    cosine: float = 0.0
    items: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureView:
    """The figures asked for that one sentence prints, with it; `score`: how much of the question it holds, 0..1."""

    figures: tuple[Figure, ...]
    sentence: str
    document: DocumentRef
    regions: tuple[Region, ...]
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """`by_meaning`: found by what it means alone, its words would not have brought it."""

    document: DocumentRef
    score: float
    genre: str | None = None
    subjects: tuple[str, ...] = ()
    status: str | None = None
    passages: tuple[Passage, ...] = ()
    why: tuple[str, ...] = ()  # filled when asked to explain
    gist: str = ""  # headings and opening, by which related documents are compared
    by_meaning: bool = False


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    name: str  # year | place | issuer | genre | subject | agency | role | due_month (2024-10)
    values: tuple[FacetValue, ...]


class NothingAsked(UsageError):
    """A question without anything to look for: of signs alone, or of words that every document has. `reading`: how it
    was understood, with a note that says so."""

    def __init__(self, reading: Reading) -> None:
        super().__init__("没有可检索的内容", "请输入词语、文号、机构或问题")
        self.reading = replace(reading, note=str(self))


@dataclass(frozen=True, slots=True)
class SearchResult:
    reading: Reading
    total: int
    hits: tuple[DocumentHit, ...]
    statements: tuple[StatementView, ...] = ()
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    reading: Reading
    documents: tuple[DocumentHit, ...]
    statements: tuple[StatementView, ...] = ()
    deadlines: tuple[DeadlineView, ...] = ()
    passages: tuple[Passage, ...] = ()
    figures: tuple[FigureView, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultPage(Generic[T]):
    """`cursor` fetches the next page; None at the end."""

    items: tuple[T, ...]
    total: int
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class AgencyView:
    """One body and its names; its statements come from `Service.agency_statements`."""

    name: str
    canonical: str | None
    aliases: tuple[str, ...]  # every way in which it is printed in the corpus


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str
    kind: str  # agency | title | number


@dataclass(frozen=True, slots=True)
class UpdateReport:
    added: int = 0
    changed: int = 0
    removed: int = 0
    rejected: tuple[str, ...] = field(default=())  # documents the engine refused, with its words
