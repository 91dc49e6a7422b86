"""Walls that only the header has: rows ruled across alone take the columns that its box shows.

Offices box the header and rule the body across: read by its lines, every row would be one cell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from gongbao.ingest.page import FloatArray, PageContent
from gongbao.ingest.tables.grids import Grid
from gongbao.ingest.tables.words import BoolArray


@dataclass(frozen=True, slots=True)
class HangingTolerances:
    """Set on tables of tasks whose header alone is boxed (tests/ingest/tables/test_find.py).

    `touch`: points by which a glyph may reach over a wall that is not drawn. `most`: share of the rows that must be
    open. `same`: points by which the ends of rules may differ. `heading`: points, no heading between rows is higher.
    `header_rows`: of the box, at most. `fewest`: rows below that make it a header. `spoken`: columns in which an open
    row says something; a heading over all of them says one thing. `foot`: of the page's height, from which
    on page numbers stand.
    """

    touch: float = 1.0
    most: float = 0.5
    same: float = 3.0
    heading: float = 40.0
    header_rows: int = 3
    fewest: int = 2
    spoken: int = 2
    foot: float = 0.9


TOLERANCES = HangingTolerances()


def with_hanging_walls(grid: Grid, flat: FloatArray, steep: FloatArray, page: PageContent) -> Grid:
    """The grid with the walls of the row above let down through rows that have none, where no text crosses them;
    rules of its width right below it bound such rows too. `flat`, `steep`: all edges of the page."""
    if grid.n_cols < 2 or not grid.walls[0, 1:-1].any():
        return grid
    if grid.n_rows <= TOLERANCES.header_rows:
        grid = _with_rules_below(grid, flat, steep, page)
    opened: BoolArray = np.asarray(~grid.walls[:, 1:-1].any(axis=1), dtype=np.bool_)
    if not opened.any() or opened.sum() < TOLERANCES.most * grid.n_rows:
        return grid
    walls = grid.walls.copy()
    last = 0  # the row above with walls
    for row in range(1, grid.n_rows):
        if opened[row] and _fits(grid, walls[last], grid.ys[row : row + 2], page):
            walls[row] |= walls[last]
        last = row if walls[row, 1:-1].any() else last
    return replace(grid, walls=walls)


def _with_rules_below(grid: Grid, flat: FloatArray, steep: FloatArray, page: PageContent) -> Grid:
    """Rows between the rules under the grid that are as long as it is wide, as far as text keeps to its columns and
    no upright stands on them: that would be another table."""
    left, right, bottom = float(grid.xs[0]), float(grid.xs[-1]), float(grid.ys[-1])
    alike = (np.abs(flat[:, 1] - left) <= TOLERANCES.same) & (np.abs(flat[:, 2] - right) <= TOLERANCES.same)
    ys = np.unique(flat[alike & (flat[:, 0] > bottom + TOLERANCES.same), 0])
    over = (steep[:, 0] > left - TOLERANCES.same) & (steep[:, 0] < right + TOLERANCES.same)
    ends = np.min(steep[over & (steep[:, 2] > bottom + TOLERANCES.same), 1], initial=np.inf)
    bounds = np.concatenate([[bottom], ys[ys < max(ends, bottom) - TOLERANCES.same]])
    fits = [_fits(grid, grid.walls[-1], bounds[k : k + 2], page) for k in range(len(bounds) - 1)]
    rows = 0
    for k, fit in enumerate(fits):
        if not fit and not (k + 1 < len(fits) and fits[k + 1] and bounds[k + 1] - bounds[k] <= TOLERANCES.heading):
            break
        rows = k + 1
    if rows < TOLERANCES.fewest and not (rows and _ends_page(page, float(bounds[rows]))):
        return grid
    walls = np.zeros((rows, grid.walls.shape[1]), dtype=np.bool_)
    walls[:, (0, -1)] = True
    floors = np.ones((rows, grid.floors.shape[1]), dtype=np.bool_)
    ys = np.concatenate([grid.ys, bounds[1 : rows + 1]])
    return Grid(grid.xs, ys, np.concatenate([grid.walls, walls]), np.concatenate([grid.floors, floors]))


def _ends_page(page: PageContent, y: float) -> bool:
    """Nothing but what runs over every page stands below: a table that the page cuts off may show one row only."""
    top = page.glyphs.top
    return not ((top > y) & (top < TOLERANCES.foot * page.height)).any()


def _fits(grid: Grid, walls: BoolArray, rows: FloatArray, page: PageContent) -> bool:
    """No glyph between two heights stands on one of these walls, and two columns at least speak."""
    glyphs, xs = page.glyphs, grid.xs[1:-1][walls[1:-1]]
    middle, across = (glyphs.top + glyphs.bottom) / 2, (glyphs.x0 + glyphs.x1) / 2
    inside = (middle > rows[0]) & (middle < rows[1]) & (across > grid.xs[0]) & (across < grid.xs[-1])
    x0, x1 = glyphs.x0[inside][:, None], glyphs.x1[inside][:, None]
    crossed = (x0 < xs[None, :] - TOLERANCES.touch) & (x1 > xs[None, :] + TOLERANCES.touch)
    spoken = np.unique(np.searchsorted(xs, across[inside]))
    return bool(len(xs)) and not crossed.any() and len(spoken) >= TOLERANCES.spoken
