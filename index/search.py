"""From a reading to ranked documents and passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongbao.index.bodies import Bodies
from gongbao.index.documents import Sought, all_of, fetch, holding
from gongbao.index.engine import Ask, Engine, Everything, Filtered, Query
from gongbao.index.expand import in_corpus
from gongbao.index.filters import Known, conditions
from gongbao.index.meaning.judge import is_said
from gongbao.index.meaning.near import Meaning
from gongbao.index.meaning.passages import read_as
from gongbao.index.meaning.signs import Looked, SignPlaces, Signs, signs_of, worded
from gongbao.index.models import DocumentHit, Filters, Intent, NothingAsked, Passage, Reading, StatementView
from gongbao.index.numbered import documents_citing, documents_numbered
from gongbao.index.payload import read_document
from gongbao.index.query.concepts import Concept, Spelling, divided, find_concepts
from gongbao.index.query.read import read
from gongbao.index.rank import Scored, rank_documents, score_passages
from gongbao.index.schema import EntryKind
from gongbao.index.statements import reordered
from gongbao.index.synonyms import Synonyms


@dataclass(frozen=True, slots=True)
class FoundDocuments:
    """Documents best first, all passages that were looked at, and the concepts they were ranked by.

    `words_alone`: why they were not looked at for their meaning, where they would have been; else None. `among`: how
    many passages were looked through.
    """

    documents: tuple[DocumentHit, ...]
    passages: tuple[Scored, ...]
    concepts: tuple[Concept, ...]
    words_alone: str | None = None
    among: int = 0


_READ_AGAIN = 12  # statements of a question for bodies whose own words are read for their meaning


class Searcher:
    def __init__(
        self, engine: Engine, bodies: Bodies, synonyms: Synonyms, known: Known, meaning: Meaning | None = None
    ) -> None:
        self.engine = engine
        self.bodies = bodies
        self.known = known
        self._synonyms = synonyms
        self._meaning = meaning

    def understand(self, query: str, today: date) -> Reading:
        return read(query, today, self.bodies.find)

    def concepts(self, reading: Reading) -> tuple[Concept, ...]:
        """The words, phrases and operands of a question, with how much each tells in this corpus."""
        operands = " ".join(word for clause in reading.clauses for word in clause)
        words = reading.words if not reading.clauses else operands
        found = find_concepts(f"{words} {reading.title or ''}", self._synonyms)
        phrases = tuple(Concept(phrase, (Spelling(phrase, 1.0),)) for phrase in reading.phrases)
        return in_corpus((*found, *phrases), self.engine, lambda term: divided(term, self._synonyms))

    def documents(self, reading: Reading, filters: Filters, *, depth: int = 0, explain: bool = False) -> FoundDocuments:
        """Numbers first, then what the words find, at least `depth` deep where there is so much.

        UsageError where nothing is asked but filters, which `listed` answers, or nothing at all.
        """
        where = conditions(filters, EntryKind.DOCUMENT, self.known)
        numbered = self._numbered(reading, where)
        concepts = self.concepts(reading)
        near = self.near(reading, filters)
        if not concepts and not near:
            if not reading.numbers:
                raise NothingAsked(reading)
            return FoundDocuments(numbered, (), ())
        sought = Sought(
            concepts,
            reading.title or reading.words,
            self._must(reading),
            tuple(holding(word) for word in reading.excluded),
            (reading.filters.year,) if reading.filters.year else reading.years,
            depth,
            near,
        )
        inside = conditions(filters, EntryKind.PASSAGE, self.known)
        found = fetch(self.engine, sought, where, inside)
        passages = score_passages(concepts, found.passages)
        ranked = rank_documents(concepts, sought.typed, found.documents, passages, sought.years, explain)
        among = self.engine.count(EntryKind.PASSAGE, Filtered(Everything(), inside)) if near else 0
        return FoundDocuments(joined(numbered, ranked), passages, concepts, self._words_alone(reading), among)

    def near(self, reading: Reading, filters: Filters) -> tuple[Passage, ...]:
        """Passages near in meaning; none where a number, a body's duties, a title or exact words are asked for."""
        if self._meaning is None or not _has_meaning(reading):
            return ()
        found = self._meaning.near(reading.query, conditions(filters, EntryKind.PASSAGE, self.known))
        return tuple(replace(one.passage, cosine=one.cosine) for one in found)

    def _words_alone(self, reading: Reading) -> str | None:
        return self._meaning.missing() if self._meaning and _has_meaning(reading) else None

    def closer(self, reading: Reading, views: Sequence[StatementView]) -> tuple[StatementView, ...]:
        """The first of the statements in an order that each one's own words mean, where passages were looked at so."""
        first = views[:_READ_AGAIN]
        texts = [read_as(view.document.title, view.assignment.what) for view in first]
        cosines = self._meaning.cosines(reading.query, texts) if self._meaning and first else None
        return (*reordered(first, cosines, reading.roles), *views[_READ_AGAIN:]) if cosines else tuple(views)

    def is_said(self, reading: Reading, found: FoundDocuments, today: date) -> bool | None:
        """Whether what was found answers; None where that cannot be judged."""
        return is_said(self.signs(reading, found, today), self.worded(reading, found))

    def worded(self, reading: Reading, found: FoundDocuments) -> float:
        """0..1: how much of what is asked the best document says in words."""
        return worded(self._looked(reading, found)) if found.documents else 0.0

    def signs(self, reading: Reading, found: FoundDocuments, today: date) -> Signs | None:
        places = SignPlaces(self.bodies.places_in, self.bodies.place_of)
        return signs_of(reading.query, self._looked(reading, found), places, today)

    def _looked(self, reading: Reading, found: FoundDocuments) -> Looked:
        def topic(passages: Sequence[Passage]) -> float:
            return self._meaning.nearest_of(reading.words, passages) if self._meaning else 0.0

        return Looked(found.documents, found.passages, found.concepts, found.among, topic)

    def listed(self, filters: Filters, size: int, offset: int) -> tuple[tuple[DocumentHit, ...], int]:
        """Documents that pass the filters, as printed, and how many there are."""
        query = Filtered(Everything(), conditions(filters, EntryKind.DOCUMENT, self.known))
        hits = self.engine.search(Ask(EntryKind.DOCUMENT, query, size=size, offset=offset))
        return tuple(map(read_document, hits.items)), hits.total

    def _must(self, reading: Reading) -> tuple[Query, ...]:
        clauses = (all_of(reading.clauses),) if reading.clauses else ()
        return (*clauses, *(holding(phrase) for phrase in reading.phrases))

    def _numbered(self, reading: Reading, where: Sequence[Query]) -> tuple[DocumentHit, ...]:
        found: list[DocumentHit] = []
        for number in reading.numbers:
            found += documents_numbered(number, self.engine, where)
            found += documents_citing(number, self.engine, where)
        return joined(found)


def _has_meaning(reading: Reading) -> bool:
    """Whether it is asked in words that may mean what other words say."""
    exact = (reading.numbers, reading.phrases, reading.clauses, reading.excluded, reading.title)
    return not any(exact) and reading.intent is not Intent.DUTIES


def joined(*lists: Sequence[DocumentHit]) -> tuple[DocumentHit, ...]:
    """One after another, each document once."""
    by_id: dict[str, DocumentHit] = {}
    for hits in lists:
        for hit in hits:
            by_id.setdefault(hit.document.id, hit)
    return tuple(by_id.values())
