"""A page of a file as a picture: what the process that draws it runs, and all that it needs for a PDF."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2 as pdfium
from gongbao.corpus.errors import InputError, NotFound
from PIL import Image, ImageDraw

_POINTS = 72.0  # to the inch
_PAD = 2.0  # points around a box
_MOST_PIXELS = 25_000_000  # of one picture; larger pages are drawn smaller: A3 at 300 dpi has 17 million
_FILL, _LINE = (255, 196, 0, 70), (200, 60, 20, 255)

Box = tuple[float, float, float, float]  # left, top, right, bottom in points
Render = Callable[[Path, int, int], tuple[Image.Image, float]]  # file, page, dots per inch → picture, pixels per point


def draw_page(path: Path, page: int, dpi: int, boxes: Sequence[Box], render: Render) -> bytes:
    """PNG of a page (from 1) with boxes drawn on it; UsageError where there is no such page, InputError where
    it cannot be drawn. `render` is importable by name."""
    picture, scale = render(path, page, dpi)
    out = io.BytesIO()
    _draw_boxes(picture, boxes, scale).save(out, "PNG", compress_level=6)
    return out.getvalue()


def render_pdf(path: Path, page: int, dpi: int) -> tuple[Image.Image, float]:
    """The page and its pixels per point."""
    try:
        with pdfium.PdfDocument(path) as pdf:
            if not 1 <= page <= len(pdf):
                raise NotFound(f"没有第 {page} 页：该文件共 {len(pdf)} 页")
            scale = _scale(pdf[page - 1].get_size(), dpi)
            picture = pdf[page - 1].render(scale=scale).to_pil()
    except pdfium.PdfiumError as error:
        raise InputError(str(error), "请重新导入该文件") from error
    assert isinstance(picture, Image.Image)
    return picture.convert("RGB"), scale


def _scale(size: tuple[float, float], dpi: int) -> float:
    width, height = size
    return float(min(dpi / _POINTS, (_MOST_PIXELS / max(width * height, 1)) ** 0.5))


def _draw_boxes(picture: Image.Image, boxes: Sequence[Box], scale: float) -> Image.Image:
    if not boxes:
        return picture
    overlay = Image.new("RGBA", picture.size)
    pen = ImageDraw.Draw(overlay)
    for x0, top, x1, bottom in boxes:
        corners = [(x0 - _PAD) * scale, (top - _PAD) * scale, (x1 + _PAD) * scale, (bottom + _PAD) * scale]
        pen.rectangle(corners, fill=_FILL, outline=_LINE, width=2)
    return Image.alpha_composite(picture.convert("RGBA"), overlay).convert("RGB")
