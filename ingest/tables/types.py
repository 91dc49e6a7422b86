"""A table as it is printed, before its text is placed in a document.

Glyphs are named by their place in the `Glyphs` of their page, so that nothing has to be
searched for again. Boxes: PDF points, origin at the page's top left, as the page is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongbao.corpus.geometry import BBox

BLANK = -1  # place of a blank that no glyph prints


@dataclass(frozen=True, slots=True)
class RawLine:
    """One printed line of a cell. `places[i]` is the glyph of text[i], or BLANK.

    `joint` comes between the line before and this one: "" where a wrapped line of ideographs
    goes on, " " between words, "\\n" where a paragraph begins; "" on a cell's first line.
    """

    page: int
    text: str
    places: tuple[int, ...]
    joint: str = ""


@dataclass(frozen=True, slots=True)
class RawCell:
    """Row and col count from 0; `lines` in reading order, over pages too.

    `open_top`, `open_bottom`: it goes on from the page before or over the page break, as far as
    this page tells. `bbox` is of its first part.
    """

    row: int
    col: int
    row_span: int
    col_span: int
    bbox: BBox
    lines: tuple[RawLine, ...] = ()
    open_top: bool = False
    open_bottom: bool = False

    @property
    def text(self) -> str:
        return "".join(line.joint + line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class TablePart:
    """What of a table stands on one page. `turn`: quarter turns clockwise of its text as shown.

    `starts_page`, `ends_page`: nothing but running heads or page numbers stands before or
    after it, so that it may be the continuation of a table or be continued. `starts_column`: nothing
    stands before it in its column but what stretches over columns.
    """

    page: int
    bbox: BBox
    turn: int = 0
    starts_page: bool = False
    ends_page: bool = False
    starts_column: bool = False


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table of one page, or joined over pages; then `parts` are in reading order.

    `header_rows`: rows at the top that name the columns, 0 for forms and lists. `ruled`: its
    columns are separated by lines. `columns`: n_cols + 1 bounds in points along its lines of text. `reaches`: from
    where to where the texts of each column reach; nan where it has none.
    `caption`, `units`: printed lines above it (表1 …; 单位：万元). `fragment`: a table only as a
    part of one on the page before or after. `repeated`: cells of headers that a later part prints again.
    """

    parts: tuple[TablePart, ...]
    n_rows: int
    n_cols: int
    columns: tuple[float, ...]
    cells: tuple[RawCell, ...]
    header_rows: int = 0
    ruled: bool = False
    caption: tuple[RawLine, ...] = ()
    units: tuple[RawLine, ...] = ()
    fragment: bool = False
    repeated: tuple[RawCell, ...] = ()
    reaches: tuple[tuple[float, float], ...] = ()

    @property
    def page_first(self) -> int:
        return self.parts[0].page

    @property
    def page_last(self) -> int:
        return self.parts[-1].page

    def grid(self) -> list[list[str]]:
        """Texts of all places; a merged cell's text stands in every place that it covers."""
        rows = [[""] * self.n_cols for _ in range(self.n_rows)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for col in range(cell.col, cell.col + cell.col_span):
                    rows[row][col] = cell.text
        return rows
