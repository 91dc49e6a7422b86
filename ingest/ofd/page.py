"""Objects of an OFD page → its content as every reader gives it: glyphs with em boxes, ruled lines, areas."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from gongbao.ingest.ofd.content import (
    BLACK,
    MAX_OBJECTS,
    ImageItem,
    Item,
    PathItem,
    Point,
    Rgba,
    TextItem,
    apply,
    is_wide,
)
from gongbao.ingest.ofd.document import POINTS, Font
from gongbao.ingest.page import NO_BOXES, NO_GLYPHS, SLANTED, FloatArray, Glyphs, GlyphStyle, PageContent
from gongbao.ingest.pdf import MAX_GLYPHS, TooManyGlyphs
from gongbao.ingest.rules import sort_rules

_ASCENT, _HANGS = 0.88, 0.12  # of the em box, as for PDF
_UPRIGHT = 0.08  # quarter turns that text may lean
_WHITE = 253
_Box = tuple[float, float, float, float]


@dataclass(slots=True)
class _Glyphs:
    text: list[str] = field(default_factory=list)
    boxes: list[_Box] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    style: list[int] = field(default_factory=list)
    styles: dict[GlyphStyle, int] = field(default_factory=dict)

    def made(self) -> Glyphs:
        if not self.text:
            return NO_GLYPHS
        x0, top, x1, bottom = np.array(self.boxes, dtype=np.float64).T
        size, style = np.array(self.sizes), np.array(self.style, dtype=np.int64)
        return Glyphs("".join(self.text), x0, top, x1, bottom, size, style, tuple(self.styles))


def page_content(
    number: int, width: float, height: float, items: Iterable[Item], fonts: dict[str, Font]
) -> tuple[PageContent, Glyphs]:
    """The page (sizes in millimetres), and the characters of its watermarks. TooManyGlyphs."""
    glyphs, marks = _Glyphs(), _Glyphs()
    strokes: list[_Box] = []
    areas: list[_Box] = []
    images: list[_Box] = []
    for item in items:
        if isinstance(item, TextItem):
            _add_text(marks if item.watermark else glyphs, item, fonts)
        elif isinstance(item, PathItem):
            _add_path(item, strokes, areas)
        else:
            images.append(_image_box(item))
        if len(glyphs.text) > MAX_GLYPHS or len(strokes) + len(areas) > MAX_OBJECTS:
            raise TooManyGlyphs(f"> {MAX_GLYPHS}")
    wide, high = width * POINTS, height * POINTS
    rules = sort_rules(*(_on_page(boxes, wide, high) for boxes in (strokes, areas, images)))
    page = PageContent(number, wide, high, glyphs.made(), rules.horizontals, rules.verticals, rules.fills, rules.images)
    return page, marks.made()


def _add_text(found: _Glyphs, item: TextItem, fonts: dict[str, Font]) -> None:
    font = fonts.get(item.font)
    scale = math.hypot(*item.matrix[2:4]) * POINTS
    style = GlyphStyle(font.name if font else "", item.bold, item.color, _angle(item))
    at = found.styles.setdefault(style, len(found.styles))
    for char in item.chars:
        for text, box in _boxes(item, char.text, char.x, char.y, char.advance, char.down):
            found.text.append(text)
            found.boxes.append(box)
            found.sizes.append(item.size * scale)
            found.style.append(at)


def _boxes(item: TextItem, text: str, x: float, y: float, advance: float, down: bool) -> Iterator[tuple[str, _Box]]:
    """The em box as shown, in points; none for blanks, which no reader counts as printed."""
    if not text.isprintable() or text.isspace():
        return
    size = item.size
    across = size * item.stretch if down or is_wide(text) else max(min(abs(advance), size), size * 0.2)
    left, top, right, bottom = x, y - _ASCENT * size, x + across, y + _HANGS * size
    if item.turn in (90, 270):  # the character is turned about its place, the line is not
        top, right, bottom = y - size, x + size, y
    points = [apply(item.matrix, (a, b)) for a in (left, right) for b in (top, bottom)]
    yield text, _around(points)


def _angle(item: TextItem) -> int:
    """Quarter turns clockwise; SLANTED where the text stands on none."""
    a, b = item.matrix[0], item.matrix[1]
    turns = math.degrees(math.atan2(b, a)) / 90 + item.turn / 90
    return round(turns) % 4 if abs(turns - round(turns)) < _UPRIGHT else SLANTED


def _add_path(item: PathItem, strokes: list[_Box], areas: list[_Box]) -> None:
    for points, bent in item.outlines:
        if item.stroke is not None and not _is_invisible(item.stroke):
            strokes.extend(_scaled(p, q) for p, q in pairwise(points))
        elif item.fill is not None and not bent and not _is_invisible(item.fill):
            areas.append(_around(points))


def _is_invisible(color: Rgba) -> bool:
    """White or transparent paint only covers the paper."""
    return color[3] == 0 or (color != BLACK and min(color[:3]) >= _WHITE)


def _scaled(p: Point, q: Point) -> _Box:
    x0, x1 = sorted((p[0] * POINTS, q[0] * POINTS))
    y0, y1 = sorted((p[1] * POINTS, q[1] * POINTS))
    return x0, y0, x1, y1


def _around(points: Iterable[Point]) -> _Box:
    xs, ys = zip(*points, strict=True)
    return min(xs) * POINTS, min(ys) * POINTS, max(xs) * POINTS, max(ys) * POINTS


def _image_box(item: ImageItem) -> _Box:
    return _scaled(*item.corners)


def _on_page(boxes: list[_Box], width: float, height: float) -> FloatArray:
    """Clipped to the page; what lies beside it is left out."""
    if not boxes:
        return NO_BOXES
    found = np.array(boxes, dtype=np.float64)
    inside = (found[:, 2] >= 0) & (found[:, 0] <= width) & (found[:, 3] >= 0) & (found[:, 1] <= height)
    return np.clip(found[inside], 0, [width, height, width, height])
