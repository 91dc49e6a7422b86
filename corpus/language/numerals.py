"""Numbers as official documents and those who ask write them: 120, １２０, 1,200, 1.2万, 一百二十, 二〇, 廿三, 壹佰.

One function counts (`count`, `amount`) and one reads the digits of a year (`year`). Words of speech that count
nothing exactly (二三十, 几) are no numbers. 一百二 is 120 and 一百零二 102 (GB/T 15835-2011).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gongbao.corpus.language.lexicon import Rows, load

# For expressions: what numbers in 汉字 are made of
ONES = "一二三四五六七八九"
TENS = f"{ONES}十"
YEAR_DIGITS = f"〇零○{ONES}"  # of a year written digit by digit

_ONE = f"[{ONES}两]"
# A whole number below 1000 for expressions; what it matches `counted` reads
SMALL = rf"(?:\d{{1,3}}|{_ONE}百(?:[零〇]{_ONE}|{_ONE}?十{_ONE}?|{_ONE})?|{_ONE}?十{_ONE}?|[廿卅]{_ONE}?|{_ONE})"
YEAR = rf"(?:(?:19|20)\d\d|二[〇零○][{YEAR_DIGITS}]{{2}})"

_PLAIN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_LONGEST = 40  # characters; what is longer is no number that people write


@dataclass(frozen=True, slots=True)
class Numerals:
    """`digits`: 九 → 9; `units`: 亿, 万, 千, 百, 十, the largest first; `usual`: 廿 → 二十."""

    digits: Mapping[str, int]
    units: tuple[tuple[str, int], ...]
    usual: Mapping[int, str]

    @classmethod
    def of(cls, rows: Rows) -> Numerals:
        by_kind = {kind: [row for row in rows if row["kind"] == kind] for kind in ("digit", "unit", "tens")}
        usual = {word: row["words"][0] for row in rows if row["kind"] != "tens" for word in row["words"]}
        digits = {row["words"][0]: row["value"] for row in by_kind["digit"]}
        written = {value: word for word, value in digits.items()}
        tens = {word: f"{written[row['value']]}十" for row in by_kind["tens"] for word in row["words"]}
        units = sorted(((row["value"], row["words"][0]) for row in by_kind["unit"]), reverse=True)
        return cls(digits, tuple((word, value) for value, word in units), str.maketrans(usual | tens))

    def explain(self, text: str) -> str:
        number = self.amount(text)
        return "" if number is None else format(number.normalize(), "f")

    def amount(self, written: str) -> Decimal | None:
        """The number that a text is and nothing else: 1.2万 → 12000; None for what is none (十百, 二三十, 1,2)."""
        folded = self._folded(written)
        return self._value(folded) if 0 < len(folded) <= _LONGEST else None

    def by_digits(self, written: str) -> int | None:
        """二〇二四 → 2024, 2024 → 2024; None where a unit or anything else stands among the digits."""
        plain = "".join(str(self.digits.get(char, char)) for char in self._folded(written))
        return int(plain) if plain.isascii() and plain.isdigit() else None

    def _folded(self, written: str) -> str:
        return unicodedata.normalize("NFKC", "".join(written.split())).translate(self.usual)

    def _value(self, text: str) -> Decimal | None:
        for unit, size in self.units:
            before, found, after = text.partition(unit)
            if found:
                return self._with_unit(before, size, after)
        return self._without_units(text)

    def _with_unit(self, before: str, size: int, after: str) -> Decimal | None:
        count = Decimal(1) if not before and size == 10 else self._counted(before, size)
        rest = self._rest(after, size)
        return None if count is None or rest is None else count * size + rest

    def _counted(self, before: str, size: int) -> Decimal | None:
        """How many of a unit: one digit before 十, 百, 千; any number before 万, 亿, but not 二三万."""
        several = len(before) > 1 and all(char in self.digits for char in before)
        value = None if several or not before else self._value(before)
        fits = value is not None and (value < 10 or size >= 10_000 or before.isascii())
        return value if fits else None

    def _rest(self, after: str, size: int) -> Decimal | None:
        """What stands behind a unit: less than it; one digit without 零 counts the next smaller unit (一百二)."""
        bare = after.lstrip("〇")
        if not bare:
            return Decimal(0)
        if len(after) == 1 and size >= 100 and after in self.digits:
            return Decimal(self.digits[after] * size // 10)
        value = self._value(bare)
        return value if value is not None and value < size else None

    def _without_units(self, text: str) -> Decimal | None:
        if _PLAIN.fullmatch(text):
            return Decimal(text.replace(",", ""))
        whole, point, part = text.partition("点")
        number = self.by_digits(whole) if whole and not whole.isascii() else None
        decimals = "".join(str(self.digits.get(char, "")) for char in part)
        if number is None or (point and (not part or len(decimals) < len(part))):
            return None
        return number + Decimal(f"0.{decimals or 0}")


_NUMERALS = Numerals.of(load("numerals"))


@lru_cache(maxsize=1 << 12)
def amount(written: str) -> Decimal | None:
    """1.2万 → 12000, 二点五 → 2.5, 1,200 → 1200; None for what is no number."""
    return _NUMERALS.amount(written)


def count(written: str) -> int | None:
    """一百二十 → 120, 廿三 → 23, 二〇 → 20, １２ → 12; None for what is no whole number."""
    value = amount(written)
    return int(value) if value is not None and value == value.to_integral_value() else None


def counted(written: str) -> int:
    """`count` of what an expression for numbers matched; ValueError for anything else."""
    value = count(written)
    if value is None:
        raise ValueError(f"not a number: {written}")
    return value


def in_words(number: int) -> str | None:
    """120 → 一百二十, 2000 → 二千, 105 → 一百零五; None below 10, where a digit is as usual, and from 1亿 on."""
    if not 10 <= number < 100_000_000:
        return None
    spelt = _spelt(number)
    return spelt[1:] if spelt.startswith("一十") else spelt


def _spelt(number: int) -> str:
    """By the greatest unit within it; what skips a place comes behind 零."""
    unit, size = next(((one, size) for one, size in _NUMERALS.units if size <= number), ("", 1))
    if size == 1:
        return f"〇{ONES}"[number]
    times, rest = divmod(number, size)
    gap = "零" if 0 < rest < size // 10 else ""
    return f"{in_words(times) or _spelt(times)}{unit}{gap}{_spelt(rest) if rest else ''}"


def year(written: str) -> int | None:
    """The four digits of a year: 2024, ２０２４, 二〇二四, 二零二四; None for anything else."""
    number = _NUMERALS.by_digits(written)
    return number if number is not None and 1000 <= number <= 9999 else None


def is_by_digits(written: str) -> bool:
    """二〇二四: more than one 汉字, all of them digits, as years and telephone numbers are written."""
    return len(written) > 1 and not written.isascii() and _NUMERALS.by_digits(written) is not None
