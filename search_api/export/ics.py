"""Time limits as an iCalendar file (RFC 5545): an all-day event each, on the last day allowed, with alarms before it.

Rhythms and spans from an event that is not dated have no day to stand on; the calendar's
description says how many were left out. What is done stays, says so, and rings no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from gongbao.corpus.desk import FINISHED, State
from gongbao.search_api.export.columns import source_url
from gongbao.search_api.labels import STATES, flat, headline, titled
from gongbao.search_api.shapes import DeadlineRecordShape, FollowupShape, Shape, TaskShape
from icalendar import Alarm, Calendar, Event

ALARM_DAYS = (7, 3, 0)  # before the last day
_MORNING = timedelta(hours=9)
_ROLES = {"lead": "牵头", "responsible": "责任", "support": "配合"}


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event. `over`: done or paused, and then how."""

    uid: str
    due: date
    summary: str
    text: str
    url: str
    over: str


def calendar(records: Iterable[Shape], *, title: str, base_url: str, now: datetime) -> Iterator[bytes]:
    """The file in pieces: an event for every dated limit of tasks or deadlines."""
    undated = 0
    events: list[bytes] = []
    for record in records:
        limits = list(_limits(record, base_url))
        undated += not limits
        events += (_event(limit, now).to_ical() for limit in limits)
    whole = Calendar()
    whole.add("prodid", "-//gongbao//gongbao//ZH")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("x-wr-calname", title)
    if undated:
        whole.add("x-wr-caldesc", f"另有 {undated} 项没有可排入日历的日期，未列入。")
    head, end = whole.to_ical().split(b"END:VCALENDAR")
    yield head
    yield from events
    yield b"END:VCALENDAR" + end


def _limits(record: Shape, base_url: str) -> Iterator[CalendarEvent]:
    if isinstance(record, TaskShape):
        dues = {due: deadline.text for deadline in record.deadlines if (due := deadline.effective_due)}
        if record.followup and record.followup.due:
            dues = {record.followup.due: "台账期限"}
        for due, text in dues.items():
            told = (_parties(record), text, f"依据：{_basis(record)}")
            yield _limit(f"{record.id}-{due}", due, record.what, told, record, base_url)
    elif isinstance(record, DeadlineRecordShape):
        due = record.followup.due if record.followup and record.followup.due else record.effective_due
        if due:
            yield _limit(record.id, due, record.context, (record.text, f"依据：{_basis(record)}"), record, base_url)


def _limit(
    uid: str, due: date, what: str, told: Iterable[str], record: TaskShape | DeadlineRecordShape, base_url: str
) -> CalendarEvent:
    """A calendar shows one short line; what does not fit stands whole in the description."""
    whole, line = flat(what), headline(what)
    text = "\n".join([*([whole] if line != whole else []), *filter(None, told)])
    url = source_url(base_url, record.document.id, record.id) if base_url else ""
    return CalendarEvent(uid, due, line, text, url, _over(record.followup))


def _over(followup: FollowupShape | None) -> str:
    state = State(followup.state) if followup else State.NOT_STARTED
    return STATES[state] if state in (*FINISHED, State.PAUSED) else ""


def _basis(record: TaskShape | DeadlineRecordShape) -> str:
    pages = "、".join(map(str, sorted({region.page for region in record.source_regions})))
    return f"{record.document.number or ''}{titled(record.document.title)}" + (f"第{pages}页" if pages else "")


def _parties(task: TaskShape) -> str:
    by_role = {label: [flat(p.name) for p in task.parties if p.role == role] for role, label in _ROLES.items()}
    return "；".join(f"{label}：{'、'.join(names)}" for label, names in by_role.items() if names)


def _event(limit: CalendarEvent, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{limit.uid}@gongbao")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", limit.due)
    event.add("dtend", limit.due + timedelta(days=1))
    event.add("summary", f"（{limit.over}）{limit.summary}" if limit.over else limit.summary)
    event.add("description", limit.text)
    if limit.url:
        event.add("url", limit.url)
    event.add("transp", "TRANSPARENT")
    for days in () if limit.over else ALARM_DAYS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", limit.summary)
        alarm.add("trigger", _MORNING - timedelta(days=days))
        event.add_component(alarm)
    return event
