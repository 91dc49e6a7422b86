"""Which pages look different in the light of the others, and how they are to be read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gongbao.ingest.read import PageReading, Request, helps, usual_gutters
from gongbao.ingest.tables import OpenTable, join_over_pages, opened


def second_looks(readings: Sequence[PageReading], file: Path | None) -> Iterator[Request]:
    """Lone ruled rows that continue no table are prose, the issue's usual gutter parts lines that seemed to go across,
    and a table may go on in a row that only its columns show."""
    parts = {(p.page, p.bbox) for table in join_over_pages([r.tables for r in readings]) for p in table.parts}
    usual = usual_gutters([reading.gutters for reading in readings])
    ends = (None, *map(_end, readings))
    for reading, end in zip(readings, ends, strict=False):
        loose = {i for i, t in enumerate(reading.tables) if (t.parts[0].page, t.parts[0].bbox) not in parts}
        hints = tuple(gutter for gutter in usual if helps(reading, gutter))
        first = any(t.parts[0].starts_page for i, t in enumerate(reading.tables) if i not in loose)
        before = None if first else end
        if loose or hints or before:
            yield Request(reading.number - 1, frozenset(loose), hints, reading.seen, file, before=before)


def _end(reading: PageReading) -> OpenTable | None:
    """The table that the page ends with."""
    if not reading.tables or reading.boxes is None:
        return None
    return next((found for table in reading.tables if (found := opened(table, reading.boxes))), None)
