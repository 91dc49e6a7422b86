"""Form fields, notes (FreeText) and stamps that hold text → glyphs, as if they were printed on the page.

pdfium's text is that of the page's own content; what a person typed into a field or wrote over the
page is in its annotations (ISO 32000-1, 12.5, 12.7). Where it stands comes from the annotation's box.
"""

from __future__ import annotations

import ctypes as c
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from gongbao.corpus.errors import DamagedFile
from gongbao.corpus.names import shown
from gongbao.ingest.page import FloatArray, Glyphs, GlyphStyle

_Boxes = Callable[[FloatArray, FloatArray, FloatArray, FloatArray], tuple[FloatArray, ...]]

_KINDS = {raw.FPDF_ANNOT_WIDGET: "表单域", raw.FPDF_ANNOT_FREETEXT: "批注", raw.FPDF_ANNOT_STAMP: "图章"}
_HIDDEN = 0x2 | 0x20  # hidden, not to be viewed
_TYPED = frozenset(("Tx", "Ch"))  # fields that hold text; a button's value is a state
_SIZE = re.compile(r"([\d.]+)\s+Tf")
_STYLE = GlyphStyle("", False, (0, 0, 0, 255), 0)


@dataclass(frozen=True, slots=True)
class AnnotationTolerances:
    """`most`: annotations of a page that are looked at; `size` in points where the field names none; `leading` in
    font sizes; `fill`: of the box's height that one line may take."""

    most: int = 2000
    size: float = 10.0
    leading: float = 1.2
    fill: float = 0.9


TOLERANCES = AnnotationTolerances()


@dataclass(frozen=True, slots=True)
class _Note:
    kind: str
    text: str
    size: float
    box: tuple[float, float, float, float]  # in user space: left, bottom, right, top


def read_annotations(page: pdfium.PdfPage, boxes: _Boxes) -> tuple[Glyphs | None, str]:
    """The glyphs of the page's annotations, and how many of each kind there are; `boxes`: user space → as shown."""
    count = min(raw.FPDFPage_GetAnnotCount(page.raw), TOLERANCES.most)
    notes = [note for at in range(count) if (note := _note(page, at))]
    if not notes:
        return None, ""
    kinds = Counter(note.kind for note in notes)
    return _glyphs(notes, boxes), "、".join(f"{kind} {number} 处" for kind, number in kinds.items())


def _note(page: pdfium.PdfPage, at: int) -> _Note | None:
    annotation = raw.FPDFPage_GetAnnot(page.raw, at)
    if not annotation:
        return None
    try:
        kind = _KINDS.get(raw.FPDFAnnot_GetSubtype(annotation))
        if kind is None or raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
            return None
        field = kind == "表单域"
        if field and _string(annotation, "FT") not in _TYPED:
            return None
        text = _string(annotation, "V" if field else "Contents").replace("\r", "\n").strip()
        named = _SIZE.search(_string(annotation, "DA"))
        size = float(named[1]) if named else 0.0
        return _Note(kind, text, size or TOLERANCES.size, _box(annotation)) if text else None
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _string(annotation: raw.FPDF_ANNOTATION, key: str) -> str:
    name = key.encode()
    length = raw.FPDFAnnot_GetStringValue(annotation, name, None, 0)
    buffer = (c.c_ushort * (length // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(annotation, name, buffer, length)
    return bytes(buffer)[: max(length - 2, 0)].decode("utf-16-le", "replace")


def _box(annotation: raw.FPDF_ANNOTATION) -> tuple[float, float, float, float]:
    rect = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, c.byref(rect))
    return rect.left, rect.bottom, rect.right, rect.top


def _glyphs(notes: list[_Note], boxes: _Boxes) -> Glyphs:
    corners = np.array([note.box for note in notes], dtype=np.float64).T
    shown = np.column_stack(boxes(corners[0], corners[1], corners[2], corners[3])).tolist()
    placed = [glyph for note, box in zip(notes, shown, strict=True) for glyph in _set(note, box)]
    x0, top, x1, size = np.array([glyph[1:] for glyph in placed], dtype=np.float64).T
    text = "".join(glyph[0] for glyph in placed)
    return Glyphs(text, x0, top, x1, top + size, size, np.zeros(len(text), np.int64), (_STYLE,))


def _set(note: _Note, box: list[float]) -> Iterator[tuple[str, float, float, float, float]]:
    """Each character with left side, top, right side and size: the lines stand in the middle of the box."""
    left, top, right, bottom = box
    size = min(note.size, max(TOLERANCES.fill * (bottom - top), 1.0))
    lines = [line for part in note.text.split("\n") for line in _wrapped(part, (right - left) / size)]
    height = TOLERANCES.leading * size
    y = top + max((bottom - top - height * len(lines)) / 2, 0.0) + (height - size) / 2
    for line in lines:
        x = left
        for char in line:
            wide = size * _width(char)
            if not char.isspace():
                yield char, x, y, x + wide, size
            x += wide
        y += height


def _wrapped(text: str, ems: float) -> Iterator[str]:
    line, wide = "", 0.0
    for char in text:
        if line and wide + _width(char) > ems:
            yield line
            line, wide = "", 0.0
        line, wide = line + char, wide + _width(char)
    if line:
        yield line


def _width(char: str) -> float:
    """In em."""
    return 1.0 if char >= "\u2e80" else 0.5


def read_attached(path: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The files that a PDF carries: their names, and what reads each. DamagedFile from that, or where the PDF does not
    open."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise DamagedFile(f"{shown(path)} 已损坏，无法打开", "重新取得这个文件") from error
    with closing(document):
        for at in range(document.count_attachments()):
            attachment = document.get_attachment(at)
            yield attachment.get_name() or f"附件{at + 1}", partial(_content, attachment)


def _content(attachment: pdfium.PdfAttachment) -> bytes:
    try:
        return bytes(attachment.get_data())
    except pdfium.PdfiumError as error:
        raise DamagedFile(f"文件包内的 {attachment.get_name()} 已损坏", "用 PDF 阅读器取出这个文件") from error


def attached_files(document: pdfium.PdfDocument) -> tuple[str, ...]:
    """Names of the files that a portfolio, or any PDF, carries inside."""
    return tuple(document.get_attachment(at).get_name() for at in range(document.count_attachments()))
