"""Rows told by their numbers: a first column that counts 1, 2, 3 … has one in every row.

Between two numbers the widest white over all columns parts the rows, wherever in its cell a number is set. Where no
white is wider than that between lines (a table of Word has no margin in its cells), numbers in the middle of theirs
tell: a row ends as far below its number as it begins above it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from gongbao.ingest.page import FloatArray, IntArray
from gongbao.ingest.tables.words import NO_NUMBER, BoolArray


@dataclass(frozen=True, slots=True)
class CountedTolerances:
    """Set on 任务分解表 without lines between their rows, with wrapped text and cells level by their middles, in
    narrow columns of a page (tests/ingest/tables/test_counted.py).

    `fewest`: numbers that count. `wider`: points by which the white between two rows exceeds that within them, in
    `surely` of the rows that have any: a number over several rows (merged cells) has no wider white around it.
    `same`: points within which two stretches of white are one width. `off`: of a line's height, by which a number
    may stand off the middle of its row.
    """

    fewest: int = 2
    off: float = 0.3
    wider: float = 0.7
    same: float = 0.01
    surely: float = 0.8


TOLERANCES = CountedTolerances()


def numbered(number: IntArray, top: FloatArray) -> IntArray:
    """Places of the numbers, from the top, that count on by one; none where other text stands among or below them.

    `number`, `top`: of each piece of the first column, NO_NUMBER for other text (序号).
    """
    order = np.argsort(top, kind="stable")
    said = number[order]
    own = np.flatnonzero(said != NO_NUMBER)
    if len(own) < TOLERANCES.fewest or own[-1] - own[0] != len(own) - 1 or own[-1] != len(said) - 1:
        return np.zeros(0, np.int64)
    return order[own] if (np.diff(said[own]) == 1).all() else np.zeros(0, np.int64)


def cuts_between(middles: FloatArray, starts: FloatArray, ends: FloatArray) -> BoolArray | None:
    """cut[i]: rows part between strips i and i + 1. None where neither white nor middles tell.

    `middles`: of the numbers and what heads them, one for each row; `starts`, `ends`: of strips, from the top.
    """
    found = _by_white(middles, starts, ends)
    return _by_middles(middles, starts, ends) if found is None else found


def _by_white(middles: FloatArray, starts: FloatArray, ends: FloatArray) -> BoolArray | None:
    """Between two middles, after the widest white."""
    white, places = starts[1:] - ends[:-1], (starts[1:] + ends[:-1]) / 2
    cuts = np.zeros(len(white), dtype=np.bool_)
    sure = []
    for low, high in pairwise(middles.tolist()):
        between = np.flatnonzero((places > low) & (places < high))
        if not len(between):
            return None
        ranked = np.sort(white[between])
        cuts[between[white[between] >= ranked[-1] - TOLERANCES.same][-1]] = True
        if len(ranked) > 1:
            sure.append(ranked[-1] - ranked[-2] >= TOLERANCES.wider)
    return cuts if np.mean(sure or [True]) >= TOLERANCES.surely else None


def _by_middles(middles: FloatArray, starts: FloatArray, ends: FloatArray) -> BoolArray | None:
    """Each row as far below its number as above it; None unless each ends with a strip, the last with the last. Where
    a row above has several lines, the last may want for lines that the block does not hold yet."""
    cuts = np.zeros(len(starts), dtype=np.bool_)
    off, first, several = TOLERANCES.off * float(np.median(ends - starts)), 0, False
    for middle in middles.tolist():
        if first == len(starts):
            return None
        below = 2 * middle - float(starts[first])
        last = int(np.abs(ends - below).argmin())
        wanting = several and below > ends[-1] + off
        if last < first or not (wanting or abs(float(ends[last]) - below) <= off):
            return None
        several |= last > first
        cuts[last], first = True, last + 1
    return cuts[:-1] if cuts[-1] else None
