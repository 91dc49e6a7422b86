"""Document numbers as people type them: any bracket or none, Chinese numerals, parts left out.

A number (GB/T 9704-2012, 7.2.5) is the issuer's code, the year in 〔〕, a serial and 号.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongbao.corpus.language.numerals import count
from gongbao.corpus.offsets import Span

_OPEN, _CLOSE = r"[〔\[(【﹝「『<〈《{]", r"[〕\])】﹞」』>〉》}]"
# A code has none of the words that join it to the question: 根据云政发…, …号和云政办函…
_CODE = r"(?P<code>(?:(?![号和与及的第据照跟件是在有于实彻行找查看])[\u3400-\u9fff]){1,10}?)"
_YEAR = r"(?P<year>(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3})"
_SERIAL = r"(?:第\s*)?(?P<serial>\d{1,5}|[一二三四五六七八九十百零〇两]{1,7})\s*号"
_HAS_DIGITS = re.compile(r"[\d〇零一二三四五六七八九十百两]")
# How an issuer's code ends: 云政发, 云政办函, 云府规, 国办发明电, 财税, 云建字 …
_ENDING = r"(?<=[发函规字令办电文通税任告党])"

_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_CODE}?\s*{_OPEN}\s*{_YEAR}\s*年?\s*{_CLOSE}\s*{_SERIAL}",  # 云政发[2024]10号, 〔2024〕10号
        rf"{_CODE}{_ENDING}\s*{_YEAR}\s*年?[\s\-—第]*(?P<serial>\d{{1,4}}|[一二三四五六七八九十百零〇两]{{1,7}})\s*号",
        rf"{_CODE}{_ENDING}\s*{_OPEN}\s*{_YEAR}\s*年?\s*{_CLOSE}\s*(?P<serial>\d{{1,5}})?(?!\d)",  # 云政发〔2024〕10
        rf"{_CODE}{_ENDING}\s*{_YEAR}\s*[-—/第 ]\s*(?P<serial>\d{{1,4}})(?!\d|年|月)",  # 云政发2024-10
        rf"(?<![\d月]){_YEAR}\s*年?\s*[-—/第]?\s*{_SERIAL}(?:文件|文)?(?!前|之前|以前|起|至|到)",  # 2024年10号
        rf"{_CODE}{_ENDING}\s*{_SERIAL}(?:文件|文)?",  # 云政发10号
        r"(?<![\d月年〕\])号第])第?(?P<serial>\d{1,4}|[一二三四五六七八九十百]{1,6})\s*号(?:文件|文)",  # 10号文
    )
)


@dataclass(frozen=True, slots=True)
class Number:
    """A document number, or the parts of one that were given."""

    code: str | None
    year: int | None
    serial: int | None

    @property
    def whole(self) -> bool:
        return None not in (self.code, self.year, self.serial)

    def __str__(self) -> str:
        year = f"〔{self.year}〕" if self.year else ""
        return f"{self.code or ''}{year}{f'{self.serial}号' if self.serial else ''}"

    def fits(self, other: Number) -> bool:
        """Whether `other`, a whole number, has all the parts that this one gives."""
        pairs = ((self.code, other.code), (self.year, other.year), (self.serial, other.serial))
        return all(mine in (None, theirs) for mine, theirs in pairs)


def parse_number(canonical: str) -> Number | None:
    """The parts of a printed number in canonical spelling; None for another kind of number (令第5号)."""
    found = re.fullmatch(r"(\S*?)〔(\d{4})〕(?:第)?(\d+)号?", canonical)
    return Number(found[1] or None, int(found[2]), int(found[3])) if found else None


def parse_asked(asked: str) -> Number | None:
    """The parts of a number as it was read (`str(Number)`), where a lone serial has no 文 behind it: 10号."""
    alone = re.fullmatch(r"(\d{1,5})号", asked)
    return Number(None, None, int(alone[1])) if alone else next((number for _, number in find_numbers(asked)), None)


def find_numbers(text: str) -> Iterator[tuple[Span, Number]]:
    """Every number in a folded text, left to right."""
    if not _HAS_DIGITS.search(text):
        return
    at = 0
    while found := _first(text, at):
        span, number = found
        yield span, number
        at = span.end


def _first(text: str, at: int) -> tuple[Span, Number] | None:
    """The earliest match; of those that begin together, the longest."""
    matches = filter(None, (form.search(text, at) for form in _FORMS))
    for found in sorted(matches, key=lambda match: (match.start(), -match.end())):
        if number := _read(found):
            return Span(found.start(), found.end()), number
    return None


def _read(found: re.Match[str]) -> Number | None:
    parts = found.groupdict()
    year, serial = count(parts.get("year") or ""), count(parts.get("serial") or "")
    if serial is None and year is None:
        return None
    return Number(parts.get("code") or None, year, serial)
