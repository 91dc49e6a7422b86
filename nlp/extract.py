"""One document in, its records out."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

from corpus.document import Document
from corpus.ids import record_id
from corpus.offsets import Span
from corpus.records import Assignment, AssignmentKind, Deadline, DeadlineKind, Extraction, Party, PartyType
from corpus.register import Reader, Register
from nlp.assignments import Binding, Statement, find_statements
from nlp.citations import find_citations
from nlp.deadlines import find_deadlines
from nlp.genre import genre_of
from nlp.learning.models import Models
from nlp.learning.vetoes import kept
from nlp.pipeline import read_acts
from nlp.rosters import find_rosters
from nlp.subjects import subjects_of

VERSION = "1"


class Extractor:
    """Reads documents with a register of bodies at hand, and with what a home has learnt, if anything."""

    def __init__(self, register: Register, models: Models | None = None) -> None:
        self._register = register
        self._models = models or Models()

    def extract(self, document: Document) -> Extraction:
        """Every record of the document; nothing of another document or of the clock enters."""
        deadlines = find_deadlines(document)
        return Extraction(
            document_id=document.id,
            version=VERSION,
            genre=genre_of(document.title),
            subjects=self._models.topics.subjects_of(document) if self._models.topics else subjects_of(document),
            assignments=kept(document, self._assignments(document, deadlines), self._models),
            deadlines=deadlines,
            rosters=find_rosters(document),
            citations=find_citations(document),
        )

    def _assignments(self, document: Document, deadlines: tuple[Deadline, ...]) -> tuple[Assignment, ...]:
        reader = self._register.within(document)
        taken: Counter[str] = Counter()
        placed = _Deadlines(deadlines)
        return tuple(_assignment(document, s, placed, reader, taken) for s in find_statements(document, read_acts))


class _Deadlines:
    """The time limits of a document, which stand apart and in order, found by place."""

    def __init__(self, deadlines: tuple[Deadline, ...]) -> None:
        self._all = deadlines
        self._ends = [deadline.span.end for deadline in deadlines]

    def ending_in(self, spans: Iterable[Span]) -> tuple[Deadline, ...]:
        """Those that end in one of the spans, in order."""
        places = {
            place
            for span in spans
            for place in range(bisect_right(self._ends, span.start), bisect_right(self._ends, span.end))
        }
        return tuple(self._all[place] for place in sorted(places))


def _assignment(
    document: Document, statement: Statement, deadlines: _Deadlines, reader: Reader, taken: Counter[str]
) -> Assignment:
    bound = tuple(d for d in deadlines.ending_in(statement.limits) if d.kind is not DeadlineKind.EFFECTIVE)
    return Assignment(
        id=_unused_id(document, statement, taken),
        kind=AssignmentKind.TASK if bound and not statement.explicit else statement.kind,
        source=statement.source,
        what=statement.what,
        parties=tuple(_party(reader, binding) for binding in statement.bindings),
        deadlines=bound,
        path=document.path_at(statement.span.start),
        quote=statement.span.of(document.text),
        span=statement.span,
        regions=document.regions(statement.span),
    )


def _party(reader: Reader, binding: Binding) -> Party:
    mention = binding.mention
    resolution = reader.resolve(mention.name) if mention.type is PartyType.AGENCY else None
    return Party(mention.name, resolution.canonical if resolution else None, binding.role, mention.type, mention.span)


def _unused_id(document: Document, statement: Statement, taken: Counter[str]) -> str:
    """Two statements of one span and neighbourhood (two bodies, two acts) are told apart by their order."""
    found = record_id("assignment", document.id, document.text, statement.span)
    taken[found] += 1
    earlier = taken[found] - 1
    return record_id(f"assignment {earlier}", document.id, document.text, statement.span) if earlier else found
