"""The ledger: which files, pages and documents could not be read, were left out or still wait, why, and what to do.

What stands in no entry was read. An entry's state is exactly one of failed, ignored (a person has seen it and
wants to hear no more of it), skipped (no kind of file that is read) and waiting (taken in, not read yet).

An entry is known by its content and its place, so that files of one name in two folders, or two copies
of one file, keep their own entries; the path is what a person finds the file by.
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from gongbao.corpus.database import Connecting, String, put, schema
from gongbao.corpus.failure import EntryState, Failure

table = sa.Table(
    "ledger",
    schema,
    sa.Column("file", String, primary_key=True),
    sa.Column("path", String, primary_key=True),
    sa.Column("sha256", String, primary_key=True),
    sa.Column("page", sa.Integer, primary_key=True),  # 0: the whole file
    sa.Column("stage", String, primary_key=True),
    sa.Column("cause", String, primary_key=True),
    sa.Column("remedy", String, nullable=False),
    sa.Column("at", String, nullable=False),
    sa.Column("state", String, nullable=False, server_default="failed"),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="1"),
    sa.Column("again", sa.Boolean, nullable=False, server_default=sa.false()),
)


class Ledger:
    """The entries of one corpus."""

    def __init__(self, reading: Connecting, writing: Connecting) -> None:
        self._reading = reading
        self._writing = writing

    def record(self, failure: Failure) -> None:
        row = {
            "file": failure.file,
            "path": failure.path,
            "sha256": failure.sha256,
            "page": failure.page or 0,
            "stage": failure.stage,
            "cause": failure.cause,
            "remedy": failure.remedy,
            "at": datetime.now(UTC).isoformat(timespec="microseconds"),
            "state": failure.state.value,
            "attempts": failure.attempts,
            "again": failure.again,
        }
        with self._writing() as connection:
            put(connection, table, row)

    def all(self) -> list[Failure]:
        """What failed and is not ignored."""
        return self.entries(EntryState.FAILED)

    def entries(self, *states: EntryState) -> list[Failure]:
        """The entries in these states, or all of them, by file, place and page."""
        query = sa.select(table).order_by(table.c.file, table.c.path, table.c.sha256, table.c.page)
        if states:
            query = query.where(table.c.state.in_([state.value for state in states]))
        with self._reading() as connection:
            return [_failure(row) for row in connection.execute(query)]

    def due(self) -> list[Failure]:
        """What was stopped and is to be tried again now."""
        query = sa.select(table).where(table.c.again, table.c.state == EntryState.FAILED.value)
        with self._reading() as connection:
            return [found for row in connection.execute(query) if (found := _failure(row)).is_due()]

    def counts(self) -> dict[tuple[str, str], int]:
        """How many entries each stage has in each state: (ingest, failed) 3."""
        columns = (table.c.stage, table.c.state)
        with self._reading() as connection:
            found = connection.execute(sa.select(*columns, sa.func.count()).group_by(*columns))
            return {(stage, state): count for stage, state, count in found}

    def change(self, failure: Failure, state: EntryState, attempts: int) -> None:
        """An entry is in another state from now on, or its tries are counted anew."""
        key = (failure.file, failure.path, failure.sha256, failure.page or 0, failure.stage, failure.cause)
        here = [column == value for column, value in zip(table.primary_key.columns, key, strict=True)]
        with self._writing() as connection:
            connection.execute(sa.update(table).where(*here).values(state=state.value, attempts=attempts))

    def forget_stage(self, stage: str) -> None:
        self._forget(table.c.stage == stage)

    def forget_content(self, sha256: str, stage: str) -> None:
        """Wherever it was found: this content is read anew."""
        self._forget(table.c.sha256 == sha256, table.c.stage == stage)

    def forget_place(self, file: str, path: str, stage: str, kept: sa.Select[tuple[str]], now: str = "") -> None:
        """Another file stands there: forget what was said of its forerunners, except of those whose content
        (`kept`) is in use still. `now`: the content that stands there, where it was read."""
        here = sa.and_(table.c.path == path, table.c.sha256.not_in(kept))
        unknown = sa.and_(table.c.path == "", table.c.sha256 == "")
        others = sa.true() if not now else table.c.sha256 != now
        self._forget(table.c.file == file, table.c.stage == stage, others, sa.or_(here, unknown))

    def forget_waiting(self, path: str) -> None:
        """What waited there was read, or has its own entry by now."""
        self._forget(table.c.path == path, table.c.state == EntryState.WAITING.value)

    def forget(self, failure: Failure) -> None:
        """Everything said of that file, in any stage."""
        self._forget(table.c.file == failure.file, table.c.path == failure.path, table.c.sha256 == failure.sha256)

    def _forget(self, *which: sa.ColumnElement[bool]) -> None:
        with self._writing() as connection:
            connection.execute(sa.delete(table).where(*which))


def _failure(row: sa.Row[tuple[object, ...]]) -> Failure:
    found = row._mapping
    names = ("file", "stage", "cause", "remedy", "sha256", "path", "attempts", "at")
    plain = {name: found[name] for name in names}
    return Failure(page=found["page"] or None, state=EntryState(found["state"]), again=bool(found["again"]), **plain)
