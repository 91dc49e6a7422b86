"""Lines of print as text recognition sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from gongbao.ingest.ocr.picture import Ink
from numpy.typing import NDArray

_INK_OF_EM = 0.95  # height of the ink of a line with ideographs, in em; with brackets; with neither
_INK_OF_TALL = 1.0
_INK_OF_DIGITS = 0.72
BOX_OF_EM = 1.22  # height of a detected box
_SPACED = 1.18  # a pitch so much wider than the ink is high is that of letter-spaced type
_ENOUGH = 2  # pairs of ideographs that tell their pitch
_FLAT, _TALL = "一二三", "（）()《》〔〕[]【】"
_TWICE = 0.6  # em: no two ideographs stand so near
_DOTS, _STOPS = "·•.", tuple("，。、；：（《“")
_RINGS = "oO"


@dataclass(frozen=True, slots=True)
class OcrChar:
    """One character: its middle in pixels along the line, its score 0..1, whether a blank stands
    before it; where its ink begins and ends, once that was looked for."""

    text: str
    middle: float
    score: float
    spaced: bool
    left: float = 0.0
    right: float = 0.0


@dataclass(frozen=True, slots=True)
class Seen:
    """A line of print: `text` as `chars` were read, with slips repaired. Pixels: the box of its ink,
    `box` the height of the detected one."""

    text: str
    chars: Sequence[OcrChar]
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
        regular = [step for step in steps if 0.6 * usual < step < 1.4 * usual]
        return float(np.mean(regular)) if regular else None


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


def with_ink(chars: Sequence[OcrChar], inked: NDArray[np.bool_], start: int) -> list[OcrChar]:
    """The characters with the ends of their ink, and with their middles between these. `inked`: the
    pixels along the line that hold ink, from `start` on; the first and the last are inked."""
    cuts = [_cut(inked, start, a.middle, b.middle) for a, b in pairwise(chars)]
    lefts = [float(start), *(right for _, right in cuts)]
    rights = [*(left for left, _ in cuts), float(start + len(inked))]
    return [
        replace(char, left=left, right=right, middle=(left + right) / 2)
        for char, left, right in zip(chars, lefts, rights, strict=True)
    ]


def _cut(inked: NDArray[np.bool_], start: int, a: float, b: float) -> tuple[float, float]:
    """Where the ink of one character ends and that of the next begins, from their rough middles: the
    widest blank between these, the one midway before others; where they touch, midway."""
    first, last = max(int(a) - start, 0), min(int(b) - start + 1, len(inked))
    middle = (first + last) / 2
    change = np.diff(np.pad((~inked[first:last]).astype(np.int8), 1))
    runs = np.column_stack((np.flatnonzero(change == 1), np.flatnonzero(change == -1))) + first
    if not len(runs):
        return start + middle, start + middle
    off = np.abs(runs.mean(axis=1) - middle)
    best = runs[int((runs[:, 1] - runs[:, 0] - off).argmax())]
    return start + float(best[0]), start + float(best[1])


def stacked(line: Seen, size: float) -> list[Seen]:
    """A line that runs downwards as lines of one character each, at even steps from its top to its bottom."""
    across, box = (line.x0 + line.x1) / 2, size * BOX_OF_EM
    middles = np.linspace(line.top + size / 2, max(line.bottom - size / 2, line.top + size / 2), len(line.text))
    places = [replace(char, middle=across, left=line.x0, right=line.x1) for char in line.chars]
    return [
        Seen(text, (char,), line.x0, middle - size / 2, line.x1, middle + size / 2, box)
        for text, char, middle in zip(line.text, places, middles.tolist(), strict=True)
    ]


def sift(chars: Sequence[OcrChar], em: float) -> list[OcrChar]:
    """Without what cannot be print: a character seen twice in its own place, dust; %o is ‰."""
    kept: list[OcrChar] = []
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
