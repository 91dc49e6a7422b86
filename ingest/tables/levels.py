"""A band of a stack that holds many rows of one line each, some beside cells that are taller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from gongbao.ingest.page import FloatArray, Glyphs, IntArray
from gongbao.ingest.tables.bands import Stack
from gongbao.ingest.tables.gutters import GutterBlock, assign_columns
from gongbao.ingest.tables.rows import split_rows, strips_of
from gongbao.ingest.tables.words import BoolArray, read_pieces


@dataclass(frozen=True, slots=True)
class LevelTolerances:
    """Set on bands of one line each beside taller cells (tests/ingest/tables/test_banded.py).

    `fewest`: rows in a band. `common`: share of columns that speak in each line that is a row. `wrapped`: share
    of columns with wrapped text. `leading`: font sizes between the lines of a cell, at most. `wider`: times as
    much between rows. `on_level`: share of lines of all other columns that stand there. `half`: rows by which the
    middle of a tall cell's text may be off.
    """

    fewest: int = 2
    common: float = 0.5
    wrapped: float = 0.25
    leading: float = 0.9
    wider: float = 1.5
    on_level: float = 0.95
    half: float = 0.26


TOLERANCES = LevelTolerances()


def find_levels(stack: Stack, band: int, wrapped: BoolArray) -> tuple[FloatArray, BoolArray] | None:
    """The bounds between the rows of the band, and open[i, c]: nothing closes column c at bound i.

    `wrapped`: columns whose lines go on from one another. None where lines are not level, or wrapped text.
    """
    if wrapped.mean() >= TOLERANCES.wrapped:
        return None
    here = stack.row() == band
    pieces, column = stack.block.pieces, stack.block.column
    middle = (pieces.top + pieces.bottom) / 2
    lines = [here & (pieces.line == line) for line in np.unique(pieces.line[here]).tolist()]
    speaks = np.array([[(at & (column == c)).any() for c in range(stack.block.n_cols)] for at in lines])
    base = speaks.sum(axis=1) >= TOLERANCES.common * stack.block.n_cols
    tall = speaks[~base].sum(axis=0) > speaks[base].sum(axis=0) / 2
    if base.sum() < TOLERANCES.fewest or speaks[base][:, ~tall].sum() < TOLERANCES.on_level * speaks[:, ~tall].sum():
        return None
    rows = np.array([float(np.median(middle[at])) for at, is_row in zip(lines, base, strict=True) if is_row])
    opened = np.zeros((len(rows) - 1, stack.block.n_cols), dtype=np.bool_)
    for c in np.flatnonzero(tall).tolist():
        opened[:, c] = _inside_cells(rows, middle[here & (column == c)])
    return (rows[1:] + rows[:-1]) / 2, opened


def _inside_cells(rows: FloatArray, middles: FloatArray) -> BoolArray:
    """Bounds between rows that cells with their text at these middles, each in the middle of its rows, reach over."""
    opened = np.zeros(len(rows) - 1, dtype=np.bool_)
    places = np.interp(np.sort(middles), rows, np.arange(len(rows)))
    start = 0
    for place in places.tolist():
        end = 2 * place - start
        last = round(end)
        if last < start or abs(end - last) > 2 * TOLERANCES.half or last >= len(rows):
            return np.zeros(len(rows) - 1, dtype=np.bool_)
        opened[start:last] = True
        start = last + 1
    return opened


def split_bands(
    stack: Stack, several: Mapping[int, BoolArray], glyphs: Glyphs
) -> tuple[FloatArray, IntArray, BoolArray] | None:
    """`several`: bands that hold many rows, and which of their columns hold wrapped text.

    Bounds of all rows, the rule at each, -1 where there is none, and open as above for these; None if the
    rows of one of these bands cannot be told.
    """
    bounds: list[float] = [float(stack.ys[0])]
    rules, opened = [0], [np.zeros(stack.block.n_cols, dtype=np.bool_)]
    for band, (_, low) in enumerate(pairwise(stack.ys.tolist())):
        if band in several:
            found = find_levels(stack, band, several[band]) or _by_white(stack, band, glyphs)
            if found is None:
                return None
            bounds += found[0].tolist()
            rules += [-1] * len(found[0])
            opened += list(found[1])
        bounds.append(low)
        rules.append(band + 1)
        opened.append(np.zeros(stack.block.n_cols, dtype=np.bool_))
    return np.array(bounds), np.array(rules), np.array(opened)


def _by_white(stack: Stack, band: int, glyphs: Glyphs) -> tuple[FloatArray, BoolArray] | None:
    """Rows of wrapped text that wider white parts."""
    pieces = stack.block.pieces.take(stack.row() == band)
    block = assign_columns(pieces, stack.block.gutters)
    rows = split_rows(block, np.zeros(0), read_pieces(glyphs, pieces))
    bounds = rows.bounds[1:-1] if rows.banded else _by_pitch(block)
    return None if bounds is None else (bounds, np.zeros((len(bounds), block.n_cols), dtype=np.bool_))


def _by_pitch(block: GutterBlock) -> FloatArray | None:
    """Middles of the white that is clearly wider than between lines of a cell, where there are two kinds of it."""
    _, starts, ends = strips_of(block.pieces, np.ones(len(block.pieces), dtype=np.bool_))
    gaps, size = starts[1:] - ends[:-1], float(np.median(block.pieces.size))
    ranked = np.sort(gaps)
    if len(ranked) < TOLERANCES.fewest:
        return None
    step = int(np.argmax(np.diff(ranked)))
    narrow, wide = float(ranked[step]), float(ranked[step + 1])
    if narrow > TOLERANCES.leading * size or wide < TOLERANCES.wider * max(narrow, 1.0):
        return None
    return np.asarray(((starts[1:] + ends[:-1]) / 2)[gaps >= wide], dtype=np.float64)
