"""find_deadlines: the stages one after another: units → atoms → limits → records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gongbao.corpus.document import Document
from gongbao.corpus.ids import fresh_record_id
from gongbao.corpus.language.document_numbers import year_of_number
from gongbao.corpus.records import Deadline
from gongbao.nlp.deadlines.by import read_by
from gongbao.nlp.deadlines.effective import read_effective
from gongbao.nlp.deadlines.limits import Limit
from gongbao.nlp.deadlines.period import read_periods
from gongbao.nlp.deadlines.recurring import read_recurring
from gongbao.nlp.deadlines.resolve import in_force_from, resolve
from gongbao.nlp.deadlines.sheet import Sheet, Years, sheet_of, years_of
from gongbao.nlp.deadlines.units import Unit, units_of
from gongbao.nlp.deadlines.within import read_within

# In this order: what an earlier reader takes, a later one leaves alone.
_READERS: tuple[Callable[[Sheet], Iterator[Limit]], ...] = (
    read_effective,
    read_recurring,
    read_periods,
    read_within,
    read_by,
)
_REVIEW = re.compile("回顾|总结$")
_DOUBTFUL = "成文日期早于文号年份，推算的日期存疑"
_YEAR = re.compile(r"((?:19|20)\d\d)年")


@dataclass(frozen=True, slots=True)
class _Found:
    unit: Unit
    limit: Limit


def find_deadlines(document: Document) -> tuple[Deadline, ...]:
    """Every time limit of a document, in order of place; see gold/GUIDELINES and docs/fields.md."""
    years = years_of(document)
    found = list(_read(document, years))
    in_force = in_force_from([one.limit for one in found], document.signed)
    taken: Counter[str] = Counter()
    return tuple(_record(document, one, in_force, taken) for one in found)


def _read(document: Document, years: Years) -> Iterator[_Found]:
    section_year: int | None = None
    looking_back = False
    for unit in units_of(document):
        if unit.heading:
            section_year = _section_year(unit, years)
            looking_back = _looks_back(unit, years) if unit.chapter else looking_back
        sheet = sheet_of(unit, years, section_year)
        for limit in _apart(reader(sheet) for reader in _readers_of(unit)):
            if not looking_back or _looks_ahead(sheet, limit):
                yield _Found(unit, limit)


def _readers_of(unit: Unit) -> tuple[Callable[[Sheet], Iterator[Limit]], ...]:
    """A column head may set a date for all rows under it (2025年目标), and nothing else."""
    return (read_by,) if unit.column_head else _READERS


def _looks_ahead(sheet: Sheet, limit: Limit) -> bool:
    """In a chapter on what was, only a printed year that is still to come."""
    printed = _YEAR.search(sheet.text, limit.start, limit.end)
    return bool(printed and limit.due and not sheet.years.over(limit.due))


def _looks_back(unit: Unit, years: Years) -> bool:
    """A chapter on what was: 一、2023年工作回顾."""
    named = [int(year) for year in _YEAR.findall(unit.folded)]
    past = bool(named) and years.floor is not None and max(named) < years.floor
    return past or bool(_REVIEW.search(unit.folded))


def _section_year(unit: Unit, years: Years) -> int | None:
    """The one year that a heading names, if it is not history."""
    named = {int(year) for year in _YEAR.findall(unit.folded)}
    year = named.pop() if len(named) == 1 else None
    return year if year and (years.floor is None or year >= years.floor) else None


def _apart(readings: Iterable[Iterator[Limit]]) -> list[Limit]:
    """All limits in order of place; of two that overlap the one read first."""
    taken: set[int] = set()
    kept = []
    for limit in (limit for reading in readings for limit in reading):
        places = range(limit.start, limit.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(limit)
    return sorted(kept, key=lambda limit: limit.start)


def _record(document: Document, found: _Found, in_force: date | None, taken: Counter[str]) -> Deadline:
    limit = found.limit
    span = found.unit.original(limit.start, limit.end)
    resolved = resolve(limit, document.signed, in_force)
    return Deadline(
        id=fresh_record_id("deadline", document.id, document.text, span, taken),
        text=span.of(document.text),
        kind=limit.kind,
        context=found.unit.context(document.text, span).of(document.text).strip(),
        span=span,
        regions=document.regions(span),
        due=limit.due,
        start=limit.begins,
        every=limit.every,
        day=limit.day if limit.every == "P1M" else None,
        within=limit.within,
        working_days=limit.working_days,
        event=limit.event,
        resolved=resolved,
        flag=limit.flag or (_DOUBTFUL if resolved and _signed_too_early(document) else None),
    )


def _signed_too_early(document: Document) -> bool:
    """Before the year of its own number: one of the two is a slip."""
    numbered = year_of_number(document.number)
    return bool(numbered and document.signed and document.signed.year < numbered)
