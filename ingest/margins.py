"""Words set one character under the other along the side of a page: a running head that stands on end."""

from __future__ import annotations

import numpy as np
from gongbao.ingest.page import Glyphs, PageContent
from numpy.typing import NDArray

BoolArray = NDArray[np.bool_]

_SIDE = 0.13  # of the page's width
_FEWEST = 4  # characters
_STRAIGHT = 0.4  # em by which their middles may differ
_PITCH = 2.6  # em from one to the next, at most
_EDGE = 0.08  # of the page's height: head and foot
_NEAR = 2.0  # em above and below, where a cell's rules would be
_CLEAR = 0.5  # em between them and the text
_LEVEL = 0.08  # em: as near are the middles of one line
_OWN_LINES = 0.5  # share of the characters that stand on no line of the text


def find_side_heads(page: PageContent) -> BoolArray:
    """Which glyphs of a page make up such words. A narrow column of a table is none: it stands between rules, or
    its characters on the table's rows, or prose above it begins as far out."""
    glyphs = page.glyphs
    found = np.zeros(len(glyphs), dtype=np.bool_)
    middle = (glyphs.x0 + glyphs.x1) / 2
    for at_left in (True, False):
        side = middle < _SIDE * page.width if at_left else middle > (1 - _SIDE) * page.width
        if side.sum() < _FEWEST:
            continue
        body = side & (glyphs.top > _EDGE * page.height) & (glyphs.bottom < (1 - _EDGE) * page.height)
        if not body.any():
            continue
        outermost = int(np.flatnonzero(body)[(middle[body] if at_left else -middle[body]).argmin()])
        em = max(float(glyphs.size[outermost]), 1.0)
        strip = side & (np.abs(middle - middle[outermost]) <= _STRAIGHT * em)
        if _stands_apart(page, strip, em, at_left=at_left) and _is_stacked(glyphs, strip, em):
            found |= strip
    return found


def _stands_apart(page: PageContent, strip: BoolArray, em: float, *, at_left: bool) -> bool:
    """Farther out than all text between head and foot of the page, and no rule through or around it."""
    glyphs = page.glyphs
    beside = ~strip & (glyphs.bottom > _EDGE * page.height) & (glyphs.top < (1 - _EDGE) * page.height)
    if not beside.any():
        return False  # nothing is there to be the head of
    left, right = float(glyphs.x0[strip].min()), float(glyphs.x1[strip].max())
    gap = glyphs.x0[beside].min() - right if at_left else left - glyphs.x1[beside].max()
    return bool(gap > _CLEAR * em) and not _is_ruled(page, strip, em)


def _is_ruled(page: PageContent, strip: BoolArray, em: float) -> bool:
    top, bottom = page.glyphs.top[strip].min() - _NEAR * em, page.glyphs.bottom[strip].max() + _NEAR * em
    middle = float((page.glyphs.x0[strip] + page.glyphs.x1[strip]).mean()) / 2
    flat = page.horizontals
    return bool(((flat[:, 0] < middle) & (flat[:, 2] > middle) & (flat[:, 1] > top) & (flat[:, 1] < bottom)).any())


def _is_stacked(glyphs: Glyphs, strip: BoolArray, em: float) -> bool:
    """One to a line, evenly, each on a line of its own."""
    if strip.sum() < _FEWEST:
        return False
    y = (glyphs.top + glyphs.bottom) / 2
    own = np.sort(y[strip])
    steps = np.diff(own)
    if steps.min() < 0.7 * em or steps.max() > _PITCH * em:
        return False
    others = y[~strip]
    apart = np.abs(own[:, None] - others[None, :]).min(axis=1)
    return bool((apart > _LEVEL * em).mean() >= _OWN_LINES)
