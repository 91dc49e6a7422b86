"""Which pages look different in the light of the others, and how they are to be read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gongbao.ingest.read import PageReading, Request, helps, usual_gutters
from gongbao.ingest.tables import OpenTable, begun, join_over_pages, opened


def second_looks(readings: Sequence[PageReading], file: Path | None) -> Iterator[Request]:
    """Lone ruled rows that continue no table are prose, the issue's usual gutter parts lines that seemed to go across,
    and a table may go on in a row, or begin with names, that only its columns show."""
    parts = {(p.page, p.bbox) for table in join_over_pages([r.tables for r in readings]) for p in table.parts}
    usual = usual_gutters([reading.gutters for reading in readings])
    ends, begins = (None, *map(_end, readings)), (*map(_begin, readings[1:]), None)
    for reading, end, begin in zip(readings, ends, begins, strict=False):
        own = [table for i, table in enumerate(reading.tables) if (table.parts[0].page, table.parts[0].bbox) in parts]
        loose = {i for i, table in enumerate(reading.tables) if table not in own}
        hints = tuple(gutter for gutter in usual if helps(reading, gutter))
        before = None if any(table.parts[0].starts_page for table in own) else end
        after = None if any(table.parts[-1].ends_page for table in own) else begin
        if loose or hints or before or after:
            yield Request(reading.number - 1, frozenset(loose), hints, reading.seen, file, before=before, after=after)


def _end(reading: PageReading) -> OpenTable | None:
    """The table that the page ends with."""
    if reading.boxes is None:
        return None
    return next((found for table in reading.tables if (found := opened(table, reading.boxes))), None)


def _begin(reading: PageReading) -> OpenTable | None:
    """The table that the page begins with, without names of columns."""
    if reading.boxes is None:
        return None
    return next((found for table in reading.tables if (found := begun(table, reading.boxes))), None)
