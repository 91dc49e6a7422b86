"""Spans that lie apart and in order, found by place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from gongbao.corpus.offsets import Span


class SpanPlaces:
    """Disjoint spans of one text."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]

    def covering(self, at: int) -> Span | None:
        """The span that holds the character at `at`."""
        index = bisect_right(self._starts, at) - 1
        span = self._spans[index] if index >= 0 else None
        return span if span and at < span.end else None

    def overlapping(self, span: Span) -> Span | None:
        """The last span that shares a character with `span`."""
        index = bisect_left(self._starts, span.end) - 1
        found = self._spans[index] if index >= 0 else None
        return found if found and span.start < found.end else None

    def around(self, at: int) -> tuple[Span | None, Span | None]:
        """The last span that begins at or before `at`, and the first that begins after it."""
        index = bisect_right(self._starts, at)
        before = self._spans[index - 1] if index else None
        return before, self._spans[index] if index < len(self._spans) else None
