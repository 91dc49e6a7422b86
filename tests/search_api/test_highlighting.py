"""A document's pages as a PDF with its tasks highlighted: each in its place, with who does it as a note."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from gongbao.corpus.errors import UsageError
from gongbao.corpus.geometry import BBox
from gongbao.corpus.home import Home
from gongbao.search_api.highlighting import Mark, highlighted, mark_pages

from tests.search_api.sample import bike_notice, fill

BIKE = bike_notice()


def _notes(page: pdfium.PdfPage) -> list[tuple[str, raw.FS_RECTF]]:
    found = []
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        note, rect, said = raw.FPDFPage_GetAnnot(page, at), raw.FS_RECTF(), ctypes.create_string_buffer(4_000)
        assert raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_HIGHLIGHT
        raw.FPDFAnnot_GetRect(note, rect)
        wide = ctypes.cast(said, ctypes.POINTER(raw.FPDF_WCHAR))
        length = raw.FPDFAnnot_GetStringValue(note, b"Contents", wide, 4_000)
        found.append((said.raw[: length - 2].decode("utf-16-le"), rect))
        raw.FPDFPage_CloseAnnot(note)
    return found


def test_every_task_is_marked_where_it_stands_with_who_does_it(tmp_path: Path) -> None:
    store = fill(Home(tmp_path))
    document = store.document(BIKE.id)
    assert document
    made = highlighted(store, document, store.extraction(BIKE.id))
    with pdfium.PdfDocument(made) as pdf:
        assert len(pdf) == (document.last_page or 1) - (document.first_page or 1) + 1
        told = "\n".join(note for page in pdf for note, _ in _notes(page))
        assert all(f"：{task.what}" in told for task in BIKE.assignments)
        assert "牵头：市城市管理局" in told
        box = BBox.around(region.bbox for region in BIKE.assignments[0].regions)
        (rect,) = (rect for note, rect in _notes(pdf[0]) if BIKE.assignments[0].what in note)
        height = pdf[0].get_height()
        assert (rect.left, rect.top) == pytest.approx((box.x0, height - box.top), abs=1)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_on_turned_pages_marks_lie_where_they_are_seen(tmp_path: Path, turned: int) -> None:
    """Dark where the box is and nowhere else, as the page is shown."""
    with pdfium.PdfDocument.new() as pdf:
        page = pdf.new_page(400, 600)
        page.set_rotation(turned)
        pdf.save(tmp_path / "a.pdf")
    made = mark_pages(tmp_path / "a.pdf", (1, 1), [Mark(1, ((50, 100, 150, 120),), "任务：栽树")])
    with pdfium.PdfDocument(made) as pdf:
        picture = pdf[0].render(may_draw_forms=False).to_pil().convert("RGB")
    white = (255, 255, 255)
    assert picture.getpixel((100, 110)) != white
    assert all(picture.getpixel(at) == white for at in ((100, 90), (100, 130), (40, 110), (160, 110)))


def test_what_has_no_pages_says_so(tmp_path: Path) -> None:
    store = fill(Home(tmp_path))
    document = store.document(BIKE.id)
    assert document
    path = store.file_of(document.source.sha256)
    assert path
    path.unlink()
    with pytest.raises(UsageError, match="没有页面"):
        highlighted(store, document, None)
