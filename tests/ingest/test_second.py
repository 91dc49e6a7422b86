"""A text layer that pdfium cannot decode is read a second time before it is called corrupt."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from gongbao.corpus.document import PageState
from gongbao.ingest import read_file, second
from gongbao.ingest.characters import judge
from gongbao.ingest.pdf import read_page
from gongbao.ingest.read import Request, read
from gongbao.ingest.second import read_again

from tests.ingest.drawn import pdf, stream

LINES = (
    "云川市人民政府关于做好防汛工作的通知",
    "各县（市、区）人民政府，市直各有关单位：",
    "现将有关事项通知如下，请认真贯彻执行。",
)


def font(text: str, mapped: bool) -> tuple[bytes, dict[str, int]]:
    """A TrueType font of these characters, its glyphs in another order than any code, and the glyph of each;
    `mapped`: whether it says which glyph is which character."""
    from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]

    chars = sorted(set(text))
    names = [".notdef", *(f"g{place}" for place in range(len(chars)))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): n for c, n in zip(chars, names[1:], strict=True)} if mapped else {})
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    pen.lineTo((900, 0))
    pen.lineTo((900, 800))
    pen.closePath()
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Test", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue(), {char: place for place, char in enumerate(chars, 1)}


def without_map(path: Path, mapped: bool = True) -> Path:
    """A page set in an embedded font by glyph number, with no ToUnicode map."""
    data, glyph = font("".join(LINES), mapped)
    shown = (b"<" + "".join(f"{glyph[char]:04x}" for char in line).encode() + b"> Tj 0 -20 Td" for line in LINES)
    path.write_bytes(
        pdf(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
                stream(b"BT /F 12 Tf 60 760 Td " + b" ".join(shown) + b" ET"),
                b"<</Type/Font/Subtype/Type0/BaseFont/T/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
                b"<</Type/Font/Subtype/CIDFontType2/BaseFont/T/FontDescriptor 7 0 R/DW 1000/CIDToGIDMap/Identity"
                b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
                b"<</Type/FontDescriptor/FontName/T/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880"
                b"/Descent -120/CapHeight 800/StemV 80/FontFile2 8 0 R>>",
                stream(data),
            ]
        )
    )
    return path


def test_the_better_reading_is_taken_and_noted(tmp_path: Path) -> None:
    reading = read_file(without_map(tmp_path / "a.pdf"))
    (page,) = reading.issue.pages
    assert page.state is PageState.NATIVE
    assert "pdfplumber" in page.note
    assert reading.failures == ()
    text = reading.issue.documents[0].text
    assert all(line in text for line in LINES)


def test_where_neither_can_tell_the_page_is_corrupt(tmp_path: Path) -> None:
    path = without_map(tmp_path / "a.pdf", mapped=False)
    with pdfium.PdfDocument(path) as document:
        page = read(document, Request(0, file=path))
    assert page.state is PageState.CORRUPT
    assert "另一种解读" in page.note


def test_glyphs_stand_where_pdfium_puts_them(tmp_path: Path) -> None:
    path = without_map(tmp_path / "a.pdf")
    with pdfium.PdfDocument(path) as document:
        first = read_page(document, 0)
    assert judge(first).state is PageState.CORRUPT
    again = read_again(path, first)
    assert again is not None
    assert again.glyphs.text == "".join(LINES)
    assert again.glyphs.boxes[0].tolist() == pytest.approx([60, 842 - 760 - 0.88 * 12, 72, 842 - 760 + 0.12 * 12])


def test_a_page_that_pdfplumber_cannot_open_stays_as_it_is(tmp_path: Path) -> None:
    path = without_map(tmp_path / "a.pdf")
    with pdfium.PdfDocument(path) as document:
        first = read_page(document, 0)
    path.write_bytes(b"%PDF-1.4 nothing")
    assert read_again(path, first) is None


def test_two_guesses_that_agree_prove_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = without_map(tmp_path / "a.pdf")
    with pdfium.PdfDocument(path) as document:
        first = read_page(document, 0)
    style = first.glyphs.styles[0]
    guess = [second._Glyph(char, (0, 0, 1, 1), 12, style) for char in first.glyphs.text]
    monkeypatch.setattr(second, "_read", lambda file, page: guess)
    assert read_again(path, first) is None
