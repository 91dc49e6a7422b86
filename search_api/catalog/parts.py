"""What each document adds to the catalog: its sums, small enough to keep for all, and kept on disk."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from gongbao.corpus.document import Document
from gongbao.corpus.records import Assignment, AssignmentKind, DeadlineKind, Extraction, PartyType, Role
from gongbao.corpus.store import reference
from gongbao.search_api.catalog.model import DocumentRow
from pydantic import TypeAdapter

_NAME = "catalog.jsonl.gz"


@dataclass(slots=True)
class Sums:
    """What one document holds, or all of them. `led`: of the pairs, statements that one of the two alone leads;
    `unnamed`: time limits to keep that name nobody."""

    kinds: Counter[AssignmentKind] = field(default_factory=Counter)
    roles: Counter[tuple[str, Role]] = field(default_factory=Counter)
    months: Counter[tuple[int, int]] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    led: Counter[tuple[str, str]] = field(default_factory=Counter)
    deadlines: int = 0
    unnamed: int = 0

    @classmethod
    def of(cls, extraction: Extraction) -> Sums:
        sums = cls(deadlines=len(extraction.deadlines))
        for task in extraction.assignments:
            sums._count(task)
        bound = {deadline.id for task in extraction.assignments for deadline in task.deadlines}
        alone = [deadline for deadline in extraction.deadlines if deadline.id not in bound]
        ends = (deadline.effective_due for deadline in alone)
        sums.months.update((due.year, due.month) for due in ends if due)
        sums.unnamed = sum(deadline.kind is not DeadlineKind.EFFECTIVE for deadline in alone)
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
        self.unnamed += other.unnamed

    def take(self, other: Sums) -> None:
        """What was added before is no longer there; what comes to nothing is forgotten."""
        for own, less in zip(self._counters(), other._counters(), strict=True):
            own.subtract(less)
            for key in [key for key in less if not own[key]]:
                del own[key]
        self.deadlines -= other.deadlines
        self.unnamed -= other.unnamed

    def _counters(self) -> tuple[Counter[Any], ...]:
        return self.kinds, self.roles, self.months, self.pairs, self.led

    def packed(self) -> str:
        """Small, since there are many: the counters as lines of key and number."""
        lines = [[[key, number] for key, number in counter.items()] for counter in self._counters()]
        return b64encode(zlib.compress(json.dumps([self.deadlines, self.unnamed, *lines]).encode(), 1)).decode()

    @classmethod
    def unpacked(cls, packed: str) -> Sums:
        deadlines, unnamed, *lines = json.loads(zlib.decompress(b64decode(packed)))
        kinds, roles, months, pairs, led = (Counter({_key(key): number for key, number in line}) for line in lines)
        return cls(kinds, roles, months, pairs, led, deadlines, unnamed)


@dataclass(frozen=True, slots=True)
class CountedDocument:
    """One document in the count. `place`: where it comes in the corpus; `sums`: packed."""

    stamp: str
    place: tuple[str, str, int]
    row: DocumentRow
    links: Extraction | None  # its citations alone
    sums: str

    @classmethod
    def of(cls, document: Document, extraction: Extraction | None, stamp: str) -> tuple[CountedDocument, Sums]:
        sums = Sums.of(extraction) if extraction else Sums()
        place = (document.issue or "", document.source.sha256, document.position)
        links = _only_citations(extraction) if extraction else None
        return cls(stamp, place, _row(document, extraction), links, sums.packed()), sums


_PART = TypeAdapter(CountedDocument)


def write_parts(parts: Iterable[CountedDocument], folder: Path) -> None:
    """So that the next start need not count. Whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / f"{_NAME}.{os.getpid()}.part"
    with gzip.open(written, "wb", 1) as file:
        file.write(_version() + b"\n")
        for part in parts:
            file.write(_PART.dump_json(part) + b"\n")
    written.replace(folder / _NAME)


def read_parts(folder: Path) -> list[CountedDocument]:
    """What was written by this version of the program; nothing where that is damaged or not there."""
    try:
        with gzip.open(folder / _NAME, "rb") as file:
            if file.readline().strip() != _version():
                return []
            return [_PART.validate_json(line) for line in file]
    except (OSError, EOFError, ValueError, zlib.error):
        return []


def _version() -> bytes:
    """Changes with what is counted and how."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest().encode()


def _key(key: Any) -> Any:
    """JSON has no tuples."""
    return tuple(key) if isinstance(key, list) else key


def _only_citations(extraction: Extraction) -> Extraction:
    """Without what may be long, and without where it is printed."""
    citations = tuple(replace(citation, regions=()) for citation in extraction.citations)
    return Extraction(extraction.document_id, extraction.version, None, (), (), (), (), citations)


def _row(document: Document, extraction: Extraction | None) -> DocumentRow:
    return DocumentRow(
        ref=reference(document),
        year=document.year,
        genre=extraction.genre if extraction else None,
        subjects=extraction.subjects if extraction else (),
        divisions=extraction.divisions if extraction else (),
        first_page=document.first_page,
        file=document.source.file,
        tasks=len(extraction.assignments) if extraction else 0,
    )
