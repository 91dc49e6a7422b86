"""The rows of a block without lines between them: strips that white bands part.

A strip is one printed line, or more where the lines of the columns do not stand level. Strips
nearer to each other than rows are belong to one row: wrapped text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from gongbao.ingest.page import FloatArray, IntArray
from gongbao.ingest.tables.aligned import aligned_cuts
from gongbao.ingest.tables.counted import cuts_between, numbered
from gongbao.ingest.tables.gutters import GutterBlock
from gongbao.ingest.tables.words import BoolArray, Pieces, Said


@dataclass(frozen=True, slots=True)
class RowTolerances:
    """Set on tables without lines between their rows: wrapped text, cells over rows, cells level by their middles
    (tests/ingest/tables/test_find.py, test_counted.py).

    `trim`: of the font size: em boxes of neighbouring lines may touch, ink does not. `step`: points by which the
    white between rows exceeds that between lines. `ratio`: and as a factor. `follows`: of the cells that begin
    with a row, at most, go on in a line that follows. `beats`: share of rows that a column begins, and. `rests`:
    of the lines that follow in which it speaks: such a column tells where rows begin. `ruled`: rules for each
    band between strips, at least, where rules part the rows. `fewest`: strips that their first column may count.
    `often`: share of them that hold wrapped text. `level`: points. `pace`: share of lines. `whole`: share of
    cells that speak where rows are whole. `clear`: times the leading of a cell: a band that nobody takes for it.
    `light`: share of pieces that are not bold, where only the header is. `narrow`: font sizes: widest column
    whose cells may reach over rows.
    """

    trim: float = 0.14
    step: float = 0.7
    ratio: float = 1.12
    follows: float = 0.8
    beats: float = 0.7
    rests: float = 0.15
    ruled: float = 0.4
    fewest: int = 4
    often: float = 0.3
    level: float = 1.5
    pace: float = 0.85
    whole: float = 0.9
    clear: float = 1.3
    light: float = 0.7
    narrow: float = 5.0


TOLERANCES = RowTolerances()


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """`bounds`: n_rows + 1 places in points from the top; `row` of each piece (its middle's).

    `tall`: columns whose cells reach over rows. `banded`: rows are known by lines or wider white
    bands, not because each printed line is one; `leading` is then the widest white within one.
    """

    bounds: FloatArray
    row: IntArray
    tall: tuple[int, ...]
    banded: bool
    leading: float
    counted: bool = False  # their numbers tell them

    @property
    def n_rows(self) -> int:
        return len(self.bounds) - 1


def split_rows(block: GutterBlock, rules: FloatArray, said: Said) -> Rows:
    """`rules`: y of the lines that reach over the block; `said`: by its pieces."""
    pieces = block.pieces
    ruled = _ruled_rows(block, rules)
    if ruled is not None:
        return ruled
    aligned = _aligned_rows(block, said)
    if aligned is not None:
        return aligned
    tall = tuple(c for c in range(block.n_cols) if block.n_cols > 2 and _is_tall(block, c))
    told = _counted_rows(block, said.number, tall) or _keyed_rows(block)
    if told is not None:
        return told
    level = ~np.isin(block.column, tall)
    strip, starts, ends = strips_of(pieces, level)
    cuts = _banded_cuts(block, level, strip, starts, ends)
    if cuts is None and _are_tallstrips_of(block, strip, len(starts)):
        cuts = np.ones(len(starts) - 1, dtype=np.bool_)
    if cuts is None:
        wrapped = _wrapped(block, strip, starts[1:] - ends[:-1], said.capital)
        return _rows(pieces, starts, ends, ~wrapped[1:], tall, banded=False)
    cuts |= _header_cut(strip, said.bold, len(starts)) | _restarts(block, strip, cuts)
    return _rows(pieces, starts, ends, cuts, tall, banded=True)


def _counted_rows(block: GutterBlock, number: IntArray, tall: tuple[int, ...]) -> Rows | None:
    """Rows that the first column counts, below its name or what goes on from the page before. `tall`: columns whose
    cells reach over rows."""
    pieces, own = block.pieces, np.flatnonzero(block.column == 0)
    at = numbered(number[own], pieces.top[own])
    if not len(at):
        return None
    middles = ((pieces.top + pieces.bottom) / 2)[own]
    head = np.delete(middles, at)
    _, starts, ends = strips_of(pieces, ~np.isin(block.column, tall))
    cuts = cuts_between(
        np.concatenate([[(head.min() + head.max()) / 2] if len(head) else [], middles[at]]), starts, ends
    )
    if cuts is None:
        return None
    rows = _rows(pieces, starts, ends, cuts, tall, banded=True)
    return replace(rows, leading=_leading(block, rows.row), counted=True)


def _aligned_rows(block: GutterBlock, said: Said) -> Rows | None:
    """Rows that the heights of their cells tell."""
    strip, starts, ends = strips_of(block.pieces, np.ones(len(block.pieces), dtype=np.bool_))
    cuts = aligned_cuts(block, said, strip, len(starts))
    if cuts is None:
        return None
    rows = _rows(block.pieces, starts, ends, cuts, (), banded=True)
    return replace(rows, leading=_leading(block, rows.row))


def _leading(block: GutterBlock, row: IntArray) -> float:
    """The widest white between two lines of a cell."""
    top, bottom = _extent(block.pieces)
    order = np.lexsort((top, row, block.column))
    one, then = order[:-1], order[1:]
    cell = (block.column[one] == block.column[then]) & (row[one] == row[then]) & (block.column[one] >= 0)
    return float((top[then] - bottom[one])[cell].max(initial=0.0))


def _keyed_rows(block: GutterBlock) -> Rows | None:
    """Strips of which many hold wrapped text and each one line of the first column: cells level by their middles.

    The first may lack it: it goes on from the page before.
    """
    strip, starts, ends = strips_of(block.pieces, np.ones(len(block.pieces), dtype=np.bool_))
    lines = np.zeros((len(starts), block.n_cols), dtype=np.int64)
    known = block.column >= 0
    np.add.at(lines, (strip[known], block.column[known]), 1)
    if len(starts) < TOLERANCES.fewest or (lines[1:, 0] != 1).any() or lines[0, 0] > lines[0].max():
        return None
    if float((lines.max(axis=1) > 1).mean()) < TOLERANCES.often:
        return None
    return _rows(block.pieces, starts, ends, np.ones(len(starts) - 1, dtype=np.bool_), (), banded=True)


def _are_tallstrips_of(block: GutterBlock, strip: IntArray, n_strips: int) -> bool:
    """Most strips hold several lines of one column: white bands part rows of wrapped text."""
    lines = np.zeros((n_strips, block.n_cols), dtype=np.int64)
    known = block.column >= 0
    np.add.at(lines, (strip[known], block.column[known]), 1)
    return n_strips > 2 and float((lines > 1).any(axis=1).mean()) >= 0.6


def _ruled_rows(block: GutterBlock, rules: FloatArray) -> Rows | None:
    """Rows between rules, where these part every row and not only header or sections."""
    everything = np.ones(len(block.pieces), dtype=np.bool_)
    strip, starts, ends = strips_of(block.pieces, everything)
    between = rules[(rules > ends[0]) & (rules < starts[-1])]
    if not len(between):
        return None
    cuts = _ruled_cuts(starts, ends, rules)
    filled = _filled(block, everything, strip, len(starts))
    if len(between) == 1:  # a header and one row of wrapped text
        return _rows(block.pieces, starts, ends, cuts, (), banded=True) if _are_continuations(filled, cuts) else None
    ended = bool(cuts[-2:].any())  # a rule stands above the last row too
    each = ended and len(between) >= TOLERANCES.ruled * (len(starts) - 1)
    if not each and not _say_less(filled, cuts):
        return None
    return _rows(block.pieces, starts, ends, cuts, (), banded=True)


def _header_cut(strip: IntArray, bold: BoolArray, n_strips: int) -> BoolArray:
    """After the bold lines at the top, if the others are not bold."""
    cuts = np.zeros(n_strips - 1, dtype=np.bool_)
    light = strip[~bold]
    if len(light) >= TOLERANCES.light * len(bold) and light.min() > 0:
        cuts[light.min() - 1] = True
    return cuts


def _restarts(block: GutterBlock, strip: IntArray, cuts: BoolArray) -> BoolArray:
    """Lines in the first row that say as much as its first line: the row below the header."""
    filled = _filled(block, np.ones(len(strip), dtype=np.bool_), strip, len(cuts) + 1)
    first_row = int(np.argmax(cuts)) if cuts.any() else len(cuts)
    restarts = np.zeros(len(cuts), dtype=np.bool_)
    restarts[:first_row] = filled[1 : first_row + 1].all(axis=1) & filled[0].all()
    return restarts


def _extent(pieces: Pieces) -> tuple[FloatArray, FloatArray]:
    trim = np.minimum(TOLERANCES.trim * pieces.size, (pieces.bottom - pieces.top) / 3)
    return pieces.top + trim, pieces.bottom - trim


def strips_of(pieces: Pieces, level: BoolArray) -> tuple[IntArray, FloatArray, FloatArray]:
    """Strip of each piece (of the nearest, where it does not count), and where each begins and ends."""
    top, bottom = _extent(pieces)
    order = np.argsort(top[level], kind="stable")
    tops, reach = top[level][order], np.maximum.accumulate(bottom[level][order])
    first = np.concatenate([[0], np.flatnonzero(tops[1:] > reach[:-1]) + 1])
    starts, ends = tops[first], reach[np.concatenate([first[1:], [len(tops)]]) - 1]
    middle = (top + bottom) / 2
    return np.clip(np.searchsorted(starts, middle) - 1, 0, len(starts) - 1), starts, ends


def _is_tall(block: GutterBlock, column: int) -> bool:
    """A narrow column whose lines run on where all others pause between rows."""
    pieces, own = block.pieces, block.column == column
    if own.sum() < 3 or not (~own).any():
        return False
    if float(pieces.x1[own].max() - pieces.x0[own].min()) > TOLERANCES.narrow * float(np.median(pieces.size)):
        return False
    strip, starts, ends = strips_of(pieces, ~own)
    cuts = _banded_cuts(block, ~own, strip, starts, ends)
    if cuts is None:
        return False
    low, high = ends[:-1][cuts], starts[1:][cuts]
    leading = float((starts[1:] - ends[:-1])[~cuts].max(initial=0.0))
    clear = high - low > TOLERANCES.clear * leading
    runs = runs_of(block, column, leading)
    crossed = any((clear & (top < low) & (high < bottom)).any() for top, bottom in runs)
    return crossed and not _keeps_pace(pieces, own)


def _keeps_pace(pieces: Pieces, own: BoolArray) -> bool:
    """Nearly all other lines stand level with one of this column: it has a cell in each row."""
    inside = ~own & (pieces.top >= pieces.top[own].min() - 1) & (pieces.top <= pieces.top[own].max() + 1)
    apart = np.abs(pieces.top[inside][:, None] - pieces.top[own][None, :]).min(axis=1)
    return float((apart <= TOLERANCES.level).mean()) > TOLERANCES.pace if len(apart) else True


def runs_of(block: GutterBlock, column: int, leading: float) -> list[tuple[float, float]]:
    """Top and bottom of each run of lines in a column that stand as close as within a cell."""
    own = block.column == column
    tops, bottoms = _extent(block.pieces.take(own))
    order = np.argsort(tops, kind="stable")
    cuts = np.flatnonzero(tops[order][1:] - bottoms[order][:-1] > leading + TOLERANCES.step) + 1
    return [(float(tops[part].min()), float(bottoms[part].max())) for part in np.split(order, cuts)]


def _ruled_cuts(starts: FloatArray, ends: FloatArray, rules: FloatArray) -> BoolArray:
    """cut[i]: a line stands between strips i and i + 1."""
    middles = (starts[1:] + ends[:-1]) / 2
    slack = 0.5 * (ends - starts)
    low, high = ends[:-1] - slack[:-1], starts[1:] + slack[1:]
    found = (rules[None, :] >= np.minimum(low, middles)[:, None]) & (
        rules[None, :] <= np.maximum(high, middles)[:, None]
    )
    return np.asarray(found.any(axis=1), dtype=np.bool_)


def _banded_cuts(
    block: GutterBlock, level: BoolArray, strip: IntArray, starts: FloatArray, ends: FloatArray
) -> BoolArray | None:
    """Where the white between strips is wider than that between the lines of one cell."""
    if len(starts) < 3:
        return None
    gaps = starts[1:] - ends[:-1]
    filled = _filled(block, level, strip, len(starts))
    for limit in _steps(gaps):
        cuts = gaps > limit
        if _are_continuations(filled, cuts) or _are_whole(block, level, strip, cuts):
            return cuts
    return None


def _steps(gaps: FloatArray) -> list[float]:
    """Middles of the steps in the sorted gaps, smallest first."""
    ranked = np.sort(gaps)
    steep = (np.diff(ranked) > TOLERANCES.step) & (ranked[1:] > TOLERANCES.ratio * ranked[:-1])
    return [float(v) for v in ((ranked[1:] + ranked[:-1]) / 2)[steep]]


def _filled(block: GutterBlock, level: BoolArray, strip: IntArray, n_strips: int) -> BoolArray:
    """filled[i, c]: column c speaks in strip i."""
    filled = np.zeros((n_strips, block.n_cols), dtype=np.bool_)
    counted = level & (block.column >= 0)
    filled[strip[counted], block.column[counted]] = True
    return filled


def _are_continuations(filled: BoolArray, cuts: BoolArray) -> bool:
    """Lines after a narrow band say less than those after a wide one, and some column only speaks in those."""
    if cuts.any():  # names of columns may be wrapped more than what stands under them
        header = int(np.argmax(cuts))
        filled, cuts = filled[header:], cuts[header:]
    first, follow = filled[1:][cuts], filled[1:][~cuts]
    if not len(first) or not len(follow):
        return False
    if not _say_less(filled, cuts):
        return False
    beats = (first.mean(axis=0) >= TOLERANCES.beats) & (follow.mean(axis=0) <= TOLERANCES.rests)
    return bool(beats.any())


def _say_less(filled: BoolArray, cuts: BoolArray) -> bool:
    """Lines that no cut goes before fill fewer cells than those after one."""
    first, follow = filled[1:][cuts], filled[1:][~cuts]
    return (
        float(follow.sum(axis=1).mean()) <= TOLERANCES.follows * float(first.sum(axis=1).mean())
        if len(follow)
        else True
    )


def _are_whole(block: GutterBlock, level: BoolArray, strip: IntArray, cuts: BoolArray) -> bool:
    """With these cuts nearly every row fills every cell, and one column has a line in each; without, not.

    So it is where cells stand level by their middles.
    """
    row = np.concatenate([[0], np.cumsum(cuts)])[strip]
    counted = level & (block.column >= 0)
    lines = np.zeros((int(row.max()) + 1, block.n_cols), dtype=np.int64)
    np.add.at(lines, (row[counted], block.column[counted]), 1)
    single = (lines == 1).mean(axis=0).max() >= TOLERANCES.whole
    before = float(_filled(block, level, strip, len(cuts) + 1).mean())
    return len(lines) >= 3 and bool(single) and float((lines > 0).mean()) >= TOLERANCES.whole > before


def _wrapped(block: GutterBlock, strip: IntArray, gaps: FloatArray, begins: BoolArray) -> BoolArray:
    """Strips that only go on with a full line of text above them, no farther from it than others.

    `begins`: pieces that begin with a capital letter, hence rather something new.
    """
    pieces, n_strips = block.pieces, len(gaps) + 1
    filled = _filled(block, np.ones(len(pieces), dtype=np.bool_), strip, n_strips)
    wrapped = np.zeros(n_strips, dtype=np.bool_)
    right = np.array([pieces.x1[block.column == c].max(initial=0.0) for c in range(block.n_cols)])
    if not len(gaps):
        return wrapped
    usual, near = float(np.median(filled.sum(axis=1))), float(np.median(gaps)) + TOLERANCES.step
    for i in range(1, n_strips):
        here = np.flatnonzero(strip == i)
        nearer = gaps[i - 1] < near - 2 * TOLERANCES.step
        if not nearer and begins[here].any():
            continue
        if filled[i].sum() * 2 > usual or gaps[i - 1] > near or (block.column[here] < 0).any():
            continue
        wrapped[i] = all(_goes_on_from(block, strip, right, k, i) for k in here.tolist())
    return wrapped


def _goes_on_from(block: GutterBlock, strip: IntArray, right: FloatArray, at: int, i: int) -> bool:
    """The line above in this column had no room for the first word of this one."""
    pieces, column = block.pieces, block.column[at]
    above = np.flatnonzero((strip == i - 1) & (block.column == column))
    if not len(above):
        return False
    word = pieces.words[np.searchsorted(pieces.word, at)]
    room = float(right[column] - pieces.x1[above].max())
    return room < float(word[1] - word[0]) and float(word[1] - word[0]) < 0.7 * float(right[column] - pieces.x0[at])


def _rows(
    pieces: Pieces, starts: FloatArray, ends: FloatArray, cuts: BoolArray, tall: tuple[int, ...], *, banded: bool
) -> Rows:
    gaps = starts[1:] - ends[:-1]
    leading = float(gaps[~cuts].max(initial=0.0)) if banded else 0.0
    middles = ((starts[1:] + ends[:-1]) / 2)[cuts]
    bounds = np.concatenate([[float(pieces.top.min())], middles, [float(pieces.bottom.max())]])
    centre = (pieces.top + pieces.bottom) / 2
    row = np.clip(np.searchsorted(bounds, centre) - 1, 0, len(bounds) - 2)
    return Rows(bounds, row, tall, banded, leading)
