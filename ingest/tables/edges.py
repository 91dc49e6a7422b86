"""Ruled lines → edges: lines that run over one another become one, dashes become a line.

An edge lies at `at` across and reaches from `low` to `high` along; edges of one direction
are held in an n x 3 array, sorted by `at`, then `low`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from gongbao.ingest.page import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class EdgeTolerances:
    """Set on rules as programs draw them: double rules, bars of two edges, dashes (test_steps.py, test_borders.py).

    `snap`: points: lines nearer than this are one; `spread`: points: no chain of such lines is wider; `gap`:
    points: a break in a line that no reader sees; `dash`: points: the longest dash; `dash_gap`: points: the
    longest gap between dashes; `most`: edges of one direction; a page with more is a drawing.
    """

    snap: float = 2.2
    spread: float = 4.0
    gap: float = 2.5
    dash: float = 12.0
    dash_gap: float = 7.0
    most: int = 4000


TOLERANCES = EdgeTolerances()


NO_EDGES: FloatArray = np.zeros((0, 3))


def merge_edges(lines: FloatArray) -> FloatArray:
    """`lines`: n x 3 at, low, high, in any order, as often drawn as may be."""
    if not len(lines):
        return NO_EDGES
    snapped = lines.copy()
    snapped[:, 0] = snap(lines[:, 0])
    joined = _join_collinear(snapped, TOLERANCES.gap)
    short = joined[:, 2] - joined[:, 1] <= TOLERANCES.dash
    if short.sum() > 3:
        joined = np.concatenate([joined[~short], _join_collinear(joined[short], TOLERANCES.dash_gap)])
        joined = _join_collinear(joined, TOLERANCES.gap)
    return _longest(joined)


def snap(values: FloatArray, near: float = TOLERANCES.snap, spread: float = TOLERANCES.spread) -> FloatArray:
    """Each value replaced by the mean of those that it is one line with."""
    order = np.argsort(values, kind="stable")
    ranked = values[order]
    group = _groups(ranked, near, spread)
    means = np.bincount(group, weights=ranked) / np.bincount(group)
    out = np.empty_like(values)
    out[order] = means[group]
    return out


def _groups(ranked: FloatArray, near: float, spread: float) -> IntArray:
    group = np.concatenate([[0], np.cumsum(np.diff(ranked) > near)])
    first = ranked[np.searchsorted(group, np.arange(group[-1] + 1))]
    part = ((ranked - first[group]) / spread).astype(np.int64)  # a chain that is too wide is cut
    _, cut = np.unique(np.column_stack((group, part)), axis=0, return_inverse=True)
    return np.asarray(cut, dtype=np.int64).reshape(-1)


def _join_collinear(edges: FloatArray, gap: float) -> FloatArray:
    ordered = edges[np.lexsort((edges[:, 1], edges[:, 0]))]
    _, line = np.unique(ordered[:, 0], return_inverse=True)
    apart = (float(ordered[:, 2].max()) - float(ordered[:, 1].min()) + gap + 1) * line.reshape(-1)
    low, high = ordered[:, 1] + apart, np.maximum.accumulate(ordered[:, 2] + apart)
    starts = np.flatnonzero(np.concatenate([[True], low[1:] > high[:-1] + gap]))
    ends = np.concatenate([starts[1:], [len(ordered)]]) - 1
    return np.column_stack((ordered[starts, 0], ordered[starts, 1], high[ends] - apart[ends]))


def _longest(edges: FloatArray) -> FloatArray:
    if len(edges) <= TOLERANCES.most:
        return edges
    keep = np.argsort(edges[:, 1] - edges[:, 2], kind="stable")[: TOLERANCES.most]
    return edges[np.sort(keep)]
