"""The picture of a page with the words of a record boxed, drawn in a process with limits and cached."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from gongbao.corpus.document import Document, Source
from gongbao.corpus.errors import Busy, GongbaoError, InputError, NotFound
from gongbao.corpus.files import PICTURES
from gongbao.corpus.geometry import Region
from gongbao.corpus.limited import Limits, call
from gongbao.corpus.processes import preload
from gongbao.corpus.records import Extraction
from gongbao.corpus.store import Store
from gongbao.search_api.compose import PAGED, Application, renderer_of
from gongbao.search_api.drawing import draw_page

DPI = 144
_DRAWING = Limits(seconds=20.0)  # for one picture
_AT_ONCE = 2  # pictures that are drawn; others wait
_PATIENCE = 25.0  # seconds that they wait
_hands = threading.BoundedSemaphore(_AT_ONCE)


def render_page(store: Store, document: Document, page: int, regions: Iterable[Region] = (), dpi: int = DPI) -> bytes:
    """PNG of a page of the document's file (from 1), `regions` on that page boxed.

    UsageError where there is no such page or the source has no pages, InputError where it cannot be read.
    """
    boxes = sorted({r for r in regions if r.page == page and r.file == document.source.file})
    cached = _cached_as(document, page, boxes, dpi)
    if drawn := store.files.read(cached):
        return drawn
    png = _draw(_source(store, document.source), page, dpi, boxes)
    with suppress(GongbaoError):  # what cannot be kept is shown nevertheless
        store.files.put(cached, BytesIO(png))
    return png


def render_file_page(store: Store, file: str, page: int, dpi: int = DPI) -> bytes:
    """PNG of a page of a file by its name or its content's sha256, whether any document was read from it or not."""
    source = next((issue.source for issue in store.issues() if file in (issue.source.file, issue.source.sha256)), None)
    if source is None:
        raise NotFound(f"没有读入过名为 {file} 的文件")
    return _draw(_source(store, source), page, dpi, [])


def picture_of_record(app: Application, record: str) -> bytes:
    """The first page that a record stands on; UsageError where no record has this id."""
    for document_id in app.store.stamps():
        extraction = app.store.extraction(document_id)
        regions = regions_of(extraction, record) if extraction else None
        document = app.store.document(document_id) if regions is not None else None
        if document and regions is not None:
            return render_page(app.store, document, _first_page(regions, record), regions)
    raise NotFound(f"没有编号为 {record} 的记录", "编号见 gongbao tasks --json 的 id")


def has_pages(store: Store, document: Document) -> bool:
    """Whether there is a file with pages to show."""
    return store.name_of(document.source.sha256, *PAGED) is not None


def regions_of(extraction: Extraction, record: str) -> tuple[Region, ...] | None:
    """Where a record is printed; None where this document has no such record."""
    tasks = (extraction.assignments, extraction.deadlines, extraction.citations, extraction.rosters)
    beside = (extraction.quantities, extraction.contacts, extraction.places)
    return next((found.regions for kind in (*tasks, *beside) for found in kind if found.id == record), None)


def _first_page(regions: tuple[Region, ...], record: str) -> int:
    if not regions:
        raise NotFound(f"记录 {record} 所在的文件没有页面（来自文本文件）", "原文见 gongbao tasks --json 的 quote")
    return regions[0].page


def _source(store: Store, source: Source) -> Path:
    path = store.file_of(source.sha256, *PAGED)
    if path is None:
        raise NotFound(f"{source.file} 没有页面图像", "只有由 PDF 或 OFD 读入的文件才有页面")
    return path


def _draw(path: Path, page: int, dpi: int, regions: list[Region]) -> bytes:
    """Busy where others are drawn for too long."""
    preload("gongbao.search_api.drawing")
    boxes = [(b.x0, b.top, b.x1, b.bottom) for b in (region.bbox for region in regions)]
    if not _hands.acquire(timeout=_PATIENCE):
        raise Busy("正在绘制其他页面", "稍后再打开这一页")
    try:
        return call(draw_page, path, page, dpi, boxes, renderer_of(path.suffix), limits=_DRAWING)
    except InputError as error:
        raise InputError(f"第 {page} 页无法显示：{error.message}", error.remedy or "请重新导入该文件", page) from error
    finally:
        _hands.release()


def _cached_as(document: Document, page: int, boxes: list[Region], dpi: int) -> str:
    marks = hashlib.sha256(repr(boxes).encode()).hexdigest()[:12] if boxes else "plain"
    return f"{PICTURES}{document.source.sha256}/{page}-{dpi}-{marks}.png"
