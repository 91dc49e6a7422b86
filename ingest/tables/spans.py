"""Cells of a block without walls that cover several columns or rows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from gongbao.ingest.page import FloatArray, IntArray
from gongbao.ingest.tables.grids import Area, members_of
from gongbao.ingest.tables.gutters import GutterBlock
from gongbao.ingest.tables.rows import Rows, runs_of
from gongbao.ingest.tables.words import BoolArray


@dataclass(frozen=True, slots=True)
class SpanTolerances:
    """Set on headers whose names stand over several columns, with rules under them or without
    (tests/ingest/tables/test_spans.py, test_office.py).

    `level`: points within which two heights are one. `underlined`: of a column's width that the rule under such a name
    covers, at least; no part of it is as long as `whole` of the block's. `deepest`: rows of a header that may have such
    names.
    """

    level: float = 2.0
    underlined: float = 0.6
    whole: float = 0.8
    deepest: int = 3


TOLERANCES = SpanTolerances()


def unite_places(block: GutterBlock, rows: Rows, flat: FloatArray) -> tuple[list[Area], set[Area]]:
    """The cells of the block, and of them those at the top that began on the page before.

    `flat`: horizontal edges (at, low, high); one under part of the header tells what it spans.
    """
    owner = np.arange(rows.n_rows * block.n_cols).reshape(rows.n_rows, block.n_cols)
    _unite_crossed(block, rows, owner)
    _unite_names(block, rows, owner, flat)
    going_on = {_unite_rows(block, rows, owner, column) for column in rows.tall}
    areas = [
        Area(int(at[0]), int(cols.min()), int(at[-1] - at[0]) + 1, int(np.ptp(cols)) + 1)
        for at, cols in members_of(owner)
    ]
    return sorted(areas), {area for area in areas if (area.row, area.col) in going_on}


def _unite_crossed(block: GutterBlock, rows: Rows, owner: IntArray) -> None:
    """Text that stands over a gutter covers the columns on both sides."""
    middles = block.gutters.mean(axis=1)
    for k in np.flatnonzero(block.column < 0).tolist():
        first, last = np.searchsorted(middles, [block.pieces.x0[k], block.pieces.x1[k]])
        owner[rows.row[k], first : last + 1] = owner[rows.row[k], first : last + 1].min()


def _unite_names(block: GutterBlock, rows: Rows, owner: IntArray, flat: FloatArray) -> None:
    """Names of several columns in the header, and the names beside them that are two rows tall."""
    for row in range(min(TOLERANCES.deepest, rows.n_rows - 1)):
        ruled = _unite_over_rules(block, rows, owner, flat, row)
        last = not ruled and _unite_beside_names(block, rows, owner, row)
        if not (ruled or last or _unite_over_names(block, rows, owner, row)):
            return
        _unite_tall_names(block, rows, owner, row)
        if last:
            return


def _unite_tall_names(block: GutterBlock, rows: Rows, owner: IntArray, row: int) -> None:
    """Places of which only one of both rows says something are one."""
    for column in range(block.n_cols):
        alone = (owner == owner[row, column]).sum() == 1 and (owner == owner[row + 1, column]).sum() == 1
        filled = [bool(_in_place(block, rows, r, column).any()) for r in (row, row + 1)]
        if alone and filled[0] != filled[1]:
            owner[row + 1, column] = owner[row, column]


def _in_place(block: GutterBlock, rows: Rows, row: int, column: int) -> BoolArray:
    return np.asarray((rows.row == row) & (block.column == column), dtype=np.bool_)


def _unite_over_rules(block: GutterBlock, rows: Rows, owner: IntArray, flat: FloatArray, row: int) -> bool:
    """A rule below this row under two columns or more, but not all, spans the name above it."""
    below = _next_rules(block, rows, flat, row)
    found = False
    for low, high in below:
        reach = np.minimum(block.bounds[1:], high) - np.maximum(block.bounds[:-1], low)
        covered = np.flatnonzero(reach >= TOLERANCES.underlined * np.diff(block.bounds))
        over = (rows.row == row) & (block.pieces.x0 < high) & (block.pieces.x1 > low)
        if len(covered) > 1 and over.sum() == 1:
            owner[row, covered[0] : covered[-1] + 1] = owner[row, covered[0]]
            found = True
    return found


def _unite_beside_names(block: GutterBlock, rows: Rows, owner: IntArray, row: int) -> bool:
    """Names that reach over names below them, beside names that have nothing below or go on there in a second line.

    A column without a name above its own is one of those to its left: names stand at the top of their cells here.
    """
    over, under = _names_in(block, rows, row), _names_in(block, rows, row + 1)
    if not ((over >= 0) & (under < 0)).any():
        return False
    for c in range(2, block.n_cols):
        if over[c] < 0 <= under[c] and over[c - 1] >= 0 and under[c - 1] >= 0:
            over[c] = over[c - 1]
    several = np.array([over[c] >= 0 and (over == over[c]).sum() > 1 for c in range(block.n_cols)])
    wrapped = ~several & (over >= 0) & (under >= 0)
    said = np.where(several, under >= 0, (over >= 0) | (under >= 0)).all()
    full = all(_is_full(block, int(over[c]), c) for c in np.flatnonzero(wrapped).tolist())
    if not (several.any() and said and full):
        return False
    for c in np.flatnonzero(several).tolist():
        owner[row, c] = owner[row, int((over == over[c]).argmax())]
    owner[row + 1, wrapped] = owner[row, wrapped]
    return True


def _names_in(block: GutterBlock, rows: Rows, row: int) -> IntArray:
    """The piece that stands in or reaches over each column in this row, -1 where none does."""
    middles, out = block.gutters.mean(axis=1), np.full(block.n_cols, -1)
    here = np.flatnonzero(rows.row == row)
    for k in here[np.argsort(block.column[here] < 0, kind="stable")].tolist():  # the rest of a wide name is narrow
        first, last = np.searchsorted(middles, [block.pieces.x0[k], block.pieces.x1[k]])
        out[first : last + 1] = k
    return out


def _is_full(block: GutterBlock, piece: int, column: int) -> bool:
    """No character more had room in this line."""
    right = float(block.pieces.x1[block.column == column].max())
    return right - float(block.pieces.x1[piece]) < float(block.pieces.size[piece])


def _next_rules(block: GutterBlock, rows: Rows, flat: FloatArray, row: int) -> list[tuple[float, float]]:
    """Rules between the text of this row and that of the next that do not reach over the block."""
    upper, lower = rows.row == row, rows.row == row + 1
    if not upper.any() or not lower.any():
        return []
    low, high = (
        float(block.pieces.bottom[upper].min()) - TOLERANCES.level,
        float(block.pieces.top[lower].max()) + TOLERANCES.level,
    )
    width = float(np.ptp(block.bounds))
    near = flat[(flat[:, 0] >= low) & (flat[:, 0] <= high) & (flat[:, 2] - flat[:, 1] < TOLERANCES.whole * width)]
    return [(float(start), float(end)) for _, start, end in near]


def _unite_over_names(block: GutterBlock, rows: Rows, owner: IntArray, row: int) -> bool:
    """Few names over a row that is full: each covers the columns whose middle or left end is its own."""
    names = np.flatnonzero((rows.row == row) & (block.pieces.x0 >= block.bounds[1] - TOLERANCES.level))
    filled = np.array([_in_place(block, rows, row + 1, c).any() for c in range(1, block.n_cols)])
    if not len(names) or len(names) * 2 > block.n_cols - 1 or not filled.all():
        return False
    if (block.column[names] < 0).all():  # they stand over the gutters themselves
        return True
    if len(names) == 1 and not row:
        return False
    names = names[np.argsort(block.pieces.x0[names])]
    groups = _best_groups(block, names)
    for first, last in groups:
        owner[row, first : last + 1] = owner[row, first]
    return True


def _best_groups(block: GutterBlock, names: IntArray) -> list[tuple[int, int]]:
    """First and last column of each name: centred over its columns, or set at their left."""
    pieces = block.pieces
    left, right = _edges(block)
    middles = (pieces.x0 + pieces.x1)[names] / 2
    columns = (left + right) / 2
    by_middle = [int(np.searchsorted(columns, (a + b) / 2)) for a, b in pairwise(middles.tolist())]
    by_left = [int(np.abs(left - x).argmin()) for x in pieces.x0[names[1:]].tolist()]
    best: tuple[float, list[tuple[int, int]]] | None = None
    for cuts, centred in ((by_middle, True), (by_left, False)):
        ends = [1, *cuts, block.n_cols]
        groups = [(a, b - 1) for a, b in pairwise(ends)]
        if any(a > b for a, b in groups):
            continue
        off = sum(
            abs((left[a] + right[b]) / 2 - m) if centred else abs(left[a] - x)
            for (a, b), m, x in zip(groups, middles.tolist(), pieces.x0[names].tolist(), strict=True)
        )
        if best is None or off < best[0]:
            best = (float(off), groups)
    return best[1] if best else []


def _edges(block: GutterBlock) -> tuple[FloatArray, FloatArray]:
    """Where the text of each column begins and ends."""
    x0, x1 = block.pieces.x0, block.pieces.x1
    inside = [block.column == c for c in range(block.n_cols)]
    left = np.array([x0[at].min(initial=np.inf) for at in inside])
    right = np.array([x1[at].max(initial=0.0) for at in inside])
    return left, right


def _unite_rows(block: GutterBlock, rows: Rows, owner: IntArray, column: int) -> tuple[int, int] | None:
    """Each run of lines takes the rows it reaches over and the blank ones after it.

    The place of the run that begins above the level of its row, if there is one.
    """
    starts = []
    going_on = None
    for top, bottom in runs_of(block, column, rows.leading):
        first, last = np.clip(np.searchsorted(rows.bounds, [top, bottom]) - 1, 0, rows.n_rows - 1).tolist()
        first = last if first < last and rows.bounds[first + 1] - top < TOLERANCES.level else first
        owner[first : last + 1, column] = owner[first, column]
        starts.append(first)
        level = block.pieces.top[(rows.row == first) & (block.column != column)]
        if len(level) and top < float(level.min()) - TOLERANCES.level:
            going_on = (first, column)
    for start, end in pairwise([*starts, rows.n_rows]):
        if start:  # the first row names the column
            owner[start:end, column] = owner[start, column]
    return going_on
