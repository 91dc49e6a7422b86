"""The port to text recognition: pictures of pages in, glyphs with confidence out.

Without the extra gongbao[ocr] the null engine stands here: it reads nothing, and the page is
named in the ledger with the remedy.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from ingest.page import PageContent

DPI = 200
MAX_PIXELS = 30_000_000  # of one picture; larger pages are drawn smaller
_NEEDED = ("rapidocr", "onnxruntime")
_ENGINE = "ingest.ocr_rapid"  # has `engine() -> OcrEngine`


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A page as it is shown. `pixels`: height x width, grey, 0 black; `scale`: pixels per point."""

    number: int
    width: float
    height: float
    scale: float
    pixels: NDArray[np.uint8]


class OcrEngine(Protocol):
    def read(self, picture: Picture) -> PageContent | None:
        """Glyphs (with `confidence`), ruled lines and areas in points as shown; None where it cannot read."""


class NullEngine:
    """No extra, no text."""

    def read(self, picture: Picture) -> PageContent | None:
        return None


@cache
def find_engine() -> OcrEngine:
    """The engine of the extra gongbao[ocr] where it is installed, once per process."""
    if not all(find_spec(name) for name in (*_NEEDED, _ENGINE)):
        return NullEngine()
    return cast(OcrEngine, import_module(_ENGINE).engine())


def draw(document: pdfium.PdfDocument, index: int) -> Picture:
    """Page `index` (from 0) as a grey picture, at DPI or as much as MAX_PIXELS allows."""
    page = document[index]
    try:
        width, height = page.get_size()
        scale = min(DPI / 72, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        pixels = page.render(scale=scale, grayscale=True).to_numpy()
    finally:
        page.close()
    return Picture(index + 1, width, height, scale, np.ascontiguousarray(pixels.reshape(pixels.shape[:2])))
