"""An OFD file → its issue, page by page as PDF gives it; a page that fails is named and the others are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from gongbao.corpus.document import Furniture, Issue, PageState, Source
from gongbao.corpus.errors import InputError
from gongbao.corpus.failure import Failure
from gongbao.corpus.geometry import BBox
from gongbao.ingest.again import second_looks
from gongbao.ingest.archives import open_archive
from gongbao.ingest.build import build
from gongbao.ingest.characters import LayerJudgement, judge
from gongbao.ingest.complete import lost_of_pages
from gongbao.ingest.layout import Line, lay_out
from gongbao.ingest.ofd.container import Container
from gongbao.ingest.ofd.content import Item, items_of, items_of_annotations
from gongbao.ingest.ofd.document import POINTS, OfdDocument, OfdPage, read_document
from gongbao.ingest.ofd.page import page_content
from gongbao.ingest.page import NO_BOXES, Glyphs, PageContent
from gongbao.ingest.pdf import TooManyGlyphs
from gongbao.ingest.read import PICTURED, PageReading, Request, understand
from gongbao.ingest.reading import STAGE, IssueReading

_REMEDY = "用原软件打开，另存为 PDF 后再读入"
_DRAWN = "页面上有图形，没有文字"


def read_ofd(path: Path, source: Source) -> IssueReading:
    """DamagedFile, EncryptedFile, TooLarge where nothing of it can be read."""
    with open_archive(path, source.file) as archive:
        ofd = Container(archive, source.file)
        document = read_document(ofd)
        pages = [_Page(ofd, page, i + 1) for i, page in enumerate(document.pages)]
        readings = [page.read() for page in pages]
        for request in second_looks(readings, None):
            readings[request.index] = pages[request.index].read(request)
    issue = build(readings, source, Path(source.file).stem)
    failures = (_failure(source.file, reading) for reading in readings)
    lost = [piece.failure(source.file) for piece in lost_of_pages(readings, issue)]
    return IssueReading(_with_seals(issue, document), (*(failure for failure in failures if failure), *lost))


class _Page:
    """One page, read once and laid out as often as asked."""

    def __init__(self, ofd: Container, page: OfdPage, number: int) -> None:
        self._ofd = ofd
        self._page = page
        self._number = number
        self._raw: tuple[PageContent, Glyphs] | None = None

    def read(self, request: Request | None = None) -> PageReading:
        if self._page.trouble:
            return self._failed(self._page.trouble)
        try:
            raw, marks = self._content()
            verdict = self._verdict(raw)
            reading = understand(raw, verdict, request or Request(self._number - 1))
            return replace(reading, marks=(*reading.marks, *_lines(self._number, marks)))
        except (InputError, TooManyGlyphs) as error:
            return self._failed(str(getattr(error, "message", "") or f"这一页的字符太多：{error}"))
        except Exception as error:  # whatever a page does, the others are still read
            return self._failed(f"这一页无法解析：{type(error).__name__}: {error}")

    def _content(self) -> tuple[PageContent, Glyphs]:
        if self._raw is None:
            page = self._page
            items = page_items(self._ofd, page)
            self._raw = page_content(self._number, page.width, page.height, items, page.resources.fonts)
        return self._raw

    def _verdict(self, raw: PageContent) -> LayerJudgement:
        verdict = judge(raw)
        drawn = len(raw.images) or len(raw.fills)
        if verdict.state is PageState.BLANK and drawn:
            return LayerJudgement(PageState.SCANNED, _DRAWN)
        return replace(verdict, note=verdict.note or ("有电子印章" if self._page.seals else ""))

    def _failed(self, trouble: str) -> PageReading:
        return PageReading(self._number, 0.0, 0.0, PageState.FAILED, trouble, trouble=trouble)


def page_items(ofd: Container, page: OfdPage) -> Iterator[Item]:
    """Everything on the page, templates below, annotations above."""
    for part in page.layers:
        yield from items_of(ofd.xml(part), page.resources)
    for part in page.annotations:
        yield from items_of_annotations(ofd.xml(part), page.resources)


def _lines(number: int, glyphs: Glyphs) -> Iterator[Line]:
    if len(glyphs):
        laid = lay_out(number, glyphs, np.arange(len(glyphs)), NO_BOXES)
        yield from (item for item in laid.items if isinstance(item, Line))


def _failure(file: str, reading: PageReading) -> Failure | None:
    if reading.state is PageState.FAILED or reading.state in PICTURED:
        return Failure(file, STAGE, reading.trouble or reading.note, _REMEDY, reading.number)
    return None


def _with_seals(issue: Issue, document: OfdDocument) -> Issue:
    """Seals are named where they stand; enclosed files are named, for they are not read with it."""
    seals = [
        Furniture(number, BBox(x * POINTS, y * POINTS, (x + w) * POINTS, (y + h) * POINTS), "电子印章", "seal")
        for number, page in enumerate(document.pages, 1)
        for x, y, w, h in page.seals
    ]
    furniture = tuple(sorted((*issue.furniture, *seals), key=lambda piece: piece.page))
    enclosed = (f"附有文件 {'、'.join(document.attachments)}，没有读入",) if document.attachments else ()
    return replace(issue, furniture=furniture, warnings=(*issue.warnings, *enclosed))
