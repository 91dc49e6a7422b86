"""The picture of a page with the words of a record boxed, rendered by PDFium and cached."""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Iterable
from pathlib import Path

import pypdfium2 as pdfium
from gongbao.corpus.document import Document, Source
from gongbao.corpus.errors import InputError, UsageError
from gongbao.corpus.geometry import Region
from gongbao.corpus.records import Extraction
from gongbao.corpus.store import Store
from gongbao.search_api.compose import Application
from PIL import Image, ImageDraw

DPI = 144
_POINTS = 72.0  # to the inch
_PAD = 2.0  # points around a box
_MOST_PIXELS = 40_000_000  # of one picture; larger pages are drawn smaller
_FILL, _LINE = (255, 196, 0, 70), (200, 60, 20, 255)
_pdfium = threading.Lock()  # PDFium is not safe in several threads at once


def render_page(store: Store, document: Document, page: int, regions: Iterable[Region] = (), dpi: int = DPI) -> bytes:
    """PNG of a page of the document's file (from 1), `regions` on that page boxed.

    UsageError where there is no such page or the source has no pages, InputError where it cannot be read.
    """
    boxes = sorted({r for r in regions if r.page == page and r.file == document.source.file})
    cached = _cache_path(store, document, page, boxes, dpi)
    if cached.exists():
        return cached.read_bytes()
    picture, scale = _render(_source(store, document.source), page, dpi)
    png = _png(_draw_boxes(picture, boxes, scale))
    _keep(cached, png)
    return png


def render_file_page(store: Store, file: str, page: int, dpi: int = DPI) -> bytes:
    """PNG of a page of a file by its name or its content's sha256, whether any document was read from it or not."""
    source = next((issue.source for issue in store.issues() if file in (issue.source.file, issue.source.sha256)), None)
    if source is None:
        raise UsageError(f"没有读入过名为 {file} 的文件")
    return _png(_render(_source(store, source), page, dpi)[0])


def picture_of_record(app: Application, record: str) -> bytes:
    """The first page that a record stands on; UsageError where no record has this id."""
    for document_id in app.store.stamps():
        extraction = app.store.extraction(document_id)
        regions = regions_of(extraction, record) if extraction else None
        document = app.store.document(document_id) if regions is not None else None
        if document and regions is not None:
            return render_page(app.store, document, _first_page(regions, record), regions)
    raise UsageError(f"没有编号为 {record} 的记录", "编号见 gongbao tasks --json 的 id")


def has_pages(store: Store, document: Document) -> bool:
    """Whether there is a PDF to show."""
    return store.file_of(document.source.sha256).exists()


def regions_of(extraction: Extraction, record: str) -> tuple[Region, ...] | None:
    """Where a record is printed; None where this document has no such record."""
    tasks = (extraction.assignments, extraction.deadlines, extraction.citations, extraction.rosters)
    beside = (extraction.quantities, extraction.contacts, extraction.places)
    return next((found.regions for kind in (*tasks, *beside) for found in kind if found.id == record), None)


def _first_page(regions: tuple[Region, ...], record: str) -> int:
    if not regions:
        raise UsageError(f"记录 {record} 所在的文件没有页面（来自文本文件）", "原文见 gongbao tasks --json 的 quote")
    return regions[0].page


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _source(store: Store, source: Source) -> Path:
    path = store.file_of(source.sha256)
    if not path.exists():
        raise UsageError(f"{source.file} 没有页面图像", "只有由 PDF 读入的文件才有页面")
    return path


def _render(path: Path, page: int, dpi: int) -> tuple[Image.Image, float]:
    """The page and its pixels per point."""
    with _pdfium:
        try:
            pdf = pdfium.PdfDocument(path)
            try:
                if not 1 <= page <= len(pdf):
                    raise UsageError(f"没有第 {page} 页：该文件共 {len(pdf)} 页")
                scale = _scale(pdf[page - 1].get_size(), dpi)
                picture = pdf[page - 1].render(scale=scale).to_pil()
            finally:
                pdf.close()
        except pdfium.PdfiumError as error:
            raise InputError(f"第 {page} 页无法显示：{error}", "请重新导入该文件", page) from error
    assert isinstance(picture, Image.Image)
    return picture.convert("RGB"), scale


def _scale(size: tuple[float, float], dpi: int) -> float:
    width, height = size
    return float(min(dpi / _POINTS, (_MOST_PIXELS / max(width * height, 1)) ** 0.5))


def _draw_boxes(picture: Image.Image, regions: Iterable[Region], scale: float) -> Image.Image:
    overlay = Image.new("RGBA", picture.size)
    pen = ImageDraw.Draw(overlay)
    for region in regions:
        b = region.bbox
        corners = [(b.x0 - _PAD) * scale, (b.top - _PAD) * scale, (b.x1 + _PAD) * scale, (b.bottom + _PAD) * scale]
        pen.rectangle(corners, fill=_FILL, outline=_LINE, width=2)
    return Image.alpha_composite(picture.convert("RGBA"), overlay).convert("RGB")


def _cache_path(store: Store, document: Document, page: int, boxes: list[Region], dpi: int) -> Path:
    marks = hashlib.sha256(repr(boxes).encode()).hexdigest()[:12] if boxes else "plain"
    return store.home.pictures / document.source.sha256 / f"{page}-{dpi}-{marks}.png"


def _keep(path: Path, content: bytes) -> None:
    """Whole or not at all; a cache that cannot be written is no reason to fail."""
    part = path.with_suffix(f".{threading.get_ident()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
