"""The 台账: states with their history, kept apart from extraction and put back onto whatever it finds."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from gongbao.corpus.desk import (
    Change,
    DeskSubject,
    Evidence,
    EvidenceKind,
    Item,
    Outlook,
    State,
    Wanted,
    settle,
    successors,
)
from gongbao.corpus.document import Document, SourceKind
from gongbao.corpus.errors import Conflict, UsageError
from gongbao.corpus.home import Home
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Assignment, Extraction
from gongbao.corpus.reviews import Anchor
from gongbao.corpus.store import Store, reference

from tests.search_api.sample import bike_notice, fill, flood_plan

TODAY = date(2024, 5, 29)
FLOOD = flood_plan()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return fill(Home(tmp_path / "home"))


def _subject(store: Store, place: int = 2) -> DeskSubject:
    document = store.document(FLOOD.id)
    assert document
    return DeskSubject.of_task(document, FLOOD.assignments[place])


def _write(store: Store, change: Change, seen: int = 0, by: str = "林知远") -> Item:
    (item,) = store.desk.write([Wanted(_subject(store), change, seen)], by, TODAY)
    return item


def test_every_change_is_kept_and_nothing_overwritten(store: Store) -> None:
    _write(store, Change(state=State.RUNNING, progress=30, feedback="已开工"))
    _write(store, Change(progress=80, note="下周复核", person="沈若谷"), seen=1)
    item = _write(store, Change(state=State.DONE), seen=2, by="沈若谷")
    assert (item.state, item.progress, item.finished, item.person) == (State.DONE, 100, TODAY, "沈若谷")
    assert (item.feedback, item.note) == ("已开工", "下周复核")
    history = store.desk.history(item.key)
    assert [(entry.by, entry.version) for entry in history] == [("林知远", 1), ("林知远", 2), ("沈若谷", 3)]
    assert [entry.change.progress for entry in history] == [30, 80, None]


@pytest.mark.parametrize(
    ("why", "change", "state", "finished"),
    [
        ("progress alone starts it", Change(progress=10), State.RUNNING, None),
        ("done on another day", Change(state=State.DONE, finished=date(2024, 5, 20)), State.DONE, date(2024, 5, 20)),
        ("struck off counts as done", Change(state=State.CLOSED), State.CLOSED, TODAY),
        ("a remark changes no state", Change(note="电话催办"), State.NOT_STARTED, None),
    ],
)
def test_what_a_change_makes(store: Store, why: str, change: Change, state: State, finished: date | None) -> None:
    item = _write(store, change)
    assert (item.state, item.finished) == (state, finished), why


def test_taken_up_again_it_is_not_finished(store: Store) -> None:
    _write(store, Change(state=State.DONE))
    assert _write(store, Change(state=State.RUNNING), seen=1).finished is None


@pytest.mark.parametrize(
    ("change", "words"),
    [(Change(progress=101), "0 至 100"), (Change(note="长" * 10_001), "10000"), (Change(tags=("长" * 31,)), "30")],
)
def test_what_cannot_be_meant_is_told(store: Store, change: Change, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        _write(store, change)
    assert store.desk.snapshot().items == {}


def test_two_people_at_once(store: Store) -> None:
    _write(store, Change(state=State.RUNNING))
    with pytest.raises(Conflict, match="林知远"):
        _write(store, Change(state=State.DONE), seen=0, by="沈若谷")
    assert store.desk.snapshot().items[FLOOD.assignments[2].id].state is State.RUNNING


def test_many_at_once_in_two_processes_only_one_wins(store: Store) -> None:
    others = [Store.open(store.home) for _ in range(6)]
    told: list[str] = []

    def change(other: Store, name: str) -> None:
        try:
            other.desk.write([Wanted(_subject(store), Change(note=name), 0)], name, TODAY)
            told.append(name)
        except Conflict:
            pass

    threads = [threading.Thread(target=change, args=(other, f"甲{at}")) for at, other in enumerate(others)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 1
    item = store.desk.snapshot().items[FLOOD.assignments[2].id]
    assert (item.by, item.version, len(store.desk.history(item.key))) == (told[0], 1, 1)


def test_a_selection_is_changed_whole_or_not_at_all(store: Store) -> None:
    _write(store, Change(state=State.RUNNING))
    wanted = [
        Wanted(_subject(store, 0), Change(state=State.DONE), 0),
        Wanted(_subject(store, 2), Change(state=State.DONE), 0),
    ]
    with pytest.raises(Conflict):
        store.desk.write(wanted, "沈若谷", TODAY)
    assert set(store.desk.snapshot().items) == {FLOOD.assignments[2].id}


def test_another_process_sees_it_at_once(store: Store) -> None:
    other = Store.open(store.home)
    assert other.desk.snapshot().items == {}
    _write(store, Change(state=State.PAUSED))
    assert other.desk.snapshot().items[FLOOD.assignments[2].id].state is State.PAUSED


@pytest.mark.parametrize(
    ("why", "asked", "fits"),
    [
        ("by state", Outlook(states=(State.DONE,)), True),
        ("by another state", Outlook(states=(State.RUNNING,)), False),
        ("by person", Outlook(person="沈若谷"), True),
        ("by another person", Outlook(person="李青禾"), False),
        ("by tag", Outlook(tag="民生"), True),
        ("done too late", Outlook(late=True), True),
        ("all of them", Outlook(states=(State.DONE,), person="沈若谷", tag="民生"), True),
    ],
)
def test_what_is_asked_for(store: Store, why: str, asked: Outlook, fits: bool) -> None:
    change = Change(state=State.DONE, person="沈若谷", tags=("民生",), finished=date(2024, 7, 1))
    _write(store, change)  # due on 31 May
    assert bool(store.desk.snapshot().fitting(asked)) is fits, why


# --- after extraction, better sources, removal


def _settle(store: Store) -> None:
    find = successors(lambda: map(reference, store.texts()))
    settle(store.desk, store.stamps(), store.document, store.extraction, find)


def _better(document: Document, prefix: str) -> tuple[Document, Extraction]:
    """As a better reader gives it: other white space and one more line above, so that ids and places change."""
    draft = flood_plan()
    shift = len(prefix)
    text = prefix + document.text
    moved = [_moved(task, shift) for task in draft.assignments]
    source = replace(document.source, sha256="f" * 64, kind=SourceKind.NATIVE)
    better = replace(document, text=text, source=source, blocks=(), headings=(), tables=())
    return better, replace(draft.extraction(), assignments=tuple(moved), deadlines=())


def _moved(task: Assignment, shift: int) -> Assignment:
    span = Span(task.span.start + shift, task.span.end + shift)
    return replace(task, id=f"new-{task.id}", span=span, parties=task.parties, deadlines=())


def test_states_survive_extraction_again_and_better_sources(store: Store) -> None:
    item = _write(store, Change(state=State.RUNNING, note="催办一次"))
    document = store.document(FLOOD.id)
    assert document
    better, extraction = _better(document, "云川市人民政府公报\n")
    store.remove_issue(document.source.sha256)
    store.put_issue(replace(next(iter(store.issues())), source=better.source, documents=(better,)), "better")
    store.put_extraction(extraction, better.source.sha256)
    _settle(store)
    found = store.desk.snapshot().items
    assert list(found) == [f"new-{FLOOD.assignments[2].id}"]
    moved = found[f"new-{FLOOD.assignments[2].id}"]
    assert (moved.key, moved.state, moved.note) == (item.key, State.RUNNING, "催办一次")
    history = store.desk.history(item.key)
    assert [entry.by for entry in history] == ["林知远", "程序"]
    assert moved.version == history[-1].version


def test_removed_it_is_kept_and_read_again_it_is_back(store: Store) -> None:
    _write(store, Change(state=State.RUNNING))
    document = store.document(FLOOD.id)
    assert document
    issue = next(issue for issue in store.issues() if issue.source.sha256 == document.source.sha256)
    kept = [each for each in store.documents() if each.source.sha256 == document.source.sha256]
    extraction = store.extraction(FLOOD.id)
    store.remove_issue(document.source.sha256)
    _settle(store)
    assert store.desk.snapshot().items == {}
    (orphan,) = store.desk.snapshot().orphans
    assert (orphan.subject.what, orphan.state) == (FLOOD.assignments[2].what, State.RUNNING)
    store.put_issue(replace(issue, documents=tuple(kept)), "again")
    assert extraction
    store.put_extraction(extraction, document.source.sha256)
    _settle(store)
    assert store.desk.snapshot().items[FLOOD.assignments[2].id].state is State.RUNNING
    assert store.desk.snapshot().orphans == ()


def test_nothing_changed_writes_nothing(store: Store) -> None:
    item = _write(store, Change(state=State.RUNNING))
    _settle(store)
    _settle(store)
    assert len(store.desk.history(item.key)) == 1


def test_a_sentence_that_is_gone_is_an_orphan(store: Store) -> None:
    document = store.document(FLOOD.id)
    assert document
    gone = replace(_subject(store), record="gone", anchor=Anchor("前", "这句话已经删去", "后"))
    store.desk.write([Wanted(gone, Change(state=State.DONE), 0)], "林知远", TODAY)
    _settle(store)
    assert [item.subject.record for item in store.desk.snapshot().orphans] == ["gone"]


def test_evidence_adds_up(store: Store) -> None:
    one = Evidence(EvidenceKind.FILE, "验收单.pdf", "a" * 64 + ".pdf")
    two = Evidence(EvidenceKind.SENTENCE, bike_notice().number or "", bike_notice().id, "r", "已建成60个站点")
    _write(store, Change(evidence=one))
    assert _write(store, Change(evidence=two), seen=1).evidence == (one, two)
