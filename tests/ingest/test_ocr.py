"""Scanned pages: flagged without the extra, read with it, and what happens when reading fails."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from gongbao.corpus.document import Document, PageState, SourceKind
from gongbao.ingest import IssueReading, read_file, scans
from gongbao.ingest.files import source_of
from gongbao.ingest.ocr import NullEngine, Picture, take_picture
from gongbao.ingest.page import NO_GLYPHS, PageContent
from gongbao.ingest.paged import read_pdf
from gongbao.ingest.read import PageReading, Request, read

from tests.ingest.drawn import GAZETTE, draw, one_page
from tests.ingest.scanned import picture, scan

needs_engine = pytest.mark.skipif(find_spec("rapidocr") is None, reason="the extra gongbao[ocr] is not installed")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw(tmp_path_factory.mktemp("drawn") / "gazette.pdf", GAZETTE)


@pytest.fixture(scope="module")
def scanned(drawn: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The last page of the gazette: a notice with its attachment, a table."""
    return scan(tmp_path_factory.mktemp("scanned") / "scan.pdf", [picture(drawn, 3, askew=0.6)])


def fail(document: pdfium.PdfDocument, request: Request, threads: int) -> PageReading:
    raise ValueError("no such model")


# --- without the extra


def test_scan_without_the_extra_is_flagged_with_the_remedy(scanned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "is_installed", lambda: False)
    reading = read_pdf(lambda done, pages: None, scanned, source_of(scanned), 1)
    assert [page.state for page in reading.issue.pages] == [PageState.SCANNED]
    assert [(f.page, f.remedy) for f in reading.failures] == [(1, "安装 gongbao[ocr] 后重新读入")]


def test_nothing_of_the_extra_is_needed_to_read_other_files() -> None:
    readers = "gongbao.ingest.paged, gongbao.ingest.whole, gongbao.ingest.ofd.read"
    absent = "import sys; sys.modules.update(dict.fromkeys(('cv2', 'rapidocr', 'onnxruntime')))"
    subprocess.run(
        [sys.executable, "-c", f"{absent}; import {readers}"],
        check=True,
        timeout=60,
    )


def test_null_engine_reads_nothing() -> None:
    assert NullEngine().read(Picture(1, 10.0, 10.0, np.zeros((20, 20), np.uint8), 2.0)) is None


# --- when recognition fails or finds nothing


def test_page_that_cannot_be_recognised_stays_scanned_and_says_why(
    scanned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scans, "is_installed", lambda: True)
    monkeypatch.setattr(scans, "recognise", fail)
    reading = read_pdf(lambda done, pages: None, scanned, source_of(scanned), 1)
    assert [page.state for page in reading.issue.pages] == [PageState.SCANNED]
    (failure,) = reading.failures
    assert "no such model" in failure.cause
    assert failure.remedy == "重新扫描这一页后再读入"


def test_picture_without_text_says_so(scanned: Path) -> None:
    with pdfium.PdfDocument(scanned) as document:
        reading = read(document, Request(0, seen=PageContent(1, 595.0, 842.0, NO_GLYPHS)))
    assert (reading.state, reading.recognised) == (PageState.SCANNED, True)
    assert reading.note.endswith("图像中没有识别出文字")


# --- the picture


def test_picture_has_the_resolution_of_the_scan(scanned: Path) -> None:
    with pdfium.PdfDocument(scanned) as document:
        taken = take_picture(document, 0)
    assert round(taken.scale * 72) == 150
    assert taken.pixels.shape == pytest.approx((1754, 1240), abs=2)  # A4 at 150 dpi


def test_drawn_page_is_pictured_large_enough_to_read(drawn: Path) -> None:
    with pdfium.PdfDocument(drawn) as document:
        assert round(take_picture(document, 3).scale * 72) == 200


# --- with the extra


@pytest.fixture(scope="module")
def recognised(scanned: Path) -> IssueReading:
    return read_file(scanned)


@needs_engine
def test_scan_is_read_like_the_page_it_was_made_from(recognised: IssueReading) -> None:
    (document,) = recognised.issue.documents
    assert recognised.failures == ()
    assert (document.number, document.title) == ("云政发〔2024〕6号", "云川市人民政府关于做好防汛工作的通知")
    assert (document.issuer, str(document.signed)) == ("云川市人民政府", "2024-03-09")
    assert document.attachments == ("云川市防汛责任人名单",)
    assert "保障人民群众生命财产安全，结合我市实际，现就有关事项通知如下" in document.text
    assert document.tables[0].grid() == [["序号", "姓名", "单位"], ["1", "李明", "市水利局"], ["2", "王强", "市气象局"]]


@needs_engine
def test_recognised_document_says_that_it_is_one(recognised: IssueReading) -> None:
    (document,) = recognised.issue.documents
    assert document.source.kind is SourceKind.OCR
    assert document.confidence is not None
    assert 0.9 < document.confidence <= 1
    (page,) = recognised.issue.pages
    assert page.state is PageState.SCANNED
    assert "图像识别" in page.note


@needs_engine
def test_regions_lie_on_the_words(recognised: IssueReading, drawn: Path) -> None:
    """Within a line's height of where the drawn page has the same words: the scan lies askew."""
    (document,) = recognised.issue.documents
    native = read_file(drawn).issue.documents[1]
    for words in ("云政发〔2024〕6号", "切实做好全市防汛抗旱各项工作", "市水利局"):
        there, here = _region(native, words), _region(document, words)
        assert np.allclose(here, there, atol=8.0), words


def _region(document: Document, words: str) -> list[float]:
    from gongbao.corpus.offsets import Span

    start = document.text.index(words)
    box = document.regions(Span(start, start + len(words)))[0].bbox
    return [box.x0, box.top, box.x1, box.bottom]


@needs_engine
def test_sheet_on_its_side_is_read(drawn: Path, tmp_path: Path) -> None:
    from gongbao.ingest.ocr.rapid import RapidEngine

    upright = np.asarray(picture(drawn, 3))[:330]
    turned = np.ascontiguousarray(np.rot90(upright))
    scale = 150 / 72
    seen = RapidEngine(1).read(Picture(1, turned.shape[1] / scale, turned.shape[0] / scale, turned, scale))
    assert "关于做好防汛工作的通知" in seen.glyphs.text
    assert set(seen.glyphs.angle.tolist()) == {3}


def test_type_drawn_as_outlines_is_not_taken_for_a_blank_page(tmp_path: Path) -> None:
    """Squares where characters would be; a rule alone is no print."""
    squares = b"".join(b"%d %d 9 9 re f " % (x, y) for y in range(100, 760, 20) for x in range(80, 500, 14))
    for content, state in ((squares, PageState.SCANNED), (b"60 780 480 1 re f", PageState.BLANK)):
        path = tmp_path / "outlines.pdf"
        path.write_bytes(one_page(content))
        with pdfium.PdfDocument(path) as document:
            assert read(document, Request(0)).state is state
