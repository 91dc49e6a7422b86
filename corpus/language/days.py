"""Whole dates as they are printed on a page: 2024年3月4日, 二〇二四年三月四日, 民國113年3月4日.

Blanks and full width included (GB/T 9704-2012 7.3.5.4); partial dates are of `gongbao.corpus.language.dates`.
"""

from __future__ import annotations

import re
from datetime import date

from gongbao.corpus.language.dates import DATES
from gongbao.corpus.language.numerals import ONES, TENS, YEAR_DIGITS, count

_ERA = "|".join(DATES.eras)
_WHOLE = (
    rf"(?P<y>\d{{4}}|[{YEAR_DIGITS}]{{4}}|(?:{_ERA})\s*(?:\d{{1,3}}|[〇零{ONES}十百]{{1,6}}))\s*年"
    rf"\s*(?P<m>\d{{1,2}}|[{TENS}]{{1,2}})\s*月\s*(?P<d>\d{{1,2}}|[廿{TENS}]{{1,3}})\s*日"
)
WHOLE_DATE = re.compile(_WHOLE)  # groups y, m, d, for `day_of`
PARTIAL_DAY = r"(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?"  # for expressions: 2024年3月4日, 3月4日, or nothing
DATED_IN = r"(20\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日|[底末])(?:之?前)?"  # the year that a day or an end has: 2024年8月底
# As cells and pages have it: 2024-3-4, 2024/3/4
TYPED_DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
DAY = re.sub(r"\?P<[ymd]>", "?:", _WHOLE)  # the same for expressions, without groups


def day_of(found: re.Match[str]) -> date | None:
    """What WHOLE_DATE matched; None where there is no such day."""
    year, month, day = DATES.year("".join(found["y"].split())), count(found["m"]), count(found["d"])
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def find_day(text: str) -> date | None:
    """The first whole date in a text: 二〇二四年三月四日, 民國113年3月4日; None where there is none or no such day."""
    found = WHOLE_DATE.search(text)
    return day_of(found) if found else None


def is_day(text: str) -> bool:
    """The text is a whole date and nothing else, brackets aside."""
    return WHOLE_DATE.fullmatch(text.strip().strip("（）()").strip()) is not None
