"""The catalog kept up with the corpus: only what changed is counted anew, beside those who read."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from gongbao.corpus.document import Document
from gongbao.corpus.records import AssignmentKind, DocumentRef, Extraction, Relation, Role
from gongbao.corpus.store import Store
from gongbao.search_api.catalog.model import AgencyRow, Catalog, Counts, DocumentRow, Known, Linker, PairRow
from gongbao.search_api.catalog.parts import CountedDocument, Sums, read_parts, write_parts

_PAIRS = 20_000  # that are kept
_PATIENCE = 1.5  # seconds that a reader waits for a new count
_FEW = 200  # documents that are counted anew as quickly as read
_SLOW = 0.05  # seconds: where asking what changed takes longer, it is not asked for each request

_ALL = "*"  # no city is called so

Linking = Callable[[Iterable[Known]], Linker]
Citing = dict[str, tuple[tuple[DocumentRef, Relation], ...]]


class Tally:
    """Counts of a corpus that changes: the parts of its documents and their sum."""

    def __init__(self, link: Linking) -> None:
        self._link = link
        self._parts: dict[str, CountedDocument] = {}
        self._sums: dict[str, Sums] = defaultdict(Sums)  # by city; under _ALL those of all

    def add(self, document: Document, extraction: Extraction | None, stamp: str = "") -> None:
        """In place of what the document held before."""
        self.drop(document.id)
        part, sums = CountedDocument.of(document, extraction, stamp)
        self._keep(part, sums)

    def restore(self, parts: Iterable[CountedDocument]) -> None:
        """Those that were counted before; what changed since is found by `behind`."""
        for part in parts:
            self.drop(part.row.ref.id)
            self._keep(part, Sums.unpacked(part.sums))

    def _keep(self, part: CountedDocument, sums: Sums) -> None:
        self._parts[part.row.ref.id] = part
        for whose in (_ALL, part.row.city):
            self._sums[whose].add(sums)

    def parts(self) -> list[CountedDocument]:
        return list(self._parts.values())

    def drop(self, document_id: str) -> None:
        part = self._parts.pop(document_id, None)
        if part:
            for whose in (_ALL, part.row.city):
                self._sums[whose].take(Sums.unpacked(part.sums))

    def behind(self, stamps: Mapping[str, str]) -> tuple[set[str], set[str]]:
        """Documents that are no longer there, and those that are new or changed."""
        changed = {found for found, stamp in stamps.items() if getattr(self._parts.get(found), "stamp", None) != stamp}
        return self._parts.keys() - stamps.keys(), changed

    def catalog(self, issues: int) -> Catalog:
        parts = sorted(self._parts.values(), key=lambda part: part.place)
        corpus = [(part.row.ref, part.links) for part in parts]
        linker = self._link(corpus)
        whole = _catalog([part.row for part in parts], self._sums[_ALL], issues, linker, _citing(corpus, linker))
        return replace(whole, cities=self._cities(whole))

    def _cities(self, whole: Catalog) -> dict[str, Catalog]:
        rows: dict[str, list[DocumentRow]] = defaultdict(list)
        for row in whole.documents:
            if row.city:
                rows[row.city].append(row)
        ordered = sorted(rows.items(), key=lambda found: (-len(found[1]), found[0]))
        return {city: self._of_city(city, own, whole) for city, own in ordered}

    def _of_city(self, city: str, rows: list[DocumentRow], whole: Catalog) -> Catalog:
        issues = len({row.ref.issue for row in rows if row.ref.issue})
        return _catalog(rows, self._sums[city], issues, whole.linker, whole.citing)


def _catalog(rows: list[DocumentRow], sums: Sums, issues: int, linker: Linker, citing: Citing) -> Catalog:
    agencies = _agencies(sums.roles)
    tasks, duties = sums.kinds[AssignmentKind.TASK], sums.kinds[AssignmentKind.DUTY]
    return Catalog(
        documents=tuple(rows),
        agencies=agencies,
        counts=Counts(len(rows), issues, tasks, duties, sums.deadlines, len(agencies), sums.unnamed),
        citing=citing,
        due_months=dict(sums.months),
        pairs={p: PairRow(p, sums.led[p], n - sums.led[p]) for p, n in sums.pairs.most_common(_PAIRS)},
        linker=linker,
        at=datetime.now(),
    )


class Catalogs:
    """The catalog of a store, counted anew when documents or their records changed.

    Who asks meanwhile waits a moment, and then gets the last known one, marked as outdated.
    """

    def __init__(self, store: Store, folder: Path, link: Linking, patience: float = _PATIENCE) -> None:
        """`folder`: where a big count is kept for the next start."""
        self._store, self._folder, self._patience = store, folder, patience
        self._lock = threading.Lock()
        self._tally = Tally(link)
        self._catalog: Catalog | None = None
        self._counted: dict[str, str] | None = None  # stamps of what the catalog counts
        self._begun = 0.0  # when they were read
        self._seen: dict[str, str] | None = None
        self._look_again = 0.0
        self._counting: Future[None] | None = None
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Count without waiting for it."""
        with self._lock:
            if self._counting is None:
                self._start()

    def prepare(self) -> None:
        """Count what is new and keep it for the next start, so that no reader waits for it."""
        self.complete()
        if self._thread:
            self._thread.join()

    def complete(self) -> Catalog:
        """All that the corpus holds when asked, however long its count takes: for lists that programs rely on."""
        return self._within(None)

    def current(self) -> Catalog:
        """Only for the first count it waits however long it takes."""
        return self._within(self._patience)

    def _within(self, patience: float | None) -> Catalog:
        asked = time.monotonic()
        until = asked + (patience or 0)
        while True:
            with self._lock:
                known = self._catalog
                # A count begun since is as new as was asked for, even where documents keep coming.
                if known and (self._begun >= asked or self._stamps(anew=patience is None) == self._counted):
                    return known
                counting = self._counting or self._start()
            try:
                counting.result(max(until - time.monotonic(), 0) if known and patience is not None else None)
            except TimeoutError:
                assert known
                return replace(known, outdated=True)

    def _stamps(self, anew: bool) -> dict[str, str]:
        """Of a big corpus not read for each page: a twentieth of the time at most goes into it."""
        now = time.monotonic()
        if anew or self._seen is None or now >= self._look_again:
            self._seen = self._store.stamps()
            took = time.monotonic() - now
            self._look_again = now + 20 * took if took > _SLOW else now
        return self._seen

    def _start(self) -> Future[None]:
        counting: Future[None] = Future()
        self._counting = counting
        self._thread = threading.Thread(target=self._run, args=(counting,), name="gongbao-catalog", daemon=True)
        self._thread.start()
        return counting

    def _run(self, counting: Future[None]) -> None:
        kept: list[CountedDocument] = []
        failed: BaseException | None = None
        try:
            kept = self._count()
        except BaseException as error:  # told to whoever waits
            failed = error
        with self._lock:
            self._counting = None
        if failed:
            counting.set_exception(failed)
        else:
            counting.set_result(None)
        if kept:
            with suppress(OSError):  # it saves time and is nowhere needed
                write_parts(kept, self._folder)

    def _count(self) -> list[CountedDocument]:
        """The parts, where so much is new that it is worth keeping for the next start."""
        if self._catalog is None:
            self._tally.restore(read_parts(self._folder))
        begun, stamps = time.monotonic(), self._store.stamps()
        gone, changed = self._tally.behind(stamps)
        for document_id in gone:
            self._tally.drop(document_id)
        for document in _documents(self._store, changed, len(stamps)):
            self._tally.add(document, self._store.extraction(document.id), stamps[document.id])
        catalog = self._tally.catalog(len({issue.id for issue in self._store.issues() if issue.id}))
        with self._lock:
            self._catalog, self._counted, self._seen, self._begun = catalog, stamps, stamps, begun
        return self._tally.parts() if len(changed) > max(_FEW, len(stamps) // 20) else []


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


def _citing(corpus: Iterable[Known], linker: Linker) -> Citing:
    """Once per citing document and relation."""
    found: dict[str, dict[tuple[DocumentRef, Relation], None]] = defaultdict(dict)
    for ref, extraction in corpus:
        for citation in linker.linked(extraction).citations if extraction else ():
            if citation.target and citation.target != ref.id:
                found[citation.target][(ref, citation.relation)] = None
    return {target: tuple(refs) for target, refs in found.items()}
