"""What is claimed is found whichever way the spans that claim it lie."""

from __future__ import annotations

from gongbao.corpus.offsets import Span
from gongbao.nlp.ground import CoveredSpans
from hypothesis import example, given
from hypothesis import strategies as st

_SPANS = st.tuples(st.integers(0, 20), st.integers(1, 20)).map(lambda ends: Span(ends[0], ends[0] + ends[1]))


@given(st.lists(_SPANS, max_size=6), _SPANS)
@example([Span(0, 20), Span(1, 2)], Span(10, 12))  # a body of several bodies, and the first of them
def test_touched_is_what_overlaps_one_of_them(spans: list[Span], asked: Span) -> None:
    assert CoveredSpans(spans).touches(asked) == any(span.overlaps(asked) for span in spans)
