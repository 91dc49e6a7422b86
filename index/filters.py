"""Filters as engine queries: one place, so that lists, exports and answers agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from gongbao.corpus.errors import UsageError
from gongbao.corpus.records import PartyType, Role
from gongbao.index.engine import AnyOf, Everything, Filtered, Keyword, Query, Range
from gongbao.index.models import Filters, NextDue
from gongbao.index.schema import Field, Kind, day

_DATED = frozenset({Kind.STATEMENT, Kind.DEADLINE})  # kinds that people follow up
_AT_ONCE = 50_000  # values in one condition; Elasticsearch takes 65,536
_BOUND = frozenset({Kind.DOCUMENT, Kind.STATEMENT, Kind.DEADLINE})  # kinds that know whom they bind


@dataclass(frozen=True, slots=True)
class BodyKeys:
    """The index keys of one body: `bodies` of its canonical names, `names` of how it is printed."""

    bodies: tuple[str, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """How names in filters are looked up."""

    body: Callable[[str], BodyKeys]
    documents: Callable[[str], tuple[str, ...]]  # ids of the documents a number or title names
    issuers: Callable[[str], tuple[str, ...]]


def conditions(filters: Filters, kind: Kind, known: Known) -> tuple[Query, ...]:
    """What must hold for entries of a kind. What a kind cannot know (who is bound by a passage) is left out."""
    found = [*_keys(filters, known), *_numbers(filters, kind)]
    if kind in _BOUND:
        found += _bound(filters, known)
    if filters.kind and kind in (Kind.STATEMENT, Kind.DOCUMENT):
        found.append(Keyword(Field.ASSIGNMENT, (filters.kind.value,)))
    if kind in _DATED:
        found += _chosen(filters)
    if filters.unbound and kind is Kind.DEADLINE:
        found.append(Filtered(Everything(), without=(Keyword(Field.PARTY_TYPE, tuple(PartyType)),)))
    return tuple(found)


def _chosen(filters: Filters) -> Iterator[Query]:
    """What is not asked of an entry's own words: which ones, and how pressing they are."""
    if filters.within is not None:
        yield _any_of(filters.within)
    if filters.outside:
        yield Filtered(Everything(), without=(_any_of(filters.outside),))
    if asked := filters.next_due:
        printed = Filtered(_falling(asked), without=(_any_of(asked.moved),)) if asked.moved else _falling(asked)
        yield AnyOf((printed, _any_of(asked.fitting))) if asked.fitting else printed


def _any_of(ids: frozenset[str]) -> Query:
    """In pieces of as many as an engine takes at once."""
    ordered = sorted(ids)
    parts = (ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE))
    return AnyOf(tuple(Keyword(Field.ID, tuple(part)) for part in parts))


def _falling(asked: NextDue) -> Query:
    """By the ends of all limits that fall due once: those looked for, and none that would come before them."""
    if asked.undated:
        return Filtered(Everything(), without=(Range(Field.ENDS),))
    today = day(asked.today)
    if asked.first is None:
        return Filtered(Range(Field.ENDS, None, today - 1), without=(Range(Field.ENDS, today),))
    first, last = day(asked.first), day(asked.last) if asked.last else None
    sooner = (Range(Field.ENDS, today, first - 1),) if first > today else ()
    return Filtered(Range(Field.ENDS, first, last), without=sooner)


def _keys(filters: Filters, known: Known) -> list[Query]:
    found: list[Query] = []
    if filters.document is not None:
        found.append(Keyword(Field.DOCUMENT, known.documents(filters.document)))
    if filters.issuer is not None:
        found.append(Keyword(Field.ISSUER, known.issuers(filters.issuer)))
    plain = ((Field.GENRE, filters.genre), (Field.SUBJECT, filters.subject), (Field.ISSUE, filters.issue))
    return found + [Keyword(field, (value,)) for field, value in plain if value is not None]


def _numbers(filters: Filters, kind: Kind) -> list[Query]:
    found: list[Query] = []
    if filters.year is not None:
        found.append(Range(Field.YEAR, filters.year, filters.year))
    if filters.updated_since is not None:
        found.append(Range(Field.UPDATED, _moment(filters.updated_since) + 1))
    if (filters.due_from or filters.due_to) and kind in _BOUND:
        low = day(filters.due_from) if filters.due_from else None
        found.append(Range(Field.DUE, low, day(filters.due_to) if filters.due_to else None))
    return found


def _bound(filters: Filters, known: Known) -> list[Query]:
    if filters.agency is None:
        return [Keyword(Field.ROLE, (filters.role.value,))] if filters.role else []
    return [binds(known.body(filters.agency), filters.role)]


def binds(keys: BodyKeys, role: Role | None) -> Query:
    """What binds a body, in one role or in any."""
    if role is None:
        return AnyOf((Keyword(Field.BODY, keys.bodies), Keyword(Field.NAME, keys.names or keys.bodies)))
    bodies, names = (
        tuple(f"{role.value}:{value}" for value in values) for values in (keys.bodies, keys.names or keys.bodies)
    )
    return AnyOf((Keyword(Field.ROLE_BODY, bodies), Keyword(Field.ROLE_NAME, names)))


def _moment(written: str) -> int:
    """Microseconds since 1970 of an ISO 8601 moment, UTC where it names no zone."""
    try:
        read = datetime.fromisoformat(written)
    except ValueError as error:
        raise UsageError(f"看不懂时间：{written}", "写 ISO 8601，如 2024-05-01T08:00:00") from error
    aware = read if read.tzinfo else read.replace(tzinfo=UTC)
    return int((aware - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1_000_000)
