"""What an issue says about itself on its cover and in its running heads: year, number, 总第N期, date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongbao.corpus.language.days import WHOLE_DATE, day_of
from gongbao.corpus.language.numerals import TENS, YEAR, count
from gongbao.corpus.language.numerals import year as read_year
from gongbao.corpus.language.width import folded
from gongbao.ingest.patterns import HAN

_TITLE = re.compile(rf"[{HAN}]{{2,24}}(?:公报|政报)")
_YEAR_NUMBER = re.compile(
    rf"(?P<year>{YEAR})\s*年?\s*(?:\d{{1,2}}月\d{{1,2}}日)?[-—·.]?\s*(?<!总)第\s*(?P<number>\d{{1,3}}|[{TENS}百零〇]{{1,5}})\s*[期号]"
)
_SLASHED = re.compile(  # 1/2024, 2024/1; not 2024/3/15, the day that a browser prints, nor a part of a longer number
    r"(?<![\d/:：-])(?P<number>\d{1,2})\s*/\s*(?P<year>(?:19|20)\d\d)(?![\d/-])"
    r"|(?<![\d/:：-])(?P<y2>(?:19|20)\d\d)\s*/\s*(?P<n2>\d{1,2})(?![\d/-])"
)
_INDEXED = re.compile(r"索引号|https?://|www\.|\.gov\.cn")  # figures there number no issue
_STEM = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*(?:年第?|[-_.])\s*(?P<number>\d{1,2})\s*期?(?!\d)")
_TOTAL = re.compile(r"总\s*第?\s*(?P<total>\d{1,4})\s*[期号]|总[期号]?\s*[:：]?\s*(?P<bare>\d{1,4})")
_PUBLISHED = re.compile(WHOLE_DATE.pattern + r"\s*(?:出版|出刊|印发|发行|刊发)")
_SECTION = re.compile(r"[·•・【\[〖]\s*(?P<section>[^·•・【】\[\]\d]{2,20}?)\s*[·•・】\]〗]")


@dataclass(frozen=True, slots=True)
class Imprint:
    """None where nothing is printed."""

    title: str | None = None
    year: int | None = None
    number: int | None = None
    total: int | None = None
    published: date | None = None

    @property
    def id(self) -> str | None:
        return f"{self.year}-{self.number}" if self.year and self.number else None


def read_imprint(cover: Iterable[str], heads: Iterable[str], stem: str) -> Imprint:
    """From the lines of the cover pages, then from running heads, then (year and number) from the file's name."""
    cover, heads = list(cover), list(heads)
    lines = [folded(line) for line in [*cover, *heads]]
    year, number = _year_number(lines, stem)
    total = next((int(found["total"] or found["bare"]) for line in lines if (found := _TOTAL.search(line))), None)
    published = next((day_of(found) for line in lines if (found := _PUBLISHED.search(line))), None)
    return Imprint(_title(cover, heads), year, number, total, published)


def _title(cover: list[str], heads: list[str]) -> str | None:
    for lines in (cover, heads):
        names = Counter(found[0] for line in lines if (found := _TITLE.search(folded(line))))
        if names:
            return names.most_common(1)[0][0]
    return None


def _year_number(lines: list[str], stem: str) -> tuple[int | None, int | None]:
    for pattern in (_YEAR_NUMBER, _SLASHED):
        for line in (line for line in lines if not _INDEXED.search(line)):
            found = pattern.search(line)
            if found:
                parts = found.groupdict()
                year, number = parts.get("year") or parts.get("y2"), parts.get("number") or parts.get("n2")
                return read_year(year or ""), count(number or "")
    found = _STEM.search(stem)
    return (int(found["year"]), int(found["number"])) if found else (None, None)


def section_of(heads: Iterable[str]) -> str | None:
    """The section that a page's running head names between dots or brackets."""
    return next((found["section"] for head in heads if (found := _SECTION.search(head))), None)
