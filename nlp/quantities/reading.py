"""One number after another in a text of half width: its value, its unit, and the words that compare it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongbao.corpus.language.numerals import TENS
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Comparison, Direction
from gongbao.nlp.quantities.numbers import Number, read_number
from gongbao.nlp.quantities.words import AFTER, BEFORE, CHANGE, COUNTED, DASH, LEFT, NUMBER, PART, REACH, SAME

_LIST = {"、", "和", "或", "及", "或者", "以及"}
_ORDINALS = re.compile(rf"第[\d{TENS}、,和至—-]{{1,20}}[、,和至—-]$")  # 第4、9条
_FEW = 10  # below it 汉字 count nothing unless they are compared: 一个, 三项


@dataclass(frozen=True, slots=True)
class QuantityReading:
    """`before`: how words in front of it compare, which hold for the members of a list that follow."""

    span: Span
    value: Decimal
    unit: str
    comparison: Comparison
    direction: Direction | None
    upper: Decimal | None = None
    before: Comparison | None = None


@dataclass(frozen=True, slots=True)
class _Measure:
    """A number and its unit as matched; `after`: how the word behind them compares."""

    span: Span
    number: Number
    unit: str
    after: Comparison | None
    upper: Number | None = None


def read_quantities(text: str) -> Iterator[QuantityReading]:
    """In order of place, apart from each other."""
    last: QuantityReading | None = None
    for measure in sorted([*_shares(text), *_numbers(text)], key=lambda one: one.span):
        if last is None or last.span.end <= measure.span.start:
            reading = _read(text, measure, last)
            if reading:
                yield reading
                last = reading


def _shares(text: str) -> Iterator[_Measure]:
    """百分之九, 千分之五."""
    for found in PART.finditer(text):
        if number := read_number(found["run"]):
            unit = "%" if found[0].startswith("百") else "‰"
            yield _Measure(Span(*found.span()), number, unit, _word_behind(found["after"]))


def _numbers(text: str) -> Iterator[_Measure]:
    at = 0
    while found := NUMBER.search(text, at):
        measure = _range(found) or _single(found)
        at = measure.span.end if measure else found.start() + 1
        if measure:
            yield measure


def _single(found: re.Match[str]) -> _Measure | None:
    """The first number matched; of what is no range (2024-8家) the last."""
    alone = "bare" if found["unit"] is None else None
    number = read_number(found["bare"]) if alone else _first(found)
    if number is None:
        return None
    if alone:
        return _Measure(
            Span(found.start("bare"), found.end()), number, found["bare_unit"], _word_behind(found["bare_after"])
        )
    return _Measure(Span(found.start(), found.end("after")), number, found["unit"], _word_behind(found["after"]))


def _range(found: re.Match[str]) -> _Measure | None:
    """10—15万元 · 30%至50% · 1万元以上3万元以下."""
    if found["unit"] is None:
        high, unit = read_number(found["bare"]), found["bare_unit"]
        low = _shared(_first(found), high)
    else:
        high, unit = read_number(found["upper"] or ""), found["unit"]
        low = _first(found) if _joined(found) else None
    if low is None or high is None or low.value >= high.value:
        return None
    return _Measure(Span(*found.span()), low, unit, None, high)


def _first(found: re.Match[str]) -> Number | None:
    end = found.start("dash" if found["unit"] is None else "unit")
    return read_number(found.string[found.start() : end])


def _shared(low: Number | None, high: Number | None) -> Number | None:
    """万 or 亿 behind the second number holds for the first as well, where that makes a range: 8—10万元."""
    if low and high and low.factor == 1 and low.value < high.value / high.factor:
        return Number(low.value * high.factor, high.factor)
    return low


def _joined(found: re.Match[str]) -> bool:
    """Two numbers of one unit with a dash between, or from 以上 to 以下."""
    if SAME.get(found["unit"], found["unit"]) != SAME.get(found["upper_unit"], found["upper_unit"]):
        return False
    bounds = (_word_behind(found["after"]), _word_behind(found["upper_after"]))
    gap = found.string[found.end("after") : found.start("upper")].strip()
    return bounds == (Comparison.AT_LEAST, Comparison.AT_MOST) or bool(DASH.fullmatch(gap))


def _word_behind(printed: str | None) -> Comparison | None:
    return next((meaning for word, meaning in AFTER.items() if printed and printed.endswith(word)), None)


def _read(text: str, measure: _Measure, last: QuantityReading | None) -> QuantityReading | None:
    """The measure with what stands in front of it; None where it counts nothing."""
    start = measure.span.start
    left = LEFT.search(text, max(start - REACH, last.span.end if last else 0), start)
    change = CHANGE.get(left["change"] or "") if left and not left["level"] else None
    before = BEFORE.get(left["before"] or "") if left else None
    if left and not left[0].strip() and last and _continues(text, measure, last):
        change, before = last.direction, last.before
    if not _counts(measure, before) or _ORDINALS.search(text, max(start - REACH, 0), start):
        return None
    begins = left.start() + len(left[0]) - len(left[0].lstrip()) if left else start
    return QuantityReading(
        span=Span(begins, measure.span.end),
        value=measure.number.value,
        unit=measure.unit,
        comparison=_comparison(measure, before),
        direction=change,
        upper=measure.upper.value if measure.upper else None,
        before=before,
    )


def _continues(text: str, measure: _Measure, last: QuantityReading) -> bool:
    """A list goes on: 分别下降10%、12%和15%."""
    return measure.unit == last.unit and text[last.span.end : measure.span.start] in _LIST


def _comparison(measure: _Measure, before: Comparison | None) -> Comparison:
    if measure.upper:
        return Comparison.BETWEEN
    more = Comparison.MORE_THAN if measure.number.more else None
    return measure.after or before or more or Comparison.EXACTLY


def _counts(measure: _Measure, before: Comparison | None) -> bool:
    """What is counted comes in whole numbers (3.2组织体系 is a heading), and 一个 alone says no number."""
    number = measure.number
    if measure.unit.split("/")[0] not in COUNTED:
        return True
    if number.chinese and number.value < _FEW:
        return bool(measure.after or before or measure.upper)
    return number.factor > 1 or number.value == number.value.to_integral_value()
