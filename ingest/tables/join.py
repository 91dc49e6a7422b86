"""Tables that go on over columns and pages: the parts become one, a repeated header is given once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isnan

from gongbao.ingest.tables.header import is_figure
from gongbao.ingest.tables.lines import joint_by_words
from gongbao.ingest.tables.types import RawCell, RawLine, RawTable


@dataclass(frozen=True, slots=True)
class JoinTolerances:
    """Set on tables over pages whose columns lines or white alone bound (tests/ingest/tables/test_join.py).

    `near`: points by which the columns of two ruled parts may differ. `near_plain`: where white space, not a
    line, bounds a column. `deepest`: rows of a header that only its repetition shows. `keyed`: share of rows
    whose first cell speaks in a table with a key column. `close`: heights of a row from it to a table that it
    begins. `part`: share of the columns that the rest of a row leaves blank. `columns`: fewer tell too little by
    how their texts are set. `level`: points within which these texts begin, end or have their middle.
    """

    near: float = 4.0
    near_plain: float = 18.0
    deepest: int = 4
    keyed: float = 0.8
    close: float = 1.0
    part: float = 0.5
    columns: int = 3
    level: float = 2.0


TOLERANCES = JoinTolerances()
_Reach = tuple[float, float]
_BLANKS = re.compile(r"\s+")


def join_over_pages(pages: Iterable[Sequence[RawTable]]) -> list[RawTable]:
    """The tables of consecutive pages, in order; each with its continuations as one table.

    A fragment that turns out to continue no table is none.
    """
    out: list[RawTable] = []
    for tables in pages:
        for table in tables:
            if out and _continues(out[-1], table):
                out[-1] = _append(out[-1], table)
            else:
                out.append(table)
    return [table for table in out if not table.fragment]


def _continues(first: RawTable, then: RawTable) -> bool:
    before, after = first.parts[-1], then.parts[0]
    if before.turn != after.turn:
        return False
    if before.page == after.page:
        return _is_next_column(first, then)
    if after.page != before.page + 1 or not (before.ends_page and after.starts_page):
        return False
    if not first.ruled and not then.ruled and _repeated_rows(first, then):
        return True
    return _same_columns(first, then) or _within_columns(first, then)


def _is_next_column(first: RawTable, then: RawTable) -> bool:
    """Beside each other, the same columns under the same header, and no caption of its own."""
    before, after = first.parts[-1], then.parts[0]
    beside = after.bbox.x0 > before.bbox.x1 and after.bbox.top < before.bbox.bottom
    own_caption = bool(then.caption) and then.caption != first.caption
    if not beside or own_caption or not _same_columns(first, then):
        return False
    return _repeated_rows(first, then) > 0 or (before.ends_page and (after.starts_page or after.starts_column))


def _same_columns(first: RawTable, then: RawTable) -> bool:
    if first.n_cols != then.n_cols:
        return False
    near = TOLERANCES.near if first.ruled and then.ruled else TOLERANCES.near_plain
    shift = then.columns[0] - first.columns[0]
    if first.ruled != then.ruled and max(abs(shift), abs(then.columns[-1] - first.columns[-1])) <= TOLERANCES.near:
        return True  # of one width, and lines of one part show what white alone shows in the other
    bounds = all(abs(b - a - shift) <= near for a, b in zip(first.columns, then.columns, strict=True))
    return bounds or (not (first.ruled and then.ruled) and _are_set_alike(first, then))


def _are_set_alike(first: RawTable, then: RawTable) -> bool:
    """The texts of all columns but one begin, end or have their middle where those of the other part do, and no column
    reaches into another: of columns that white alone bounds the bounds are no more than how long their texts are."""
    pairs = list(zip(first.reaches, then.reaches, strict=False))
    own = [(one, other) for one, other in pairs if not (isnan(one[0]) or isnan(other[0]))]
    if len(own) < max(TOLERANCES.columns, first.n_cols - 1):
        return False
    return any(_agree(own, shift) for shift in (0.0, own[0][1][0] - own[0][0][0]))


def _agree(pairs: Sequence[tuple[_Reach, _Reach]], shift: float) -> bool:
    """`shift`: how far the second part stands to the right of the first."""
    moved = [(one, (other[0] - shift, other[1] - shift)) for one, other in pairs]
    off = [min(abs(a - c), abs(b - d), abs(a + b - c - d) / 2) for (a, b), (c, d) in moved]
    union = [(min(one[0], other[0]), max(one[1], other[1])) for one, other in moved]
    apart = all(left[1] < right[0] for left, right in pairwise(union))
    return apart and sum(gap > TOLERANCES.level for gap in off) <= 1


def _within_columns(first: RawTable, then: RawTable) -> bool:
    """As wide, and one has all column bounds of the other: rows of merged cells hide bounds."""
    if not (first.ruled and then.ruled):
        return False
    fewer, more = sorted((_widths(first), _widths(then)), key=len)
    return abs(fewer[-1] - more[-1]) <= TOLERANCES.near and all(
        min(abs(x - y) for y in more) <= TOLERANCES.near for x in fewer
    )


def with_row_above(row: RawTable, tables: Sequence[RawTable]) -> tuple[RawTable, ...]:
    """The tables of one page, the row first: as the first row of the table close below it, where that has its columns,
    else by itself."""
    edge, near = row.parts[0].bbox, TOLERANCES.close * row.parts[0].bbox.height
    for k, table in enumerate(tables):
        part = table.parts[0]
        if edge.bottom - 1 <= part.bbox.top <= edge.bottom + near and _same_columns(row, table):
            whole = replace(part, bbox=edge.union(part.bbox), starts_page=True)
            return (*tables[:k], replace(_append(row, table), parts=(whole,)), *tables[k + 1 :])
    return (row, *tables)


def _widths(table: RawTable) -> list[float]:
    return [x - table.columns[0] for x in table.columns]


def _append(first: RawTable, then: RawTable) -> RawTable:
    first, then = _spread(first, then), _spread(then, first)
    repeated = _repeated_rows(first, then)
    body = _drop_rows(then, repeated) if repeated else _without_header_lines(first, then)
    seam = _Seam(first, body)
    merged = _merge_cells(seam, split=_is_split_row(seam))
    parts = first.parts + then.parts
    header = max(repeated, first.header_rows) if repeated else first.header_rows
    return replace(merged, parts=parts, header_rows=header, fragment=first.fragment and then.fragment)


def _without_header_lines(first: RawTable, then: RawTable) -> RawTable:
    """Where a repeated header stands so close above the first row that both were read as one."""
    names = {cell.col: cell for cell in first.cells if cell.row == 0}
    top = {cell.col: cell for cell in then.cells if cell.row == 0}
    if first.header_rows != 1 or names.keys() != top.keys():
        return then
    bare = {top[col]: _without(top[col].lines, "".join(names[col].text.split())) for col in top}
    if any(lines is None for lines in bare.values()) or not any(bare.values()):
        return then
    cells = tuple(replace(cell, lines=bare.get(cell, cell.lines) or ()) for cell in then.cells)
    said = tuple(replace(cell, lines=cell.lines[: len(cell.lines) - len(rest or ())]) for cell, rest in bare.items())
    return replace(then, cells=cells, repeated=then.repeated + said)


def _without(lines: tuple[RawLine, ...], name: str) -> tuple[RawLine, ...] | None:
    """What follows the lines that make up the name; None if they do not."""
    said = ""
    for k, line in enumerate(lines):
        if said == name:
            return (replace(line, joint=""), *lines[k + 1 :])
        said += _BLANKS.sub("", line.text)
    return () if said == name else None


def _spread(table: RawTable, other: RawTable) -> RawTable:
    """The table with the column bounds that only the other one shows."""
    own, more = _widths(table), _widths(other)
    if len(own) >= len(more):
        return table
    at = [min(range(len(more)), key=lambda k, x=x: abs(more[k] - x)) for x in own]  # type: ignore[misc]
    cells = tuple(
        replace(cell, col=at[cell.col], col_span=at[cell.col + cell.col_span] - at[cell.col]) for cell in table.cells
    )
    columns = tuple(table.columns[0] + x for x in more)
    return replace(table, n_cols=other.n_cols, columns=columns, cells=cells)


def _repeated_rows(first: RawTable, then: RawTable) -> int:
    """How many rows at the top of `then` repeat the top of `first`."""
    if first.n_cols != then.n_cols:
        return 0
    count, most = 0, first.header_rows or TOLERANCES.deepest
    for row, (a, b) in enumerate(zip(_texts(first), _texts(then), strict=False)):
        if a != b or not any(a) or row == most:
            break
        count = row + 1
    return _whole_rows(first, count)


def _whole_rows(table: RawTable, count: int) -> int:
    """No more rows than leave every cell whole."""
    while count and any(cell.row < count < cell.row + cell.row_span for cell in table.cells):
        count -= 1
    return count


def _texts(table: RawTable) -> list[list[str]]:
    return [[_BLANKS.sub("", text) for text in row] for row in table.grid()]


def _drop_rows(table: RawTable, count: int) -> RawTable:
    cells = tuple(replace(cell, row=cell.row - count) for cell in table.cells if cell.row >= count)
    dropped = tuple(cell for cell in table.cells if cell.row < count)
    return replace(table, n_rows=table.n_rows - count, cells=cells, repeated=table.repeated + dropped)


@dataclass(frozen=True, slots=True)
class _Seam:
    """Where two parts meet: the last row of one, the first row of the other."""

    above: RawTable
    below: RawTable

    def ends(self) -> dict[int, RawCell]:
        """Cells that reach the last row above, by their column."""
        last = self.above.n_rows
        return {cell.col: cell for cell in self.above.cells if cell.row + cell.row_span == last}

    def starts(self) -> dict[int, RawCell]:
        return {cell.col: cell for cell in self.below.cells if cell.row == 0}

    def pairs(self) -> list[tuple[RawCell, RawCell]]:
        """Cells that meet with the same width."""
        starts = self.starts()
        met = [(end, starts.get(col)) for col, end in self.ends().items()]
        return [(end, start) for end, start in met if start is not None and start.col_span == end.col_span]


def _is_split_row(seam: _Seam) -> bool:
    """One row, printed partly before and partly after the break."""
    pairs = seam.pairs()
    if not pairs or not len(pairs) == len(seam.ends()) == len(seam.starts()):
        return False
    single = [(end, start) for end, start in pairs if end.row_span == 1 and start.row_span == 1]
    if any(is_figure(end.text) and is_figure(start.text) for end, start in single):
        return False  # no figure is printed in two parts
    if single and all(end.open_bottom for end, _ in single):
        return True
    return _lacks_key(seam) or _goes_on_in_some(seam)


def _goes_on_in_some(seam: _Seam) -> bool:
    """Half of the first row below is blank, where no other row of the table is: it is the rest of wrapped cells."""
    starts = seam.starts()
    blank = {col for col, cell in starts.items() if not cell.text}
    others = [cell for cell in (*seam.above.cells, *seam.below.cells) if cell not in starts.values()]
    rows = len({(cell in seam.above.cells, cell.row) for cell in others})
    spoken = all(cell.text for cell in others if cell.col in blank)
    return rows > 1 and len(starts) > len(blank) >= TOLERANCES.part * seam.below.n_cols and spoken


def _lacks_key(seam: _Seam) -> bool:
    """The first cell of the row, never else blank, is blank on one side of the break."""
    end, start = seam.ends().get(0), seam.starts().get(0)
    if end is None or start is None or end.row_span > 1 or start.row_span > 1:
        return False
    if bool(end.text) == bool(start.text):
        return False
    others = [cell for cell in seam.above.cells + seam.below.cells if cell.col == 0 and cell not in (end, start)]
    keyed = sum(bool(cell.text) for cell in others) >= TOLERANCES.keyed * len(others) and len(others) > 1
    here = seam.below if not start.text else seam.above
    row = 0 if not start.text else here.n_rows - 1
    spoken = sum(bool(cell.text) for cell in here.cells if cell.row == row)
    return keyed and spoken > 0


def _merge_cells(seam: _Seam, *, split: bool) -> RawTable:
    """Both parts as one table; where the row is split, its first row below joins the last above."""
    above, below = seam.above, seam.below
    shift = above.n_rows - (1 if split else 0)
    pairs = seam.pairs()
    some_closed = any(not end.open_bottom and end.row_span == 1 for end, _ in pairs)
    merged = {end: start for end, start in pairs if split or _is_one_cell(end, start, some_closed=some_closed)}
    gone = set(merged.values())
    cells = [_one_cell(cell, merged.get(cell), split=split) for cell in above.cells]
    cells += [replace(cell, row=cell.row + shift) for cell in below.cells if cell not in gone]
    n_rows = above.n_rows + below.n_rows - (1 if split else 0)
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.col)))
    return replace(above, n_rows=n_rows, cells=ordered, repeated=above.repeated + below.repeated)


def _is_one_cell(end: RawCell, start: RawCell, *, some_closed: bool) -> bool:
    """A cell over rows on both sides of the break; `some_closed`: other cells end with a line there, so that
    one that does not goes on."""
    tall = end.row_span > 1 or start.row_span > 1
    if (end.open_bottom or start.open_top) and (tall or some_closed):
        return True
    return tall and bool(end.text) != bool(start.text) and (end.row_span > 1 or not end.text)


def _one_cell(end: RawCell, start: RawCell | None, *, split: bool) -> RawCell:
    if start is None:
        return end
    row_span = end.row_span + start.row_span - (1 if split else 0)
    return replace(end, row_span=row_span, lines=_go_on(end.lines, start.lines), open_bottom=start.open_bottom)


def _go_on(before: tuple[RawLine, ...], after: tuple[RawLine, ...]) -> tuple[RawLine, ...]:
    """The lines of one cell over the break; whether a paragraph ended there, only its words tell."""
    if not (before and after):
        return before + after
    return (*before, replace(after[0], joint=joint_by_words(before[-1].text, after[0].text)), *after[1:])
