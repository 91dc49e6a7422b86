"""Annotated documents as cases to learn from: sentences with what people and what the rules say of them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gongbao.corpus.document import Document
from gongbao.corpus.errors import UsageError
from gongbao.corpus.records import AssignmentSource, Extraction
from gongbao.nlp.evaluate.items import ScoredStatement, items_of, read_items
from gongbao.nlp.evaluate.text import key
from gongbao.nlp.learning.units import SentenceUnit, units_of
from gongbao.nlp.learning.words import features_of

_MOST_OTHERS = 300  # documents beside the annotated ones: more teach nothing new
_BEGINNING = 18  # characters that settle where a task stands
_REACH = 12  # sentences after the task's beginning in which its bracket is looked for


@dataclass(frozen=True, slots=True)
class Case:
    """One document. Per unit: its features, whether it states who does what (None: not to be told apart),
    whether the rules read a statement that begins in it, and whether any statement of theirs covers it.

    `parties`: (unit, name) of the bodies that gold binds in running text, as far as they are printed there;
    `found`: the same as the rules read it.
    """

    document: Document
    extraction: Extraction
    units: tuple[SentenceUnit, ...]
    features: tuple[tuple[str, ...], ...]
    states: tuple[bool | None, ...]
    read: tuple[bool, ...]
    covered: tuple[bool, ...]
    parties: frozenset[tuple[int, str]]
    found: frozenset[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document with the subjects that gold accepts, best first."""

    document: Document
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    """`annotated` with what people say; `others` of the same corpus with what the rules say."""

    annotated: tuple[Case, ...]
    others: tuple[Case, ...]
    labelled: tuple[Labelled, ...]


def read_cases(gold_dir: Path, corpus: Iterable[Document], extract: Callable[[Document], Extraction]) -> Cases:
    """Gold of the folder that `evaluate` reads, with the corpus as the rules alone (`extract`) read it.

    UsageError where the folder holds no gold, or none of the corpus.
    """
    if not (gold_dir / "documents.jsonl").is_file():
        raise UsageError(f"{gold_dir} 中没有 documents.jsonl", "指定存放标注的文件夹")
    gold = read_items(gold_dir, "assignments.jsonl")
    papers = {paper.doc for paper in gold.papers}
    statements = _by_document(gold.statements)
    subjects = dict(_subjects(gold_dir / "subjects.tsv"))
    annotated: list[Case] = []
    others: list[Case] = []
    labelled: list[Labelled] = []
    for document in sorted(corpus, key=lambda document: document.id):
        name = key(document.number or document.title)
        if name in papers:
            annotated.append(_case(document, extract(document), statements[name]))
        elif len(others) < _MOST_OTHERS:
            extraction = extract(document)
            others.append(_case(document, extraction, items_of([(document, extraction)]).statements))
        if name in subjects:
            labelled.append(Labelled(document, subjects[name]))
    if not annotated:
        raise UsageError("标注中的文件都不在语料库里", "先用 gongbao run 导入这些文件")
    return Cases(tuple(annotated), tuple(others), tuple(labelled))


def _by_document(statements: Iterable[ScoredStatement]) -> dict[str, list[ScoredStatement]]:
    found: dict[str, list[ScoredStatement]] = defaultdict(list)
    for statement in statements:
        found[statement.doc].append(statement)
    return found


def _subjects(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        name, *subjects = line.split("\t")
        if subjects:
            yield key(name), tuple(subjects)


def _case(document: Document, extraction: Extraction, gold: list[ScoredStatement]) -> Case:
    units = tuple(units_of(document))
    places = _CasePlaces(document, units)
    rules = items_of([(document, extraction)]).statements
    states, parties = places.labels(gold)
    read, _ = places.labels(rules)
    spans = [task.span for task in extraction.assignments]
    return Case(
        document,
        extraction,
        units,
        tuple(map(features_of, units)),
        states,
        tuple(map(bool, read)),
        tuple(any(span.overlaps(unit.span) for span in spans) for unit in units),
        parties,
        frozenset(places.bound(extraction)),
    )


class _CasePlaces:
    """Where statements stand among the units of a document."""

    def __init__(self, document: Document, units: tuple[SentenceUnit, ...]) -> None:
        self._units = units
        self._keys = [key(unit.text) for unit in units]
        self._starts = [unit.span.start for unit in units]
        pairs = [(folded, at) for at, char in enumerate(document.text) for folded in key(char)]
        self._text, self._origins = "".join(folded for folded, _ in pairs), [at for _, at in pairs]

    def labels(
        self, statements: Iterable[ScoredStatement]
    ) -> tuple[tuple[bool | None, ...], frozenset[tuple[int, str]]]:
        """Per unit: does a statement stand in it? And the (unit, name) of the bodies bound there.

        A statement stands where its task begins or, where no body of it is named there, in the first
        sentence after it that names one; what lies between, and the rest of its sentence, is left open.
        """
        states: dict[int, bool | None] = {}
        parties: set[tuple[int, str]] = set()
        used: dict[str, int] = defaultdict(int)
        for statement in statements:
            start = None if statement.in_table else self._begins(statement, used)
            if start is None:
                continue
            named = {(at, p.name) for p in statement.parties if (at := self._next_naming(start, p.name)) is not None}
            place = min((at for at, _ in named), default=start)
            states |= {at: None for at in range(start, place) if not states.get(at)} | {place: True}
            parties |= named
        return self._settled(states), frozenset(parties)

    def bound(self, extraction: Extraction) -> Iterator[tuple[int, str]]:
        for task in extraction.assignments:
            for party in task.parties if task.source is AssignmentSource.TEXT else ():
                at = self._unit_at(party.span.start)
                if at is not None and key(party.name) in self._keys[at]:
                    yield at, key(party.name)

    def _begins(self, statement: ScoredStatement, used: dict[str, int]) -> int | None:
        """The unit in which the task begins; the same words again mean the next place."""
        head = statement.task[:_BEGINNING]
        at = self._text.find(head, used[head])
        at = at if at >= 0 else self._text.find(head)
        if at < 0 or not head:
            return None
        used[head] = at + 1
        return self._unit_at(self._origins[at])

    def _unit_at(self, offset: int) -> int | None:
        at = bisect_right(self._starts, offset) - 1
        return at if at >= 0 and offset < self._units[at].span.end else None

    def _next_naming(self, start: int, name: str) -> int | None:
        """The unit at or soon after `start` that names the body."""
        reach = range(start, min(start + _REACH, len(self._units)))
        return next((at for at in reach if name in self._keys[at]), None)

    def _settled(self, states: dict[int, bool | None]) -> tuple[bool | None, ...]:
        found: list[bool | None] = []
        for at, unit in enumerate(self._units):
            goes_on = at > 0 and self._units[at - 1].sentence == unit.sentence and found[-1] is not False
            found.append(states.get(at, None if goes_on else False))
        return tuple(found)
