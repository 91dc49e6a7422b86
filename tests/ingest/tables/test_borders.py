"""What lies just on either side of a threshold: rules, lines of a cell, blanks, pieces of a line, painted headers."""

from __future__ import annotations

import numpy as np
import pytest
from gongbao.ingest.page import Glyphs, GlyphStyle, PageContent
from gongbao.ingest.tables.edges import merge_edges
from gongbao.ingest.tables.fill import Filled
from gongbao.ingest.tables.frames import reading_turns
from gongbao.ingest.tables.grids import Grid, find_grids
from gongbao.ingest.tables.lines import line_text, split_lines
from gongbao.ingest.tables.painted import with_painted_head
from gongbao.ingest.tables.ruled import find_ruled
from gongbao.ingest.tables.words import split_pieces

_SIZE = 10.0  # points, of every glyph here


def _glyphs(*placed: tuple[str, float, float]) -> Glyphs:
    """Characters with their left side and top; each is half as wide as its size, an ideograph as wide."""
    x0, top = (np.array([one[axis] for one in placed], dtype=float) for axis in (1, 2))
    widths = np.array([_SIZE if one[0] > "\u2e80" else _SIZE / 2 for one in placed])
    style = (GlyphStyle("f", False, (0, 0, 0, 255), 0),)
    sizes, styles = np.full(len(placed), _SIZE), np.zeros(len(placed), np.int64)
    return Glyphs("".join(one[0] for one in placed), x0, top, x0 + widths, top + _SIZE, sizes, styles, style)


def _row(text: str, gap: float, top: float = 0.0) -> Glyphs:
    """Characters in a row, each `gap` font sizes behind the one before it."""
    placed, at = [], 0.0
    for char in text:
        placed.append((char, at, top))
        at += (_SIZE if char > "\u2e80" else _SIZE / 2) + gap * _SIZE
    return _glyphs(*placed)


@pytest.mark.parametrize(
    ("drawn", "count", "why"),
    [
        ([(10, 0, 100), (12.1, 0, 100)], 1, "nearer than 2.2 points: one rule"),
        ([(10, 0, 100), (12.3, 0, 100)], 2, "farther: two"),
        ([(10, 0, 100), (12, 0, 100), (13.9, 0, 100)], 1, "a chain of them four points wide"),
        ([(10, 0, 100), (12, 0, 100), (14.1, 0, 100)], 2, "and wider"),
        ([(10, 0, 50), (10, 52.4, 100)], 1, "a break of less than 2.5 points"),
        ([(10, 0, 50), (10, 52.6, 100)], 2, "a wider one"),
        ([(10, k * 18.9, k * 18.9 + 12) for k in range(6)], 1, "dashes of 12 points, gaps of 6.9"),
        ([(10, k * 19.1, k * 19.1 + 12) for k in range(6)], 6, "gaps of 7.1"),
        ([(10, k * 19.0, k * 19.0 + 12.1) for k in range(6)], 6, "longer than a dash"),
    ],
)
def test_rules(drawn: list[tuple[float, float, float]], count: int, why: str) -> None:
    assert len(merge_edges(np.array(drawn, dtype=float))) == count, why


def test_of_too_many_rules_the_longest_are_kept() -> None:
    rules = np.array([(k * 5, 0, 10 + k) for k in range(4001)], dtype=float)
    kept = merge_edges(rules)
    assert len(kept) == 4000
    assert kept[:, 2].min() == 11


@pytest.mark.parametrize(("below", "lines"), [(4.1, 1), (4.3, 2)])
def test_middles_apart_by_more_than_042_of_the_size_are_two_lines(below: float, lines: int) -> None:
    glyphs = _glyphs(("a", 0, 0), ("b", 6, below))
    assert len(split_lines(glyphs, np.arange(2), np.zeros(2, np.int64))[0][1]) == lines


@pytest.mark.parametrize(
    ("text", "gap", "read", "why"),
    [
        ("ab", 0.16, "ab", "letters of one word"),
        ("ab", 0.18, "a b", "and of two"),
        ("张a", 0.79, "张a", "beside an ideograph a blank is wider"),
        ("张a", 0.81, "张 a", "so wide"),
    ],
)
def test_blanks_of_a_line(text: str, gap: float, read: str, why: str) -> None:
    glyphs = _row(text, gap)
    assert line_text(glyphs, np.arange(len(text)))[0] == read, why


@pytest.mark.parametrize(
    ("text", "gap", "count", "why"),
    [
        ("ab", 0.59, 1, "letters that belong together"),
        ("ab", 0.61, 2, "a gap of 0.6 of the size parts them"),
        ("张三李四", 0.79, 1, "ideographs set apart"),
        ("张韬", 1.14, 1, "one full-width blank between single ideographs: 张　韬"),
        ("张韬", 1.16, 2, "and more"),
    ],
)
def test_pieces_of_a_line(text: str, gap: float, count: int, why: str) -> None:
    pieces = split_pieces(_row(text, gap), np.arange(len(text)))
    assert pieces is not None
    assert len(pieces) == count, why


def _ruled() -> Grid:
    flat = np.array([(y, 0, 100) for y in (100, 120, 140)], dtype=float)
    steep = np.array([(x, 100, 140) for x in (0, 50, 100)], dtype=float)
    return find_grids(flat, steep)[0]


@pytest.mark.parametrize(
    ("bottom", "right", "rows", "why"),
    [
        (98.1, 100.0, 3, "paint that misses the rule by less than two points"),
        (97.9, 100.0, 2, "and by more"),
        (100.0, 95.5, 3, "bare for less than a twentieth of the width"),
        (100.0, 94.0, 2, "and for more"),
    ],
)
def test_paint_over_a_table(bottom: float, right: float, rows: int, why: str) -> None:
    glyphs = _glyphs(("甲", 20, 85), ("乙", 70, 85))
    page = PageContent(1, 595, 842, glyphs, fills=np.array([[0, 80, right, bottom]]))
    assert with_painted_head(_ruled(), page).n_rows == rows, why


@pytest.mark.parametrize(("count", "turns"), [(12, [0]), (13, [0, 1])])
def test_more_than_twelve_glyphs_of_a_direction_are_a_text_of_their_own(count: int, turns: list[int]) -> None:
    upright = _row("云川市任务分解表重点工作安排如下", 0)
    styles = (*upright.styles, GlyphStyle("f", False, (0, 0, 0, 255), 1))
    style = np.array([1] * count + [0] * (len(upright) - count), dtype=np.int64)
    more = _row("云" * 20, 0, 50)
    boxes = [np.concatenate([getattr(upright, name), getattr(more, name)]) for name in ("x0", "top", "x1", "bottom")]
    sizes, of = np.full(len(boxes[0]), _SIZE), np.concatenate([style, np.zeros(len(more), np.int64)])
    glyphs = Glyphs(upright.text + more.text, *boxes, sizes, of, styles)
    assert reading_turns(PageContent(1, 595, 842, glyphs)) == turns


def _boxes(xs: list[float], ys: list[float], *said: tuple[float, float]) -> list[Filled]:
    """The tables of a grid of lines at these places, with a character at each of these."""
    flat = np.array([(y, xs[0], xs[-1]) for y in ys], dtype=float)
    steep = np.array([(x, ys[0], ys[-1]) for x in xs], dtype=float)
    glyphs = _glyphs(*(("云", x, y) for x, y in said))
    return find_ruled(PageContent(1, 595, 842, glyphs), flat, steep)


@pytest.mark.parametrize(
    ("xs", "columns", "why"),
    [
        ([100, 139, 200, 300], 2, "an empty margin narrower than 40 points"),
        ([100, 141, 200, 300], 3, "and a wider one"),
    ],
)
def test_the_margin_between_a_table_and_a_box_around_it(xs: list[float], columns: int, why: str) -> None:
    flat = np.array([(100, 100, 300), (120, xs[1], 300), (140, 100, 300)], dtype=float)
    steep = np.array([(x, 100, 140) for x in xs], dtype=float)
    glyphs = _glyphs(*(("云", x, y) for x in (165, 250) for y in (104, 124)))
    assert [table.n_cols for table in find_ruled(PageContent(1, 595, 842, glyphs), flat, steep)] == [columns], why


SPOKEN = [(105, 105), (125, 105), (105, 125)]


@pytest.mark.parametrize(("said", "tables", "why"), [(SPOKEN, 1, "three of 25 cells speak"), (SPOKEN[:2], 0, "two do")])
def test_how_many_cells_of_a_table_speak(said: list[tuple[float, float]], tables: int, why: str) -> None:
    places = [100.0 + 20 * k for k in range(6)]
    assert len(_boxes(places, places, *said)) == tables, why


@pytest.mark.parametrize(("apart", "hangs", "why"), [(7.9, True, "of one cell"), (8.1, False, "of what stands below")])
def test_text_that_hangs_out_of_a_table_that_the_page_cuts_off(apart: float, hangs: bool, why: str) -> None:
    """Its lines are nearer to each other than 0.8 of the size."""
    flat = np.array([(100, 100, 200), (120, 100, 200)], dtype=float)
    steep = np.array([(x, 100, 136) for x in (100, 150, 200)], dtype=float)
    last = 128 + _SIZE + apart
    glyphs = _glyphs(("甲", 105, 105), ("乙", 155, 105), ("丙", 105, 128), ("丁", 155, 128), ("戊", 155, last))
    (table,) = find_ruled(PageContent(1, 595, 842, glyphs), flat, steep)
    assert (table.bbox.bottom > last) == hangs, why
