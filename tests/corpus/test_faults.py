"""A database that cannot be used says why in Chinese, without the words of the libraries below."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from gongbao.corpus.errors import CorpusError
from gongbao.corpus.faults import corpus_error
from gongbao.corpus.home import Home
from gongbao.corpus.store import Store


def test_a_file_that_is_no_database_is_called_damaged(tmp_path: Path) -> None:
    Home(tmp_path).database.write_bytes(b"not a database " * 100)
    with pytest.raises(CorpusError) as raised:
        Store.open(Home(tmp_path))
    said = str(raised.value)
    assert "已损坏" in said
    assert str(Home(tmp_path).database) in said
    assert "gongbao run" in said
    assert "sqlalche" not in said
    assert "磁盘空间" not in said


def test_a_damaged_page_is_called_damaged(tmp_path: Path) -> None:
    """The head of the file is whole, what follows is not."""
    Store.open(Home(tmp_path)).close()
    file = Home(tmp_path).database
    kept = file.read_bytes()
    file.write_bytes(kept[:4096] + b"\xff" * (len(kept) - 4096))
    with pytest.raises(CorpusError, match="已损坏"):
        list(Store.open(Home(tmp_path)).issues())


@pytest.mark.parametrize(
    ("code", "cause", "remedy"),
    [
        (sqlite3.SQLITE_FULL, "磁盘已满", "空间"),
        (sqlite3.SQLITE_READONLY, "没有写入权限", "权限"),
        (sqlite3.SQLITE_BUSY, "另一个程序正在写入", "重试"),
        (sqlite3.SQLITE_IOERR | 10 << 8, "磁盘读写出错", "磁盘"),  # an extended code
    ],
)
def test_each_fault_has_its_own_remedy(tmp_path: Path, code: int, cause: str, remedy: str) -> None:
    own = sqlite3.OperationalError("in English")
    own.sqlite_errorcode = code
    said = corpus_error("语料库写入失败", sa.exc.OperationalError("SELECT", {}, own), tmp_path)
    assert said.message == f"语料库写入失败：{cause}"
    assert remedy in said.remedy


def test_an_unknown_fault_keeps_its_words(tmp_path: Path) -> None:
    assert (
        "odd" in corpus_error("语料库读取失败", sa.exc.DatabaseError("SELECT", {}, Exception("odd")), tmp_path).message
    )
