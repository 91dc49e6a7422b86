"""Document numbers (文号; GB/T 9704-2012 7.2.5): issuer's code, year in 〔〕, serial and 号; orders: 令第18号.

Documents print them in any bracket (云政发[2024]10号, 雲政發﹝2024﹞10號); those who ask leave out brackets, the year,
the code or 号 (政办发20年57号, 10号文). What has strokes (云政发/2024/10, an 索引号) is no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from gongbao.corpus.language.lexicon import Row, Rows, load
from gongbao.corpus.language.numerals import TENS, YEAR_DIGITS, count, year
from gongbao.corpus.language.width import folded
from gongbao.corpus.offsets import Span

_HAN = "一-鿿㐀-䶿"
_FULL_YEAR = rf"(?:\d{{4}}|[{YEAR_DIGITS}]{{4}})"
_COUNT = rf"(?:\d{{1,5}}|[{TENS}百零〇两]{{1,7}})"
_ORDINAL = rf"(?:\d{{1,5}}|[{TENS}百零〇]{{1,6}})"
_YEAR_IN_BRACKETS = re.compile(r"〔(\d{4})〕")
_CANONICAL = re.compile(r"(\S*?)〔(\d{4})〕(\d+)号")
_SERIAL_ALONE = re.compile(r"(\d{1,5})号")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document number, or the parts of one that were given; the code of an order ends with 令."""

    code: str | None
    year: int | None
    serial: int | None

    @property
    def whole(self) -> bool:
        return None not in (self.code, self.year, self.serial)

    def __str__(self) -> str:
        year = f"〔{self.year}〕" if self.year else ""
        ordinal = "第" if self.code and self.code.endswith("令") and not self.year else ""
        return f"{self.code or ''}{year}{f'{ordinal}{self.serial}号' if self.serial else ''}"

    def fits(self, other: DocumentNumber) -> bool:
        """Whether `other`, a whole number, has all the parts that this one gives."""
        pairs = ((self.code, other.code), (self.year, other.year), (self.serial, other.serial))
        return all(mine in (None, theirs) for mine, theirs in pairs)


@dataclass(frozen=True, slots=True)
class DocumentNumberGrammar:
    """Expressions: a number as printed, an order without and with its name, the forms in which people ask for one."""

    printed: str
    ordinal: str
    order: str
    asked: tuple[str, ...]

    @classmethod
    def of(cls, rows: Rows) -> DocumentNumberGrammar:
        words = {row["name"]: row["words"] for row in rows}
        sign = f"[{''.join(words['signs']) or chr(0)}]"
        opening, closing = ("".join(re.escape(pair[at]) for pair in words["brackets"]) for at in (0, 1))
        year_in_brackets = rf"[{opening}]\s*{_FULL_YEAR}\s*年?\s*[{closing}]"
        printed = rf"[{_HAN}]{{1,16}}\s*{year_in_brackets}\s*第?\s*{_COUNT}\s*{sign}"
        ordinal = rf"(?:{_FULL_YEAR}\s*年\s*)?第\s*{_ORDINAL}\s*{sign}"
        named = rf"[{_HAN}]{{0,20}}?(?:{'|'.join(words['orders']) or '(?!)'})"
        order = rf"(?:{named}\s*)?(?:{ordinal}|[（(]\s*{ordinal}\s*[）)])"
        return cls(printed, ordinal, order, tuple(_asked(words, [row for row in rows if row.get("form")])))

    def explain(self, text: str) -> str:
        if canonical := self.canonical(text):
            return f"印 {canonical}"
        found = "、".join(str(number) for _, number in self.find_asked(text))
        return f"问 {found}" if found else ""

    def canonical(self, printed: str) -> str | None:
        """Of a text that is a number and nothing else."""
        if not (re.fullmatch(self.printed, printed) or re.fullmatch(self.order, printed)):
            return None
        parts = re.fullmatch(
            rf"(?P<code>.*?)\W*(?P<year>{_FULL_YEAR})?年?\W*第?(?P<serial>{_COUNT})[号號]\W*",
            folded(printed),
        )
        return _spelt(parts, bool(re.fullmatch(self.printed, printed))) if parts else None

    def find_asked(self, text: str) -> Iterator[tuple[Span, DocumentNumber]]:
        at = 0
        while found := self._first(text, at):
            yield found
            at = found[0].end

    def _first(self, text: str, at: int) -> tuple[Span, DocumentNumber] | None:
        """The earliest; of those that begin together, the longest."""
        matches = filter(None, (_compiled(form).search(text, at) for form in self.asked))
        for found in sorted(matches, key=lambda match: (match.start(), -match.end())):
            if number := _read(found):
                return Span(*found.span()), number
        return None


def _spelt(parts: re.Match[str], bracketed: bool) -> str | None:
    code, said, serial = parts["code"], parts["year"], count(parts["serial"])
    if serial is None:  # 第十二十二号
        return None
    if bracketed:
        return f"{code}〔{year(said)}〕{serial}号"
    return f"{code}{f'{year(said)}年' if said else ''}第{serial}号"


def _asked(words: dict[str, list[str]], forms: list[Row]) -> Iterator[str]:
    pairs = [*words["brackets"], *words["brackets of those who ask"]]
    sign = f"[{''.join(words['signs']) or chr(0)}]"
    parts = {
        "CODE": rf"(?P<code>(?:(?![第{''.join(words['no part of a code'])}])[{_HAN}]){{1,10}}?)",
        "ENDING": f"(?<=[{''.join(words['endings'])}])",
        "OPEN": f"[{''.join(re.escape(pair[0]) for pair in pairs)}]",
        "CLOSE": f"[{''.join(re.escape(pair[1]) for pair in pairs)}]",
        "YEAR": rf"(?P<year>(?:19|20)\d\d|[一二][{YEAR_DIGITS}]{{3}})",
        "SHORT": r"(?P<short>(?<!\d)\d\d)",
        "SERIAL": rf"(?:第\s*)?(?P<serial>{_COUNT})\s*{sign}",
        "COUNT?": r"(?P<serial>\d{1,5})?(?!\d)",
        "COUNT": rf"第?(?P<serial>{_COUNT})",
        " ": r"\s*",
    }
    expanding = re.compile("|".join(re.escape(part) for part in parts))
    for form in (form for row in forms for form in row["words"]):
        yield expanding.sub(lambda found: parts[found[0]], form.replace("CODE?", "(?:CODE)?"))


_compiled = cache(re.compile)  # with the first question: whoever only reads documents asks for none


def _read(found: re.Match[str]) -> DocumentNumber | None:
    parts = found.groupdict()
    given, serial = count(parts.get("year") or ""), count(parts.get("serial") or "")
    if short := parts.get("short"):
        given = 2000 + int(short)
    if serial is None and given is None:
        return None
    return DocumentNumber(parts.get("code") or None, given, serial)


_GRAMMAR = DocumentNumberGrammar.of(load("document_numbers"))
PRINTED = _GRAMMAR.printed  # for expressions, without groups: a number with its year in brackets
ORDINAL = _GRAMMAR.ordinal  # of an order or notice: 第18号, 2024年第3号
FOLDED_SERIAL = r"[〔\[(【]\d{4}[〕\])】](?:第)?\d+号"  # in folded text, without its issuer: 〔2024〕10号
ORDER = _GRAMMAR.order  # the same, and with its name: 云川市人民政府令（第十八号）
_DIGIT = re.compile(rf"[\d〇零{TENS}百两]")


def canonical_number(printed: str) -> str:
    """One spelling for keys: half-width digits, 〔〕, 号, no white space: 云政发〔2024〕10号, 云川市人民政府令第18号.

    What is no number stays as it is, without white space and of half width.
    """
    return _GRAMMAR.canonical(printed.strip()) or folded(printed)


def year_of_number(number: str | None) -> int | None:
    """Of one whose year stands in brackets."""
    found = _YEAR_IN_BRACKETS.search(canonical_number(number)) if number else None
    return int(found[1]) if found else None


def parse_number(printed: str) -> DocumentNumber | None:
    """The parts of a printed number; None for another kind of number (第5号, 2024年第3号)."""
    found = _CANONICAL.fullmatch(canonical_number(printed))
    return DocumentNumber(found[1] or None, int(found[2]), int(found[3])) if found else None


def parse_asked(asked: str) -> DocumentNumber | None:
    """The parts of a number as it was read (`str(DocumentNumber)`), where a lone serial has no 文 behind it: 10号."""
    alone = _SERIAL_ALONE.fullmatch(asked)
    if alone:
        return DocumentNumber(None, None, int(alone[1]))
    return next((number for _, number in find_asked(asked)), None)


def find_asked(text: str) -> Iterator[tuple[Span, DocumentNumber]]:
    """Every number in a question, left to right, whole or in part."""
    return _GRAMMAR.find_asked(text) if _DIGIT.search(text) else iter(())
