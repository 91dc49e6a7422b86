"""One document in, its records out."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Generic, TypeVar

from gongbao.corpus.document import Document
from gongbao.corpus.ids import record_id
from gongbao.corpus.language.genres import genre_of
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import (
    Assignment,
    AssignmentKind,
    Deadline,
    DeadlineKind,
    Extraction,
    Party,
    PartyType,
    Quantity,
)
from gongbao.corpus.register import Reader, Register
from gongbao.nlp.assignments import Binding, Statement, find_statements
from gongbao.nlp.belonging import belonging
from gongbao.nlp.bodies.levels import types_in
from gongbao.nlp.citations import find_citations
from gongbao.nlp.confidence import weigh
from gongbao.nlp.contacts import find_contacts
from gongbao.nlp.deadlines import find_deadlines
from gongbao.nlp.ground import Ground
from gongbao.nlp.learning.models import Models
from gongbao.nlp.learning.vetoes import kept
from gongbao.nlp.pipeline import read_acts
from gongbao.nlp.places import find_places
from gongbao.nlp.quantities import find_quantities
from gongbao.nlp.reader.joining import join
from gongbao.nlp.reader.second import SecondReader
from gongbao.nlp.rosters import find_rosters
from gongbao.nlp.subjects import subjects_of

VERSION = "16"


class Extractor:
    """Reads documents with a register of bodies at hand, what a home has learnt, if anything, and a second reader."""

    def __init__(self, register: Register, models: Models | None = None, second: SecondReader | None = None) -> None:
        self._register = register
        self._models = models or Models()
        self._second = second

    def extract(self, document: Document) -> Extraction:
        """Every record of the document; nothing of another document or of the clock enters."""
        deadlines, citations = find_deadlines(document), find_citations(document)
        ground = Ground(document, [*(one.span for one in deadlines), *(one.span for one in citations)])
        quantities = find_quantities(ground)
        assignments = kept(document, self._assignments(document, deadlines, quantities), self._models)
        return Extraction(
            document_id=document.id,
            version=VERSION,
            genre=genre_of(document.title),
            subjects=self._models.topics.subjects_of(document) if self._models.topics else subjects_of(document),
            assignments=assignments,
            deadlines=deadlines,
            rosters=find_rosters(document),
            citations=citations,
            quantities=quantities,
            contacts=find_contacts(ground),
            places=find_places(ground, self._register, (p.span for a in assignments for p in a.parties)),
            divisions=self._divisions(document),
        )

    def _divisions(self, document: Document) -> tuple[str, ...]:
        place = self._register.place_of(document)
        return tuple(each.full for each in place.chain()) if place else ()

    def _assignments(
        self, document: Document, deadlines: tuple[Deadline, ...], quantities: tuple[Quantity, ...]
    ) -> tuple[Assignment, ...]:
        reader = self._register.within(document)
        taken: Counter[str] = Counter()
        beside = _Beside(_Placed(deadlines), _Placed(quantities))
        found = [_assignment(document, s, beside, reader, taken) for s in self._statements(document)]
        return belonging(document, found, deadlines, quantities)

    def _statements(self, document: Document) -> list[Statement]:
        statements = find_statements(document, read_acts)
        reading = self._second.read(document) if self._second else None
        return weigh(document, statements) if reading is None else join(document, statements, reading)


_Record = TypeVar("_Record", Deadline, Quantity)


class _Placed(Generic[_Record]):
    """The records of one kind in a document, which stand apart and in order, found by place."""

    def __init__(self, records: tuple[_Record, ...]) -> None:
        self._all: tuple[_Record, ...] = records
        self._ends = [record.span.end for record in records]

    def ending_in(self, spans: Iterable[Span]) -> tuple[_Record, ...]:
        """Those that end in one of the spans, in order."""
        places = {
            place
            for span in spans
            for place in range(bisect_right(self._ends, span.start), bisect_right(self._ends, span.end))
        }
        return tuple(self._all[place] for place in sorted(places))


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a statement is bound by and measured by, wherever it stands in the document."""

    deadlines: _Placed[Deadline]
    quantities: _Placed[Quantity]


def _assignment(
    document: Document, statement: Statement, beside: _Beside, reader: Reader, taken: Counter[str]
) -> Assignment:
    bound = tuple(d for d in beside.deadlines.ending_in(statement.limits) if d.kind is not DeadlineKind.EFFECTIVE)
    parties = _parties(reader, statement.bindings)
    return Assignment(
        id=_unused_id(document, statement, taken),
        kind=AssignmentKind.TASK if bound and not statement.explicit else statement.kind,
        source=statement.source,
        what=statement.what,
        parties=parties,
        deadlines=bound,
        path=document.path_at(statement.span.start),
        quote=statement.span.of(document.text),
        span=statement.span,
        regions=document.regions(statement.span),
        targets=beside.quantities.ending_in(statement.limits),
        confidence=statement.confidence,
    )


def _parties(reader: Reader, bindings: Sequence[Binding]) -> tuple[Party, ...]:
    """In order of role as they stand; the level of the first of a role holds for those behind it."""
    found: list[Party] = []
    for _role, same in groupby(bindings, key=attrgetter("role")):
        members = tuple(same)
        kinds = types_in([b.mention.name for b in members], [b.mention.type for b in members], reader.region)
        found += map(partial(_party, reader), members, kinds)
    return tuple(found)


def _party(reader: Reader, binding: Binding, kind: PartyType) -> Party:
    mention = binding.mention
    resolution = reader.resolve(mention.name) if kind is PartyType.AGENCY else None
    names = (resolution.canonical,) if resolution else ()
    agency = resolution.canonical if resolution and resolution.sure else None
    candidates = () if agency else names
    return Party(mention.name, agency, binding.role, kind, mention.span, mention.confidence, candidates)


def _unused_id(document: Document, statement: Statement, taken: Counter[str]) -> str:
    """Two statements of one span and neighbourhood (two bodies, two acts) are told apart by their order."""
    found = record_id("assignment", document.id, document.text, statement.span)
    taken[found] += 1
    earlier = taken[found] - 1
    return record_id(f"assignment {earlier}", document.id, document.text, statement.span) if earlier else found
