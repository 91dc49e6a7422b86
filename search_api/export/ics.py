"""Time limits as an iCalendar file (RFC 5545): an all-day event each, on the last day allowed.

Rhythms and spans from an event that is not dated have no day to stand on; the calendar's
description says how many were left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from gongbao.search_api.export.xlsx import source_url
from gongbao.search_api.labels import flat, headline
from gongbao.search_api.shapes import DeadlineRecordShape, DeadlineShape, Shape, TaskShape

_FOLD_AT = 73  # octets on a line, the leading blank of a folded one counted
_ROLES = {"lead": "牵头", "responsible": "责任", "support": "配合"}


@dataclass(frozen=True, slots=True)
class Event:
    uid: str
    due: date
    summary: str
    text: str
    url: str


def calendar(records: Iterable[Shape], *, title: str, base_url: str, now: datetime) -> Iterator[str]:
    """The file's lines: an event for every dated limit of tasks or deadlines."""
    yield "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//gongbao//gongbao//ZH\r\nCALSCALE:GREGORIAN\r\n"
    yield _line("X-WR-CALNAME", title)
    undated = 0
    for record in records:
        events = list(_events(record, base_url))
        undated += not events
        for event in events:
            yield from _written(event, now)
    if undated:
        yield _line("X-WR-CALDESC", f"另有 {undated} 项没有可排入日历的日期，未列入。")
    yield "END:VCALENDAR\r\n"


def _events(record: Shape, base_url: str) -> Iterator[Event]:
    if isinstance(record, TaskShape):
        for deadline in record.deadlines:
            if due := _due(deadline):
                told = (_parties(record), deadline.text, f"依据：{_basis(record)}")
                yield _event(f"{record.id}-{due}", due, record.what, told, _url(record, base_url))
    elif isinstance(record, DeadlineRecordShape) and (due := _due(record)):
        yield _event(record.id, due, record.context, (record.text, f"依据：{_basis(record)}"), _url(record, base_url))


def _event(uid: str, due: date, what: str, told: Iterable[str], url: str) -> Event:
    """A calendar shows one short line; what does not fit stands whole in the description."""
    whole, line = flat(what), headline(what)
    return Event(uid, due, line, "\n".join([*([whole] if line != whole else []), *told]), url)


def _due(deadline: DeadlineShape) -> date | None:
    return deadline.due or (deadline.resolved.due if deadline.resolved else None)


def _basis(record: TaskShape | DeadlineRecordShape) -> str:
    pages = "、".join(map(str, sorted({region.page for region in record.source_regions})))
    return f"{record.document.number or ''}《{record.document.title}》" + (f"第{pages}页" if pages else "")


def _url(record: TaskShape | DeadlineRecordShape, base_url: str) -> str:
    return source_url(base_url, record.document.id, record.id) if base_url else ""


def _parties(task: TaskShape) -> str:
    by_role = {label: [flat(p.name) for p in task.parties if p.role == role] for role, label in _ROLES.items()}
    return "；".join(f"{label}：{'、'.join(names)}" for label, names in by_role.items() if names)


def _written(event: Event, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT\r\n"
    yield _line("UID", f"{event.uid}@gongbao")
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}\r\n"
    yield f"DTSTART;VALUE=DATE:{event.due:%Y%m%d}\r\n"
    yield f"DTEND;VALUE=DATE:{event.due + timedelta(days=1):%Y%m%d}\r\n"
    yield _line("SUMMARY", event.summary)
    yield _line("DESCRIPTION", event.text)
    if event.url:
        yield _fold(f"URL:{event.url}")
    yield "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"


def _line(name: str, text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return _fold(f"{name}:" + "\\n".join(escaped.splitlines()))


def _fold(line: str) -> str:
    """Lines of at most 75 octets, never cut inside a character (RFC 5545 3.1)."""
    folded, width = [], 0
    for char in line:
        size = len(char.encode())
        if width + size > _FOLD_AT:
            folded.append("\r\n ")
            width = 1
        folded.append(char)
        width += size
    return "".join(folded) + "\r\n"
