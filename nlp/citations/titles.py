"""Titles in 《》 with the number printed behind them, in one paragraph or cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongbao.corpus.language.document_numbers import ORDER, PRINTED, canonical_number
from gongbao.corpus.offsets import Span

_TITLE = re.compile(r"《((?:[^《》]|《[^《》]{1,120}》){1,300})》")
_OPEN, _CLOSE = "[（(﹙]", "[）)﹚]"
# 文号 (云政发〔2024〕10号), orders (国务院令第591号, 第3号公告), standards (GB/T 9704-2012, DB14/1929—2019).
NUMBER = rf"(?:{PRINTED}|(?:[一-鿿]{{2,20}}?)?{ORDER}(?:令|公告)?)"
_STANDARD = r"[A-Z]{1,4}(?:\s*/\s*[A-Z]{1,3})?\s*[\d.]+(?:\s*/\s*\d+)?(?:\s*[-—－–]\s*(?:19|20)?\d\d)?"
_BEHIND = re.compile(
    rf"(?:的?(?:通知|意见|决定|批复|函|公告))?\s*{_OPEN}\s*(?P<number>{NUMBER}|{_STANDARD})\s*(?:[,，、;；][^（）()]{{1,30}})?{_CLOSE}"
)
_INSIDE = re.compile(rf"{_OPEN}\s*(?P<number>{_STANDARD})\s*{_CLOSE}\s*$")
_SHORT_FORM = re.compile(
    rf"{_OPEN}[^（）()]{{0,6}}(?:以下|下)(?:统?简)?称(?:为)?[：:]?\s*[《“\"]([^》”\"]{{1,40}})[》”\"]"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A title as printed, without white space; spans count in the document's text."""

    title: str
    number: str | None
    span: Span  # from 《 to the end of the number
    short_forms: tuple[str, ...] = ()


def find_titles(text: str, within: Span) -> Iterator[Named]:
    named_to = within.start  # a short form is introduced, not cited, in its own brackets
    for found in _TITLE.finditer(text, within.start, within.end):
        if found.start() < named_to:
            continue
        title = "".join(found[1].split())
        behind = _BEHIND.match(text, found.end(), within.end)
        inside = _INSIDE.search(title)
        number = behind["number"] if behind else inside["number"] if inside else None
        end = behind.end() if behind else found.end()
        short = _SHORT_FORM.match(text, end, within.end)
        named_to = short.end() if short else end
        yield Named(
            title, canonical_number(number) if number else None, Span(found.start(), end), (short[1],) if short else ()
        )
