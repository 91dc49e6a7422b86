"""The catalog follows the corpus: step by step it is what a fresh count would be, and nobody waits for long."""

from __future__ import annotations

import gzip
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from gongbao.corpus.document import Document, Source, SourceKind
from gongbao.corpus.errors import CorpusError
from gongbao.corpus.home import Home
from gongbao.corpus.records import Extraction
from gongbao.corpus.store import Store
from gongbao.search_api.catalog import Catalog, counting
from gongbao.search_api.catalog.counting import Catalogs, Tally
from gongbao.search_api.catalog.parts import CountedDocument, Sums, read_parts, write_parts
from gongbao.search_api.compose import CorpusLinker
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.search_api.sample import Draft, bare_decision, bike_notice, fill, flood_plan, old_rules

_STAMPS = Store.stamps
SOURCE = Source("2024-1.pdf", "0" * 64, SourceKind.NATIVE)
DRAFTS = [bike_notice(2024), bike_notice(2023), flood_plan(), bare_decision(), old_rules()]
_ADDED = [(draft.document(SOURCE), draft.extraction()) for draft in DRAFTS]


def _numbers(catalog: Catalog) -> dict[str, object]:
    """All but what is not a value."""
    values = {f.name: getattr(catalog, f.name) for f in fields(catalog) if f.name not in ("linker", "at")}
    return values | {"cities": {name: _numbers(own) for name, own in catalog.cities.items()}}


def _fresh(held: dict[str, tuple[Document, Extraction | None]], issues: int = 1) -> Catalog:
    tally = Tally(CorpusLinker)
    for document, extraction in held.values():
        tally.add(document, extraction)
    return tally.catalog(issues)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, len(_ADDED) - 1), st.sampled_from(["put", "bare", "drop"])), max_size=12))
def test_step_by_step_it_is_what_a_fresh_count_is(steps: list[tuple[int, str]]) -> None:
    tally, held = Tally(CorpusLinker), dict[str, tuple[Document, Extraction | None]]()
    for number, step in steps:
        document, extraction = _ADDED[number]
        if step == "drop":
            tally.drop(document.id)
            held.pop(document.id, None)
        else:
            held[document.id] = (document, extraction if step == "put" else None)
            tally.add(*held[document.id])
    assert _numbers(tally.catalog(1)) == _numbers(_fresh(held))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = fill(Home(tmp_path))
    yield store
    store.close()


class _Watched(Store):
    """Tells which documents are read anew; `gate` holds a count up, `broken` makes it fail."""

    def __init__(self, store: Store) -> None:
        self.__dict__ = store.__dict__
        self.read: list[str] = []
        self.gate = threading.Event()
        self.gate.set()
        self.broken = False

    def extraction(self, document_id: str) -> Extraction | None:
        assert self.gate.wait(10)
        if self.broken:
            raise CorpusError("语料库无法读取", "检查磁盘")
        self.read.append(document_id)
        return super().extraction(document_id)


def _change(store: Store, draft: Draft) -> None:
    document = store.document(draft.id)
    assert document
    store.put_extraction(Extraction(draft.id, "later", None, (), (), (), (), ()), document.source.sha256)


def test_only_what_changed_is_read_anew(store: Store, tmp_path: Path) -> None:
    watched = _Watched(store)
    catalogs = Catalogs(watched, tmp_path, CorpusLinker)
    before = catalogs.current()
    assert sorted(watched.read) == sorted(draft.id for draft in DRAFTS)
    watched.read.clear()
    assert catalogs.current() is before
    _change(store, flood_plan())
    after = catalogs.current()
    assert watched.read == [flood_plan().id]
    assert after.counts.tasks + after.counts.duties < before.counts.tasks + before.counts.duties
    assert [row.ref.id for row in after.documents] == [row.ref.id for row in before.documents]


def test_who_asks_while_it_is_counted_gets_the_last_known_with_its_time(store: Store, tmp_path: Path) -> None:
    watched = _Watched(store)
    catalogs = Catalogs(watched, tmp_path, CorpusLinker, patience=0.05)
    before = catalogs.current()
    assert before.note == ""
    watched.gate.clear()
    _change(store, flood_plan())
    meanwhile = catalogs.current()
    assert meanwhile.outdated
    assert f"{before.at:%H:%M}" in meanwhile.note
    assert meanwhile.counts == before.counts
    threading.Timer(0.2, watched.gate.set).start()
    whole = catalogs.complete()  # waits
    assert not whole.outdated
    assert whole.counts != before.counts
    assert catalogs.current() is whole


def test_a_slow_look_at_what_changed_is_not_taken_for_each_page(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "_SLOW", -1)  # as if it took long

    def slow(self: Store) -> dict[str, str]:
        time.sleep(0.5)
        return _STAMPS(self)

    monkeypatch.setattr(Store, "stamps", slow)
    catalogs = Catalogs(store, tmp_path, CorpusLinker)
    before = catalogs.current()
    catalogs.current()  # looks once
    _change(store, flood_plan())
    assert catalogs.current() is before  # within the time in which it is not looked at again
    assert catalogs.complete() is not before  # what programs read is looked at each time


def test_a_big_count_is_kept_for_the_next_start(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_FEW", 0)
    before = Catalogs(store, tmp_path, CorpusLinker).current()
    _wait_for(tmp_path / "catalog.jsonl.gz")
    _change(store, flood_plan())
    watched = _Watched(store)
    after = Catalogs(watched, tmp_path, CorpusLinker).current()
    assert watched.read == [flood_plan().id]  # nothing else is read again
    assert _numbers(after) == _numbers(_fresh({d.id: (d, store.extraction(d.id)) for d in store.texts()}, 2))
    assert after.counts != before.counts


@pytest.mark.parametrize(
    "damage", [lambda b: b[: len(b) // 2], lambda b: b"no gzip", lambda b: gzip.compress(b"old\n{}")]
)
def test_a_damaged_or_older_count_is_counted_anew(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[bytes], bytes]
) -> None:
    monkeypatch.setattr(counting, "_FEW", 0)
    expected = Catalogs(store, tmp_path, CorpusLinker).current()
    kept = tmp_path / "catalog.jsonl.gz"
    _wait_for(kept)
    kept.write_bytes(damage(kept.read_bytes()))
    assert _numbers(Catalogs(store, tmp_path, CorpusLinker).current()) == _numbers(expected)


def test_what_cannot_be_kept_is_counted_all_the_same(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "_FEW", 0)
    no_folder = tmp_path / "file"
    no_folder.write_text("")
    assert Catalogs(store, no_folder, CorpusLinker).current().counts.documents == len(DRAFTS)


def test_parts_come_back_as_they_were(tmp_path: Path) -> None:
    parts = [CountedDocument.of(document, extraction, "2024-05-01")[0] for document, extraction in _ADDED]
    write_parts(parts, tmp_path)
    assert read_parts(tmp_path) == parts
    assert [Sums.unpacked(part.sums) for part in parts] == [Sums.of(extraction) for _, extraction in _ADDED]


def test_of_long_documents_only_what_is_counted_and_linked_is_kept() -> None:
    for document, extraction in _ADDED:
        links = CountedDocument.of(document, extraction, "2024-05-01")[0].links
        assert links
        assert [c.title for c in links.citations] == [c.title for c in extraction.citations]
        assert {f.name for f in fields(links) if getattr(links, f.name)} <= {"document_id", "version", "citations"}


def _wait_for(file: Path) -> None:
    """It is written after those who wait have their answer."""
    for _ in range(500):
        if file.exists():
            return
        time.sleep(0.01)
    pytest.fail("nothing was written")


def test_where_documents_keep_coming_a_program_still_gets_its_answer(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = itertools.count()
    monkeypatch.setattr(Store, "stamps", lambda self: dict.fromkeys(_STAMPS(self), str(next(moments))))
    found: list[Catalog] = []
    catalogs = Catalogs(store, tmp_path, CorpusLinker)
    asking = threading.Thread(target=lambda: found.append(catalogs.complete()), daemon=True)
    asking.start()
    asking.join(10)
    assert [catalog.counts.documents for catalog in found] == [len(DRAFTS)]


def test_a_count_begins_without_a_reader(store: Store, tmp_path: Path) -> None:
    watched = _Watched(store)
    catalogs = Catalogs(watched, tmp_path, CorpusLinker)
    watched.gate.clear()
    catalogs.begin()
    catalogs.begin()  # goes on, is not begun twice
    watched.gate.set()
    assert catalogs.current().counts.documents == len(DRAFTS)
    assert len(watched.read) == len(DRAFTS)


def test_a_failed_count_is_told_and_tried_again(store: Store, tmp_path: Path) -> None:
    watched = _Watched(store)
    catalogs = Catalogs(watched, tmp_path, CorpusLinker)
    watched.broken = True
    with pytest.raises(CorpusError, match="无法读取"):
        catalogs.current()
    watched.broken = False
    assert catalogs.current().counts.documents == len(DRAFTS)


def test_a_document_that_is_gone_is_no_longer_counted(store: Store, tmp_path: Path) -> None:
    catalogs = Catalogs(store, tmp_path, CorpusLinker)
    assert catalogs.current().counts.documents == len(DRAFTS)
    document = store.document(bike_notice(2023).id)
    assert document
    store.remove_issue(document.source.sha256)
    assert catalogs.current().counts.documents == 3
