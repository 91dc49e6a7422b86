"""The calendar, read by a library."""

from __future__ import annotations

from datetime import UTC, date, datetime

import icalendar
from gongbao.corpus.store import reference
from gongbao.search_api.export.ics import calendar
from gongbao.search_api.labels import flat
from gongbao.search_api.shapes import DeadlineRecordShape, Shape, TaskShape
from hypothesis import given
from hypothesis import strategies as st

from tests.search_api.sample import bike_notice
from tests.search_api.test_marked import _DRAFTS, _SOURCE

NOW = datetime(2024, 5, 29, 8, 0, tzinfo=UTC)


def _read(records: list[Shape]) -> icalendar.Calendar:
    text = b"".join(calendar(iter(records), title="云川市任务", base_url="http://gongbao.example", now=NOW))
    return icalendar.Calendar.from_ical(text)  # type: ignore[return-value]


def _tasks() -> list[Shape]:
    return [TaskShape.of(t, reference(d.document(_SOURCE))) for d in _DRAFTS for t in d.assignments]


def test_an_event_for_every_dated_limit() -> None:
    draft = bike_notice()
    ref = reference(draft.document(_SOURCE))
    events = _read([TaskShape.of(task, ref) for task in draft.assignments]).walk("VEVENT")
    assert [event.decoded("DTSTART") for event in events] == [
        date(2024, 6, 30),
        date(2024, 12, 31),
        date(2024, 5, 15),
        date(2024, 9, 30),
    ]
    first = events[0]
    assert first.decoded("DTEND") == date(2024, 7, 1)  # the end of an all-day event is not part of it
    assert first["SUMMARY"] == "新建公共自行车站点60个"
    assert "牵头：市城市管理局；配合：市财政局、市公安局" in first["DESCRIPTION"]
    assert first["DESCRIPTION"].endswith("》第1页")


def test_a_long_task_has_a_short_line_and_stands_whole_below() -> None:
    draft = bike_notice()
    what = "建立节水评价制度，" * 9 + "做好总结。"
    task = TaskShape.of(draft.assignments[0], reference(draft.document(_SOURCE))).model_copy(update={"what": what})
    event = _read([task]).walk("VEVENT")[0]
    assert event["SUMMARY"] == "，".join(["建立节水评价制度"] * 6) + "…"
    assert event["DESCRIPTION"].startswith(what + "\n牵头")


def test_what_has_no_day_is_counted() -> None:
    found = _read(_tasks())
    undated = sum(not any(d.effective_due for d in t.deadlines) for draft in _DRAFTS for t in draft.assignments)
    assert f"另有 {undated} 项" in found["X-WR-CALDESC"]
    assert found["X-WR-CALNAME"] == "云川市任务"


def test_computed_dates_count() -> None:
    draft = _DRAFTS[1]
    ref = reference(draft.document(_SOURCE))
    events = _read([DeadlineRecordShape.of_record(d, ref) for d in draft.deadlines]).walk("VEVENT")
    assert date(2029, 4, 19) in [event.decoded("DTSTART") for event in events]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=300))
def test_any_words_come_through_whole(text: str) -> None:
    """Folded at 75 octets and escaped by the library, whatever characters they hold."""
    draft = bike_notice()
    task = TaskShape.of(draft.assignments[0], reference(draft.document(_SOURCE))).model_copy(update={"what": text})
    event = _read([task]).walk("VEVENT")[0]
    assert flat(text).startswith(str(event["SUMMARY"]).removesuffix("…"))
