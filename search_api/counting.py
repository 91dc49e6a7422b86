"""The catalog kept up with the corpus: only what changed is counted anew, beside those who read."""

from __future__ import annotations

import pickle
import threading
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import combinations
from typing import Any

from corpus.document import Document
from corpus.records import Assignment, AssignmentKind, DocumentRef, Extraction, PartyType, Relation, Role
from corpus.store import Store, reference
from search_api.catalog import AgencyRow, Catalog, Counts, DocumentRow, PairRow
from search_api.compose import Linker

_PAIRS = 20_000  # that are kept
_PATIENCE = 1.5  # seconds that a reader waits for a new count
_SLOW = 0.05  # seconds: where asking what changed takes longer, it is not asked for each request


@dataclass(slots=True)
class Sums:
    """What one document holds, or all of them. `led`: of the pairs, statements that one of the two alone leads."""

    kinds: Counter[AssignmentKind] = field(default_factory=Counter)
    roles: Counter[tuple[str, Role]] = field(default_factory=Counter)
    months: Counter[tuple[int, int]] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    led: Counter[tuple[str, str]] = field(default_factory=Counter)
    deadlines: int = 0

    @classmethod
    def of(cls, extraction: Extraction) -> Sums:
        sums = cls(deadlines=len(extraction.deadlines))
        for task in extraction.assignments:
            sums._count(task)
        return sums

    def _count(self, task: Assignment) -> None:
        names = {(p.agency or p.name, p.role) for p in task.parties if p.type is PartyType.AGENCY}
        leads = {name for name, role in names if role is Role.LEAD}
        pairs = list(combinations(sorted({name for name, _ in names}), 2))
        dues = {d.effective_due for d in task.deadlines if d.effective_due}
        self.kinds[task.kind] += 1
        self.roles.update(names)
        self.pairs.update(pairs)
        self.led.update((a, b) for a, b in pairs if (a in leads) != (b in leads))
        self.months.update({(due.year, due.month) for due in dues})

    def add(self, other: Sums) -> None:
        for own, more in zip(self._counters(), other._counters(), strict=True):
            own.update(more)
        self.deadlines += other.deadlines

    def take(self, other: Sums) -> None:
        """What was added before is no longer there; what comes to nothing is forgotten."""
        for own, less in zip(self._counters(), other._counters(), strict=True):
            own.subtract(less)
            for key in [key for key in less if not own[key]]:
                del own[key]
        self.deadlines -= other.deadlines

    def _counters(self) -> tuple[Counter[Any], ...]:
        return self.kinds, self.roles, self.months, self.pairs, self.led


@dataclass(frozen=True, slots=True)
class Part:
    """One document in the count. `place`: where it comes in the corpus; `sums` packed: there are many of them."""

    stamp: str
    place: tuple[str, str, int]
    row: DocumentRow
    light: Extraction | None  # without statements and rosters
    sums: bytes


class Tally:
    """Counts of a corpus that changes: the parts of its documents and their sum."""

    def __init__(self) -> None:
        self._parts: dict[str, Part] = {}
        self._sums = Sums()

    def add(self, document: Document, extraction: Extraction | None, stamp: str = "") -> None:
        """In place of what the document held before."""
        self.drop(document.id)
        sums = Sums.of(extraction) if extraction else Sums()
        place = (document.issue or "", document.source.sha256, document.position)
        light = replace(extraction, assignments=(), rosters=()) if extraction else None
        packed = zlib.compress(pickle.dumps(sums), 1)
        self._parts[document.id] = Part(stamp, place, _row(document, extraction), light, packed)
        self._sums.add(sums)

    def drop(self, document_id: str) -> None:
        part = self._parts.pop(document_id, None)
        if part:
            self._sums.take(pickle.loads(zlib.decompress(part.sums)))  # packed by `add`

    def behind(self, stamps: Mapping[str, str]) -> tuple[set[str], set[str]]:
        """Documents that are no longer there, and those that are new or changed."""
        changed = {found for found, stamp in stamps.items() if getattr(self._parts.get(found), "stamp", None) != stamp}
        return self._parts.keys() - stamps.keys(), changed

    def catalog(self, issues: int) -> Catalog:
        parts = sorted(self._parts.values(), key=lambda part: part.place)
        corpus = [(part.row.ref, part.light) for part in parts]
        linker, sums = Linker(corpus), self._sums
        agencies = _agencies(sums.roles)
        tasks, duties = sums.kinds[AssignmentKind.TASK], sums.kinds[AssignmentKind.DUTY]
        return Catalog(
            documents=tuple(part.row for part in parts),
            agencies=agencies,
            counts=Counts(len(parts), issues, tasks, duties, sums.deadlines, len(agencies)),
            citing=_citing(corpus, linker),
            due_months=dict(sums.months),
            pairs={p: PairRow(p, sums.led[p], n - sums.led[p]) for p, n in sums.pairs.most_common(_PAIRS)},
            linker=linker,
            at=datetime.now(),
        )


class Catalogs:
    """The catalog of a store, counted anew when documents or their records changed.

    Who asks meanwhile waits a moment, and then gets the last known one, marked as outdated.
    """

    def __init__(self, store: Store, patience: float = _PATIENCE) -> None:
        self._store, self._patience = store, patience
        self._lock = threading.Lock()
        self._tally = Tally()
        self._catalog: Catalog | None = None
        self._counted: dict[str, str] | None = None  # stamps of what the catalog counts
        self._seen: dict[str, str] | None = None
        self._look_again = 0.0
        self._counting: Future[None] | None = None

    def begin(self) -> None:
        """Count without waiting for it."""
        with self._lock:
            if self._counting is None:
                self._start()

    def current(self) -> Catalog:
        """Waits for the first count however long it takes."""
        until = time.monotonic() + self._patience
        while True:
            with self._lock:
                known = self._catalog
                if known and self._stamps() == self._counted:
                    return known
                counting = self._counting or self._start()
            try:
                counting.result(max(until - time.monotonic(), 0) if known else None)
            except TimeoutError:
                assert known
                return replace(known, outdated=True)

    def _stamps(self) -> dict[str, str]:
        """Of a big corpus not read for each request: a twentieth of the time at most goes into it."""
        now = time.monotonic()
        if self._seen is None or now >= self._look_again:
            self._seen = self._store.stamps()
            took = time.monotonic() - now
            self._look_again = now + 20 * took if took > _SLOW else now
        return self._seen

    def _start(self) -> Future[None]:
        counting: Future[None] = Future()
        self._counting = counting
        threading.Thread(target=self._run, args=(counting,), name="gongbao-catalog", daemon=True).start()
        return counting

    def _run(self, counting: Future[None]) -> None:
        failed: BaseException | None = None
        try:
            self._count()
        except BaseException as error:  # told to whoever waits
            failed = error
        with self._lock:
            self._counting = None
        if failed:
            counting.set_exception(failed)
        else:
            counting.set_result(None)

    def _count(self) -> None:
        stamps = self._store.stamps()
        gone, changed = self._tally.behind(stamps)
        for document_id in gone:
            self._tally.drop(document_id)
        for document in _documents(self._store, changed, len(stamps)):
            self._tally.add(document, self._store.extraction(document.id), stamps[document.id])
        catalog = self._tally.catalog(len({issue.id for issue in self._store.issues() if issue.id}))
        with self._lock:
            self._catalog, self._counted, self._seen = catalog, stamps, stamps


def _documents(store: Store, wanted: set[str], total: int) -> Iterator[Document]:
    """Many are read in one go."""
    if len(wanted) * 2 > total:
        return (document for document in store.texts() if document.id in wanted)
    return filter(None, map(store.document, wanted))


def _agencies(roles: Mapping[tuple[str, Role], int]) -> tuple[AgencyRow, ...]:
    """Busiest first."""
    by_name: dict[str, dict[Role, int]] = defaultdict(dict)
    for (name, role), count in roles.items():
        by_name[name][role] = count
    order = (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT)
    rows = (AgencyRow(name, *(found.get(role, 0) for role in order)) for name, found in by_name.items())
    return tuple(sorted(rows, key=lambda row: (-row.total, row.name)))


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
