"""From a query tree to Elasticsearch's query language."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

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
    Query,
    Range,
    Ranked,
    Term,
)

Body = dict[str, Any]


def compile_query(query: Query) -> Body:
    return _of(query)


@singledispatch
def _of(query: object) -> Body:
    raise TypeError(f"not a query: {query!r}")


@_of.register
def _(query: Everything) -> Body:
    return {"match_all": {}}


@_of.register
def _(query: Nothing) -> Body:
    return {"match_none": {}}


@_of.register
def _(query: Term) -> Body:
    return {"term": {query.field.value: {"value": query.token}}}


@_of.register
def _(query: Phrase) -> Body:
    return {"match_phrase": {query.field.value: {"query": " ".join(query.tokens), "slop": query.slop}}}


@_of.register
def _(query: Keyword) -> Body:
    return _constant({"terms": {query.field.value: list(query.values)}})


@_of.register
def _(query: Prefix) -> Body:
    return _constant({"prefix": {query.field.value: {"value": query.start}}})


@_of.register
def _(query: Range) -> Body:
    limits = {"gte": query.low, "lte": query.high}
    return _constant({"range": {query.field.value: {k: v for k, v in limits.items() if v is not None}}})


@_of.register
def _(query: AllOf) -> Body:
    return {"bool": {"must": [_of(part) for part in query.parts]}} if query.parts else {"match_all": {}}


@_of.register
def _(query: AnyOf) -> Body:
    at_least = max(query.at_least, 1)
    if len(query.parts) < at_least:
        return {"match_none": {}}
    return {"bool": {"should": [_of(part) for part in query.parts], "minimum_should_match": at_least}}


@_of.register
def _(query: Best) -> Body:
    if not query.parts:
        return {"match_none": {}}
    return {"dis_max": {"queries": [_of(part) for part in query.parts], "tie_breaker": query.tie}}


@_of.register
def _(query: Ranked) -> Body:
    return {"bool": {"must": [_of(query.must)], "should": [_of(part) for part in query.should]}}


@_of.register
def _(query: Filtered) -> Body:
    return {
        "bool": {
            "must": [_of(query.query)],
            "filter": [_of(part) for part in query.where],
            "must_not": [_of(part) for part in query.without],
        }
    }


@_of.register
def _(query: Boost) -> Body:
    return {"bool": {"must": [_of(query.part)], "boost": query.by}}


@_of.register
def _(query: Constant) -> Body:
    return _constant(_of(query.part), query.score)


def _constant(query: Body, score: float = 1.0) -> Body:
    return {"constant_score": {"filter": query, "boost": score}}
