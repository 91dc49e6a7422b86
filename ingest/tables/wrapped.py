"""Columns that white alone bounds: how far a cell reaches no line shows, the column's own lines do.

Where those that go on end at the longest of them, they are wrapped text; lines of lists end where they like.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

from gongbao.ingest.tables.fill import Filled
from gongbao.ingest.tables.lines import TableLine


@dataclass(frozen=True, slots=True)
class WrappedTolerances:
    """Set on tables without uprights whose cells are set in their middle (tests/ingest/tables/test_wrapped.py).

    `short`: font sizes that a line that goes on leaves free, at most. `ended`: that one last line leaves free, at
    least: a list of names of one length ends nowhere before its edge. `fewest`: lines that go on.
    """

    short: float = 1.2
    ended: float = 1.5
    fewest: int = 2


TOLERANCES = WrappedTolerances()


def rooms(filled: Filled) -> list[tuple[float, float] | None]:
    """From where to where the wrapped lines of each column reach; None where lines or nothing tells."""
    if filled.walled:
        return [None] * filled.n_cols
    return [_room(filled, column, *reach) for column, reach in enumerate(filled.reaches())]


def _room(filled: Filled, column: int, left: float, right: float) -> tuple[float, float] | None:
    if isnan(left):
        return None
    own = zip(filled.areas, filled.lines, strict=True)
    cells = [lines for area, lines in own if area.col == column and area.col_span == 1 and len(lines) > 1]
    going_on = [_free(line, left, right) for lines in cells for line in lines[:-1]]
    last = [_free(lines[-1], left, right) for lines in cells]
    full = all(free <= TOLERANCES.short for free in going_on)
    told = len(going_on) >= TOLERANCES.fewest and max(last) >= TOLERANCES.ended
    return (left, right) if full and told else None


def _free(line: TableLine, left: float, right: float) -> float:
    """Font sizes that the line leaves of the column."""
    return (right - left - (line.bbox.x1 - line.bbox.x0)) / max(line.size, 1.0)
