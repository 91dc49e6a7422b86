"""Rules of one length, or shaded rows, below each other → stacks: the bands between them are rows.

Programs draw the rules of such tables cell by cell: where the pieces of many rules meet, columns
meet. Rules drawn in one piece leave the columns to the white between the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from gongbao.ingest.page import FloatArray, IntArray, PageContent
from gongbao.ingest.tables.edges import merge_edges, snap
from gongbao.ingest.tables.gutters import GutterBlock, assign_columns, find_block
from gongbao.ingest.tables.words import BoolArray, Pieces


@dataclass(frozen=True, slots=True)
class BandTolerances:
    """Set on rules that programs draw cell by cell and on rules in one piece (tests/ingest/tables/test_banded.py).

    `same`: points by which the ends of rules may differ. `meets`: points between two pieces of a rule that meet.
    `narrowest`: of the page's width: no shorter rule frames a table. `reaches`: of the frame's width that what is
    left of a rule beside a tall cell covers. `thinnest`: points: no row is as low. `often`: share of rules in
    which pieces meet at the bound of two columns. `wall`: points on either side of a bound. `larger`: times the
    font size of a table's text: a title. `few`: share of pieces that stand across columns in a band of several
    lines, at most. `airy`: font sizes of white in a row of one line over several columns, at most. `line`: font
    sizes from line to line.
    """

    same: float = 3.0
    meets: float = 1.0
    narrowest: float = 0.2
    reaches: float = 0.25
    thinnest: float = 4.0
    often: float = 0.3
    wall: float = 0.2
    larger: float = 1.06
    few: float = 0.2
    airy: float = 2.2
    line: float = 1.5


TOLERANCES = BandTolerances()


@dataclass(frozen=True, slots=True, eq=False)
class RuleFrame:
    """Rules from `left` to `right` or part of the way; `meets[i]`: where the pieces of the one at ys[i]
    meet or end."""

    left: float
    right: float
    ys: FloatArray
    meets: tuple[FloatArray, ...]

    def part(self, start: int, end: int) -> RuleFrame:
        """From rule `start` to rule `end`, both included."""
        return replace(self, ys=self.ys[start : end + 1], meets=self.meets[start : end + 1])


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Rows between rules, with their text in columns. `drawn`: pieces of the rules bound the columns."""

    frame: RuleFrame
    block: GutterBlock
    drawn: bool

    @property
    def ys(self) -> FloatArray:
        return self.frame.ys

    def row(self) -> IntArray:
        """Of each piece."""
        return band_of(self.block.pieces, self.ys)


def read_edges(page: PageContent) -> FloatArray:
    """n x 3 at, low, high: rules as they are drawn, upper and lower sides of shaded areas; sides that are one level."""
    fills = page.fills[page.fills[:, 3] - page.fills[:, 1] > TOLERANCES.thinnest]
    drawn = np.concatenate([page.horizontals[:, (1, 0, 2)], fills[:, (1, 0, 2)], fills[:, (3, 0, 2)]])
    if len(drawn):
        drawn[:, 0] = snap(drawn[:, 0])
    return drawn


def find_frames(drawn: FloatArray, width: float) -> list[RuleFrame]:
    """`width` of the page."""
    edges = merge_edges(drawn)
    long = edges[edges[:, 2] - edges[:, 1] >= TOLERANCES.narrowest * width]
    if len(long) < 2:
        return []
    ends = np.column_stack([snap(long[:, side], TOLERANCES.same, 2 * TOLERANCES.same) for side in (1, 2)])
    sides, group, count = np.unique(ends, axis=0, return_inverse=True, return_counts=True)
    return [
        _frame(drawn, float(long[group.reshape(-1) == k][0, 0]), float(left), float(right))
        for k, (left, right) in enumerate(sides.tolist())
        if count[k] > 1
    ]


def _frame(drawn: FloatArray, top: float, left: float, right: float) -> RuleFrame:
    """Of the rules between both sides; one that is longer may touch them: that under a running head."""
    drawn = drawn[(drawn[:, 1] >= left - TOLERANCES.same) & (drawn[:, 2] <= right + TOLERANCES.same)]
    inside = merge_edges(drawn)
    wide = (inside[:, 1] <= left + TOLERANCES.same) & (inside[:, 2] >= right - TOLERANCES.same)
    inside = inside[inside[:, 0] >= min(top, float(inside[wide, 0].min(initial=top)))]
    at_side = (np.abs(inside[:, 1] - left) <= TOLERANCES.same) | (np.abs(inside[:, 2] - right) <= TOLERANCES.same)
    ys = inside[at_side & (inside[:, 2] - inside[:, 1] >= TOLERANCES.reaches * (right - left)), 0]
    meets = {y: _meets(drawn, y, left, right) for y in np.unique(inside[:, 0]).tolist()}
    met = np.concatenate([[left, right], *(meets[y] for y in np.unique(ys).tolist())])
    between = (_from_nearest(inside[:, 1], met) <= TOLERANCES.same) & (
        _from_nearest(inside[:, 2], met) <= TOLERANCES.same
    )
    ys = np.unique(np.concatenate([ys, inside[between, 0]]))
    ys = ys[np.concatenate([[True], np.diff(ys) > TOLERANCES.thinnest])]
    return RuleFrame(left, right, ys, tuple(meets[y] for y in ys.tolist()))


def _from_nearest(values: FloatArray, places: FloatArray) -> FloatArray:
    return np.asarray(np.abs(values[:, None] - places[None, :]).min(axis=1), dtype=np.float64)


def _meets(drawn: FloatArray, y: float, left: float, right: float) -> FloatArray:
    """Where pieces of one rule begin and end; beside a cell of several rows the rule has a gap."""
    ends = drawn[np.abs(drawn[:, 0] - y) <= TOLERANCES.meets, 1:].reshape(-1)
    ends = ends[(ends > left + TOLERANCES.same) & (ends < right - TOLERANCES.same)]
    ends = np.sort(ends)
    return ends[np.concatenate([[True], np.diff(ends) > TOLERANCES.meets])] if len(ends) else ends


def band_of(pieces: Pieces, ys: FloatArray) -> IntArray:
    """The band in which the middle of each piece stands; -1 above the first rule, len(ys) - 1 below the last."""
    return np.asarray(np.searchsorted(ys, (pieces.top + pieces.bottom) / 2) - 1, dtype=np.int64)


def find_stacks(frame: RuleFrame, pieces: Pieces) -> Iterator[Stack]:
    """`pieces`: those that stand within the width of the frame."""
    start = last = 0  # last: the rule before this one that shows where pieces meet
    for k in range(1, len(frame.ys)):
        if not _agree(frame.meets[last], frame.meets[k], frame.meets[min(k + 1, len(frame.meets) - 1)]):
            yield from _settle(frame.part(start, last), pieces)
            start = last = k if last == k - 1 else last + 1
        last = k if len(frame.meets[k]) else last
    yield from _settle(frame.part(start, len(frame.ys) - 1), pieces)


def _agree(one: FloatArray, other: FloatArray, then: FloatArray) -> bool:
    """All places of the one that has fewer are among those of the other; or those of both, names over several columns
    and the names under them, among those of the rule below."""
    fewer, more = sorted((one, other), key=len)
    return _is_among(fewer, more) or (_is_among(one, then) and _is_among(other, then))


def _is_among(fewer: FloatArray, more: FloatArray) -> bool:
    if not len(fewer):
        return True
    return len(more) > 0 and bool((_from_nearest(fewer, more) <= TOLERANCES.meets).all())


def _settle(frame: RuleFrame, pieces: Pieces) -> Iterator[Stack]:
    """The frame without bands that are no rows of its columns: titles and prose between two tables."""
    if len(frame.ys) < 2:
        return
    band = band_of(pieces, frame.ys)
    inside = pieces.take((band >= 0) & (band < len(frame.ys) - 1))
    stack = in_columns(frame, inside) if len(inside) else None
    if stack is None and len(frame.ys) > 2:  # the rules of several tables
        widest = int(np.diff(frame.ys).argmax())
        yield from _settle(frame.part(0, widest), pieces)
        yield from _settle(frame.part(widest + 1, len(frame.ys) - 1), pieces)
    if stack is None:
        return
    foreign = _foreign_bands(stack)
    if not foreign.any():
        yield stack
        return
    bounds = [-1, *np.flatnonzero(foreign).tolist(), len(foreign)]
    for before, after in pairwise(bounds):
        yield from _settle(frame.part(before + 1, after), pieces)


def in_columns(frame: RuleFrame, pieces: Pieces) -> Stack | None:
    """None where there is but one column."""
    walls = _walls(frame)
    if len(walls):
        gutters = np.column_stack((walls - TOLERANCES.wall, walls + TOLERANCES.wall))
        return Stack(frame, assign_columns(pieces.split(gutters), gutters), drawn=True)
    block = find_block(pieces)
    return None if block is None else Stack(frame, block, drawn=False)


def _walls(frame: RuleFrame) -> FloatArray:
    """Where the pieces of many rules meet."""
    met = np.concatenate(frame.meets)
    if not len(met):
        return met
    places, count = np.unique(snap(met), return_counts=True)
    return np.asarray(places[count >= max(2, TOLERANCES.often * len(frame.ys))], dtype=np.float64)


def _foreign_bands(stack: Stack) -> BoolArray:
    """Bands with text across columns that is no name of several columns and no title within the table; with larger
    text; empty ones at the ends."""
    pieces, band = stack.block.pieces, stack.row()
    size = float(np.median(pieces.size))
    foreign = np.zeros(len(stack.ys) - 1, dtype=np.bool_)
    for k in np.unique(band[stack.block.column < 0]).tolist():
        at = band == k
        lines = len(np.unique(pieces.line[at]))
        white = (stack.ys[k + 1] - stack.ys[k]) / size - (lines - 1) * TOLERANCES.line - 1
        many = lines > 2 and float((stack.block.column[at] < 0).mean()) > TOLERANCES.few
        foreign[k] = (
            float(pieces.size[at].max()) > TOLERANCES.larger * size or many or (lines <= 2 and white > TOLERANCES.airy)
        )
    for k in np.unique(band).tolist():
        foreign[k] |= float(pieces.size[band == k].min()) > TOLERANCES.larger * size
    spoken = np.flatnonzero(np.isin(np.arange(len(foreign)), band))
    foreign[: spoken[0]] = True
    foreign[spoken[-1] + 1 :] = True
    return foreign
