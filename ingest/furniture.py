"""Running heads and page numbers: what recurs at the same height of the margin, page after page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from gongbao.corpus.document import Furniture
from gongbao.corpus.language.days import is_day
from gongbao.corpus.language.numbering import OUTLINE, expression
from gongbao.ingest.layout import Line

_ZONE = 0.13  # of the page's height, at the top and at the bottom
_HEIGHT = 3.0  # points that the same head may move from page to page
_SCANNED_HEIGHT = 9.0  # the same from scan to scan
_LARGE, _LARGE_NUMBER = 1.25, 1.7  # of the body: what is larger is a title; page numbers may be larger
_ROWS = 2  # lines of a head or foot
_APART = 0.9  # em between a head or foot and the text
_MIN_PAGES = 2
_MIN_SHARE = 0.5  # of the pages with a line at that height
_MIN_SHARE_OF_ALL = 0.3  # of all pages
_SHORT = 4  # pages of a file in which two of a kind are enough
_ORNAMENT = r"(?:[^\w（）()、，。；：;:,%％‰℃°]|_)*"  # dashes, dots, diamonds, brackets: whatever says nothing
_PAGE_NUMBER = re.compile(
    rf"{_ORNAMENT}(?:第\s*)?(\d{{1,4}}|[ivxlcIVXLC]{{1,6}})(?:\s*页)?(?:[\s,，]*[/／共]\s*\d+\s*页?)?{_ORNAMENT}"
)
_DIVIDER = re.compile(r"(?:\s*[*＊※☆★◇◆●■□✦❖—–─━=~～·•]){3,}\s*")  # between two texts
_DIGITS = re.compile(r"[\d０-９]+")
_BODY = re.compile(rf"附\s*[件表录图]|{expression(OUTLINE)}")


@dataclass(frozen=True, slots=True)
class PageLines:
    """A page's lines in any order; `height` in points."""

    number: int
    height: float
    lines: tuple[Line, ...]


def find_furniture(pages: Iterable[PageLines], body: float) -> dict[int, list[tuple[Line, str]]]:
    """Page number → (line, kind running_head | page_number | divider); `body`: the usual font size."""
    found: dict[int, list[tuple[Line, str]]] = {}
    pages = list(pages)
    for page in pages:
        for line in page.lines:
            if _DIVIDER.fullmatch(line.text):
                found.setdefault(page.number, []).append((line, "divider"))
    for at_top in (True, False):
        margins = {page.number: _margin(page, at_top, body) for page in pages}
        heads = _recurring(margins)
        texts = Counter(line.text for lines in margins.values() for line in lines)
        for number, lines in margins.items():
            for line in lines:
                kind = _kind(line, heads, at_top)
                signed = is_day(line.text) and texts[line.text] == 1  # alone on the last page of its document
                if kind and not signed and not _DIVIDER.fullmatch(line.text):
                    found.setdefault(number, []).append((line, kind))
    return found


def label(page: int, line: Line, kind: str) -> Furniture:
    return Furniture(page, line.box, line.text, kind)


def _margin(page: PageLines, at_top: bool, body: float) -> list[Line]:
    """The outermost rows of one margin, outermost first."""
    small = [line for line in page.lines if line.shown is None]
    ordered = sorted(small, key=lambda line: line.top if at_top else -line.bottom)
    rows: list[list[Line]] = []
    for line in ordered:
        if rows and abs(line.top - rows[-1][0].top) <= _HEIGHT:
            rows[-1].append(line)
        elif len(rows) > _ROWS:
            break
        else:
            rows.append([line])
    margin = [line for row in rows[: _outer(rows)] for line in row]
    return [line for line in margin if _is_in_zone(line, page, at_top) and _is_small(line, body)]


def _is_small(line: Line, body: float) -> bool:
    return line.size <= (_LARGE_NUMBER if _PAGE_NUMBER.fullmatch(line.text) else _LARGE) * body


def _is_in_zone(line: Line, page: PageLines, at_top: bool) -> bool:
    zone = _ZONE * page.height
    return line.bottom <= zone if at_top else line.top >= page.height - zone


def _outer(rows: list[list[Line]]) -> int:
    """How many of the outermost rows stand off from the text: all, where the page has no more."""
    if len(rows) <= _ROWS:
        return len(rows)
    for count in range(_ROWS, 0, -1):
        last, then = rows[count - 1][0], rows[count][0]
        gap = max(then.top - last.bottom, last.top - then.bottom)
        if gap > _APART * last.size:
            return count
    return int(all(_PAGE_NUMBER.fullmatch(line.text) for line in rows[0]))


def _key(text: str) -> str:
    return _DIGITS.sub("#", "".join(text.split()))


def _recurring(margins: dict[int, list[Line]]) -> list[tuple[float, float]]:
    """(top, size) of the rows whose text recurs on most pages that have such a row."""
    at: dict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
    for number, lines in margins.items():
        for line in lines:
            at[round(line.top / _HEIGHT), round(line.size * 2)].append((number, _key(line.text)))
    keys = Counter(key for lines in margins.values() for key in {_key(line.text) for line in lines})
    enough = max(_MIN_PAGES if len(margins) <= _SHORT else _MIN_PAGES + 1, _MIN_SHARE_OF_ALL * len(margins))
    heads = []
    for (height, size), seen in at.items():
        again = {number for number, key in seen if keys[key] >= _MIN_PAGES and not _BODY.match(key)}
        if len(again) >= enough and len(again) >= _MIN_SHARE * len({number for number, _ in seen}):
            heads.append((height * _HEIGHT, size / 2))
    lines_of_all = (line for lines in margins.values() for line in lines)
    return heads + [(line.top, line.size) for line in lines_of_all if _is_scanned_head(line, keys, enough)]


def _is_scanned_head(line: Line, keys: Counter[str], enough: float) -> bool:
    """Sheets lie in a scanner as they fall: the text alone must recur."""
    key = _key(line.text)
    return line.confidence is not None and keys[key] >= enough and not _BODY.match(key)


def _kind(line: Line, heads: list[tuple[float, float]], at_top: bool) -> str | None:
    near = _HEIGHT if line.confidence is None else _SCANNED_HEIGHT
    recurs = any(abs(line.top - top) <= near and abs(line.size - size) <= 0.5 for top, size in heads)
    numbered = _PAGE_NUMBER.fullmatch(line.text) is not None
    if numbered and (recurs or not at_top):
        return "page_number"
    return "running_head" if recurs else None
