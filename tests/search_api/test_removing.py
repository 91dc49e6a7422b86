"""What leaves the corpus when a file is removed, and which file a name means."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from gongbao.corpus.errors import UsageError
from gongbao.corpus.home import Home
from gongbao.search_api.compose import Application, Settings
from gongbao.search_api.removing import find_removal, remove

NOTICE = "云川市人民政府关于加强{0}工作的通知\n云政发〔2024〕{1}号\n各县：\n市水务局负责{0}工作。\n2024年3月4日\n"


@pytest.fixture
def app(tmp_path: Path) -> Application:
    """Two files of one name, one of another, and one that cannot be read."""
    for place, name, what, number in (
        ("甲", "a.txt", "防汛", 1),
        ("乙", "a.txt", "抗旱", 2),
        ("乙", "b.txt", "供水", 3),
    ):
        (tmp_path / place).mkdir(exist_ok=True)
        (tmp_path / place / name).write_text(NOTICE.format(what, number), "utf-8")
    (tmp_path / "乙" / "broken.pdf").write_bytes(b"%PDF-")
    app = Application(Settings(Home(tmp_path / "home"), workers=1))
    list(app.ingest([tmp_path / "甲", tmp_path / "乙"]))
    app.extract()
    app.index()
    return app


def titles(app: Application) -> set[str]:
    return {hit.document.title for hit in app.service.search("工作", today=date(2024, 6, 15)).hits}


def test_corpus_index_and_tasks_follow(app: Application, tmp_path: Path) -> None:
    remove(app.store, find_removal(app.store, "b.txt"))
    app.extract()
    assert app.index().removed == 1
    assert titles(app) == {"云川市人民政府关于加强防汛工作的通知", "云川市人民政府关于加强抗旱工作的通知"}
    assert {row.ref.number for row in app.catalogs.current().documents} == {"云政发〔2024〕1号", "云政发〔2024〕2号"}
    assert len(list(app.service.iter_tasks(None, today=date(2024, 6, 15)))) == 2
    assert len(list((tmp_path / "home" / "files").iterdir())) == 2
    list(app.ingest([tmp_path / "乙" / "b.txt"]))  # and it can come back
    assert len(list(app.store.documents())) == 3


def test_a_name_of_two_files_is_asked_about(app: Application, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="写出路径"):
        find_removal(app.store, "a.txt")
    found = find_removal(app.store, str(tmp_path / "甲" / "a.txt"))
    assert [issue.documents or issue.source.file for issue in found.issues] == ["a.txt"]


def test_a_file_of_which_nothing_was_kept_leaves_the_ledger(app: Application) -> None:
    remove(app.store, find_removal(app.store, "broken.pdf"))
    assert app.store.ledger.all() == []


@pytest.mark.parametrize("name", ["2023-1", "c.txt", "a", ""])
def test_what_is_not_there_is_said(app: Application, name: str) -> None:
    with pytest.raises(UsageError, match="语料库中没有"):
        find_removal(app.store, name)


def test_the_content_itself_names_a_file(app: Application) -> None:
    issue = next(issue for issue in app.store.issues() if issue.source.file == "b.txt")
    assert find_removal(app.store, issue.source.sha256[:12]).issues == (issue,)
