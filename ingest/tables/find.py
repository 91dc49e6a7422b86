"""One page → its tables."""

from __future__ import annotations

from dataclasses import replace

from ingest.page import PageContent
from ingest.tables.around import look_around, loose_lines
from ingest.tables.fill import Filled, read_cells
from ingest.tables.frames import reading_turns, turn_back, upright
from ingest.tables.ruled import find_ruled
from ingest.tables.types import RawCell, RawTable, TablePart


def find_tables(page: PageContent) -> list[RawTable]:
    """The tables of one page, topmost first; those that are set sideways come after."""
    return [table for turn in reading_turns(page) for table in _find_upright(upright(page, turn), page, turn)]


def _find_upright(frame: PageContent, page: PageContent, turn: int) -> list[RawTable]:
    found = sorted(find_ruled(frame), key=lambda table: (table.bbox.top, table.bbox.x0))
    if not found:
        return []
    boxes = [table.bbox for table in found]
    lines = loose_lines(frame, boxes)
    out = []
    for table, box in zip(found, boxes, strict=True):
        around = look_around(frame, box, [other for other in boxes if other is not box], lines)
        part = TablePart(page.number, turn_back(box, turn, page), turn, around.starts_page, around.ends_page)
        raw = _raw(table, part, _turned_back(read_cells(table, frame), turn, page))
        out.append(replace(raw, caption=around.caption, units=around.units))
    return out


def _raw(table: Filled, part: TablePart, cells: tuple[RawCell, ...]) -> RawTable:
    return RawTable((part,), table.n_rows, table.n_cols, tuple(table.xs.tolist()), cells, ruled=True)


def _turned_back(cells: tuple[RawCell, ...], turn: int, page: PageContent) -> tuple[RawCell, ...]:
    return tuple(replace(cell, bbox=turn_back(cell.bbox, turn, page)) for cell in cells) if turn else cells
