"""Places on a page: PDF points, origin at the page's top left, y downwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class BBox:
    """A rectangle in PDF points; origin top left, so top < bottom."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def union(self, other: BBox) -> BBox:
        return BBox(
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )

    @staticmethod
    def around(boxes: Iterable[BBox]) -> BBox:
        """The smallest box that holds all of `boxes`; ValueError for none."""
        found = list(boxes)
        return BBox(
            min(b.x0 for b in found),
            min(b.top for b in found),
            max(b.x1 for b in found),
            max(b.bottom for b in found),
        )


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """A box on one page of one file; `page` counts from 1."""

    file: str
    page: int
    bbox: BBox


NOWHERE = BBox(0.0, 0.0, 0.0, 0.0)  # of what is on no page: a line of a text file
