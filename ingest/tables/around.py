"""What stands around a table: its caption and units line, and whether it may go on over the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from gongbao.corpus.geometry import BBox
from gongbao.corpus.language.captions import CAPTION, CONTINUED, UNITS
from gongbao.corpus.language.numerals import TENS
from gongbao.ingest.columns import Gutter, read_order
from gongbao.ingest.lines import find_segments
from gongbao.ingest.page import IntArray, PageContent
from gongbao.ingest.tables.fill import glyphs_inside
from gongbao.ingest.tables.lines import TableLine, join_lines, line_text, parted, split_lines
from gongbao.ingest.tables.types import RawLine


@dataclass(frozen=True, slots=True)
class SurroundingTolerances:
    """Set on captions, lines of units and running heads of gazettes and of foreign reports
    (tests/ingest/tables/test_find.py).

    `margin`: of the page's height: where running heads and page numbers stand. `least_margin`: but at least so
    many points. `head`: of the page's height: where no title of a table stands, or. `least_head`: so many points.
    `furniture`: lines of it, at most. `caption_gap`: font sizes between a caption and its table, or between its
    lines. `caption_lines`: lines of a caption, at most. `narrow`: of the page's width: no wider table stands in a
    column.
    """

    margin: float = 0.12
    least_margin: float = 72.0
    head: float = 0.08
    least_head: float = 56.0
    furniture: int = 2
    caption_gap: float = 3.0
    caption_lines: int = 3
    narrow: float = 0.55


TOLERANCES = SurroundingTolerances()
_NUMBERED = re.compile(rf"\s*({CAPTION})\s*[\dA-Za-z{TENS}]")
_CONTINUED = re.compile(rf"[(（]\s*({CONTINUED})|^\s*续表")
_UNITS = re.compile(rf"\s*+[（(\[]?\s*+({UNITS})")
_SENTENCE_END = "。；;：:，,、"


@dataclass(frozen=True, slots=True)
class Surroundings:
    caption: tuple[RawLine, ...]
    units: tuple[RawLine, ...]
    starts_page: bool
    ends_page: bool
    starts_column: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Neighbour:
    line: TableLine
    text: str
    bold: bool


def loose_lines(page: PageContent, tables: Sequence[BBox]) -> list[TableLine]:
    """The upright lines of a page outside its tables, from the top; those of two columns of the page are two."""
    free = page.glyphs.angle == 0
    for box in tables:
        free[glyphs_inside(page.glyphs, box)] = False
    places = np.flatnonzero(free)
    groups = split_lines(page.glyphs, places, np.zeros(len(places), np.int64))
    lines = groups[0][1] if groups else []
    middles = [gutter.middle for gutter in _gutters(page, places, tables)]
    return [part for line in lines for part in parted(page.glyphs, line, middles)]


def _gutters(page: PageContent, places: IntArray, tables: Sequence[BBox]) -> tuple[Gutter, ...]:
    """Between columns of the page; none where all its tables are as wide as it."""
    if not len(places) or all(box.width >= TOLERANCES.narrow * page.width for box in tables):
        return ()
    segments = find_segments(page.glyphs, places)
    boxes = [(s.x0, s.top, s.x1, s.bottom) for s in segments] + [(b.x0, b.top, b.x1, b.bottom) for b in tables]
    sizes = np.array([s.size for s in segments] + [0.0] * len(tables))
    return read_order(np.array(boxes), sizes, float(np.median(page.glyphs.size[places])))[1]


def is_numbered(text: str) -> bool:
    """表1　重点任务分解表, Table 1 Main indicators: a caption by its number."""
    return bool(_NUMBERED.match(text)) and text.rstrip()[-1] not in _SENTENCE_END


def look_around(page: PageContent, box: BBox, others: Sequence[BBox], lines: Sequence[TableLine]) -> Surroundings:
    """`page` upright; `others`: the boxes of its other tables; `lines` outside all tables."""
    ceiling = max((o.bottom for o in others if _shares_width(o, box) and o.bottom <= box.top + 1), default=0.0)
    floor = min((o.top for o in others if _shares_width(o, box) and o.top >= box.bottom - 1), default=page.height)
    near = [line for line in lines if _shares_width(line.bbox, box)]
    above = [line for line in near if ceiling < line.bbox.bottom <= box.top + 0.5 * line.size]
    below = [line for line in near if box.bottom - 0.5 * line.size <= line.bbox.top < floor]
    own = _within(above, box, page.width)
    caption, units = _titles(page, box, own)
    margin = max(TOLERANCES.margin * page.height, TOLERANCES.least_margin)
    if _says_continued(page, caption):
        above, own = (_without(some, [*caption, *units]) for some in (above, own))
        caption = []
    starts = ceiling == 0 and not caption and _only_furniture(above, 0, margin)
    ends = floor == page.height and _only_furniture(below, page.height - margin, page.height)
    heads = len(own) < len(above) and ceiling == 0 and not caption and _only_furniture(own, 0, margin)
    return Surroundings(_raw(page, caption), _raw(page, units), starts, ends, heads)


def _within(lines: Sequence[TableLine], box: BBox, width: float) -> list[TableLine]:
    """The lines of the column that a narrow table stands in, without titles over all columns, which begin left of it
    and are not centred over it. `width`: of the page."""
    if box.width >= TOLERANCES.narrow * width:
        return list(lines)
    return [line for line in lines if line.bbox.x0 >= box.x0 - line.size or _is_over(line.bbox, box, line.size)]


def _without(lines: Sequence[TableLine], others: Sequence[TableLine]) -> list[TableLine]:
    return [line for line in lines if line not in others]


def _says_continued(page: PageContent, caption: Sequence[TableLine]) -> bool:
    """表1（续）, Table 1 (continued)"""
    return any(_CONTINUED.search(line_text(page.glyphs, line.places)[0]) for line in caption)


def _shares_width(one: BBox, other: BBox) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1


def _only_furniture(lines: Sequence[TableLine], low: float, high: float) -> bool:
    return len(lines) <= TOLERANCES.furniture and all(low <= (ln.bbox.top + ln.bbox.bottom) / 2 <= high for ln in lines)


def _titles(page: PageContent, box: BBox, above: Sequence[TableLine]) -> tuple[list[TableLine], list[TableLine]]:
    """Caption and units lines, both from the top, read upwards from the table."""
    caption: list[_Neighbour] = []
    units: list[TableLine] = []
    edge = box.top
    for line in reversed(above):
        found = _neighbour(page, line)
        if edge - line.bbox.bottom > TOLERANCES.caption_gap * line.size or len(caption) == TOLERANCES.caption_lines:
            break
        edge = line.bbox.top
        if not caption and _UNITS.match(found.text):
            units.insert(0, line)
        elif _is_caption(found, box, caption) and not _is_running_head(page, found):
            caption.insert(0, found)
            if _NUMBERED.match(found.text):
                break
        else:
            break
    return [found.line for found in caption], units


def _neighbour(page: PageContent, line: TableLine) -> _Neighbour:
    text, _ = line_text(page.glyphs, line.places)
    styles = page.glyphs.style[line.places]
    bold = sum(page.glyphs.styles[k].bold for k in styles.tolist()) * 2 > len(styles)
    return _Neighbour(line, text.strip(), bold)


def _is_running_head(page: PageContent, found: _Neighbour) -> bool:
    """At the very top of the page, and nothing says that it names a table."""
    edge = max(TOLERANCES.head * page.height, TOLERANCES.least_head)
    return found.line.bbox.bottom < edge and not (found.bold or _NUMBERED.match(found.text))


def _is_caption(found: _Neighbour, box: BBox, below: Sequence[_Neighbour]) -> bool:
    if _NUMBERED.match(found.text):
        return True
    if not found.text or found.text[-1] in _SENTENCE_END:
        return False
    if below:
        last = below[0]
        return found.bold == last.bold and abs(found.line.size - last.line.size) < 0.6 and _is_centred(found.line, box)
    return found.bold or _is_centred(found.line, box)


def _is_centred(line: TableLine, box: BBox) -> bool:
    return _is_over(line.bbox, box, line.size) and line.bbox.x0 > box.x0 + line.size


def _is_over(line: BBox, box: BBox, size: float) -> bool:
    """Their middles are one. `size`: of the font."""
    return abs((line.x0 + line.x1) - (box.x0 + box.x1)) / 2 < 0.03 * box.width + size / 2


def _raw(page: PageContent, lines: Sequence[TableLine]) -> tuple[RawLine, ...]:
    if not lines:
        return ()
    left, right = min(line.bbox.x0 for line in lines), max(line.bbox.x1 for line in lines)
    return join_lines(page.glyphs, page.number, lines, left, right)
