"""Grid and glyphs → table: every glyph goes to the cell that holds its middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
from gongbao.corpus.geometry import BBox
from gongbao.ingest.page import FloatArray, Glyphs, IntArray, PageContent
from gongbao.ingest.tables.frames import upright
from gongbao.ingest.tables.grids import Area
from gongbao.ingest.tables.lines import TableLine, join_lines, split_lines
from gongbao.ingest.tables.types import RawCell, RawLine


@dataclass(frozen=True, slots=True)
class CellTolerances:
    """Set on cells with and without margins (tests/ingest/tables/test_find.py).

    `pad`: points: widest padding that a cell has.
    """

    pad: float = 8.0


TOLERANCES = CellTolerances()


@dataclass(frozen=True, slots=True, eq=False)
class Filled:
    """A grid with its cells' lines (upright ones); `turned` glyphs of a cell in places of their own."""

    xs: FloatArray
    ys: FloatArray
    areas: tuple[Area, ...]
    lines: tuple[tuple[TableLine, ...], ...]
    turned: tuple[IntArray, ...]
    open_bottom: tuple[bool, ...] = ()
    open_top: tuple[bool, ...] = ()
    walled: bool = False  # lines stand between its columns
    doubtful: bool = False  # a table only if it continues one

    @property
    def bbox(self) -> BBox:
        return BBox(float(self.xs[0]), float(self.ys[0]), float(self.xs[-1]), float(self.ys[-1]))

    @property
    def n_rows(self) -> int:
        return len(self.ys) - 1

    @property
    def n_cols(self) -> int:
        return len(self.xs) - 1

    def reaches(self) -> tuple[tuple[float, float], ...]:
        """From where to where the texts of each column reach; nan where it has none."""
        boxes: list[list[BBox]] = [[] for _ in range(self.n_cols)]
        for area, lines in zip(self.areas, self.lines, strict=True):
            if area.col_span == 1:
                boxes[area.col] += [line.bbox for line in lines]
        ends = [(min(b.x0 for b in own), max(b.x1 for b in own)) if own else (nan, nan) for own in boxes]
        return tuple(ends)

    def box(self, area: Area) -> BBox:
        return BBox(
            float(self.xs[area.col]),
            float(self.ys[area.row]),
            float(self.xs[area.col + area.col_span]),
            float(self.ys[area.row + area.row_span]),
        )


def glyphs_inside(glyphs: Glyphs, box: BBox) -> IntArray:
    """Places of the glyphs whose middle is in the box."""
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    return np.flatnonzero((x >= box.x0) & (x <= box.x1) & (y >= box.top) & (y <= box.bottom))


def fill_areas(xs: FloatArray, ys: FloatArray, areas: Sequence[Area], glyphs: Glyphs) -> Filled:
    box = BBox(float(xs[0]), float(ys[0]), float(xs[-1]), float(ys[-1]))
    inside = glyphs_inside(glyphs, box)
    owner = _owners(xs, ys, areas, glyphs, inside)
    straight = glyphs.angle[inside] == 0
    lines = dict(split_lines(glyphs, inside[straight], owner[straight]))
    turned = [inside[~straight & (owner == k)] for k in range(len(areas))] if not straight.all() else []
    return Filled(
        xs,
        ys,
        tuple(areas),
        tuple(tuple(lines.get(k, ())) for k in range(len(areas))),
        tuple(turned) or tuple(np.zeros(0, np.int64) for _ in areas),
    )


def _owners(xs: FloatArray, ys: FloatArray, areas: Sequence[Area], glyphs: Glyphs, inside: IntArray) -> IntArray:
    owners = np.zeros((len(ys) - 1, len(xs) - 1), dtype=np.int64)
    for k, area in enumerate(areas):
        owners[area.row : area.row + area.row_span, area.col : area.col + area.col_span] = k
    x, y = (glyphs.x0 + glyphs.x1)[inside] / 2, (glyphs.top + glyphs.bottom)[inside] / 2
    row = np.clip(np.searchsorted(ys, y, side="right") - 1, 0, len(ys) - 2)
    col = np.clip(np.searchsorted(xs, x, side="right") - 1, 0, len(xs) - 2)
    return owners[row, col]


Room = tuple[float, float]  # from where to where a cell's text may reach


def read_cells(filled: Filled, page: PageContent, rooms: Sequence[Room | None] = ()) -> tuple[RawCell, ...]:
    """`page` upright; boxes of the cells as in `page`. `rooms`: of columns whose own lines show it."""
    pad = _padding(filled)
    cells = []
    below = filled.open_bottom or (False,) * len(filled.areas)
    above = filled.open_top or (False,) * len(filled.areas)
    for k, (area, lines, turned) in enumerate(zip(filled.areas, filled.lines, filled.turned, strict=True)):
        box = filled.box(area)
        told = rooms[area.col] if rooms and area.col_span == 1 else None
        left, right = told or (box.x0 + pad, box.x1 - pad)
        text = join_lines(page.glyphs, page.number, lines, left, right)
        if len(turned):
            text += read_turned(page, turned, box)
        cells.append(RawCell(area.row, area.col, area.row_span, area.col_span, box, text, above[k], below[k]))
    return tuple(cells)


def _padding(filled: Filled) -> float:
    """Points between a wall and the text that comes nearest to it."""
    room = [
        min(line.bbox.x0 - box.x0, box.x1 - line.bbox.x1)
        for area, lines in zip(filled.areas, filled.lines, strict=True)
        for box in (filled.box(area),)
        for line in lines
    ]
    return min(max(min(room, default=0.0), 0.0), TOLERANCES.pad)


def read_turned(page: PageContent, places: IntArray, box: BBox) -> tuple[RawLine, ...]:
    """Text of a cell that is set up or down its side."""
    angle = int(np.bincount(page.glyphs.angle[places]).argmax())
    frame = upright(page, angle)
    groups = split_lines(frame.glyphs, places, np.zeros(len(places), np.int64))
    lines = groups[0][1] if groups else []
    tall = max((line.bbox.x1 for line in lines), default=0.0)
    start = min((line.bbox.x0 for line in lines), default=0.0)
    return join_lines(frame.glyphs, page.number, lines, start, max(tall, start + box.height - 4))
