"""Tables without walls: columns from white gutters, rows from white bands or from rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from gongbao.corpus.geometry import BBox
from gongbao.ingest.page import FloatArray, IntArray, PageContent
from gongbao.ingest.tables.around import is_numbered
from gongbao.ingest.tables.beside import parting_gutter, second_header
from gongbao.ingest.tables.edges import snap
from gongbao.ingest.tables.fill import Filled, fill_areas
from gongbao.ingest.tables.gutters import GutterBlock, find_blocks, find_runs, take_names, take_wrapped
from gongbao.ingest.tables.judge import TableVerdict, prose_columns, read_column, verdict
from gongbao.ingest.tables.names import part_names
from gongbao.ingest.tables.rows import Rows, split_rows
from gongbao.ingest.tables.spans import unite_places
from gongbao.ingest.tables.words import BoolArray, Pieces, read_pieces, split_pieces


@dataclass(frozen=True, slots=True)
class PlainTolerances:
    """Set on tables in columns of prose, and between rules of one length (tests/ingest/tables/test_find.py).

    `deepest`: columns of prose within columns of prose. `column_width`: font sizes: no narrower column of a page
    holds a table. `slack`: times the leading that a line below may stand off. `few_lines`: lines that may be a
    paragraph whose blanks happen to stand below each other. `tight`: font sizes of white between the lines of a
    paragraph. `inked`: of its width that words cover in a full line. `framed`: rules of one length.
    `other_rules`: that may stand above a table and not be its own. `same`: points by which their ends may differ.
    `reaches`: of the block's width that a rule must span to part its rows.
    """

    deepest: int = 4
    column_width: float = 10.0
    slack: float = 1.15
    few_lines: int = 6
    tight: float = 0.9
    inked: float = 0.9
    framed: int = 3
    other_rules: int = 2
    same: float = 3.0
    reaches: float = 0.7


TOLERANCES = PlainTolerances()


def find_plain(page: PageContent, flat: FloatArray, places: IntArray) -> list[Filled]:
    """`page` upright; `flat`: horizontal edges, `places`: glyphs that stand in no ruled table."""
    pieces = split_pieces(page.glyphs, places)
    if pieces is None:
        return []
    pieces = _without_captions(page, pieces)
    found = list(_search(page, pieces, flat, TOLERANCES.deepest))
    for rules in _series(flat):
        for first in range(len(rules) - TOLERANCES.framed + 1):
            more = _search_frame(page, pieces, flat, found, rules[first:])
            found += more
            if more or first == TOLERANCES.other_rules:
                break
    return found


def _without_captions(page: PageContent, pieces: Pieces) -> Pieces:
    """Without lines that name a table by its number; a list of such names is a table itself."""
    lines, first = np.unique(pieces.line, return_index=True)
    ends = [*first[1:].tolist(), len(pieces)]
    named = [is_numbered(_text(page, pieces, start, end)) for start, end in zip(first.tolist(), ends, strict=True)]
    around = zip([False, *named[:-1]], named, [*named[1:], False], strict=True)
    alone = np.array([own and not (before or after) for before, own, after in around], dtype=np.bool_)
    return pieces.take(~np.isin(pieces.line, lines[alone])) if alone.any() else pieces


def _text(page: PageContent, pieces: Pieces, start: int, end: int) -> str:
    """Of pieces start..end."""
    places = pieces.places[pieces.begin[start] : pieces.end[end - 1]]
    return "".join(page.glyphs.text[at] for at in places.tolist())


def _series(flat: FloatArray) -> list[FloatArray]:
    """Three rules or more of one length, one below the other: they may be those of a table."""
    ends = (
        np.column_stack([snap(flat[:, side], TOLERANCES.same, 2 * TOLERANCES.same) for side in (1, 2)])
        if len(flat)
        else flat
    )
    _, group = np.unique(ends, axis=0, return_inverse=True)
    series = [flat[group.reshape(-1) == k] for k in range(int(group.max(initial=-1)) + 1)]
    return [rules for rules in series if len(rules) >= TOLERANCES.framed]


def _search_frame(
    page: PageContent, pieces: Pieces, flat: FloatArray, found: list[Filled], rules: FloatArray
) -> list[Filled]:
    """Tables between the first and the last of these rules, in what the tables found leave over."""
    frame = BBox(float(rules[0, 1]), float(rules[0, 0]), float(rules[0, 2]), float(rules[-1, 0]))
    inside = _stand_in(pieces, frame)
    for table in found:
        inside &= ~_stand_in(pieces, table.bbox)
    return [table for table in _search(page, pieces.take(inside), flat, 1) if not table.doubtful]


def _stand_in(pieces: Pieces, box: BBox) -> BoolArray:
    x, y = (pieces.x0 + pieces.x1) / 2, (pieces.top + pieces.bottom) / 2
    return np.asarray((x >= box.x0) & (x <= box.x1) & (y >= box.top) & (y <= box.bottom), dtype=np.bool_)


def _search(page: PageContent, pieces: Pieces, flat: FloatArray, depth: int) -> Iterator[Filled]:
    for block in (block for run in find_runs(pieces) for block in find_blocks(run)):
        rules = _rules(block, flat)
        rows = split_rows(block, rules, read_pieces(page.glyphs, block.pieces))
        judged = verdict(page, block, rows, rules)
        if not rows.banded and not len(rules) and _is_amid_prose(block, pieces):
            continue
        parts = _parts(block) if judged is TableVerdict.NONE else _two_tables(page, block, rows, flat)
        if parts and depth:
            for part in parts:
                yield from _search(page, _without_captions(page, part), flat, depth - 1)
        elif judged is not TableVerdict.NONE:
            yield replace(_whole(page, block, rows, flat, pieces), doubtful=judged is TableVerdict.PERHAPS)


def _is_amid_prose(block: GutterBlock, pieces: Pieces) -> bool:
    """A few lines of a paragraph whose blanks happen to stand below each other: full lines go before and after."""
    p = block.pieces
    lines = np.unique(p.line)
    if len(lines) > TOLERANCES.few_lines:
        return False
    left, right, size = float(p.x0.min()), float(p.x1.max()), float(np.median(p.size))
    across = (pieces.x1 > left) & (pieces.x0 < right)
    before, after = across & (pieces.line < lines[0]), across & (pieces.line > lines[-1])
    beside = [before & (pieces.line == pieces.line[before].max(initial=-1)), after.copy()]
    beside[1] &= pieces.line == pieces.line[after].min(initial=np.iinfo(np.int64).max)
    gaps = [float(p.top.min()) - pieces.bottom[beside[0]], pieces.top[beside[1]] - float(p.bottom.max())]
    return any(
        bool(at.any()) and float(gap.min()) < TOLERANCES.tight * size and _is_full(pieces, at, left, right, size)
        for at, gap in zip(beside, gaps, strict=True)
    )


def _is_full(pieces: Pieces, at: BoolArray, left: float, right: float, size: float) -> bool:
    begin, end = float(pieces.x0[at].min()), float(pieces.x1[at].max())
    inked = float((pieces.x1[at] - pieces.x0[at]).sum())
    return abs(begin - left) < size and abs(end - right) < size and inked > TOLERANCES.inked * (right - left)


def _whole(page: PageContent, block: GutterBlock, rows: Rows, flat: FloatArray, pieces: Pieces) -> Filled:
    across = _across(block, flat)
    longer = take_wrapped(block, pieces, TOLERANCES.slack * rows.leading, _closing(block, across))
    named = take_names(longer, pieces, across)
    if len(named.pieces) > len(block.pieces) or rows.leading:
        rows = split_rows(named, _rules(named, flat), read_pieces(page.glyphs, named.pieces))
    return _fill(page, named, rows, flat)


def _closing(block: GutterBlock, across: FloatArray) -> float:
    """y of the next rule below a block that has one within; of the block's end where it has none."""
    top, bottom = float(block.pieces.top.min()), float(block.pieces.bottom.max())
    below = across[across >= bottom - 1]
    return float(below.min()) if len(below) and ((across > top) & (across < bottom)).any() else -np.inf


def _two_tables(page: PageContent, block: GutterBlock, rows: Rows, flat: FloatArray) -> list[Pieces]:
    """Both tables where two stand beside or below each other, else nothing."""
    columns = [read_column(page, block, c) for c in range(block.n_cols)]
    first = block.pieces.line == block.pieces.line.min()
    heads = [column.texts[0] if first[block.column == c].any() else "" for c, column in enumerate(columns)]
    k = parting_gutter(block, flat, [column.figures for column in columns], heads)
    if k is not None:
        middle, right = (block.pieces.x0 + block.pieces.x1) / 2, float(block.bounds[k])
        return [block.pieces.take(middle < right), block.pieces.take(middle > right)]
    row = second_header(block, rows, columns)
    return [] if row is None else [block.pieces.take(rows.row < row), block.pieces.take(rows.row >= row)]


def _rules(block: GutterBlock, flat: FloatArray) -> FloatArray:
    """y of the rules that reach over the block, within it or at its edges."""
    p = block.pieces
    size = float(np.median(p.size))
    across = _across(block, flat)
    near = (across > p.top.min() - 1.5 * size) & (across < p.bottom.max() + 1.5 * size)
    return np.asarray(across[near], dtype=np.float64)


def _across(block: GutterBlock, flat: FloatArray) -> FloatArray:
    """y of all rules that reach over the block's width."""
    left, right = float(block.pieces.x0.min()), float(block.pieces.x1.max())
    reach = np.minimum(flat[:, 2], right) - np.maximum(flat[:, 1], left)
    return np.asarray(flat[reach >= TOLERANCES.reaches * (right - left), 0], dtype=np.float64)


def _parts(block: GutterBlock) -> list[Pieces]:
    """The columns of prose each by itself, and what stands side by side between them."""
    prose = prose_columns(block)
    cuts = sorted({0, block.n_cols, *(c + k for c in np.flatnonzero(prose).tolist() for k in (0, 1))})
    least = TOLERANCES.column_width * float(np.median(block.pieces.size))
    middle, bounds = (block.pieces.x0 + block.pieces.x1) / 2, block.bounds
    return [
        block.pieces.take((middle >= bounds[start]) & (middle <= bounds[end]))
        for start, end in pairwise(cuts)
        if end - start < block.n_cols and bounds[end] - bounds[start] > least
    ]


def _fill(page: PageContent, block: GutterBlock, rows: Rows, flat: FloatArray) -> Filled:
    rows = part_names(block, rows)
    areas, going_on = unite_places(block, rows, flat)
    filled = fill_areas(block.bounds, rows.bounds, areas, page.glyphs)
    return replace(filled, open_top=tuple(area in going_on for area in areas))
