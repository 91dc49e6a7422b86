"""The database of a corpus: SQLite in its home, or the PostgreSQL that GONGBAO_DATABASE_URL names.

Readers never wait for a writer: in WAL mode, as on PostgreSQL, a reader sees the last whole state while
another process writes. A home that may not be written is opened for reading alone.

One SQLAlchemy Core program for both. What differs between them stands here: how a row is put in place of
another, how text is ordered (by code points on both), and what a connection is told when it is made.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import sqlalchemy as sa
from gongbao.corpus.errors import CorpusError, UsageError
from gongbao.corpus.home import Home
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

if TYPE_CHECKING:  # its drivers take long to load
    from sqlalchemy.dialects import postgresql

URL_VARIABLE = "GONGBAO_DATABASE_URL"
OLDEST_SERVER = 13  # of PostgreSQL, which its makers still mend
_WAIT = 30  # seconds for another writer to finish

Connecting = Callable[[], AbstractContextManager[sa.Connection]]

schema = sa.MetaData()
String = sa.String().with_variant(sa.String(collation="C"), "postgresql")  # ordered by code points, as SQLite does
Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

meta = sa.Table("meta", schema, sa.Column("key", String, primary_key=True), sa.Column("value", String))
_MOMENT = "moment"
_TIMES = (("documents", "changed"), ("extractions", "changed"), ("reviews", "at"))  # what is compared


def open_database(home: Home, url: str | None = None) -> sa.Engine:
    """`url`: in place of GONGBAO_DATABASE_URL; neither: SQLite in the home. UsageError for one that cannot be meant."""
    named = url or os.environ.get(URL_VARIABLE)
    if not named:
        return _sqlite(home)
    try:
        address = sa.make_url(named)
        if address.get_backend_name() != "postgresql":
            raise UsageError(f"{URL_VARIABLE} 不是 PostgreSQL 的地址", "写成 postgresql+psycopg://用户:密码@主机/库")
        return sa.create_engine(address, pool_pre_ping=True, connect_args={"connect_timeout": _WAIT})
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        remedy = "写成 postgresql+psycopg://用户:密码@主机/库，并安装 gongbao[postgresql]"
        raise UsageError(f"{URL_VARIABLE} 不能用：{type(error).__name__}", remedy) from error


def meet(engine: sa.Engine) -> None:
    """Before the first question to a server: CorpusError for one that is too old."""
    if engine.dialect.name != "postgresql":
        return
    with engine.connect() as connection:
        version = connection.dialect.server_version_info or (0,)  # as the driver was told
    if version < (OLDEST_SERVER,):
        engine.dispose()
        told = ".".join(map(str, version))
        raise CorpusError(f"PostgreSQL {told} 太旧", f"升级到 {OLDEST_SERVER} 或更新的版本")


def is_there(home: Home) -> bool:
    """Whether the home holds a corpus, or a server does."""
    return bool(os.environ.get(URL_VARIABLE)) or home.database.is_file()


def is_read_only(engine: sa.Engine) -> bool:
    """Opened for reading alone: it has to do as it is."""
    return engine.url.query.get("mode") == "ro"


def _sqlite(home: Home) -> sa.Engine:
    if home.database.exists() and not (os.access(home.database, os.W_OK) and os.access(home.root, os.W_OK)):
        # immutable: SQLite can keep no lock and no index of the log there, and nobody else writes
        named = quote(str(home.database.resolve()))
        return sa.create_engine(f"sqlite:///file:{named}?mode=ro&immutable=1&uri=true")
    engine = sa.create_engine(f"sqlite:///{home.database}", connect_args={"timeout": _WAIT})
    sa.event.listen(engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


def write_alone(connection: sa.Connection, table: sa.Table) -> None:
    """From here to the end of the transaction nobody else writes to the table: what is read stays true.

    Must be the first statement of the transaction.
    """
    alone = "BEGIN IMMEDIATE" if connection.dialect.name == "sqlite" else f"LOCK TABLE {table.name} IN EXCLUSIVE MODE"
    connection.exec_driver_sql(alone)


def snapshot(connection: sa.Connection) -> None:
    """What is read from here on is the state of this moment, whoever writes meanwhile. The first statement, too."""
    postgres = connection.dialect.name == "postgresql"
    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ" if postgres else "BEGIN")


def put(connection: sa.Connection, table: sa.Table, row: Mapping[str, object]) -> None:
    """Insert a row, in place of one with the same key."""
    connection.execute(
        _insert(connection, table).values(row).on_conflict_do_update(index_elements=_key(table), set_=row)
    )


def put_once(connection: sa.Connection, table: sa.Table, row: Mapping[str, object]) -> None:
    """Insert a row, unless one with the same key is there."""
    connection.execute(_insert(connection, table).values(row).on_conflict_do_nothing(index_elements=_key(table)))


def _insert(connection: sa.Connection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


def _key(table: sa.Table) -> Sequence[sa.Column[Any]]:
    return list(table.primary_key.columns)


def now() -> str:
    """As it stands in every table, UTC."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def moment(connection: sa.Connection) -> str:
    """The time of a change, later than that of every change before it, wherever the clock stands.

    What is newer is told by comparing such times, so that a clock set back must not hide a change. Writes before
    it reads: until the transaction ends nobody else is given one.
    """
    here = meta.c.key == _MOMENT
    if not connection.execute(sa.update(meta).where(here).values(value=meta.c.value)).rowcount:
        put_once(connection, meta, {"key": _MOMENT, "value": _latest(connection)})
    last = connection.execute(sa.select(meta.c.value).where(here)).scalar_one()
    found = max(now(), _just_after(last)) if last else now()
    connection.execute(sa.update(meta).where(here).values(value=found))
    return found


def _latest(connection: sa.Connection) -> str:
    """Of a home that was made before moments were counted; "" of a new one."""
    columns = (schema.tables[table].c[column] for table, column in _TIMES)
    return max((connection.execute(sa.select(sa.func.max(each))).scalar() or "" for each in columns), default="")


def _just_after(last: str) -> str:
    return (datetime.fromisoformat(last) + timedelta(microseconds=1)).isoformat(timespec="microseconds")
