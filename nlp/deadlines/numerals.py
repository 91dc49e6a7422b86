"""Numbers as printed in official documents: 12, 十二, 二十五, 两, 半, and years digit by digit (二〇二四)."""

from __future__ import annotations

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100}

NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十百]{1,5})"
YEAR = r"(?:(?:19|20)\d\d|二[〇零○][〇零○一二三四五六七八九]{2})"


def read_number(printed: str) -> int:
    """12, 十二, 一百二十; ValueError for anything else."""
    if printed.isascii():
        return int(printed)
    total, digit = 0, 0
    for char in printed:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in _DIGITS:
            digit = _DIGITS[char]
        else:
            raise ValueError(f"not a number: {printed}")
    return total + digit


def read_year(printed: str) -> int:
    """2024 or 二〇二四."""
    return int("".join(c if c.isascii() else str(_DIGITS[c]) for c in printed))
