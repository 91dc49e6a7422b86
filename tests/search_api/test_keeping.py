"""backup, restore and check as an administrator uses them."""

from __future__ import annotations

import shutil
from pathlib import Path

import sqlalchemy as sa
from gongbao.corpus.home import Home
from gongbao.corpus.store import Store

from tests.search_api.conftest import Run


def test_a_home_is_saved_and_brought_back(gongbao: Run, sample_home: Path, tmp_path: Path) -> None:
    archive, again = tmp_path / "备份.zip", tmp_path / "again"
    assert gongbao("backup", archive, home=sample_home)[0] == 0
    code, out, _ = gongbao("restore", archive, home=again)
    assert (code, "gongbao index" in out) == (0, True)
    assert gongbao("index", home=again)[0] == 0
    exports = [gongbao("export", "tasks", "--format", "jsonl", home=home)[1] for home in (sample_home, again)]
    assert exports[0] == exports[1] != ""
    assert gongbao("check", home=again)[:2] == (0, "语料库完好。\n")


def test_a_backup_may_lie_where_an_address_says(gongbao: Run, sample_home: Path, tmp_path: Path) -> None:
    address = f"{(tmp_path / '共用').as_uri()}/备份.zip"
    assert gongbao("backup", address, home=sample_home)[0] == 0
    assert (tmp_path / "共用" / "备份.zip").is_file()
    assert gongbao("restore", address, home=tmp_path / "again")[0] == 0
    code, _, told = gongbao("backup", address, home=sample_home)
    assert (code, "已经存在" in told) == (2, True)
    code, _, told = gongbao("restore", f"{address}.none", home=tmp_path / "other")
    assert (code, "没有这个文件" in told) == (2, True)


def test_what_is_broken_is_named(gongbao: Run, sample_home: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_home, tmp_path / "home")
    store = Store.open(Home(tmp_path / "home"))
    with store._engine.begin() as connection:
        connection.execute(sa.text("UPDATE extractions SET body = 'x' WHERE rowid = 1"))
    next((tmp_path / "home" / "files").iterdir()).write_bytes(b"other")
    code, _, told = gongbao("check", home=tmp_path / "home")
    assert code == 1
    assert "已损坏" in told
    assert "sample.pdf 的源文件已被改动" in told


def test_the_version_is_told(gongbao: Run, tmp_path: Path) -> None:
    code, out, _ = gongbao("--version", home=tmp_path)
    assert (code, out.split()[0]) == (0, "gongbao")
