"""The single steps: edges, grids, turned pages, lines of a cell; and pages that nobody drew."""

from __future__ import annotations

import time

import numpy as np
import pytest
from gongbao.corpus.geometry import BBox
from gongbao.ingest.page import Glyphs, GlyphStyle, PageContent
from gongbao.ingest.tables import find_tables
from gongbao.ingest.tables.edges import merge_edges
from gongbao.ingest.tables.frames import turn_back, upright
from gongbao.ingest.tables.grids import Area, find_grids, merge_areas
from gongbao.ingest.tables.header import is_figure
from gongbao.ingest.tables.lines import joint_by_words
from hypothesis import given
from hypothesis import strategies as st

EDGES = [
    # at, low, high as drawn → as seen, why
    ([(10, 0, 50), (10, 48, 100)], [(10, 0, 100)], "pieces that meet"),
    ([(10, 0, 100), (11.5, 0, 100)], [(10.75, 0, 100)], "a double line"),
    ([(10, k * 6, k * 6 + 3) for k in range(10)], [(10, 0, 57)], "dashes"),
    ([(10, 0, 40), (10, 60, 100)], [(10, 0, 40), (10, 60, 100)], "two lines with a gap"),
    ([(10, 0, 100), (16, 0, 100)], [(10, 0, 100), (16, 0, 100)], "two lines"),
]


@pytest.mark.parametrize(("drawn", "seen", "why"), EDGES, ids=[row[2] for row in EDGES])
def test_edges(drawn: list[tuple[float, ...]], seen: list[tuple[float, ...]], why: str) -> None:
    assert merge_edges(np.array(drawn, dtype=float)).round(2).tolist() == [list(edge) for edge in seen]


def _grid_lines(walls: list[tuple[float, float, float]]) -> list[Area]:
    flat = np.array([(0, 0, 90), (20, 0, 90), (40, 0, 90)], dtype=float)
    return merge_areas(find_grids(flat, np.array(walls, dtype=float))[0])


def test_a_missing_wall_merges_cells() -> None:
    areas = _grid_lines([(0, 0, 40), (30, 20, 40), (60, 0, 40), (90, 0, 40)])
    assert areas == [Area(0, 0, 1, 2), Area(0, 2, 1, 1), Area(1, 0, 1, 1), Area(1, 1, 1, 1), Area(1, 2, 1, 1)]


def test_open_sides_are_closed_where_the_rules_end() -> None:
    assert _grid_lines([(30, 0, 40), (60, 0, 40)]) == [Area(row, col, 1, 1) for row in (0, 1) for col in (0, 1, 2)]


def test_lines_that_do_not_meet_are_two_grids() -> None:
    flat = np.array([(0, 0, 50), (20, 0, 50), (0, 80, 130), (20, 80, 130)], dtype=float)
    steep = np.array([(0, 0, 20), (50, 0, 20), (80, 0, 20), (130, 0, 20)], dtype=float)
    assert len(find_grids(flat, steep)) == 2


@given(st.integers(0, 3), st.tuples(*[st.floats(0, 90) for _ in range(4)]))
def test_turning_a_page_and_back_keeps_every_box(turn: int, corners: tuple[float, float, float, float]) -> None:
    x0, y0, dx, dy = corners
    box = BBox(x0, y0, x0 + dx, y0 + dy)
    page = PageContent(1, 200.0, 300.0, fills=np.array([[box.x0, box.top, box.x1, box.bottom]]))
    turned = upright(page, turn).fills[0].tolist()
    back = turn_back(BBox(*turned), turn, page)
    assert np.allclose([back.x0, back.top, back.x1, back.bottom], [box.x0, box.top, box.x1, box.bottom])


JOINTS = [
    ("落实属地", "管理责任", "", "ideographs go on without a blank"),
    ("the annual", "report", " ", "words are parted"),
    ("multi-", "level", "", "a hyphen"),
    ("第一项。", "2.第二项", "\n", "a new item"),
    ("不少于", "30天", "", "a figure after an ideograph"),
]


@pytest.mark.parametrize(("before", "after", "joint", "why"), JOINTS, ids=[row[3] for row in JOINTS])
def test_joints(before: str, after: str, joint: str, why: str) -> None:
    assert joint_by_words(before, after) == joint


FIGURES = [
    ("12,450", True), ("(745)", True), ("-3.5%", True), ("1.234,56", True), ("$1,200", True), ("—", True),
    ("2024年", False), ("第3条", False), ("Item", False), ("3个", False), ("", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure"), FIGURES)
def test_figures(text: str, figure: bool) -> None:
    assert is_figure(text) is figure


def _soup(count: int, seed: int) -> Glyphs:
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(0, 580, count), rng.uniform(0, 830, count)
    text = "".join(rng.choice(list("ab1 文，"), count))
    style = (GlyphStyle("f", False, (0, 0, 0, 255), 0),)
    return Glyphs(text, x, y, x + 6, y + 10, np.full(count, 10.0), np.zeros(count, np.int64), style)


def _lines(count: int, seed: int, flat: bool) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    rng = np.random.default_rng(seed)
    x, y, length = rng.uniform(0, 500, count), rng.uniform(0, 800, count), rng.uniform(3, 90, count)
    return np.column_stack((x, y, x + length, y) if flat else (x, y, x, y + length))


HOSTILE = [
    (PageContent(1, 595, 842), "nothing"),
    (PageContent(1, 595, 842, _soup(20_000, 1)), "a soup of glyphs"),
    (PageContent(1, 595, 842, _soup(500, 2), _lines(100_000, 3, True), _lines(100_000, 4, False)), "100,000 rules"),
    (PageContent(1, 20_000, 20_000, _soup(3000, 5), _lines(3000, 6, True)), "a huge page"),
]


@pytest.mark.parametrize(("page", "why"), HOSTILE, ids=[row[1] for row in HOSTILE])
def test_pages_that_nobody_drew_cost_bounded_time(page: PageContent, why: str) -> None:
    begun = time.process_time()
    find_tables(page)
    assert time.process_time() - begun < 10
