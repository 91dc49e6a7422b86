"""Recognised lines of print → glyphs with em boxes, as the native reader gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ingest.ocr.straighten import Ink
from ingest.page import NO_GLYPHS, FloatArray, Glyphs, Style

_INK_OF_EM = 0.92  # height of the ink of ideographs, in em
_INK_OF_DIGITS = 0.72
_BOX_OF_EM = 1.22  # height of a detected box
_SAME_SIZE = 0.06  # sizes of one page that differ by less are one
_OPENING = "（《〈〔【“‘「『"
_CLOSING = "，。、；：！？）》〉〕】”’」』"
_HANGS = 0.35  # em of blank beside the ink of an opening or closing mark, as it is set more often than not
_STYLE = Style("", False, (0, 0, 0, 255), 0)


@dataclass(frozen=True, slots=True)
class Seen:
    """A line of print. Pixels: its ink from `x0` to `x1` and `top` to `bottom`, `box` the height of
    the detected box, `middles` of its characters; `scores` 0..1. No blanks in `text`."""

    text: str
    middles: tuple[float, ...]
    scores: tuple[float, ...]
    x0: float
    x1: float
    top: float
    bottom: float
    box: float

    @property
    def size(self) -> float:
        """Font size in pixels, from the height of the ink where that tells it."""
        by_box, ink = self.box / _BOX_OF_EM, self.bottom - self.top
        full = sum(is_wide(char) and char not in "一二三四" for char in self.text)
        guess = ink / (_INK_OF_EM if full else _INK_OF_DIGITS)
        return guess if 0.75 * by_box < guess < 1.25 * by_box else by_box


def is_wide(char: str) -> bool:
    """An ideograph."""
    return "\u3400" <= char <= "\u9fff" or char == "〇"


def ink_box(ink: Ink, x0: int, top: int, x1: int, bottom: int) -> tuple[int, int, int, int] | None:
    """The ink within a box, specks left out; None where there is none."""
    part = ink[top:bottom, x0:x1]
    rows, columns = np.flatnonzero(part.sum(axis=1) > 1), np.flatnonzero(part.sum(axis=0) > 1)
    if not len(rows) or not len(columns):
        return None
    return x0 + int(columns[0]), top + int(rows[0]), x0 + int(columns[-1]) + 1, top + int(rows[-1]) + 1


def to_glyphs(lines: Sequence[Seen], scale: float) -> Glyphs:
    """`scale`: pixels a point."""
    if not lines:
        return NO_GLYPHS
    sizes = _even(np.array([line.size for line in lines]), np.array([len(line.text) for line in lines]))
    parts = [_glyphs(line, size) for line, size in zip(lines, sizes.tolist(), strict=True)]
    boxes = np.concatenate([boxes for boxes, _ in parts]) / scale
    size = np.concatenate([np.full(len(line.text), s) for line, s in zip(lines, sizes.tolist(), strict=True)]) / scale
    scores = np.concatenate([np.array(line.scores) for line in lines])
    text = "".join(line.text for line in lines)
    style = np.zeros(len(text), dtype=np.int64)
    return Glyphs(text, boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3], size, style, (_STYLE,), scores)


def _even(sizes: FloatArray, weights: FloatArray) -> FloatArray:
    """Sizes that are nearly the same made the same: the weighted median of their group."""
    order = np.argsort(sizes)
    ranked = sizes[order]
    groups = np.split(order, np.flatnonzero(np.diff(ranked) > _SAME_SIZE * ranked[1:]) + 1)
    out = sizes.copy()
    for group in groups:
        passed = np.cumsum(weights[group])
        out[group] = sizes[group[int(np.searchsorted(passed, passed[-1] / 2))]]
    return out


def _glyphs(line: Seen, size: float) -> tuple[FloatArray, float]:
    """Boxes in pixels of the line's characters."""
    middles = np.array(line.middles)
    half = np.array([0.5 if is_wide(c) or c in _OPENING or c in _CLOSING else 0.27 for c in line.text]) * size
    x0, x1 = middles - half, middles + half
    x0[0] = line.x0 - (_HANGS * size if line.text[0] in _OPENING else 0.04 * size)
    x1[-1] = line.x1 + (_HANGS * size if line.text[-1] in _CLOSING else 0.04 * size)
    shared = (x1[:-1] + x0[1:]) / 2
    over = x1[:-1] > x0[1:]
    x1[:-1] = np.where(over, shared, x1[:-1])
    x0[1:] = np.where(over, shared, x0[1:])
    x1 = np.maximum(x1, x0 + 1)
    middle = (line.top + line.bottom) / 2
    top = np.full(len(middles), middle - size / 2)
    return np.column_stack((x0, top, x1, top + size)), size


def stacked(line: Seen, size: float) -> list[Seen]:
    """A line that runs downwards as lines of one character each; its `middles` are heights."""
    return [
        replace(
            line,
            text=c,
            middles=((line.x0 + line.x1) / 2,),
            scores=(s,),
            top=m - size / 2,
            bottom=m + size / 2,
            box=size * _BOX_OF_EM,
        )
        for c, m, s in zip(line.text, line.middles, line.scores, strict=True)
    ]
