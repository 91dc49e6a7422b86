"""One body's page, and suggestions while somebody types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.numbers import canonical_number
from corpus.records import Role
from index.analysis import bigrams, key
from index.bodies import Bodies
from index.engine import Ask, Engine, Everything, Filtered, Phrase, Prefix, Query
from index.filters import Known, conditions
from index.models import AgencyView, Filters, Sort, StatementView, Suggestion
from index.payload import read_document, read_statement
from index.pinyin import syllables, typed_syllables
from index.query.fold import fold
from index.schema import Field, Kind

_LOOKED_AT = 50


def agency_view(engine: Engine, bodies: Bodies, known: Known, name: str, filters: Filters) -> AgencyView:
    """Every statement that binds a body under any of its names, by role, each by deadline."""
    query = Filtered(Everything(), conditions(replace(filters, agency=name), Kind.STATEMENT, known))
    views = list(map(read_statement, engine.scan(Kind.STATEMENT, query, Sort.DUE)))
    keys = known.body(name)
    wanted = frozenset((*keys.bodies, *keys.names))
    canonical = bodies.canonical(name)
    by_role = {role: tuple(view for view in views if _role(view, wanted) is role) for role in Role}
    return AgencyView(
        name=name,
        canonical=canonical[0] if len(canonical) == 1 else None,
        aliases=bodies.aliases(canonical),
        lead=by_role[Role.LEAD],
        responsible=by_role[Role.RESPONSIBLE],
        support=by_role[Role.SUPPORT],
    )


def _role(view: StatementView, wanted: frozenset[str]) -> Role | None:
    """The first of lead, responsible, support in which the body stands in a statement."""
    roles = {p.role for p in view.assignment.parties if wanted & {key(p.name), key(p.agency or p.name)}}
    return next((role for role in (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT) if role in roles), None)


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
        value.value.split("\t")[0] for value in engine.terms(Kind.STATEMENT, Field.ALIAS, prefix=typed, size=_LOOKED_AT)
    ]
    for name in dict.fromkeys(names):
        yield Suggestion(name, "agency")
    sounds = typed_syllables(typed) if typed.isascii() else ()
    if len(sounds) > 1:
        yield from _sounding(engine, sounds)


def _sounding(engine: Engine, sounds: tuple[str, ...]) -> Iterator[Suggestion]:
    query = Phrase(Field.PINYIN, sounds)
    facets = engine.facets(Kind.STATEMENT, query, (Field.ALIAS,), size=_LOOKED_AT)
    wanted = " ".join(sounds)
    names = (value.value.split("\t")[0] for facet in facets for value in facet.values)
    for name in dict.fromkeys(names):
        if wanted in " ".join(syllables(name)):
            yield Suggestion(name, "agency")


def _numbers(engine: Engine, typed: str) -> Iterator[Suggestion]:
    for value in engine.terms(Kind.DOCUMENT, Field.NUMBER, prefix=canonical_number(typed), size=_LOOKED_AT):
        if "〔" in value.value and not value.value.startswith("〔") and value.value.endswith("号"):
            yield Suggestion(value.value, "number")


def _titles(engine: Engine, typed: str) -> Iterator[Suggestion]:
    for hit in engine.search(Ask(Kind.DOCUMENT, _title_query(typed), size=_LOOKED_AT, counted=False)).items:
        yield Suggestion(read_document(hit).document.title, "title")


def _title_query(typed: str) -> Query:
    sounds = typed_syllables(typed) if typed.isascii() else ()
    if len(sounds) > 1:
        return Phrase(Field.PINYIN, sounds)
    pairs = bigrams(typed)
    if not pairs or len(pairs[0]) == 1:
        return Prefix(Field.TITLE, key(typed))
    return Phrase(Field.TITLE_BIGRAMS, pairs)
