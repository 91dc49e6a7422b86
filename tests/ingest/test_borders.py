"""What lies just on either side of a threshold: table headings, first lines, columns, sideways pages, seals."""

from __future__ import annotations

import numpy as np
import pytest
from gongbao.ingest.columns import read_order
from gongbao.ingest.frames import PageFrame
from gongbao.ingest.ocr.rapid import _turns
from gongbao.ingest.ocr.seals import find_seals
from gongbao.ingest.paragraphs import join
from gongbao.ingest.tables import RawTable
from gongbao.ingest.text import read_text

from tests.ingest.test_paragraphs import EM, FULL, WIDTH, line


@pytest.mark.parametrize(("characters", "tables"), [(40, 1), (41, 2)])
def test_a_heading_between_rows_has_forty_characters_at_most(characters: int, tables: int) -> None:
    heading = "二、" + "重" * (characters - 2)
    text = f"云川市任务分解表\n任务\t责任单位\n修堤\t市水利局\n{heading}\n修路\t市交通运输局\n绿化\t市林业局\n"
    assert sum(isinstance(item, RawTable) for item in read_text(text).flow) == tables


@pytest.mark.parametrize(
    ("indented", "goes_on", "why"),
    [
        (2, False, "two lines of 42 stand in: paragraphs are not set so, and a line that is not full ends one"),
        (3, True, "three: a new one would stand in"),
    ],
)
def test_how_many_first_lines_stand_in(indented: int, goes_on: bool, why: str) -> None:
    lines = [line(FULL[:18] if row < indented else FULL, 2 if row < indented else 0, row) for row in range(40)]
    last = [line(FULL[:18], 0, 40), line("落实。", 0, 41)]
    *_, paragraph = join([*lines, *last], {(1, 0): PageFrame(0, WIDTH * EM)}, EM)
    assert (paragraph.text != "落实。") == goes_on, why


@pytest.mark.parametrize(("height", "turns"), [(159, (0, 2)), (161, (1, 3, 0))])
def test_a_line_1_6_times_as_high_as_wide_stands_on_end(height: int, turns: tuple[int, ...]) -> None:
    assert _turns(np.array([[0, 0, 100, height]])) == turns


@pytest.mark.parametrize(("across", "found"), [(78, 0), (90, 1), (168, 1), (180, 0)])
def test_a_seal_is_85_to_170_points_across(across: int, found: int) -> None:
    colours = np.full((400, 400, 3), 255, np.uint8)
    colours[60 : 60 + across, 60 : 60 + across] = (210, 30, 30)
    assert len(find_seals(colours, 1.0)) == found


@pytest.mark.parametrize(
    ("shared", "order", "why"),
    [(0.6, "abcdefgh", "lines level by more than a twentieth"), (0.4, "aebfcgdh", "by less: one below the other")],
)
def test_how_far_two_lines_are_level(shared: float, order: str, why: str) -> None:
    boxes = [(50.0, 36.0 * i) for i in range(4)] + [(270.0, 36.0 * i + EM - shared) for i in range(4)]
    array = np.array([[x0, top, x0 + 200, top + EM] for x0, top in boxes])
    leaves, _ = read_order(array, np.full(8, EM), EM)
    assert "".join("abcdefgh"[i] for leaf in leaves for i in leaf.members) == order, why
