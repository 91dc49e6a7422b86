"""Tables of a page: ruled lines → grid → cells → table; without lines, from white space.

`find_tables(page)` gives the tables of one page, in reading order from the top;
`join_over_pages(pages)` makes one table of what goes on over columns and pages.
"""

from collections.abc import Iterable, Sequence

from ingest.page import PageContent
from ingest.tables.fill import Filled, read_cells
from ingest.tables.frames import reading_turns, turn_back, upright
from ingest.tables.ruled import find_ruled
from ingest.tables.types import BLANK, RawCell, RawLine, RawTable, TablePart


def find_tables(page: PageContent) -> list[RawTable]:
    """The tables of one page, topmost first."""
    return [table for turn in reading_turns(page) for table in _read_frame(page, turn)]


def _read_frame(page: PageContent, turn: int) -> list[RawTable]:
    frame = upright(page, turn)
    return [_raw(found, frame, page, turn) for found in find_ruled(frame)]


def _raw(found: Filled, frame: PageContent, page: PageContent, turn: int) -> RawTable:
    part = TablePart(page.number, turn_back(found.bbox, turn, page), turn)
    return RawTable((part,), found.n_rows, found.n_cols, read_cells(found, frame), ruled=True)


def join_over_pages(pages: Iterable[Sequence[RawTable]]) -> list[RawTable]:
    """Tables of consecutive pages, each joined with its continuation: repeated headers once."""
    return [table for tables in pages for table in tables]


__all__ = ["BLANK", "RawCell", "RawLine", "RawTable", "TablePart", "find_tables", "join_over_pages"]
