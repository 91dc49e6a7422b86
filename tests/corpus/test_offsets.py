"""Spans, boxes and the way from normalised text back: the only offset arithmetic in the house."""

from __future__ import annotations

import pytest
from gongbao.corpus.geometry import BBox
from gongbao.corpus.offsets import CharMap, GlyphRun, Span, normalise
from hypothesis import given
from hypothesis import strategies as st

TWO_LINES = CharMap(
    (
        GlyphRun(0, 1, 100.0, 110.0, (50.0, 60.0, 70.0, 80.0)),  # 市水务 at the end of a line
        GlyphRun(3, 2, 40.0, 50.0, (20.0, 30.0, 40.0)),  # 局要 on the next page
    )
)


@pytest.mark.parametrize(
    ("span", "boxes"),
    [
        (Span(0, 3), [(1, BBox(50, 100, 80, 110))]),  # a whole line
        (Span(1, 2), [(1, BBox(60, 100, 70, 110))]),  # one character
        (Span(2, 4), [(1, BBox(70, 100, 80, 110)), (2, BBox(20, 40, 30, 50))]),  # over a page break: two boxes
        (Span(5, 9), []),  # text that is printed nowhere
    ],
)
def test_a_span_has_one_box_per_line(span: Span, boxes: list[tuple[int, BBox]]) -> None:
    assert [(r.page, r.bbox) for r in TWO_LINES.regions(span, "a.pdf")] == boxes


def test_pages_of_a_span() -> None:
    assert TWO_LINES.pages(Span(0, 5)) == (1, 2)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_what_is_no_span(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("２０２４年　３月", "2024年3月"),  # full width digits, full-width blank
        ("张 韵", "张韵"),  # a spaced-out name
        ("⽣态", "生态"),  # a Kangxi radical
        ("2 km²", "2km2"),  # a superscript
        ("㎡", "m2"),  # one character that becomes two
    ],
)
def test_normalise(printed: str, folded: str) -> None:
    assert normalise(printed)[0] == folded


@given(st.text(), st.data())
def test_normalised_spans_come_back(text: str, data: st.DataObject) -> None:
    folded, offsets = normalise(text)
    start = data.draw(st.integers(0, len(folded)))
    end = data.draw(st.integers(start, len(folded)))
    original = offsets.to_original(Span(start, end))
    assert 0 <= original.start <= original.end <= len(text)
    assert folded[start:end] in normalise(original.of(text))[0]


@given(st.text(alphabet="市水务局 \n　12１２", max_size=40))
def test_where_nothing_folds_apart_the_way_back_is_exact(text: str) -> None:
    folded, offsets = normalise(text)
    for at, char in enumerate(folded):
        assert normalise(offsets.to_original(Span(at, at + 1)).of(text))[0] == char
