"""Which database, and what is said where it cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from gongbao.corpus.database import open_database
from gongbao.corpus.errors import CorpusError, GongbaoError, ServiceUnavailable, UsageError
from gongbao.corpus.home import Home
from gongbao.corpus.store import Store
from gongbao.search_api.compose import Application, IngestStatus, Settings

from tests import builders


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


@pytest.mark.postgresql
def test_an_older_server(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongbao.corpus.database.OLDEST_SERVER", 99)
    with pytest.raises(CorpusError, match="太旧（升级到 99"):
        Store.open(Home(tmp_path), database_url)


@pytest.mark.postgresql
def test_two_homes_on_one_database(database_url: str, tmp_path: Path) -> None:
    """The second lacks the files of what the first read: nothing is read into it."""
    first, second = (Store.open(Home(tmp_path / name), database_url) for name in ("1", "2"))
    document = builders.document("市水务局要做好准备。")
    first.must_hold_its_files()
    (tmp_path / "甲.txt").write_text("市水务局要做好准备。", "utf-8")
    first.keep_file(tmp_path / "甲.txt", document.source.sha256)
    first.put_issue(builders.issue(document), "1")
    first.must_hold_its_files()
    with pytest.raises(CorpusError, match="另一个目录读入"):
        second.must_hold_its_files()
    first.close()
    second.close()


@pytest.mark.postgresql
def test_a_database_that_goes_away_while_files_are_read(database_url: str, tmp_path: Path) -> None:
    """One clear line; what was finished is kept, and the same command reads the rest when it is back."""
    for number in (1, 2, 3):
        text = f"关于防汛的通知\n云政发〔2024〕{number}号\n各县：\n市水务局负责。\n"
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    store = Store.open(Home(tmp_path / "home"), database_url)
    app = Application(Settings(Home(tmp_path / "home"), workers=1))
    app.__dict__["store"] = store
    outcomes = app.ingest(sorted(tmp_path.glob("*.txt")))
    assert next(outcomes).status is IngestStatus.ADDED
    with _closed(database_url), pytest.raises(ServiceUnavailable, match="连不上数据库服务器"):
        next(outcomes)
    again = [outcome.status for outcome in app.ingest(sorted(tmp_path.glob("*.txt")))]
    assert again == [IngestStatus.UNCHANGED, IngestStatus.ADDED, IngestStatus.ADDED]
    assert store.ledger.entries() == []
    app.close()


@pytest.mark.postgresql
def test_a_server_whose_disk_is_full(database_url: str, tmp_path: Path) -> None:
    """A trigger says what a full disk says. The store holds all of a document or nothing, and goes on afterwards."""
    store = Store.open(Home(tmp_path), database_url)
    document = builders.document("市水务局要做好准备。")
    issue = builders.issue(document)
    with _full(database_url, "documents"), pytest.raises(CorpusError, match="数据库服务器的磁盘已满（腾出空间后重试）"):
        store.put_issue(issue, "1")
    assert (list(store.issues()), list(store.documents())) == ([], [])
    store.put_issue(issue, "1")
    assert list(store.documents()) == [document]
    store.close()


@contextmanager
def _full(database_url: str, table: str) -> Iterator[None]:
    """No row can be added to this table, for SQLSTATE 53100 (disk_full)."""
    engine = sa.create_engine(database_url, isolation_level="AUTOCOMMIT")
    body = "BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END"
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"))
        made = f"CREATE TRIGGER full_disk BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION full_disk()"
        connection.execute(sa.text(made))
        yield
        connection.execute(sa.text("DROP FUNCTION full_disk CASCADE"))
    engine.dispose()


@contextmanager
def _closed(database_url: str) -> Iterator[None]:
    """The server takes no connection to this database, and has cut those that were there."""
    url = sa.make_url(database_url)
    admin = sa.create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f"ALTER DATABASE {url.database} ALLOW_CONNECTIONS false"))
        cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{url.database}'"
        connection.execute(sa.text(cut))
        yield
        connection.execute(sa.text(f"ALTER DATABASE {url.database} ALLOW_CONNECTIONS true"))
    admin.dispose()
