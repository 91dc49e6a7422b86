"""Field prefixes (标题：…, 牵头单位：…) as filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from gongbao.corpus.errors import UsageError
from gongbao.corpus.language.document_numbers import find_asked
from gongbao.corpus.language.numerals import count
from gongbao.corpus.records import Role
from gongbao.index.models import Filters, Intent, Reading


def with_fields(reading: Reading, fields: tuple[tuple[str, str], ...]) -> Reading:
    """The reading with each field's value; UsageError where a value cannot be."""
    for name, value in fields:
        reading = _READERS[name](reading, value)
    return reading


def combined(read: Filters, given: Filters) -> Filters:
    """What was read in a question, under what was set apart from it, which comes first."""
    names = Filters.__dataclass_fields__
    chosen = {name: getattr(given, name) for name in names if getattr(given, name) is not None}
    return replace(read, **chosen)


def _text(reading: Reading, value: str) -> Reading:
    return reading  # its words stayed in the question


def _title(reading: Reading, value: str) -> Reading:
    return replace(reading, title=value)


def _number(reading: Reading, value: str) -> Reading:
    found = tuple(str(number) for _, number in find_asked(value))
    return replace(reading, numbers=(*reading.numbers, *(found or (value,))))


def _year(reading: Reading, value: str) -> Reading:
    year = count(value.removesuffix("年度").removesuffix("年"))
    if year is None or not 1900 <= year <= 2999:
        raise UsageError(f"看不懂年份：{value}", "写四位年份，如 年份:2024")
    return replace(reading, filters=replace(reading.filters, year=year))


def _filter(name: str) -> Callable[[Reading, str], Reading]:
    def apply(reading: Reading, value: str) -> Reading:
        change: dict[str, Any] = {name: value}
        return replace(reading, filters=replace(reading.filters, **change))

    return apply


def _body(role: Role | None) -> Callable[[Reading, str], Reading]:
    def apply(reading: Reading, value: str) -> Reading:
        intent = Intent.DUTIES if reading.intent is Intent.DOCUMENTS else reading.intent
        return replace(reading, intent=intent, filters=replace(reading.filters, agency=value, role=role))

    return apply


_READERS: dict[str, Callable[[Reading, str], Reading]] = {
    "text": _text,
    "title": _title,
    "number": _number,
    "issuer": _filter("issuer"),
    "agency": _body(None),
    "lead": _body(Role.LEAD),
    "support": _body(Role.SUPPORT),
    "year": _year,
    "genre": _filter("genre"),
    "subject": _filter("subject"),
    "issue": _filter("issue"),
}
