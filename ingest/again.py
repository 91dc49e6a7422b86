"""Which pages look different in the light of the others, and how they are to be read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gongbao.ingest.read import PageReading, Request, helps, usual_gutters
from gongbao.ingest.tables import join_over_pages


def second_looks(readings: Sequence[PageReading], file: Path | None) -> Iterator[Request]:
    """Lone ruled rows that continue no table are prose, and the issue's usual gutter parts lines that seemed to
    go across."""
    parts = {(p.page, p.bbox) for table in join_over_pages([r.tables for r in readings]) for p in table.parts}
    usual = usual_gutters([reading.gutters for reading in readings])
    for reading in readings:
        loose = {i for i, t in enumerate(reading.tables) if (t.parts[0].page, t.parts[0].bbox) not in parts}
        hints = tuple(gutter for gutter in usual if helps(reading, gutter))
        if loose or hints:
            yield Request(reading.number - 1, frozenset(loose), hints, reading.seen, file)
