"""Tables whose cells are closed by lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from gongbao.ingest.page import FloatArray, PageContent
from gongbao.ingest.tables.fill import Filled, fill_areas
from gongbao.ingest.tables.grids import Area, Grid, find_grids, merge_areas
from gongbao.ingest.tables.hanging import with_hanging_walls
from gongbao.ingest.tables.painted import with_painted_head
from gongbao.ingest.tables.stacked import unstack_rows
from gongbao.ingest.tables.touching import split_touching
from gongbao.ingest.tables.whitewalls import with_white_walls


@dataclass(frozen=True, slots=True)
class RuledTolerances:
    """Set on tables in boxes, tables that a page cuts off, charts and drawings (tests/ingest/tables/test_find.py,
    test_others.py).

    `hangs`: font sizes of white between lines of a cell, at most. `margin`: points: no box stands farther from the
    table in it. `low`: points: no row that is left blank is lower. `apart`: boxes with text of which no two touch make
    a drawing, of `boxes` at most. `speaking`: least share of cells with text; a chart's grid has fewer.
    """

    hangs: float = 0.8
    margin: float = 40.0
    low: float = 12.0
    apart: int = 3
    boxes: int = 60
    speaking: float = 0.12


TOLERANCES = RuledTolerances()


def find_ruled(page: PageContent, flat: FloatArray, steep: FloatArray) -> list[Filled]:
    """`page` upright, with its merged edges. Grids of drawings and boxes around text are left out."""
    grids = (with_painted_head(_without_frame(grid, page), page) for grid in find_grids(flat, steep))
    grids = (with_hanging_walls(grid, flat, steep, page) for grid in grids)
    found = [_find(grid, flat, page) for grid in grids]
    return [part for table in found if _is_table(table) for part in split_touching(table, page)]


def _find(grid: Grid, flat: FloatArray, page: PageContent) -> Filled:
    whole = with_white_walls(grid, flat, page)
    return replace(_fill(_with_overhang(whole, page), page), walled=whole is grid)


def _without_frame(grid: Grid, page: PageContent) -> Grid:
    """The grid without the empty margin between it and a box drawn around the page or the column of text."""
    while grid.n_cols > 1 and grid.n_rows > 1:
        inner = _peeled(grid, page)
        if inner is None:
            break
        grid = inner
    return grid


def _peeled(grid: Grid, page: PageContent) -> Grid | None:
    """Without the first outer row or column that is one narrow empty place, or such a row that no rule closes; None
    where there is none."""
    xs, ys, walls, floors = grid.xs, grid.ys, grid.walls, grid.floors
    for at, edge in ((0, slice(1, None)), (-1, slice(None, -1))):
        column, row = xs[:2] if at == 0 else xs[-2:], ys[:2] if at == 0 else ys[-2:]
        if not floors[1:-1, at].any() and np.ptp(column) < TOLERANCES.margin and _is_blank(page, column, ys[[0, -1]]):
            return Grid(xs[edge], ys, walls[:, edge], floors[:, edge])
        bare = not walls[at, 1:-1].any() or not floors[at].any()
        if bare and np.ptp(row) < TOLERANCES.low and _is_blank(page, xs[[0, -1]], row):
            return Grid(xs, ys[edge], walls[edge], floors[edge])
    return None


def _is_blank(page: PageContent, xs: FloatArray, ys: FloatArray) -> bool:
    x, y = (page.glyphs.x0 + page.glyphs.x1) / 2, (page.glyphs.top + page.glyphs.bottom) / 2
    return not ((x > xs[0]) & (x < xs[1]) & (y > ys[0]) & (y < ys[1])).any()


def _with_overhang(grid: Grid, page: PageContent) -> Grid:
    """The last row of a grid that the page cuts off, as far down as text hangs out of its open cells."""
    if grid.floors[-1].all():
        return grid
    glyphs, bottom = page.glyphs, float(grid.ys[-1])
    x, top = (glyphs.x0 + glyphs.x1) / 2, glyphs.top + 1
    below = np.flatnonzero((top > bottom - TOLERANCES.hangs * glyphs.size) & (x > grid.xs[0]) & (x < grid.xs[-1]))
    edge = bottom
    for at in below[np.argsort(top[below])].tolist():
        column = int(np.searchsorted(grid.xs, x[at])) - 1
        if top[at] > edge + TOLERANCES.hangs * glyphs.size[at] or glyphs.angle[at]:
            break
        if grid.floors[-1, column]:
            return grid
        edge = max(edge, float(glyphs.bottom[at]) + 1)
    return replace(grid, ys=np.concatenate([grid.ys[:-1], [edge]]))


def _fill(grid: Grid, page: PageContent) -> Filled:
    areas = merge_areas(grid)
    opened = tuple(
        area.row + area.row_span == grid.n_rows and not grid.floors[-1, area.col : area.col + area.col_span].any()
        for area in areas
    )
    filled = fill_areas(grid.xs, grid.ys, areas, page.glyphs)
    unstacked = unstack_rows(filled, page)
    if unstacked is not filled:
        return unstacked
    return replace(filled, open_bottom=opened)


def _is_table(table: Filled) -> bool:
    if table.n_cols < 2 or len(table.areas) < 2 or _are_apart(table):
        return False
    spoken = sum(bool(lines) or len(turned) > 0 for lines, turned in zip(table.lines, table.turned, strict=True))
    upright_glyphs = sum(len(line.places) for lines in table.lines for line in lines)
    turned_glyphs = sum(len(turned) for turned in table.turned)
    return spoken >= max(1, TOLERANCES.speaking * len(table.areas)) and upright_glyphs >= turned_glyphs


def _are_apart(table: Filled) -> bool:
    """Boxes with lines between them, none beside another: an organisation, a course of events."""
    spoken = [area for area, lines in zip(table.areas, table.lines, strict=True) if lines]
    return TOLERANCES.apart <= len(spoken) <= TOLERANCES.boxes and not any(
        _touch(one, other) for one, other in combinations(spoken, 2)
    )


def _touch(one: Area, other: Area) -> bool:
    rows = min(one.row + one.row_span, other.row + other.row_span) - max(one.row, other.row)
    columns = min(one.col + one.col_span, other.col + other.col_span) - max(one.col, other.col)
    return rows + columns > 0 and min(rows, columns) >= 0
