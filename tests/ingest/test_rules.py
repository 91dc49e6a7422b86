"""Paint through clip paths, as programs draw the shade of a row."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from ingest.pdf import read_page
from tests.ingest.drawn import one_page

ROW = b"50 600 400 20 re"
CELLS = b"50 600 100 20 re 250 600 200 20 re"
CLIPS = [
    # clip paths, painted boxes x0 and x1, why
    ([ROW], [(50, 450)], "as wide as the paint"),
    ([CELLS], [(50, 150), (250, 450)], "two cells of a row, a third beside them left out"),
    ([CELLS, b"0 600 300 20 re"], [(50, 150), (250, 300)], "both clips hold"),
    ([b"50 100 400 20 re"], [], "elsewhere"),
]


@pytest.mark.parametrize(("clips", "expected", "why"), CLIPS, ids=[row[2] for row in CLIPS])
def test_paint_is_seen_where_it_shows(clips: list[bytes], expected: list[tuple[int, int]], why: str) -> None:
    content = b" ".join(clip + b" W n" for clip in clips) + b" .8 g " + ROW + b" f"
    document = pdfium.PdfDocument(one_page(content))
    fills = read_page(document, 0).fills
    document.close()
    assert sorted((round(x0), round(x1)) for x0, _, x1, _ in fills.tolist()) == expected
