"""From recognised lines to glyphs: places, sizes, what is dust; ruled lines and skew of pictures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("cv2")

from gongbao.ingest.ocr.glyphs import even_sizes, to_glyphs
from gongbao.ingest.ocr.lines import OcrChar, Seen, sift, stacked, with_ink
from gongbao.ingest.ocr.rules import find_rules, without_rules
from gongbao.ingest.ocr.straighten import ink_of, skew_of, turned_back
from gongbao.ingest.page import PageContent

EM = 20.0  # pixels


def chars(text: str, step: float = EM, start: float = 100.0) -> list[OcrChar]:
    """Characters at even steps, their ink a tenth of an em narrower than the step on either side."""
    places = [start + (i + 0.5) * step for i in range(len(text))]
    return [OcrChar(c, x, 0.99, False, x - 0.4 * EM, x + 0.4 * EM) for c, x in zip(text, places, strict=True)]


def line(text: str, top: float = 50.0, step: float = EM, start: float = 100.0) -> Seen:
    made = chars(text, step, start)
    return Seen(text, made, made[0].left, top, made[-1].right, top + 0.95 * EM, 1.22 * EM)


# --- what was read


@pytest.mark.parametrize(
    ("text", "kept", "why"),
    [
        ("通知.", "通知", "a point after an ideograph is dust"),
        (".各县", "各县", "before the first one as well"),
        ("1.总则", "1.总则", "after a digit it is a point"),
        ("院、·怀", "院、怀", "a dot beside a mark"),
        ("艾山·买买提", "艾山·买买提", "the dot in a name"),
        ("5%o给予", "5‰给予", "per mille"),
        ("80%。", "80%。", "a sentence ends"),
        (".", ".", "nothing but dust: kept, its score decides"),
    ],
)
def test_dust_is_left_out(text: str, kept: str, why: str) -> None:
    assert "".join(char.text for char in sift(chars(text), EM)) == kept, why


def test_character_seen_twice_in_its_place_is_one() -> None:
    twice = [OcrChar("力", 100.0, 1.0, False), OcrChar("力", 105.0, 1.0, False), OcrChar("度", 120.0, 1.0, False)]
    assert [char.text for char in sift(twice, EM)] == ["力", "度"]
    apart = [OcrChar("人", 100.0, 1.0, False), OcrChar("人", 120.0, 1.0, False)]
    assert len(sift(apart, EM)) == 2


def test_ink_puts_characters_right() -> None:
    """Rough middles; the ink shows two characters of 16 pixels with 4 between, then a wide gap."""
    inked = np.array([True] * 16 + [False] * 4 + [True] * 16 + [False] * 24 + [True] * 16)
    rough = [OcrChar(c, x, 1.0, False) for c, x in (("序", 111.0), ("号", 130.0), ("类", 165.0))]
    assert [(c.left, c.right, c.middle) for c in with_ink(rough, inked, 100)] == [
        (100.0, 116.0, 108.0),
        (120.0, 136.0, 128.0),
        (160.0, 176.0, 168.0),
    ]


def test_characters_below_one_another_are_lines() -> None:
    down = Seen("强化管理", chars("强化管理"), 40.0, 100.0, 58.0, 200.0, 100.0)
    lines = stacked(down, EM)
    assert [seen.text for seen in lines] == list("强化管理")
    assert (lines[0].top, lines[-1].bottom) == (100.0, 200.0)
    assert np.allclose(np.diff([seen.top for seen in lines]), 80 / 3)


# --- glyphs


def test_glyphs_touch_within_a_line_and_keep_wide_gaps() -> None:
    glyphs = to_glyphs([line("云川市"), line("张", start=300.0), line("韵", start=340.0)], 2.0)
    assert glyphs.text == "云川市张韵"
    assert np.allclose(glyphs.x1[:2], glyphs.x0[1:3])
    assert glyphs.x0[4] - glyphs.x1[3] == pytest.approx(10.0)  # points: an em that was blank
    assert glyphs.confidence is not None
    assert np.allclose(glyphs.confidence, 0.99)


def test_size_is_the_pitch_unless_type_is_spaced_out() -> None:
    assert to_glyphs([line("云川市人民政府")], 2.0).size[0] == pytest.approx(10.0)
    spaced = to_glyphs([line("云川市人民政府", step=1.5 * EM)], 2.0)
    assert spaced.size[0] == pytest.approx(10.0, rel=0.05)


def test_mark_at_the_end_reaches_to_the_edge_of_other_lines() -> None:
    full = [line("云川市人民政府公", top=50.0 + 30 * i) for i in range(3)]
    marked = line("云川市人民政府", top=140.0)
    mark = OcrChar("，", 245.0, 0.99, False, 241.0, 246.0)
    ended = Seen(marked.text + "，", [*marked.chars, mark], marked.x0, marked.top, 246.0, marked.bottom, marked.box)
    glyphs = to_glyphs([*full, ended], 1.0)
    assert glyphs.x1[-1] == pytest.approx(glyphs.x1[7])


def test_no_lines_no_glyphs() -> None:
    assert to_glyphs([], 2.0).text == ""
    assert even_sizes([None]) == []


@given(st.lists(st.floats(7.0, 24.0), min_size=1, max_size=30))
def test_sizes_are_gathered_not_lost(sizes: list[float]) -> None:
    lines = [Seen("通", chars("通"), 100.0, 0.0, 120.0, 0.95 * size, 1.22 * size) for size in sizes]
    page = PageContent(1, 600.0, 800.0, to_glyphs(lines, 1.0))
    (even,) = even_sizes([page])
    assert len(even.glyphs) == len(sizes)
    assert len(set(even.glyphs.size.tolist())) <= len(set(page.glyphs.size.round(1).tolist()))
    assert (abs(even.glyphs.size / page.glyphs.size - 1) < 0.2).all()
    assert np.allclose(even.glyphs.bottom - even.glyphs.top, even.glyphs.size)


def test_rare_measurements_become_the_usual_size() -> None:
    body = [line("云川市人民政府办公室关于", top=50.0 + 30 * i) for i in range(30)]
    glyphs = to_glyphs([*body, line("云川市人民", top=1000.0, step=1.1 * EM)], 1.0)
    (even,) = even_sizes([PageContent(1, 600.0, 800.0, glyphs)])
    assert set(even.glyphs.size.tolist()) == {20.0}


# --- pictures


def sheet() -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """1000 x 800 pixels at 2 a point: a table of two rows and three columns, and lines of print."""
    page = np.full((1000, 800), 240, dtype=np.uint8)
    for y in (300, 360, 420):
        page[y : y + 2, 100:700] = 40
    for x in (100, 300, 500, 698):
        page[300:422, x : x + 2] = 40
    for y in range(500, 900, 40):
        for x in range(100, 690, 24):
            page[y : y + 20, x : x + 3] = page[y : y + 3, x : x + 20] = 40
    return page


def test_rules_of_a_table_are_found_and_print_is_none() -> None:
    rules = find_rules(ink_of(sheet()), 2.0)
    assert rules.horizontals[:, 1].tolist() == [300, 360, 420]
    assert rules.verticals[:, 0].tolist() == [100, 300, 500, 698]
    assert without_rules(ink_of(sheet()), rules)[300:302, 100:700].all()


@pytest.mark.parametrize("angle", [-0.8, -0.3, 0.0, 0.5, 1.0])
def test_skew_is_found_and_taken_back(angle: float) -> None:
    turned = turned_back(sheet(), -angle)
    assert skew_of(ink_of(turned)) == pytest.approx(angle, abs=0.06)
    rules = find_rules(ink_of(turned_back(turned, skew_of(ink_of(turned)))), 2.0)
    assert (len(rules.horizontals), len(rules.verticals)) == (3, 4)


def test_empty_page_is_straight() -> None:
    blank = np.full((1000, 800), 255, dtype=np.uint8)
    assert turned_back(blank, 0.0) is blank
    assert not len(find_rules(ink_of(blank), 2.0).horizontals)
