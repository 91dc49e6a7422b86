"""From a query tree to a tantivy query."""

from __future__ import annotations

import re
from functools import singledispatch

from gongbao.index.engine import (
    AllOf,
    AnyOf,
    Best,
    Boost,
    Constant,
    Everything,
    Filtered,
    Keyword,
    Nothing,
    Phrase,
    Prefix,
    Range,
    Ranked,
    Term,
)
from tantivy import FieldType, Occur, Schema
from tantivy import Query as Compiled


@singledispatch
def compiled(query: object, schema: Schema) -> Compiled:
    """A query for the index of this schema."""
    raise TypeError(f"not a query: {query!r}")


@compiled.register
def _(query: Everything, schema: Schema) -> Compiled:
    return Compiled.all_query()


@compiled.register
def _(query: Nothing, schema: Schema) -> Compiled:
    return Compiled.empty_query()


@compiled.register
def _(query: Term, schema: Schema) -> Compiled:
    return Compiled.term_query(schema, query.field.value, query.token, "freq")


@compiled.register
def _(query: Phrase, schema: Schema) -> Compiled:
    if len(query.tokens) == 1:
        return compiled(Term(query.field, query.tokens[0]), schema)
    if not query.tokens:
        return Compiled.empty_query()
    return Compiled.phrase_query(schema, query.field.value, list(query.tokens), query.slop)


@compiled.register
def _(query: Keyword, schema: Schema) -> Compiled:
    if len(query.values) == 1:
        found = Compiled.term_query(schema, query.field.value, query.values[0], "basic")
    else:
        found = Compiled.term_set_query(schema, query.field.value, list(query.values))
    return Compiled.const_score_query(found, 1.0)


@compiled.register
def _(query: Prefix, schema: Schema) -> Compiled:
    pattern = re.sub(r"([^\w\s])", r"\\\1", query.start) + ".*"
    return Compiled.const_score_query(Compiled.regex_query(schema, query.field.value, pattern), 1.0)


@compiled.register
def _(query: Range, schema: Schema) -> Compiled:
    if query.low is not None and query.high is not None and query.low > query.high:
        return Compiled.empty_query()
    if query.low is None and query.high is None:
        return Compiled.const_score_query(Compiled.exists_query(query.field.value), 1.0)
    found = Compiled.range_query(schema, query.field.value, FieldType.Integer, query.low, query.high)
    return Compiled.const_score_query(found, 1.0)


@compiled.register
def _(query: AllOf, schema: Schema) -> Compiled:
    if not query.parts:
        return Compiled.all_query()
    return Compiled.boolean_query([(Occur.Must, compiled(part, schema)) for part in query.parts])


@compiled.register
def _(query: AnyOf, schema: Schema) -> Compiled:
    if len(query.parts) < max(query.at_least, 1):
        return Compiled.empty_query()
    parts = [(Occur.Should, compiled(part, schema)) for part in query.parts]
    return (
        Compiled.boolean_query(parts, max(query.at_least, 1)) if query.at_least > 1 else Compiled.boolean_query(parts)
    )


@compiled.register
def _(query: Best, schema: Schema) -> Compiled:
    if not query.parts:
        return Compiled.empty_query()
    return Compiled.disjunction_max_query([compiled(part, schema) for part in query.parts], query.tie)


@compiled.register
def _(query: Ranked, schema: Schema) -> Compiled:
    should = [(Occur.Should, compiled(part, schema)) for part in query.should]
    return Compiled.boolean_query([(Occur.Must, compiled(query.must, schema)), *should])


@compiled.register
def _(query: Filtered, schema: Schema) -> Compiled:
    where = [(Occur.Must, Compiled.const_score_query(compiled(part, schema), 0.0)) for part in query.where]
    without = [(Occur.MustNot, compiled(part, schema)) for part in query.without]
    return Compiled.boolean_query([(Occur.Must, compiled(query.query, schema)), *where, *without])


@compiled.register
def _(query: Boost, schema: Schema) -> Compiled:
    return Compiled.boost_query(compiled(query.part, schema), query.by)


@compiled.register
def _(query: Constant, schema: Schema) -> Compiled:
    return Compiled.const_score_query(compiled(query.part, schema), query.score)
