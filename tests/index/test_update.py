"""From the corpus to the index: only what changed, and whatever happened before."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from gongbao.corpus.errors import Busy
from gongbao.corpus.home import Home
from gongbao.corpus.store import Store
from gongbao.index import open_engine
from gongbao.index.embedded.engine import EmbeddedEngine
from gongbao.index.engine import Ask, Engine, Everything, Keyword, Term
from gongbao.index.meaning.embed import embed
from gongbao.index.meaning.encoder import Encoder
from gongbao.index.meaning.near import Meaning
from gongbao.index.models import UpdateReport
from gongbao.index.schema import EntryKind, Field
from gongbao.index.settings import EngineSettings
from gongbao.index.update import update

from tests import builders
from tests.index import sample


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(Home(tmp_path / "home"))


def keep(store: Store, *corpus: sample.Filed, name: str = "yunchuan.txt") -> None:
    origin = builders.source(name)
    documents = [replace(filed.document, source=origin) for filed in corpus]
    store.put_issue(builders.issue(*documents, name=name), "1")
    for filed in corpus:
        store.put_extraction(filed.extraction, origin.sha256)


def ids(engine: Engine, kind: EntryKind = EntryKind.DOCUMENT) -> list[str]:
    return [hit.id for hit in engine.scan(kind, Everything())]


def test_the_index_holds_exactly_the_corpus(engine: Engine, store: Store) -> None:
    corpus = sample.filed()
    keep(store, *corpus)
    assert update(engine, store) == UpdateReport(added=4)
    assert sorted(ids(engine)) == sorted(filed.document.id for filed in corpus)
    assert engine.count(EntryKind.STATEMENT, Everything()) == 5
    assert engine.stamps() == store.stamps()
    assert update(engine, store) == UpdateReport()


def test_only_what_changed_is_written(engine: Engine, store: Store) -> None:
    flood, twin, bicycles, note = sample.filed()
    keep(store, flood, twin, *sample.many(4), name="a.txt")
    keep(store, bicycles, name="b.txt")
    update(engine, store)
    store.put_extraction(sample.extraction(flood.document), builders.source("a.txt").sha256)
    store.remove_issue(builders.source("b.txt").sha256)
    keep(store, note, name="c.txt")
    seen: list[tuple[int, int, str]] = []
    report = update(engine, store, progress=lambda *step: seen.append(step))
    assert report == UpdateReport(added=1, changed=1, removed=1)
    assert {title for _, _, title in seen} == {flood.document.title, note.document.title}
    assert engine.count(EntryKind.STATEMENT, Keyword(Field.DOCUMENT, (flood.document.id,))) == 0
    assert engine.count(EntryKind.PASSAGE, Keyword(Field.DOCUMENT, (bicycles.document.id,))) == 0


def test_what_is_to_be_done_is_planned_while_nobody_else_writes(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan made before another writer ends would miss what that one wrote, or take its marks for a killed one's."""
    keep(store, *sample.filed())
    own, other = (EmbeddedEngine(tmp_path / "index") for _ in range(2))
    stamps, seen = store.stamps, []

    def watched() -> dict[str, str]:
        with pytest.raises(Busy), other.writer():
            pass
        seen.append(True)
        return stamps()

    monkeypatch.setattr(store, "stamps", watched)
    assert update(own, store).added == 4
    assert seen
    with other.locked(), pytest.raises(Busy):
        update(own, store)


def test_an_empty_corpus_makes_an_empty_index(engine: Engine, store: Store) -> None:
    keep(store, *sample.filed())
    update(engine, store)
    store.remove_issue(builders.source().sha256)
    assert update(engine, store) == UpdateReport(removed=4)
    assert ids(engine) == []


def test_rebuild_writes_everything_anew(engine: Engine, store: Store) -> None:
    keep(store, *sample.filed())
    update(engine, store)
    store.remove_issue(builders.source().sha256)
    keep(store, *sample.filed()[:3], *sample.many(1))
    assert update(engine, store, rebuild=True) == UpdateReport(added=1, changed=3, removed=1)
    assert len(ids(engine)) == 4


def test_a_corpus_that_mostly_changed_is_written_anew(engine: Engine, store: Store) -> None:
    """So that what was replaced no longer counts in the statistics that rank."""
    keep(store, *sample.filed())
    update(engine, store)
    before = engine.search(Ask(EntryKind.DOCUMENT, Term(Field.WORDS, "爆竹"))).items[0].score
    keep(store, *sample.filed())
    assert update(engine, store) == UpdateReport(changed=4)
    assert engine.frequencies(EntryKind.DOCUMENT, Field.WORDS, ("爆竹",)) == (1,)
    assert engine.search(Ask(EntryKind.DOCUMENT, Term(Field.WORDS, "爆竹"))).items[0].score == before


def test_reviewed_records_may_stand_for_the_stores_own(engine: Engine, store: Store) -> None:
    keep(store, *sample.filed())
    update(engine, store, extraction_of=lambda _: None)
    assert engine.count(EntryKind.STATEMENT, Everything()) == 0


def test_an_index_of_another_schema_is_replaced(engine: Engine, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(store, *sample.filed())
    update(engine, store)
    for module in (
        "gongbao.index.embedded.files",
        "gongbao.index.embedded.reader",
        "gongbao.index.embedded.engine",
        "gongbao.index.elastic.names",
    ):
        monkeypatch.setattr(f"{module}.SCHEMA_VERSION", "next")
    assert engine.stamps() == {}
    assert update(engine, store).added == 4
    assert len(ids(engine)) == 4


@pytest.mark.elasticsearch
def test_homes_do_not_see_each_other(tmp_path: Path, elasticsearch_url: str) -> None:
    stores = [Store.open(Home(tmp_path / name)) for name in ("one", "two")]
    engines = [open_engine(s.home, s.id, EngineSettings(url=elasticsearch_url)) for s in stores]
    for store, engine, filed in zip(stores, engines, sample.filed(), strict=False):
        keep(store, filed)
        update(engine, store)
    assert [len(ids(engine)) for engine in engines] == [1, 1]
    for store, engine in zip(stores, engines, strict=True):
        store.remove_issue(builders.source().sha256)
        update(engine, store)


# --- the embedded engine in a hard world

CHILD = """
import sys
from pathlib import Path
import gongbao.index.embedded.writer
gongbao.index.embedded.writer._COMMIT_EVERY = 40
from gongbao.corpus.home import Home
from gongbao.corpus.store import Store
from gongbao.index import open_engine
from gongbao.index.update import update
from gongbao.index.settings import EngineSettings
store = Store.open(Home(Path(sys.argv[1])))
update(open_engine(store.home, store.id, EngineSettings()), store, progress=lambda *step: print(*step, flush=True))
"""


def killed_after(home: Path, documents: int) -> None:
    """Index in another process, and kill it without warning after so many documents."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(home)], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )
    assert child.stdout
    for _ in range(documents):
        child.stdout.readline()
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()


@pytest.mark.parametrize("documents", [1, 25, 60])
def test_a_killed_writer_loses_nothing_and_leaves_nothing(store: Store, documents: int) -> None:
    corpus = sample.many(80)
    keep(store, *corpus, name="a.txt")
    killed_after(store.home.root, documents)
    engine = open_engine(store.home, store.id, EngineSettings())
    assert engine.interrupted()
    finished = set(engine.stamps())
    for document in finished:  # whatever has a stamp is whole
        expected = next(len(filed.extraction.assignments) for filed in corpus if filed.document.id == document)
        assert engine.count(EntryKind.STATEMENT, Keyword(Field.DOCUMENT, (document,))) == expected
    store.remove_issue(builders.source("a.txt").sha256)
    keep(store, *corpus[:3], name="b.txt")  # meanwhile most of the corpus has gone
    update(engine, store)
    for kind in EntryKind:
        assert engine.documents(kind) <= {filed.document.id for filed in corpus[:3]}
    assert engine.count(EntryKind.STATEMENT, Everything()) == sum(len(f.extraction.assignments) for f in corpus[:3])
    assert not engine.interrupted()


def test_readers_go_on_while_another_process_writes(store: Store) -> None:
    keep(store, *sample.filed(), name="a.txt")
    reader = open_engine(store.home, store.id, EngineSettings())
    update(reader, store)
    keep(store, *sample.many(40), name="b.txt")
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(store.home.root)], stdout=subprocess.DEVNULL)
    while child.poll() is None:
        assert reader.search(Ask(EntryKind.DOCUMENT, Term(Field.TITLE, "爆竹"))).total == 1
    assert child.returncode == 0
    assert reader.count(EntryKind.DOCUMENT, Everything()) == 44


@pytest.mark.parametrize("broken", ["meta.json", "*.store", "*.idx"])
def test_a_damaged_index_is_written_anew(store: Store, broken: str) -> None:
    keep(store, *sample.filed())
    update(open_engine(store.home, store.id, EngineSettings()), store)
    for path in (store.home.index / "embedded").rglob(f"document/{broken}"):
        path.write_bytes(b"")
    engine = open_engine(store.home, store.id, EngineSettings())
    update(engine, store, rebuild=False)
    assert len(ids(engine)) == 4


@pytest.mark.parametrize("pointer", ["", "{}", '{"generation": "gone", "schema": "1"}', "[1]"])
def test_a_broken_pointer_is_no_index(store: Store, pointer: str) -> None:
    keep(store, *sample.filed())
    engine = EmbeddedEngine(store.home.index / "embedded")
    update(engine, store)
    (store.home.index / "embedded" / "current").write_text(pointer)
    assert engine.stamps() == {}
    assert update(engine, store).added == 4
    assert len(list((store.home.index / "embedded").glob("*/document"))) == 1  # no debris


def test_search_by_meaning_goes_on_where_no_passage_is_new(engine: Engine, store: Store) -> None:
    """A record that was corrected, a document taken out: nothing is left to embed. A new document: there is."""
    encoder = Encoder()
    vectors, meaning = engine.vectors(encoder.version), Meaning(engine, encoder)
    flood, twin, bicycles, note = sample.filed()
    keep(store, flood, twin, name="a.txt")
    keep(store, bicycles, name="b.txt")
    update(engine, store, vectors=vectors)
    assert meaning.missing()
    embed(engine, encoder)
    store.put_extraction(sample.extraction(flood.document), builders.source("a.txt").sha256)
    store.remove_issue(builders.source("b.txt").sha256)
    assert update(engine, store, vectors=vectors) == UpdateReport(changed=1, removed=1)
    assert meaning.missing() is None
    keep(store, note, name="c.txt")
    update(engine, store, vectors=vectors)
    assert meaning.missing()
    update(engine, store, vectors=vectors)  # what was missing before is missing still
    assert meaning.missing()
