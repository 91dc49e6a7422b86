"""Two tables beside each other have a gutter between them that is no gutter of either; of two
below each other, the second begins with the header of the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from gongbao.ingest.page import FloatArray
from gongbao.ingest.tables.gutters import GutterBlock
from gongbao.ingest.tables.judge import JudgedColumn
from gongbao.ingest.tables.rows import Rows


@dataclass(frozen=True, slots=True)
class BesideTolerances:
    """Set on two tables beside or below each other (tests/ingest/tables/test_find.py).

    `level`: points within which two lines are level. `unlevel`: share of lines without one at the same height on
    the other side. `wider`: times the usual gutter. `far_apart`: times any other gutter, where one side is
    longer. `repeated`: the same where both sides begin with the same words. `covered`: of the width of a side
    that a rule over it covers.
    """

    level: float = 1.5
    unlevel: float = 0.25
    wider: float = 1.4
    far_apart: float = 2.2
    repeated: float = 1.25
    covered: float = 0.8


TOLERANCES = BesideTolerances()


def parting_gutter(block: GutterBlock, flat: FloatArray, figures: Sequence[float], heads: Sequence[str]) -> int | None:
    """The first column of the right-hand table, if there are two.

    `flat`: rules; `figures`: each column's share of figures; `heads`: its first words.
    """
    for k in range(2, block.n_cols - 1):
        begins_anew = figures[0] < 0.5 and figures[k] < 0.5 and figures[k - 1] >= 0.5 and figures[-1] >= 0.5
        repeats = block.n_cols == 2 * k and list(heads[:k]) == list(heads[k:])
        if _is_widest(block, k) and _ends_apart(block, k):
            return k
        if not begins_anew and not repeats:
            continue
        if repeats and begins_anew and not heads[0]:
            return k
        wider = TOLERANCES.repeated if repeats else TOLERANCES.wider
        if _is_wider(block, k, wider) or _is_unlevel(block, k) or _rules_part(block, k, flat):
            return k
    return None


def _is_wider(block: GutterBlock, k: int, times: float) -> bool:
    widths = np.diff(block.gutters, axis=1).reshape(-1)
    others = np.delete(widths, k - 1)
    return bool(widths[k - 1] >= times * np.median(others))


def _is_widest(block: GutterBlock, k: int) -> bool:
    widths = np.diff(block.gutters, axis=1).reshape(-1)
    return bool(widths[k - 1] >= TOLERANCES.far_apart * np.delete(widths, k - 1).max())


def _ends_apart(block: GutterBlock, k: int) -> bool:
    """One side goes on where the other has ended."""
    known = block.column >= 0
    bottom = [float(block.pieces.bottom[at].max(initial=0.0)) for at in (known & (block.column < k), block.column >= k)]
    return abs(bottom[0] - bottom[1]) > TOLERANCES.level


def _is_unlevel(block: GutterBlock, k: int) -> bool:
    """Many lines of one side have none beside them."""
    known = block.column >= 0
    left = block.pieces.top[known & (block.column < k)]
    right = block.pieces.top[known & (block.column >= k)]
    if not len(left) or not len(right):
        return False
    apart = np.abs(left[:, None] - right[None, :])
    return bool(
        (apart.min(axis=0) > TOLERANCES.level).mean() > TOLERANCES.unlevel
        and (apart.min(axis=1) > TOLERANCES.level).mean() > TOLERANCES.unlevel
    )


def _rules_part(block: GutterBlock, k: int, flat: FloatArray) -> bool:
    """Rules over either side that stop at the gutter."""
    pieces = block.pieces
    near = flat[(flat[:, 0] > pieces.top.min() - 12) & (flat[:, 0] < pieces.bottom.max() + 12)]
    middle = float(block.gutters[k - 1].mean())
    left, right = near[near[:, 2] < middle], near[near[:, 1] > middle]
    sides = ((left, float(block.bounds[0]), middle), (right, middle, float(block.bounds[-1])))
    return all(len(rules) > 0 and _covers(rules, low, high) for rules, low, high in sides)


def _covers(rules: FloatArray, low: float, high: float) -> bool:
    reach = np.minimum(rules[:, 2], high) - np.maximum(rules[:, 1], low)
    return bool((reach >= TOLERANCES.covered * (high - low - 20)).any())


def second_header(block: GutterBlock, rows: Rows, columns: Sequence[JudgedColumn]) -> int | None:
    """The row that repeats the first one's names over at least two columns."""
    if block.n_cols < 3:
        return None
    said: list[dict[int, str]] = [{} for _ in range(rows.n_rows)]
    for c in range(1, block.n_cols):
        at = rows.row[block.column == c]
        for row, text in zip(at.tolist(), columns[c].texts, strict=True):
            said[row][c] = said[row].get(c, "") + text
    header = said[0]
    if len(header) < 2 or header == said[1]:
        return None
    return next((row for row in range(2, rows.n_rows - 1) if said[row] == header), None)
