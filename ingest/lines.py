"""Glyphs → printed lines of one piece (segments): what stands side by side without a gap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from gongbao.ingest.page import FloatArray, Glyphs, IntArray
from numpy.typing import NDArray

_SAME_BASELINE = 0.2  # of the font size
_GAP = 0.85  # em: a wider gap on a line parts two segments
_TITLE_GAP = 1.2  # em: titles are letter-spaced, so large type holds together further
_TITLE_SIZE = 1.2  # of the page's usual size
_ASCENT = 0.88


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """Glyphs of one baseline with no gap; `places` count into the page's glyphs, left to right."""

    places: IntArray
    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def usual_size(glyphs: Glyphs) -> float:
    """The font size of most glyphs, in points."""
    if not len(glyphs):
        return 10.0
    sizes, counts = np.unique(np.round(glyphs.size, 1), return_counts=True)
    return float(max(sizes[int(counts.argmax())], 1.0))


def find_segments(glyphs: Glyphs, among: IntArray) -> list[Segment]:
    """Segments of the upright glyphs `among`, in no particular order. Blanks at the ends are dropped."""
    if not len(among):
        return []
    usual = usual_size(glyphs)
    order = without_overprints(glyphs, among)
    x0, x1, size = glyphs.x0[order], glyphs.x1[order], glyphs.size[order]
    line = _lines_of(glyphs, order)
    blank = np.array([glyphs.text[i].isspace() for i in order.tolist()])
    breaks = _breaks(line, x0, x1, size, usual)
    return _segments(glyphs, order, np.flatnonzero(breaks) + 1, blank)


def without_overprints(glyphs: Glyphs, among: IntArray) -> IntArray:
    """Sorted by baseline, lines of (nearly) equal baseline from left to right, overprints dropped."""
    if not len(among):
        return among
    base = glyphs.bottom[among] - (1 - _ASCENT) * glyphs.size[among]
    order = among[np.argsort(base, kind="stable")]
    line = _lines_of(glyphs, order)
    order = order[np.lexsort((glyphs.x0[order], line))]
    return order[~_overprinted(glyphs, order)]


def _lines_of(glyphs: Glyphs, order: IntArray) -> IntArray:
    """A line number for each glyph of an order by baseline."""
    size = glyphs.size[order]
    base = glyphs.bottom[order] - (1 - _ASCENT) * size
    apart = np.abs(np.diff(base)) > _SAME_BASELINE * np.minimum(size[1:], size[:-1])
    return np.concatenate([[0], np.cumsum(apart)])


def _overprinted(glyphs: Glyphs, order: IntArray) -> NDArray[np.bool_]:
    """The same character printed again within a fifth of its size: a shadow, or a bold that is not one."""
    chars = np.array([ord(glyphs.text[i]) for i in order.tolist()])
    again = np.zeros(len(order), dtype=bool)
    near = 0.2 * glyphs.size[order][1:]
    close = (np.abs(np.diff(glyphs.x0[order])) < near) & (np.abs(np.diff(glyphs.top[order])) < near)
    again[1:] = (chars[1:] == chars[:-1]) & close & (chars[1:] > 0x20)
    return again


def _breaks(line: IntArray, x0: FloatArray, x1: FloatArray, size: FloatArray, usual: float) -> NDArray[np.bool_]:
    """True at i where a segment ends between glyph i and i + 1."""
    em = np.maximum(size[1:], size[:-1])
    limit = np.where(np.minimum(size[1:], size[:-1]) >= _TITLE_SIZE * usual, _TITLE_GAP, _GAP)
    ends: NDArray[np.bool_] = (np.diff(line) != 0) | (x0[1:] - x1[:-1] > limit * em)
    return ends


def _segments(glyphs: Glyphs, order: IntArray, cuts: IntArray, blank: NDArray[np.bool_]) -> list[Segment]:
    """The pieces between the cuts, without the blanks at their ends; pieces of blanks are none."""
    starts = np.concatenate([[0], cuts]).astype(np.int64)
    at = np.arange(len(order))
    first = np.minimum.reduceat(np.where(blank, len(order), at), starts)
    last = np.maximum.reduceat(np.where(blank, -1, at), starts)
    x0 = np.minimum.reduceat(np.where(blank, np.inf, glyphs.x0[order]), starts)
    x1 = np.maximum.reduceat(np.where(blank, -np.inf, glyphs.x1[order]), starts)
    top = np.minimum.reduceat(np.where(blank, np.inf, glyphs.top[order]), starts)
    bottom = np.maximum.reduceat(np.where(blank, -np.inf, glyphs.bottom[order]), starts)
    sizes = glyphs.size[order]
    return [
        Segment(order[begin : end + 1], left, right, high, low, float(sizes[(begin + end) // 2]))
        for begin, end, left, right, high, low in zip(
            first.tolist(), last.tolist(), x0.tolist(), x1.tolist(), top.tolist(), bottom.tolist(), strict=True
        )
        if begin <= end
    ]
