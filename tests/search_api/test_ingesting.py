"""What is read again and what is not, and what of it is said each time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from gongbao.corpus.document import Document
from gongbao.corpus.failure import Failure
from gongbao.corpus.home import Home
from gongbao.corpus.records import Extraction
from gongbao.index.models import Filters
from gongbao.ingest.files import source_of
from gongbao.search_api.api import create_app
from gongbao.search_api.compose import Application, IngestStatus, Settings
from gongbao.search_api.document_shapes import DocumentShape
from gongbao.search_api.export.records import RecordKind, select_records

from gongbao import ingest, nlp
from tests import builders

NOTICE = "云川市人民政府关于加强防汛工作的通知\n云政发〔2024〕10号\n各县（市、区）人民政府：\n市水务局负责防汛工作。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "notice.txt").write_text(NOTICE, "utf-8")
    return tmp_path


def make_application(home: Path) -> Application:
    return Application(Settings(Home(home), workers=1))


@pytest.fixture
def reader_without_recognition(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Stands in for the reader: every file has a page that it cannot read; the list grows with what was read."""
    read: list[Path] = []

    def read_in_part(path: Path, *_: object) -> ingest.IssueReading:
        read.append(path)
        origin = source_of(path)
        issue = replace(builders.issue(builders.document("市水务局负责防汛工作。", origin=origin)), source=origin)
        return ingest.IssueReading(
            issue, (Failure(path.name, "ingest", "第2页是扫描图像", "安装 gongbao[ocr] 后重新读入", 2),)
        )

    monkeypatch.setattr(ingest, "read_file", read_in_part)
    monkeypatch.setattr(ingest.ocr, "is_installed", lambda: False)
    return read


def test_a_home_below_the_folder_is_not_read_again(folder: Path) -> None:
    app = make_application(folder / "gongbao-data")
    for status in (IngestStatus.ADDED, IngestStatus.UNCHANGED):  # the second time the home holds a copy
        assert [(o.path.name, o.status) for o in app.ingest([folder])] == [("notice.txt", status)]


def test_what_lies_in_the_home_is_read_where_it_is_named(folder: Path) -> None:
    """Uploads wait there."""
    app = make_application(folder)
    waiting = folder / "cache" / "upload-1"
    waiting.mkdir(parents=True)
    (waiting / "other.txt").write_text(NOTICE, "utf-8")
    assert [o.status for o in app.ingest([waiting])] == [IngestStatus.ADDED]


def test_what_was_kept_in_part_is_said_each_time(folder: Path, reader_without_recognition: list[Path]) -> None:
    app = make_application(folder / "home")
    first, second = (next(iter(app.ingest([folder / "notice.txt"]))) for _ in range(2))
    assert (first.status, second.status) == (IngestStatus.PARTIAL, IngestStatus.UNCHANGED)
    assert first.failures == second.failures != ()
    assert len(reader_without_recognition) == 1


def test_what_was_kept_in_part_is_read_again_once_recognition_is_installed(
    folder: Path, reader_without_recognition: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_application(folder / "home")
    list(app.ingest([folder / "notice.txt"]))
    monkeypatch.setattr(ingest.ocr, "is_installed", lambda: True)
    list(app.ingest([folder / "notice.txt"]))
    list(app.ingest([folder / "notice.txt"]))  # and not a third time, though it is still in part
    assert len(reader_without_recognition) == 2


def test_a_fault_in_one_file_does_not_keep_out_the_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "odd.txt").write_text("奇怪的文件", "utf-8")
    read = ingest.read_file

    def read_or_fall(path: Path, *rest: Any) -> ingest.IssueReading:
        if path.name == "odd.txt":
            raise AssertionError("never so")
        return read(path, *rest)

    monkeypatch.setattr(ingest, "read_file", read_or_fall)
    app = make_application(folder / "home")
    outcomes = {o.path.name: o for o in app.ingest([folder])}
    assert outcomes["notice.txt"].status is IngestStatus.ADDED
    assert "AssertionError never so" in outcomes["odd.txt"].failures[0].cause


def test_a_fault_in_one_document_is_in_the_ledger_until_it_is_mended(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "other.txt").write_text(NOTICE.replace("10号", "11号"), "utf-8")
    app = make_application(folder / "home")
    list(app.ingest([folder]))
    extract = nlp.Extractor.extract

    def extract_or_fall(self: nlp.Extractor, document: Document) -> Extraction:
        if document.number == "云政发〔2024〕11号":
            raise ValueError("not a number")
        return extract(self, document)

    with monkeypatch.context() as broken:
        broken.setattr(nlp.Extractor, "extract", extract_or_fall)
        assert (app.extract().documents, len(app.store.ledger.all())) == (1, 1)
    assert app.extract().documents == 1
    assert app.store.ledger.all() == []


def test_files_of_one_name_keep_their_own_failures(folder: Path) -> None:
    for place in ("甲", "乙"):
        (folder / place).mkdir()
        (folder / place / "a.pdf").write_bytes(place.encode())
    app = make_application(folder / "home")
    list(app.ingest([folder / "甲"]))
    list(app.ingest([folder / "乙"]))
    assert {failure.place for failure in app.store.ledger.all()} == {str(folder / p / "a.pdf") for p in ("甲", "乙")}


def test_a_file_that_is_mended_leaves_the_ledger(folder: Path) -> None:
    (folder / "notice.txt").write_bytes(b"")
    app = make_application(folder / "home")
    list(app.ingest([folder]))
    assert [failure.place for failure in app.store.ledger.all()] == [str(folder / "notice.txt")]
    (folder / "notice.txt").write_text(NOTICE, "utf-8")
    list(app.ingest([folder]))
    assert app.store.ledger.all() == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("README.md", "说明文件"),
        ("photo.jpg", "不是能读的格式"),
    ],
)
def test_what_is_left_out_is_said_with_its_reason(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / name).write_text("甲", "utf-8")
    (outcome,) = make_application(tmp_path / "home").ingest([tmp_path / name])
    assert (outcome.status, why in outcome.why) == (IngestStatus.SKIPPED, True)


def test_extraction_tells_titles(folder: Path) -> None:
    app = make_application(folder / "home")
    list(app.ingest([folder]))
    labels: list[str] = []
    app.extract(lambda done, total, label: labels.append(label))
    assert labels == ["云川市人民政府关于加强防汛工作的通知"]


def test_the_other_files_of_a_document_are_told(folder: Path) -> None:
    (folder / "notice.md").write_text(NOTICE + "请认真抓好落实。\n", "utf-8")
    app = make_application(folder / "home")
    list(app.ingest([folder / "notice.txt", folder / "notice.md"]))
    (found,) = select_records(app, RecordKind.DOCUMENTS, None, Filters())
    assert isinstance(found, DocumentShape)
    assert (found.file, found.further_sources) == ("notice.txt", ("notice.md",))
    app.extract()
    app.index()
    with TestClient(create_app(app)) as client:
        page = client.get(f"/documents/{found.id}").text
        assert client.get(f"/api/v1/documents/{found.id}").json()["further_sources"] == ["notice.md"]
    assert "另有来源" in page
    assert "notice.md" in page
