"""The shapes that a home's tables have had, and the way from each to the next (Alembic).

A home says its revision; one that says HEAD is opened without loading Alembic, and a new one is made so from the
tables of the code. A new revision is a file in versions/, and HEAD its name; a test compares what the revisions make
with the tables of the code.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from gongbao.corpus.database import is_read_only, schema
from gongbao.corpus.errors import CorpusError

HEAD = "0007"

# Several programs may start at once: the first one upgrades, the others find it done.
_ALONE = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "SELECT pg_advisory_xact_lock(7205759)"}
_revisions = sa.Table("alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32), primary_key=True))


def migrate(engine: sa.Engine) -> None:
    """Bring the tables to this program's revision; CorpusError for a home that a newer program made."""
    if not is_read_only(engine) and revision_of(engine) != HEAD and not _made(engine):
        upgrade(engine)


def revision_of(engine: sa.Engine) -> str | None:
    """None for an empty database, and for one that was made before revisions were written."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(sa.select(_revisions.c.version_num)).scalar()


def _made(engine: sa.Engine) -> bool:
    """Whether the database was empty, and has all its tables now."""
    with engine.begin() as connection:
        connection.exec_driver_sql(_ALONE[connection.dialect.name])
        if sa.inspect(connection).get_table_names():
            return False
        schema.create_all(connection)
        _revisions.create(connection)
        connection.execute(_revisions.insert().values(version_num=HEAD))
        return True


def upgrade(engine: sa.Engine) -> None:
    """By the revisions, from whatever the database holds."""
    from alembic import command
    from alembic.util.exc import CommandError

    with engine.begin() as connection:
        connection.exec_driver_sql(_ALONE[connection.dialect.name])
        try:
            command.upgrade(configuration(connection), "head")
        except CommandError as error:
            raise CorpusError("这个语料库由更新版本的 gongbao 建立", "升级 gongbao 后再打开") from error


def configuration(connection: sa.Connection):  # type: ignore[no-untyped-def]  # Alembic is loaded only where it works
    """Alembic's configuration over an open connection."""
    from alembic.config import Config

    found = Config()
    found.set_main_option("script_location", str(Path(__file__).parent))
    found.attributes["connection"] = connection
    return found
