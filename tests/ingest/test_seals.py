"""Red seals over a signature in the picture of a page: they go, the type under them and red type elsewhere stays."""

from __future__ import annotations

import numpy as np
import pypdfium2 as pdfium
import pytest
from gongbao.ingest.ocr.picture import take_picture
from gongbao.ingest.ocr.seals import TOLERANCES, find_seals
from weasyprint import HTML

SEAL = (
    "<svg style='position:absolute;z-index:-1;left:{x}mm;top:180mm' width='{w}mm' height='{h}mm' viewBox='0 0 100 100' "
    "preserveAspectRatio='none'><circle cx='50' cy='50' r='47' fill='none' stroke='{colour}' stroke-width='4'/>"
    "<text x='28' y='80' font-size='11' fill='{colour}'>云川市专用章</text><text x='38' y='55' font-size='26' "
    "fill='{colour}'>★</text></svg>"
)
SIGNED = "<p style='margin:195mm 0 0 95mm;font-size:16pt'>云川市人民政府<br>2024年3月9日</p>"
PAGES = [
    # across in mm, up and down, colour, seals, why
    (42, 42, "#d22", 1, "a round seal of the state's size"),
    (42, 24, "#d22", 0, "a stamp that is no seal of an office"),
    (90, 90, "#d22", 0, "a drawing"),
    (42, 42, "#333", 0, "a black copy"),
    (42, 42, "#22d", 0, "a blue stamp"),
]


def _page(width: int, height: int, colour: str) -> pdfium.PdfDocument:
    head = "<p style='position:absolute;top:0;color:#d22;font-size:34pt'>云川市人民政府文件</p>"
    return pdfium.PdfDocument(
        HTML(string=head + SIGNED + SEAL.format(x=95, w=width, h=height, colour=colour)).write_pdf()
    )


@pytest.mark.parametrize(("width", "height", "colour", "seals", "why"), PAGES, ids=[row[4] for row in PAGES])
def test_seals(width: int, height: int, colour: str, seals: int, why: str) -> None:
    picture = take_picture(_page(width, height, colour), 0)
    assert picture.seals == seals


def test_black_type_stays_and_the_seal_goes() -> None:
    bare, sealed = (take_picture(_page(42, 42, colour), 0) for colour in ("none", "#d22"))
    dark = sealed.pixels < 128
    assert (dark & (bare.pixels < 128)).sum() > 0.97 * (bare.pixels < 128).sum()  # letterhead and signature
    assert (dark & (bare.pixels > 200)).sum() < 0.02 * (bare.pixels < 128).sum()  # nothing else


def test_at_its_smallest() -> None:
    for across, found in ((TOLERANCES.least + TOLERANCES.block, 1), (TOLERANCES.least - 2 * TOLERANCES.block, 0)):
        colours = np.full((400, 400, 3), 255, np.uint8)
        colours[60 : 60 + int(across), 60 : 60 + int(across)] = (210, 30, 30)
        assert len(find_seals(colours, 1.0)) == found
