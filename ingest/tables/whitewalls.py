"""Walls of white in a grid that only some uprights part: where its side is open, one or two lines are not all of it.

Offices draw a line after the first column, or between two groups of columns, and leave the others to the white
between the words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from gongbao.corpus.geometry import BBox
from gongbao.ingest.page import FloatArray, PageContent
from gongbao.ingest.tables.fill import glyphs_inside
from gongbao.ingest.tables.grids import Grid, floors_of
from gongbao.ingest.tables.gutters import GutterBlock, find_block
from gongbao.ingest.tables.words import BoolArray, split_pieces


@dataclass(frozen=True, slots=True)
class WhiteWallTolerances:
    """Set on tables ruled across with one upright or two (tests/ingest/tables/test_find.py).

    `rows`: fewer show no columns. `parted`: share of the rows that must say something on both sides of a gutter.
    `level`: points by which a rule may miss the floor that it is.
    """

    rows: int = 2
    parted: float = 0.6
    level: float = 2.2


TOLERANCES = WhiteWallTolerances()


def with_white_walls(grid: Grid, flat: FloatArray, page: PageContent) -> Grid:
    """The grid with a wall in each gutter that its rows keep free, if one of its sides is open. `flat`: all
    horizontal edges of the page. A row alone shows columns where no rule is above it: names whose rows are on the next
    page."""
    if (grid.n_rows < TOLERANCES.rows and grid.floors[0].any()) or (grid.walls[:, 0].any() and grid.walls[:, -1].any()):
        return grid
    grid = _with_walls_let_down(grid, page)
    blocks = [_block(grid, column, page) for column in range(grid.n_cols)]
    if not any(blocks):
        return grid
    xs, walls = [grid.xs[:1]], [grid.walls[:, :1]]
    for column, block in enumerate(blocks):
        if block is not None:
            xs.append(block.gutters.mean(axis=1))
            walls.append(_walls(grid, block))
        xs.append(grid.xs[column + 1 : column + 2])
        walls.append(grid.walls[:, column + 1 : column + 2])
    parted, heights = np.concatenate(xs), np.abs(flat[:, 0][:, None] - grid.ys[None, :]).min(axis=1)
    floors = floors_of(flat[heights <= TOLERANCES.level], grid.ys, parted)
    found = Grid(parted, grid.ys, np.concatenate(walls, axis=1), floors)
    return replace(found, walls=found.walls & ~_named_over_rules(found, page))


def _with_walls_let_down(grid: Grid, page: PageContent) -> Grid:
    """A wall that only some rows have, such as that beside a name over several columns, parts the others too: those
    that say something on both sides of it and nothing across it."""
    inside = glyphs_inside(page.glyphs, BBox(*map(float, (grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]))))
    pieces = split_pieces(page.glyphs, inside)
    if pieces is None or grid.walls[:, 1:-1].all():
        return grid
    rows, walls = np.searchsorted(grid.ys, (pieces.top + pieces.bottom) / 2) - 1, grid.walls.copy()
    for k in range(1, grid.n_cols):
        low, x, high = grid.xs[k - 1 : k + 2]
        left = np.bincount(rows[(pieces.x1 <= x) & (pieces.x1 > low)], minlength=grid.n_rows) > 0
        right = np.bincount(rows[(pieces.x0 >= x) & (pieces.x0 < high)], minlength=grid.n_rows) > 0
        across = np.bincount(rows[(pieces.x0 < x) & (pieces.x1 > x)], minlength=grid.n_rows) > 0
        parted = ~walls[:, k] & left & right & ~across
        if walls[:, k].any() and parted.sum() >= TOLERANCES.parted * (~walls[:, k]).sum():
            walls[parted, k] = True
    return replace(grid, walls=walls)


def _named_over_rules(grid: Grid, page: PageContent) -> BoolArray:
    """Walls over a rule that is under some columns of a row alone, where one name stands: it names them all."""
    out = np.zeros_like(grid.walls)
    glyphs = page.glyphs
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    for row in range(grid.n_rows - 1):
        under = grid.floors[row + 1]
        if under.all():
            continue
        for first, last in _runs(under):
            own = np.flatnonzero(
                (y > grid.ys[row]) & (y < grid.ys[row + 1]) & (x > grid.xs[first]) & (x < grid.xs[last])
            )
            pieces = split_pieces(glyphs, own) if last - first > 1 else None
            if pieces is not None and len(pieces) == len(np.unique(pieces.line)):
                out[row, first + 1 : last] = True
    return out


def _runs(flags: BoolArray) -> list[tuple[int, int]]:
    """Where flags stand beside each other: first and after last."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _block(grid: Grid, column: int, page: PageContent) -> GutterBlock | None:
    """The columns that the text of one keeps to; None where it is but one."""
    x0, x1 = grid.xs[column : column + 2]
    places = glyphs_inside(page.glyphs, BBox(float(x0), float(grid.ys[0]), float(x1), float(grid.ys[-1])))
    pieces = split_pieces(page.glyphs, places)
    block = None if pieces is None else find_block(pieces)
    if block is None:
        return None
    spoken = _spoken(grid, block)
    both = (spoken[:, :-1] & spoken[:, 1:]).sum(axis=0)
    return block if (both >= TOLERANCES.parted * grid.n_rows).all() else None


def _spoken(grid: Grid, block: GutterBlock) -> BoolArray:
    """spoken[i, c]: row i says something in column c of the block."""
    rows = np.searchsorted(grid.ys, (block.pieces.top + block.pieces.bottom) / 2) - 1
    spoken = np.zeros((grid.n_rows, block.n_cols), dtype=np.bool_)
    known = block.column >= 0
    spoken[rows[known], block.column[known]] = True
    return spoken


def _walls(grid: Grid, block: GutterBlock) -> BoolArray:
    """walls[i, k]: no text of row i stands across gutter k."""
    pieces, middles = block.pieces, block.gutters.mean(axis=1)
    rows = np.searchsorted(grid.ys, (pieces.top + pieces.bottom) / 2) - 1
    crossed = (pieces.x0[:, None] < middles[None, :]) & (pieces.x1[:, None] > middles[None, :])
    walls = np.ones((grid.n_rows, len(middles)), dtype=np.bool_)
    for row in range(grid.n_rows):
        walls[row] = ~crossed[rows == row].any(axis=0)
    return walls
