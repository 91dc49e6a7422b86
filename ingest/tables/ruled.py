"""Tables whose cells are closed by lines."""

from __future__ import annotations

from dataclasses import replace

from ingest.page import PageContent
from ingest.tables.edges import merge_edges
from ingest.tables.fill import Filled, fill_areas
from ingest.tables.grids import Grid, find_grids, merge_areas

_SPEAKING = 0.12  # least share of cells with text; a chart's grid has fewer


def find_ruled(page: PageContent) -> list[Filled]:
    """`page` upright. Grids of drawings and boxes around text are left out."""
    flat = merge_edges(page.horizontals[:, (1, 0, 2)])
    steep = merge_edges(page.verticals[:, (0, 1, 3)])
    found = [_fill(grid, page) for grid in find_grids(flat, steep)]
    return [table for table in found if _is_table(table, page)]


def _fill(grid: Grid, page: PageContent) -> Filled:
    areas = merge_areas(grid)
    opened = tuple(
        area.row + area.row_span == grid.n_rows and not grid.floors[-1, area.col : area.col + area.col_span].any()
        for area in areas
    )
    return replace(fill_areas(grid.xs, grid.ys, areas, page.glyphs), open_bottom=opened)


def _is_table(table: Filled, page: PageContent) -> bool:
    if table.n_cols < 2 or len(table.areas) < 2:
        return False
    spoken = sum(bool(lines) or len(turned) > 0 for lines, turned in zip(table.lines, table.turned, strict=True))
    upright_glyphs = sum(len(line.places) for lines in table.lines for line in lines)
    turned_glyphs = sum(len(turned) for turned in table.turned)
    return spoken >= max(1, _SPEAKING * len(table.areas)) and upright_glyphs >= turned_glyphs
