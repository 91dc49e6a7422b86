"""Filters as engine queries: one place, so that lists, exports and answers agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from gongbao.corpus.desk import OPEN, Outlook, Snapshot
from gongbao.corpus.errors import UsageError
from gongbao.corpus.records import AssignmentKind, DeadlineKind, PartyType, Role
from gongbao.index.engine import AllOf, AnyOf, Everything, Filtered, Keyword, Query, Range
from gongbao.index.models import Filters, NextDue
from gongbao.index.schema import FOLLOWED, EntryKind, Field, counted, day

NOTHING = Snapshot(0, {})  # where nobody follows anything up
_AT_ONCE = 50_000  # values in one condition; Elasticsearch takes 65,536
_BOUND = frozenset({EntryKind.DOCUMENT, EntryKind.STATEMENT, EntryKind.DEADLINE})  # kinds that know whom they bind

# How long a rule holds is a time limit that nobody has to keep: it is no task, and never overdue
_NO_TASK = Keyword(Field.DEADLINE, (DeadlineKind.EFFECTIVE.value,))


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
    desk: Callable[[], Snapshot] = lambda: NOTHING


def conditions(filters: Filters, kind: EntryKind, known: Known) -> tuple[Query, ...]:
    """What must hold for entries of a kind. What a kind cannot know (who is bound by a passage) is left out."""
    found = [*_keys(filters, known), *_numbers(filters, kind, known.desk())]
    if kind in _BOUND:
        found += _bound(filters, known)
    if filters.kind and kind in (EntryKind.STATEMENT, EntryKind.DOCUMENT):
        found.append(Keyword(Field.ASSIGNMENT, (filters.kind.value,)))
    if filters.wholes and kind is EntryKind.STATEMENT:
        found += _wholes(filters, known)
    for group in filters.any_of or ():
        each_way = (replace(each, wholes=filters.wholes and _names_bodies(each)) for each in group)
        found.append(AnyOf(tuple(AllOf(conditions(each, kind, known)) for each in each_way)))
    if filters.unbound and kind is EntryKind.DEADLINE:
        found.append(_without(Keyword(Field.PARTY_TYPE, tuple(PartyType))))
    if kind is EntryKind.DEADLINE and (filters.kind is AssignmentKind.TASK or filters.next_due):
        found.append(_without(_NO_TASK))
    if kind in FOLLOWED:
        found += _followed(filters, known.desk())
    return tuple(found)


def _wholes(filters: Filters, known: Known) -> Iterator[Query]:
    """Of a body those that count for it; where a group names bodies, each does so for itself."""
    if filters.agency is not None:
        roles = (filters.role,) if filters.role else tuple(Role)
        keys = (counted(role, body) for role in roles for body in known.body(filters.agency).bodies)
        yield Keyword(Field.COUNTED, tuple(dict.fromkeys(keys)))
    elif not any(_names_bodies(each) for group in filters.any_of or () for each in group):
        yield _without(Keyword(Field.PART, ("yes",)))


def _names_bodies(filters: Filters) -> bool:
    return filters.agency is not None


def _without(query: Query) -> Query:
    return Filtered(Everything(), without=(query,))


def _followed(filters: Filters, desk: Snapshot) -> Iterator[Query]:
    """What the 台账 knows of an entry: how it stands, who has it, and how pressing it is."""
    if filters.record is not None:
        yield Keyword(Field.ID, (filters.record,))
    asked = Outlook(filters.states or (), filters.person, filters.tag, filters.late)
    if filters.next_due and not filters.states:
        asked = replace(asked, states=OPEN)
    if asked != Outlook():
        yield _or_fresh(AllOf(tuple(_outlook(asked))), desk.fitting(asked), desk)
    if due := filters.next_due:
        yield _or_fresh(_falling(due), _period(due, desk), desk)


def _outlook(asked: Outlook) -> Iterator[Query]:
    if asked.states:
        yield Keyword(Field.STATE, tuple(asked.states))
    for field, value in ((Field.PERSON, asked.person), (Field.TAG, asked.tag)):
        if value is not None:
            yield Keyword(field, (value,))
    late = Keyword(Field.LATE, ("yes",))
    if asked.late is not None:
        yield late if asked.late else _without(late)


def _period(due: NextDue, desk: Snapshot) -> frozenset[str]:
    """Of the fresh ones those whose last day is as pressing as is asked."""
    if due.undated:
        return desk.undated()
    if due.first is None:
        return desk.due_within(None, due.today - timedelta(days=1))
    return desk.due_within(due.first, due.last)


def _or_fresh(indexed: Query, fresh: frozenset[str], desk: Snapshot) -> Query:
    """What the index says, save of those that were changed since: of them, these."""
    if not desk.fresh:
        return indexed
    return AnyOf((Filtered(indexed, without=(any_of(desk.fresh),)), any_of(fresh)))


def any_of(ids: frozenset[str]) -> Query:
    """In pieces of as many as an engine takes at once."""
    ordered = sorted(ids)
    parts = (ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE))
    return AnyOf(tuple(Keyword(Field.ID, tuple(part)) for part in parts))


def _falling(asked: NextDue) -> Query:
    """By the ends of all limits that fall due once: those looked for, and none that would come before them."""
    if asked.undated:
        return _without(Range(Field.ENDS))
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
    plain = (
        (Field.GENRE, filters.genre),
        (Field.SUBJECT, filters.subject),
        (Field.ISSUE, filters.issue),
        (Field.PLACE, filters.place),
    )
    return found + [Keyword(field, (value,)) for field, value in plain if value is not None]


def _numbers(filters: Filters, kind: EntryKind, desk: Snapshot) -> list[Query]:
    found: list[Query] = []
    if filters.year is not None:
        found.append(Range(Field.YEAR, filters.year, filters.year))
    if filters.updated_since is not None:
        found.append(Range(Field.UPDATED, _moment(filters.updated_since) + 1))
    if filters.signed_from or filters.signed_to:
        found.append(_between(Field.SIGNED, filters.signed_from, filters.signed_to))
    if filters.due_month is not None and kind in _BOUND:
        found.append(Keyword(Field.DUE_MONTH, (filters.due_month,)))
    if (filters.due_from or filters.due_to) and kind in _BOUND:
        printed = _between(Field.DUE, filters.due_from, filters.due_to)
        fresh = desk.due_within(filters.due_from, filters.due_to) if kind in FOLLOWED else frozenset()
        found.append(_or_fresh(printed, fresh, desk) if kind in FOLLOWED else printed)
    return found


def _between(field: Field, first: date | None, last: date | None) -> Range:
    return Range(field, day(first) if first else None, day(last) if last else None)


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
