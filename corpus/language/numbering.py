"""How parts of an official document are numbered (GB/T 9704-2012 7.3.3, and what is used beside it), as one parser.

一、 （一） 1. （1） of official documents; 第一章, 第一节, 第一条 of rules; 1, 1.1, 1.1.1 of emergency plans;
①, 1), a) and 一是 of what is listed. The forms are rows of numbering.toml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from gongbao.corpus.language.lexicon import Row, Rows, load
from gongbao.corpus.language.numerals import ONES, count


class Style(StrEnum):
    """By what it looks like; `BARE`: a number and a blank (3 组织体系)."""

    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    HAN = "han"  # 一、
    HAN_IN_BRACKETS = "han_in_brackets"  # （一）
    DECIMAL = "decimal"  # 1.1
    ARABIC = "arabic"  # 1.
    ARABIC_IN_BRACKETS = "arabic_in_brackets"  # （1）
    HALF_BRACKET = "half_bracket"  # 1)
    RING = "ring"  # ①
    LETTER = "letter"  # a)
    POINT = "point"  # 一是
    BARE = "bare"  # 3 组织体系


# Styles of headings and articles; the others also count items of a list
OUTLINE = frozenset({Style.CHAPTER, Style.SECTION, Style.ARTICLE, Style.HAN, Style.HAN_IN_BRACKETS})


@dataclass(frozen=True, slots=True)
class Numbering:
    """text[start:end] is the number with its mark, without blanks around. `values`: (1, 2) of 1.2, else one number."""

    style: Style
    values: tuple[int, ...]
    start: int
    end: int


# 一 of a form: up to five characters; what is no number, 百、, is found out by reading it.
_HAN = f"[〇零{ONES}十百廿卅]{{1,5}}"
_PARTS = {
    "一": _HAN,
    "1": r"(?<!\d)\d{1,3}",
    "a": "[A-Za-z]",
    "①": "[①-⑳]",
    "㈠": "[㈠-㈩]",
    "⑴": "[⑴-⒇]",
    "⒈": "[⒈-⒛]",
    " ": r"[ \u3000]{0,2}",
    "␣": r"[ \u3000]{1,8}",
    "（": r"[（(][ \u3000]{0,2}",
    "）": r"[ \u3000]{0,2}[）)]",
    ")": "[）)]",
    ".": "[.．]",
    "，": "[，,、]",
}
_BLANKS = re.compile(r"\s{0,8}")
_STUCK = re.compile(r"\d{1,2}(?=[一-鿿㐀-䶿])")
_VALUE = re.compile(rf"\d+|{_HAN}|[①-⒛㈠-㈩]|[A-Za-z]")


@dataclass(frozen=True, slots=True)
class NumberingGrammar:
    """One expression with a group for each style."""

    pattern: re.Pattern[str]

    @classmethod
    def of(cls, rows: Rows) -> NumberingGrammar:
        return cls(re.compile("|".join(f"(?P<{Style(row['name'])}>{_expression(row)})" for row in rows)))

    def explain(self, text: str) -> str:
        found = self.read(text, 0)
        return f"{found.style} {'.'.join(map(str, found.values))} {text[found.end :].strip()}" if found else ""

    def read(self, text: str, at: int) -> Numbering | None:
        blanks = _BLANKS.match(text, at)
        found = self.pattern.match(text, blanks.end() if blanks else at)
        if not found or not found.lastgroup:
            return None
        values = tuple(_value(part) for part in _VALUE.findall(found[0]))
        start, end = found.start(), found.start() + len(found[0].rstrip())
        return None if None in values else Numbering(Style(found.lastgroup), tuple(v or 0 for v in values), start, end)


def _expression(row: Row) -> str:
    forms = "|".join("".join(_PARTS.get(char, char) for char in form) for form in row["words"])
    return f"(?:{forms or '(?!)'})(?:{row.get('then', '')})"


def _value(part: str) -> int | None:
    if part.isascii() and part.isalpha():
        return ord(part.lower()) - ord("a") + 1
    return count(unicodedata.normalize("NFKC", part).strip("().")) if part else None


_GRAMMAR = NumberingGrammar.of(load("numbering"))
_ROWS = {Style(row["name"]): row for row in load("numbering")}


def numbering_at(text: str, at: int = 0) -> Numbering | None:
    """The number that stands at a place, blanks before it passed over; None where none does.

    `（二）加强督导` → HAN_IN_BRACKETS, (2,), 0, 3.
    """
    return _GRAMMAR.read(text, at)


def decimal_at(text: str) -> Numbering | None:
    """As `numbering_at`, and a number that its heading is stuck to: 1总则, as outlines of decimals have it."""
    if found := numbering_at(text):
        return found
    start = len(text) - len(text.lstrip())
    stuck = _STUCK.match(text, start)
    return Numbering(Style.BARE, (int(stuck[0]),), start, stuck.end()) if stuck else None


def without_numbering(text: str) -> str:
    """`（二）加强督导` → `加强督导`; blanks around are dropped."""
    found = numbering_at(text)
    return text[found.end if found else 0 :].strip()


def expression(styles: Iterable[Style]) -> str:
    """For expressions that look for numbers of some styles within a text; without groups."""
    wanted = set(styles)
    return f"(?:{'|'.join(_expression(row) for style, row in _ROWS.items() if style in wanted)})"
