"""How long the stages took, whichever process did them: of each the last run, and all runs together."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa
from gongbao.corpus.database import Connecting, String, now, put_once, schema

table = sa.Table(
    "stages",
    schema,
    sa.Column("stage", String, primary_key=True),
    sa.Column("at", String, nullable=False, server_default=""),
    sa.Column("items", sa.Integer, nullable=False, server_default="0"),
    sa.Column("seconds", sa.Float, nullable=False, server_default="0"),
    sa.Column("runs", sa.Integer, nullable=False, server_default="0"),
    sa.Column("all_items", sa.Integer, nullable=False, server_default="0"),
    sa.Column("all_seconds", sa.Float, nullable=False, server_default="0"),
)


@dataclass(frozen=True, slots=True)
class StageTime:
    """The last run of a stage (ingest, extract, index, embed) ended `at` (UTC, ISO 8601) and did `items` in `seconds`
    of wall time: 120 pages in 9.5 s. `runs`, `all_items`, `all_seconds`: since the home was made."""

    stage: str
    at: str
    items: int
    seconds: float
    runs: int
    all_items: int
    all_seconds: float


@dataclass(slots=True)
class Run:
    """One run under way; who does it counts what was done."""

    items: int = 0


class Timings:
    """The times of one corpus."""

    def __init__(self, reading: Connecting, writing: Connecting) -> None:
        self._reading, self._writing = reading, writing

    @contextmanager
    def of(self, stage: str) -> Iterator[Run]:
        """Measures what is done within; a run that had nothing to do, or failed, leaves the last one standing."""
        run, began = Run(), time.monotonic()
        yield run
        if run.items:
            self._note(stage, run.items, time.monotonic() - began)

    def _note(self, stage: str, items: int, seconds: float) -> None:
        c = table.c
        sums = {"runs": c.runs + 1, "all_items": c.all_items + items, "all_seconds": c.all_seconds + seconds}
        last = {"at": now(), "items": items, "seconds": seconds}
        with self._writing() as connection:
            put_once(connection, table, {"stage": stage})
            connection.execute(sa.update(table).where(c.stage == stage).values(**last, **sums))

    def all(self) -> tuple[StageTime, ...]:
        """The last one first."""
        with self._reading() as connection:
            found = connection.execute(sa.select(table).order_by(table.c.at.desc()))
            return tuple(StageTime(**row._mapping) for row in found)
