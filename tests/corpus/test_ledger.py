"""What failed is kept by content and place, until it is mended."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from gongbao.corpus.document import SourceKind
from gongbao.corpus.failure import Failure
from gongbao.corpus.home import Home
from gongbao.corpus.store import Store

from tests import builders

LOCKED = Failure("a.pdf", "ingest", "文件有密码", "解除密码", sha256="1" * 64, path="/甲/a.pdf")
NAMESAKE = replace(LOCKED, sha256="2" * 64, path="/乙/a.pdf")
COPY = replace(LOCKED, path="/丙/a.pdf")
UPLOAD = replace(LOCKED, sha256="3" * 64, path="")
PAGE = Failure("a.pdf", "ingest", "整页是图像", "安装识别组件", 3, builders.source().sha256, "/甲/a.pdf")
FALLEN = Failure("a.pdf", "extract", "提取时程序出错", "请交给开发者", 1, "1" * 64)
FROM_OLD_HOME = Failure("a.pdf", "ingest", "文件有密码", "解除密码")


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (NAMESAKE, "a file of that name in another folder"),
        (COPY, "the same file in another folder"),
        (UPLOAD, "an upload of that name"),
        (FALLEN, "another stage"),
        (replace(LOCKED, page=2), "another page"),
        (replace(LOCKED, cause="文件已损坏"), "another fault"),
    ],
)
def test_none_takes_the_place_of_another(store: Store, other: Failure, why: str) -> None:
    store.ledger.record(LOCKED)
    store.ledger.record(other)
    store.ledger.record(LOCKED)
    assert set(store.ledger.all()) == {LOCKED, other}


@pytest.mark.parametrize(
    ("entry", "file", "path", "gone", "why"),
    [
        (LOCKED, "a.pdf", "/甲/a.pdf", True, "what stood there could not be read; now another file does"),
        (NAMESAKE, "a.pdf", "/甲/a.pdf", False, "the one in the other folder is as it was"),
        (UPLOAD, "a.pdf", "", True, "uploaded again"),
        (UPLOAD, "a.pdf", "/甲/a.pdf", False, "an upload is not the file in a folder"),
        (PAGE, "a.pdf", "/甲/a.pdf", False, "the corpus still uses what was read in part"),
        (FALLEN, "a.pdf", "", False, "of another stage"),
        (FROM_OLD_HOME, "a.pdf", "/甲/a.pdf", True, "known by its name alone"),
        (FROM_OLD_HOME, "b.pdf", "/甲/b.pdf", False, "another name"),
    ],
)
def test_another_file_in_its_place(store: Store, entry: Failure, file: str, path: str, gone: bool, why: str) -> None:
    store.put_issue(builders.issue(builders.document("市水务局负责防汛工作。")), "1")
    store.ledger.record(entry)
    store.forget_failures_at(file, path, "4" * 64)
    assert (store.ledger.all() == []) is gone


def test_what_the_file_itself_could_not_give_stays(store: Store) -> None:
    """Though another source gives all its documents better."""
    better = builders.source("b.pdf", SourceKind.NATIVE)
    store.put_issue(builders.issue(builders.document("甲。", origin=better), name="b.pdf", kind=better.kind), "1")
    store.put_issue(builders.issue(builders.document("甲。")), "1")
    store.ledger.record(PAGE)
    store.forget_failures_at(PAGE.file, PAGE.path, PAGE.sha256)
    assert store.ledger.all() == [PAGE]


def test_content_that_is_read_anew_clears_its_entries_everywhere(store: Store) -> None:
    for failure in (LOCKED, COPY, NAMESAKE):
        store.ledger.record(failure)
    store.ledger.forget_content(LOCKED.sha256, "ingest")
    assert store.ledger.all() == [NAMESAKE]


def test_an_older_home_opens_with_its_entries(tmp_path: Path) -> None:
    """There they were kept by name alone."""
    store = Store.open(Home(tmp_path))
    store.put_issue(builders.issue(builders.document("甲。")), "1")
    store.close()
    with sqlite3.connect(tmp_path / "corpus.sqlite") as old:
        old.execute("PRAGMA user_version = 0")  # homes made before were not marked
        old.execute("DROP TABLE ledger")
        old.execute("DROP TABLE alembic_version")
        old.execute("CREATE TABLE failures (file, page, stage, cause, remedy, at, PRIMARY KEY (file, page, stage))")
        rows = [("a.pdf", 0, "ingest", "文件有密码", "解除密码", ""), ("yunchuan.txt", 2, "ingest", "甲", "乙", "")]
        old.executemany("INSERT INTO failures VALUES (?, ?, ?, ?, ?, ?)", rows)
    old.close()
    known = Failure("yunchuan.txt", "ingest", "甲", "乙", 2, builders.source().sha256)
    for _ in range(2):  # and the second time it is no older home any more
        assert Store.open(Home(tmp_path)).ledger.all() == [FROM_OLD_HOME, known]
