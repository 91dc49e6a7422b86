"""A second reading of a page whose text layer pdfium gives doubtfully: pdfplumber's.

pdfminer, under pdfplumber, decodes in other ways: it takes the character map of an embedded
TrueType font where the file names none, knows the CMaps of the Asian collections by itself, and
says (cid:N) where it cannot tell. Too slow for every page, it is asked only for these.
"""

from __future__ import annotations

import logging
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from gongbao.ingest.page import SLANTED, Glyphs, GlyphStyle, PageContent

MAX_GLYPHS = 20_000  # about two seconds; what has more would take the time of the page
_SAME_PAGE = 1.0  # points that the two readers' pages may differ
_LEAST = 0.8  # of the glyphs that pdfium found
_CHANGED = 0.5  # of the glyphs without a map: two guesses that agree tell nothing new
_UNKNOWN = "\ufffd"
_CID = re.compile(r"\(cid:\d+\)")
_ASCENT = 0.88
_UPRIGHT = 0.08  # quarter turns


@dataclass(frozen=True, slots=True)
class _Glyph:
    """One code point with its em box as shown, in points."""

    char: str
    box: tuple[float, float, float, float]
    size: float
    style: GlyphStyle


def read_again(file: Path, first: PageContent) -> PageContent | None:
    """`first` with the glyphs that pdfplumber reads on the same page; None where it cannot, or finds
    much less. What names no character is U+FFFD."""
    if len(first.glyphs) > MAX_GLYPHS:
        return None
    try:
        found = list(_read(file, first))
    except Exception:  # whatever ails it: pdfium's reading stands
        return None
    if len(found) < _LEAST * len(first.glyphs) or not _tells_more(found, first):
        return None
    return replace(first, glyphs=_glyphs(found), unmapped=0.0)


def _tells_more(found: list[_Glyph], first: PageContent) -> bool:
    """Where the font names no characters both may take glyph numbers for them."""
    same = Counter(glyph.char for glyph in found) & Counter(first.glyphs.text)
    return 1 - same.total() / max(len(first.glyphs), 1) >= _CHANGED * first.unmapped


def _read(file: Path, first: PageContent) -> Iterator[_Glyph]:
    import pdfplumber  # slow to load, and most files never need it

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it complains about fonts, glyph after glyph
    with pdfplumber.open(file, pages=[first.number]) as document:
        page = document.pages[0]
        if max(abs(page.width - first.width), abs(page.height - first.height)) > _SAME_PAGE:
            return
        for char in page.chars:
            yield from _glyphs_of(char, float(page.bbox[0]), float(page.bbox[1]))


def _glyphs_of(char: dict[str, Any], left: float, top: float) -> Iterator[_Glyph]:
    """The code points of one printed glyph, each with its share of the width; `left`, `top`: the page's corner."""
    text = _UNKNOWN if _CID.fullmatch(char["text"]) else char["text"]
    x0, y0, x1, y1 = char["x0"] - left, char["top"] - top, char["x1"] - left, char["bottom"] - top
    size = float(char["size"])
    turn = _turn(char["matrix"])
    if turn in (0, SLANTED):  # an em box around the baseline, as pdfium's reading has it
        base = y1 - (char["matrix"][5] - char["y0"])
        y0, y1 = base - _ASCENT * size, base + (1 - _ASCENT) * size
    style = GlyphStyle(_font(char), "bold" in _font(char).lower(), _colour(char["non_stroking_color"]), turn)
    share = (x1 - x0) / max(len(text), 1)
    for place, one in enumerate(text):
        if one >= " ":
            yield _Glyph(one, (x0 + place * share, y0, x0 + (place + 1) * share, y1), size, style)


def _turn(matrix: Sequence[float]) -> int:
    """Quarter turns clockwise; the matrix counts upwards."""
    turns = math.degrees(math.atan2(-matrix[1], matrix[0])) / 90
    return round(turns) % 4 if abs(turns - round(turns)) < _UPRIGHT else SLANTED


def _font(char: dict[str, Any]) -> str:
    return str(char["fontname"]).split("+", 1)[-1]


def _colour(parts: Any) -> tuple[int, int, int, int]:
    """Grey, RGB or CMYK, 0..1 each; patterns and unknown ones count as black."""
    known = [v for v in parts if isinstance(v, int | float)] if isinstance(parts, Sequence) else []
    if len(known) == 4:
        known = [(1 - v) * (1 - known[3]) for v in known[:3]]
    red, green, blue = known * 3 if len(known) == 1 else known if len(known) == 3 else (0, 0, 0)
    return int(255 * red), int(255 * green), int(255 * blue), 255


def _glyphs(found: list[_Glyph]) -> Glyphs:
    styles = {style: place for place, style in enumerate(dict.fromkeys(glyph.style for glyph in found))}
    boxes = np.array([glyph.box for glyph in found], dtype=np.float64).reshape(-1, 4)
    return Glyphs(
        "".join(glyph.char for glyph in found),
        boxes[:, 0],
        boxes[:, 1],
        boxes[:, 2],
        boxes[:, 3],
        np.array([glyph.size for glyph in found], dtype=np.float64),
        np.array([styles[glyph.style] for glyph in found], dtype=np.int64),
        tuple(styles),
    )
