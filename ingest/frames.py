"""The text frame of every column: where its lines begin and end when they are full."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongbao.ingest.layout import Line

_ENOUGH = 6  # lines that show a column's edges by themselves
_NEAR = 1.5  # points
_SAME_SIZE = 0.07  # of the body's: smaller lines are a browser's header, a note; larger ones titles
_FULL = 1.2  # em by which full lines of mixed script end before the edge
_INDENT = (1.6, 2.4)  # em by which first lines stand in: one line at the edge among them is enough
_SAME_WIDTH = 18.0  # points by which the widths of pages that are set alike may differ


@dataclass(frozen=True, slots=True)
class Frame:
    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left

    def holds(self, other: Frame) -> bool:
        return self.left - _NEAR <= other.left and other.right <= self.right + _NEAR


Key = tuple[int, int]  # page, leaf


def find_frames(
    lines: Sequence[Line], tables: Mapping[int, Sequence[Frame]], widths: Mapping[int, float], size: float
) -> dict[Key, Frame]:
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
    enough = {key for key, column in leaves.items() if len(column) >= _ENOUGH}
    usual = _usual({key: own[key] for key in enough}, depths, pages, widths)
    count = Counter(line.page for line in lines)
    frames = {}
    for key, frame in own.items():
        page, depth = key[0], depths[key]
        around = tables.get(page, ()) if count[page] < _ENOUGH else ()
        known = pages[page] if depth == 0 else frame
        alike = usual[_set_alike(widths[page]), depth]
        frames[key] = frame if depth and key in enough else _borrowed(known, depth, alike, around)
    return frames


def _usual(
    own: dict[Key, Frame], depths: dict[Key, int], pages: dict[int, Frame], widths: Mapping[int, float]
) -> dict[tuple[int, int], list[Frame]]:
    """By width of the page and depth of the column."""
    usual: dict[tuple[int, int], list[Frame]] = defaultdict(list)
    for key, frame in own.items():
        usual[_set_alike(widths[key[0]]), depths[key]].append(frame)
    for page, frame in pages.items():
        usual[_set_alike(widths[page]), 0].append(frame)
    return usual


def _set_alike(width: float) -> int:
    return round(width / _SAME_WIDTH)


def _around(lines: Sequence[Line], size: float) -> Frame:
    """Where lines of the body's type begin and end; one that stands out alone widens no frame."""
    body = [line for line in lines if abs(line.size - size) <= _SAME_SIZE * size]
    if len(body) < _ENOUGH:
        return Frame(min(line.x0 for line in lines), max(line.x1 for line in lines))
    lefts, rights = sorted(line.x0 for line in body), sorted((line.x1 for line in body), reverse=True)
    hangs = _INDENT[0] * size <= lefts[1] - lefts[0] <= _INDENT[1] * size
    return Frame(lefts[0] if hangs else _supported(lefts, _FULL * size), _supported(rights, _FULL * size))


def _supported(edges: Sequence[float], near: float) -> float:
    """The outermost edge that another line keeps too."""
    return next((edge for edge, inner in pairwise(edges) if abs(edge - inner) <= near), edges[0])


def _page_frames(own: dict[Key, Frame]) -> dict[int, Frame]:
    pages: dict[int, Frame] = {}
    for (page, _), frame in own.items():
        both = [pages.get(page, frame), frame]
        pages[page] = Frame(min(f.left for f in both), max(f.right for f in both))
    return pages


def _borrowed(known: Frame, depth: int, usual: Sequence[Frame], tables: Sequence[Frame]) -> Frame:
    """The most common frame of such columns that holds this one; where none does, its own with the tables around."""
    votes: dict[tuple[int, int], list[Frame]] = defaultdict(list)
    for other in (other for other in usual if other.holds(known)):
        votes[round(other.left / 2), round(other.right / 2)].append(other)
    best = max(votes.values(), key=lambda found: (len(found), -found[0].width), default=[])
    if best and (len(best) > 1 or depth):
        return best[0]
    around = [known, *tables]
    return Frame(min(f.left for f in around), max(f.right for f in around))
