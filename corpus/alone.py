"""Work that one process at a time may do, however many share the corpus.

On PostgreSQL an advisory lock of a connection: it goes with the process or its network, so that no clock says
when a lost one may be replaced. In a home of its own, a lock on a file, which the system releases likewise.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

_OURS = 7205760  # among the advisory locks of a database
_TAKE = sa.text("SELECT pg_try_advisory_lock(:ours, hashtext(:name))")
_LEAVE = sa.text("SELECT pg_advisory_unlock(:ours, hashtext(:name))")


@contextmanager
def alone(engine: sa.Engine, folder: Path, name: str) -> Iterator[bool]:
    """Whether nobody else holds this name; where so, it is held until the end. `folder`: of lock files."""
    held = _by_server(engine, name) if engine.dialect.name == "postgresql" else _by_file(folder / f"{name}.lock")
    with held as mine:
        yield mine


@contextmanager
def _by_server(engine: sa.Engine, name: str) -> Iterator[bool]:
    key = {"ours": _OURS, "name": name}
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mine = bool(connection.scalar(_TAKE, key))
        try:
            yield mine
        finally:
            if mine and not connection.invalidated:
                connection.execute(_LEAVE, key)


@contextmanager
def _by_file(path: Path) -> Iterator[bool]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
