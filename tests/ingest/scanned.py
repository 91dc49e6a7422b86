"""Scans made for the tests: pages of a drawn PDF as noisy grey pictures that lie a little askew."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image


def picture(path: Path, page: int, dpi: int = 150, askew: float = 0.0) -> Image.Image:
    """Page `page` (from 0) turned anticlockwise by `askew` degrees, grey, with noise and dust."""
    with pdfium.PdfDocument(path) as document:
        drawn = document[page].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    turned = drawn.rotate(askew, Image.Resampling.BICUBIC, fillcolor=255)
    random = np.random.default_rng(7)
    grey = np.asarray(turned, dtype=np.float64) * 0.85 + 25 + random.normal(0, 6, (turned.height, turned.width))
    for x, y in zip(random.integers(0, turned.width, 12), random.integers(0, turned.height, 12), strict=True):
        grey[y : y + 2, x : x + 2] = 60
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def scan(path: Path, pictures: list[Image.Image], dpi: int = 150) -> Path:
    """A PDF of nothing but these pictures, as a scanner writes it."""
    jpegs = [_jpeg(image) for image in pictures]
    jpegs[0].save(path, "PDF", save_all=True, append_images=jpegs[1:], resolution=dpi)
    return path


def _jpeg(image: Image.Image) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=70)
    return Image.open(buffer)
