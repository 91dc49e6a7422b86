"""Documents for a question: fetched by titles, text and passages, to be ranked by what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gongbao.index.analysis import bigrams, key
from gongbao.index.engine import MOST_RANKED, AllOf, AnyOf, Ask, Best, Boost, Engine, Filtered, Keyword, Query, Term
from gongbao.index.models import DocumentHit, Passage
from gongbao.index.payload import read_document, read_passage
from gongbao.index.query.concepts import Concept
from gongbao.index.retrieve import any_of, in_field
from gongbao.index.schema import EntryKind, Field, number_keys

_DOCUMENTS, _PASSAGES, _MORE = 60, 150, 250  # fetched for ranking
REPEALED = "已废止"
_RESEMBLES = 0.5  # share of a question's pairs of characters that a title must hold to be looked at


@dataclass(frozen=True, slots=True)
class Sought:
    """A question as fetching and ranking need it.

    `typed`: its words as a title may hold them; `must` and `without` hold for a document's whole text.
    """

    concepts: tuple[Concept, ...]
    typed: str
    must: tuple[Query, ...] = ()
    without: tuple[Query, ...] = ()
    years: tuple[int, ...] = ()  # preferred
    depth: int = 0  # how many documents will be shown, at least
    near: tuple[Passage, ...] = ()  # passages found by meaning, with their cosines


@dataclass(frozen=True, slots=True)
class Candidates:
    documents: tuple[DocumentHit, ...]
    passages: tuple[Passage, ...]


def fetch(engine: Engine, sought: Sought, of_documents: Sequence[Query], of_passages: Sequence[Query]) -> Candidates:
    """Documents by title and text; passages anywhere, more of those in the documents found, those near in meaning."""
    where = (*sought.must, *of_documents)
    documents, passages = engine.search_all(
        (
            _documents(sought, where),
            _passages(sought, of_passages, _PASSAGES),
        )
    )
    found = {hit.id: read_document(hit) for hit in documents.items}
    pieces = _placed(map(read_passage, passages.items)) | _placed(sought.near)
    missing = tuple({piece.document.id for piece in pieces.values()} - set(found))
    found |= _named(engine, missing, where, sought.without)
    if found and passages.total > _PASSAGES:
        inside = (*of_passages, Keyword(Field.DOCUMENT, tuple(sorted(found))))
        more = engine.search(_passages(sought, inside, _MORE)).items
        pieces = _placed(map(read_passage, more)) | pieces
    kept = tuple(piece for piece in pieces.values() if piece.document.id in found)
    return Candidates(with_status(engine, tuple(found.values())), kept)


def _placed(passages: Iterable[Passage]) -> dict[tuple[str, str, tuple[str, ...]], Passage]:
    """By document, text and headings: the same row of a table twice is one."""
    return {(passage.document.id, passage.text, passage.path): passage for passage in passages}


def with_status(engine: Engine, hits: Sequence[DocumentHit]) -> tuple[DocumentHit, ...]:
    """The documents, those marked that another document of the index declares 废止."""
    names = [_names(hit) for hit in hits]
    if not names or not engine.count(
        EntryKind.DOCUMENT, Keyword(Field.REPEALS, tuple({n for own in names for n in own}))
    ):
        return tuple(hits)
    asks = [Ask(EntryKind.DOCUMENT, Keyword(Field.REPEALS, own), size=1, counted=False) for own in names]
    repealing = engine.search_all(asks)
    return tuple(replace(hit, status=REPEALED) if by.items else hit for hit, by in zip(hits, repealing, strict=True))


def _names(hit: DocumentHit) -> tuple[str, ...]:
    return (*number_keys(hit.document.number)[:1], key(hit.document.title))


def _named(
    engine: Engine, ids: tuple[str, ...], where: Sequence[Query], without: Sequence[Query]
) -> dict[str, DocumentHit]:
    if not ids:
        return {}
    query = Filtered(Keyword(Field.DOCUMENT, tuple(sorted(ids))), tuple(where), tuple(without))
    hits = engine.search(Ask(EntryKind.DOCUMENT, query, size=len(ids), counted=False))
    return {hit.id: read_document(hit) for hit in hits.items}


def _documents(sought: Sought, where: Sequence[Query]) -> Ask:
    size = min(max(_DOCUMENTS, 2 * sought.depth), MOST_RANKED)
    query = Filtered(_document_query(sought), tuple(where), sought.without)
    return Ask(EntryKind.DOCUMENT, query, size=size, counted=False)


def _passages(sought: Sought, where: Sequence[Query], size: int) -> Ask:
    return Ask(EntryKind.PASSAGE, Filtered(any_of(sought.concepts, EntryKind.PASSAGE), tuple(where)), size=size)


def _document_query(sought: Sought) -> Query:
    """Any concept anywhere, or a title much like the question."""
    resembling = _resembling(sought.typed)
    return Best((any_of(sought.concepts, EntryKind.DOCUMENT), *resembling), tie=1.0)


def _resembling(typed: str) -> tuple[Query, ...]:
    pairs = tuple(dict.fromkeys(bigrams(typed)))
    if len(pairs) < 3:
        return ()
    least = max(2, round(len(pairs) * _RESEMBLES))
    return (Boost(AnyOf(tuple(Term(Field.TITLE_BIGRAMS, pair) for pair in pairs), least), 2.0),)


def holding(text: str) -> Query:
    """Documents whose text or title holds this very string."""
    return Best((in_field(text, Field.BIGRAMS), in_field(text, Field.TITLE_BIGRAMS)))


def all_of(clauses: Sequence[Sequence[str]]) -> Query:
    return AllOf(tuple(AnyOf(tuple(holding(word) for word in clause)) for clause in clauses))
