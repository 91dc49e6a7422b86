"""Two ruled tables that touch: the last rule of one is the first of the other, and no wall goes on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ingest.page import IntArray, PageContent
from ingest.tables.fill import Filled, fill_areas
from ingest.tables.grids import Area
from ingest.tables.header import count_header_rows

_FEWEST = 2  # rows of either


def split_touching(table: Filled, page: PageContent) -> list[Filled]:
    """The tables that this one is made of: each has columns of its own and a row that names them."""
    for row in range(_FEWEST, table.n_rows - _FEWEST + 1):
        if any(area.row < row < area.row + area.row_span for area in table.areas):
            continue
        above, below = _bounds(table, row - 1), _bounds(table, row)
        if min(len(above), len(below)) < 3 or np.intersect1d(above[1:-1], below[1:-1]).size:
            continue
        parts = [_part(table, page, 0, row), _part(table, page, row, table.n_rows)]
        if all(count_header_rows(part, page) for part in parts):
            return [parts[0], *split_touching(parts[1], page)]
    return [table]


def _bounds(table: Filled, row: int) -> IntArray:
    """Which of the table's upright lines bound the cells of a row."""
    cells = [area for area in table.areas if area.row <= row < area.row + area.row_span]
    return np.unique([side for area in cells for side in (area.col, area.col + area.col_span)])


def _part(table: Filled, page: PageContent, start: int, end: int) -> Filled:
    """Rows start to end with no more columns than they have."""
    areas = [area for area in table.areas if start <= area.row < end]
    bounds = np.unique([side for area in areas for side in (area.col, area.col + area.col_span)])
    own = []
    for area in areas:
        left, right = np.searchsorted(bounds, [area.col, area.col + area.col_span]).tolist()
        own.append(Area(area.row - start, left, area.row_span, right - left))
    filled = fill_areas(table.xs[bounds], table.ys[start : end + 1], own, page.glyphs)
    opened = dict(zip(table.areas, table.open_bottom, strict=False))
    return replace(filled, open_bottom=tuple(opened.get(area, False) for area in areas), walled=table.walled)
