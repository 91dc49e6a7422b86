"""From a query tree to a tantivy query."""

from __future__ import annotations

import re
from functools import singledispatchmethod

from tantivy import FieldType, Occur, Schema
from tantivy import Query as Compiled

from index.engine import (
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
    Query,
    Range,
    Ranked,
    Term,
)


class Compiler:
    """Compiles for one kind's schema."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def compile(self, query: Query) -> Compiled:
        return self._of(query)

    @singledispatchmethod
    def _of(self, query: object) -> Compiled:
        raise TypeError(f"not a query: {query!r}")

    @_of.register
    def _(self, query: Everything) -> Compiled:
        return Compiled.all_query()

    @_of.register
    def _(self, query: Nothing) -> Compiled:
        return Compiled.empty_query()

    @_of.register
    def _(self, query: Term) -> Compiled:
        return Compiled.term_query(self._schema, query.field.value, query.token, "freq")

    @_of.register
    def _(self, query: Phrase) -> Compiled:
        if len(query.tokens) == 1:
            return self._of(Term(query.field, query.tokens[0]))
        if not query.tokens:
            return Compiled.empty_query()
        return Compiled.phrase_query(self._schema, query.field.value, list(query.tokens), query.slop)

    @_of.register
    def _(self, query: Keyword) -> Compiled:
        if len(query.values) == 1:
            found = Compiled.term_query(self._schema, query.field.value, query.values[0], "basic")
        else:
            found = Compiled.term_set_query(self._schema, query.field.value, list(query.values))
        return Compiled.const_score_query(found, 1.0)

    @_of.register
    def _(self, query: Prefix) -> Compiled:
        pattern = re.sub(r"([^\w\s])", r"\\\1", query.start) + ".*"
        return Compiled.const_score_query(Compiled.regex_query(self._schema, query.field.value, pattern), 1.0)

    @_of.register
    def _(self, query: Range) -> Compiled:
        if query.low is not None and query.high is not None and query.low > query.high:
            return Compiled.empty_query()
        if query.low is None and query.high is None:
            return Compiled.const_score_query(Compiled.exists_query(query.field.value), 1.0)
        found = Compiled.range_query(self._schema, query.field.value, FieldType.Integer, query.low, query.high)
        return Compiled.const_score_query(found, 1.0)

    @_of.register
    def _(self, query: AllOf) -> Compiled:
        if not query.parts:
            return Compiled.all_query()
        return Compiled.boolean_query([(Occur.Must, self._of(part)) for part in query.parts])

    @_of.register
    def _(self, query: AnyOf) -> Compiled:
        if len(query.parts) < max(query.at_least, 1):
            return Compiled.empty_query()
        parts = [(Occur.Should, self._of(part)) for part in query.parts]
        return (
            Compiled.boolean_query(parts, max(query.at_least, 1))
            if query.at_least > 1
            else Compiled.boolean_query(parts)
        )

    @_of.register
    def _(self, query: Best) -> Compiled:
        if not query.parts:
            return Compiled.empty_query()
        return Compiled.disjunction_max_query([self._of(part) for part in query.parts], query.tie)

    @_of.register
    def _(self, query: Ranked) -> Compiled:
        should = [(Occur.Should, self._of(part)) for part in query.should]
        return Compiled.boolean_query([(Occur.Must, self._of(query.must)), *should])

    @_of.register
    def _(self, query: Filtered) -> Compiled:
        where = [(Occur.Must, Compiled.const_score_query(self._of(part), 0.0)) for part in query.where]
        without = [(Occur.MustNot, self._of(part)) for part in query.without]
        return Compiled.boolean_query([(Occur.Must, self._of(query.query)), *where, *without])

    @_of.register
    def _(self, query: Boost) -> Compiled:
        return Compiled.boost_query(self._of(query.part), query.by)

    @_of.register
    def _(self, query: Constant) -> Compiled:
        return Compiled.const_score_query(self._of(query.part), query.score)
