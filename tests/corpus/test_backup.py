"""A corpus comes back from its archive as it was, on either database; a damaged or foreign archive writes nothing."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from gongbao.corpus.audit import Audit, Deed
from gongbao.corpus.backup import MANIFEST, restore_backup, write_backup
from gongbao.corpus.errors import CorpusError, UsageError
from gongbao.corpus.failure import Failure
from gongbao.corpus.files import EVIDENCE, SOURCES
from gongbao.corpus.home import Home
from gongbao.corpus.records import Extraction
from gongbao.corpus.store import Store

from tests import builders


@pytest.fixture
def archive(store: Store, tmp_path: Path) -> Path:
    """Of a corpus with one of each."""
    document = builders.document("市水务局要做好准备。", number="云政发〔2024〕10号")
    store.put_issue(builders.issue(document), "1")
    store.put_extraction(Extraction(document.id, "1", "通知", (), (), (), (), ()), document.source.sha256)
    store.ledger.record(Failure("甲.pdf", "ingest", "整页是图像", "安装识别组件", 3))
    (tmp_path / "甲.txt").write_text("市水务局要做好准备。", "utf-8")
    store.keep_file(tmp_path / "甲.txt", document.source.sha256)
    store.files.put(f"{EVIDENCE}{'e' * 64}.jpg", BytesIO(b"x"))
    (tmp_path / "register").mkdir()
    (tmp_path / "register" / "本市.toml").write_text("[[body]]\n", "utf-8")
    Audit(store.home).note("林知远", Deed.IGNORED, "甲.pdf")
    target = tmp_path / "备份.zip"
    done = write_backup(store, target)
    assert (done.files, target.stat().st_mode & 0o777) == (4, 0o600)
    return target


def test_it_comes_back_as_it_was(archive: Path, store: Store, tmp_path: Path) -> None:
    """Also onto another database than it came from."""
    home = Home(tmp_path / "again")
    restore_backup(archive, home)
    again = Store.open(home)
    assert [dict(t) for t in [_all(again)]] == [dict(t) for t in [_all(store)]]
    assert again.id == store.id
    for kept in (SOURCES, EVIDENCE):
        assert len(store.files.names(kept)) == 1
        assert again.files.names(kept) == store.files.names(kept)
    assert Audit(home).all() == Audit(store.home).all()
    assert (home.register / "本市.toml").read_text("utf-8") == "[[body]]\n"


def _all(store: Store) -> dict[str, list[str]]:
    return {name: list(lines) for name, lines in store.dump()}


def test_nothing_is_overwritten(archive: Path, store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="已经存在"):
        write_backup(store, archive)
    full = Home(tmp_path / "full")
    Store.open(full).put_issue(builders.issue(builders.document("乙。")), "1")
    with pytest.raises(UsageError, match="已有语料库"):
        restore_backup(archive, full)


def _changed(archive: Path, target: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w") as new:
        for each in old.namelist():
            new.writestr(each, content if each == name else old.read(each))
    return target


@pytest.mark.parametrize("damage", ["cut", "changed", "outside", "newer", "no zip"])
def test_a_bad_archive_writes_nothing(archive: Path, tmp_path: Path, damage: str) -> None:
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(archive) as file:
        manifest = json.loads(file.read(MANIFEST))
    if damage == "cut":
        bad.write_bytes(archive.read_bytes()[:-200])
    elif damage == "changed":
        _changed(archive, bad, "register/本市.toml", b"other")
    elif damage == "outside":
        manifest["sha256"]["../outside"] = "0" * 64
        _changed(archive, bad, MANIFEST, json.dumps(manifest).encode())
    elif damage == "newer":
        _changed(archive, bad, MANIFEST, json.dumps(manifest | {"revision": "9999"}).encode())
    else:
        bad.write_bytes(b"no archive")
    with pytest.raises(CorpusError):
        restore_backup(bad, Home(tmp_path / "again"))
    assert not (tmp_path / "again").exists()
