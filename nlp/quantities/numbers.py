"""Numbers of any size as printed: 1,200 · 1.5亿 · 20余万 · 三十二 · 一万五千 · 二点五."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from gongbao.corpus.language.numerals import ONES, TENS, amount, count, is_by_digits

CHINESE = f"{TENS}两"  # a number may begin with one of these
# and go on so for as long as numbers are, but for 千米, 千伏; what is no number is told by `read_number`
RUN = rf"(?:[\d,.〇零{TENS}两百万亿点余多来 ]|千(?![米克瓦伏])){{0,24}}"

_PRINTED = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?) ?"
    r"(?P<more>[余多来])?(?P<times>[十百千万亿]{0,3})(?P<also>[余多来])?"
)
_CHINESE = re.compile(
    rf"(?P<head>[〇零{TENS}两百千万亿]+(?:点[〇零{ONES}]+)?)(?P<more>[余多来])?(?P<times>[万亿]{{0,2}})"
)


@dataclass(frozen=True, slots=True)
class Number:
    """`factor`: what 万, 亿 … behind the digits come to; `more`: 余 or 多 is printed; `chinese`: in 汉字."""

    value: Decimal
    factor: int = 1
    more: bool = False
    chinese: bool = False


def read_number(printed: str) -> Number | None:
    """None for what only looks like a number: 1,2 · 十百."""
    printed = printed.strip()
    if found := _PRINTED.fullmatch(printed):
        return _number(found["digits"], found["times"], bool(found["more"] or found["also"]))
    found = _CHINESE.fullmatch(printed)
    if not found or is_by_digits(found["head"]):
        return None  # digit by digit: a year
    return _number(found["head"], found["times"], bool(found["more"]), chinese=True)


def _number(head: str, times: str, more: bool, chinese: bool = False) -> Number | None:
    value, factor = amount(head), count(f"1{times}")
    return None if value is None or factor is None else Number(value * factor, factor, more, chinese)


def plain(value: Decimal) -> int | float:
    """As exported: 80, 6.5."""
    return int(value) if value == value.to_integral_value() else float(value)
