"""One page as the workers hand it back: lines in reading order, tables, and what went wrong."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from corpus.document import PageState
from ingest.characters import clean, judge
from ingest.columns import Gutter
from ingest.layout import Line, PageLayout, Placed, lay_out
from ingest.page import SLANTED, FloatArray, IntArray, PageContent
from ingest.pdf import read_page
from ingest.tables import RawTable, find_tables

_SAME_GUTTER = 12.0  # points
_SHARED_BY = 2  # pages
_WATERMARK_SIZE = 2.0  # of the usual size
_PALE = 190  # mean of red, green, blue


@dataclass(frozen=True, slots=True, eq=False)
class PageReading:
    """`items`: lines and places of `tables` in reading order. `boxes`: the boxes of the page's
    glyphs, only where there are tables. `marks`: watermarks. `trouble`: why it could not be read."""

    number: int
    width: float
    height: float
    state: PageState
    note: str = ""
    items: tuple[Line | Placed, ...] = ()
    tables: tuple[RawTable, ...] = ()
    boxes: FloatArray | None = None
    gutters: tuple[Gutter, ...] = ()
    marks: tuple[Line, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """Read page `index` (from 0) again with other knowledge: tables that are none, gutters elsewhere."""

    index: int
    no_tables: frozenset[int] = frozenset()
    hints: tuple[Gutter, ...] = ()


def read(document: pdfium.PdfDocument, request: Request) -> PageReading:
    """A page of the file; errors are raised."""
    return understand(read_page(document, request.index), request)


def understand(raw: PageContent, request: Request) -> PageReading:
    """Judge, clean and lay out a page's content, from whatever engine it came."""
    verdict = judge(raw)
    blank = PageReading(raw.number, raw.width, raw.height, verdict.state, verdict.note)
    if verdict.state is not PageState.NATIVE:
        return blank
    page = clean(raw)
    upright, marked = _upright(page)
    tables = tuple(t for i, t in enumerate(find_tables(page)) if i not in request.no_tables)
    prose = upright[~_inside(page, upright, tables)]
    layout = lay_out(page.number, page.glyphs, prose, _table_boxes(tables), request.hints)
    return replace(
        blank,
        items=layout.items,
        tables=tables,
        boxes=page.glyphs.boxes.astype(np.float32) if tables else None,
        gutters=layout.gutters,
        marks=_lines_only(lay_out(page.number, page.glyphs, marked, _table_boxes(()))),
    )


def _upright(page: PageContent) -> tuple[IntArray, IntArray]:
    """Places of the glyphs to be read, and of those of a watermark: large and pale, or slanted."""
    glyphs = page.glyphs
    if not len(glyphs):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    usual = float(np.median(glyphs.size))
    pale = np.array([sum(s.color[:3]) / 3 > _PALE or s.color[3] < 128 for s in glyphs.styles])[glyphs.style]
    watermark = (glyphs.angle == SLANTED) | (pale & (glyphs.size > _WATERMARK_SIZE * usual))
    inside = (glyphs.x1 > 0) & (glyphs.x0 < page.width) & (glyphs.bottom > 0) & (glyphs.top < page.height)
    return np.flatnonzero(inside & ~watermark), np.flatnonzero(inside & watermark)


def _inside(page: PageContent, places: IntArray, tables: tuple[RawTable, ...]) -> NDArray[np.bool_]:
    """Which of the glyphs stand in a table."""
    glyphs = page.glyphs
    x = (glyphs.x0[places] + glyphs.x1[places]) / 2
    y = (glyphs.top[places] + glyphs.bottom[places]) / 2
    found = np.zeros(len(places), dtype=bool)
    for table in tables:
        for part in table.parts:
            box = part.bbox
            found |= (x >= box.x0 - 1) & (x <= box.x1 + 1) & (y >= box.top - 1) & (y <= box.bottom + 1)
    return found


def _table_boxes(tables: tuple[RawTable, ...]) -> FloatArray:
    boxes = [[t.parts[0].bbox.x0, t.parts[0].bbox.top, t.parts[0].bbox.x1, t.parts[0].bbox.bottom] for t in tables]
    return np.array(boxes, dtype=np.float64).reshape(-1, 4)


def _lines_only(layout: PageLayout) -> tuple[Line, ...]:
    return tuple(item for item in layout.items if isinstance(item, Line))


# --- what pages tell about each other


def usual_gutters(pages: Sequence[tuple[Gutter, ...]]) -> tuple[Gutter, ...]:
    """The gutters that several pages share."""
    votes: dict[int, list[Gutter]] = defaultdict(list)
    for gutters in pages:
        for gutter in gutters:
            votes[round(gutter.middle / _SAME_GUTTER)].append(gutter)
    return tuple(found[len(found) // 2] for found in votes.values() if len(found) >= _SHARED_BY)


def is_straddled(reading: PageReading, gutter: Gutter) -> bool:
    """A line of the page has its only blank where the gutter would be, though no gutter was found there."""
    if any(gutter.left < found.middle < gutter.right for found in reading.gutters):
        return False
    return any(isinstance(item, Line) and _has_gap(item, gutter) for item in reading.items)


def _has_gap(line: Line, gutter: Gutter) -> bool:
    if not line.x0 < gutter.left or not line.x1 > gutter.right:
        return False
    at = bisect_right(line.xs, gutter.middle) - 1
    return line.text[at] == "\u3000" and line.xs[at + 1] - line.xs[at] > 0.5 * (gutter.right - gutter.left)
