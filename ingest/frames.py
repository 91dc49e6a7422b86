"""The text frame of every column: where its lines begin and end when they are full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongbao.ingest.layout import Line

_ENOUGH = 6  # lines that show a column's edges by themselves
_NEAR = 1.5  # points


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


def find_frames(lines: Sequence[Line], tables: Mapping[int, Sequence[Frame]]) -> dict[Key, Frame]:
    """(page, leaf) → frame, from the lines of all pages without their furniture.

    `tables`: left and right edges of each page's tables, which widen the page's own frame.

    A column of few lines borrows the frame of a like column: of its own page first (all
    columns together make the frame of what stands across), then of the other pages.
    """
    leaves: dict[Key, list[Line]] = defaultdict(list)
    for line in lines:
        leaves[line.page, line.leaf].append(line)
    own = {key: _around(column) for key, column in leaves.items()}
    depths = {key: column[0].depth for key, column in leaves.items()}
    pages = _page_frames(own, tables)
    usual = _usual({key: frame for key, frame in own.items() if len(leaves[key]) >= _ENOUGH}, depths)
    usual[0].extend(pages.values())
    return {
        key: frame
        if depths[key] and len(leaves[key]) >= _ENOUGH
        else _borrowed(frame, depths[key], pages[key[0]], usual)
        for key, frame in own.items()
    }


def _around(lines: Sequence[Line]) -> Frame:
    return Frame(min(line.x0 for line in lines), max(line.x1 for line in lines))


def _page_frames(own: dict[Key, Frame], tables: Mapping[int, Sequence[Frame]]) -> dict[int, Frame]:
    pages: dict[int, Frame] = {}
    for (page, _), frame in own.items():
        all_of_page = [pages.get(page, frame), frame, *tables.get(page, ())]
        pages[page] = Frame(min(f.left for f in all_of_page), max(f.right for f in all_of_page))
    return pages


def _usual(own: dict[Key, Frame], depths: dict[Key, int]) -> dict[int, list[Frame]]:
    usual: dict[int, list[Frame]] = defaultdict(list)
    for key, frame in own.items():
        usual[depths[key]].append(frame)
    return usual


def _borrowed(frame: Frame, depth: int, page: Frame, usual: dict[int, list[Frame]]) -> Frame:
    """The most common frame of such columns that holds this one; across the page, at least the page's."""
    known = page if depth == 0 else frame
    holding = [other for other in usual[depth] if other.holds(known)]
    if not holding:
        return known
    votes: dict[tuple[int, int], list[Frame]] = defaultdict(list)
    for other in holding:
        votes[round(other.left / 2), round(other.right / 2)].append(other)
    best = max(votes.values(), key=lambda found: (len(found), -found[0].width))
    return best[0] if len(best) > 1 or depth else known
