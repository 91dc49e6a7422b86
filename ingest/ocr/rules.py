"""Ruled lines of a straight picture, and the picture without them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from gongbao.ingest.ocr.picture import Ink
from gongbao.ingest.page import NO_BOXES, FloatArray
from numpy.typing import NDArray

IntRuns = NDArray[np.int64]

_LENGTH = 20.0  # points: strokes of characters are shorter
_LONE = 50.0  # points: a shorter line is one only where it meets others
_THICK = 3.5  # points: what is thicker is an area
_FULL = 0.97  # of a line that must be dark
_MEETS = 4.0  # points


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """n x 4 boxes in pixels x0, top, x1, bottom, with their thickness."""

    horizontals: FloatArray
    verticals: FloatArray


def find_rules(ink: Ink, scale: float) -> Rules:
    """`scale`: pixels a point."""
    flat = _lines(ink, scale)
    steep = _lines(np.ascontiguousarray(ink.T), scale)[:, (1, 0, 3, 2)]
    return Rules(_joined(flat, steep, scale, 0), _joined(steep, flat, scale, 1))


def without_rules(ink: Ink, rules: Rules) -> Ink:
    """Where the lines are painted out, one pixel around them as well."""
    out = np.zeros_like(ink)
    for x0, top, x1, bottom in np.concatenate([rules.horizontals, rules.verticals]).astype(int).tolist():
        out[max(top - 1, 0) : bottom + 1, max(x0 - 1, 0) : x1 + 1] = True
    return out


def _lines(ink: Ink, scale: float) -> FloatArray:
    """Level lines as boxes in pixels."""
    thick = ink.copy()  # a line that leans a little steps from row to row
    thick[1:] |= ink[:-1]
    thick[:-1] |= ink[1:]
    runs = _runs(_opened(thick, round(_LENGTH * scale)))
    if not len(runs):
        return NO_BOXES
    boxes = _stacked(runs)
    boxes[:, 1] += 1  # what was added above and below
    boxes[:, 3] = np.maximum(boxes[:, 3] - 1, boxes[:, 1] + 1)
    return boxes[boxes[:, 3] - boxes[:, 1] <= _THICK * scale]


def _opened(ink: Ink, length: int) -> Ink:
    """Pixels of level stretches at least `length` long that are dark nearly throughout."""
    if ink.shape[1] <= length:
        return np.zeros_like(ink)
    total = np.cumsum(np.pad(ink, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    starts = total[:, length:] - total[:, :-length] >= _FULL * length
    edges = np.zeros((ink.shape[0], ink.shape[1] + 1), dtype=np.int32)
    edges[:, : starts.shape[1]] += starts
    edges[:, length : length + starts.shape[1]] -= starts
    return np.asarray((np.cumsum(edges, axis=1)[:, :-1] > 0) & ink, dtype=np.bool_)


def _runs(ink: Ink) -> IntRuns:
    """row, first column, column after the last of each stretch, gaps of a pixel or two closed."""
    padded = np.pad(ink, ((0, 0), (1, 1))).astype(np.int8)
    change = np.diff(padded, axis=1)
    rows, first = np.nonzero(change == 1)
    _, last = np.nonzero(change == -1)
    if not len(rows):
        return np.zeros((0, 3), dtype=np.int64)
    new = np.concatenate([[True], (np.diff(rows) != 0) | (first[1:] - last[:-1] > 2)])
    starts = np.flatnonzero(new)
    ends = np.concatenate([starts[1:], [len(rows)]]) - 1
    return np.column_stack((rows[starts], first[starts], last[ends])).astype(np.int64)


def _stacked(runs: IntRuns) -> FloatArray:
    """Stretches of neighbouring rows that lie over each other as one box each."""
    boxes: list[list[int]] = []
    open_boxes: list[list[int]] = []
    for row, first, last in runs.tolist():
        open_boxes = [box for box in open_boxes if box[3] >= row]
        box = next((b for b in open_boxes if b[0] < last and first < b[2]), None)
        if box is None:
            box = [first, row, last, row + 1]
            boxes.append(box)
            open_boxes.append(box)
        else:
            box[0], box[2], box[3] = min(box[0], first), max(box[2], last), row + 1
    return np.array(boxes, dtype=np.float64).reshape(-1, 4)


def _joined(lines: FloatArray, across: FloatArray, scale: float, axis: int) -> FloatArray:
    """Without the short ones that meet no other line at both their ends."""
    other = 1 - axis
    kept = []
    for line in lines:
        long = line[2 + axis] - line[axis] >= _LONE * scale
        if long or all(_is_met(line, end, across, axis, other, _MEETS * scale) for end in (line[axis], line[2 + axis])):
            kept.append(line)
    return np.array(kept, dtype=np.float64).reshape(-1, 4)


def _is_met(line: FloatArray, end: float, across: FloatArray, axis: int, other: int, near: float) -> bool:
    at = (across[:, axis] - near <= end) & (end <= across[:, 2 + axis] + near)
    over = (across[:, other] - near <= line[other]) & (line[2 + other] <= across[:, 2 + other] + near)
    return bool((at & over).any())
