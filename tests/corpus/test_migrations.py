"""A home of any age opens; what it holds is read whatever program wrote it; a newer one is refused."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from gongbao.corpus.database import schema
from gongbao.corpus.errors import CorpusError
from gongbao.corpus.home import Home
from gongbao.corpus.migrations import HEAD, configuration, revision_of, upgrade
from gongbao.corpus.shapes import KeptShape
from gongbao.corpus.store import Store

from tests import builders


def test_the_revisions_make_the_tables_of_the_code(store: Store) -> None:
    """On both databases: a table or column that is new in the code needs a revision."""
    with store._engine.begin() as connection:
        schema.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")
    upgrade(store._engine)
    with store._engine.connect() as connection:
        differs = compare_metadata(MigrationContext.configure(connection), schema)
        scripts = ScriptDirectory.from_config(configuration(connection))
    assert differs == []
    assert scripts.get_current_head() == HEAD


def test_a_home_that_was_made_before_revisions_opens(tmp_path: Path) -> None:
    store = Store.open(Home(tmp_path))
    document = builders.document("市水务局要做好准备。")
    store.put_issue(builders.issue(document), "1")
    store.close()
    with sqlite3.connect(Home(tmp_path).database) as old:
        old.execute("DROP TABLE alembic_version")
        old.execute("UPDATE documents SET body = replace(body, '\"shape\":1,', '')")
    old.close()
    again = Store.open(Home(tmp_path))
    assert list(again.documents()) == [document]
    assert revision_of(again._engine) == HEAD


def test_a_newer_home_is_refused(tmp_path: Path) -> None:
    Store.open(Home(tmp_path)).close()
    with sqlite3.connect(Home(tmp_path).database) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.close()
    with pytest.raises(CorpusError, match="更新版本"):
        Store.open(Home(tmp_path))


def test_a_row_with_a_field_taken_away_is_said_to_be_damaged(tmp_path: Path) -> None:
    store = Store.open(Home(tmp_path))
    store.put_issue(builders.issue(builders.document("甲。")), "1")
    with store._engine.begin() as connection:
        connection.execute(sa.text("UPDATE documents SET body = replace(body, '\"title\":', '\"t\":')"))
    with pytest.raises(CorpusError, match="已损坏"):
        list(store.texts())


PAGE = dict[str, int]


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ('{"页":3}', {"页": 5}),  # before versions were written: both upgrades
        ('{"shape":1,"页":3}', {"页": 4}),  # one
        ('{"shape":2,"页":3}', {"页": 3}),  # none
    ],
)
def test_a_body_of_an_older_shape_is_brought_up_to_date(kept: str, read: dict[str, int]) -> None:
    def more(body: dict[str, int]) -> dict[str, int]:
        return {name: value + 1 for name, value in body.items()}

    shape = KeptShape(PAGE, 2, {0: more, 1: more})
    found = shape.read(kept)
    assert {"页": found["页"]} == read


@pytest.mark.parametrize("kept", ['{"shape":3,"页":3}', '{"页":', '{"页":"三"}'])
def test_a_body_that_cannot_be_read_is_said_so(kept: str) -> None:
    with pytest.raises(CorpusError):
        KeptShape(PAGE, 2).read(kept)


def test_an_empty_body() -> None:
    assert KeptShape(PAGE, 1).dump({}) == '{"shape":1}'
