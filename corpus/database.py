"""The SQLite file of a home: opened so that readers never wait for a writer, also where nothing may be written.

A home is prepared once (tables, columns, its id) and marked with the shape that it has then; later
openings find the mark and write nothing. In WAL mode a reader sees the last whole state while
another process writes.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from urllib.parse import quote

import sqlalchemy as sa
from gongbao.corpus.home import Home

_PATIENCE = 30.0  # seconds that a writer waits for another


def connect(home: Home) -> sa.Engine:
    """An engine on the home's database; one that only reads where the file or its folder may not be written."""
    if is_read_only(home):
        # immutable: SQLite can keep no lock and no index of the log there, and nobody else writes
        address = f"sqlite:///file:{_quoted(home)}?mode=ro&immutable=1&uri=true"
        return sa.create_engine(address)
    engine = sa.create_engine(f"sqlite:///{home.database}", connect_args={"timeout": _PATIENCE})
    sa.event.listen(engine, "connect", _set_pragmas)
    return engine


def is_read_only(home: Home) -> bool:
    """There is a database, and this process may not write it or beside it."""
    return home.database.exists() and not (os.access(home.database, os.W_OK) and os.access(home.root, os.W_OK))


def is_current(engine: sa.Engine, schemas: Sequence[sa.MetaData]) -> bool:
    """The database was prepared for just these tables. Where nothing can be written it has to do as it is."""
    if "mode=ro" in str(engine.url):
        return True
    with engine.connect() as connection:
        return bool(connection.execute(sa.text("PRAGMA user_version")).scalar() == _shape(schemas))


def mark_current(connection: sa.Connection, schemas: Sequence[sa.MetaData]) -> None:
    connection.execute(sa.text(f"PRAGMA user_version = {_shape(schemas)}"))


def _shape(schemas: Sequence[sa.MetaData]) -> int:
    """Changes with any table or column."""
    tables = [table for schema in schemas for table in schema.tables.values()]
    names = sorted(f"{table.name}.{column.name}" for table in tables for column in table.columns)
    return zlib.crc32("\n".join(names).encode()) & 0x7FFFFFFF


def _quoted(home: Home) -> str:
    return quote(str(home.database.resolve()))


def _set_pragmas(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()
