"""One body's page, and suggestions while somebody types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gongbao.corpus.language.document_numbers import canonical_number
from gongbao.corpus.records import Role
from gongbao.index.analysis import bigrams, key
from gongbao.index.bodies import Bodies
from gongbao.index.engine import Ask, Engine, Everything, Filtered, Phrase, Prefix, Query
from gongbao.index.filters import Known, binds, conditions
from gongbao.index.models import AgencyView, Filters, Suggestion
from gongbao.index.payload import read_document
from gongbao.index.pinyin import sounding, typed_syllables
from gongbao.index.query.fold import fold
from gongbao.index.schema import EntryKind, Field

_LOOKED_AT = 50


ROLES = (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT)  # a statement counts under the first in which the body stands


def agency_view(bodies: Bodies, name: str) -> AgencyView:
    canonical = bodies.canonical(name)
    aliases = bodies.aliases((*canonical, *bodies.successors(name)))
    return AgencyView(name, canonical[0] if len(canonical) == 1 else None, aliases)


def agency_query(known: Known, name: str, role: Role, filters: Filters) -> Query:
    """The statements that bind a body under any of its names in this role, and in none that comes before it."""
    one = replace(filters, agency=name, role=None)
    before = (binds(known.body(name), each) for each in ROLES[: ROLES.index(role)])
    where = (*conditions(one, EntryKind.STATEMENT, known), binds(known.body(name), role))
    return Filtered(Everything(), where, tuple(before))


def suggestions(engine: Engine, prefix: str, size: int) -> tuple[Suggestion, ...]:
    """Bodies, then numbers, then titles for what was typed so far; pinyin finds bodies and titles."""
    typed = fold(prefix)
    if not typed.strip():
        return ()
    found = (*_bodies(engine, typed), *_numbers(engine, typed), *_titles(engine, typed))
    return tuple(dict.fromkeys(found))[:size]


def _bodies(engine: Engine, typed: str) -> Iterator[Suggestion]:
    """Names as printed that begin so, most frequent first, then canonical ones by pinyin."""
    names = [
        value.value.split("\t")[0]
        for value in engine.terms(EntryKind.STATEMENT, Field.ALIAS, prefix=typed, size=_LOOKED_AT)
    ]
    for name in dict.fromkeys(names):
        yield Suggestion(name, "agency")
    sounds = typed_syllables(typed) if typed.isascii() else ()
    if len(sounds) > 1:
        yield from _sounding(engine, sounds)


def _sounding(engine: Engine, sounds: tuple[str, ...]) -> Iterator[Suggestion]:
    query = Phrase(Field.PINYIN, sounds)
    facets = engine.facets(EntryKind.STATEMENT, query, (Field.ALIAS,), size=_LOOKED_AT)
    names = (value.value.split("\t")[0] for facet in facets for value in facet.values)
    for name in dict.fromkeys(names):
        if any(sounding(sounds, name)):
            yield Suggestion(name, "agency")


def _numbers(engine: Engine, typed: str) -> Iterator[Suggestion]:
    for value in engine.terms(EntryKind.DOCUMENT, Field.NUMBER, prefix=canonical_number(typed), size=_LOOKED_AT):
        if "〔" in value.value and not value.value.startswith("〔") and value.value.endswith("号"):
            yield Suggestion(value.value, "number")


def _titles(engine: Engine, typed: str) -> Iterator[Suggestion]:
    for hit in engine.search(Ask(EntryKind.DOCUMENT, _title_query(typed), size=_LOOKED_AT, counted=False)).items:
        yield Suggestion(read_document(hit).document.title, "title")


def _title_query(typed: str) -> Query:
    sounds = typed_syllables(typed) if typed.isascii() else ()
    if len(sounds) > 1:
        return Phrase(Field.PINYIN, sounds)
    pairs = bigrams(typed)
    if not pairs or len(pairs[0]) == 1:
        return Prefix(Field.TITLE, key(typed))
    return Phrase(Field.TITLE_BIGRAMS, pairs)
