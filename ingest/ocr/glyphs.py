"""Recognised lines of print → glyphs with em boxes, as the native reader gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from gongbao.ingest.ocr.lines import Seen, is_wide
from gongbao.ingest.page import NO_GLYPHS, FloatArray, Glyphs, GlyphStyle, PageContent

_SAME_SIZE = 0.07  # sizes of one file that differ by less from one that is more usual are that one
_RARE, _RARE_SIZE = 0.02, 0.13  # of a file's characters; by which a rare size is taken to be mismeasured
_ALIKE = 0.18  # by which the height of a short line may mislead
_OPENING = "（《〈〔【“‘「『"
_CLOSING = "，。、；：！？）》〉〕】”’」』"
_HANGS = 0.5  # em of blank beside the ink of an opening or closing mark, where no edge says more
_MOST = 0.8  # em of it
_SIDE = 0.04  # em beside the ink of an ideograph
_EDGE = 0.15  # em: ends of lines that are nearer are on one edge
_NO_GAP = 0.5  # em that the places of neighbours may be off
_STYLE = GlyphStyle("", False, (0, 0, 0, 255), 0)


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where lines begin and end, in pixels: those whose first or last character fills its em box."""

    lefts: FloatArray
    rights: FloatArray


def to_glyphs(lines: Sequence[Seen], scale: float) -> Glyphs:
    """`scale`: pixels a point."""
    if not lines:
        return NO_GLYPHS
    sizes = _sizes(lines)
    edges = _edges(lines, sizes)
    boxes = (
        np.concatenate([_boxes(line, size, edges) for line, size in zip(lines, sizes.tolist(), strict=True)]) / scale
    )
    size = np.repeat(sizes, [len(line.text) for line in lines]) / scale
    scores = np.array([char.score for line in lines for char in line.chars])
    text = "".join(line.text for line in lines)
    style = np.zeros(len(text), dtype=np.int64)
    return Glyphs(text, boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3], size, style, (_STYLE,), scores)


def _sizes(lines: Sequence[Seen]) -> FloatArray:
    """In pixels; a line too short to tell is set like the nearest longer one of about its size."""
    sizes = np.array([line.size for line in lines])
    middles = np.array([((line.x0 + line.x1) / 2, (line.top + line.bottom) / 2) for line in lines])
    sure = np.array([line.pitch is not None for line in lines])
    out = sizes.copy()
    for i in np.flatnonzero(~sure).tolist():
        alike = np.flatnonzero(sure & (np.abs(sizes - sizes[i]) < _ALIKE * sizes[i]))
        if len(alike):
            out[i] = sizes[alike[int(np.abs(middles[alike] - middles[i]).sum(axis=1).argmin())]]
    return out


def _edges(lines: Sequence[Seen], sizes: FloatArray) -> _Edges:
    pairs = list(zip(lines, sizes.tolist(), strict=True))
    lefts = [line.x0 - _SIDE * size for line, size in pairs if is_wide(line.text[0])]
    rights = [line.x1 + _SIDE * size for line, size in pairs if is_wide(line.text[-1])]
    return _Edges(np.array(lefts), np.array(rights))


def _boxes(line: Seen, size: float, edges: _Edges) -> FloatArray:
    """n x 4 in pixels: the em boxes of the line's characters."""
    x0 = np.array([char.left for char in line.chars]) - _SIDE * size
    x1 = np.array([char.right for char in line.chars]) + _SIDE * size
    if len(line.text) > 1 or not is_wide(line.text):
        x0[0] = line.x0 - _blank(line.text[0] in _OPENING, line.x0 - edges.lefts, size)
        x1[-1] = line.x1 + _blank(line.text[-1] in _CLOSING, edges.rights - line.x1, size)
    else:  # a lone ideograph fills its box whatever its ink
        x0[0], x1[0] = line.chars[0].middle - size / 2, line.chars[0].middle + size / 2
    for i, (before, after) in enumerate(pairwise(line.text)):
        spaced = line.chars[i + 1].spaced and before.isalnum() and after.isalnum()  # 1 .0 is 1.0
        x1[i], x0[i + 1] = _between(before, after, x1[i], x0[i + 1], size, spaced=spaced)
    top = np.full(len(x0), (line.top + line.bottom) / 2 - size / 2)
    return np.column_stack((x0, top, np.maximum(x1, x0 + 1), top + size))


def _between(before: str, after: str, end: float, begin: float, size: float, *, spaced: bool) -> tuple[float, float]:
    """Where the box of one character ends and that of the next begins. Blank that belongs to the em
    boxes of marks, or is no more than the sides of characters, lies within them."""
    if before in _CLOSING:
        end = max(end, min(end + _HANGS * size, begin))
    if after in _OPENING:
        begin = min(begin, max(begin - _HANGS * size, end))
    if begin - end < (0.0 if spaced else _NO_GAP * size):
        end = begin = (end + begin) / 2
    return end, begin


def _blank(is_mark: bool, distances: FloatArray, size: float) -> float:
    """Between the ink of a line's end and the end of its em box. The ink of a mark fills half of its
    box at most, unless it is set half as wide: the edge that most other lines end at decides."""
    if not is_mark:
        return _SIDE * size
    near = distances[(distances > 0) & (distances < _MOST * size)]
    if not len(near):
        return _HANGS * size
    shared = (np.abs(near[:, None] - near[None, :]) < _EDGE * size).sum(axis=1)
    return float(near[int(shared.argmax())]) if shared.max() > 1 else _HANGS * size


def even_sizes(seen: Sequence[PageContent | None]) -> list[PageContent]:
    """The pages of one file that could be read, with the measured font sizes gathered to the few that
    were set: from the most usual down, each takes in what is nearly the same, and rare ones a little
    farther off."""
    pages = [page for page in seen if page is not None]
    if not pages:
        return []
    sizes = np.round(np.concatenate([page.glyphs.size for page in pages]), 1)
    values, votes = np.unique(sizes, return_counts=True)
    off = np.abs(values[:, None] - values[None, :]) / values[None, :]
    near = off <= _SAME_SIZE
    rare = ((off <= _SAME_SIZE / 4) * votes).sum(axis=1) < _RARE * len(sizes)
    free = np.ones(len(values), dtype=np.bool_)
    target = values.copy()
    while free.any():
        best = int(((near * (votes * free)[:, None]).sum(axis=0) * free).argmax())
        core = near[:, best] & free
        target[core | (free & rare & (off[:, best] <= _RARE_SIZE))] = np.average(
            values[core], weights=votes[core]
        ).round(1)
        free &= ~core & ~(rare & (off[:, best] <= _RARE_SIZE))
    return [_resized(page, target[np.searchsorted(values, np.round(page.glyphs.size, 1))]) for page in pages]


def _resized(page: PageContent, size: FloatArray) -> PageContent:
    """Em boxes as high as the new size, about the same middle."""
    glyphs = page.glyphs
    middle = (glyphs.top + glyphs.bottom) / 2
    return replace(page, glyphs=replace(glyphs, size=size, top=middle - size / 2, bottom=middle + size / 2))
