"""Recognised lines of print → glyphs with em boxes, as the native reader gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from ingest.ocr.straighten import Ink
from ingest.page import NO_GLYPHS, FloatArray, Glyphs, PageContent, Style

_INK_OF_EM = 0.95  # height of the ink of a line with ideographs, in em; with brackets; with neither
_INK_OF_TALL = 1.0
_INK_OF_DIGITS = 0.72
BOX_OF_EM = 1.22  # height of a detected box
_SPACED = 1.18  # a pitch so much wider than the ink is high is that of letter-spaced type
_ENOUGH = 2  # pairs of ideographs that tell their pitch
_FLAT, _TALL = "一二三", "（）()《》〔〕[]【】"
_ALIKE = 0.18  # by which the height of a short line may mislead
_SAME_SIZE = 0.07  # sizes of one file that differ by less from one that is more usual are that one
_RARE, _RARE_SIZE = 0.02, 0.13  # of a file's characters; by which a rare size is taken to be mismeasured
_OPENING = "（《〈〔【“‘「『"
_CLOSING = "，。、；：！？）》〉〕】”’」』"
_HANGS = 0.5  # em of blank beside the ink of an opening or closing mark
_TWICE = 0.6  # em: no two ideographs stand so near
_DOTS, _STOPS = "·•.", tuple("，。、；：（《“")
_RINGS = "oO"
_NO_GAP = 0.5  # em that the places of neighbours may be off
_STYLE = Style("", False, (0, 0, 0, 255), 0)


@dataclass(frozen=True, slots=True)
class Char:
    """One character: its middle in pixels along the line, its score 0..1, whether a blank stands before it."""

    text: str
    middle: float
    score: float
    spaced: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A line of print: `text` as `chars` were read, with slips repaired. Pixels: the box of its ink,
    `box` the height of the detected one."""

    text: str
    chars: Sequence[Char]
    x0: float
    top: float
    x1: float
    bottom: float
    box: float

    @property
    def size(self) -> float:
        """Font size in pixels: the pitch of ideographs, unless they are spaced out; else the height of the ink."""
        return self.pitch if self.pitch and self.pitch < _SPACED * self._height else self._height

    @property
    def _height(self) -> float:
        by_box, ink = self.box / BOX_OF_EM, self.bottom - self.top
        if any(char in _TALL for char in self.text):
            return ink / _INK_OF_TALL
        if any(is_wide(char) and char not in _FLAT for char in self.text):
            return ink / _INK_OF_EM
        by_ink = ink / _INK_OF_DIGITS
        return by_ink if 0.75 * by_box < by_ink < 1.25 * by_box else by_box

    @property
    def pitch(self) -> float | None:
        """The mean step from ideograph to ideograph, where none is missing between them."""
        pairs = pairwise(self.chars)
        steps = [b.middle - a.middle for a, b in pairs if is_wide(a.text) and is_wide(b.text)]
        if len(steps) < _ENOUGH:
            return None
        usual = float(np.median(steps))
        return float(np.mean([step for step in steps if 0.6 * usual < step < 1.4 * usual]))


def is_wide(char: str) -> bool:
    """An ideograph."""
    return "\u3400" <= char <= "\u9fff" or char == "〇"


def ink_box(ink: Ink, x0: int, top: int, x1: int, bottom: int) -> tuple[int, int, int, int] | None:
    """Left, top, right, bottom of the ink within a box; None where there is none."""
    part = ink[top:bottom, x0:x1]
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    if not len(rows):
        return None
    return x0 + int(columns[0]), top + int(rows[0]), x0 + int(columns[-1]) + 1, top + int(rows[-1]) + 1


def to_glyphs(lines: Sequence[Seen], scale: float) -> Glyphs:
    """`scale`: pixels a point."""
    if not lines:
        return NO_GLYPHS
    sizes = _sizes(lines)
    parts = [_glyphs(line, size) for line, size in zip(lines, sizes.tolist(), strict=True)]
    boxes = np.concatenate([boxes for boxes, _ in parts]) / scale
    size = np.concatenate([np.full(len(line.text), s) for line, s in zip(lines, sizes.tolist(), strict=True)]) / scale
    scores = np.concatenate([np.array([char.score for char in line.chars]) for line in lines])
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


def _glyphs(line: Seen, size: float) -> tuple[FloatArray, float]:
    """Boxes in pixels of the line's characters."""
    middles = np.array([char.middle for char in line.chars])
    spaced = np.array([char.spaced for char in line.chars])
    half = np.array([0.5 if is_wide(c) or c in _OPENING or c in _CLOSING else 0.27 for c in line.text]) * size
    x0, x1 = middles - half, middles + half
    x0[0] = line.x0 - (_HANGS * size if line.text[0] in _OPENING else 0.04 * size)
    x1[-1] = line.x1 + (_HANGS * size if line.text[-1] in _CLOSING else 0.04 * size)
    shared = (x1[:-1] + x0[1:]) / 2
    close = x0[1:] - x1[:-1] < np.where(spaced[1:], 0.0, _NO_GAP * size)
    x1[:-1] = np.where(close, shared, x1[:-1])
    x0[1:] = np.where(close, shared, x0[1:])
    x1 = np.maximum(x1, x0 + 1)
    middle = (line.top + line.bottom) / 2
    top = np.full(len(middles), middle - size / 2)
    return np.column_stack((x0, top, x1, top + size)), size


def stacked(line: Seen, size: float) -> list[Seen]:
    """A line that runs downwards as lines of one character each; the `middle` of its characters is a height."""
    across, box = (line.x0 + line.x1) / 2, size * BOX_OF_EM
    return [
        Seen(text, (replace(c, middle=across),), line.x0, c.middle - size / 2, line.x1, c.middle + size / 2, box)
        for text, c in zip(line.text, line.chars, strict=True)
    ]


def sift(chars: Sequence[Char], em: float) -> list[Char]:
    """Without what cannot be print: a character seen twice in its own place, dust; %o is ‰."""
    kept: list[Char] = []
    for char in chars:
        again = bool(kept) and kept[-1].text == char.text and char.middle - kept[-1].middle < _TWICE * em
        if kept and kept[-1].text == "%" and char.text in _RINGS:
            kept[-1] = replace(kept[-1], text="‰", middle=(kept[-1].middle + char.middle) / 2)
        elif not (is_wide(char.text) and again) and not _is_speck(char.text, kept[-1].text if kept else ""):
            kept.append(char)
    return kept or list(chars)


def _is_speck(char: str, before: str) -> bool:
    """A point that follows no letter or digit, a dot beside a mark: dust."""
    numbered = before.isascii() and before.isalnum()
    return (char == "." and not numbered) or (char in _DOTS and before in _STOPS)


def even_sizes(pages: Sequence[PageContent]) -> list[PageContent]:
    """The pages of one file with the measured font sizes gathered to the few that were set: from the
    most usual down, each takes in what is nearly the same, and rare ones a little farther off."""
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
