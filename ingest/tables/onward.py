"""A table's last row alone at the head of the next page, the names of its columns alone at the foot of the page
before: by themselves nothing shows what they are, the columns of the table do."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from gongbao.ingest.page import FloatArray, IntArray, PageContent
from gongbao.ingest.tables.fill import Filled, fill_areas
from gongbao.ingest.tables.grids import Area
from gongbao.ingest.tables.header import are_column_names
from gongbao.ingest.tables.lines import line_text
from gongbao.ingest.tables.types import RawTable
from gongbao.ingest.tables.words import BoolArray, Pieces, split_pieces


@dataclass(frozen=True, slots=True)
class OnwardTolerances:
    """Set on rows that a page break parts from their table (tests/ingest/tables/test_onward.py).

    `columns`: fewer tell too little. `head`: of the page's height, where lines may stand above the row, `heads` at
    most: they run over every page. `level`: points by which text may miss the edge or middle that its column keeps.
    `margin`: of it, where nothing else ever stands.
    `spoken`: share of the columns that say something. `tight`: font sizes of white between the lines of a row.
    `longer`: font sizes by which a text may be longer than those before it.
    """

    columns: int = 3
    head: float = 0.12
    heads: int = 2
    margin: float = 0.08
    level: float = 2.0
    spoken: float = 0.6
    tight: float = 1.2
    longer: float = 3.0


TOLERANCES = OnwardTolerances()


@dataclass(frozen=True, slots=True)
class OpenTable:
    """What a table at the end of a page shows of its columns: their bounds, and from where to where texts reach in
    each. `ruled`: lines stand between them."""

    columns: tuple[float, ...]
    texts: tuple[tuple[tuple[float, float], ...], ...]
    ruled: bool


def opened(table: RawTable, boxes: FloatArray) -> OpenTable | None:
    """The table as one that may go on; None where it does not end its page, or is turned. `boxes`: of the page's
    glyphs."""
    return _open(table, boxes) if table.parts[-1].ends_page else None


def begun(table: RawTable, boxes: FloatArray) -> OpenTable | None:
    """The table as one whose names may stand on the page before; None where it does not begin its page."""
    return _open(table, boxes) if table.parts[0].starts_page and not table.header_rows else None


def _open(table: RawTable, boxes: FloatArray) -> OpenTable | None:
    if table.parts[0].turn or table.n_cols < TOLERANCES.columns or table.fragment:
        return None
    texts: list[list[tuple[float, float]]] = [[] for _ in range(table.n_cols)]
    for cell in (cell for cell in table.cells if cell.col_span == 1):
        for line in cell.lines:
            at = [place for place in line.places if place >= 0]
            texts[cell.col].append((float(boxes[at, 0].min()), float(boxes[at, 2].max())))
    return OpenTable(table.columns, tuple(map(tuple, texts)), table.ruled)


def find_onward(page: PageContent, table: OpenTable, places: IntArray) -> Filled | None:
    """The row at the head of the page that goes on with the table. `places`: glyphs in no other table."""
    pieces = _in_columns(page, table, places)
    if pieces is not None and not table.ruled:  # it may be longer than all others of its last column
        reach = TOLERANCES.longer * float(np.median(pieces.size))
        table = replace(table, columns=(*table.columns[:-1], table.columns[-1] + reach))
    if pieces is None:
        return None
    column = _columns(pieces, table)
    row = _row(page, pieces, column)
    if not row.any() or not _fits(pieces, column, row, table):
        return None
    return _filled(page, table, pieces, row)


def find_names(page: PageContent, table: OpenTable, places: IntArray) -> Filled | None:
    """The row at the foot of the page that names the columns of the table. `places`: glyphs in no other table."""
    table = replace(table, columns=(0.0, *table.columns[1:-1], page.width))  # names reach beyond short texts
    pieces = _in_columns(page, table, places)
    if pieces is None:
        return None
    column = _columns(pieces, table)
    row = _last_row(page, pieces, column)
    if len(np.unique(column[row])) < len(table.texts):
        return None
    ends = (float(pieces.x0[row].min()), float(pieces.x1[row].max()))
    found = _filled(page, replace(table, columns=(ends[0], *table.columns[1:-1], ends[1])), pieces, row)
    names = ["".join(line_text(page.glyphs, line.places)[0] for line in lines) for lines in found.lines]
    return found if are_column_names(names) else None


def _in_columns(page: PageContent, table: OpenTable, places: IntArray) -> Pieces | None:
    pieces = split_pieces(page.glyphs, places)
    walls = np.array(table.columns[1:-1])
    return None if pieces is None else pieces.split(np.column_stack((walls - 0.2, walls + 0.2)))


def _filled(page: PageContent, table: OpenTable, pieces: Pieces, row: BoolArray) -> Filled:
    ys = np.array([float(pieces.top[row].min()) - 1, float(pieces.bottom[row].max()) + 1])
    areas = [Area(0, c, 1, 1) for c in range(len(table.columns) - 1)]
    found = fill_areas(np.array(table.columns), ys, areas, page.glyphs)
    return Filled(found.xs, found.ys, found.areas, found.lines, found.turned, walled=table.ruled, doubtful=True)


def _columns(pieces: Pieces, table: OpenTable) -> IntArray:
    """The column that each piece stands in; -1 across two or beside them."""
    bounds, level = np.array(table.columns), TOLERANCES.level
    left = np.searchsorted(bounds, pieces.x0 + level) - 1
    right = np.searchsorted(bounds, pieces.x1 - level) - 1
    inside = (left == right) & (left >= 0) & (left < len(bounds) - 1)
    return np.asarray(np.where(inside, left, -1), dtype=np.int64)


def _row(page: PageContent, pieces: Pieces, column: IntArray) -> BoolArray:
    """The lines in columns from the top of the page on, below what runs over every page."""
    row, edge = np.zeros(len(pieces), dtype=np.bool_), np.inf
    for number, line in enumerate(np.unique(pieces.line).tolist()):
        at = pieces.line == line
        if pieces.bottom[at].max() < TOLERANCES.margin * page.height:
            continue
        if (column[at] < 0).any():
            if row.any() or number == TOLERANCES.heads or pieces.bottom[at].max() > TOLERANCES.head * page.height:
                break
            continue
        if float(pieces.top[at].min()) - edge > TOLERANCES.tight * float(pieces.size[at].max()):
            break
        row |= at
        edge = float(pieces.bottom[at].max())
    return row


def _last_row(page: PageContent, pieces: Pieces, column: IntArray) -> BoolArray:
    """The lines in columns from the foot of the page up, above what runs over every page."""
    row, edge = np.zeros(len(pieces), dtype=np.bool_), -np.inf
    for line in np.unique(pieces.line)[::-1].tolist():
        at = pieces.line == line
        gap = edge - float(pieces.bottom[at].max())
        if row.any() and ((column[at] < 0).any() or gap > TOLERANCES.tight * float(pieces.size[at].max())):
            break
        if pieces.top[at].min() > (1 - TOLERANCES.margin) * page.height:
            continue
        if (column[at] < 0).any():
            break
        row |= at
        edge = float(pieces.top[at].min())
    return row


def _fits(pieces: Pieces, column: IntArray, row: BoolArray, table: OpenTable) -> bool:
    """Most columns speak, and all but one of these where their other texts stand."""
    spoken = np.unique(column[row]).tolist()
    if len(spoken) < TOLERANCES.spoken * len(table.texts):
        return False
    level = [
        c for c in spoken if any(_is_level(pieces, int(k), table.texts[c]) for k in np.flatnonzero(row & (column == c)))
    ]
    return len(level) >= len(spoken) - 1


def _is_level(pieces: Pieces, k: int, texts: tuple[tuple[float, float], ...]) -> bool:
    x0, x1 = float(pieces.x0[k]), float(pieces.x1[k])
    return any(
        min(abs(x0 - left), abs(x1 - right), abs(x0 + x1 - left - right) / 2) <= TOLERANCES.level
        for left, right in texts
    )
