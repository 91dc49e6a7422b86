"""Work asked for and how far it is, for every process that serves this corpus.

One process works at a time (`alone`): what is running when another may begin was left by one that died.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from gongbao.corpus.database import Connecting, String, Text, now, schema
from gongbao.corpus.shapes import KeptShape

table = sa.Table(
    "jobs",
    schema,
    sa.Column("id", String, primary_key=True),
    sa.Column("at", String, nullable=False),
    sa.Column("state", String, nullable=False),
    sa.Column("body", Text, nullable=False),
)
lines = sa.Table(
    "job_lines",
    schema,
    sa.Column("job", String, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("text", Text, nullable=False),
)
_KEPT = 50  # finished jobs that are remembered


class JobState(StrEnum):
    RECEIVING = "receiving"  # its files are on their way
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # done, but some inputs were not read


_FINISHED = (JobState.DONE, JobState.FAILED)


@dataclass(frozen=True, slots=True)
class AskedJob:
    """`names`: of uploaded files, or with `again` the places of files that are read once more, whatever is known of
    them; none where only what waits is to be extracted and indexed."""

    names: tuple[str, ...]
    by: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    id: str
    at: str  # ISO 8601, UTC
    asked: AskedJob
    state: JobState
    lines: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return self.asked.names

    @property
    def by(self) -> str:
        return self.asked.by

    @property
    def finished(self) -> bool:
        return self.state in _FINISHED


_ASKED = KeptShape(AskedJob, 1)


class Queue:
    """The jobs of one corpus."""

    def __init__(self, reading: Connecting, writing: Connecting) -> None:
        self._reading, self._writing = reading, writing

    def add(self, names: tuple[str, ...], by: str, state: JobState = JobState.WAITING, *, again: bool = False) -> str:
        """Its id. Long finished jobs are forgotten."""
        job = uuid.uuid4().hex[:12]
        row = {"id": job, "at": now(), "state": state.value, "body": _ASKED.dump(AskedJob(names, by, again))}
        old = sa.select(table.c.id).where(table.c.state.in_(_FINISHED)).order_by(table.c.at.desc()).offset(_KEPT)
        with self._writing() as connection:
            gone = list(connection.scalars(old.limit(_KEPT)))
            connection.execute(sa.delete(lines).where(lines.c.job.in_(gone)))
            connection.execute(sa.delete(table).where(table.c.id.in_(gone)))
            connection.execute(table.insert().values(row))
        return job

    def received(self, job: str, names: tuple[str, ...]) -> None:
        """All its files are kept: it may be worked on."""
        with self._writing() as connection:
            row = connection.execute(sa.select(table.c.body).where(table.c.id == job)).one()
            asked = AskedJob(names, _ASKED.read(row.body).by)
            values = {"state": JobState.WAITING.value, "body": _ASKED.dump(asked)}
            connection.execute(sa.update(table).where(table.c.id == job).values(values))

    def forget(self, job: str) -> None:
        with self._writing() as connection:
            connection.execute(sa.delete(lines).where(lines.c.job == job))
            connection.execute(sa.delete(table).where(table.c.id == job))

    def take(self) -> Job | None:
        """The first that is to be done, for whoever works alone; None where there is none."""
        open_ = table.c.state.in_((JobState.RUNNING.value, JobState.WAITING.value))
        first = sa.select(table.c.id).where(open_).order_by(table.c.at).limit(1).with_for_update(skip_locked=True)
        with self._writing() as connection:
            job = connection.scalar(first)
            if job is None:
                return None
            connection.execute(sa.update(table).where(table.c.id == job).values(state=JobState.RUNNING.value))
        return self.get(job)

    def say(self, job: str, text: str, state: JobState | None = None) -> None:
        number = sa.select(sa.func.coalesce(sa.func.max(lines.c.number) + 1, 0)).where(lines.c.job == job)
        with self._writing() as connection:
            connection.execute(lines.insert().values(job=job, number=number.scalar_subquery(), text=text))
            if state:
                connection.execute(sa.update(table).where(table.c.id == job).values(state=state.value))

    def get(self, job: str) -> Job | None:
        said = sa.select(lines.c.text).where(lines.c.job == job).order_by(lines.c.number)
        with self._reading() as connection:
            row = connection.execute(sa.select(table).where(table.c.id == job)).first()
            return _job(row, tuple(connection.scalars(said))) if row else None

    def all(self, *states: JobState) -> list[Job]:
        """In these states, or all; the newest first, without their lines."""
        query = sa.select(table).order_by(table.c.at.desc())
        if states:
            query = query.where(table.c.state.in_([state.value for state in states]))
        with self._reading() as connection:
            return [_job(row, ()) for row in connection.execute(query)]


def _job(row: sa.Row[tuple[object, ...]], said: tuple[str, ...]) -> Job:
    found = row._mapping
    return Job(found["id"], found["at"], _ASKED.read(found["body"]), JobState(found["state"]), said)
