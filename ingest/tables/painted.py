"""A ruled table whose header has no lines: cells or a band of paint that stand on the first rule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from gongbao.ingest.page import FloatArray, PageContent
from gongbao.ingest.tables.grids import BoolArray, Grid, floors_of


@dataclass(frozen=True, slots=True)
class PaintTolerances:
    """Set on headers that are only painted, in one band or cell by cell (test_painted.py).

    `near`: points by which paint may miss a rule; `misses`: of the table's width that the paint may leave bare;
    `levels`: rows that such a header has at most.
    """

    near: float = 2.0
    misses: float = 0.05
    levels: int = 3


TOLERANCES = PaintTolerances()


def with_painted_head(grid: Grid, page: PageContent) -> Grid:
    """The grid and above it the rows that are only painted; the same grid where there are none."""
    boxes = _standing_on(grid, page.fills)
    if not len(boxes) or not _covers(grid, boxes):
        return grid
    inner = grid.xs[1:-1]
    if (
        np.ptp(boxes[:, (0, 2)], axis=1) >= (1 - TOLERANCES.misses) * np.ptp(grid.xs)
    ).all():  # one band for all columns
        return _extended(grid, boxes, _all_walls(grid, boxes)) if _stands_in_columns(page, inner, boxes) else grid
    aligned = (np.abs(boxes[:, (0, 2)][:, :, None] - grid.xs).min(axis=2) <= TOLERANCES.near).all()
    return _extended(grid, boxes, _sides(boxes)) if aligned else grid


def _standing_on(grid: Grid, fills: FloatArray) -> FloatArray:
    """Painted boxes right above the grid, and those right above them."""
    left, right = float(grid.xs[0]) - TOLERANCES.near, float(grid.xs[-1]) + TOLERANCES.near
    over = fills[(fills[:, 0] >= left) & (fills[:, 2] <= right) & (fills[:, 3] <= grid.ys[0] + TOLERANCES.near)]
    reach = float(grid.ys[0])
    for _ in range(TOLERANCES.levels):
        near = over[over[:, 3] >= reach - TOLERANCES.near]
        reach = float(near[:, 1].min(initial=reach))
    found: FloatArray = over[over[:, 3] > reach + TOLERANCES.near]
    return found


def _covers(grid: Grid, boxes: FloatArray) -> bool:
    lowest = boxes[boxes[:, 3] >= grid.ys[0] - TOLERANCES.near]
    return bool((lowest[:, 2] - lowest[:, 0]).sum() >= (1 - TOLERANCES.misses) * np.ptp(grid.xs))


def _stands_in_columns(page: PageContent, inner: FloatArray, boxes: FloatArray) -> bool:
    """Text in every column of the band and over none of their lines: names of columns, not a title."""
    glyphs, (top, bottom) = page.glyphs, (boxes[:, 1].min(), boxes[:, 3].max())
    middle = (glyphs.top + glyphs.bottom) / 2
    within = (middle > top) & (middle < bottom) & (glyphs.x1 > boxes[:, 0].min()) & (glyphs.x0 < boxes[:, 2].max())
    x0, x1 = glyphs.x0[within], glyphs.x1[within]
    crossed = ((x0[:, None] < inner - TOLERANCES.near) & (x1[:, None] > inner + TOLERANCES.near)).any()
    return not crossed and len(np.unique(np.searchsorted(inner, (x0 + x1) / 2))) == len(inner) + 1


def _sides(boxes: FloatArray) -> FloatArray:
    return np.concatenate([boxes[:, (0, 1, 3)], boxes[:, (2, 1, 3)]])


def _all_walls(grid: Grid, boxes: FloatArray) -> FloatArray:
    top, bottom = float(boxes[:, 1].min()), float(boxes[:, 3].max())
    return np.array([[x, top, bottom] for x in grid.xs])


def _extended(grid: Grid, boxes: FloatArray, steep: FloatArray) -> Grid:
    """`steep`: the walls of the new rows, as edges."""
    ys = np.concatenate([_levels(grid, boxes), grid.ys[:1]])
    flat = np.concatenate([boxes[:, (1, 0, 2)], boxes[:, (3, 0, 2)]])
    floors: BoolArray = floors_of(flat, ys, grid.xs)
    walls: BoolArray = floors_of(steep, grid.xs, ys).T
    below = floors[-1:] | grid.floors[:1]
    return Grid(
        grid.xs,
        np.concatenate([ys[:-1], grid.ys]),
        np.concatenate([walls, grid.walls]),
        np.concatenate([floors[:-1], below, grid.floors[1:]]),
    )


def _levels(grid: Grid, boxes: FloatArray) -> FloatArray:
    """Where the boxes begin, from the top; what begins together is one level."""
    tops = np.sort(boxes[:, 1])
    tops = tops[tops < grid.ys[0] - TOLERANCES.near]
    levels: FloatArray = tops[np.concatenate([[True], np.diff(tops) > TOLERANCES.near])]
    return levels
