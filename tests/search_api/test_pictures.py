"""Page pictures: boxes where the words are, and clear words where there is no page."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from gongbao.corpus.document import Document
from gongbao.corpus.errors import InputError, UsageError
from gongbao.corpus.geometry import BBox, Region
from gongbao.corpus.home import Home
from gongbao.corpus.store import Store
from gongbao.search_api import drawing, pictures
from gongbao.search_api.pictures import picture_of_record, render_page
from PIL import Image

from tests.ingest.hostile import flate_pdf
from tests.search_api.conftest import TODAY
from tests.search_api.sample import fill, replace_file


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return fill(Home(tmp_path))


@pytest.fixture
def document(store: Store) -> Document:
    return next(d for d in store.documents() if d.number == "云政办发〔2024〕12号")


def _pixel(png: bytes, x: float, y: float) -> tuple[int, ...]:
    picture = Image.open(io.BytesIO(png))
    pixel = picture.getpixel((x * 2, y * 2))  # 144 dpi: two pixels a point
    assert isinstance(pixel, tuple)
    return pixel


def test_words_are_boxed_and_nothing_else(store: Store, document: Document) -> None:
    box = Region("2024-1.pdf", 1, BBox(100, 200, 180, 214))
    png = render_page(store, document, 1, [box])
    assert _pixel(png, 140, 207) != (255, 255, 255)
    assert _pixel(png, 300, 400) == (255, 255, 255)


def test_boxes_of_other_pages_are_left_out(store: Store, document: Document) -> None:
    elsewhere = Region("2024-1.pdf", 2, BBox(100, 200, 180, 214))
    assert render_page(store, document, 1, [elsewhere]) == render_page(store, document, 1)


def test_rendered_once(store: Store, document: Document) -> None:
    first = render_page(store, document, 1)
    replace_file(store, document, b"gone")
    assert render_page(store, document, 1) == first


def test_a_page_as_large_as_a_field_is_drawn_smaller_with_its_boxes_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "_MOST_PIXELS", 1_000_000)
    pdf = pdfium.PdfDocument.new()
    pdf.new_page(14_000, 14_000)
    pdf.save(tmp_path / "field.pdf")
    png = drawing.draw_page(
        tmp_path / "field.pdf", 1, pictures.DPI, [(7_000, 7_000, 10_000, 10_000)], drawing.render_pdf
    )
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    assert picture.width == picture.height == 1_000
    assert picture.getpixel((picture.width * 6 // 10, picture.height * 6 // 10)) != (255, 255, 255)
    assert picture.getpixel((picture.width * 8 // 10, picture.height * 8 // 10)) == (255, 255, 255)


def test_a_page_that_takes_all_memory_costs_its_picture_only(store: Store, document: Document) -> None:
    good = store.files.read(f"files/{document.source.sha256}.pdf")
    assert good
    replace_file(store, document, flate_pdf())
    with pytest.raises(InputError, match="第 1 页无法显示"):
        render_page(store, document, 1)
    replace_file(store, document, good)
    assert render_page(store, document, 1).startswith(b"\x89PNG")


def test_no_such_page(store: Store, document: Document) -> None:
    with pytest.raises(UsageError, match="第 9 页"):
        render_page(store, document, 9)


def test_a_source_without_pages(store: Store, document: Document) -> None:
    store.files.remove(f"files/{document.source.sha256}.")
    with pytest.raises(UsageError, match="没有页面图像"):
        render_page(store, document, 1)


def test_a_damaged_file(store: Store, document: Document) -> None:
    replace_file(store, document, b"%PDF-1.7 broken")
    with pytest.raises(InputError, match="无法显示"):
        render_page(store, document, 1)


def test_record_by_id(store: Store, document: Document) -> None:
    from gongbao.search_api.compose import Application, Settings

    application = Application(Settings(store.home, TODAY))
    extraction = store.extraction(document.id)
    assert extraction
    task = extraction.assignments[0]
    box = task.regions[0].bbox
    png = picture_of_record(application, task.id)
    assert _pixel(png, (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2) != (255, 255, 255)
    with pytest.raises(UsageError, match="没有编号"):
        picture_of_record(application, "nothing")
