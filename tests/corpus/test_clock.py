"""A clock that is set back, and forth again: no change is hidden by it, nothing is done twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from gongbao.corpus import database
from gongbao.corpus.desk import Change, DeskSubject, State, Wanted
from gongbao.corpus.document import Document
from gongbao.corpus.home import Home
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Assignment
from gongbao.corpus.reviews import Anchor, Review, Verdict
from gongbao.corpus.store import Store
from gongbao.index import open_engine
from gongbao.index.models import UpdateReport
from gongbao.index.update import update

from tests.search_api.sample import fill, flood_plan

TODAY = date(2024, 5, 29)
YEAR = timedelta(days=365)
BACK_AND_FORTH = [-YEAR, 2 * YEAR, -3 * YEAR, timedelta(0)]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return fill(Home(tmp_path / "home"))


def _flood(store: Store) -> tuple[Document, Assignment]:
    filed = flood_plan()
    document = store.document(filed.id)
    assert document
    return document, filed.assignments[2]


def _set_clock(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    moved = datetime.now(UTC) + by
    monkeypatch.setattr(database, "now", lambda: moved.isoformat(timespec="microseconds"))


def _reject(store: Store, seen: str | None) -> Review:
    document, task = _flood(store)
    anchor = Anchor.of(document.text, Span(task.span.start, task.span.end))
    verdict = Verdict.WITHDRAWN if seen else Verdict.REJECTED
    return store.reviews.add(Review(document.id, task.id, verdict, anchor, task, None, "林知远"), seen)


def test_a_rejection_takes_effect_wherever_the_clock_stands(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, seen = open_engine(store.home, store.id), None
    update(engine, store)
    for by in BACK_AND_FORTH:
        _set_clock(monkeypatch, by)
        review = _reject(store, seen)
        assert update(engine, store) == UpdateReport(changed=1), by
        seen = None if seen else review.id
    assert update(engine, store) == UpdateReport()


def test_a_state_takes_effect_wherever_the_clock_stands(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_engine(store.home, store.id)
    update(engine, store)
    document, task = _flood(store)
    for version, by in enumerate(BACK_AND_FORTH):
        _set_clock(monkeypatch, by)
        change = Change(state=(State.RUNNING, State.PAUSED)[version % 2])
        store.desk.write([Wanted(DeskSubject.of_task(document, task), change, version)], "林知远", TODAY)
        assert update(engine, store) == UpdateReport(changed=1), by


def test_what_changed_is_told_to_whoever_asked_before_the_clock_was_set_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = max(store.stamps().values())
    _set_clock(monkeypatch, -YEAR)
    _reject(store, None)
    assert store.changed_since(before) == [_flood(store)[0].id]


def test_a_document_is_extracted_once_wherever_the_clock_stands(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for by in BACK_AND_FORTH:
        _set_clock(monkeypatch, by)
        document, _ = _flood(store)
        own = store.own_extraction(document.id)
        assert own
        store.put_extraction(own, document.source.sha256)
        assert document.id not in store.unextracted(own.version), by


def test_a_home_of_before_goes_on_from_its_newest_change(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has counted no moments yet."""
    with store._writing() as connection:
        connection.execute(database.meta.delete().where(database.meta.c.key == "moment"))
    newest = max(store.stamps().values())
    _set_clock(monkeypatch, -YEAR)
    _reject(store, None)
    assert max(store.stamps().values()) > newest
