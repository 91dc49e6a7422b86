# ruff: noqa: E501 (a row of a table of examples is one line)
"""Reading order by geometry alone: boxes in any order of the file."""

from __future__ import annotations

import random

import numpy as np
import pytest
from gongbao.corpus.document import PageState
from gongbao.ingest.columns import Gutter, read_order
from gongbao.ingest.layout import Line
from gongbao.ingest.read import PageReading, helps

EM, PITCH = 10.0, 18.0
Box = tuple[float, float, float, str]  # x0, x1, row, name


def order(boxes: list[Box], sizes: dict[str, float] | None = None, seed: int = 0) -> str:
    """The names in reading order, the boxes given in a random one."""
    shuffled = boxes[:]
    random.Random(seed).shuffle(shuffled)
    array = np.array([[x0, row * PITCH, x1, row * PITCH + EM] for x0, x1, row, _ in shuffled])
    heights = np.array([(sizes or {}).get(name, EM) for *_, name in shuffled])
    leaves, _ = read_order(array, heights, EM)
    return "".join(shuffled[i][3] for leaf in leaves for i in leaf.members)


def column(x0: float, names: str, first: float = 0, width: float = 200, step: float = 1) -> list[Box]:
    return [(x0, x0 + width, first + i * step, name) for i, name in enumerate(names)]


TWO = [*column(50, "abcdef"), *column(270, "ghijkl")]
CASES: list[tuple[str, list[Box], str]] = [
    ("two columns", TWO, "abcdefghijkl"),
    ("a title across before them", [(150, 370, -2, "T"), *TWO], "Tabcdefghijkl"),
    ("a full notice above", [(50, 470, -4, "N"), (50, 470, -3, "O"), *TWO], "NOabcdefghijkl"),
    ("a wide table between", [*TWO, (50, 470, 7, "#"), *column(50, "mnop", 9), *column(270, "qrst", 9)],
     "abcdefghijkl#mnopqrst"),
    ("baselines that differ", [*column(50, "abcdef"), *column(270, "ghijkl", 0.4)], "abcdefghijkl"),
    ("columns of unequal width", [*column(50, "abcdef", width=130), *column(200, "ghijkl", width=270)], "abcdefghijkl"),
    ("three columns", [*column(50, "abcde", width=130), *column(200, "fghij", width=130), *column(350, "klmno", width=130)],
     "abcdefghijklmno"),
    ("a number over the right column only", [(380, 470, -1.8, "n"), *TWO], "nabcdefghijkl"),
    ("a label under the left column", [*TWO, (50, 75, 7.6, "L"), (150, 370, 9, "T")], "abcdefghijklLT"),
    ("rows of names and posts are read across", [b for i in range(4) for b in ((50, 110, i, "abcd"[i]), (140, 240 + 9 * i, i, "wxyz"[i]))],
     "awbxcydz"),
    ("three columns under a head that juts out", [(420, 520, -3, "H"),
      *column(50, "abcde", width=130), *column(200, "fghij", width=130), *column(350, "klmno", width=130)], "Habcdefghijklmno"),
    ("one column", column(50, "abcdef", width=420), "abcdef"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "boxes", "expected"), CASES, ids=[row[0] for row in CASES])
@pytest.mark.parametrize("seed", [1, 2])
def test_order(why: str, boxes: list[Box], expected: str, seed: int) -> None:
    assert order(boxes, seed=seed) == expected, why


def test_ends_of_a_running_head_say_nothing_against_a_gutter_of_other_pages() -> None:
    """A few lines of a notice, beside them its attachments, signature and date, under a head at both edges."""
    head: list[Box] = [(50, 80, -2, "H"), (420, 470, -2, "I")]
    left: list[Box] = [(50, 150, 0, "a"), (70, 250, 1, "b"), (50, 250, 2, "c"), (50, 250, 3, "d"), (50, 150, 4, "e")]
    right: list[Box] = [
        (290, 420, 0, "j"),
        (390, 450, 1, "k"),
        (390, 450, 2, "l"),
        (270, 290, 3, "m"),
        (310, 430, 4, "n"),
    ]
    boxes = np.array([[x0, row * PITCH, x1, row * PITCH + EM] for x0, x1, row, _ in (*head, *left, *right)])
    leaves, _ = read_order(boxes, np.full(len(boxes), EM), EM, (Gutter(250, 270),))
    assert "".join("HIabcdejklmn"[i] for leaf in leaves for i in leaf.members) == "HabcdeIjklmn"


def test_full_lines_are_enough_for_a_gutter_of_other_pages() -> None:
    """The last words, signature and date beside them all stand in."""
    left = column(50, "abc")
    right: list[Box] = [(290, 330, 0, "j"), (390, 450, 1, "k"), (390, 450, 2, "l")]
    boxes = np.array([[x0, row * PITCH, x1, row * PITCH + EM] for x0, x1, row, _ in (*left, *right)])
    leaves, _ = read_order(boxes, np.full(len(boxes), EM), EM, (Gutter(250, 270),))
    assert "".join("abcjkl"[i] for leaf in leaves for i in leaf.members) == "abcjkl"


def test_every_line_of_a_title_over_three_columns_goes_across() -> None:
    """Its first and last lines are too short to reach over the gutter, which is not in the middle."""
    columns = [*column(50, "abcde", width=130), *column(200, "fghij", width=130), *column(350, "klmno", width=130)]
    title = [(215, 315, -5, "T"), (150, 380, -3.5, "U"), (240, 290, -2, "V")]
    assert order([*title, *columns], dict.fromkeys("TUV", 16.0)) == "TUVabcdefghijklmno"


def test_a_number_alone_under_a_title_over_three_columns_goes_across() -> None:
    """It is no wider than the middle column, over which it stands."""
    columns = [*column(50, "abcde", width=130), *column(200, "fghij", width=130), *column(350, "klmno", width=130)]
    assert order([(60, 470, -3, "T"), (210, 320, -1.5, "n"), *columns], {"T": 16.0}) == "Tnabcdefghijklmno"
    shorter = [box for box in columns if box[3] not in "ak"]  # a line that goes on is none
    assert order([(60, 470, -1.2, "T"), *shorter], {"T": 16.0}) == "Tbcdefghijlmno"


def test_a_title_in_the_middle_of_three_columns_goes_across_though_it_is_short() -> None:
    columns = [*column(50, "abcde", width=130), *column(200, "fghij", width=130), *column(350, "klmno", width=130)]
    title = [(230, 300, -3.5, "T"), (210, 320, -2, "U")]
    assert order([*title, *columns], {"T": 16.0, "U": 16.0}) == "TUabcdefghijklmno"


def test_two_of_three_columns_that_pause_together_hold_no_two_texts() -> None:
    """A title in the first and a heading in the second stand by chance at one height; the third goes on."""
    first = [*column(50, "abc", width=130), (60, 170, 5, "T"), *column(50, "de", 7, width=130)]
    second = [*column(200, "fgh", width=130), (210, 320, 5, "U"), *column(200, "ij", 7, width=130)]
    boxes = [*first, *second, *column(350, "klmnopqrs", width=130)]
    assert order(boxes, {"T": 16.0, "U": 12.0}) == "abcTdefghUijklmnopqrs"


def test_two_texts_each_with_its_columns_on_one_page() -> None:
    below = [(100, 200, 9, "T"), *column(50, "mnop", 11), *column(270, "qrst", 8.9)]
    assert order([*TWO, *below], {"T": 16.0}) == "abcdefghijklTmnopqrst"


def test_the_end_of_a_text_in_columns_is_a_column_though_nothing_stands_beside_it() -> None:
    title, rest = [(100.0, 420.0, 3.0, "T")], [*column(50, "cdef", 5), *column(270, "ghij", 5)]
    boxes = [(50.0, 250.0, 0.0, "a"), (50.0, 120.0, 1.0, "b"), *title, *rest]
    array = np.array([[x0, row * PITCH, x1, row * PITCH + EM] for x0, x1, row, _ in boxes])
    leaves, _ = read_order(array, np.full(len(boxes), EM), EM)
    assert [("".join(boxes[i][3] for i in leaf.members), leaf.depth) for leaf in leaves] == [
        ("ab", 1),
        ("T", 0),
        ("cdef", 1),
        ("ghij", 1),
    ]


def test_no_boxes() -> None:
    assert read_order(np.zeros((0, 4)), np.zeros(0), EM) == ([], ())


def _line(text: str, edges: tuple[float, ...]) -> Line:
    return Line(1, text, edges, 100, 110, EM, False, "宋体", 0, 0, 50, 470)


HELPS = [
    ((), "此复。　特此", (220, 230, 240, 250, 270, 280, 290), True, "a blank there, no gutter found"),
    (
        (Gutter(250, 270),),
        "此复。　特此",
        (220, 230, 240, 250, 270, 280, 290),
        True,
        "found, but not where this line stands",
    ),
    ((Gutter(250, 270),), "此复。特此复", (220, 230, 240, 250, 260, 270, 280), False, "found, and no blank left over"),
    ((Gutter(230, 290),), "此复。特此复", (220, 230, 240, 250, 260, 270, 280), True, "found too wide"),
]


@pytest.mark.parametrize(("own", "text", "edges", "expected", "why"), HELPS, ids=[row[4] for row in HELPS])
def test_when_the_gutter_of_other_pages_helps(
    own: tuple[Gutter, ...], text: str, edges: tuple[float, ...], expected: bool, why: str
) -> None:
    reading = PageReading(1, 595, 842, PageState.NATIVE, items=(_line(text, edges),), gutters=own)
    assert helps(reading, Gutter(250, 270)) is expected
