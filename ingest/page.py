"""What stands on a page before anyone has understood it: glyphs, ruled lines, areas.

Points, origin at the top left of the page as it is shown (page rotation and crop box are
already applied). Arrays run parallel: place i of each belongs to glyph i. The order of the
glyphs is that of the file and means nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

SLANTED = -1
NO_BOXES: FloatArray = np.zeros((0, 4))


@dataclass(frozen=True, slots=True)
class GlyphStyle:
    """How a run of glyphs is set. `angle`: quarter turns clockwise as shown, 0 upright, or SLANTED."""

    font: str
    bold: bool
    color: tuple[int, int, int, int]  # red, green, blue, alpha 0..255
    angle: int


@dataclass(frozen=True, slots=True, eq=False)
class Glyphs:
    """Printed characters, one code point each (`len(text)` = length of every array).

    Boxes are em boxes, not ink: x0..x1 is the advance, top..bottom one font size high around
    the baseline, so that all glyphs of one line and size share their top. `size` is the font
    size in points as shown; `style` counts into `styles`. `confidence`, 0..1, only from OCR.
    """

    text: str
    x0: FloatArray
    top: FloatArray
    x1: FloatArray
    bottom: FloatArray
    size: FloatArray
    style: IntArray
    styles: tuple[GlyphStyle, ...]
    confidence: FloatArray | None = None

    def __len__(self) -> int:
        return len(self.text)

    def take(self, at: IntArray) -> Glyphs:
        """The glyphs at these places, in this order."""
        confidence = None if self.confidence is None else self.confidence[at]
        return Glyphs(
            "".join([self.text[i] for i in at.tolist()]),
            self.x0[at],
            self.top[at],
            self.x1[at],
            self.bottom[at],
            self.size[at],
            self.style[at],
            self.styles,
            confidence,
        )

    def with_more(self, more: Glyphs) -> Glyphs:
        """These glyphs and then those others, which have no confidence of their own."""
        pairs = [(self.x0, more.x0), (self.top, more.top), (self.x1, more.x1), (self.bottom, more.bottom)]
        x0, top, x1, bottom = (np.concatenate(pair) for pair in pairs)
        style = np.concatenate([self.style, more.style + len(self.styles)])
        size = np.concatenate([self.size, more.size])
        return Glyphs(self.text + more.text, x0, top, x1, bottom, size, style, self.styles + more.styles)

    @property
    def boxes(self) -> FloatArray:
        """n x 4: x0, top, x1, bottom."""
        return np.column_stack((self.x0, self.top, self.x1, self.bottom)) if len(self.text) else NO_BOXES

    @property
    def angle(self) -> IntArray:
        """Quarter turns clockwise of each glyph, 0 upright."""
        return np.array([style.angle for style in self.styles], dtype=np.int64)[self.style]


_NONE: FloatArray = np.zeros(0)
NO_GLYPHS = Glyphs("", _NONE, _NONE, _NONE, _NONE, _NONE, np.zeros(0, np.int64), ())


@dataclass(frozen=True, slots=True, eq=False)
class PageContent:
    """One page. All areas are n x 4 arrays x0, top, x1, bottom.

    `horizontals` and `verticals`: ruled lines (strokes, thin filled bars, edges of stroked
    rectangles) with no thickness: top == bottom, or x0 == x1. `fills`: painted areas wider
    than a line, white ones left out. `images`: pictures. `unmapped`: share of glyphs whose font
    names no character. `added`: which of the glyphs come from fields and notes (表单域 2 处).
    """

    number: int
    width: float
    height: float
    glyphs: Glyphs = NO_GLYPHS
    horizontals: FloatArray = field(default_factory=lambda: NO_BOXES)
    verticals: FloatArray = field(default_factory=lambda: NO_BOXES)
    fills: FloatArray = field(default_factory=lambda: NO_BOXES)
    images: FloatArray = field(default_factory=lambda: NO_BOXES)
    unmapped: float = 0.0
    added: str = ""
