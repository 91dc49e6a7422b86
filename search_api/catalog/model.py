"""What the whole corpus holds: lists, overview, citations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from gongbao.corpus.records import DocumentRef, Extraction, Relation


@dataclass(frozen=True, slots=True)
class Standing:
    """Is a document in force (None: nobody says)? `state` and `reason` in words, `by`: what repealed it, by id."""

    state: str
    in_force: bool | None
    reason: str
    by: str | None


class Linker(Protocol):
    """Relations between the documents of a corpus, as it was when this was made."""

    def linked(self, extraction: Extraction) -> Extraction:
        """Its citations with the documents of the corpus that they mean."""

    def standing(self, document: DocumentRef, extraction: Extraction | None, today: date) -> Standing:
        """As the corpus and `today` have it."""


Known = tuple[DocumentRef, Extraction | None]  # of one document, without its text


@dataclass(frozen=True, slots=True)
class DocumentRow:
    ref: DocumentRef
    year: int | None
    genre: str | None
    subjects: tuple[str, ...]
    divisions: tuple[str, ...]  # 云川市桐岭区, 云川市, 云岭省
    first_page: int | None
    file: str
    tasks: int

    @property
    def city(self) -> str:
        """The place whose figures it belongs to: the city, for a province's own documents the province; "" for none."""
        below = [name for name in self.divisions if not name.endswith(_PROVINCES)]
        return (below or self.divisions or ("",))[-1]


_PROVINCES = ("省", "自治区")


@dataclass(frozen=True, slots=True)
class AgencyRow:
    name: str
    lead: int
    responsible: int
    support: int

    @property
    def total(self) -> int:
        return self.lead + self.responsible + self.support


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two bodies (names in order) and the statements they share: one of them alone leads, or neither or both do."""

    bodies: tuple[str, str]
    lead: int
    shared: int

    @property
    def total(self) -> int:
        return self.lead + self.shared


@dataclass(frozen=True, slots=True)
class Counts:
    documents: int
    issues: int
    tasks: int
    duties: int
    deadlines: int
    agencies: int
    unnamed: int  # time limits to keep that name nobody: tasks beside the tasks

    @property
    def all_tasks(self) -> int:
        return self.tasks + self.unnamed


@dataclass(frozen=True, slots=True)
class Catalog:
    """`citing`: id of a document → who cites it and how; `due_months`: (year, month) → statements, and limits
    that name nobody.

    `linker` knows which documents citations mean, and which are in force. `cities`: the same of each place whose
    documents it holds, most documents first.
    """

    documents: tuple[DocumentRow, ...]
    agencies: tuple[AgencyRow, ...]  # busiest first
    counts: Counts
    citing: dict[str, tuple[tuple[DocumentRef, Relation], ...]]
    due_months: dict[tuple[int, int], int]
    pairs: dict[tuple[str, str], PairRow]  # busiest first
    linker: Linker
    at: datetime
    outdated: bool = False  # the corpus has changed since; it is being counted anew
    cities: Mapping[str, Catalog] = field(default_factory=dict)

    def of(self, city: str | None) -> Catalog:
        """Of one of its places; of all where none is named or there is no such."""
        return self.cities.get(city or "", self)

    @property
    def is_empty(self) -> bool:
        """Nothing was read in yet: there is no index to ask either."""
        return not self.counts.documents

    @property
    def note(self) -> str:
        """For the reader, where it is not what the corpus holds now."""
        return f"以下数字截至 {self.at:%m月%d日 %H:%M}，新内容正在统计，稍后刷新即可看到。" if self.outdated else ""

    @property
    def years(self) -> list[int]:
        return sorted({row.year for row in self.documents if row.year}, reverse=True)

    @property
    def issues(self) -> list[str]:
        return sorted({row.ref.issue for row in self.documents if row.ref.issue}, key=_issue_order, reverse=True)

    def genres(self) -> list[tuple[str, int]]:
        return Counter(row.genre for row in self.documents if row.genre).most_common(12)

    def subjects(self) -> list[tuple[str, int]]:
        return Counter(row.subjects[0] for row in self.documents if row.subjects).most_common(12)


_WINDOW = 18  # months that are drawn


def month_window(months: dict[tuple[int, int], int], today: date) -> list[tuple[int, int]]:
    """The months to draw: from three before today, moved so that they hold something; [] for none."""
    if not months:
        return []
    held = sorted(_month_number(month) for month in months)
    first, last = held[0], held[-1]
    start = max(min(_month_number((today.year, today.month)) - 3, last - _WINDOW + 1), first)
    if not any(start <= month < start + _WINDOW for month in held):  # a gap between the past and far targets
        newest_past = max(month for month in held if month < start)
        start = max(newest_past - _WINDOW + 1, first)
    end = min(start + _WINDOW, last + 1)
    return [(number // 12, number % 12 + 1) for number in range(start, end)]


def nearest_month(months: Iterable[tuple[int, int]], month: tuple[int, int]) -> str:
    """The month closest to this one that holds something, as 2024-06; "" for none."""
    near = min(months, key=lambda held: abs(_month_number(held) - _month_number(month)), default=None)
    return f"{near[0]:04d}-{near[1]:02d}" if near else ""


def _issue_order(issue: str) -> tuple[int, ...]:
    return tuple(int(part) for part in _numbers(issue))


def _numbers(issue: str) -> Iterator[str]:
    return (part for part in issue.split("-") if part.isdigit())


def _month_number(month: tuple[int, int]) -> int:
    return month[0] * 12 + month[1] - 1
