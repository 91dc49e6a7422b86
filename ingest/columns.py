"""Reading order by geometry: bands across the page, columns within them, never the file's order.

A gutter is a strip that many lines end at and many begin after. What crosses it (titles, full
notices, wide tables) parts the page into bands; within a band the left column is read before the
right one, and each side is looked at again in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from gongbao.ingest.page import FloatArray
from numpy.typing import NDArray

_MIN_GAP = 0.8  # em
_SHARED = 0.05  # em of height that two boxes share side by side: the lines of two columns need not agree
_MIN_PAIRS = 3  # pairs of lines side by side that make a gutter
_FULL = 1.7  # em: a line that ends this near to the gutter is full
_INDENT = 2.8  # em: how far the first word of a column's line may stand in
_MIN_FULL = 0.5  # share of left lines that are full
_MIN_ALIGNED = 0.7  # share of right lines that begin at the column's edge
_MANY_FULL, _SOME_ALIGNED = 0.6, 0.35  # or: more full lines, fewer aligned ones (a roster, a signature)
_SOME_FULL = 0.2  # or: few full lines, but edges like those of paragraphs; and of the right column's lines
_EXACT, _MOST, _FEW = 0.4, 0.85, 0.1  # em; shares of lines
_MANY = 5  # pairs from which the right column must show its edge
_MIN_WIDTH = 11.0  # em: narrower is a list or a table, not a column of prose
_STEP, _MIN_STEP = 1.6, 1.1  # of the column's usual gap, and em: a bigger gap parts its head or foot from the rest
_CLEAR = 1.6  # em clear across both columns, over a title: a text with its own columns begins
_TITLE, _UNDER = 1.13, 6  # of the usual size, among so many boxes under the clear strip
_OFF = 0.8  # em below a number, at least
_LOOSE = 4  # boxes of such a head
_MAX_BOXES = 4_000  # on one page; beyond, it is no page of prose and is read row by row


_Band = tuple[list[int], list[list[int]]]  # members; its columns, none where it goes across


@dataclass(frozen=True, slots=True)
class Leaf:
    """Boxes that are read one under the other. `members` count into the boxes; `depth` gutters around it."""

    members: tuple[int, ...]
    depth: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Gutter:
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(slots=True)
class _Boxes:
    """n x 4 boxes and what is asked of them often."""

    x0: FloatArray
    top: FloatArray
    x1: FloatArray
    bottom: FloatArray
    em: float
    sizes: FloatArray
    hints: tuple[Gutter, ...] = ()
    found: list[Gutter] = field(default_factory=list)


def read_order(
    boxes: FloatArray, sizes: FloatArray, em: float, hints: tuple[Gutter, ...] = ()
) -> tuple[list[Leaf], tuple[Gutter, ...]]:
    """Leaves in reading order, and the gutters found. `sizes`: the font size of each box, 0 for a table;
    `em`: the usual one; `hints`: gutters of other pages."""
    if not len(boxes):
        return [], ()
    page = _Boxes(boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3], em, sizes, hints)
    members = list(range(len(boxes)))
    if len(boxes) > _MAX_BOXES:
        return [_leaf(page, members, 0)], ()
    leaves = _split(page, members, 0)
    return leaves, tuple(page.found)


def _split(page: _Boxes, members: list[int], depth: int) -> list[Leaf]:
    gutter = _find_gutter(page, members) if depth < 3 else None
    if gutter is None:
        return [_leaf(page, members, depth)]
    page.found.append(gutter)
    leaves: list[Leaf] = []
    wide: list[int] = []
    for band, columns in _bands(page, members, gutter, outermost=depth == 0):
        if not columns:
            wide.extend(band)
            continue
        if wide:
            leaves.append(_leaf(page, wide, depth))
            wide = []
        for side in columns:
            leaves.extend(_split(page, side, depth + 1))
    if wide:
        leaves.append(_leaf(page, wide, depth))
    return leaves


def _leaf(page: _Boxes, members: list[int], depth: int) -> Leaf:
    ordered = sorted(members, key=lambda i: (page.top[i], page.x0[i]))
    at = np.array(ordered)
    return Leaf(tuple(ordered), depth, float(page.x0[at].min()), float(page.x1[at].max()))


# --- the gutter


def _find_gutter(page: _Boxes, members: list[int]) -> Gutter | None:
    left, right = _neighbours(page, members)
    ends, begins = page.x1[left], page.x0[right]
    best = _most_common_strip(ends, begins)
    if best is None:
        return None
    inside = (ends <= best + 0.01) & (begins >= best - 0.01)
    ends, begins, left, right = ends[inside], begins[inside], left[inside], right[inside]
    gutter = Gutter(float(np.quantile(ends, 0.9)), float(np.quantile(begins, 0.1)))
    near = [hint for hint in page.hints if gutter.left - page.em <= hint.middle <= gutter.right + page.em]
    if len(ends) < _MIN_PAIRS and not near:
        return None
    if not _is_prose(page, members, gutter, ends, begins, bool(near)):
        return None
    if near:  # the page's own lines may all stand in
        return Gutter(max(gutter.left, near[0].left), min(gutter.right, max(near[0].right, gutter.left + 1)))
    return gutter


def _neighbours(page: _Boxes, members: list[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs (box, nearest box to its right at the same height)."""
    at = np.array(members)
    x0, x1, top, bottom = page.x0[at], page.x1[at], page.top[at], page.bottom[at]
    shared = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top)
    gap = x0[None, :] - x1[:, None]
    gap = np.where((shared > _SHARED * page.em) & (gap >= _MIN_GAP * page.em), gap, np.inf)
    nearest = gap.argmin(axis=1)
    known = np.isfinite(gap[np.arange(len(at)), nearest])
    return at[np.flatnonzero(known)], at[nearest[known]]


def _most_common_strip(ends: FloatArray, begins: FloatArray) -> float | None:
    """The x that lies in the most gaps."""
    if not len(ends):
        return None
    tries = (ends + begins) / 2
    hits = ((ends[None, :] <= tries[:, None]) & (begins[None, :] >= tries[:, None])).sum(axis=1)
    best = np.sort(tries[hits == hits.max()])
    return float(best[len(best) // 2])


def _is_prose(
    page: _Boxes, members: list[int], gutter: Gutter, ends: FloatArray, begins: FloatArray, hinted: bool
) -> bool:
    at = np.array(members)
    widths = gutter.left - float(page.x0[at].min()), float(page.x1[at].max()) - gutter.right
    if min(widths) < _MIN_WIDTH * page.em and not hinted:
        return False
    full = float((ends >= gutter.left - _FULL * page.em).mean())
    aligned = float((begins <= gutter.right + _INDENT * page.em).mean())
    if hinted:  # pairs that touch the gutter on neither side, such as the ends of a running head, say nothing
        touching = (ends >= gutter.left - _FULL * page.em) | (begins <= gutter.right + _INDENT * page.em)
        return full >= _MANY_FULL or aligned >= _SOME_ALIGNED * max(float(touching.mean()), _MIN_FULL)
    if len(ends) >= _MANY and _share_full(page, at, gutter) < _SOME_FULL:
        return False
    if full >= _MIN_FULL and aligned >= _MIN_ALIGNED:
        return True
    return (full >= _MANY_FULL and aligned >= _SOME_ALIGNED) or (
        full >= _SOME_FULL and _has_first_lines(page, gutter, begins)
    )


def _share_full(page: _Boxes, at: NDArray[np.int64], gutter: Gutter) -> float:
    """Of the boxes right of the gutter, how many reach the right edge; or, where more columns follow, of those
    of the next one its own edge."""
    right = at[page.x0[at] >= gutter.middle]
    column = right[page.x0[right] <= gutter.right + _INDENT * page.em]
    return max(_reaching(page, right), _reaching(page, column))


def _reaching(page: _Boxes, boxes: NDArray[np.int64]) -> float:
    ends = page.x1[boxes]
    return float((ends >= ends.max() - _FULL * page.em).mean()) if len(boxes) else 0.0


def _has_first_lines(page: _Boxes, gutter: Gutter, begins: FloatArray) -> bool:
    """Lines begin at the edge or two characters in (GB/T 9704-2012 7.3.3), and both occur: paragraphs."""
    steps = (begins - gutter.right) / page.em
    edge, indented = np.abs(steps) <= _EXACT, np.abs(steps - 2) <= _EXACT
    return bool((edge | indented).mean() >= _MOST and _FEW <= indented.mean() <= 1 - _FEW)


# --- bands


def _bands(page: _Boxes, members: list[int], gutter: Gutter, *, outermost: bool) -> list[_Band]:
    """(members, columns) from top to bottom; no columns where the band goes across. `outermost`: no other columns
    stand beside these, which would show whether a strip that is clear across them parts two texts."""
    crossing = _crossing(page, members, gutter)
    edges = sorted((float(page.top[i]), float(page.bottom[i]), i) for i in crossing)
    rest = sorted((i for i in members if i not in crossing), key=lambda i: float(page.top[i]))
    bands: list[_Band] = []
    for top, bottom, wide in edges:
        above = [i for i in rest if page.top[i] + page.bottom[i] < top + bottom]
        rest = rest[len(above) :] if above == rest[: len(above)] else [i for i in rest if i not in set(above)]
        bands.extend(_zone(page, above, gutter, outermost=outermost))
        bands.append(([wide], []))
    bands.extend(_zone(page, rest, gutter, outermost=outermost))
    return bands


def _crossing(page: _Boxes, members: list[int], gutter: Gutter) -> set[int]:
    """Boxes across the gutter, the short lines of a title that goes across, and what is centred alone under it."""
    large = sorted((i for i in members if page.sizes[i] >= _TITLE * page.em), key=lambda i: float(page.top[i]))
    found = {i for i in members if _crosses(page, i, gutter)} | _centred_alone(page, large, members)
    for order in (large, large[::-1]):  # its last lines, then its first ones
        for i in order:
            if any(_is_next(page, i, j, page.em) for j in found if page.sizes[j] >= _TITLE * page.em):
                found.add(i)
    return found | {i for i in members if any(_is_headed(page, i, j) for j in found) and _is_alone(page, i, members)}


def _centred_alone(page: _Boxes, large: list[int], members: list[int]) -> set[int]:
    """Titles in the middle of all columns with nothing beside them, though they are no wider than the middle one."""
    at = np.array(members)
    middle = float(page.x0[at].min() + page.x1[at].max())
    return {i for i in large if abs(page.x0[i] + page.x1[i] - middle) < 2 * page.em and not _has_beside(page, i, at)}


def _has_beside(page: _Boxes, i: int, at: NDArray[np.int64]) -> bool:
    shared = np.minimum(page.bottom[at], page.bottom[i]) - np.maximum(page.top[at], page.top[i])
    return bool(((shared > _SHARED * page.em) & (at != i)).any())


def _is_headed(page: _Boxes, i: int, j: int) -> bool:
    """Set smaller than the title right above it."""
    title = float(page.sizes[j])
    smaller = title >= _TITLE * max(page.em, float(page.sizes[i]))
    return smaller and page.top[i] > page.top[j] and _is_next(page, i, j, title)


def _is_alone(page: _Boxes, i: int, members: list[int]) -> bool:
    """Nothing stands beside it or close below it: a number under its title."""
    at = np.array(members)
    under = (page.top[at] > page.top[i]) & (page.x0[at] < page.x1[i]) & (page.x1[at] > page.x0[i])
    gap = float(page.top[at][under].min(initial=np.inf)) - float(page.bottom[i])
    return gap > _OFF * page.em and not _has_beside(page, i, at)


def _is_next(page: _Boxes, i: int, j: int, size: float) -> bool:
    """Right under or over it, as near as lines of this size are, and on the same middle."""
    middle = abs(float(page.x0[i] + page.x1[i] - page.x0[j] - page.x1[j])) / 2
    apart = float(max(page.top[i] - page.bottom[j], page.top[j] - page.bottom[i]))
    return middle < page.em and 0 <= apart < 2 * size


def _crosses(page: _Boxes, i: int, gutter: Gutter) -> bool:
    inset = 0.3 * page.em
    return bool(page.x0[i] < gutter.middle - inset and page.x1[i] > gutter.middle + inset)


def _zone(page: _Boxes, zone: list[int], gutter: Gutter, *, outermost: bool) -> list[_Band]:
    """What stands between two crossings, cut where a new text begins under both columns."""
    bands: list[_Band] = []
    for part in _cut(page, zone, gutter) if outermost else [zone]:
        bands.extend(_columns(page, part, gutter))
    return bands


def _cut(page: _Boxes, zone: list[int], gutter: Gutter) -> list[list[int]]:
    """Texts that each have their own columns: over a title, a strip is clear across both."""
    parts: list[list[int]] = [[]]
    end = -np.inf
    ordered = sorted(zone, key=lambda i: float(page.top[i]))
    for place, i in enumerate(ordered):
        clear = float(page.top[i]) - end
        rest = ordered[place:]
        if clear > _CLEAR * page.em and _has_title(page, rest[:_UNDER]) and _both(page, (parts[-1], rest), gutter):
            parts.append([])
        parts[-1].append(i)
        end = max(end, float(page.bottom[i]))
    return parts


def _both(page: _Boxes, parts: tuple[list[int], ...], gutter: Gutter) -> bool:
    """Each part stands on both sides of the gutter."""
    sides = ({bool(page.x0[i] + page.x1[i] < 2 * gutter.middle) for i in part} for part in parts)
    return all(len(side) == 2 for side in sides)


def _has_title(page: _Boxes, boxes: list[int]) -> bool:
    return any(page.sizes[i] >= _TITLE * page.em for i in boxes)


def _columns(page: _Boxes, zone: list[int], gutter: Gutter) -> list[_Band]:
    """Rows before and after the columns, and the columns."""
    left = [i for i in zone if page.x0[i] + page.x1[i] < 2 * gutter.middle]
    right = [i for i in zone if page.x0[i] + page.x1[i] >= 2 * gutter.middle]
    if not right and _is_end(page, left, gutter):
        return [(zone, [left])]
    if not left or not right or not _side_by_side(page, left, right):
        return [(zone, [])] if zone else []
    early = _loose_head(page, left, right)
    late = _loose_tail(page, left, right, gutter)
    columns = [[i for i in left if i not in late], [i for i in right if i not in early]]
    before: list[_Band] = [(sorted(early), [])] if early else []
    after: list[_Band] = [(sorted(late), [])] if late else []
    return [*before, (zone, [side for side in columns if side]), *after]


def _is_end(page: _Boxes, left: list[int], gutter: Gutter) -> bool:
    """The last lines of a text in columns, which only fill the first one: most of them are full."""
    full = [page.x1[i] >= gutter.left - _FULL * page.em and page.sizes[i] > 0 for i in left]
    return len(left) > 1 and sum(full) >= _MIN_FULL * len(left)


def _side_by_side(page: _Boxes, left: list[int], right: list[int]) -> bool:
    a, b = np.array(left), np.array(right)
    shared = np.minimum(page.bottom[a][:, None], page.bottom[b]) - np.maximum(page.top[a][:, None], page.top[b])
    return bool((shared > _SHARED * page.em).any())


def _loose_head(page: _Boxes, left: list[int], right: list[int]) -> set[int]:
    """Right boxes above the left column that a wide step parts from their own (a number, a signature)."""
    begin = min(float(page.top[i]) for i in left)
    edge = float(np.quantile(page.x0[np.array(right)], 0.25)) + _INDENT * page.em
    ordered = sorted(right, key=lambda i: float(page.top[i]))
    gaps = [float(page.top[below] - page.bottom[above]) for above, below in pairwise(ordered)]
    for place in range(min(len(gaps), _LOOSE), 0, -1):
        if any(page.x0[i] < edge for i in ordered[:place]):
            continue
        if page.bottom[ordered[place - 1]] <= begin + 0.3 * page.em and gaps[place - 1] > _wide(page, gaps):
            return set(ordered[:place])
    return set()


def _wide(page: _Boxes, gaps: list[float]) -> float:
    """A gap beyond this parts what stands in one column."""
    return max(_STEP * max(float(np.quantile(gaps, 0.1)), 0.0), _MIN_STEP * page.em)


def _loose_tail(page: _Boxes, left: list[int], right: list[int], gutter: Gutter) -> set[int]:
    """Left boxes under the end of the right column that a wide step parts from their own column."""
    end = max(float(page.bottom[i]) for i in right)
    ordered = sorted(left, key=lambda i: float(page.top[i]))
    gaps = [float(page.top[below] - page.bottom[above]) for above, below in pairwise(ordered)]
    wide = _wide(page, gaps) if gaps else 0.0
    for place, gap in enumerate(gaps, start=1):
        box = ordered[place]
        full = page.x1[box] >= gutter.left - _FULL * page.em and page.sizes[box] > 0
        if page.top[box] >= end - 0.3 * page.em and gap > wide and not full:
            return set(ordered[place:])
    return set()
