"""Numbers of any size as printed: 1,200 · 1.5亿 · 20余万 · 三十二 · 一万五千 · 二点五."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

CHINESE = "一二两三四五六七八九十"  # a number may begin with one of these
# and go on so for as long as numbers are, but for 千米, 千伏; what is no number is told by `read_number`
RUN = r"(?:[\d,.〇零一二两三四五六七八九十百万亿点余多来 ]|千(?![米克瓦伏])){0,24}"

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_PRINTED = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?) ?"
    r"(?P<more>[余多来])?(?P<times>[十百千万亿]{0,3})(?P<also>[余多来])?"
)
_CHINESE = re.compile(
    r"(?P<whole>[〇零一二两三四五六七八九十百千万亿]+)(?:点(?P<part>[〇零一二三四五六七八九]+))?(?P<more>[余多来])?(?P<times>[万亿]{0,2})"
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
        factor = _product(found["times"])
        value = Decimal(found["digits"].replace(",", "")) * factor
        return Number(value, factor, bool(found["more"] or found["also"]))
    found = _CHINESE.fullmatch(printed)
    whole = _read_chinese(found["whole"]) if found else None
    if not found or whole is None:
        return None
    part = "".join(str(_DIGITS[char]) for char in found["part"] or "")
    factor = _product(found["times"])
    value = (Decimal(whole) + (Decimal(f"0.{part}") if part else 0)) * factor
    return Number(value, factor, bool(found["more"]), chinese=True)


def _product(units: str) -> int:
    factor = 1
    for char in units:
        factor *= _UNITS.get(char) or _LARGE[char]
    return factor


def _read_chinese(printed: str) -> int | None:
    """三十二, 一万五千, 二〇; None where units stand without order."""
    if len(printed) > 1 and all(char in _DIGITS for char in printed):
        return None  # digit by digit: a year
    total, section, digit = 0, 0, 0
    for char in printed:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            if not digit and (char != "十" or section):
                return None
            section += (digit or 1) * _UNITS[char]
            digit = 0
        elif char == "万" and section + digit:
            total, section, digit = total + (section + digit) * _LARGE[char], 0, 0
        elif char == "亿" and total + section + digit:
            total, section, digit = (total + section + digit) * _LARGE[char], 0, 0
        else:
            return None
    return total + section + digit


def plain(value: Decimal) -> int | float:
    """As exported: 80, 6.5."""
    return int(value) if value == value.to_integral_value() else float(value)
