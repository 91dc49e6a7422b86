"""The pages of a document as a PDF of its own, its tasks highlighted, each with who does it and by when as a note."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from gongbao.corpus.document import Document
from gongbao.corpus.errors import InputError, UsageError
from gongbao.corpus.limited import Limits, call
from gongbao.corpus.records import Assignment, Extraction
from gongbao.corpus.store import Store
from gongbao.search_api import labels
from gongbao.search_api.compose import PAGED
from gongbao.search_api.pictures import render_page
from PIL import Image

Box = tuple[float, float, float, float]  # left, top, right, bottom in points

_COLOUR = (255, 214, 0, 110)  # red, green, blue, opacity
_AUTHOR = "公报检索"
_FINE = 100  # steps of a point in which places on a page are told to the library
_WORK = Limits(seconds=60.0)


@dataclass(frozen=True, slots=True)
class Mark:
    """Boxes on a page of the file (from 1), and what stands in the note."""

    page: int
    boxes: tuple[Box, ...]
    note: str


def highlighted(store: Store, document: Document, extraction: Extraction | None) -> bytes:
    """A PDF; UsageError where the document has no pages, InputError where its file cannot be read.

    Of what is no PDF (OFD) the pages are pictures with boxes, without notes.
    """
    path = store.file_of(document.source.sha256, *PAGED)
    if path is None or document.first_page is None:
        raise UsageError(f"{document.source.file} 没有页面", "只有由 PDF 或 OFD 读入的文件才有页面")
    tasks = extraction.assignments if extraction else ()
    pages = document.first_page, document.last_page or document.first_page
    if path.suffix != ".pdf":
        return _pictures(store, document, tasks, pages)
    return call(mark_pages, path, pages, tuple(marks_of(document, tasks)), limits=_WORK)


def marks_of(document: Document, tasks: Iterable[Assignment]) -> Iterator[Mark]:
    """One for each sentence and page; tasks of one sentence share it."""
    notes: dict[tuple[int, tuple[Box, ...]], list[str]] = {}
    for task in tasks:
        own = [region for region in task.regions if region.file == document.source.file]
        for page in sorted({region.page for region in own}):
            boxes = tuple(sorted((b.x0, b.top, b.x1, b.bottom) for b in (r.bbox for r in own if r.page == page)))
            notes.setdefault((page, boxes), []).append(_note(task))
    return (Mark(page, boxes, "\n\n".join(told)) for (page, boxes), told in notes.items())


def _note(task: Assignment) -> str:
    """任务：… / 牵头：市水利局 / 时限：6月底前（2024-06-30）"""
    lines = [f"{labels.KINDS[task.kind]}：{labels.flat(task.what)}"]
    for role, label in labels.ROLES.items():
        if names := labels.names_by_role(task, role):
            lines.append(f"{label}：{'、'.join(names)}")
    due = labels.due_words(task.deadlines)
    return "\n".join([*lines, *([f"时限：{due}"] if due else [])])


# --- in a process of its own


def mark_pages(path: Path, pages: tuple[int, int], marks: Sequence[Mark]) -> bytes:
    """Pages `first` to `last` of the file as a new PDF with these marks."""
    first, last = pages
    try:
        with pdfium.PdfDocument(path) as source, pdfium.PdfDocument.new() as made:
            made.import_pages(source, list(range(first - 1, min(last, len(source)))))
            for mark in marks:
                if first <= mark.page < first + len(made):
                    _annotate(made[mark.page - first], mark)
            out = io.BytesIO()
            made.save(out)
    except pdfium.PdfiumError as error:
        raise InputError(str(error), "请重新导入该文件") from error
    return out.getvalue()


def _annotate(page: pdfium.PdfPage, mark: Mark) -> None:
    note = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_HIGHLIGHT)
    corners = [_corners(page, box) for box in mark.boxes]
    for quad in corners:
        raw.FPDFAnnot_AppendAttachmentPoints(note, raw.FS_QUADPOINTSF(*(each for corner in quad for each in corner)))
    xs, ys = zip(*(corner for quad in corners for corner in quad), strict=True)
    raw.FPDFAnnot_SetRect(note, raw.FS_RECTF(min(xs), max(ys), max(xs), min(ys)))
    raw.FPDFAnnot_SetColor(note, raw.FPDFANNOT_COLORTYPE_Color, *_COLOUR)
    raw.FPDFAnnot_SetFlags(note, raw.FPDF_ANNOT_FLAG_PRINT)
    for key, text in ((b"Contents", mark.note), (b"T", _AUTHOR)):
        raw.FPDFAnnot_SetStringValue(note, key, _wide(text))
    raw.FPDFPage_CloseAnnot(note)


def _corners(page: pdfium.PdfPage, box: Box) -> list[tuple[float, float]]:
    """From the top left of the page as it is seen, turned or cut, to its own space: top left, top right, bottom
    left, bottom right."""
    x0, top, x1, bottom = box
    width, height = (round(side * _FINE) for side in page.get_size())
    x, y = ctypes.c_double(), ctypes.c_double()
    found = []
    for left, down in ((x0, top), (x1, top), (x0, bottom), (x1, bottom)):
        place = round(left * _FINE), round(down * _FINE)
        raw.FPDF_DeviceToPage(page, 0, 0, width, height, 0, *place, x, y)
        found.append((x.value, y.value))
    return found


def _wide(text: str) -> raw.FPDF_WIDESTRING:
    coded = (text + "\0").encode("utf-16-le")
    return ctypes.cast(ctypes.create_string_buffer(coded, len(coded)), raw.FPDF_WIDESTRING)


def _pictures(store: Store, document: Document, tasks: Iterable[Assignment], pages: tuple[int, int]) -> bytes:
    regions = [region for task in tasks for region in task.regions]
    drawn = (render_page(store, document, page, regions) for page in range(pages[0], pages[1] + 1))
    first, *rest = (Image.open(io.BytesIO(png)).convert("RGB") for png in drawn)
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=rest, resolution=144)
    return out.getvalue()
