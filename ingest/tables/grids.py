"""Edges → grids: edges that cross belong together; a wall that is missing merges its cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from gongbao.ingest.page import FloatArray, IntArray
from gongbao.ingest.tables.edges import snap
from numpy.typing import NDArray

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class GridTolerances:
    """Set on ruled tables as Word, WPS and browsers draw them (tests/ingest/tables/test_steps.py).

    `reach`: points by which an edge may miss the one it meets. `thin`: points: no row or column is as narrow.
    `covered`: share of a side that a line must cover to be its wall. `open_side`: points that rules must jut out
    for a column without an outer line; `open_end`: uprights for a row beside
    others, which may be no higher than its text.
    `jutting`: share of them that do, at least. `max_places`: places of a grid, beyond which it is a drawing.
    """

    reach: float = 3.0
    thin: float = 4.0
    covered: float = 0.6
    open_side: float = 12.0
    open_end: float = 7.0
    jutting: float = 0.25
    max_places: int = 40_000


TOLERANCES = GridTolerances()


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Lines at `xs` and `ys`; walls[i, k]: a line at xs[k] closes row i; floors[k, j]: at ys[k], column j."""

    xs: FloatArray
    ys: FloatArray
    walls: BoolArray
    floors: BoolArray

    @property
    def n_rows(self) -> int:
        return len(self.ys) - 1

    @property
    def n_cols(self) -> int:
        return len(self.xs) - 1


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """Places of a grid that one cell covers."""

    row: int
    col: int
    row_span: int
    col_span: int


def find_grids(horizontals: FloatArray, verticals: FloatArray) -> list[Grid]:
    """Grids of at least two cells, from merged edges (at, low, high)."""
    if not len(horizontals) or not len(verticals):
        return []
    labels_h, labels_v = _components(horizontals, verticals)
    grids = []
    for label in np.unique(labels_v).tolist():
        flat, steep = horizontals[labels_h == label], verticals[labels_v == label]
        grid = _build_grid(flat, steep)
        if grid is not None:
            grids.append(grid)
    return grids


def _components(flat: FloatArray, steep: FloatArray) -> tuple[IntArray, IntArray]:
    """Labels of connected edges; an edge that crosses none keeps a label of its own."""
    crossing = (
        (flat[:, None, 1] - TOLERANCES.reach <= steep[None, :, 0])
        & (steep[None, :, 0] <= flat[:, None, 2] + TOLERANCES.reach)
        & (steep[None, :, 1] - TOLERANCES.reach <= flat[:, None, 0])
        & (flat[:, None, 0] <= steep[None, :, 2] + TOLERANCES.reach)
    )
    rows, cols = np.nonzero(crossing)
    labels_h, labels_v = np.arange(len(flat)), np.arange(len(flat), len(flat) + len(steep))
    while len(rows):
        before = labels_v.copy()
        np.minimum.at(labels_v, cols, labels_h[rows])
        np.minimum.at(labels_h, rows, labels_v[cols])
        if (before == labels_v).all():
            break
    return labels_h, labels_v


def _build_grid(flat: FloatArray, steep: FloatArray) -> Grid | None:
    if not len(flat):
        return None
    flat, steep = _snapped(flat), _snapped(steep)
    xs = _with_open_sides(np.unique(steep[:, 0]), flat, TOLERANCES.open_side)
    rules = np.unique(flat[:, 0])
    ys = _with_open_sides(rules, steep, TOLERANCES.open_end if len(rules) > 1 else TOLERANCES.open_side)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > TOLERANCES.max_places:
        return None
    return Grid(xs, ys, floors_of(steep, xs, ys).T, floors_of(flat, ys, xs))


def _snapped(edges: FloatArray) -> FloatArray:
    out = edges.copy()
    out[:, 0] = snap(edges[:, 0], TOLERANCES.thin, TOLERANCES.thin + 1)
    return out


def _with_open_sides(lines: FloatArray, across: FloatArray, least: float) -> FloatArray:
    """A side where the crossing rules jut out beyond the last line, `least` points at least, is closed where they
    end."""
    low = float(np.quantile(across[:, 1], TOLERANCES.jutting, method="lower"))
    high = float(np.quantile(across[:, 2], 1 - TOLERANCES.jutting, method="higher"))
    before = [low] if low < lines[0] - least else []
    after = [high] if high > lines[-1] + least else []
    return np.concatenate([before, lines, after])


def floors_of(edges: FloatArray, at: FloatArray, along: FloatArray) -> BoolArray:
    """covered[k, i]: an edge at at[k] covers the stretch along[i]..along[i + 1]."""
    covered = np.zeros((len(at), len(along) - 1), dtype=np.bool_)
    low, high = along[:-1], along[1:]
    line = np.abs(at[:, None] - edges[None, :, 0]).argmin(axis=0)
    for k, (_, start, end) in zip(line.tolist(), edges.tolist(), strict=True):
        covered[k] |= np.minimum(high, end) - np.maximum(low, start) >= TOLERANCES.covered * (high - low)
    return covered


def merge_areas(grid: Grid) -> list[Area]:
    """The cells of a grid, row by row; every place is in exactly one."""
    labels = _joined_places(grid)
    areas: list[Area] = []
    for rows, cols in members_of(labels):
        area = Area(int(rows[0]), int(cols.min()), int(rows[-1] - rows[0]) + 1, int(np.ptp(cols)) + 1)
        whole = area.row_span * area.col_span == len(rows)
        areas.extend([area] if whole else _rectangles(set(zip(rows.tolist(), cols.tolist(), strict=True))))
    return sorted(areas)


def _joined_places(grid: Grid) -> IntArray:
    """The same label for places with no line between them."""
    labels = np.arange(grid.n_rows * grid.n_cols).reshape(grid.n_rows, grid.n_cols)
    open_right, open_below = ~grid.walls[:, 1:-1], ~grid.floors[1:-1]
    while True:
        before = labels.copy()
        for one, other, opened in (
            (labels[:, :-1], labels[:, 1:], open_right),
            (labels[:-1], labels[1:], open_below),
        ):
            least = np.minimum(one, other)
            one[opened] = least[opened]
            other[opened] = least[opened]
        if (before == labels).all():
            return labels


def members_of(labels: IntArray) -> Iterator[tuple[IntArray, IntArray]]:
    """Rows and columns of the places of each label, rows ascending."""
    order = np.argsort(labels, axis=None, kind="stable")
    ranked = labels.reshape(-1)[order]
    for places in np.split(order, np.flatnonzero(np.diff(ranked)) + 1):
        rows, cols = np.divmod(places, labels.shape[1])
        yield rows, cols


def _rectangles(places: set[tuple[int, int]]) -> Iterator[Area]:
    """A crooked cell, cut into rectangles from the top left."""
    while places:
        row, col = min(places)
        width = next(k for k in range(1, len(places) + 1) if (row, col + k) not in places)
        height = 1
        while all((row + height, col + k) in places for k in range(width)):
            height += 1
        yield Area(row, col, height, width)
        places -= {(row + i, col + k) for i in range(height) for k in range(width)}
