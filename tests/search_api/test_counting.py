"""The catalog follows the corpus: step by step it is what a fresh count would be, and nobody waits for long."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document, Source, SourceKind
from corpus.errors import CorpusError
from corpus.home import Home
from corpus.records import Extraction
from corpus.store import Store
from search_api.catalog import Catalog
from search_api.counting import Catalogs, Tally
from tests.search_api.sample import Draft, bare_decision, bike_notice, fill, flood_plan, old_rules

SOURCE = Source("2024-1.pdf", "0" * 64, SourceKind.NATIVE)
DRAFTS = [bike_notice(2024), bike_notice(2023), flood_plan(), bare_decision(), old_rules()]
_ADDED = [(draft.document(SOURCE), draft.extraction()) for draft in DRAFTS]


def _numbers(catalog: Catalog) -> dict[str, object]:
    """All but what is not a value."""
    return {f.name: getattr(catalog, f.name) for f in fields(catalog) if f.name not in ("linker", "at")}


def _fresh(held: dict[str, tuple[Document, Extraction | None]]) -> Catalog:
    tally = Tally()
    for document, extraction in held.values():
        tally.add(document, extraction)
    return tally.catalog(1)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(_ADDED) - 1), st.sampled_from(["put", "bare", "drop"])), max_size=12))
def test_step_by_step_it_is_what_a_fresh_count_is(steps: list[tuple[int, str]]) -> None:
    tally, held = Tally(), dict[str, tuple[Document, Extraction | None]]()
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


def test_only_what_changed_is_read_anew(store: Store) -> None:
    watched = _Watched(store)
    catalogs = Catalogs(watched)
    before = catalogs.current()
    assert sorted(watched.read) == sorted(draft.id for draft in DRAFTS)
    watched.read.clear()
    assert catalogs.current() is before
    _change(store, flood_plan())
    after = catalogs.current()
    assert watched.read == [flood_plan().id]
    assert after.counts.tasks + after.counts.duties < before.counts.tasks + before.counts.duties
    assert [row.ref.id for row in after.documents] == [row.ref.id for row in before.documents]


def test_who_asks_while_it_is_counted_gets_the_last_known_with_its_time(store: Store) -> None:
    watched = _Watched(store)
    catalogs = Catalogs(watched, patience=0.05)
    before = catalogs.current()
    assert before.note == ""
    watched.gate.clear()
    _change(store, flood_plan())
    meanwhile = catalogs.current()
    assert meanwhile.outdated
    assert f"{before.at:%H:%M}" in meanwhile.note
    assert meanwhile.counts == before.counts
    watched.gate.set()
    for _ in range(100):
        if not (after := catalogs.current()).outdated:
            break
    assert not after.outdated
    assert after.counts != before.counts


def test_a_count_begins_without_a_reader(store: Store) -> None:
    watched = _Watched(store)
    catalogs = Catalogs(watched)
    watched.gate.clear()
    catalogs.begin()
    catalogs.begin()  # goes on, is not begun twice
    watched.gate.set()
    assert catalogs.current().counts.documents == len(DRAFTS)
    assert len(watched.read) == len(DRAFTS)


def test_a_failed_count_is_told_and_tried_again(store: Store) -> None:
    watched = _Watched(store)
    catalogs = Catalogs(watched)
    watched.broken = True
    with pytest.raises(CorpusError, match="无法读取"):
        catalogs.current()
    watched.broken = False
    assert catalogs.current().counts.documents == len(DRAFTS)


def test_a_document_that_is_gone_is_no_longer_counted(store: Store) -> None:
    catalogs = Catalogs(store)
    assert catalogs.current().counts.documents == len(DRAFTS)
    document = store.document(bike_notice(2023).id)
    assert document
    store.remove_issue(document.source.sha256)
    assert catalogs.current().counts.documents == 3
