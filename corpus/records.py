"""What extraction finds: who must do what, by when, each with the span and boxes it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongbao.corpus.geometry import Region
from gongbao.corpus.offsets import Span


class Role(StrEnum):
    LEAD = "lead"  # 牵头
    RESPONSIBLE = "responsible"  # 责任
    SUPPORT = "support"  # 配合


MAIN = (Role.LEAD, Role.RESPONSIBLE)  # whose task it is


class PartyType(StrEnum):
    AGENCY = "agency"  # one identifiable body
    COLLECTIVE = "collective"  # a class of bodies: 各县（市、区）人民政府
    PERSON = "person"  # a named person or a post


class AssignmentKind(StrEnum):
    TASK = "task"  # to be done once or by a time
    DUTY = "duty"  # a standing function


class AssignmentSource(StrEnum):
    TEXT = "text"
    TABLE = "table"


class DeadlineKind(StrEnum):
    BY = "by"
    PERIOD = "period"
    RECURRING = "recurring"
    WITHIN = "within"
    EFFECTIVE = "effective"


class Relation(StrEnum):
    CITES = "cites"
    IMPLEMENTS = "implements"
    REPEALS = "repeals"
    AMENDS = "amends"


class QuantityKind(StrEnum):
    QUANTITY = "quantity"
    MONEY = "money"


class Comparison(StrEnum):
    """How a number bounds what it speaks of; 以上, 以下, 以内 include it, 超过, 不满 do not (民法典 第1259条)."""

    EXACTLY = "exactly"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    ABOUT = "about"
    BETWEEN = "between"  # from `value` to `upper`


class Direction(StrEnum):
    INCREASE = "increase"
    DECREASE = "decrease"


class ContactKind(StrEnum):
    PHONE = "phone"
    MOBILE = "mobile"
    HOTLINE = "hotline"
    FAX = "fax"


class PlaceLevel(StrEnum):
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"  # 镇, 乡, 街道, 苏木
    VILLAGE = "village"  # 村, 社区, 嘎查
    ZONE = "zone"  # 开发区, 高新区, 新区


@dataclass(frozen=True, slots=True)
class Party:
    """`name` as printed (heads of lists supplied), `agency` the canonical full name or None.

    `confidence`: how likely it is, from 0 to 1, that this body is bound in this role. `candidates`: official names
    that may be meant where `agency` is not known: 云川市经发局 for 经发局.
    """

    name: str
    agency: str | None
    role: Role
    type: PartyType
    span: Span
    confidence: float = 1.0
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """Dates that were computed, not printed; `on` says from what."""

    on: str
    start: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit. `due`/`start` hold only what is printed (a missing year completed).

    `every` and `within` are ISO 8601 durations; `day` is the day of the month of a recurring
    limit; `event` is what a span counts from, as printed (exported as `from`).
    """

    id: str
    text: str
    kind: DeadlineKind
    context: str
    span: Span
    regions: tuple[Region, ...]
    due: date | None = None
    start: date | None = None
    every: str | None = None
    day: int | None = None
    within: str | None = None
    working_days: bool = False
    event: str | None = None
    resolved: Resolved | None = None
    flag: str | None = None  # e.g. a typing slip that was read past

    @property
    def effective_due(self) -> date | None:
        """What filters and calendars go by: `due`, else the computed one."""
        return self.due or (self.resolved.due if self.resolved else None)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: 达到80%以上, 补助20万元.

    `text` is what is printed, with the words that compare; `value` has 万 and 亿 multiplied out.
    `direction` stands where the number tells the change itself (下降5%), not what is reached (降至5%).
    """

    id: str
    kind: QuantityKind
    text: str
    value: int | float
    unit: str
    comparison: Comparison
    context: str
    span: Span
    regions: tuple[Region, ...]
    upper: int | float | None = None
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A telephone number by which somebody is reached; `number` in one spelling: 0359-1234567.

    `label` is what is printed before it (联系电话), `name` the person and `body` the body it belongs to.
    """

    id: str
    kind: ContactKind
    text: str
    number: str
    label: str | None
    name: str | None
    body: str | None
    span: Span
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place that a document names, once for each; `span` is its first mention.

    `full` is the name with all divisions above it as far as they are known.
    """

    id: str
    name: str
    full: str
    level: PlaceLevel
    mentions: int
    span: Span
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """An item of the same document that a statement only points to (第1、2条由市水利局落实), and what it says."""

    text: str
    span: Span
    deadlines: tuple[Deadline, ...] = ()
    targets: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """One statement of who does what.

    `confidence`: how likely it is, from 0 to 1, that all of it is read right: every party, its role, the task.
    `covers`: items that it points to, whose time limits it inherits. `part_of`: id of the statement of the bracketed
    paragraph in which this one stands, which lists and counts take as one.
    """

    id: str
    kind: AssignmentKind
    source: AssignmentSource
    what: str
    parties: tuple[Party, ...]
    deadlines: tuple[Deadline, ...]
    path: tuple[str, ...]
    quote: str
    span: Span
    regions: tuple[Region, ...]
    targets: tuple[Quantity, ...] = ()
    confidence: float = 1.0
    covers: tuple[Covered, ...] = ()
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    role: str  # 组长, 副组长, 成员 …
    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Roster:
    id: str
    body: str
    members: tuple[Member, ...]
    span: Span
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """`target`: id of the cited document where it is in the corpus (filled when linked).

    `in_table`: named in a table cell, not in the running text (a document's `cites` leaves it out).
    """

    id: str
    title: str
    number: str | None
    relation: Relation
    span: Span
    regions: tuple[Region, ...]
    target: str | None = None
    in_table: bool = False


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one version of the extractor found in one document.

    `divisions`: the place in whose name it speaks and what that lies in, in full: 云川市桐岭区, 云川市.
    """

    document_id: str
    version: str
    genre: str | None  # 通知, 决定 …
    subjects: tuple[str, ...]  # national 主题分类, best first
    assignments: tuple[Assignment, ...]
    deadlines: tuple[Deadline, ...]
    rosters: tuple[Roster, ...]
    citations: tuple[Citation, ...]
    quantities: tuple[Quantity, ...] = ()
    contacts: tuple[Contact, ...] = ()
    places: tuple[NamedPlace, ...] = ()
    divisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """How a record names the document it stands in."""

    id: str
    number: str | None
    title: str
    issuer: str | None
    signed: date | None
    issue: str | None

    @property
    def label(self) -> str:
        """What people call it: the number, else the title."""
        return self.number or self.title
