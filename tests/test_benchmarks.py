"""A projection is units times their cost."""

from __future__ import annotations

from dataclasses import replace

from bench.costs import Costs, Size, need_of

COSTS = Costs(
    native_page=0.1,
    ocr_page=10.0,
    thousand_characters=0.5,
    statement_indexed=0.01,
    passage_embedded=0.05,
    question=0.02,
    source_bytes_per_page=50_000,
    store_bytes_per_thousand_characters=25_000,
    index_bytes_per_statement=5_000,
    vector_bytes_per_passage=600,
    passages_per_thousand_characters=12.5,
)


def test_a_projection_by_hand() -> None:
    """86,400 pages, every tenth a scan: 0.9 × 0.1 s + 0.1 × 10 s a page are 1.09 core days of reading."""
    found = need_of(Size("一县", 86_400, 0.1, characters=800, statements=2), COSTS)
    assert round(found.reading, 6) == 1.09
    assert round(found.extracting, 6) == 0.4  # 0.8 thousand characters a page
    assert round(found.indexing, 6) == 0.02
    assert round(found.embedding, 6) == 0.5
    assert round(found.core_days, 6) == 2.01
    assert (found.statements, found.files, found.store) == (172_800, 4.32, 1.728)
    assert need_of(Size("一县", 86_400, 0.1, statements=1), COSTS).index == 0.432


def test_twice_the_pages_take_twice_of_all() -> None:
    one, two = (need_of(Size("一县", pages, 0.2), COSTS) for pages in (1e5, 2e5))
    assert replace(two, pages=one.pages, statements=one.statements).core_days == 2 * one.core_days
