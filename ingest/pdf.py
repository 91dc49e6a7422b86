"""PDF → page content: glyphs with boxes, ruled lines, areas; through pdfium's own calls.

pdfium's functions are called by address with plain integers: a third of a microsecond each
instead of two through the typed bindings, which is what makes a box for every glyph cheap.
"""

from __future__ import annotations

import ctypes as c
import math
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from gongbao.ingest.annotations import read_annotations
from gongbao.ingest.page import NO_GLYPHS, SLANTED, FloatArray, Glyphs, GlyphStyle, PageContent
from gongbao.ingest.rules import RuledLines, call, fill_color, read_rules

_ASCENT, _HANGS = 0.88, 0.12  # of the em box, as in most CJK fonts: above the baseline and below it
_BOLD = 600
_SAMPLE = 300  # glyphs that tell how many have no character
_UPRIGHT = 0.08  # quarter turns that text may lean, as on a crooked scan
_BLACK = struct.pack("4I", 0, 0, 0, 255)
MAX_GLYPHS = 400_000  # a page with more is not a page that anyone reads


_ptr, _int = c.c_void_p, c.c_int
_unicode = call(raw.FPDFText_GetUnicode, c.c_uint, _ptr, _int)
_loose_box = call(raw.FPDFText_GetLooseCharBox, _int, _ptr, _int, _ptr)
_origin = call(raw.FPDFText_GetCharOrigin, _int, _ptr, _int, _ptr, _ptr)
_object = call(raw.FPDFText_GetTextObject, _ptr, _ptr, _int)
_generated = call(raw.FPDFText_IsGenerated, _int, _ptr, _int)
_unmapped = call(raw.FPDFText_HasUnicodeMapError, _int, _ptr, _int)
_font_size = call(raw.FPDFText_GetFontSize, c.c_double, _ptr, _int)
_matrix = call(raw.FPDFText_GetMatrix, _int, _ptr, _int, _ptr)
_font_of = call(raw.FPDFTextObj_GetFont, _ptr, _ptr)
_font_name = call(raw.FPDFFont_GetBaseFontName, c.c_size_t, _ptr, _ptr, c.c_size_t)
_font_weight = call(raw.FPDFFont_GetWeight, _int, _ptr)


class TooManyGlyphs(Exception):
    """A page with more glyphs than any printed page has."""


@dataclass(frozen=True, slots=True)
class Affine:
    """User space of the page → points as shown: x' = a x + c y + e, y' = b x + d y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def points(self, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def boxes(self, x0: FloatArray, y0: FloatArray, x1: FloatArray, y1: FloatArray) -> tuple[FloatArray, ...]:
        """Two opposite corners → left, top, right, bottom."""
        (ax, ay), (bx, by) = self.points(x0, y0), self.points(x1, y1)
        return np.minimum(ax, bx), np.minimum(ay, by), np.maximum(ax, bx), np.maximum(ay, by)


def read_page(document: pdfium.PdfDocument, index: int) -> PageContent:
    """Page `index` (from 0). pypdfium2's PdfiumError where pdfium cannot load it; TooManyGlyphs."""
    page = document[index]
    try:
        width, height = page.get_size()
        shown = _shown(page, width, height)
        rules = read_rules(page, shown.boxes, width, height)
        with _text_page(page) as text:
            glyphs, unmapped = _read_glyphs(text, shown)
        content = _content(index + 1, width, height, glyphs, rules, unmapped)
        more, added = read_annotations(page, shown.boxes)
        return replace(content, glyphs=glyphs.with_more(more), added=added) if more else content
    finally:
        page.close()


def _content(
    number: int, width: float, height: float, glyphs: Glyphs, rules: RuledLines, unmapped: float
) -> PageContent:
    return PageContent(
        number,
        width,
        height,
        glyphs,
        rules.horizontals,
        rules.verticals,
        rules.fills,
        rules.images,
        unmapped,
    )


def _shown(page: pdfium.PdfPage, width: float, height: float) -> Affine:
    """How pdfium shows the page: crop box moved to the origin, turned, y downwards."""
    scale = 1000  # device units per point: pdfium rounds to whole ones

    def at(x: float, y: float) -> tuple[float, float]:
        dx, dy = c.c_int(), c.c_int()
        raw.FPDF_PageToDevice(page.raw, 0, 0, int(width * scale), int(height * scale), 0, x, y, dx, dy)
        return dx.value / scale, dy.value / scale

    far = 100.0
    (e, f), (xx, xy), (yx, yy) = at(0, 0), at(far, 0), at(0, far)
    steps = (round(v / far, 6) for v in (xx - e, xy - f, yx - e, yy - f))
    a, b, cc, d = steps
    return Affine(a, b, cc, d, e, f)


@contextmanager
def _text_page(page: pdfium.PdfPage) -> Iterator[int]:
    text = raw.FPDFText_LoadPage(page.raw)
    if not text:
        raise pdfium.PdfiumError("Failed to load the text of the page.")
    try:
        yield c.cast(text, c.c_void_p).value or 0
    finally:
        raw.FPDFText_ClosePage(text)


def _read_glyphs(text: int, shown: Affine) -> tuple[Glyphs, float]:
    """The glyphs that are really printed, and the share of them that name no character."""
    count = raw.FPDFText_CountChars(c.cast(text, raw.FPDF_TEXTPAGE))
    if count > MAX_GLYPHS:
        raise TooManyGlyphs(f"{count} > {MAX_GLYPHS}")
    unicode, printed_codes = _unicode, _PRINTED
    codes = [unicode(text, i) for i in range(count)]
    printed = [i for i, code in enumerate(codes) if code in printed_codes or _is_printed(code, text, i)]
    if not printed:
        return NO_GLYPHS, 0.0
    styles = _Styles(shown)
    style = np.array(styles.of(text, printed), dtype=np.int64)
    known = styles.known[style]
    origin, loose = _places(text, printed)
    chars = "".join([chr(codes[i]) for i in printed])
    glyphs = _boxed(chars, origin, loose, known, style, styles, shown)
    sample = printed[:: len(printed) // _SAMPLE + 1]
    unmapped = sum(_unmapped(text, i) == 1 for i in sample) / len(sample)
    return glyphs, unmapped


_PRINTED = frozenset(
    code
    for first, last in ((0x21, 0x2C), (0x2E, 0x7E), (0x4E00, 0x9FFE), (0x3001, 0x301F), (0xFF01, 0xFF5E))
    for code in range(first, last + 1)
)  # what pdfium never puts in by itself
_UNPRINTED = frozenset((0x7F, 0xFEFF, 0xFFFE, 0x200B))


def _is_printed(code: int, text: int, at: int) -> bool:
    """Not a control, and not a blank or hyphen that pdfium put in by itself."""
    if code < 0x20 or code in _UNPRINTED or 0xD800 <= code <= 0xDFFF:
        return False
    return not _generated(text, at)


def _places(text: int, printed: list[int]) -> tuple[FloatArray, FloatArray]:
    """Origins (n x 2) and loose boxes (n x 4: left, top, right, bottom), in user space."""
    origin = np.zeros((len(printed), 2))
    loose = np.zeros((len(printed), 4), dtype=np.float32)
    o, b, find_origin, find_box = origin.ctypes.data, loose.ctypes.data, _origin, _loose_box
    for i in printed:
        find_origin(text, i, o, o + 8)
        find_box(text, i, b)
        o += 16
        b += 16
    return origin, loose.astype(np.float64)


class _Styles:
    """GlyphStyle of each glyph: asked once for each text object, worked out once for each way of setting type."""

    def __init__(self, shown: Affine) -> None:
        self._shown = shown
        self._objects: dict[int, int] = {}
        self._ways: dict[tuple[int, float, bytes], int] = {}
        self._fonts: dict[int, tuple[str, bool]] = {}
        self._places: dict[tuple[GlyphStyle, float, float], int] = {}
        self._buffer = c.create_string_buffer(40)  # a matrix of six floats, then red, green, blue, alpha
        self._matrix = c.addressof(self._buffer)
        self._rgba = self._matrix + 24

    def of(self, text: int, places: list[int]) -> list[int]:
        """The style of each of these glyphs."""
        known, find = self._objects, _object
        found = []
        for at in places:
            target = find(text, at) or 0
            style = known.get(target)
            if style is None or not target:
                style = known[target] = self._read(text, at, target)
            found.append(style)
        return found

    @property
    def styles(self) -> tuple[GlyphStyle, ...]:
        return tuple(style for style, _, _ in self._places)

    @property
    def known(self) -> FloatArray:
        """Font size as shown along (0) and across (1) the line, and quarter turns (2), for each style."""
        return np.array([(along, across, style.angle) for style, along, across in self._places])

    def _read(self, text: int, at: int, target: int) -> int:
        _matrix(text, at, self._matrix)
        rgba = self._rgba
        if not target or not fill_color(target, rgba, rgba + 4, rgba + 8, rgba + 12):
            c.memmove(rgba, _BLACK, 16)
        raw_bytes = self._buffer.raw
        key = (_font_of(target) or 0 if target else 0, _font_size(text, at), raw_bytes[:16] + raw_bytes[24:])
        found = self._ways.get(key)
        if found is None:
            found = self._ways[key] = self._work_out(*key)
        return found

    def _work_out(self, font: int, size: float, setting: bytes) -> int:
        a, b, cc, d, *rgba = struct.unpack("4f4I", setting)
        size = abs(size) or 1.0
        along, across = size * math.hypot(a, b), size * math.hypot(cc, d)
        name, bold = self._font(font)
        style = GlyphStyle(name, bold, (rgba[0], rgba[1], rgba[2], rgba[3]), self._angle(a, b))
        return self._places.setdefault((style, round(along, 2), round(across, 2)), len(self._places))

    def _angle(self, a: float, b: float) -> int:
        """Quarter turns; SLANTED where the text stands on none."""
        x = self._shown.a * a + self._shown.c * b
        y = self._shown.b * a + self._shown.d * b
        turns = math.degrees(math.atan2(y, x)) / 90
        return round(turns) % 4 if abs(turns - round(turns)) < _UPRIGHT else SLANTED

    def _font(self, font: int) -> tuple[str, bool]:
        if not font:
            return "", False
        if font not in self._fonts:
            buffer = c.create_string_buffer(128)
            _font_name(font, c.addressof(buffer), 128)
            name = buffer.value.decode("utf-8", "replace").split("+", 1)[-1]
            bold = _font_weight(font) >= _BOLD or "bold" in name.lower()
            self._fonts[font] = name, bold
        return self._fonts[font]


def _boxed(
    chars: str,
    origin: FloatArray,
    loose: FloatArray,
    known: FloatArray,
    style: np.ndarray[Any, np.dtype[np.int64]],
    styles: _Styles,
    shown: Affine,
) -> Glyphs:
    """Em boxes as shown; a full-width glyph is one size wide whatever its ink."""
    at = shown.points(origin[:, 0], origin[:, 1])
    left, top, right, bottom = shown.boxes(loose[:, 0], loose[:, 1], loose[:, 2], loose[:, 3])
    along, across, angle = known[:, 0], known[:, 1], known[:, 2]
    turns = [(angle == 0) | (angle == SLANTED), angle == 2, angle == 1, angle == 3]
    x0, x1 = _across(turns, at[0], (left, right), along, across, _is_wide(chars))
    y0, y1 = _down(turns, at[1], (top, bottom), along, across, _is_wide(chars))
    x0, x1 = _shared_out(origin, x0, np.maximum(x1, x0))
    return Glyphs(chars, x0, y0, x1, np.maximum(y1, y0), across, style, styles.styles)


_Flags = np.ndarray[Any, np.dtype[np.bool_]]
_Sides = tuple[FloatArray, FloatArray]


def _across(
    turns: list[_Flags], x: FloatArray, loose: _Sides, along: FloatArray, across: FloatArray, wide: _Flags
) -> _Sides:
    """Left and right sides; `turns`: which glyphs are upright, upside down, set downwards, set upwards."""
    left, right = loose
    first = [np.where(wide, x, np.minimum(x, left)), left, x - _HANGS * across, x - _ASCENT * across]
    last = [np.where(wide, np.maximum(x + along, right), right), x, x + _ASCENT * across, x + _HANGS * across]
    return np.select(turns, first), np.select(turns, last)


def _down(
    turns: list[_Flags], y: FloatArray, loose: _Sides, along: FloatArray, across: FloatArray, wide: _Flags
) -> _Sides:
    """Upper and lower sides."""
    top, bottom = loose
    first = [y - _ASCENT * across, y - _HANGS * across, np.where(wide, y, top), np.where(wide, y - along, top)]
    last = [y + _HANGS * across, y + _ASCENT * across, np.where(wide, y + along, bottom), np.where(wide, y, bottom)]
    return np.select(turns, first), np.select(turns, last)


def _shared_out(origin: FloatArray, x0: FloatArray, x1: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Characters of one glyph (——, ﬁ) come with the same place: each gets its share of the width."""
    first = np.concatenate([[True], np.any(np.diff(origin, axis=0) != 0, axis=1)])
    if first.all():
        return x0, x1
    group = np.cumsum(first) - 1
    size = np.bincount(group)[group]
    place = np.arange(len(group)) - np.flatnonzero(first)[group]
    width = (x1 - x0) / size
    return np.where(size > 1, x0 + place * width, x0), np.where(size > 1, x0 + (place + 1) * width, x1)


def _is_wide(chars: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Ideographs and full-width forms, which every CJK font sets one em wide."""
    codes = np.frombuffer(chars.encode("utf-32-le"), dtype=np.uint32)
    return (
        ((codes >= 0x2E80) & (codes < 0xA960))
        | ((codes >= 0xF900) & (codes < 0xFAFF))
        | ((codes >= 0xFF01) & (codes < 0xFF61))
    )
