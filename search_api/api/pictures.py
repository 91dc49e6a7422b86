"""Page pictures with the words of a record boxed."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from fastapi.responses import Response
from gongbao.corpus.document import Document
from gongbao.corpus.errors import NotFound
from gongbao.corpus.geometry import Region
from gongbao.search_api.compose import Application
from gongbao.search_api.highlighting import highlighted
from gongbao.search_api.http.asked import App, find_document
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.http.spooled import named
from gongbao.search_api.pictures import DPI, regions_of, render_file_page, render_page
from gongbao.search_api.shapes import RegionShape, Shape

routes = Routes("documents")


class Png(Response):
    media_type = "image/png"


class PrintedPlaceShape(Shape):
    """Where one record is printed."""

    record: str
    pages: tuple[int, ...]
    source_regions: tuple[RegionShape, ...]


@routes.get("/documents/{document}/places/{record}", summary="一条记录的位置")
def place(app: App, document: str, record: str) -> PrintedPlaceShape:
    """记录在哪几页、什么位置；来自文本的文件没有页面，均为空。"""
    regions = _regions(app, find_document(app.store, document), record)
    pages = tuple(dict.fromkeys(region.page for region in regions))
    return PrintedPlaceShape(record=record, pages=pages, source_regions=RegionShape.all_of(regions))


@routes.get("/documents/{document}/pages/{page}.png", summary="页面图像", response_class=Png)
def page_picture(
    app: App,
    document: str,
    page: int,
    record: Annotated[str | None, Query(description="框出这条记录的原文")] = None,
    dpi: Annotated[int, Query(ge=36, le=300, description="分辨率")] = DPI,
) -> Png:
    """PNG。`page` 是文件中的页码，从 1 起。"""
    found = find_document(app.store, document)
    regions = _regions(app, found, record) if record else ()
    png = render_page(app.store, found, page, regions, dpi)
    return Png(png, headers={"Cache-Control": "private, max-age=3600"})


class Pdf(Response):
    media_type = "application/pdf"


@routes.get("/documents/{document}/highlighted.pdf", summary="标出任务的 PDF", response_class=Pdf)
def highlighted_pdf(app: App, document: str) -> Pdf:
    """该文件所在各页，任务的原句标成黄色，批注写明承担单位与时限。由 OFD 读入的为图像，任务加框。"""
    found = find_document(app.store, document)
    made = highlighted(app.store, found, app.store.extraction(found.id))
    return Pdf(made, headers=named(f"{found.number or found.title}（标出任务）.pdf"))


@routes.get("/files/{file}/pages/{page}.png", summary="来源文件的页面", response_class=Png)
def file_page(app: App, file: str, page: int, dpi: Annotated[int, Query(ge=36, le=300)] = DPI) -> Png:
    """按来源文件名（同名时按内容的 sha256）取页面图像，例如查看未能读取的一页。"""
    return Png(render_file_page(app.store, file, page, dpi))


def _regions(app: Application, document: Document, record: str) -> tuple[Region, ...]:
    extraction = app.store.extraction(document.id)
    regions = regions_of(extraction, record) if extraction else None
    if regions is None:
        raise NotFound(f"该文件没有编号为 {record} 的记录", "记录编号可能已随重新提取而改变，请从文件页重新进入")
    return regions
