"""The values of fields: days, sort keys, and lists without repeats."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from gongbao.corpus.document import Document
from gongbao.corpus.records import Deadline, DeadlineKind
from gongbao.index.schema import day

_UNDATED = 0xFFFF  # in sort keys the day of what has no date: after every real day
_LONGEST_VALUE = 1000  # characters; whatever is longer was read wrongly
_LONGEST_PERIOD = 20_000  # days; a longer one counts with its last day
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    """Each value of a key field once, no longer than engines take."""
    return tuple(dict.fromkeys(value[:_LONGEST_VALUE] for value in values if value))


def days(*dates: date | None) -> tuple[int, ...]:
    return tuple(day(value) for value in dates if value)


def due_days(deadlines: Iterable[Deadline]) -> tuple[int, ...]:
    """Every day on which something is due, a period with all its days, so that ranges overlap it."""
    return tuple(sorted({number for deadline in deadlines for number in _days_of(deadline)}))


def last_days(deadlines: Iterable[Deadline]) -> tuple[int, ...]:
    """The day on which each limit that falls due once ends."""
    once = (deadline.effective_due for deadline in deadlines if deadline.kind is not DeadlineKind.RECURRING)
    return tuple(sorted(set(days(*once))))


def months(deadlines: Iterable[Deadline]) -> tuple[str, ...]:
    """2024-10 of each effective due date."""
    return distinct(d.effective_due.isoformat()[:7] for d in deadlines if d.effective_due)


def first_due(deadlines: Iterable[Deadline]) -> date | None:
    return min((d.effective_due for d in deadlines if d.effective_due), default=None)


def microseconds(moment: str) -> int:
    """Of an ISO 8601 moment (UTC where it names no zone), since 1970."""
    read = datetime.fromisoformat(moment)
    aware = read if read.tzinfo else read.replace(tzinfo=UTC)
    return (aware - _EPOCH) // timedelta(microseconds=1)


def printed_order(document: Document, offset: int) -> int:
    """47 bits: year (7), number of the issue (8), place in it (12), offset into the text by twos (20)."""
    year, number, position = _place(document)
    return (((_within(year - 1970, 7) << 8 | _within(number, 8)) << 12) | _within(position, 12)) << 20 | _within(
        offset // 2, 20
    )


def due_order(due: date | None, printed: int) -> int:
    """63 bits: day (16), then as printed."""
    return (_UNDATED if due is None else _day16(due)) << 47 | printed


def newest_order(signed: date | None, printed: int) -> int:
    """63 bits: days counted back (16), then as printed."""
    return (_UNDATED if signed is None else _UNDATED - 1 - _day16(signed)) << 47 | printed


def _days_of(deadline: Deadline) -> Iterable[int]:
    due = deadline.effective_due
    start = deadline.start or (deadline.resolved.start if deadline.resolved else None)
    if due is None or start is None or deadline.kind is not DeadlineKind.PERIOD:
        return days(due)
    return range(day(start), day(due) + 1) if 0 <= (due - start).days <= _LONGEST_PERIOD else days(due)


def _place(document: Document) -> tuple[int, int, int]:
    """Year and number of the issue, and place in it; documents of no issue by year, in a fixed order."""
    found = re.match(r"(\d{4})\D*(\d*)", document.issue or "")
    if found:
        return int(found[1]), int(found[2] or 0), document.position
    return document.year or 1970, 0, int(sha256(document.id.encode()).hexdigest()[:3], 16)


def _within(value: int, bits: int) -> int:
    return min(max(value, 0), (1 << bits) - 1)


def _day16(value: date) -> int:
    return min(max(day(value), 0), _UNDATED - 1)
