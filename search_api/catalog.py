"""What the whole corpus holds, counted once and kept until it changes: lists, overview, citations."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from corpus.document import Document
from corpus.records import AssignmentKind, DocumentRef, Extraction, PartyType, Relation, Role
from corpus.store import Store, reference
from search_api.compose import Linker

_PAIRS = 20_000  # that are kept


@dataclass(frozen=True, slots=True)
class DocumentRow:
    ref: DocumentRef
    year: int | None
    genre: str | None
    subjects: tuple[str, ...]
    first_page: int | None
    file: str
    tasks: int


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


@dataclass(frozen=True, slots=True)
class Catalog:
    """`citing`: id of a document → who cites it and how; `due_months`: (year, month) → statements.

    `linker` knows which documents citations mean, and which are in force.
    """

    documents: tuple[DocumentRow, ...]
    agencies: tuple[AgencyRow, ...]  # busiest first
    counts: Counts
    citing: dict[str, tuple[tuple[DocumentRef, Relation], ...]]
    due_months: dict[tuple[int, int], int]
    pairs: dict[tuple[str, str], PairRow]  # busiest first
    linker: Linker

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


class Tally:
    """Counts of one pass over the corpus."""

    def __init__(self) -> None:
        self.rows: list[DocumentRow] = []
        self.kinds: Counter[AssignmentKind] = Counter()
        self.deadlines = 0
        self.roles: dict[str, Counter[Role]] = defaultdict(Counter)
        self.corpus: list[tuple[DocumentRef, Extraction | None]] = []
        self.months: Counter[tuple[int, int]] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.led: Counter[tuple[str, str]] = Counter()  # of these: one of the two alone leads

    def add(self, document: Document, extraction: Extraction | None) -> None:
        self.rows.append(_row(document, extraction))
        light = replace(extraction, assignments=(), rosters=()) if extraction else None
        self.corpus.append((reference(document), light))
        if extraction:
            self._add_statements(extraction)

    def _add_statements(self, extraction: Extraction) -> None:
        self.deadlines += len(extraction.deadlines)
        for task in extraction.assignments:
            self.kinds[task.kind] += 1
            names = {(p.agency or p.name, p.role) for p in task.parties if p.type is PartyType.AGENCY}
            for name, role in names:
                self.roles[name][role] += 1
            leads = {name for name, role in names if role is Role.LEAD}
            pairs = list(combinations(sorted({name for name, _ in names}), 2))
            self.pairs.update(pairs)
            self.led.update((a, b) for a, b in pairs if (a in leads) != (b in leads))
            dues = {d.effective_due for d in task.deadlines if d.effective_due}
            self.months.update({(due.year, due.month) for due in dues})

    def catalog(self, issues: int) -> Catalog:
        agencies = (AgencyRow(n, r[Role.LEAD], r[Role.RESPONSIBLE], r[Role.SUPPORT]) for n, r in self.roles.items())
        linker = Linker(self.corpus)
        tasks, duties = self.kinds[AssignmentKind.TASK], self.kinds[AssignmentKind.DUTY]
        return Catalog(
            documents=tuple(self.rows),
            agencies=tuple(sorted(agencies, key=lambda a: (-a.total, a.name))),
            counts=Counts(len(self.rows), issues, tasks, duties, self.deadlines, len(self.roles)),
            citing=_citing(self.corpus, linker),
            due_months=dict(self.months),
            pairs={p: PairRow(p, self.led[p], n - self.led[p]) for p, n in self.pairs.most_common(_PAIRS)},
            linker=linker,
        )


class Catalogs:
    """The catalog of a store, counted anew when a document or its records changed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._stamps: dict[str, str] | None = None
        self._catalog: Catalog | None = None

    def current(self) -> Catalog:
        with self._lock:
            stamps = self._store.stamps()
            if self._catalog is None or stamps != self._stamps:
                self._catalog, self._stamps = _count(self._store), stamps
            return self._catalog

    def version(self) -> str:
        """Changes with every change of the corpus: the moment of the last one, with the number of documents."""
        stamps = self._store.stamps()
        return f"{len(stamps)}-{max(stamps.values(), default='')}"


def month_window(months: dict[tuple[int, int], int], today: date, length: int = 18) -> list[tuple[int, int]]:
    """The months to draw: from three before today, moved so that they hold something; [] for none."""
    if not months:
        return []
    held = sorted(_month_number(month) for month in months)
    first, last = held[0], held[-1]
    start = max(min(_month_number((today.year, today.month)) - 3, last - length + 1), first)
    if not any(start <= month < start + length for month in held):  # a gap between the past and far targets
        newest_past = max(month for month in held if month < start)
        start = max(newest_past - length + 1, first)
    end = min(start + length, last + 1)
    return [(number // 12, number % 12 + 1) for number in range(start, end)]


def nearest_month(months: Iterable[tuple[int, int]], month: tuple[int, int]) -> str:
    """The month closest to this one that holds something, as 2024-06; "" for none."""
    near = min(months, key=lambda held: abs(_month_number(held) - _month_number(month)), default=None)
    return f"{near[0]:04d}-{near[1]:02d}" if near else ""


def _count(store: Store) -> Catalog:
    tally = Tally()
    for document in store.texts():
        tally.add(document, store.extraction(document.id))
    return tally.catalog(len(_issue_ids(store)))


def _citing(
    corpus: Iterable[tuple[DocumentRef, Extraction | None]], linker: Linker
) -> dict[str, tuple[tuple[DocumentRef, Relation], ...]]:
    """Once per citing document and relation."""
    found: dict[str, dict[tuple[DocumentRef, Relation], None]] = defaultdict(dict)
    for ref, extraction in corpus:
        for citation in linker.linked(extraction).citations if extraction else ():
            if citation.target and citation.target != ref.id:
                found[citation.target][(ref, citation.relation)] = None
    return {target: tuple(refs) for target, refs in found.items()}


def _issue_ids(store: Store) -> set[str]:
    return {issue.id for issue in store.issues() if issue.id}


def _row(document: Document, extraction: Extraction | None) -> DocumentRow:
    return DocumentRow(
        ref=reference(document),
        year=document.year,
        genre=extraction.genre if extraction else None,
        subjects=extraction.subjects if extraction else (),
        first_page=document.first_page,
        file=document.source.file,
        tasks=len(extraction.assignments) if extraction else 0,
    )


def _issue_order(issue: str) -> tuple[int, ...]:
    return tuple(int(part) for part in _numbers(issue))


def _numbers(issue: str) -> Iterator[str]:
    return (part for part in issue.split("-") if part.isdigit())


def _month_number(month: tuple[int, int]) -> int:
    return month[0] * 12 + month[1] - 1
