"""A page's glyphs → its lines in reading order, each with the column that it stands in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from gongbao.corpus.geometry import BBox
from gongbao.ingest.columns import Gutter, Leaf, read_order
from gongbao.ingest.lines import Segment, find_segments, usual_size
from gongbao.ingest.page import FloatArray, Glyphs, IntArray

_SAME_LINE = 0.5  # of the lower line's height shared
_WORD_GAP = 0.18  # em between Latin letters that is a blank
_LEAST_SIZE = 1e-9  # points: of type that has no height
_WIDE_GAP = 0.6  # em between any characters that is a full-width blank


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line of one column. `xs`: left edges of the characters and the last right edge.

    `shown`: where the line stands on the page where its text is turned; all else is then of the
    page turned upright. `left`, `right`: the edges of its column on this page. `leaf` counts columns in reading order
    on the page; `depth` 0 where the line stands across the page. Blanks made from gaps are in
    `text` with the gap as their place.
    """

    page: int
    text: str
    xs: tuple[float, ...]
    top: float
    bottom: float
    size: float
    bold: bool
    font: str
    leaf: int
    depth: int
    left: float
    right: float
    confidence: float | None = None
    shown: BBox | None = None

    @property
    def x0(self) -> float:
        return self.xs[0]

    @property
    def x1(self) -> float:
        return self.xs[-1]

    @property
    def box(self) -> BBox:
        """Where the line stands on the page as shown."""
        return self.shown or BBox(self.x0, self.top, self.x1, self.bottom)


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A box that stands among the lines: table `table` of the page."""

    table: int
    leaf: int
    depth: int


@dataclass(frozen=True, slots=True)
class _Print:
    """A page's glyphs as plain lists, which single lines are faster read from; `left`, `right`: edges
    rounded to tenths of a point."""

    glyphs: Glyphs
    x0: list[float]
    x1: list[float]
    size: list[float]
    style: list[int]
    left: list[float]
    right: list[float]

    @classmethod
    def of(cls, glyphs: Glyphs) -> _Print:
        edges = (np.round(glyphs.x0, 1), np.round(glyphs.x1, 1))
        size = np.maximum(glyphs.size, _LEAST_SIZE)
        return cls(glyphs, *(values.tolist() for values in (glyphs.x0, glyphs.x1, size, glyphs.style, *edges)))


@dataclass(frozen=True, slots=True)
class PageLayout:
    """Lines and places of tables in reading order; `gutters` are those found here."""

    items: tuple[Line | PlacedTable, ...]
    gutters: tuple[Gutter, ...]


def lay_out(
    page: int, glyphs: Glyphs, among: IntArray, tables: FloatArray, hints: tuple[Gutter, ...] = ()
) -> PageLayout:
    """`among`: the glyphs of prose; `tables`: n x 4 boxes of the page's tables; `hints`: gutters elsewhere."""
    segments = find_segments(glyphs, among)
    em = usual_size(glyphs.take(among)) if len(among) else 10.0
    own = np.array([[s.x0, s.top, s.x1, s.bottom] for s in segments]).reshape(-1, 4)
    sizes = np.array([s.size for s in segments] + [0.0] * len(tables))
    leaves, gutters = read_order(np.concatenate([own, tables.reshape(-1, 4)]), sizes, em, hints)
    items: list[Line | PlacedTable] = []
    printed = _Print.of(glyphs)
    for number, leaf in enumerate(leaves):
        items.extend(_read_leaf(page, printed, segments, leaf, number, tables))
    return PageLayout(tuple(items), gutters)


def _read_leaf(
    page: int, printed: _Print, segments: list[Segment], leaf: Leaf, number: int, tables: FloatArray
) -> list[Line | PlacedTable]:
    rows = _rows([segments[i] for i in leaf.members if i < len(segments)])
    items: list[tuple[float, Line | PlacedTable]] = [
        (row[0].middle, _line(page, printed, row, leaf, number)) for row in rows
    ]
    for i in leaf.members:
        if i >= len(segments):
            box = tables[i - len(segments)]
            items.append((float(box[1]), PlacedTable(i - len(segments), number, leaf.depth)))
    items.sort(key=lambda item: item[0])
    return [item for _, item in items]


def _rows(segments: list[Segment]) -> list[list[Segment]]:
    """Segments that share a line, left to right; lines from top to bottom."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: s.middle):
        row = next((row for row in reversed(rows[-3:]) if _shares_line(row, segment)), None)
        if row is None:
            rows.append([segment])
        else:
            row.append(segment)
    rows.sort(key=lambda row: max(row, key=lambda s: s.size).middle)
    return [sorted(row, key=lambda s: s.x0) for row in rows]


def _shares_line(row: list[Segment], segment: Segment) -> bool:
    for other in row:
        shared = min(other.bottom, segment.bottom) - max(other.top, segment.top)
        if shared < _SAME_LINE * min(other.bottom - other.top, segment.bottom - segment.top):
            return False
        if min(other.x1, segment.x1) - max(other.x0, segment.x0) > 0.3 * min(other.size, segment.size):
            return False
    return True


def _line(page: int, printed: _Print, row: list[Segment], leaf: Leaf, number: int) -> Line:
    glyphs = printed.glyphs
    places = [place for segment in row for place in segment.places.tolist()]
    text, xs = _text_of(printed, places)
    size = max(row, key=lambda segment: len(segment.places)).size
    main = glyphs.styles[_most([printed.style[place] for place in places])]
    confidence = None if glyphs.confidence is None else float(glyphs.confidence[places].mean())
    return Line(
        page,
        text,
        xs,
        min(segment.top for segment in row),
        max(segment.bottom for segment in row),
        round(size, 2),
        main.bold,
        main.font,
        number,
        leaf.depth,
        leaf.left,
        leaf.right,
        confidence,
    )


def _most(styles: list[int]) -> int:
    first = styles[0]
    return first if styles.count(first) == len(styles) else int(np.bincount(styles).argmax())


def _text_of(printed: _Print, places: list[int]) -> tuple[str, tuple[float, ...]]:
    """The line's text with blanks where gaps say so, and its edges, none left of the one before."""
    text, x0, x1, size = printed.glyphs.text, printed.x0, printed.x1, printed.size
    last, edge = places[0], printed.left[places[0]]
    chars, edges = [text[last]], [edge]
    for place in places[1:]:
        gap = (x0[place] - x1[last]) / size[place]
        if gap > _WORD_GAP and (blank := _blank(text[last], text[place], gap)):
            chars.append(blank)
            edges.append(edge := max(edge, printed.right[last]))
        chars.append(text[place])
        edges.append(edge := max(edge, printed.left[place]))
        last = place
    edges.append(max(edge, printed.right[last]))
    return "".join(chars), tuple(edges)


def _blank(before: str, after: str, gap: float) -> str:
    if before.isspace() or after.isspace():
        return ""
    if gap > _WIDE_GAP:
        return "\u3000"
    return " " if gap > _WORD_GAP and _is_latin(before) and _is_latin(after) else ""


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
