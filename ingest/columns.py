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


@dataclass(frozen=True, slots=True)
class ColumnTolerances:
    """Set on gazettes in two and three columns: notices, rosters, titles across, signatures in one column
    (tests/ingest/test_columns.py).

    `min_gap`: em. `shared`: em of height that two boxes share side by side: the lines of two columns need not
    agree. `min_pairs`: pairs of lines side by side that make a gutter. `full`: em: a line that ends this near to
    the gutter is full. `indent`: em: how far the first word of a column's line may stand in. `min_full`: share of
    left lines that are full. `min_aligned`: share of right lines that begin at the column's edge. `many_full`:
    or: more full lines, fewer aligned ones (a roster, a signature). `some_aligned`: and fewer aligned ones.
    `some_full`: or: few full lines, but edges like those of paragraphs; and of the right column's lines. `exact`:
    em; shares of lines. `most`: share of lines that begin so. `few`: share that either kind has at least. `many`:
    pairs from which the right column must show its edge. `min_width`: em: narrower is a list or a table, not a
    column of prose. `step`: of the column's usual gap, and em: a bigger gap parts its head or foot from the rest.
    `min_step`: the same in em. `clear`: em clear across both columns, over a title: a text with its own columns
    begins. `title`: of the usual size, among so many boxes under the clear strip. `under`: boxes that are looked
    at below it. `off`: em below a number, at least. `loose`: boxes of such a head. `max_boxes`: on one page;
    beyond, it is no page of prose and is read row by row.
    """

    min_gap: float = 0.8
    shared: float = 0.05
    min_pairs: int = 3
    full: float = 1.7
    indent: float = 2.8
    min_full: float = 0.5
    min_aligned: float = 0.7
    many_full: float = 0.6
    some_aligned: float = 0.35
    some_full: float = 0.2
    exact: float = 0.4
    most: float = 0.85
    few: float = 0.1
    many: int = 5
    min_width: float = 11.0
    step: float = 1.6
    min_step: float = 1.1
    clear: float = 1.6
    title: float = 1.13
    under: int = 6
    off: float = 0.8
    loose: int = 4
    max_boxes: int = 4_000


TOLERANCES = ColumnTolerances()


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
    if len(boxes) > TOLERANCES.max_boxes:
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
    if len(ends) < TOLERANCES.min_pairs and not near:
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
    gap = np.where((shared > TOLERANCES.shared * page.em) & (gap >= TOLERANCES.min_gap * page.em), gap, np.inf)
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
    if min(widths) < TOLERANCES.min_width * page.em and not hinted:
        return False
    full = float((ends >= gutter.left - TOLERANCES.full * page.em).mean())
    aligned = float((begins <= gutter.right + TOLERANCES.indent * page.em).mean())
    if hinted:  # pairs that touch the gutter on neither side, such as the ends of a running head, say nothing
        touching = ends >= gutter.left - TOLERANCES.full * page.em
        touching |= begins <= gutter.right + TOLERANCES.indent * page.em
        least = max(float(touching.mean()), TOLERANCES.min_full)
        return full >= TOLERANCES.many_full or aligned >= TOLERANCES.some_aligned * least
    if len(ends) >= TOLERANCES.many and _share_full(page, at, gutter) < TOLERANCES.some_full:
        return False
    if full >= TOLERANCES.min_full and aligned >= TOLERANCES.min_aligned:
        return True
    return (full >= TOLERANCES.many_full and aligned >= TOLERANCES.some_aligned) or (
        full >= TOLERANCES.some_full and _has_first_lines(page, gutter, begins)
    )


def _share_full(page: _Boxes, at: NDArray[np.int64], gutter: Gutter) -> float:
    """Of the boxes right of the gutter, how many reach the right edge; or, where more columns follow, of those
    of the next one its own edge."""
    right = at[page.x0[at] >= gutter.middle]
    column = right[page.x0[right] <= gutter.right + TOLERANCES.indent * page.em]
    return max(_reaching(page, right), _reaching(page, column))


def _reaching(page: _Boxes, boxes: NDArray[np.int64]) -> float:
    ends = page.x1[boxes]
    return float((ends >= ends.max() - TOLERANCES.full * page.em).mean()) if len(boxes) else 0.0


def _has_first_lines(page: _Boxes, gutter: Gutter, begins: FloatArray) -> bool:
    """Lines begin at the edge or two characters in (GB/T 9704-2012 7.3.3), and both occur: paragraphs."""
    steps = (begins - gutter.right) / page.em
    edge, indented = np.abs(steps) <= TOLERANCES.exact, np.abs(steps - 2) <= TOLERANCES.exact
    return bool((edge | indented).mean() >= TOLERANCES.most and TOLERANCES.few <= indented.mean() <= 1 - TOLERANCES.few)


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
    large = sorted(
        (i for i in members if page.sizes[i] >= TOLERANCES.title * page.em), key=lambda i: float(page.top[i])
    )
    found = {i for i in members if _crosses(page, i, gutter)} | _centred_alone(page, large, members)
    for order in (large, large[::-1]):  # its last lines, then its first ones
        for i in order:
            if any(_is_next(page, i, j, page.em) for j in found if page.sizes[j] >= TOLERANCES.title * page.em):
                found.add(i)
    return found | {i for i in members if any(_is_headed(page, i, j) for j in found) and _is_alone(page, i, members)}


def _centred_alone(page: _Boxes, large: list[int], members: list[int]) -> set[int]:
    """Titles in the middle of all columns with nothing beside them, though they are no wider than the middle one."""
    at = np.array(members)
    middle = float(page.x0[at].min() + page.x1[at].max())
    return {i for i in large if abs(page.x0[i] + page.x1[i] - middle) < 2 * page.em and not _has_beside(page, i, at)}


def _has_beside(page: _Boxes, i: int, at: NDArray[np.int64]) -> bool:
    shared = np.minimum(page.bottom[at], page.bottom[i]) - np.maximum(page.top[at], page.top[i])
    return bool(((shared > TOLERANCES.shared * page.em) & (at != i)).any())


def _is_headed(page: _Boxes, i: int, j: int) -> bool:
    """Set smaller than the title right above it."""
    title = float(page.sizes[j])
    smaller = title >= TOLERANCES.title * max(page.em, float(page.sizes[i]))
    return smaller and page.top[i] > page.top[j] and _is_next(page, i, j, title)


def _is_alone(page: _Boxes, i: int, members: list[int]) -> bool:
    """Nothing stands beside it or close below it: a number under its title."""
    at = np.array(members)
    under = (page.top[at] > page.top[i]) & (page.x0[at] < page.x1[i]) & (page.x1[at] > page.x0[i])
    gap = float(page.top[at][under].min(initial=np.inf)) - float(page.bottom[i])
    return gap > TOLERANCES.off * page.em and not _has_beside(page, i, at)


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
        rest = ordered[place:]
        clear = float(page.top[i]) - end > TOLERANCES.clear * page.em
        if clear and _has_title(page, rest[: TOLERANCES.under]) and _both(page, (parts[-1], rest), gutter):
            parts.append([])
        parts[-1].append(i)
        end = max(end, float(page.bottom[i]))
    return parts


def _both(page: _Boxes, parts: tuple[list[int], ...], gutter: Gutter) -> bool:
    """Each part stands on both sides of the gutter."""
    sides = ({bool(page.x0[i] + page.x1[i] < 2 * gutter.middle) for i in part} for part in parts)
    return all(len(side) == 2 for side in sides)


def _has_title(page: _Boxes, boxes: list[int]) -> bool:
    return any(page.sizes[i] >= TOLERANCES.title * page.em for i in boxes)


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
    full = [page.x1[i] >= gutter.left - TOLERANCES.full * page.em and page.sizes[i] > 0 for i in left]
    return len(left) > 1 and sum(full) >= TOLERANCES.min_full * len(left)


def _side_by_side(page: _Boxes, left: list[int], right: list[int]) -> bool:
    a, b = np.array(left), np.array(right)
    shared = np.minimum(page.bottom[a][:, None], page.bottom[b]) - np.maximum(page.top[a][:, None], page.top[b])
    return bool((shared > TOLERANCES.shared * page.em).any())


def _loose_head(page: _Boxes, left: list[int], right: list[int]) -> set[int]:
    """Right boxes above the left column that a wide step parts from their own (a number, a signature)."""
    begin = min(float(page.top[i]) for i in left)
    edge = float(np.quantile(page.x0[np.array(right)], 0.25)) + TOLERANCES.indent * page.em
    ordered = sorted(right, key=lambda i: float(page.top[i]))
    gaps = [float(page.top[below] - page.bottom[above]) for above, below in pairwise(ordered)]
    for place in range(min(len(gaps), TOLERANCES.loose), 0, -1):
        if any(page.x0[i] < edge for i in ordered[:place]):
            continue
        if page.bottom[ordered[place - 1]] <= begin + 0.3 * page.em and gaps[place - 1] > _wide(page, gaps):
            return set(ordered[:place])
    return set()


def _wide(page: _Boxes, gaps: list[float]) -> float:
    """A gap beyond this parts what stands in one column."""
    return max(TOLERANCES.step * max(float(np.quantile(gaps, 0.1)), 0.0), TOLERANCES.min_step * page.em)


def _loose_tail(page: _Boxes, left: list[int], right: list[int], gutter: Gutter) -> set[int]:
    """Left boxes under the end of the right column that a wide step parts from their own column."""
    end = max(float(page.bottom[i]) for i in right)
    ordered = sorted(left, key=lambda i: float(page.top[i]))
    gaps = [float(page.top[below] - page.bottom[above]) for above, below in pairwise(ordered)]
    wide = _wide(page, gaps) if gaps else 0.0
    for place, gap in enumerate(gaps, start=1):
        box = ordered[place]
        full = page.x1[box] >= gutter.left - TOLERANCES.full * page.em and page.sizes[box] > 0
        if page.top[box] >= end - 0.3 * page.em and gap > wide and not full:
            return set(ordered[place:])
    return set()
