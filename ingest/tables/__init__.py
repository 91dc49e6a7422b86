"""Tables of a page: ruled lines → grid → cells → table; without lines, from white space.

`find_tables(page)` gives the tables of one page, in reading order from the top;
`join_over_pages(pages)` makes one table of what goes on over columns and pages.
"""

from gongbao.ingest.tables.find import find_goes_on, find_names_before, find_tables
from gongbao.ingest.tables.join import join_over_pages
from gongbao.ingest.tables.onward import OpenTable, begun, opened
from gongbao.ingest.tables.types import BLANK, RawCell, RawLine, RawTable, TablePart

__all__ = [
    "BLANK",
    "OpenTable",
    "RawCell",
    "RawLine",
    "RawTable",
    "TablePart",
    "begun",
    "find_goes_on",
    "find_names_before",
    "find_tables",
    "join_over_pages",
    "opened",
]
