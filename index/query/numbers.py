"""Numbers of a question, in digits or in 汉字: rules of law print 三百亩 and 三万元, plans 300亩 and 3万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongbao.corpus.language.numerals import TENS, amount, in_words

_NUMBER = re.compile(rf"\d+(?:\.\d+)?[万亿]?|[{TENS}两〇零百千万亿]+")
_SHORTEST = 2  # characters of a number in 汉字 that may be written in digits: 十分 is no 10分
_LEAST, _TEN_THOUSAND = 10, 10_000


@dataclass(frozen=True, slots=True)
class LeadingNumber:
    """三百亩 is 300 and 亩; `typed`: as it stood."""

    value: float
    typed: str
    after: str


def leading_number(text: str) -> LeadingNumber | None:
    """The number that a text begins with; None where there is none (百姓, 千方百计, 十四五)."""
    found = _NUMBER.match(text)
    value = amount(found[0]) if found else None
    return LeadingNumber(float(value), found[0], text[found.end() :]) if found and value is not None else None


def other_numerals(text: str) -> Iterator[str]:
    """三百亩 → 300亩, 20 → 二十, 三万元 → 30000元 and 3万元."""
    number = leading_number(text)
    if number is None or number.value < _LEAST or len(number.typed) < _SHORTEST or not number.value.is_integer():
        return
    yield from (f"{other}{number.after}" for other in _ways(int(number.value)) if other != number.typed)


def _ways(value: int) -> Iterator[str]:
    yield str(value)
    if spelt := in_words(value):
        yield spelt
    if value % _TEN_THOUSAND == 0:
        yield f"{value // _TEN_THOUSAND}万"
