"""Two ruled tables that touch: the last rule of one is the first of the other, and no wall goes on."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from gongbao.ingest.page import PageContent
from gongbao.ingest.tables.fill import Filled, fill_areas
from gongbao.ingest.tables.grids import Area
from gongbao.ingest.tables.header import count_header_rows


@dataclass(frozen=True, slots=True)
class TouchingTolerances:
    """Set on tables drawn without a gap below one another (test_find.py).

    `fewest`: rows that either has at least.
    """

    fewest: int = 2


TOLERANCES = TouchingTolerances()


def split_touching(table: Filled, page: PageContent) -> list[Filled]:
    """The tables that this one is made of: each has columns of its own and a row that names them."""
    for row in _partings(table):
        parts = [_part(table, page, 0, row), _part(table, page, row, table.n_rows)]
        if all(count_header_rows(part, page) for part in parts):
            return [parts[0], *split_touching(parts[1], page)]
    return [table]


def _partings(table: Filled) -> list[int]:
    """Rows that have no wall and no cell in common with the row above."""
    walls = np.zeros((table.n_rows, table.n_cols + 1), dtype=np.bool_)
    tall = np.zeros(table.n_rows, dtype=np.bool_)
    for area in table.areas:
        walls[area.row : area.row + area.row_span, area.col] = True
        tall[area.row + 1 : area.row + area.row_span] = True
    inner = walls[:, 1:]  # that on the left is everyone's
    several = inner.sum(axis=1) > 0
    shared = (inner[1:] & inner[:-1]).sum(axis=1)
    apart = (shared == 0) & several[1:] & several[:-1] & ~tall[1:]
    rows = np.flatnonzero(apart) + 1
    return [row for row in rows.tolist() if TOLERANCES.fewest <= row <= table.n_rows - TOLERANCES.fewest]


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
