"""Ruled cells that hold many rows: lines between the columns, none between the rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from gongbao.corpus.geometry import BBox
from gongbao.ingest.page import FloatArray, IntArray, PageContent
from gongbao.ingest.tables.fill import Filled, fill_areas, glyphs_inside
from gongbao.ingest.tables.grids import Area
from gongbao.ingest.tables.gutters import GutterBlock, assign_columns
from gongbao.ingest.tables.header import is_figure
from gongbao.ingest.tables.lines import TableLine, line_text
from gongbao.ingest.tables.rows import split_rows
from gongbao.ingest.tables.words import read_pieces, split_pieces


@dataclass(frozen=True, slots=True)
class StackedTolerances:
    """Set on ruled cells that hold many rows of figures (tests/ingest/tables/test_banded.py).

    `fewest`: lines of a cell that may be rows. `level`: points within which two lines are level. `beside`: share
    of its lines that have one beside them. `wall`: points on either side of a wall.
    """

    fewest: int = 3
    level: float = 1.5
    beside: float = 0.8
    wall: float = 0.2


TOLERANCES = StackedTolerances()


def unstack_rows(table: Filled, page: PageContent) -> Filled:
    """The table with a row for each line of figures that stand under each other in one cell."""
    found = [(row, _inner_bounds(table, page, row)) for row in range(table.n_rows) if _is_stacked(table, page, row)]
    more = {row: bounds for row, bounds in found if len(bounds)}
    if not more:
        return table
    ys = np.sort(np.concatenate([table.ys, *more.values()]))
    areas = [new for area in table.areas for new in _cut(area, table.ys, ys, set(more))]
    return fill_areas(table.xs, ys, sorted(areas), page.glyphs)


def _is_stacked(table: Filled, page: PageContent, row: int) -> bool:
    cells = [lines for area, lines in zip(table.areas, table.lines, strict=True) if area.row == row]
    whole = all(area.row_span == 1 for area in table.areas if area.row <= row < area.row + area.row_span)
    if not whole or sum(len(lines) >= TOLERANCES.fewest for lines in cells) < 2:
        return False
    figures = [lines for lines in cells[1:] if len(lines) >= TOLERANCES.fewest and _are_figures(page, lines)]
    return bool(figures) and all(_are_level(lines, max(cells, key=len)) for lines in figures)


def _are_figures(page: PageContent, lines: tuple[TableLine, ...]) -> bool:
    return all(is_figure(line_text(page.glyphs, line.places)[0]) for line in lines)


def _are_level(lines: tuple[TableLine, ...], others: tuple[TableLine, ...]) -> bool:
    tops = np.array([line.bbox.top for line in others])
    beside = [float(np.abs(tops - line.bbox.top).min()) <= TOLERANCES.level for line in lines]
    return sum(beside) >= TOLERANCES.beside * len(lines)


def _inner_bounds(table: Filled, page: PageContent, row: int) -> FloatArray:
    """y between the rows that one ruled row holds."""
    box = BBox(float(table.xs[0]), float(table.ys[row]), float(table.xs[-1]), float(table.ys[row + 1]))
    places = glyphs_inside(page.glyphs, box)
    pieces = split_pieces(page.glyphs, _upright(page, places))
    if pieces is None:
        return np.zeros(0)
    walls = np.column_stack((table.xs[1:-1] - TOLERANCES.wall, table.xs[1:-1] + TOLERANCES.wall))
    block: GutterBlock = assign_columns(pieces.split(walls), walls)
    return split_rows(block, np.zeros(0), read_pieces(page.glyphs, block.pieces)).bounds[1:-1]


def _upright(page: PageContent, places: IntArray) -> IntArray:
    return np.asarray(places[page.glyphs.angle[places] == 0], dtype=np.int64)


def _cut(area: Area, old: FloatArray, new: FloatArray, stacked: set[int]) -> list[Area]:
    """A cell in its new rows; one of a stacked row falls into them."""
    first = int(np.searchsorted(new, old[area.row]))
    last = int(np.searchsorted(new, old[area.row + area.row_span]))
    if area.row in stacked:
        return [Area(row, area.col, 1, area.col_span) for row in range(first, last)]
    return [Area(first, area.col, last - first, area.col_span)]
