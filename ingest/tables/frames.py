"""Pages turned so that the text that is to be read stands upright, and tables turned back."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from gongbao.corpus.geometry import BBox
from gongbao.ingest.page import FloatArray, Glyphs, PageContent


@dataclass(frozen=True, slots=True)
class TurnTolerances:
    """Set on pages with tables set sideways, and with signs along a chart's axis (tests/ingest/tables/test_find.py).

    `few`: glyphs of a direction that are still no text of their own.
    """

    few: int = 12


TOLERANCES = TurnTolerances()


def reading_turns(page: PageContent) -> list[int]:
    """Quarter turns clockwise of the directions in which the page is set, most glyphs first."""
    counts = np.bincount(page.glyphs.angle, minlength=4) if len(page.glyphs) else np.zeros(4, np.int64)
    return [int(turn) for turn in np.argsort(-counts, kind="stable") if counts[turn] > (TOLERANCES.few if turn else 0)]


def upright(page: PageContent, turn: int) -> PageContent:
    """The page as one sees it who turns it until text of this direction stands upright."""
    for _ in range(turn):
        page = _turn_left(page)
    return page


def _turn_left(page: PageContent) -> PageContent:
    """A quarter turn anticlockwise: (x, y) → (y, width - x)."""
    g = page.glyphs
    boxes = _left(g.boxes, page.width)
    styles = tuple(replace(style, angle=(style.angle - 1) % 4) for style in g.styles)
    glyphs = Glyphs(g.text, boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3], g.size, g.style, styles, g.confidence)
    return replace(
        page,
        width=page.height,
        height=page.width,
        glyphs=glyphs,
        horizontals=_left(page.verticals, page.width),
        verticals=_left(page.horizontals, page.width),
        fills=_left(page.fills, page.width),
        images=_left(page.images, page.width),
    )


def _left(boxes: FloatArray, width: float) -> FloatArray:
    return np.column_stack((boxes[:, 1], width - boxes[:, 2], boxes[:, 3], width - boxes[:, 0]))


def turn_back(box: BBox, turn: int, page: PageContent) -> BBox:
    """A box of the upright page → where it stands on the page as shown; `page` as shown."""
    for quarter in range(turn, 0, -1):
        # the page before this left turn had this width
        width = page.width if quarter % 2 else page.height
        box = BBox(width - box.bottom, box.x0, width - box.top, box.x1)
    return box
