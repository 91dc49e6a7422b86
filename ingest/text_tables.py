"""Tables in text files, a row a line: merged first cells, headers of two rows, headings between the rows.

Text keeps no walls: a row that prints fewer cells than the table has columns leaves out those that
are merged with the row above, which stand first (类别 | 指标 | 数量, then 指标 | 数量).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gongbao.corpus.geometry import NOWHERE
from gongbao.corpus.language.numbering import numbering_at
from gongbao.ingest.markup import TextLine
from gongbao.ingest.tables import BLANK, RawCell, RawLine, RawTable

_LONGEST_HEADING = 40  # characters of a heading between rows
_LONGEST_HEAD = 14  # characters of a cell of a header
_COLUMN = re.compile(
    r"(?:名称|单位|部门|机构|任务|内容|时间|时限|期限|序号|措施|目标|职责|分工|备注|领导|责任人|联系人|姓名|职务|指标|事项|项目|"
    r"要求|数量|面积|电话|地点|位置|级别|类别|类型|来源|依据)$"
)
_NUMBER = re.compile(r"[（(]?\d+[)）.．、]?")

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _ColumnPlace:
    """Where a text stands: rows and columns that it covers."""

    row: int
    col: int
    rows: int
    cols: int
    text: str


def find_end(lines: Sequence[TextLine], place: int) -> int:
    """The line after the last row of the table that begins at lines[place]."""
    end = place + 1
    while end < len(lines):
        upto = _headings_end(lines, end)
        if upto == len(lines) or not lines[upto].columns or not _continues(lines, place, upto, headed=upto > end):
            break
        end = upto + 1
    return end


def _headings_end(lines: Sequence[TextLine], place: int) -> int:
    """Past numbered headings that part the rows: 一、重点工程."""
    while place < len(lines) and _is_heading(lines[place]):
        place += 1
    return place


def _is_heading(line: TextLine) -> bool:
    return not line.columns and len(line.text) <= _LONGEST_HEADING and numbering_at(line.text) is not None


def _continues(lines: Sequence[TextLine], first: int, place: int, headed: bool) -> bool:
    """Is lines[place] a row of the table that begins at `first`? Under a heading it must be no header of its own."""
    row, head = lines[place].columns, lines[first].columns
    columns = max(len(line.columns) for line in lines[first:place])
    if headed:
        return len(row) == columns and not _names_columns(row)
    if len(row) == columns or _is_ruling(row):
        return True
    if place - first == 1 and _divided(head, row) is not None:
        return True
    if place - first == 2 and len(row) > columns:  # the first row of data under a header of two rows
        below = lines[first + 1].columns
        return _divided(head, below) is not None and len(row) == len(head) + len(below) - 1
    return 1 < len(row) < columns and not (lines[place].apart and _is_header(row))


def _names_columns(row: Row) -> bool:
    """A header of its own: what columns are called, in at least half of the cells."""
    return _is_header(row) and 2 * sum(_COLUMN.search(cell) is not None for cell in row) >= len(row)


def _is_header(row: Row) -> bool:
    """Short words in every cell and no number first."""
    return all(cell and len(cell) <= _LONGEST_HEAD for cell in row) and not any(char.isdigit() for char in row[0])


def _divided(header: Row, below: Row) -> int | None:
    """Which cell of `header` the cells `below` divide: 面积 over 总面积 | 绿化面积; None where they do not."""
    if not _is_header(header) or not _is_header(below) or not 2 <= len(below) < len(header):
        return None
    shared = [max((len(set(cell) & set(part)) for part in below), default=0) for cell in header]
    best = max(range(len(header)), key=lambda col: (shared[col], len(header[col])))
    return best if shared[best] else None


def make_table(lines: Sequence[TextLine]) -> RawTable:
    """`lines` as found by `find_end`; rulings are left out, headers said again kept apart."""
    first = lines[0].columns
    kept = [
        line for at, line in enumerate(lines) if not _is_ruling(line.columns) and (at == 0 or line.columns != first)
    ]
    rows = [line.columns or (line.text,) for line in kept]
    columns = max(len(row) for row in rows)
    split = _divided(rows[0], rows[1]) if len(rows) > 2 and len(rows[0]) + len(rows[1]) - 1 == columns else None
    head = [] if split is None else list(_two_rows(rows[0], rows[1], split))
    places = head + list(_body(kept, rows, columns, 0 if split is None else 2))
    headed = 2 if head else int(len(rows) > 1 and all(first) and not any(char.isdigit() for char in first[0]))
    cells = tuple(RawCell(p.row, p.col, p.rows, p.cols, NOWHERE, _lines_of(p.text)) for p in places)
    again = [line.columns for line in lines[1:] if line.columns == first and not _is_ruling(first)]
    repeated = tuple(RawCell(0, c, 1, 1, NOWHERE, _lines_of(text)) for row in again for c, text in enumerate(row))
    bounds = tuple(float(c) for c in range(columns + 1))
    return RawTable((), len(rows), columns, bounds, cells, headed, repeated=repeated)


def _two_rows(header: Row, below: Row, split: int) -> Iterator[_ColumnPlace]:
    col = 0
    for at, text in enumerate(header):
        divided = at == split
        yield _ColumnPlace(0, col, 1 if divided else 2, len(below) if divided else 1, text)
        if divided:
            yield from (_ColumnPlace(1, col + part, 1, 1, name) for part, name in enumerate(below))
        col += len(below) if divided else 1


def _body(kept: Sequence[TextLine], rows: Sequence[Row], columns: int, start: int) -> Iterator[_ColumnPlace]:
    """Rows below the header; a cell reaches down over the rows that leave it out."""
    open_cells: dict[int, _ColumnPlace] = {}
    for at in range(start, len(rows)):
        row = rows[at]
        if not kept[at].columns:
            yield from _drain(open_cells)
            yield _ColumnPlace(at, 0, 1, columns, row[0])
            continue
        gap = _gap(row, open_cells, columns)
        for col in range(columns):
            if col in gap and col in open_cells:
                open_cells[col] = replace(open_cells[col], rows=open_cells[col].rows + 1)
                continue
            if col in open_cells:
                yield open_cells.pop(col)
            at_col = col if col < gap.start else col - len(gap)
            open_cells[col] = _ColumnPlace(at, col, 1, 1, row[at_col] if at_col < len(row) and col not in gap else "")
    yield from _drain(open_cells)


def _gap(row: Row, above: dict[int, _ColumnPlace], columns: int) -> range:
    """The columns whose cells are merged with those above: the first, or those behind a number that counts on.

    A numbered row may also have lost its last cells: what looks more like the row above decides.
    """
    missing = columns - len(row)
    if not above or not missing:
        return range(columns, columns)
    if not _counts_on(row, above):
        return range(missing)
    behind = sum(_alike(cell, above[col + missing].text) for col, cell in enumerate(row) if col)
    ended = sum(_alike(cell, above[col].text) for col, cell in enumerate(row) if col)
    return range(1, 1 + missing) if behind > ended else range(columns, columns)


def _counts_on(row: Row, above: dict[int, _ColumnPlace]) -> bool:
    """A row that begins with a number as the one above does."""
    return bool(_NUMBER.fullmatch(row[0]) and _NUMBER.fullmatch(above[0].text))


def _alike(cell: str, above: str) -> float:
    """Do two cells look as if one column held them: their last character, numbers in them, their length?"""
    if not cell or not above:
        return 0.0
    digits = any(char.isdigit() for char in cell) == any(char.isdigit() for char in above)
    return (cell[-1] == above[-1]) + 0.5 * digits + min(len(cell), len(above)) / max(len(cell), len(above))


def _drain(cells: dict[int, _ColumnPlace]) -> Iterator[_ColumnPlace]:
    yield from [cells[col] for col in sorted(cells)]
    cells.clear()


def _is_ruling(cells: Row) -> bool:
    """The line under a Markdown table's header."""
    return any(cells) and all(set(cell.strip()) <= set("-: ") for cell in cells)


def _lines_of(text: str) -> tuple[RawLine, ...]:
    parts = [part for part in text.split("\n") if part]
    return tuple(RawLine(0, part, (BLANK,) * len(part), "\n" if i else "") for i, part in enumerate(parts))
