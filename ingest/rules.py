"""Ruled lines, painted areas and pictures of a PDF page."""

from __future__ import annotations

import ctypes as c
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from gongbao.ingest.page import NO_BOXES, FloatArray

THIN = 2.5  # points: a painted bar no thicker than this is a line
_MIN_LENGTH = 3.0  # points: shorter strokes are parts of drawings
_STRAIGHT = 0.7  # points: a line that leans more is not a rule
MAX_OBJECTS = 200_000
_DEPTH = 8  # of forms in forms

_Boxes = Callable[[FloatArray, FloatArray, FloatArray, FloatArray], tuple[FloatArray, ...]]
_Point = tuple[float, float]
_Box = tuple[float, float, float, float]
_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def call(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of pdfium that takes and gives these types."""
    address = c.cast(function, c.c_void_p).value
    assert address is not None
    return c.CFUNCTYPE(result, *arguments)(address)


_ptr, _int = c.c_void_p, c.c_int
_count = call(raw.FPDFPage_CountObjects, _int, _ptr)
_get = call(raw.FPDFPage_GetObject, _ptr, _ptr, _int)
_type = call(raw.FPDFPageObj_GetType, _int, _ptr)
_form_count = call(raw.FPDFFormObj_CountObjects, _int, _ptr)
_form_get = call(raw.FPDFFormObj_GetObject, _ptr, _ptr, c.c_ulong)
_get_matrix = call(raw.FPDFPageObj_GetMatrix, _int, _ptr, _ptr)
_bounds = call(raw.FPDFPageObj_GetBounds, _int, _ptr, _ptr, _ptr, _ptr, _ptr)
_segments = call(raw.FPDFPath_CountSegments, _int, _ptr)
_segment = call(raw.FPDFPath_GetPathSegment, _ptr, _ptr, _int)
_segment_type = call(raw.FPDFPathSegment_GetType, _int, _ptr)
_segment_point = call(raw.FPDFPathSegment_GetPoint, _int, _ptr, _ptr, _ptr)
_segment_close = call(raw.FPDFPathSegment_GetClose, _int, _ptr)
_draw_mode = call(raw.FPDFPath_GetDrawMode, _int, _ptr, _ptr, _ptr)
_clip_of = call(raw.FPDFPageObj_GetClipPath, _ptr, _ptr)
_clip_count = call(raw.FPDFClipPath_CountPaths, _int, _ptr)
_clip_segments = call(raw.FPDFClipPath_CountPathSegments, _int, _ptr, _int)
_clip_segment = call(raw.FPDFClipPath_GetPathSegment, _ptr, _ptr, _int, _int)
fill_color = call(raw.FPDFPageObj_GetFillColor, _int, _ptr, _ptr, _ptr, _ptr, _ptr)


@dataclass(frozen=True, slots=True, eq=False)
class RuledLines:
    """See PageContent: n x 4 arrays x0, top, x1, bottom in points as shown."""

    horizontals: FloatArray
    verticals: FloatArray
    fills: FloatArray
    images: FloatArray


@dataclass(slots=True)
class _FoundRule:
    """Boxes in user space, still to be turned: two opposite corners each."""

    lines: list[_Box] = field(default_factory=list)
    areas: list[_Box] = field(default_factory=list)
    images: list[_Box] = field(default_factory=list)


def read_rules(page: pdfium.PdfPage, boxes: _Boxes, width: float, height: float) -> RuledLines:
    """`boxes` turns user space into points as shown."""
    found = _FoundRule()
    handle = c.cast(page.raw, c.c_void_p).value or 0
    for i in range(min(_count(handle), MAX_OBJECTS)):
        target = _get(handle, i)
        kind = _type(target)
        if kind != raw.FPDF_PAGEOBJ_TEXT:
            _read_object(target, kind, _IDENTITY, found, _DEPTH)
    return sort_rules(
        _turned(found.lines, boxes, width, height),
        _turned(found.areas, boxes, width, height),
        _turned(found.images, boxes, width, height),
    )


def sort_rules(strokes: FloatArray, areas: FloatArray, images: FloatArray) -> RuledLines:
    """Straight strokes and painted areas as shown (n x 4) → lines by their direction, thick areas and pictures."""
    lines = np.concatenate([strokes, _bars(areas)])
    flat, steep = lines[:, 3] - lines[:, 1] <= _STRAIGHT, lines[:, 2] - lines[:, 0] <= _STRAIGHT
    long = np.maximum(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]) >= _MIN_LENGTH
    horizontals, verticals = lines[flat & long].copy(), lines[steep & ~flat & long].copy()
    horizontals[:, 1] = horizontals[:, 3] = (horizontals[:, 1] + horizontals[:, 3]) / 2
    verticals[:, 0] = verticals[:, 2] = (verticals[:, 0] + verticals[:, 2]) / 2
    return RuledLines(horizontals, verticals, _thick(areas), images)


def _read_object(target: int, kind: int, matrix: _Matrix, found: _FoundRule, depth: int) -> None:
    """`matrix`: of the forms around it."""
    if kind == raw.FPDF_PAGEOBJ_PATH:
        _read_path(target, matrix, found)
    elif kind == raw.FPDF_PAGEOBJ_IMAGE:
        found.images.append(_image_box(target, matrix))
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth:
        inner = _times(_matrix_of(target), matrix)
        for i in range(min(_form_count(target), MAX_OBJECTS)):
            part = _form_get(target, i)
            _read_object(part, _type(part), inner, found, depth - 1)


def _matrix_of(target: int) -> _Matrix:
    values = (c.c_float * 6)()
    if not _get_matrix(target, c.addressof(values)):
        return _IDENTITY
    a, b, cc, d, e, f = values
    return a, b, cc, d, e, f


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, cc, d, e, f = first
    ta, tb, tc, td, te, tf = then
    return (
        a * ta + b * tc,
        a * tb + b * td,
        cc * ta + d * tc,
        cc * tb + d * td,
        e * ta + f * tc + te,
        e * tb + f * td + tf,
    )


def _image_box(target: int, matrix: _Matrix) -> _Box:
    edges = (c.c_float * 4)()
    base = c.addressof(edges)
    _bounds(target, base, base + 4, base + 8, base + 12)
    left, bottom, right, top = edges
    (x0, y0), (x1, y1) = _apply(matrix, (left, bottom)), _apply(matrix, (right, top))
    return x0, y0, x1, y1


def _apply(matrix: _Matrix, point: _Point) -> _Point:
    a, b, cc, d, e, f = matrix
    x, y = point
    return a * x + cc * y + e, b * x + d * y + f


def _read_path(target: int, matrix: _Matrix, found: _FoundRule) -> None:
    fill, stroke = c.c_int(), c.c_int()
    _draw_mode(target, c.addressof(fill), c.addressof(stroke))
    if not fill.value and not stroke.value:
        return
    painted = bool(fill.value) and not _is_invisible(target)
    clips = _clips(target, matrix) if painted else []
    for outline, curved in _outlines(target, _times(_matrix_of(target), matrix)):
        if stroke.value:
            found.lines.extend((*p, *q) for p, q in pairwise(outline))
        elif painted and not curved:
            found.areas.extend(_clipped(_around(outline), clips))


def _is_invisible(target: int) -> bool:
    """White or transparent paint only covers the paper."""
    rgba = (c.c_uint * 4)()
    base = c.addressof(rgba)
    if not fill_color(target, base, base + 4, base + 8, base + 12):
        return False
    red, green, blue, alpha = rgba
    return alpha == 0 or min(red, green, blue) >= 253


def _outlines(target: int, matrix: _Matrix) -> Iterator[tuple[list[_Point], bool]]:
    """The sub-paths of a path as corner points, and whether it bends anywhere."""
    x, y = c.c_float(), c.c_float()
    ax, ay = c.addressof(x), c.addressof(y)
    points: list[_Point] = []
    curved = False
    for i in range(min(_segments(target), MAX_OBJECTS)):
        segment = _segment(target, i)
        _segment_point(segment, ax, ay)
        kind = _segment_type(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, curved
            points, curved = [], False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        points.append(_apply(matrix, (x.value, y.value)))
        if _segment_close(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points, curved


def _clips(target: int, matrix: _Matrix) -> list[_Box]:
    """Boxes around the paths that the object is clipped to: some programs draw a table's rule
    as the whole cell painted through a slit."""
    clip = _clip_of(target)
    x, y = c.c_float(), c.c_float()
    ax, ay = c.addressof(x), c.addressof(y)
    found = []
    for path in range(max(_clip_count(clip), 0) if clip else 0):
        points = []
        for i in range(_clip_segments(clip, path)):
            _segment_point(_clip_segment(clip, path, i), ax, ay)
            points.append(_apply(matrix, (x.value, y.value)))
        if points:
            found.append(_around(points))
    return found


def _clipped(box: _Box, clips: list[_Box]) -> list[_Box]:
    x0, y0, x1, y1 = box
    for cx0, cy0, cx1, cy1 in clips:
        x0, y0, x1, y1 = max(x0, cx0), max(y0, cy0), min(x1, cx1), min(y1, cy1)
    return [(x0, y0, x1, y1)] if x0 <= x1 and y0 <= y1 else []


def _around(points: list[_Point]) -> _Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _turned(corners: list[_Box], boxes: _Boxes, width: float, height: float) -> FloatArray:
    """As shown, clipped to the page; what lies beside it is left out."""
    if not corners:
        return NO_BOXES
    x0, y0, x1, y1 = np.array(corners, dtype=np.float64).T
    left, top, right, bottom = boxes(x0, y0, x1, y1)
    on_page = (right >= 0) & (left <= width) & (bottom >= 0) & (top <= height)
    clipped = (np.clip(left, 0, width), np.clip(top, 0, height), np.clip(right, 0, width), np.clip(bottom, 0, height))
    return np.column_stack(clipped)[on_page]


def _bars(areas: FloatArray) -> FloatArray:
    """Thin painted areas as lines along their middle."""
    across = np.minimum(areas[:, 2] - areas[:, 0], areas[:, 3] - areas[:, 1])
    bars = areas[across <= THIN].copy()
    flat = bars[:, 3] - bars[:, 1] <= bars[:, 2] - bars[:, 0]
    middle_y, middle_x = (bars[:, 1] + bars[:, 3]) / 2, (bars[:, 0] + bars[:, 2]) / 2
    bars[flat, 1] = bars[flat, 3] = middle_y[flat]
    bars[~flat, 0] = bars[~flat, 2] = middle_x[~flat]
    return bars


def _thick(areas: FloatArray) -> FloatArray:
    across = np.minimum(areas[:, 2] - areas[:, 0], areas[:, 3] - areas[:, 1])
    return areas[across > THIN]
