"""Concepts and filters as engine queries."""

from __future__ import annotations

from collections.abc import Sequence

from gongbao.index.analysis import bigrams, words
from gongbao.index.engine import AllOf, AnyOf, Best, Boost, Nothing, Phrase, Query, Term
from gongbao.index.query.concepts import Concept
from gongbao.index.schema import EntryKind, Field

# Fields in which the words of a question are looked for, and how much each tells.
_FIELDS: dict[EntryKind, tuple[tuple[Field, float], ...]] = {
    EntryKind.DOCUMENT: ((Field.TITLE_BIGRAMS, 2.0), (Field.HEADINGS, 1.0), (Field.BIGRAMS, 1.0)),
    EntryKind.PASSAGE: ((Field.BIGRAMS, 1.0), (Field.HEADINGS, 0.5)),
    EntryKind.STATEMENT: (
        (Field.BIGRAMS, 1.0),
        (Field.QUOTE, 0.9),
        (Field.NAMES, 0.5),
        (Field.HEADINGS, 0.7),
        (Field.TITLE, 0.3),
    ),
    EntryKind.DEADLINE: ((Field.BIGRAMS, 1.0), (Field.HEADINGS, 0.5), (Field.TITLE, 0.3)),
}
_IN_WORDS = {Field.BIGRAMS: Field.WORDS, Field.TITLE_BIGRAMS: Field.TITLE}
_LOOSE = 0.3  # a pair of characters of a longer word, so that near spellings are found at all


def any_of(concepts: Sequence[Concept], kind: EntryKind) -> Query:
    """Entries that hold at least one of the concepts in any form, those with rarer ones first."""
    return AnyOf(tuple(Boost(concept_query(concept, kind), concept.weight) for concept in concepts))


def all_of(concepts: Sequence[Concept], kind: EntryKind) -> Query:
    """Entries that hold every one of the concepts in some form, those with rarer ones more often first."""
    return AllOf(tuple(Boost(Best(_exact(concept, kind)), concept.weight) for concept in concepts))


def concept_query(concept: Concept, kind: EntryKind) -> Query:
    """Entries that hold a concept, or pieces of it."""
    return Best((*_exact(concept, kind), *_loose(concept, kind)))


def in_field(text: str, field: Field) -> Query:
    """Entries that hold a text: as a string where the field has pairs of characters, else all its words."""
    pairs = bigrams(text) if field in _IN_WORDS else ()
    if len(pairs) > 1 or (pairs and len(pairs[0]) > 1):
        return Phrase(field, pairs)
    tokens = words(text)
    parts = tuple(Term(_IN_WORDS.get(field, field), token) for token in tokens)
    return AllOf(parts) if parts else Nothing()


def _exact(concept: Concept, kind: EntryKind) -> tuple[Query, ...]:
    return tuple(
        Boost(in_field(form.text, field), form.weight * boost)
        for form in concept.forms
        for field, boost in _FIELDS[kind]
    )


def _loose(concept: Concept, kind: EntryKind) -> tuple[Query, ...]:
    pairs = bigrams(concept.text)
    if len(pairs) < 2:
        return ()
    field = _FIELDS[kind][0][0]
    return (Boost(AnyOf(tuple(Term(field, pair) for pair in pairs)), _LOOSE),)
