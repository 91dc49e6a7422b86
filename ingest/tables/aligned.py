"""Rows told by how their cells are set: level by their first lines, or by their middles.

A table of Word has no margin in its cells: the white between two rows is that between two lines of a cell, and only the
cells themselves tell where a row ends. Of all ways to take the lines together, that one is the table's which leaves the
fewest cells blank: in every row all cells begin at one height, or have one middle; the lines of a cell, but its last,
are full; no figure is printed in two lines, and no line that begins with a capital letter goes on from another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from gongbao.ingest.page import FloatArray, IntArray
from gongbao.ingest.tables.gutters import GutterBlock
from gongbao.ingest.tables.words import BoolArray, Said


@dataclass(frozen=True, slots=True)
class AlignedTolerances:
    """Set on tables without lines or wider white between their rows (tests/ingest/tables/test_office.py).

    `columns`: fewer tell too little. `strips`: of one row, at most; `most`: of a table. `level`: of the font size: by
    which heights may differ. `pitch`: times the usual step between two lines, within a cell. `room`: of the font size:
    that a full line may leave free beside what the next begins with. `blank`: share of cells that may say nothing.
    """

    columns: int = 3
    strips: int = 9
    most: int = 200
    level: float = 0.3
    pitch: float = 1.3
    room: float = 0.35
    blank: float = 0.12


TOLERANCES = AlignedTolerances()
_NEVER = np.inf


@dataclass(frozen=True, eq=False)
class _Lines:
    """The pieces of a block as lines of cells, and the strip that each stands in."""

    block: GutterBlock
    said: Said
    strip: IntArray

    @cached_property
    def middle(self) -> FloatArray:
        return np.asarray((self.block.pieces.top + self.block.pieces.bottom) / 2, dtype=np.float64)

    @cached_property
    def size(self) -> float:
        return float(np.median(self.block.pieces.size))

    @cached_property
    def columns(self) -> list[IntArray]:
        """The pieces of each column from the top."""
        return [self._of(c) for c in range(self.block.n_cols)]

    def _of(self, column: int) -> IntArray:
        """With the names that reach over it."""
        pieces, middles = self.block.pieces, self.block.gutters.mean(axis=1)
        first, last = np.searchsorted(middles, pieces.x0), np.searchsorted(middles, pieces.x1)
        own = np.flatnonzero((first <= column) & (column <= last))
        return own[np.argsort(self.middle[own], kind="stable")]

    @cached_property
    def follows(self) -> BoolArray:
        """Pieces that may go on from the one above in their column: it is full, and neither is a figure, or it ends
        with a bracket that opens."""
        out = np.zeros(len(self.middle), dtype=np.bool_)
        for column, at in enumerate(self.columns):
            single = at[self.block.column[at] == column]
            right = self.block.pieces.x1[single].max(initial=0.0)
            room = right - self.block.pieces.x1[at[:-1]]
            full = room < self.said.need[at[1:]] + TOLERANCES.room * self.size
            words = ~(self.said.figure[at[1:]] | self.said.figure[at[:-1]] | self.said.capital[at[1:]])
            near = np.diff(self.middle[at]) <= TOLERANCES.pitch * self.pitch
            named = self.block.column[at[:-1]] < 0
            out[at[1:]] = named | (near & ((full & words) | self.said.opens[at[:-1]]))
        return out

    @cached_property
    def pitch(self) -> float:
        """From one line of a cell to the next."""
        steps = np.concatenate([np.diff(self.middle[at]) for at in self.columns])
        steps = steps[steps > 0.5 * self.size]
        return float(np.percentile(steps, 10)) if len(steps) else self.size


def aligned_cuts(block: GutterBlock, said: Said, strip: IntArray, n_strips: int) -> BoolArray | None:
    """cut[i]: rows part between strips i and i + 1. None where each strip is a row, or the cells do not tell."""
    if block.n_cols < TOLERANCES.columns or not 2 < n_strips <= TOLERANCES.most:
        return None
    lines = _Lines(block, said, strip)
    if all(len(np.unique(strip[at])) == n_strips for at in lines.columns):
        return None
    found = [_best_cuts(lines, n_strips, level) for level in (_begin_level, _have_one_middle)]
    blanks, rows, cuts = min(found, key=lambda one: (one[0], -one[1]))
    if cuts.all() or blanks > TOLERANCES.blank * rows * block.n_cols:
        return None
    return cuts


_Level = Callable[[_Lines, list[IntArray]], bool]


def _best_cuts(lines: _Lines, n_strips: int, level: _Level) -> tuple[float, int, BoolArray]:
    """The fewest blank cells, among these the most rows: their numbers, and the cuts."""
    best: list[tuple[float, int, int]] = [(0.0, 0, 0)]  # blanks, rows, where the last one begins
    places = [np.searchsorted(lines.strip[at], np.arange(n_strips + 1)) for at in lines.columns]
    for end in range(1, n_strips + 1):
        ways = [(_NEVER, 0, 0)]
        for start in range(end - 1, max(-1, end - TOLERANCES.strips - 1), -1):
            cells = [at[p[start] : p[end]] for at, p in zip(lines.columns, places, strict=True)]
            if not all(_goes_on(lines, cell) for cell in cells):
                if end > TOLERANCES.strips:  # nor does what begins higher, but names
                    break
                continue
            before = best[start]
            ways.append((before[0] + _blanks(lines, cells, start, end, level), before[1] + 1, start))
        best.append(min(ways, key=lambda way: (way[0], -way[1])))
    cuts, end = np.zeros(n_strips, dtype=np.bool_), n_strips
    while end:
        end = best[end][2]
        cuts[end] = True
    return best[-1][0], best[-1][1], cuts[1:]


def _goes_on(lines: _Lines, cell: IntArray) -> bool:
    """Each line but the first goes on from the one before; below a name over several columns, what is left of it and a
    name under it."""
    return bool(lines.follows[cell[1:]].all()) or bool(lines.block.column[cell[0]] < 0)


def _blanks(lines: _Lines, cells: list[IntArray], start: int, end: int, level: _Level) -> float:
    """How many of these cells say nothing; infinite where they are no row."""
    if start and (not len(cells[0]) or any((lines.block.column[cell] < 0).any() for cell in cells)):
        return _NEVER
    spoken = [cell for cell in cells if len(cell)]
    if end - start > 1 and (min(map(len, spoken)) > 1 or not (_are_names(lines, cells, start) or level(lines, spoken))):
        return _NEVER
    return float(len(cells) - len(spoken))


def _are_names(lines: _Lines, cells: list[IntArray], start: int) -> bool:
    """The first row names every column, and the lowest are several beside each other, names under one: those beside
    them stand at heights of their own."""
    if start or not all(map(len, cells)):
        return False
    lowest = np.array([float(lines.middle[cell[-1]]) for cell in cells])
    low = np.flatnonzero(lowest.max() - lowest <= TOLERANCES.level * lines.size)
    return bool(len(low) > 1 and low[0] > 0 and np.ptp(low) == len(low) - 1)


def _begin_level(lines: _Lines, cells: list[IntArray]) -> bool:
    heights = lines.middle[[int(cell[0]) for cell in cells]]
    return bool(np.ptp(heights) <= TOLERANCES.level * lines.size)


def _have_one_middle(lines: _Lines, cells: list[IntArray]) -> bool:
    middles = [float(lines.middle[cell[0]] + lines.middle[cell[-1]]) / 2 for cell in cells]
    return bool(np.ptp(middles) <= TOLERANCES.level * lines.size)
