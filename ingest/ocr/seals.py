"""Red seals over a signature: what is red gives way to the black under it, which says who issues and when.

A seal of an office is round or nearly so, 38 to 50 mm across (国发〔1999〕25号); red type (a letterhead) is wider than
tall and stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Colours = NDArray[np.uint8]  # rows x columns x (red, green, blue)
Box = tuple[float, float, float, float]  # x0, top, x1, bottom in points


@dataclass(frozen=True, slots=True)
class SealTolerances:
    """Set on seals over 落款 in scans (tests/ingest/test_seals.py).

    `redder`: by which red exceeds green and blue. `block`: points of a place that is red or not; `inked`: share of
    its pixels. `least`, `most`: points across. `round`: by which width and height may differ, as a factor.
    """

    redder: int = 50
    block: float = 6.0
    inked: float = 0.04
    least: float = 85.0
    most: float = 170.0
    round: float = 1.35


TOLERANCES = SealTolerances()


def find_seals(colours: Colours, scale: float) -> list[Box]:
    """The boxes of red seals; `scale`: pixels a point."""
    size = max(round(TOLERANCES.block * scale), 1)
    red = _is_red(colours)
    rows, columns = red.shape[0] // size, red.shape[1] // size
    places = (
        red[: rows * size, : columns * size].reshape(rows, size, columns, size).mean(axis=(1, 3)) > TOLERANCES.inked
    )
    boxes = [[value * size / scale for value in part] for part in _parts(places)]
    return [(x0, top, x1, bottom) for x0, top, x1, bottom in boxes if _is_seal(x1 - x0, bottom - top)]


def without_red(grey: NDArray[np.uint8], colours: Colours, boxes: list[Box], scale: float) -> NDArray[np.uint8]:
    """The grey picture with only what is dark in red light in the boxes: black type, without the seal over it."""
    out = grey.copy()
    for box in boxes:
        x0, top, x1, bottom = (round(value * scale) for value in box)
        place = np.s_[top:bottom, x0:x1]
        out[place] = colours[place][..., 0]
    return out


def _is_red(colours: Colours) -> NDArray[np.bool_]:
    red, green, blue = (colours[..., k].astype(np.int16) for k in range(3))
    return np.asarray((red - green > TOLERANCES.redder) & (red - blue > TOLERANCES.redder), dtype=np.bool_)


def _is_seal(width: float, height: float) -> bool:
    small, large = sorted((width, height))
    return TOLERANCES.least <= small and large <= TOLERANCES.most and large <= TOLERANCES.round * small


def _parts(places: NDArray[np.bool_]) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, right and bottom of places that touch, corners too."""
    left = {(int(r), int(c)) for r, c in np.argwhere(places)}
    while left:
        part, edge = set(), [left.pop()]
        while edge:
            r, c = edge.pop()
            part.add((r, c))
            near = {(r + i, c + k) for i in (-1, 0, 1) for k in (-1, 0, 1)} & left
            left -= near
            edge += near
        rows, columns = zip(*part, strict=True)
        yield min(columns), min(rows), max(columns) + 1, max(rows) + 1
