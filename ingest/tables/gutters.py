"""Pieces of lines → runs of lines that keep the same white gutters free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from gongbao.ingest.page import FloatArray, IntArray
from gongbao.ingest.tables.words import BoolArray, Pieces


@dataclass(frozen=True, slots=True)
class GutterTolerances:
    """Set on tables without uprights beside prose in one and two columns (tests/ingest/tables/test_find.py).

    `far`: font sizes between two lines: the block ends. `stretch`: unless its lines stand as far apart already,
    give or take. `narrowest`: font sizes: a gutter is at least so wide, wider than a blank of half width, and.
    `times_blank`: so many times the blank between words. `crosses`: share of a block's gutters and width that a line
    of prose reaches over.
    `header_lines`: lines of a header, at most. `close`: font sizes of white between the lines of a header.
    `half_line`: font sizes by which names under a common one stand lower than those beside it, at least.
    `centred`: of their columns' width: so far may the common one stand off their middle. `same`: points, or off their
    left. `blank_line`: font sizes of white below names beside which a cell has a line without text. `accidents`: share
    of lines that may cross a gutter: headers over several columns, section titles; one may, unless there are but `few`.
    """

    far: float = 2.3
    stretch: float = 1.4
    narrowest: float = 0.55
    times_blank: float = 1.4
    crosses: float = 0.6
    header_lines: int = 3
    close: float = 1.0
    half_line: float = 0.4
    centred: float = 0.15
    same: float = 2.0
    blank_line: float = 3.0
    accidents: float = 0.12
    few: int = 2


TOLERANCES = GutterTolerances()


@dataclass(frozen=True, slots=True, eq=False)
class GutterBlock:
    """Lines of pieces that share gutters. `column` of each piece; -1 where it crosses a gutter."""

    pieces: Pieces
    gutters: FloatArray  # n x 2, from left to right
    column: IntArray

    @property
    def n_cols(self) -> int:
        return len(self.gutters) + 1

    @property
    def bounds(self) -> FloatArray:
        """n_cols + 1 bounds of the columns: middles of gutters, outer edges of the text."""
        return np.concatenate([[self.pieces.x0.min()], self.gutters.mean(axis=1), [self.pieces.x1.max()]])


def find_runs(pieces: Pieces) -> Iterator[Pieces]:
    """Stretches of lines of which two at least are in several pieces, with what stands between them."""
    run: list[int] = []
    last_parted = 0
    lines = _line_starts(pieces)
    for k, (start, end) in enumerate(lines):
        parted = end - start > 1
        if run and not _goes_on(pieces, lines, run, k):
            yield from _run(pieces, lines, run[: last_parted + 1])
            run, last_parted = [], 0
        if run or parted:
            run.append(k)
            last_parted = len(run) - 1 if parted else last_parted
    yield from _run(pieces, lines, run[: last_parted + 1])


def take_wrapped(block: GutterBlock, pieces: Pieces, limit: float, floor: float) -> GutterBlock:
    """The block with the lines right after it that only go on with its last row.

    `limit`: points of white that the lines of one cell have between them, at most, but above `floor`: y of the rule
    that closes the table.
    """
    bottom, taken = float(block.pieces.bottom.max()), np.isin(pieces.line, block.pieces.line)
    for start, end in _line_starts(pieces):
        if pieces.line[start] <= block.pieces.line.max():
            continue
        at = slice(start, end)
        fits = _columns_of(block, pieces.x0[at], pieces.x1[at])
        white = float(pieces.top[at].min()) - bottom
        inside = white <= TOLERANCES.close * float(pieces.size[at].max()) and float(pieces.bottom[at].max()) < floor + 1
        if (white > limit and not inside) or (fits < 0).any():
            break
        taken[at] = True
        bottom = float(pieces.bottom[at].max())
    more = pieces.take(taken)
    return assign_columns(more.split(block.gutters), block.gutters)


def take_names(block: GutterBlock, pieces: Pieces, rules: FloatArray) -> GutterBlock:
    """The block with the line right above it that names several columns but the first: text over them alone, with
    nothing between it and a rule that reaches over the block (`rules`: y of all such), or with names beside it that
    are set in the middle of its height and that of the names under it, or with them in one line."""
    top, lines = float(block.pieces.top.min()), pieces.line
    above = (lines < block.pieces.line.min()) & (pieces.x1 > block.bounds[0]) & (pieces.x0 < block.bounds[-1])
    if not above.any():
        return block
    at = above & (lines == lines[above].max())
    size, begin = float(pieces.size[at].max()), float(pieces.top[at].min())
    if top - float(pieces.bottom[at].max()) <= TOLERANCES.blank_line * size:
        gutters = _gutters_between_names(block, pieces, at)
        if gutters is not None:
            return _with_lines(block, pieces, at, gutters)
    over = (pieces.x0[at] >= block.bounds[1] - 1) & (pieces.x1[at] <= block.bounds[-1] + 1)
    if not over.all() or top - float(pieces.bottom[at].max()) > TOLERANCES.close * size:
        return block
    ceiling = float(pieces.bottom[above & ~at].max(initial=-np.inf))
    ruled = ((rules < begin + 1) & (rules > max(ceiling, begin - TOLERANCES.far * size))).any()
    if not ruled and not _is_between_names(block, pieces, at):
        return block
    return _with_lines(block, pieces, at, block.gutters)


def _with_lines(block: GutterBlock, pieces: Pieces, at: BoolArray, gutters: FloatArray) -> GutterBlock:
    more = pieces.take(at | np.isin(pieces.line, block.pieces.line))
    return assign_columns(more.split(gutters), gutters)


def _gutters_between_names(block: GutterBlock, pieces: Pieces, at: BoolArray) -> FloatArray | None:
    """What these names leave of the gutters, where the first line names some columns beside each other, and the one
    above it all others and one over these."""
    own, gutters = block.pieces, block.gutters.copy()
    named = np.unique(block.column[own.line == own.line.min()])
    if named[0] < 1 or not 1 < len(named) == named[-1] - named[0] + 1 < block.n_cols:
        return None
    x0, x1 = pieces.x0[at], pieces.x1[at]
    first, last = np.searchsorted(gutters[:, 1], x0 + 1), np.searchsorted(gutters[:, 1], x1 - 1)
    over = (first == named[0]) & (last <= named[-1])
    others = np.setdiff1d(np.arange(block.n_cols), named)
    if over.sum() != 1 or (first != last)[~over].any() or not np.array_equal(np.sort(first[~over]), others):
        return None
    for column, left, right in zip(first[~over].tolist(), x0[~over].tolist(), x1[~over].tolist(), strict=True):
        if column:
            gutters[column - 1, 1] = min(gutters[column - 1, 1], left)
        if column < block.n_cols - 1:
            gutters[column, 0] = max(gutters[column, 0], right)
    return gutters if (gutters[:, 0] < gutters[:, 1]).all() else None


def _is_between_names(block: GutterBlock, pieces: Pieces, at: BoolArray) -> bool:
    """One text over several columns, in their middle or at their left, whose names stand lower than those of all
    others."""
    own, column = block.pieces, block.column
    middle = (own.top + own.bottom) / 2
    first = [np.flatnonzero(column == c)[:1] for c in range(block.n_cols)]
    if at.sum() != 1 or not all(map(len, first)):
        return False
    names = middle[np.concatenate(first)]
    lower = np.flatnonzero(names > names.min() + TOLERANCES.half_line * float(pieces.size[at][0]))
    if len(lower) < 2 or len(lower) == block.n_cols or np.ptp(lower) != len(lower) - 1 or lower[0] == 0:
        return False
    if _are_two_lines_beside(middle, column, names, lower):
        return False
    left, right = block.bounds[lower[0]], block.bounds[lower[-1] + 1]
    centred = abs(pieces.x0[at][0] + pieces.x1[at][0] - left - right) / 2 <= TOLERANCES.centred * (right - left)
    return bool(centred or abs(pieces.x0[at][0] - own.x0[column == lower[0]].min()) <= TOLERANCES.same)


def _are_two_lines_beside(middle: FloatArray, column: IntArray, names: FloatArray, lower: IntArray) -> bool:
    """The other names go on as far below the lower ones as they begin above: names of two lines beside names of one,
    all in the middle of one row."""
    others = np.setdiff1d(np.arange(len(names)), lower)
    below = 2 * float(names[lower].mean()) - names[others]
    apart = [float(np.abs(middle[column == c] - y).min()) for c, y in zip(others.tolist(), below.tolist(), strict=True)]
    return max(apart) <= TOLERANCES.same


def _columns_of(block: GutterBlock, x0: FloatArray, x1: FloatArray) -> IntArray:
    """The columns within whose text these stretches stand, else -1."""
    out = np.full(len(x0), -1, dtype=np.int64)
    for c in range(block.n_cols):
        inside = block.column == c
        if inside.any():
            left, right = float(block.pieces.x0[inside].min()), float(block.pieces.x1[inside].max())
            out[(x0 >= left - 1) & (x1 <= right + 1)] = c
    return out


def _line_starts(pieces: Pieces) -> list[tuple[int, int]]:
    if not len(pieces):
        return []
    cuts = np.flatnonzero(np.diff(pieces.line)) + 1
    return list(zip([0, *cuts.tolist()], [*cuts.tolist(), len(pieces)], strict=True))


def _goes_on(pieces: Pieces, lines: list[tuple[int, int]], run: list[int], k: int) -> bool:
    start, end = lines[k]
    before = slice(*lines[run[-1]])
    gap = float(pieces.top[start:end].min() - pieces.bottom[before].max())
    size = float(pieces.size[start:end].max())
    if gap > TOLERANCES.far * size and gap > TOLERANCES.stretch * _widest_gap(pieces, lines, run):
        return False
    return end - start > 1 or _leaves_a_gap(pieces, lines, run, start)


def _widest_gap(pieces: Pieces, lines: list[tuple[int, int]], run: list[int]) -> float:
    tops = [float(pieces.top[slice(*lines[k])].min()) for k in run[-6:]]
    bottoms = [float(pieces.bottom[slice(*lines[k])].max()) for k in run[-6:]]
    gaps = [top - bottom for top, bottom in zip(tops[1:], bottoms[:-1], strict=True)]
    return min(max(gaps, default=0.0), 6 * float(pieces.size[lines[run[-1]][0]]))


def _leaves_a_gap(pieces: Pieces, lines: list[tuple[int, int]], run: list[int], at: int) -> bool:
    """A line of one piece may be part of a table if it does not cross all gaps of the line before."""
    parted = next((lines[k] for k in reversed(run) if lines[k][1] - lines[k][0] > 1), None)
    if parted is None:
        return False
    left, right = pieces.x1[parted[0] : parted[1] - 1], pieces.x0[parted[0] + 1 : parted[1]]
    crossed = (pieces.x0[at] <= left + 1) & (pieces.x1[at] >= right - 1)
    return not crossed.all()


def _run(pieces: Pieces, lines: list[tuple[int, int]], run: list[int]) -> Iterator[Pieces]:
    if sum(lines[k][1] - lines[k][0] > 1 for k in run) < 2:
        return
    keep = np.zeros(len(pieces), dtype=np.bool_)
    keep[lines[run[0]][0] : lines[run[-1]][1]] = True
    yield pieces.take(keep)


def find_blocks(run: Pieces) -> Iterator[GutterBlock]:
    """The blocks of a run: lines of prose at its ends or within are left out."""
    block = find_block(run)
    if block is None:
        return
    foreign = np.union1d(_prose_lines(block), _title_lines(block))
    if not len(foreign):
        yield block
        return
    for lines in _between(np.unique(run.line), foreign):
        part = run.take(np.isin(run.line, lines))
        if sum(end - start > 1 for start, end in _line_starts(part)) > 1:
            yield from find_blocks(part)


def _between(lines: IntArray, foreign: IntArray) -> list[IntArray]:
    kept = ~np.isin(lines, foreign)
    return [part[~np.isin(part, foreign)] for part in np.split(lines, np.flatnonzero(np.diff(kept)) + 1) if len(part)]


def _prose_lines(block: GutterBlock) -> IntArray:
    """Lines of one piece that reaches over most of the block and most of its gutters."""
    pieces, gutters = block.pieces, block.gutters
    width = float(np.ptp(block.bounds))
    crossed = ((pieces.x0[:, None] < gutters[None, :, 0]) & (pieces.x1[:, None] > gutters[None, :, 1])).sum(axis=1)
    long = (
        (crossed >= TOLERANCES.crosses * len(gutters))
        & (pieces.x1 - pieces.x0 >= TOLERANCES.crosses * width)
        & (block.column < 0)
    )
    return np.unique(pieces.line[long])


def _title_lines(block: GutterBlock) -> IntArray:
    """A line at the top that is one piece over several columns, the first among them; and what is above it."""
    lines = np.unique(block.pieces.line)[: TOLERANCES.header_lines]
    for k in reversed(range(len(lines))):
        at = np.flatnonzero(block.pieces.line == lines[k])
        if len(at) == 1 and block.column[at[0]] < 0 and block.pieces.x0[at[0]] < block.bounds[1]:
            return np.asarray(lines[: k + 1], dtype=np.int64)
    return np.zeros(0, np.int64)


def find_block(run: Pieces) -> GutterBlock | None:
    """The gutters of a run of lines; None where it has none."""
    least = max(TOLERANCES.narrowest, TOLERANCES.times_blank * run.gap) * float(np.median(run.size))
    n_lines = len(np.unique(run.line))
    accidents = max(1.0, TOLERANCES.accidents * n_lines) if n_lines > TOLERANCES.few else 0.0
    rough = _free(run, np.ones(len(run), dtype=np.bool_), accidents, least)
    if not len(rough):
        return None
    plain = np.ones(len(run), dtype=np.bool_)
    plain[_crossing(run, rough)] = False
    gutters = _kept_free(run, plain, rough, least)
    if not len(gutters):
        return None
    return _merge_header_columns(assign_columns(run.split(gutters), gutters))


def assign_columns(pieces: Pieces, gutters: FloatArray) -> GutterBlock:
    """The block that these gutters make of the pieces."""
    middles = gutters.mean(axis=1)
    left, right = np.searchsorted(middles, pieces.x0), np.searchsorted(middles, pieces.x1)
    return GutterBlock(pieces, gutters, np.where(left == right, left, -1))


def _kept_free(run: Pieces, plain: BoolArray, rough: FloatArray, least: float) -> FloatArray:
    """Gutters that no plain piece touches. What closes one that nearly all lines keep free does not count."""
    if not plain.any():
        return np.zeros((0, 2))
    gutters = _free(run, plain, 0, least)
    lost = np.array([not ((gutters[:, 0] < b) & (gutters[:, 1] > a)).any() for a, b in rough], dtype=np.bool_)
    if lost.any():
        a, b = rough[lost, 0][None, :], rough[lost, 1][None, :]
        touching = (run.units[:, :1] < b - 0.5) & (run.units[:, 1:] > a + 0.5)
        kept = plain.copy()
        kept[run.word[touching.any(axis=1)]] = False
        if kept.any():
            plain, gutters = kept, _free(run, kept, 0, least)
    inside = (gutters[:, 0] > run.x0[plain].min()) & (gutters[:, 1] < run.x1[plain].max())
    return np.asarray(gutters[inside], dtype=np.float64)


def _merge_header_columns(block: GutterBlock) -> GutterBlock:
    """A name set left above figures set right is no column of its own."""
    lines, at = np.unique(block.pieces.line, return_inverse=True)
    spoken = np.zeros((len(lines), block.n_cols), dtype=np.bool_)
    known = block.column >= 0
    spoken[at.reshape(-1)[known], block.column[known]] = True
    keep = np.ones(block.n_cols - 1, dtype=np.bool_)
    for k in reversed(range(block.n_cols - 1)):
        alone = k == block.n_cols - 2 or bool(keep[k + 1])
        keep[k] = not (alone and _is_one_column(spoken[:, k], spoken[:, k + 1]))
    gutters = block.gutters[keep]
    return block if keep.all() or not len(gutters) else assign_columns(block.pieces, gutters)


def _is_one_column(left: BoolArray, right: BoolArray) -> bool:
    """One of them speaks in the first lines alone, the other never there."""
    if (left & right).any():
        return False
    fewer = left.sum() < right.sum() or (left.sum() == right.sum() and int(left.argmax()) < int(right.argmax()))
    few, many = (left, right) if fewer else (right, left)
    return bool(
        few[: TOLERANCES.header_lines].sum() == few.sum() > 0 and not many[: int(np.flatnonzero(few).max()) + 1].any()
    )


def _crossing(run: Pieces, gutters: FloatArray) -> IntArray:
    """Pieces with a word in a gutter that they reach over."""
    over = (run.x0[:, None] <= gutters[None, :, 0]) & (run.x1[:, None] >= gutters[None, :, 1])
    units = run.units
    word = (units[:, :1] < gutters[None, :, 1] - 0.5) & (units[:, 1:] > gutters[None, :, 0] + 0.5)
    return np.asarray(np.unique(run.word[(over[run.word] & word).any(axis=1)]), dtype=np.int64)


def _free(run: Pieces, keep: BoolArray, accidents: float, least: float) -> FloatArray:
    """Stretches at least `least` wide that no more than `accidents` lines' words cover, inside the text."""
    kept = keep[run.word]
    words = run.units[kept]
    if not len(words):
        return np.zeros((0, 2))
    edges = np.concatenate([words[:, 0], words[:, 1]])
    change = np.concatenate([np.ones(len(words)), -np.ones(len(words))])
    order = np.lexsort((change, edges))  # at one place, ends come before starts
    at, depth = edges[order], np.cumsum(change[order])
    free = depth[:-1] <= accidents
    starts = np.flatnonzero(free & ~np.concatenate([[False], free[:-1]]))
    ends = np.flatnonzero(free & ~np.concatenate([free[1:], [False]])) + 1
    wide = at[ends] - at[starts] >= least
    return np.column_stack((at[starts][wide], at[ends][wide]))
