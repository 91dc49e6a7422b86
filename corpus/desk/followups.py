"""The items of one corpus and their history, in tables of their own: nothing that is extracted writes here.

A change is one transaction; nothing in the history is ever changed or taken out. Two people who change the same
item are told apart by the version that each saw.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from gongbao.corpus.database import Connecting, String, Text, moment, now, schema, write_alone
from gongbao.corpus.desk.model import Change, Entry, Item, Wanted
from gongbao.corpus.desk.snapshot import Snapshot
from gongbao.corpus.errors import Conflict
from gongbao.corpus.shapes import KeptShape
from sqlalchemy.exc import IntegrityError

items = sa.Table(
    "desk_items",
    schema,
    sa.Column("key", String, primary_key=True),
    sa.Column("document", String, nullable=False, index=True),
    sa.Column("record", String, nullable=False, index=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("place", sa.Integer, nullable=False, index=True),  # of its last line in the log
    sa.Column("body", Text, nullable=False),
)
log = sa.Table(
    "desk_log",
    schema,
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("key", String, nullable=False, index=True),
    sa.Column("body", Text, nullable=False),
)
settled = sa.Table(
    "desk_settled",
    schema,
    sa.Column("document", String, primary_key=True),
    sa.Column("stamp", String, nullable=False),
)

_INDEXED = ""  # in `settled`, in place of a document: what the index has taken in
_ITEM = KeptShape(Item, 1)
_ENTRY = KeptShape(Entry, 1)


class Followups:
    """Safe for several processes: what another one wrote is read before each answer."""

    def __init__(self, reading: Connecting, writing: Connecting) -> None:
        self._reading, self._writing = reading, writing
        self._lock = threading.Lock()
        self._known = Snapshot(0, {})

    def snapshot(self) -> Snapshot:
        """All items as they stand now."""
        with self._lock:
            with self._reading() as connection:
                query = sa.select(items.c.key, items.c.place, items.c.body).where(items.c.place > self._known.place)
                rows = connection.execute(query).all()
                mark = connection.execute(sa.select(settled.c.stamp).where(settled.c.document == _INDEXED)).scalar()
            indexed = int(mark or 0)
            if rows or indexed != self._known.indexed:
                changed = {row.key: _ITEM.read(row.body) for row in rows}
                place = max((row.place for row in rows), default=self._known.place)
                self._known = self._known.with_changed(place, changed, indexed)
            return self._known

    def set_indexed(self, place: int) -> None:
        """The index has taken in everything up to this line of the history."""
        with self._writing() as connection:
            connection.execute(sa.delete(settled).where(settled.c.document == _INDEXED))
            connection.execute(settled.insert().values(document=_INDEXED, stamp=str(place)))

    def write(self, wanted: Sequence[Wanted], by: str, today: date) -> list[Item]:
        """Make all of these changes or none; Conflict where somebody changed one of the items since it was seen,
        UsageError for a change that cannot be meant."""
        with self._writing() as connection:
            write_alone(connection, log)
            at = moment(connection)
            return [self._change(connection, each, by, at, today) for each in wanted]

    def history(self, key: str) -> list[Entry]:
        """Oldest first."""
        query = sa.select(log.c.place, log.c.body).where(log.c.key == key).order_by(log.c.place)
        with self._reading() as connection:
            return [replace(_ENTRY.read(row.body), place=row.place) for row in connection.execute(query)]

    def recent(self, count: int) -> list[Entry]:
        """The last so many changes of all items, the newest first."""
        query = sa.select(log.c.place, log.c.body).order_by(log.c.place.desc()).limit(count)
        with self._reading() as connection:
            return [replace(_ENTRY.read(row.body), place=row.place) for row in connection.execute(query)]

    # --- after the corpus changed

    def unsettled(self, stamps: dict[str, str]) -> dict[str, list[Item]]:
        """Items of documents that changed, or came or went, since they were last looked at."""
        with self._reading() as connection:
            looked = {row.document: row.stamp for row in connection.execute(sa.select(settled))}
            rows = connection.execute(sa.select(items.c.body)).scalars().all()
        found: dict[str, list[Item]] = {}
        for body in rows:
            item = _ITEM.read(body)
            if looked.get(item.subject.document) != stamps.get(item.subject.document, "") or item.orphan:
                found.setdefault(item.subject.document, []).append(item)
        return found

    def settle(self, document: str, stamp: str, moved: Iterable[Item], by: str) -> None:
        """Where the items of a document stand now. A line in the history for each that moved; none other changes."""
        with self._writing() as connection:
            write_alone(connection, log)
            for item in moved:
                at = moment(connection)
                kept = replace(item, version=item.version + 1, at=at)
                entry = Entry(item.key, kept.version, now(), by, Change())
                place = connection.execute(log.insert().values(_log_row(entry))).inserted_primary_key
                self._put(connection, replace(kept, place=int(place[0]) if place else 0), item.version)
            connection.execute(sa.delete(settled).where(settled.c.document == document))
            connection.execute(settled.insert().values(document=document, stamp=stamp))

    # --- one change

    def _change(self, connection: sa.Connection, wanted: Wanted, by: str, at: str, today: date) -> Item:
        change = wanted.change.checked()
        row = connection.execute(
            sa.select(items.c.body).where(items.c.record == wanted.subject.record).order_by(items.c.place.desc())
        ).first()
        before = _ITEM.read(row.body) if row else Item(wanted.subject.record, wanted.subject)
        if before.version != wanted.seen:
            raise _conflict(before)
        after = replace(before, subject=wanted.subject, orphan=False).after(change, by, at, today)
        entry = Entry(after.key, after.version, now(), by, change)
        place = connection.execute(log.insert().values(_log_row(entry))).inserted_primary_key
        kept = replace(after, place=int(place[0]) if place else 0)
        self._put(connection, kept, before.version)
        return kept

    def _put(self, connection: sa.Connection, item: Item, seen: int) -> None:
        """Conflict where another process was faster."""
        row = {
            "key": item.key,
            "document": item.subject.document,
            "record": item.subject.record,
            "version": item.version,
            "place": item.place,
            "body": _ITEM.dump(item),
        }
        if seen:
            same = sa.and_(items.c.key == item.key, items.c.version == seen)
            if connection.execute(sa.update(items).where(same).values(row)).rowcount != 1:
                raise _conflict(item)
            return
        try:
            connection.execute(items.insert().values(row))
        except IntegrityError as error:
            raise _conflict(item) from error


def _log_row(entry: Entry) -> dict[str, str]:
    return {"key": entry.key, "body": _ENTRY.dump(entry)}


def _conflict(item: Item) -> Conflict:
    who = f"{item.by} 已于 {item.at[:16].replace('T', ' ')}（UTC）" if item.by else "他人刚刚"
    return Conflict(f"{who}更改过这一项：{item.subject.what[:30]}", "刷新后看清现在的状态，再提交")
