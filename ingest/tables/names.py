"""Names of several columns over theirs, where one line of text or one band holds both: names beside them that are set
in the middle of both lines would hold these together."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from gongbao.ingest.page import IntArray
from gongbao.ingest.tables.bands import Stack
from gongbao.ingest.tables.grids import Grid
from gongbao.ingest.tables.gutters import GutterBlock
from gongbao.ingest.tables.rows import Rows
from gongbao.ingest.tables.words import BoolArray


@dataclass(frozen=True, slots=True)
class NameTolerances:
    """Set on names over names in one band or line (tests/ingest/tables/test_office.py).

    `level`: points within which two names are level.
    """

    level: float = 1.5


TOLERANCES = NameTolerances()


def part_names(block: GutterBlock, rows: Rows) -> Rows:
    """The rows with the first cut in two where a name of several columns stands over theirs: a name beside them
    that is set in the middle of both lines would hold them together."""
    first = rows.row == 0
    found = _names_under_one(block, first) or _names_level_with_one(block, first)
    if found is None:
        return rows
    upper, lower, under = found
    cut = (float(block.pieces.bottom[upper].max()) + float(block.pieces.top[lower].min())) / 2
    below = (block.pieces.top + block.pieces.bottom) / 2 > cut
    later = (rows.row > 0) | (first & below & under)
    return replace(rows, bounds=np.insert(rows.bounds, 1, cut), row=rows.row + later)


_Parted = tuple[BoolArray, BoolArray, BoolArray]  # the upper name, the lower ones, and what stands with these


def _names_under_one(block: GutterBlock, first: BoolArray) -> _Parted | None:
    """Where the upper name reaches over several columns, what is below its bottom is below it."""
    pieces, over = block.pieces, first & (block.column < 0)
    if not over.any():
        return None
    bottom, left, right = float(pieces.bottom[over].max()), pieces.x0[over].min(), pieces.x1[over].max()
    within = first & ~over & (pieces.x1 > left) & (pieces.x0 < right)
    under = within & ((pieces.top + pieces.bottom) / 2 > bottom)
    if not under.any() or (within & ~under).any():
        return None
    lowest = under & (pieces.bottom >= pieces.bottom[under].max() - TOLERANCES.level)
    if len(np.unique(block.column[lowest])) > 1:  # what is between is the rest of the upper name
        return over | (under & ~lowest), lowest, first
    return over, under, first


def _names_level_with_one(block: GutterBlock, first: BoolArray) -> _Parted | None:
    """Two names in one column, and to the right of it others level with the lower one alone; none is to the left."""
    middle, column = (block.pieces.top + block.pieces.bottom) / 2, block.column
    own = [np.flatnonzero(first & (column == c)) for c in range(block.n_cols)]
    for c in range(1, block.n_cols - 1):
        if len(own[c]) != 2:
            continue
        upper, lower = own[c][np.argsort(middle[own[c]])].tolist()
        level = first & (np.abs(middle - middle[lower]) <= TOLERANCES.level)
        alone = [bool(len(at)) and bool(level[at].all()) for at in own]
        if alone[c + 1] and not any(alone[:c]) and not all(alone[c + 1 :]):
            return np.arange(len(first)) == upper, level, level
    return None


def with_names_under(stack: Stack, grid: Grid) -> Grid:
    """The first band in two rows where its first line names several columns that its second names one by one (完成情况
    over 计划 and 实际): it reaches over them, or they have nothing above them but it to the left. What speaks in the
    first line alone, or in the middle of both, is one cell."""
    pieces, here = stack.block.pieces, stack.row() == 0
    lines = [np.flatnonzero(here & (pieces.line == line)) for line in np.unique(pieces.line[here])]
    if len(lines) not in (2, 3):
        return grid
    upper, lower = _columns_named(stack, lines[0]), _columns_named(stack, lines[-1])
    between = _columns_named(stack, lines[1]) if len(lines) > 2 else np.full_like(upper, -1)
    under = (lower >= 0) & ((upper < 0) | np.append(False, upper[1:] == upper[:-1]))
    named, alone = lower >= 0, ((upper >= 0) | (between >= 0)) & (lower < 0)
    if not under.any() or not alone.any() or not named[np.flatnonzero(under) - 1].all() or under[0]:
        return grid
    if ((between >= 0) & ((upper >= 0) | named)).any():
        return grid
    middle = (float(pieces.bottom[lines[0]].max()) + float(pieces.top[lines[-1]].min())) / 2
    walls = np.concatenate([grid.walls[:1], np.ones_like(grid.walls[:1]), grid.walls[1:]])
    walls[0, np.flatnonzero(under)] = False
    floors = np.concatenate([grid.floors[:1], named[None, :], grid.floors[1:]])
    return Grid(grid.xs, np.insert(grid.ys, 1, middle), walls, floors)


def _columns_named(stack: Stack, at: IntArray) -> IntArray:
    """The piece that stands in or reaches over each column, -1 where none of these does."""
    middles, pieces = stack.block.gutters.mean(axis=1), stack.block.pieces
    out = np.full(stack.block.n_cols, -1)
    for k in at.tolist():
        first, last = np.searchsorted(middles, [pieces.x0[k], pieces.x1[k]]).tolist()
        out[first : last + 1] = k
    return out
