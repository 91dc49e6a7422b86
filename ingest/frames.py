"""The text frame of every column: where its lines begin and end when they are full."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongbao.ingest.layout import Line


@dataclass(frozen=True, slots=True)
class FrameTolerances:
    """Set on pages of notices with a wide table, a browser's header, and of one line (tests/ingest/test_layouts.py).

    `enough`: lines that show a column's edges by themselves. `near`: points by which one frame may stand out of
    another that holds it. `same_size`: of the body's type; smaller lines are a browser's header or a note, larger ones
    titles. `full`: em by which full lines of mixed script end before the edge. `indent`: em by which first lines stand
    in; one line at the edge among them is enough. `same_width`: points by which pages that are set alike may differ.
    `few`: full lines, at most, where a title's lines show the middle of the page better: notices of appointment have
    none. `one_middle`: points by which their middles may differ. `stands_in`: em by which they begin behind the edge
    and apart.
    """

    enough: int = 6
    near: float = 1.5
    same_size: float = 0.07
    full: float = 1.2
    indent: tuple[float, float] = (1.6, 2.4)
    same_width: float = 18.0
    few: int = 2
    one_middle: float = 1.0
    stands_in: float = 1.0


TOLERANCES = FrameTolerances()


@dataclass(frozen=True, slots=True)
class PageFrame:
    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left

    def holds(self, other: PageFrame) -> bool:
        return self.left - TOLERANCES.near <= other.left and other.right <= self.right + TOLERANCES.near


Key = tuple[int, int]  # page, leaf


def find_frames(
    lines: Sequence[Line], tables: Mapping[int, Sequence[PageFrame]], widths: Mapping[int, float], size: float
) -> dict[Key, PageFrame]:
    """(page, leaf) → frame, from the lines of all pages without their furniture.

    `tables`: left and right edges of each page's tables; `widths` of the pages in points; `size` of the body.

    A column of few lines borrows the frame of a like column: of its own page first (all
    columns together make the frame of what stands across), then of the other pages. A table makes
    the frame only of a page that has nothing else to show it.
    """
    leaves: dict[Key, list[Line]] = defaultdict(list)
    for line in lines:
        leaves[line.page, line.leaf].append(line)
    own = {key: _around(column, size) for key, column in leaves.items()}
    depths = {key: column[0].depth for key, column in leaves.items()}
    pages = _page_frames(own)
    enough = {key for key, column in leaves.items() if len(column) >= TOLERANCES.enough}
    usual = _usual({key: own[key] for key in enough}, depths, pages, widths)
    count = Counter(line.page for line in lines)
    frames = {}
    for key, frame in own.items():
        page, depth = key[0], depths[key]
        around = tables.get(page, ()) if count[page] < TOLERANCES.enough else ()
        known = pages[page] if depth == 0 else frame
        alike = usual[_set_alike(widths[page]), depth]
        frames[key] = frame if depth and key in enough else _borrowed(known, depth, alike, around)
        if not depth and not around:
            frames[key] = _about_title(leaves[key], frames[key], size, widths[page])
    return frames


def _about_title(lines: Sequence[Line], frame: PageFrame, size: float, width: float) -> PageFrame:
    """As far to the right of a title's middle as to the left, where next to no line is full and all end before."""
    ends = [line.x1 for line in lines if abs(line.size - size) <= TOLERANCES.same_size * size]
    if sum(end >= max(ends) - TOLERANCES.full * size for end in ends) > TOLERANCES.few:
        return frame
    middle = _title_middle(lines, frame, size)
    right = 2 * middle - frame.left if middle is not None else 0.0
    holds = max(line.x1 for line in lines) <= right + TOLERANCES.near and right <= width - frame.left / 2
    return PageFrame(frame.left, right) if right > frame.right and holds else frame


def _title_middle(lines: Sequence[Line], frame: PageFrame, size: float) -> float | None:
    """Of two lines below each other, larger than the text, that begin at different places."""
    for above, below in pairwise(lines):
        middle = (above.x0 + above.x1) / 2
        large = min(above.size, below.size) > (1 + TOLERANCES.same_size) * size
        level = abs(middle - (below.x0 + below.x1) / 2) <= TOLERANCES.one_middle
        begin = sorted((above.x0, below.x0))
        inside = begin[0] - frame.left >= TOLERANCES.stands_in * size <= begin[1] - begin[0]
        if large and level and inside:
            return middle
    return None


def _usual(
    own: dict[Key, PageFrame], depths: dict[Key, int], pages: dict[int, PageFrame], widths: Mapping[int, float]
) -> dict[tuple[int, int], list[PageFrame]]:
    """By width of the page and depth of the column."""
    usual: dict[tuple[int, int], list[PageFrame]] = defaultdict(list)
    for key, frame in own.items():
        usual[_set_alike(widths[key[0]]), depths[key]].append(frame)
    for page, frame in pages.items():
        usual[_set_alike(widths[page]), 0].append(frame)
    return usual


def _set_alike(width: float) -> int:
    return round(width / TOLERANCES.same_width)


def _around(lines: Sequence[Line], size: float) -> PageFrame:
    """Where lines of the body's type begin and end; one that stands out alone widens no frame."""
    body = [line for line in lines if abs(line.size - size) <= TOLERANCES.same_size * size]
    if len(body) < TOLERANCES.enough:
        return PageFrame(min(line.x0 for line in lines), max(line.x1 for line in lines))
    lefts, rights = sorted(line.x0 for line in body), sorted((line.x1 for line in body), reverse=True)
    hangs = TOLERANCES.indent[0] * size <= lefts[1] - lefts[0] <= TOLERANCES.indent[1] * size
    return PageFrame(
        lefts[0] if hangs else _supported(lefts, TOLERANCES.full * size), _supported(rights, TOLERANCES.full * size)
    )


def _supported(edges: Sequence[float], near: float) -> float:
    """The outermost edge that another line keeps too."""
    return next((edge for edge, inner in pairwise(edges) if abs(edge - inner) <= near), edges[0])


def _page_frames(own: dict[Key, PageFrame]) -> dict[int, PageFrame]:
    pages: dict[int, PageFrame] = {}
    for (page, _), frame in own.items():
        both = [pages.get(page, frame), frame]
        pages[page] = PageFrame(min(f.left for f in both), max(f.right for f in both))
    return pages


def _borrowed(known: PageFrame, depth: int, usual: Sequence[PageFrame], tables: Sequence[PageFrame]) -> PageFrame:
    """The most common frame of such columns that holds this one; where none does, its own with the tables around."""
    votes: dict[tuple[int, int], list[PageFrame]] = defaultdict(list)
    for other in (other for other in usual if other.holds(known)):
        votes[round(other.left / 2), round(other.right / 2)].append(other)
    best = max(votes.values(), key=lambda found: (len(found), -found[0].width), default=[])
    if best and (len(best) > 1 or depth):
        return best[0]
    around = [known, *tables]
    return PageFrame(min(f.left for f in around), max(f.right for f in around))
