"""The rest of a row that began on the page before: lines above the first row that no rule closes off.

Word breaks rows over pages. What is left of a cell stands at the head of the page, below its column's left edge, and
says nothing in the first column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isnan

import numpy as np
from gongbao.ingest.page import PageContent
from gongbao.ingest.tables.fill import Filled, fill_areas
from gongbao.ingest.tables.grids import Area
from gongbao.ingest.tables.lines import TableLine


@dataclass(frozen=True, slots=True)
class RestTolerances:
    """Set on rows that a page breaks within a cell (tests/ingest/tables/test_office.py).

    `head`: of the page's height: what stands higher is no text. `tight`: font sizes of white between the lines of a
    row and below it. `level`: points by which a line may miss the left edge of its column. `same_size`: share by
    which sizes of one text differ.
    """

    head: float = 0.08
    tight: float = 1.2
    level: float = 2.0
    same_size: float = 0.04


TOLERANCES = RestTolerances()


def with_rest(table: Filled, page: PageContent, lines: Sequence[TableLine]) -> Filled:
    """The table with a row for these lines. `lines`: all outside of tables, from the top."""
    above = [
        line for line in lines if TOLERANCES.head * page.height < line.bbox.bottom <= table.bbox.top + line.size / 2
    ]
    if not above or not all(_is_of(table, line) for line in above) or not _are_tight(table, above):
        return table
    top = above[0].bbox.top - 1
    ys = np.concatenate([[top], table.ys])
    areas = [Area(0, c, 1, 1) for c in range(table.n_cols)] + [replace(a, row=a.row + 1) for a in table.areas]
    none = (False,) * table.n_cols
    longer = fill_areas(table.xs, ys, areas, page.glyphs)
    below = none + (table.open_bottom or (False,) * len(table.areas))
    return replace(longer, open_bottom=below, walled=table.walled, doubtful=table.doubtful)


def _is_of(table: Filled, line: TableLine) -> bool:
    """Below the left edge of a column but the first, within it, and of its size."""
    column = int(np.searchsorted(table.xs, line.bbox.x0 + TOLERANCES.level)) - 1
    if not 0 < column < table.n_cols or line.bbox.x1 > table.xs[column + 1]:
        return False
    sizes = [other.size for lines in table.lines for other in lines]
    alike = bool(sizes) and abs(line.size - float(np.median(sizes))) <= TOLERANCES.same_size * line.size
    left = table.reaches()[column][0]
    return alike and not isnan(left) and abs(line.bbox.x0 - left) <= TOLERANCES.level


def _are_tight(table: Filled, lines: Sequence[TableLine]) -> bool:
    first = min((line.bbox.top for cell in table.lines for line in cell), default=table.bbox.top)
    tops = [*(line.bbox.top for line in lines[1:]), first]
    return all(top - line.bbox.bottom <= TOLERANCES.tight * line.size for line, top in zip(lines, tops, strict=True))
