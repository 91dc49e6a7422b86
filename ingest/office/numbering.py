"""Numbers that a word processor puts before paragraphs by itself (ECMA-376 part 1, 17.9): 一、 （二） 1.1 ①.

They are printed, so that they belong to the text; the file holds only how they are counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from gongbao.corpus.language.numerals import ONES
from gongbao.ingest.xml import Element, children, find

_DIGITS = f"〇{ONES}"
_PLACE = re.compile(r"%(\d)")
_MOST_LEVELS = 9
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    kind: str
    text: str
    spaced: bool


@dataclass(slots=True)
class OfficeNumbering:
    """The lists of one document; `label` counts on."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _lists: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)

    @staticmethod
    def read(root: Element | None) -> OfficeNumbering:
        found = OfficeNumbering()
        if root is None:
            return found
        abstract = {value_of(each, "abstractNumId"): each for each in children(root, "abstractNum")}
        for each in children(root, "num"):
            key, base = value_of(each, "numId"), value_of(find(each, "abstractNumId"), "val")
            if base in abstract:
                levels = dict(map(_read_level, children(abstract[base], "lvl")))
                over = dict(map(_read_override, children(each, "lvlOverride")))
                found.levels[key] = {
                    at: replace(level, start=over.get(at) or level.start) for at, level in levels.items()
                }
                over = {at: start for at, start in over.items() if start is not None}
                found._lists[key] = key if over else base
        return found

    def label(self, key: str, depth: int) -> str:
        """What stands before the next paragraph of this list at this depth; "" for bullets and no list."""
        levels = self.levels.get(key, {})
        level = levels.get(depth)
        if level is None or not 0 <= depth < _MOST_LEVELS:
            return ""
        counts = self._counts.setdefault(self._lists[key], [-1] * _MOST_LEVELS)
        counts[depth] = level.start if counts[depth] < 0 else counts[depth] + 1
        counts[depth + 1 :] = [-1] * (_MOST_LEVELS - depth - 1)
        if level.kind in ("bullet", "none"):
            return ""

        def put(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            other = levels.get(place)
            count = counts[place] if counts[place] >= 0 else (other.start if other else 1)
            return _FORMATS.get(other.kind if other else "decimal", str)(count)

        text = _PLACE.sub(put, level.text)
        return text + " " if level.spaced and text[-1:].isalnum() else text


def _read_level(element: Element) -> tuple[int, _Level]:
    start = value_of(find(element, "start"), "val")
    kind = value_of(find(element, "numFmt"), "val") or "decimal"
    text = value_of(find(element, "lvlText"), "val")
    spaced = value_of(find(element, "suff"), "val") != "nothing"
    return _depth(element), _Level(int(start) if start.isdigit() else 1, kind, text, spaced)


def _read_override(element: Element) -> tuple[int, int | None]:
    """The level, and the number that it starts from in this list; None: as usual."""
    start = value_of(find(element, "startOverride"), "val")
    return _depth(element), int(start) if start.isdigit() else None


def _depth(element: Element) -> int:
    said = value_of(element, "ilvl")
    return int(said) if said.isdigit() else 0


def value_of(element: Element | None, name: str) -> str:
    """An attribute by its local name."""
    if element is None:
        return ""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _han(number: int) -> str:
    """12 → 十二, 105 → 一百〇五; what is larger in figures."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        words += "〇"
    return words + (_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    words = ""
    for value, letters in _ROMAN:
        while number >= value and len(words) < 20:
            words, number = words + letters, number - value
    return words


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26)


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _han,
    "chineseCountingThousand": _han,
    "japaneseCounting": _han,
    "ideographDigital": _han,
    "taiwaneseCounting": _han,
    "taiwaneseCountingThousand": _han,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
}
