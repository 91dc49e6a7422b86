"""The only offset arithmetic in the house: spans, text → page boxes, normalised → original.

`Span` counts characters (Python code points) of one immutable text, end exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gongbao.corpus.geometry import BBox, Region
from gongbao.corpus.language.width import folded


@dataclass(frozen=True, slots=True, order=True)
class Span:
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Characters that stand on one printed line: text[start : start + len(xs) - 1].

    `xs` are the left edges in points, and at the end the last right edge; for text that
    does not run from left to right (rotated, vertical) every character has the whole box.
    """

    start: int
    page: int
    top: float
    bottom: float
    xs: tuple[float, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.xs) - 1

    def box(self, start: int, end: int) -> BBox:
        """The box of text[start:end], clipped to this run."""
        first, last = max(start - self.start, 0), min(end - self.start, len(self.xs) - 1)
        return BBox(self.xs[first], self.top, self.xs[last], self.bottom)


@dataclass(frozen=True, slots=True)
class CharMap:
    """Where each character of a document's text is printed: runs ordered by `start`.

    Text without a printed place (separators, text files) is in no run.
    """

    runs: tuple[GlyphRun, ...] = ()

    def regions(self, span: Span, file: str) -> tuple[Region, ...]:
        """One region per printed line that `span` touches, in reading order."""
        return tuple(Region(file, run.page, run.box(span.start, span.end)) for run in self._touched(span))

    def pages(self, span: Span) -> tuple[int, ...]:
        return tuple(dict.fromkeys(run.page for run in self._touched(span)))

    def _touched(self, span: Span) -> Iterator[GlyphRun]:
        at = max(bisect_right(self.runs, span.start, key=lambda run: run.start) - 1, 0)
        for run in self.runs[at:]:
            if run.start >= span.end:
                return
            if run.end > span.start:
                yield run


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """From a normalised text back to its original: origins[i] is where character i came from."""

    origins: tuple[int, ...]
    length: int

    def to_original(self, span: Span) -> Span:
        """The original characters from the first to the last of `span` (empty stays empty)."""
        if not len(span):
            at = self.origins[span.start] if span.start < len(self.origins) else self.length
            return Span(at, at)
        return Span(self.origins[span.start], self.origins[span.end - 1] + 1)


def normalise(text: str) -> tuple[str, OffsetMap]:
    """Fold width and compatibility forms (NFKC) and drop all white space; keep the way back."""
    kept_all: list[str] = []
    origins: list[int] = []
    for at, char in enumerate(text):
        kept = _folded(char)
        kept_all.append(kept)
        origins.extend([at] * len(kept))
    return "".join(kept_all), OffsetMap(tuple(origins), len(text))


_folded = lru_cache(maxsize=65536)(folded)
