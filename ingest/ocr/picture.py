"""A PDF page → a grey picture of it, at the resolution of the scan, without the seals over its type."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from gongbao.ingest.ocr.seals import Colours, find_seals, without_red
from numpy.typing import NDArray

GreyArray = NDArray[np.uint8]
Ink = NDArray[np.bool_]  # True where there is print

_DRAWN = 200 / 72  # pixels a point for pages that are drawn, not scanned
_LONGEST = 2800  # pixels: A4 at 240 dpi; finer scans are reduced, nothing is gained by more
_GLANCE, _DARK, _PRINTED = 420, 160, 0.01  # pixels, grey, share of them; a page of text has 0.03 and more
_LARGEST = 1190.6  # points: the longer side of A3
_COVERS = 0.5  # of the page's width and height: the picture is the scan


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Page `number` of `width` x `height` points as `pixels` (rows x columns, 0 black), `scale` of them a point.
    `seals`: how many were taken off."""

    number: int
    width: float
    height: float
    pixels: GreyArray
    scale: float
    seals: int = 0

    @property
    def unit(self) -> float:
        """Pixels a point of type: some scanners write a page of a point a pixel, larger than any paper is."""
        return max(self.scale, float(max(self.pixels.shape)) / _LARGEST)


def take_picture(document: pdfium.PdfDocument, index: int) -> Picture:
    """Page `index` (from 0) as it is shown. pypdfium2's PdfiumError where it cannot be drawn."""
    page = document[index]
    try:
        width, height = page.get_size()
        scale = min(_scan_scale(page, width, height) or _DRAWN, _LONGEST / max(width, height))
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
        pixels = np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width)
        glance = _GLANCE / max(width, height)
        seals = find_seals(_colours(page, glance), glance)
        if seals:
            pixels = without_red(pixels, _colours(page, scale), seals, scale)
        return Picture(index + 1, width, height, pixels, pixels.shape[1] / width, len(seals))
    finally:
        page.close()


def _colours(page: pdfium.PdfPage, scale: float) -> Colours:
    bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
    return np.array(bitmap.to_numpy()[..., :3], dtype=np.uint8)


def has_print(document: pdfium.PdfDocument, index: int) -> bool:
    """Whether a page without text shows more than a rule or a dot: its type may be drawn as outlines."""
    page = document[index]
    try:
        scale = _GLANCE / max(page.get_size())
        pixels = page.render(scale=scale, grayscale=True, may_draw_forms=False).to_numpy()
        return float((pixels < _DARK).mean()) > _PRINTED
    finally:
        page.close()


def _scan_scale(page: pdfium.PdfPage, width: float, height: float) -> float | None:
    """Pixels a point of the picture that fills the page, None where there is none."""
    for image in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = image.get_bounds()
        if right - left > _COVERS * min(width, height) and top - bottom > _COVERS * min(width, height):
            return float(max(image.get_px_size()) / max(right - left, top - bottom))
    return None
