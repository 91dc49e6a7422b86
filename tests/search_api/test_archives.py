"""Archives are folders: their files are read with names and places as people know them, within bounds."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from gongbao.corpus.home import Home
from gongbao.search_api.compose import Application, FileOutcome, IngestStatus, Settings

from tests.ingest.hostile import zipped

NOTICE = "云川市人民政府关于加强防汛工作的通知\n云政发〔2024〕{}号\n各县（市、区）人民政府：\n市水务局负责防汛工作。\n"


def notice(number: int) -> bytes:
    return NOTICE.format(number).encode()


@pytest.fixture
def app(tmp_path: Path) -> Application:
    return Application(Settings(Home(tmp_path / "home"), workers=1))


def read(app: Application, path: Path, content: bytes) -> list[FileOutcome]:
    path.write_bytes(content)
    return list(app.ingest([path]))


def test_files_of_an_archive_are_found_by_it(app: Application, tmp_path: Path) -> None:
    content = zipped({"公报/甲.txt": notice(1), "乙.txt": notice(2), "照片.jpg": b"x", "__MACOSX/乙.txt": b"y"})
    outcomes = read(app, tmp_path / "2024.zip", content)
    assert sorted(outcome.status for outcome in outcomes) == [
        IngestStatus.ADDED,
        IngestStatus.ADDED,
        IngestStatus.SKIPPED,
    ]
    places = sorted(place for places in app.store.places().values() for place in places)
    assert places == [f"{tmp_path}/2024.zip/乙.txt", f"{tmp_path}/2024.zip/公报/甲.txt"]
    again = read(app, tmp_path / "2024.zip", content)
    assert sorted(outcome.status for outcome in again) == [
        IngestStatus.SKIPPED,
        IngestStatus.UNCHANGED,
        IngestStatus.UNCHANGED,
    ]
    assert list((tmp_path / "home" / "cache").iterdir()) == []


def test_names_in_gbk(app: Application, tmp_path: Path) -> None:
    """As older Windows systems pack: GBK bytes, and no mark that says so."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("nAmE.txt", notice(1))
    content = out.getvalue().replace(b"nAmE", "公报".encode("gbk"))
    read(app, tmp_path / "old.zip", content)
    assert [issue.source.file for issue in app.store.issues()] == ["公报.txt"]


def test_archives_in_archives_a_few_deep(app: Application, tmp_path: Path) -> None:
    deep = zipped({"底.txt": notice(1)})
    for level in range(4):
        deep = zipped({f"{level}.zip": deep, f"{level}.txt": notice(10 + level)})
    outcomes = read(app, tmp_path / "deep.zip", deep)
    assert len(list(app.store.issues())) == 3
    assert [outcome.failures[0].cause for outcome in outcomes if outcome.failures] == [
        "压缩包套了 3 层以上，没有再解开"
    ]


def hostile(name: str, link: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = (stat.S_IFLNK if link else stat.S_IFREG) << 16 | 0o644 << 16
        archive.writestr(info, notice(1))
    return out.getvalue()


OUTSIDE = ["../../out.txt", "/tmp/out.txt", "//tmp/out.txt", "C:\\out.txt", "a\\..\\..\\out.txt"]


@pytest.mark.parametrize(("name", "link"), [*((name, False) for name in OUTSIDE), ("l.txt", True)])
def test_nothing_leads_out_of_the_archive(app: Application, tmp_path: Path, name: str, link: bool) -> None:
    (outcome,) = read(app, tmp_path / "a.zip", hostile(name, link))
    assert (outcome.status, "压缩包之外" in outcome.failures[0].cause) == (IngestStatus.FAILED, True)
    assert list(tmp_path.rglob("out.txt")) == []


def test_a_bomb_is_named_and_the_rest_goes_on(app: Application, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.zip").write_bytes(zipped({"a.txt": b"0" * 700_000_000}))
    (tmp_path / "files" / "b.zip").write_bytes(b"PK\x03\x04 no archive")
    (tmp_path / "files" / "c.zip").write_bytes(zipped({}))
    (tmp_path / "files" / "d.txt").write_bytes(notice(1))
    outcomes = list(app.ingest([tmp_path / "files"]))
    assert [outcome.status for outcome in outcomes] == [*[IngestStatus.FAILED] * 3, IngestStatus.ADDED]
    assert all(failure.remedy for outcome in outcomes for failure in outcome.failures)
    assert {failure.file for failure in app.store.ledger.all()} == {"a.zip", "b.zip", "c.zip"}
    json.dumps([failure.cause for failure in app.store.ledger.all()])


def portfolio(inside: dict[str, bytes]) -> bytes:
    """A PDF with a blank page, as programs that make portfolios put before the files."""
    out = io.BytesIO()
    document = pdfium.PdfDocument.new()
    document.new_page(595, 842)
    for name, content in inside.items():
        document.new_attachment(name).set_data(content)
    document.save(out)
    document.close()
    return out.getvalue()


def test_files_of_a_portfolio_are_read_like_those_of_a_folder(app: Application, tmp_path: Path) -> None:
    content = portfolio({"甲.txt": notice(1), "照片.jpg": b"x", "../外.txt": notice(2)})
    outcomes = read(app, tmp_path / "汇编.pdf", content)
    assert sorted((outcome.path.name, str(outcome.status)) for outcome in outcomes) == [
        ("外.txt", "failed"),
        ("汇编.pdf", "added"),
        ("照片.jpg", "skipped"),
        ("甲.txt", "added"),
    ]
    assert f"{tmp_path}/汇编.pdf/甲.txt" in {place for places in app.store.places().values() for place in places}
    assert [document.number for document in app.store.documents()] == ["云政发〔2024〕1号"]
    assert "路径指向压缩包之外，或是链接" in [f.cause for outcome in outcomes for f in outcome.failures]
    again = [outcome.status for outcome in read(app, tmp_path / "汇编.pdf", content)]
    assert again == [IngestStatus.UNCHANGED]  # it is not opened again


def test_a_portfolio_in_an_archive_and_portfolios_a_few_deep(app: Application, tmp_path: Path) -> None:
    deep = portfolio({"底.txt": notice(1)})
    for level in range(3):
        deep = portfolio({f"{level}.pdf": deep, f"{level}.txt": notice(10 + level)})
    outcomes = read(app, tmp_path / "deep.zip", zipped({"汇编.pdf": deep}))
    numbers = {document.number for document in app.store.documents()}
    assert numbers == {"云政发〔2024〕12号", "云政发〔2024〕11号"}
    assert "文件包套了 3 层以上，没有再取出" in [f.cause for outcome in outcomes for f in outcome.failures]
