"""Answers to questions: the bodies with their roles, the duties, the deadlines, the passages that say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from gongbao.corpus.records import DocumentRef
from gongbao.index.classes import printed_as
from gongbao.index.due import due_for, due_in, in_date_order, is_stated, on_topic, settled
from gongbao.index.engine import Ask, Everything, Filtered, Keyword
from gongbao.index.filters import binds, conditions
from gongbao.index.meaning.nearness import Nearness
from gongbao.index.models import (
    ChipKind,
    DeadlineView,
    DocumentHit,
    Filters,
    Intent,
    Passage,
    Reading,
    Sort,
    StatementView,
)
from gongbao.index.namesakes import home_first, namesakes, noting_namesakes, noting_successors
from gongbao.index.numbered import ITSELF, documents_numbered
from gongbao.index.payload import read_statement
from gongbao.index.query import patterns
from gongbao.index.query.concepts import Concept
from gongbao.index.query.fields import combined
from gongbao.index.query.read import ROLE_NAMES
from gongbao.index.query.times import names_this_year
from gongbao.index.rank import lifted, rank_passages
from gongbao.index.retrieve import any_of
from gongbao.index.schema import EntryKind, Field
from gongbao.index.search import FoundDocuments, Searcher
from gongbao.index.statements import in_order_of_role, nobody_has_role, rank_statements

_FETCHED = 120  # statements looked at for a topic
_ALL = (
    2_000  # statements of one body or period in one answer, which says where it ends; lists and exports have no limit
)
_NEAREST = 6  # documents nearest in meaning whose statements are all looked at
_OFFERED = 3  # documents shown where nothing answers
_POOR = 0.4  # share of a question in the best passage below which the answer is not called one
_ON_TOPIC = 0.4  # score of a duty where a topic is named beside the body


@dataclass(frozen=True, slots=True)
class Worked:
    """An answer worked out: everything best first, uncut."""

    reading: Reading
    filters: Filters
    found: FoundDocuments
    statements: tuple[StatementView, ...] = ()
    deadlines: tuple[DeadlineView, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answer is worked out from."""

    searcher: Searcher
    reading: Reading
    given: Filters  # set apart from the question
    today: date
    depth: int = 0  # how many documents will be shown, at least
    explain: bool = False

    def documents(self, reading: Reading, filters: Filters) -> FoundDocuments:
        return self.searcher.documents(reading, filters, depth=self.depth, explain=self.explain)


def asks_more_than_filters(reading: Reading) -> bool:
    """Whether there is anything to look for, or a kind of answer to give, beside fields that must hold."""
    sought = (reading.words, reading.numbers, reading.phrases, reading.clauses, reading.title, reading.excluded)
    return any(sought) or reading.intent in (Intent.DUTIES, Intent.DEADLINES)


def work_out(asked: Asked) -> Worked:
    """Answer a question that was read; UsageError where it has nothing to look for."""
    return _noting_words_alone(_worked_out(asked))


def _worked_out(asked: Asked) -> Worked:
    if asked.reading.intent is Intent.DUTIES:
        return _duties(asked)
    if asked.reading.intent is Intent.DEADLINES:
        return _deadlines(asked)
    return _topic(asked)


def _noting_words_alone(worked: Worked) -> Worked:
    """Says so, beside what else is to be said, where nothing was looked at for its meaning, and why."""
    why = worked.found.words_alone
    if why is None:
        return worked
    note = "；".join(filter(None, (worked.reading.note, f"只按词语检索（{why}）")))
    return replace(worked, reading=replace(worked.reading, note=note))


def passages_of(worked: Worked) -> tuple[Passage, ...]:
    return rank_passages(worked.found.passages, worked.found.documents)


# --- who does it, and plain searches


def _topic(asked: Asked) -> Worked:
    """A year in the question only prefers; what was set apart from it holds."""
    reading = asked.reading
    filters = combined(replace(reading.filters, year=None), asked.given)
    found = asked.documents(reading, filters)
    reading = _noting_no_such_number(asked.searcher, reading, found)
    if reading.numbers and not found.concepts:
        return Worked(reading, filters, found, _within(asked.searcher, found.documents))
    said = asked.searcher.is_said(reading, found, asked.today)
    if said is False and not reading.numbers:
        return _missing(reading, filters, found)
    statements = _about(asked.searcher, found, filters, reading)
    if reading.intent is Intent.WHO:
        statements = asked.searcher.closer(reading, statements) if said else statements
        found = replace(found, documents=lifted(found.documents, statements))
        reading = _noting_no_such_role(reading, statements)
    due = reading.also is Intent.DEADLINES
    limits = due_for(asked.searcher, found, filters) if due else ()
    told = reading if said else _noting_poor_finds(reading, found)
    return Worked(told, filters, found, statements, limits)


def _missing(reading: Reading, filters: Filters, found: FoundDocuments) -> Worked:
    """Nothing found answers: that is said first, and what comes nearest is shown as no more than that."""
    note = "没有找到所问的内容，以下只是意思最接近的文件，可换个说法再试"
    documents = tuple(replace(hit, by_meaning=True) for hit in found.documents[:_OFFERED])
    return Worked(replace(reading, note=note, missing=True), filters, replace(found, documents=documents))


def _noting_no_such_number(searcher: Searcher, reading: Reading, found: FoundDocuments) -> Reading:
    missing = [number for number in reading.numbers if not documents_numbered(number, searcher.engine)]
    if not missing:
        return reading
    rest = "，以下是引用它的、与所问词语相关的文件" if found.documents else ""
    return replace(reading, note=f"语料库中没有 {'、'.join(missing)}{rest}")


def _noting_no_such_role(reading: Reading, statements: Sequence[StatementView]) -> Reading:
    """Says so where nobody is named in the role asked; what is not about the topic at all is said elsewhere."""
    if not statements or not nobody_has_role(statements, reading.roles):
        return reading
    role = ROLE_NAMES[reading.roles[0]]
    return replace(reading, note=f"没有找到写明{role}单位的相关任务，以下是负责或承担这件事的单位")


def _within(searcher: Searcher, documents: Sequence[DocumentHit]) -> tuple[StatementView, ...]:
    """What the documents whose number was asked for lay down, as printed."""
    ids = tuple(hit.document.id for hit in documents if hit.score == ITSELF)
    hits = searcher.engine.scan(EntryKind.STATEMENT, Keyword(Field.DOCUMENT, ids)) if ids else ()
    return tuple(map(read_statement, islice(hits, _FETCHED)))


def _noting_poor_finds(reading: Reading, found: FoundDocuments) -> Reading:
    """Says so where no passage holds most of the question; a note that is there stays."""
    if reading.note or reading.numbers or not found.concepts:
        return reading
    best = max((passage.score for hit in found.documents for passage in hit.passages), default=0.0)
    if best >= _POOR:
        return reading
    note = "没有找到与所问大体相符的内容，以下只沾到个别词语" if found.documents else "没有找到"
    return replace(reading, note=f"{note}，可换个说法再试")


def _about(searcher: Searcher, found: FoundDocuments, filters: Filters, reading: Reading) -> tuple[StatementView, ...]:
    """Statements that hold words of the question, and those of the documents nearest to it in meaning."""
    concepts, nearness = found.concepts, Nearness.of(one.passage for one in found.passages)
    if not concepts and not nearness:
        return ()
    where = conditions(filters, EntryKind.STATEMENT, searcher.known)
    nearest = Keyword(Field.DOCUMENT, nearness.documents(_NEAREST))
    asks = [
        Ask(EntryKind.STATEMENT, Filtered(query, where), size=_FETCHED, counted=False)
        for query in (any_of(concepts, EntryKind.STATEMENT), nearest)
    ]
    hits = {hit.id: hit for found in searcher.engine.search_all(asks) for hit in found.items}
    person = reading.person is not None
    views = map(read_statement, hits.values())
    return rank_statements(concepts, views, reading.roles, person=person, nearness=nearness)


# --- what a body must do


def _duties(asked: Asked) -> Worked:
    """All statements that bind the body, lead first, then by deadline; with a topic those about it.

    Where there are none this year, those of the latest year that has such; else the question is searched
    for as words. The reading says so.
    """
    searcher, reading = asked.searcher, settled(asked.searcher, asked.reading, asked.given, asked.today)
    filters = combined(reading.filters, asked.given)
    statements = _bound(searcher, filters, searcher.concepts(reading), reading)
    if not statements:
        return _in_another_year(asked, reading, filters)
    names = namesakes(searcher.bodies, filters.agency or "", statements)
    statements = home_first(statements, names)
    words = asked.documents(_with_name(reading), _without_body(filters))
    found = replace(words, documents=_counted(view.document for view in statements).first(words.documents))
    dated = filters.due_from is not None or filters.due_to is not None
    limits = due_in(searcher, filters) if dated else ()
    told = noting_namesakes(_noting_a_class(_noting_the_end(reading, len(statements))), names)
    told = noting_successors(told, searcher.bodies, statements)
    return Worked(told, filters, found, statements, limits)


def _noting_a_class(reading: Reading) -> Reading:
    name = reading.filters.agency
    if reading.note or name is None or not printed_as(name):
        return reading
    return replace(reading, note=f"“{name}”是一类单位的统称，此处是写明这一类单位的任务；某一单位的任务请写它的名称")


def _in_another_year(asked: Asked, reading: Reading, filters: Filters) -> Worked:
    """Where 今年 was asked the latest year that has such is shown; one that was named by its number stays."""
    latest = _latest_year(asked.searcher, reading, filters)
    if latest is None:
        return _as_words(asked, f"没有找到“{filters.agency}”这样的任务或职责")
    role = ROLE_NAMES[filters.role] if filters.role else ""
    topic = f"“{reading.words}”" if reading.words else ""
    note = f"{filters.year}年没有{filters.agency}{role}的{topic}任务；最近有的是{latest}年"
    if asked.given.year is not None or not names_this_year(reading.query):
        return _as_words(asked, note)
    chips = tuple(replace(c, meaning=f"{latest}年") if c.kind is ChipKind.YEAR else c for c in reading.chips)
    shown = replace(reading, filters=replace(reading.filters, year=latest), chips=chips, note=f"{note}，列在下面")
    return _duties(replace(asked, reading=shown))


def _latest_year(searcher: Searcher, reading: Reading, filters: Filters) -> int | None:
    """The latest year with statements as asked; None where no year was asked or none has any."""
    if filters.year is None:
        return None
    anytime = Filtered(Everything(), conditions(replace(filters, year=None), EntryKind.STATEMENT, searcher.known))
    facets = searcher.engine.facets(EntryKind.STATEMENT, anytime, (Field.YEAR,), size=100)
    years = sorted((int(value.value) for facet in facets for value in facet.values), reverse=True)
    concepts = searcher.concepts(reading)
    return next((y for y in years if _bound(searcher, replace(filters, year=y), concepts, reading)), None)


def _bound(
    searcher: Searcher, filters: Filters, concepts: Sequence[Concept], reading: Reading
) -> tuple[StatementView, ...]:
    """What binds the body, then what binds each of those asked for beside it."""
    each = (filters, *(replace(filters, agency=name) for name in reading.beside))
    found = (view for own in each for view in _binding(searcher, own, concepts, reading))
    return tuple({view.id: view for view in found}.values())


def _binding(
    searcher: Searcher, filters: Filters, concepts: Sequence[Concept], reading: Reading
) -> tuple[StatementView, ...]:
    jointly = (binds(searcher.known.body(name), None) for name in reading.partners)
    query = Filtered(Everything(), (*conditions(filters, EntryKind.STATEMENT, searcher.known), *jointly))
    views = list(map(read_statement, islice(searcher.engine.scan(EntryKind.STATEMENT, query, Sort.DUE), _ALL)))
    if concepts:
        return tuple(view for view in rank_statements(concepts, views, reading.roles) if view.score >= _ON_TOPIC)
    keys = searcher.known.body(filters.agency).bodies if filters.agency else ()
    return in_order_of_role(views, frozenset(keys))


def _noting_the_end(reading: Reading, shown: int) -> Reading:
    if shown < _ALL:
        return reading
    return replace(reading, note=f"所问事项超过 {_ALL} 条，此处按期限列出前 {_ALL} 条；全部见任务清单或导出")


def _with_name(reading: Reading) -> Reading:
    return replace(reading, words=f"{reading.filters.agency or ''} {reading.words}".strip())


def _without_body(filters: Filters) -> Filters:
    return replace(filters, agency=None, role=None, year=None, due_from=None, due_to=None)


def _as_words(asked: Asked, why: str) -> Worked:
    reading = asked.reading
    plain = replace(_with_name(reading), filters=_without_body(reading.filters), note=f"{why}，改按词语检索")
    return replace(_topic(replace(asked, reading=plain)), statements=())


# --- what is due


def _deadlines(asked: Asked) -> Worked:
    """Deadlines of the period asked, of the topic asked, or of both.

    With a topic documents come as the words rank them, else by how much is due in each.
    """
    searcher, reading = asked.searcher, settled(asked.searcher, asked.reading, asked.given, asked.today)
    filters = combined(reading.filters, asked.given)
    dated = filters.due_from is not None or filters.due_to is not None
    concepts = searcher.concepts(reading)
    due = due_in(searcher, filters, expiring=patterns.expiring(reading.query)) if dated else ()
    statements = _bound(searcher, filters, concepts, reading) if dated else ()
    if not concepts and not reading.numbers:
        documents = _counted(view.document for view in due).first(())
        return Worked(_noting_the_end(reading, len(due)), filters, FoundDocuments(documents, (), ()), statements, due)
    found = asked.documents(reading, _without_body(filters))
    if dated:
        return Worked(reading, filters, found, statements, in_date_order(on_topic(found, due)))
    if asked.searcher.is_said(reading, found, asked.today) is False:
        return _missing(reading, filters, found)
    limits = due_for(searcher, found, replace(filters, year=None))
    told = _noting_no_date(reading, found, limits)
    return Worked(told, filters, found, _about(searcher, found, filters, reading), limits)


def _noting_no_date(reading: Reading, found: FoundDocuments, limits: Sequence[DeadlineView]) -> Reading:
    """Says so where the document that answers best does not print when this is due."""
    best = found.documents[0] if found.documents else None
    if reading.note or best is None or not found.concepts or is_stated(found, limits, best):
        return reading
    rest = "以下是相近事项的期限，请核对原文" if limits else "可看文件原文"
    missing = f"最相关的“{best.document.label}”里没有找到直接写明“{reading.words}”期限的句子"
    return replace(reading, note=f"{missing}；{rest}")


# --- documents by what they say


@dataclass(frozen=True, slots=True)
class _Counts:
    documents: dict[str, DocumentRef]
    counts: Counter[str]

    def first(self, others: Sequence[DocumentHit]) -> tuple[DocumentHit, ...]:
        """The documents that were counted, most first, then the others as they are."""
        known = {hit.document.id: hit for hit in others}
        counted = (self._hit(at, count, known.get(at)) for at, count in self.counts.most_common())
        rest = (hit for hit in others if hit.document.id not in self.counts)
        return (*counted, *rest)

    def _hit(self, document_id: str, count: int, known: DocumentHit | None) -> DocumentHit:
        hit = known or DocumentHit(self.documents[document_id], 0.0)
        return replace(hit, score=float(count), why=(f"所问事项 {count} 条",))


def _counted(documents: Iterable[DocumentRef]) -> _Counts:
    refs = list(documents)
    return _Counts({ref.id: ref for ref in refs}, Counter(ref.id for ref in refs))
