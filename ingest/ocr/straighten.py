"""How far a scanned page is turned, and the page set straight."""

from __future__ import annotations

import math

import cv2
import numpy as np
from gongbao.ingest.ocr.picture import GreyArray, Ink
from numpy.typing import NDArray

_MOST = 3.0  # degrees looked at on either side
_AS_SHARP = 0.999  # of the sharpest: the middle of such angles is taken
_STRIPS = 48  # upright strips that slide against each other
_ROWS = 1200  # the picture is reduced to about so many rows


def ink_of(pixels: GreyArray) -> Ink:
    """What is nearer to print than to paper (Otsu's threshold)."""
    limit, _ = cv2.threshold(pixels, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return np.asarray(pixels <= limit, dtype=np.bool_)


def without_specks(ink: Ink, largest: int) -> Ink:
    """Without what is no more than `largest` pixels wide and high: dust, points, dots."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    kept = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) > largest
    kept[0] = False
    return np.asarray(kept[labels], dtype=np.bool_)


def skew_of(ink: Ink) -> float:
    """Degrees by which the lines of print run down to the right; the profile of the rows is
    sharpest along them."""
    step = max(1, round(ink.shape[0] / _ROWS))
    strips = _profiles(ink[:, ::step], step)
    coarse = max(np.arange(-_MOST, _MOST + 0.01, 0.2).tolist(), key=lambda angle: _sharpness(strips, angle))
    fine = np.arange(coarse - 0.2, coarse + 0.21, 0.02)
    sharp = np.array([_sharpness(strips, angle) for angle in fine.tolist()])
    return float(fine[sharp >= _AS_SHARP * sharp.max()].mean())


def _profiles(ink: Ink, step: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ink of each row in each strip, and the middle of each strip in pixels."""
    width = ink.shape[1] - ink.shape[1] % _STRIPS
    counts = ink[:, :width].reshape(ink.shape[0], _STRIPS, -1).sum(axis=2).T.astype(np.float64)
    middles = (np.arange(_STRIPS) + 0.5) * width / _STRIPS * step
    return counts, middles - middles.mean()


def _sharpness(strips: tuple[NDArray[np.float64], NDArray[np.float64]], angle: float) -> float:
    counts, middles = strips
    profile = np.zeros(counts.shape[1])
    for strip, middle in zip(counts, middles.tolist(), strict=True):
        profile += np.roll(strip, -round(math.tan(math.radians(angle)) * middle))
    return float(np.square(np.diff(profile)).sum())


def turned_back(pixels: GreyArray, angle: float) -> GreyArray:
    """The picture turned by `angle` degrees about its middle, so that lines running down run level."""
    if abs(angle) < 0.02:
        return pixels
    height, width = pixels.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    out = cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(out, dtype=np.uint8)
