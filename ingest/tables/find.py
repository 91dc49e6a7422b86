"""One page → its tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from gongbao.corpus.geometry import BBox
from gongbao.ingest.page import FloatArray, IntArray, PageContent
from gongbao.ingest.tables.around import TOLERANCES as SURROUNDINGS
from gongbao.ingest.tables.around import look_around, loose_lines
from gongbao.ingest.tables.banded import find_banded
from gongbao.ingest.tables.bands import read_edges
from gongbao.ingest.tables.edges import merge_edges
from gongbao.ingest.tables.fill import Filled, glyphs_inside, read_cells
from gongbao.ingest.tables.frames import reading_turns, turn_back, upright
from gongbao.ingest.tables.header import count_header_rows
from gongbao.ingest.tables.join import with_row_above
from gongbao.ingest.tables.onward import OpenTable, find_names, find_onward
from gongbao.ingest.tables.plain import find_plain
from gongbao.ingest.tables.rest import with_rest
from gongbao.ingest.tables.ruled import find_ruled
from gongbao.ingest.tables.types import RawCell, RawTable, TablePart
from gongbao.ingest.tables.words import BoolArray
from gongbao.ingest.tables.wrapped import rooms


@dataclass(frozen=True, slots=True)
class HeadTolerances:
    """Set on running heads over tables that begin a page (tests/ingest/tables/test_office.py, test_find.py).

    `head`: of the page's height, in which a running head ends. `far`: font sizes from it to what stands below.
    `unlike`: share by which their sizes differ. `same_line`: points.
    """

    head: float = 0.07
    far: float = 1.0
    unlike: float = 0.1
    same_line: float = 2.0


TOLERANCES = HeadTolerances()


def find_tables(page: PageContent) -> list[RawTable]:
    """The tables of one page, topmost first; those that are set sideways come after."""
    return [table for turn in reading_turns(page) for table in _find_upright(upright(page, turn), page, turn)]


def find_goes_on(page: PageContent, tables: Sequence[RawTable], before: OpenTable) -> tuple[RawTable, ...]:
    """The tables of the page, with the row at its head, outside of them, that goes on with the table before it: a
    fragment or, close above a table of the same columns, that table's first row."""
    row = find_onward(page, before, _free(page, tables))
    if row is None:
        return tuple(tables)
    part = TablePart(page.number, row.bbox, starts_page=True)
    found = replace(_raw(row, part, read_cells(row, page), 0), fragment=True)
    return with_row_above(found, tables)


def find_names_before(page: PageContent, tables: Sequence[RawTable], after: OpenTable) -> tuple[RawTable, ...]:
    """The tables of the page, with the names of columns at its foot that the table after it lacks."""
    row = find_names(page, after, _free(page, tables))
    if row is None:
        return tuple(tables)
    boxes = [table.parts[0].bbox for table in tables]
    around = look_around(page, row.bbox, boxes, loose_lines(page, [*boxes, row.bbox]))
    part = TablePart(page.number, row.bbox, ends_page=True)
    found = _raw(row, part, read_cells(row, page), 1)
    found = replace(found, columns=after.columns, ruled=after.ruled, fragment=True)
    return (*tables, replace(found, caption=around.caption, units=around.units))


def _free(page: PageContent, tables: Sequence[RawTable]) -> IntArray:
    free = page.glyphs.angle == 0
    for table in tables:
        free[glyphs_inside(page.glyphs, table.parts[0].bbox)] = False
    return np.flatnonzero(free)


def _find_upright(frame: PageContent, page: PageContent, turn: int) -> list[RawTable]:
    found = _in_reading_order(_find_all(frame), frame.width)
    if not found:
        return []
    lines = loose_lines(frame, [table.bbox for table in found])
    found = [with_rest(table, frame, lines) for table in found]
    boxes = [table.bbox for table in found]
    lines = [line for line in lines if not any(_holds(box, line.bbox) for box in boxes)]
    out = []
    for table, box in zip(found, boxes, strict=True):
        around = look_around(frame, box, [other for other in boxes if other is not box], lines)
        ends = (around.starts_page, around.ends_page, around.starts_column)
        part = TablePart(page.number, turn_back(box, turn, page), turn, *ends)
        if _is_fragment(table) and not any(ends):
            continue
        cells = _turned_back(read_cells(table, frame, rooms(table)), turn, page)
        raw = _raw(table, part, cells, count_header_rows(table, frame))
        out.append(replace(raw, caption=around.caption, units=around.units, fragment=_is_fragment(table)))
    return out


def _holds(box: BBox, line: BBox) -> bool:
    return box.x0 <= line.x0 < box.x1 and box.top <= (line.top + line.bottom) / 2 <= box.bottom


def _find_all(frame: PageContent) -> list[Filled]:
    """Ruled tables first; those with a rule or shade for every row, then others from what they leave over."""
    flat, drawn = merge_edges(frame.horizontals[:, (1, 0, 2)]), read_edges(frame)
    found = find_ruled(frame, flat, merge_edges(frame.verticals[:, (0, 1, 3)]))
    free = (frame.glyphs.angle == 0) & ~_in_running_head(frame, flat)
    flat, drawn = _without(frame, found, free, flat, drawn)
    banded = find_banded(frame, drawn, np.flatnonzero(free))
    flat, _ = _without(frame, banded, free, flat, drawn)
    return found + banded + find_plain(frame, flat, np.flatnonzero(free))


def _without(
    frame: PageContent, tables: list[Filled], free: BoolArray, *edges: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """The edges that none of these tables has; their glyphs are no longer free."""
    flat, drawn = edges
    for table in tables:
        free[glyphs_inside(frame.glyphs, table.bbox)] = False
        flat, drawn = flat[~_lie_in(flat, table.bbox)], drawn[~_lie_in(drawn, table.bbox)]
    return flat, drawn


def _lie_in(edges: FloatArray, box: BBox) -> BoolArray:
    level = (edges[:, 0] >= box.top - 1) & (edges[:, 0] <= box.bottom + 1)
    return np.asarray(level & (edges[:, 1] < box.x1) & (edges[:, 2] > box.x0), dtype=np.bool_)


def _in_running_head(frame: PageContent, flat: FloatArray) -> BoolArray:
    """Glyphs above a rule that closes off the top of the page, or above all others and of a size of its own."""
    wide = flat[:, 2] - flat[:, 1] >= SURROUNDINGS.narrow * frame.width
    head = flat[wide & (flat[:, 0] < TOLERANCES.head * frame.height), 0]
    closed = frame.glyphs.bottom <= head.max(initial=0.0) + 1
    return np.asarray(closed | _is_set_off(frame), dtype=np.bool_)


def _is_set_off(frame: PageContent) -> BoolArray:
    glyphs = frame.glyphs
    inked = np.array([not text.isspace() for text in glyphs.text], dtype=np.bool_)
    top = (glyphs.bottom < TOLERANCES.head * frame.height) & inked
    below = inked & ~top
    if not top.any() or not below.any():
        return np.zeros(len(inked), dtype=np.bool_)
    size, edge = float(glyphs.size[top].max()), float(glyphs.top[below].min())
    next_ = below & (glyphs.top < edge + TOLERANCES.same_line)
    far = edge - float(glyphs.bottom[top].max()) > TOLERANCES.far * size
    other = float(np.median(glyphs.size[next_]))
    return top if far and abs(size - other) > TOLERANCES.unlike * other else np.zeros(len(inked), dtype=np.bool_)


def _is_fragment(table: Filled) -> bool:
    """One row alone makes no table, but may be the end of one."""
    return table.n_rows == 1 or table.doubtful


def _raw(table: Filled, part: TablePart, cells: tuple[RawCell, ...], header_rows: int) -> RawTable:
    found = RawTable((part,), table.n_rows, table.n_cols, tuple(table.xs.tolist()), cells, header_rows)
    return replace(found, ruled=table.walled, reaches=() if part.turn else table.reaches())


def _in_reading_order(tables: list[Filled], width: float) -> list[Filled]:
    """From the top; of narrow tables between two wide ones, those of the left column first."""
    narrow = [table for table in tables if table.bbox.width < SURROUNDINGS.narrow * width]
    wide = sorted(table.bbox.top for table in tables if table.bbox.width >= SURROUNDINGS.narrow * width)

    def place(table: Filled) -> tuple[int, float, float]:
        above = sum(top < table.bbox.top for top in wide)
        column = min((o.bbox.x0 for o in narrow if _shares_width(o.bbox, table.bbox)), default=0.0)
        return above, column if table in narrow else -1.0, table.bbox.top

    return sorted(tables, key=place)


def _shares_width(one: BBox, other: BBox) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1


def _turned_back(cells: tuple[RawCell, ...], turn: int, page: PageContent) -> tuple[RawCell, ...]:
    return tuple(replace(cell, bbox=turn_back(cell.bbox, turn, page)) for cell in cells) if turn else cells
