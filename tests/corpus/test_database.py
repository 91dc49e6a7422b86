"""Which database, and what is said where it cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from gongbao.corpus.database import open_database
from gongbao.corpus.errors import GongbaoError, ServiceUnavailable, UsageError
from gongbao.corpus.home import Home
from gongbao.corpus.store import Store


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgresql", "oracle+none://x", "postgresql+nodriver://a@b/c"])
def test_an_address_that_cannot_be_meant(url: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="GONGBAO_DATABASE_URL"):
        open_database(Home(tmp_path), url)


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ServiceUnavailable, match="连不上数据库服务器"):
        Store.open(Home(tmp_path), "postgresql+psycopg://gongbao@127.0.0.1:1/none")


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("change", "told"),
    [({"database": "none"}, "没有这个库"), ({"username": "nobody"}, "不接受这个用户")],
)
def test_a_server_that_refuses(change: dict[str, str], told: str, database_url: str, tmp_path: Path) -> None:
    url = sa.make_url(database_url).set(**change).render_as_string(hide_password=False)
    with pytest.raises(GongbaoError, match=told):
        Store.open(Home(tmp_path), url)


@pytest.mark.postgresql
def test_a_database_that_may_only_be_read(database_url: str, tmp_path: Path) -> None:
    Store.open(Home(tmp_path), database_url).close()
    readonly = f"{database_url}?options=-cdefault_transaction_read_only%3Don"
    engine = open_database(Home(tmp_path), readonly)
    with pytest.raises(GongbaoError, match="只能读"):
        Store(Home(tmp_path), engine).add_place("1" * 64, "/甲.pdf")
    engine.dispose()


@pytest.mark.postgresql
def test_a_connection_that_was_cut_is_made_anew(database_url: str, tmp_path: Path) -> None:
    """The server was restarted between two questions."""
    store = Store.open(Home(tmp_path), database_url)
    name = sa.make_url(database_url).database
    cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND pid <> pg_backend_pid()"
    admin = sa.create_engine(database_url)
    with admin.connect() as connection:
        connection.execute(sa.text(cut))
    admin.dispose()
    assert list(store.issues()) == []
    store.close()
