"""Tables without upright lines whose every row lies between rules or is shaded in turn."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from gongbao.ingest.page import FloatArray, IntArray, PageContent
from gongbao.ingest.tables.bands import RuleFrame, Stack, band_of, find_frames, find_stacks, in_columns
from gongbao.ingest.tables.counted import numbered
from gongbao.ingest.tables.fill import Filled, fill_areas
from gongbao.ingest.tables.grids import Grid, floors_of, merge_areas
from gongbao.ingest.tables.header import is_figure
from gongbao.ingest.tables.judge import prose_columns
from gongbao.ingest.tables.levels import split_bands
from gongbao.ingest.tables.names import with_names_under
from gongbao.ingest.tables.words import BoolArray, Pieces, read_pieces, split_pieces


@dataclass(frozen=True, slots=True)
class BandedTolerances:
    """Set on tables with a rule or a shade for every row, cut by pages or not (tests/ingest/tables/test_banded.py).

    `slack`: points by which text may reach over the ends of its rules. `level`: points within which two heights
    are one. `many`: share of columns whose lines are cells of their own, where a band holds many rows. `fewest`:
    lines that all cells have alike, only if they are rows. `full`: font sizes that a wrapped line leaves free, at
    most. `wrapped`: share of lines that do. `several`: share of bands that may hold more than one row. `near`:
    font sizes from the last rule to the first line of a row that the page cuts off. `tight`: font sizes between
    its lines. `close`: font sizes between the lines of a cell. `same_size`: share by which sizes of one text
    differ. `headed`: share of the columns that a row above the first rule must fill. `foot`: of the page's height:
    what stands lower is furniture. `head`: what stands higher. `tall`: lines: rows of a table are seldom taller,
    columns of prose are. `alone`: columns of a row alone between two rules.
    """

    slack: float = 2.5
    level: float = 2.2
    many: float = 0.5
    fewest: int = 3
    full: float = 1.3
    wrapped: float = 0.6
    several: float = 0.2
    near: float = 2.2
    tight: float = 1.3
    close: float = 0.8
    same_size: float = 0.04
    headed: float = 0.5
    foot: float = 0.88
    head: float = 0.08
    tall: int = 8
    alone: int = 3


TOLERANCES = BandedTolerances()
_ENDS = "。；;：:！!？?，,、.）)"


@dataclass(frozen=True, slots=True, eq=False)
class _BandedPage:
    content: PageContent
    pieces: Pieces
    drawn: FloatArray

    def has_rule(self, y: float, left: float, right: float) -> bool:
        """A rule, not the side of a shaded area, over at least half of the way."""
        flat = self.content.horizontals
        own = flat[(np.abs(flat[:, 1] - y) <= TOLERANCES.level) & (flat[:, 2] > left) & (flat[:, 0] < right)]
        reach = np.minimum(own[:, 2], right) - np.maximum(own[:, 0], left)
        return float(reach.sum()) >= 0.5 * (right - left)


def find_banded(content: PageContent, drawn: FloatArray, places: IntArray) -> list[Filled]:
    """`content` upright; `drawn`: see read_edges, `places`: glyphs, both without what stands in other tables."""
    frames = find_frames(drawn, content.width)
    pieces = split_pieces(content.glyphs, places) if frames else None
    if pieces is None:
        return []
    page = _BandedPage(content, pieces, drawn)
    found: list[Filled] = []
    for frame in (frame for frame in frames if not any(_is_part(frame, other) for other in frames)):
        for stack in find_stacks(frame, _within(pieces, frame)):
            table = _read_stack(page, stack)
            if table is not None and not any(_overlap(table, other) for other in found):
                found.append(table)
    return found


def _is_part(frame: RuleFrame, other: RuleFrame) -> bool:
    """Some columns of a wider frame."""
    inside = other.ys[0] - TOLERANCES.level <= frame.ys[0] and frame.ys[-1] <= other.ys[-1] + TOLERANCES.level
    wider = other.right - other.left > frame.right - frame.left + 2 * TOLERANCES.level
    beside = min(abs(frame.left - other.left), abs(frame.right - other.right)) <= TOLERANCES.level
    return bool(inside and wider and beside)


def _within(pieces: Pieces, frame: RuleFrame) -> Pieces:
    return pieces.take((pieces.x0 >= frame.left - TOLERANCES.slack) & (pieces.x1 <= frame.right + TOLERANCES.slack))


def _overlap(one: Filled, other: Filled) -> bool:
    a, b = one.bbox, other.bbox
    return a.x0 < b.x1 and b.x0 < a.x1 and a.top < b.bottom - 1 and b.top < a.bottom - 1


def _read_stack(page: _BandedPage, stack: Stack) -> Filled | None:
    whole = _with_open_row(page, _with_first_row(page, _without_shade(page, stack)))
    several = [band for band in range(len(whole.ys) - 1) if _are_rows(page, whole, band)]
    if not (several and whole.drawn) and not _is_table(page, whole):
        return None
    if len(several) <= TOLERANCES.several * (len(whole.ys) - 1):
        return _filled(page, whole, _grid(page, whole), opened=_ends_open(page, whole))
    grid = _split_grid(page, whole, several) if whole.drawn and whole.block.n_cols > 1 else None
    return None if grid is None else _filled(page, whole, grid, opened=False)


def _filled(page: _BandedPage, stack: Stack, grid: Grid, *, opened: bool) -> Filled:
    areas = merge_areas(grid)
    filled = fill_areas(grid.xs, grid.ys, areas, page.content.glyphs)
    below = tuple(opened and area.row + area.row_span == grid.n_rows for area in areas)
    return replace(filled, open_bottom=below, walled=stack.drawn, doubtful=grid.n_rows < 2)


def _split_grid(page: _BandedPage, stack: Stack, several: list[int]) -> Grid | None:
    """Rules that bound the columns, but do not part all rows."""
    found = split_bands(stack, {band: _wrapped(page, stack, band) for band in several}, page.content.glyphs)
    if found is None:
        return None
    ys, rule, opened = found
    grid = _grid(page, stack)
    if not grid.floors[several].all():
        return None
    floors = np.where((rule >= 0)[:, None], grid.floors[rule], ~opened)
    band = np.searchsorted(stack.ys, (ys[1:] + ys[:-1]) / 2) - 1
    walls = np.where(np.isin(band, several)[:, None], _walls(stack, ys), grid.walls[band])
    return Grid(grid.xs, ys, walls, floors)


def _without_shade(page: _BandedPage, stack: Stack) -> Stack:
    """Where rules part the rows, the sides of shaded areas do not; but such an area may reach below the last rule."""
    frame, flat = stack.frame, page.content.horizontals
    flat = flat[(flat[:, 0] >= frame.left - TOLERANCES.slack) & (flat[:, 2] <= frame.right + TOLERANCES.slack)]
    ruled: BoolArray = np.any(np.abs(frame.ys[:, None] - flat[None, :, 1]) <= TOLERANCES.level, axis=1)
    if ruled.sum() * 2 <= len(ruled) or ruled[:-1].all():
        return stack
    ruled[-1] = True
    ruled[1] |= ruled[0] and _is_shaded_head(page, stack, int(np.flatnonzero(ruled[1:])[0]) + 1)
    kept = tuple(np.flatnonzero(ruled).tolist())
    return replace(stack, frame=replace(frame, ys=frame.ys[ruled], meets=tuple(frame.meets[k] for k in kept)))


def _is_shaded_head(page: _BandedPage, stack: Stack, then: int) -> bool:
    """A shade from the first rule on, with text in it and text between its lower side and the next rule."""
    frame, fills, band = stack.frame, page.content.fills, stack.row()
    wide = (fills[:, 0] <= frame.left + TOLERANCES.slack) & (fills[:, 2] >= frame.right - TOLERANCES.slack)
    sides = np.abs(fills[:, 1] - frame.ys[0]) + np.abs(fills[:, 3] - frame.ys[1])
    spoken = bool((band == 0).any() and ((band > 0) & (band < then)).any())
    return spoken and bool((wide & (sides <= 2 * TOLERANCES.level)).any())


def _grid(page: _BandedPage, stack: Stack) -> Grid:
    """Upright lines at the bounds of the columns, but where text stands across them."""
    block = stack.block
    middles = block.gutters.mean(axis=1)
    xs = np.concatenate([[stack.frame.left], middles, [stack.frame.right]])
    walls = _walls(stack, stack.ys)
    return with_names_under(stack, Grid(xs, stack.ys, walls & ~_centred_across(stack, xs), _floors(page, stack, xs)))


def _walls(stack: Stack, ys: FloatArray) -> BoolArray:
    """walls[i, k]: no text of row i stands across the bound k of the columns."""
    block, row = stack.block, band_of(stack.block.pieces, ys)
    middles = block.gutters.mean(axis=1)
    walls = np.ones((len(ys) - 1, block.n_cols + 1), dtype=np.bool_)
    for k in np.flatnonzero(block.column < 0).tolist():
        first, last = np.searchsorted(middles, [block.pieces.x0[k], block.pieces.x1[k]])
        walls[int(row[k]), first + 1 : last + 1] = False
    return walls


def _floors(page: _BandedPage, stack: Stack, xs: FloatArray) -> BoolArray:
    """Shade closes a cell only where no rule does: that of a row may be painted behind taller cells too."""
    flat = page.content.horizontals[:, (1, 0, 2)]
    apart = np.abs(flat[:, 0][:, None] - stack.ys[None, :]).min(axis=1)
    rules = floors_of(flat[apart <= TOLERANCES.level], stack.ys, xs)
    painted = floors_of(page.drawn, stack.ys, xs)
    ruled = rules.sum(axis=1) > 0
    return np.asarray(np.where(ruled[:, None], rules, painted), dtype=np.bool_)


def _centred_across(stack: Stack, xs: FloatArray) -> BoolArray:
    """Walls in the first row that a name is centred over: beside it, or below it, all is blank."""
    pieces, first = stack.block.pieces, np.flatnonzero(stack.row() == 0)
    out = np.zeros((len(stack.ys) - 1, len(xs)), dtype=np.bool_)
    taken = np.searchsorted(xs, np.column_stack((pieces.x0, pieces.x1))[first]) - 1
    for k, (low, high) in zip(first.tolist(), taken.tolist(), strict=True):
        middle = float(pieces.x0[k] + pieces.x1[k]) / 2
        before = taken[taken[:, 1] < low, 1].max(initial=-1) + 1
        after = taken[taken[:, 0] > high, 0].min(initial=len(xs) - 1)
        spans = [(a, b) for a in range(before, low + 1) for b in range(high, after)]
        spans = [(a, b) for a, b in spans if _is_middle(middle, xs[a], xs[b + 1])]
        if spans:
            a, b = max(spans, key=lambda span: span[1] - span[0])
            out[0, a + 1 : b + 1] = True
    return out


def _is_middle(x: float, low: float, high: float) -> bool:
    return bool(abs(x - (low + high) / 2) <= TOLERANCES.level)


def _ends_open(page: _BandedPage, stack: Stack) -> bool:
    """Rules part the rows, but none is below the last."""
    frame = stack.frame
    ruled = [page.has_rule(y, frame.left, frame.right) for y in stack.ys.tolist()]
    return sum(ruled) > 1 and not ruled[-1]


def _is_table(page: _BandedPage, stack: Stack) -> bool:
    n_rows, n_cols = len(stack.ys) - 1, stack.block.n_cols
    shaded = _is_shaded(page.content, stack)
    if n_cols < 2:
        return False
    if n_rows == 1 and _are_names_alone(page, stack):
        return True
    if stack.drawn:
        return n_rows > 1 or shaded or _ends_open(page, stack)
    prose = bool(prose_columns(stack.block).all())
    if prose and float(np.median(np.diff(stack.ys))) > TOLERANCES.tall * float(np.median(stack.block.pieces.size)):
        return False
    return n_rows >= 4 or (n_cols >= 3 and n_rows >= (2 if shaded else 3))


def _are_names_alone(page: _BandedPage, stack: Stack) -> bool:
    """A line in every column, and what some of these go on in, with nothing below but what every page has: names whose
    rows are on the next page."""
    pieces, column = stack.block.pieces, stack.block.column
    first = pieces.line == pieces.line.min()
    below = _within(page.pieces, stack.frame).top
    ends = not ((below > stack.ys[-1]) & (below < TOLERANCES.foot * page.content.height)).any()
    whole = len(np.unique(column[first])) == stack.block.n_cols >= TOLERANCES.alone
    return bool(ends and whole and 2 * (~first).sum() <= stack.block.n_cols)


def _is_shaded(content: PageContent, stack: Stack) -> bool:
    """Something is painted behind the first row and not behind the second."""
    f, x = content.fills, stack.frame.left + 2
    middles = (stack.ys[1:] + stack.ys[:-1])[:2] / 2
    painted = [bool(((f[:, 0] <= x) & (x <= f[:, 2]) & (f[:, 1] <= y) & (y <= f[:, 3])).any()) for y in middles]
    return painted[0] and not all(painted[1:])


def _are_rows(page: _BandedPage, stack: Stack, band: int) -> bool:
    """All columns have equally many lines here, the first counts them, or most have several that are no wrapped
    text."""
    block, here = stack.block, stack.row() == band
    lines = [len(np.unique(block.pieces.line[here & (block.column == c)])) for c in range(block.n_cols)]
    if min(lines) == max(lines) >= TOLERANCES.fewest:
        return True
    first = block.pieces.take(here & (block.column == 0))
    if lines[0] > 1 and len(numbered(read_pieces(page.content.glyphs, first).number, first.top)) == lines[0]:
        return True
    tall = [c for c, count in enumerate(lines) if count > 1]
    cells = [c for c in tall if not _is_wrapped(page, stack, c, here)]
    return len(tall) > 0 and len(cells) > TOLERANCES.many * len(tall)


def _wrapped(page: _BandedPage, stack: Stack, band: int) -> BoolArray:
    """Columns of which most lines in this band that stand close together go on from one another."""
    here, column = stack.row() == band, stack.block.column
    return np.array([_go_on(page, stack, c, np.flatnonzero(here & (column == c))) for c in range(stack.block.n_cols)])


def _go_on(page: _BandedPage, stack: Stack, column: int, at: IntArray) -> bool:
    pieces, own = stack.block.pieces, stack.block.column == column
    close = at[:-1][pieces.top[at[1:]] - pieces.bottom[at[:-1]] < TOLERANCES.close * pieces.size[at[1:]]]
    if not len(close) or all(is_figure(_text(page.content, pieces, k)) for k in close.tolist()):
        return False
    room = float(pieces.x1[own].max() - pieces.x0[own].min()) - (pieces.x1 - pieces.x0)[close]
    return float((room <= TOLERANCES.full * pieces.size[close]).mean()) >= TOLERANCES.wrapped


def _is_wrapped(page: _BandedPage, stack: Stack, column: int, here: BoolArray) -> bool:
    pieces, own = stack.block.pieces, stack.block.column == column
    left, right = float(pieces.x0[own].min()), float(pieces.x1[own].max())
    size = float(np.median(pieces.size[own]))
    at = np.flatnonzero(here & own)
    texts = [_text(page.content, pieces, k) for k in at.tolist()]
    if all(map(is_figure, texts)):
        return False
    room = (right - left) - (pieces.x1 - pieces.x0)[at][:-1]
    ended = np.array([text[-1] in _ENDS for text in texts[:-1]])
    return float(((room <= TOLERANCES.full * size) | ended).mean()) >= TOLERANCES.wrapped


def _text(content: PageContent, pieces: Pieces, k: int) -> str:
    return "".join(content.glyphs.text[at] for at in pieces.places[pieces.begin[k] : pieces.end[k]].tolist())


def _with_open_row(page: _BandedPage, stack: Stack) -> Stack:
    """The stack with the row below its last rule that the page cuts off, or that ends it without being shaded."""
    within = _within(page.pieces, stack.frame)
    lines = _lines_of_row(page, stack, within)
    if not lines.any():
        return stack
    ys = np.concatenate([stack.ys, [float(within.bottom[lines].max()) + 1]])
    frame = replace(stack.frame, ys=ys, meets=(*stack.frame.meets, np.zeros(0)))
    band = band_of(within, ys)
    longer = in_columns(frame, within.take((band >= 0) & (band < len(ys) - 1)))
    if longer is None or longer.block.n_cols < stack.block.n_cols:
        return stack
    added = longer.block.column[longer.row() == len(ys) - 2]
    return longer if len(added) and (added >= 0).all() else stack


def _with_first_row(page: _BandedPage, stack: Stack) -> Stack:
    """The stack with the row above its first rule, where rules are drawn below every row, or that begins the page
    without being shaded: close above it, in several of its columns."""
    within = _within(page.pieces, stack.frame)
    lines = _lines_above(stack, within)
    if not lines.any() or not (stack.drawn or _begins_page(page, within, lines)):
        return stack
    ys = np.concatenate([[float(within.top[lines].min()) - 1], stack.ys])
    frame = replace(stack.frame, ys=ys, meets=(np.zeros(0), *stack.frame.meets))
    band = band_of(within, ys)
    longer = in_columns(frame, within.take((band >= 0) & (band < len(ys) - 1)))
    if longer is None or longer.block.n_cols != stack.block.n_cols:
        return stack
    filled = len(np.unique(longer.block.column[longer.row() == 0]))
    return longer if filled >= max(2, TOLERANCES.headed * stack.block.n_cols) else stack


def _begins_page(page: _BandedPage, within: Pieces, lines: BoolArray) -> bool:
    above = within.bottom <= within.top[lines].min()
    return not (above & (within.top > TOLERANCES.head * page.content.height)).any()


def _lines_above(stack: Stack, within: Pieces) -> BoolArray:
    """The lines close above the first rule and each other, of the table's font size, across no column's bound."""
    size, (left, right) = float(np.median(stack.block.pieces.size)), stack.block.gutters.T
    taken, edge, reach = np.zeros(len(within), dtype=np.bool_), float(stack.ys[0]), TOLERANCES.near
    above = (within.top + within.bottom) / 2 < edge
    for line in np.unique(within.line[above])[::-1].tolist():
        at = above & (within.line == line)
        crosses = (within.x0[at][:, None] < left + 1) & (within.x1[at][:, None] > right - 1)
        if edge - float(within.bottom[at].max()) > reach * size or crosses.any():
            break
        if not _is_of_size(within.size[at], size):
            break
        taken |= at
        edge, reach = float(within.top[at].min()), TOLERANCES.tight
    return taken


def _is_of_size(sizes: FloatArray, size: float) -> bool:
    return bool((np.abs(sizes - size) <= TOLERANCES.same_size * size).all())


def _lines_of_row(page: _BandedPage, stack: Stack, within: Pieces) -> BoolArray:
    """The lines that stand close below the last rule, in its columns; none if the page goes on below them."""
    size, last = float(np.median(stack.block.pieces.size)), float(stack.ys[-1])
    taken, edge, reach = np.zeros(len(within), dtype=np.bool_), last, TOLERANCES.near
    below = within.top > last - 1
    for line in np.unique(within.line[below]).tolist():
        at = within.line == line
        if float(within.top[at].min()) - edge > reach * size or not _is_of_size(within.size[at], size):
            break
        taken |= at
        edge, reach = float(within.bottom[at].max()), TOLERANCES.tight
    cut_off = not (below & ~taken & (within.top < TOLERANCES.foot * page.content.height)).any()
    shade = not page.has_rule(last, stack.frame.left, stack.frame.right)
    return taken if cut_off or (shade and len(np.unique(within.x0[taken].round())) > 1) else np.zeros_like(taken)
