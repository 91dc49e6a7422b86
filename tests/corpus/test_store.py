"""The corpus on disk: idempotent, incremental, safe against a crash."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from gongbao.corpus.document import SourceKind
from gongbao.corpus.errors import CorpusError
from gongbao.corpus.failure import Failure
from gongbao.corpus.home import Home
from gongbao.corpus.records import Extraction
from gongbao.corpus.register import Register
from gongbao.corpus.store import Store
from gongbao.corpus.yearly import YearCounts
from gongbao.nlp.extract import Extractor

from tests import builders

VERSION = "1"


def extraction(document_id: str, version: str = VERSION) -> Extraction:
    return Extraction(document_id, version, "通知", (), (), (), (), ())


def from_file(name: str, kind: SourceKind, text: str = "各单位要做好准备。"):  # type: ignore[no-untyped-def]
    origin = builders.source(name, kind)
    return builders.issue(builders.document(text, origin=origin), name=name, kind=kind)


def test_a_document_comes_back_as_it_was(store: Store) -> None:
    document = builders.document(
        "一、总体要求", "市水务局要做好准备。", headings={"一、总体要求": 1}, rows=[["甲", "乙"]]
    )
    store.put_issue(builders.issue(document), VERSION)
    assert list(store.documents()) == [document]
    assert store.document(document.id) == document


def test_the_same_file_twice_changes_nothing(store: Store) -> None:
    issue = from_file("a.txt", SourceKind.TEXT)
    store.put_issue(issue, VERSION)
    assert store.has_issue(issue.source.sha256, VERSION)
    assert not store.has_issue(issue.source.sha256, "2")  # a newer reader reads again


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (SourceKind.TEXT, SourceKind.NATIVE, "b"),  # the better source wins, also when it comes later
        (SourceKind.NATIVE, SourceKind.TEXT, "a"),
        (SourceKind.OCR, SourceKind.TEXT, "b"),
        (SourceKind.TEXT, SourceKind.TEXT, "a"),  # among equals the first stays
    ],
)
def test_two_files_with_one_document(store: Store, first: SourceKind, second: SourceKind, kept: str) -> None:
    store.put_issue(from_file("a", first), VERSION)
    store.put_issue(from_file("b", second), VERSION)
    (document,) = store.documents()
    assert document.source.file == kept
    assert store.sources(document.id) == (kept, "b" if kept == "a" else "a")


def test_a_new_edition_of_a_file_takes_its_place(store: Store) -> None:
    """The same name, a paragraph more or less; another file of the same document does not."""
    (first,) = from_file("a", SourceKind.TEXT).documents
    store.put_issue(from_file("a", SourceKind.TEXT), VERSION)
    for text in (f"{first.text}\n又一段。", first.text[:-3]):
        edition = replace(first, text=text, source=replace(first.source, sha256=text.encode().hex()[-64:]))
        store.put_issue(replace(builders.issue(edition), source=edition.source), VERSION)
        assert [document.text for document in store.documents()] == [text]
    store.put_issue(from_file("b", SourceKind.TEXT), VERSION)
    assert [document.source.file for document in store.documents()] == ["a"]


def test_when_the_better_source_goes_the_other_serves(store: Store) -> None:
    native = from_file("a", SourceKind.NATIVE)
    store.put_issue(native, VERSION)
    store.put_issue(from_file("b", SourceKind.TEXT), VERSION)
    store.remove_issue(native.source.sha256)
    assert [document.source.file for document in store.documents()] == ["b"]


def test_among_equals_one_that_was_read_whole_wins(store: Store) -> None:
    """So that a page which is scanned anew takes the place of the one that could not be read."""
    cut = from_file("a", SourceKind.OCR)
    store.ledger.record(Failure("a", "ingest", "第3页无法识别", "重新扫描", 3, sha256=cut.source.sha256))
    store.put_issue(cut, VERSION)
    store.put_issue(from_file("b", SourceKind.OCR), VERSION)
    assert [document.source.file for document in store.documents()] == ["b"]
    assert store.unused() == {cut.source.sha256: 1}


def test_a_file_that_is_removed_leaves_nothing(store: Store, tmp_path: Path) -> None:
    issue = from_file("a.txt", SourceKind.TEXT)
    sha256 = issue.source.sha256
    (tmp_path / "a.txt").write_text("甲")
    store.keep_file(tmp_path / "a.txt", sha256)
    store.put_issue(issue, VERSION)
    store.add_place(sha256, str(tmp_path / "a.txt"))
    store.ledger.record(Failure("a.txt", "ingest", "第3页无法识别", "重新扫描", 3, sha256=sha256))
    store.remove_issue(sha256)
    assert (list(store.issues()), store.places(), store.ledger.all(), store.file_of(sha256)) == ([], {}, [], None)


def test_only_what_is_new_is_extracted(store: Store) -> None:
    issue = from_file("a.txt", SourceKind.TEXT)
    (document,) = issue.documents
    store.put_issue(issue, VERSION)
    assert store.unextracted(VERSION) == [document.id]
    store.put_extraction(extraction(document.id), document.source.sha256)
    assert store.unextracted(VERSION) == []
    assert store.unextracted("2") == [document.id]  # a newer extractor reads again
    store.put_issue(replace(issue, documents=(replace(document, addressees="各单位"),)), VERSION)
    assert store.unextracted(VERSION) == [document.id]  # and so does a document that was read anew


def test_a_document_that_left_its_file_leaves_its_records(store: Store) -> None:
    issue = from_file("a.txt", SourceKind.TEXT)
    (document,) = issue.documents
    store.put_issue(issue, VERSION)
    store.put_extraction(extraction(document.id), document.source.sha256)
    store.remove_issue(issue.source.sha256)
    assert store.extraction(document.id) is None
    assert store.stamps() == {}


def test_stamps_move_with_every_change(store: Store) -> None:
    issue = from_file("a.txt", SourceKind.TEXT)
    (document,) = issue.documents
    store.put_issue(issue, VERSION)
    before = store.stamps()[document.id]
    store.put_extraction(extraction(document.id), document.source.sha256)
    assert store.stamps()[document.id] > before


def test_documents_in_order_of_issue_and_place(store: Store) -> None:
    second = builders.document("甲。", number="云政发〔2024〕2号", position=1)
    first = builders.document("乙。", number="云政发〔2024〕9号", position=0)
    store.put_issue(builders.issue(second, first), VERSION)
    assert [document.position for document in store.documents()] == [0, 1]


def test_what_is_there_by_year(store: Store) -> None:
    """Of the number, else of the date; a document that was not extracted yet, and one without a year."""
    read = builders.document("市水务局要在2024年6月底前完成清淤。", number="云政发〔2023〕1号")
    waiting = builders.document("甲。", number=None, title="通告")
    undated = builders.document("乙。", number=None, title="声明", signed=None)
    store.put_issue(builders.issue(read, waiting, undated), VERSION)
    store.put_extraction(Extractor(Register.load()).extract(read), read.source.sha256)
    assert store.years() == [YearCounts(2023, 1, 1, 1, 1), YearCounts(2024, 1, 0, 0, 0), YearCounts(None, 1, 0, 0, 0)]


def test_a_folder_that_cannot_be_used_is_said_so(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with pytest.raises(CorpusError, match="无法打开语料库"):
        Store.open(Home(blocked))


def test_a_full_disk_is_said_so_and_loses_nothing(tmp_path: Path) -> None:
    """SQLite's page limit stands in for the disk's end."""
    store = Store.open(Home(tmp_path))
    store.put_issue(from_file("a.txt", SourceKind.TEXT), VERSION)
    with store._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    limit = f"PRAGMA max_page_count = {pages}"
    store._engine.dispose()
    from sqlalchemy import event

    event.listen(store._engine, "connect", lambda raw, _: raw.execute(limit))
    long = builders.document("甲" * 200_000, number="云政发〔2024〕77号", origin=builders.source("big.txt"))
    with pytest.raises(CorpusError, match="写入失败"):
        store.put_issue(builders.issue(long, name="big.txt"), VERSION)
    assert len(list(store.documents())) == 1


def test_killed_in_the_middle_of_writing(tmp_path: Path) -> None:
    """A writer that is killed leaves whole issues only."""
    script = (
        "from pathlib import Path; from gongbao.corpus.home import Home; from gongbao.corpus.store import Store;"
        "from tests import builders\n"
        f"store = Store.open(Home(Path({str(tmp_path)!r})))\n"
        "for n in range(10**6):\n"
        "    name = f'{n}.txt'; origin = builders.source(name)\n"
        "    numbers = [f'云政发〔2024〕{n * 2 + i}号' for i in (0, 1)]\n"
        "    documents = [builders.document('甲', number=number, origin=origin) for number in numbers]\n"
        "    store.put_issue(builders.issue(*documents, name=name), '1')\n"
        "    print(n, flush=True)\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": "."}
    )
    assert child.stdout
    for _ in range(5):
        child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    child.communicate()
    store = Store.open(Home(tmp_path))
    documents, issues = list(store.documents()), list(store.issues())
    assert len(issues) >= 5
    assert len(documents) == 2 * len(issues)


def test_the_home_keeps_its_name(tmp_path: Path) -> None:
    assert Store.open(Home(tmp_path)).id == Store.open(Home(tmp_path)).id


def test_a_file_is_kept_under_its_content(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "公报.PDF"
    path.write_bytes(b"%PDF-")
    store.keep_file(path, "abc")
    kept = store.file_of("abc", ".ofd", ".pdf")
    assert kept is not None
    assert (kept.name, kept.read_bytes()) == ("abc.pdf", b"%PDF-")


def test_dates_survive(store: Store) -> None:
    store.put_issue(builders.issue(builders.document("甲。", signed=date(2024, 2, 29))), VERSION)
    assert [document.signed for document in store.documents()] == [date(2024, 2, 29)]


def test_two_documents_of_one_id_are_never_silently_one(store: Store) -> None:
    one, other = builders.document("甲。"), builders.document("乙。", title="云川市人民政府关于表彰先进的决定")
    with pytest.raises(CorpusError):
        store.put_issue(builders.issue(one, other), VERSION)
