# ruff: noqa: E501 (a row of a table of examples is one line)
"""Lines → paragraphs: where they go on, and that a seam neither adds nor loses a character."""

from __future__ import annotations

import pytest
from gongbao.ingest.frames import PageFrame, find_frames
from gongbao.ingest.layout import Line
from gongbao.ingest.paragraphs import Align, join, seam
from hypothesis import given
from hypothesis import strategies as st

EM, WIDTH = 10.0, 20  # a column of twenty characters


def line(
    text: str, indent: float = 0, row: int = 0, *, size: float = EM, leaf: int = 0, page: int = 1, depth: int = 1
) -> Line:
    """A line of full-width type that begins `indent` characters into the column."""
    x0 = indent * EM
    xs = tuple(x0 + i * size for i in range(len(text) + 1))
    top = 100 + row * 18
    return Line(page, text, xs, top, top + size, size, False, "Song", leaf, depth, 0, WIDTH * EM)


FULL = "各地各部门要高度重视认真抓好各项工作任务"  # twenty characters
CASES: list[tuple[str, list[Line], list[str]]] = [
    ("a full line goes on", [line(FULL[:18], 2), line("落实。", 0, 1)], [FULL[:18] + "落实。"]),
    ("an indented line begins a paragraph", [line(FULL[:18], 2), line("一是落实。", 2, 1)], [FULL[:18], "一是落实。"]),
    ("a short line ends one", [line("特此通知。", 2), line("云川市", 0, 1)], ["特此通知。", "云川市"]),
    ("punctuation that may not begin a line took its character along", [line(FULL[:17], 2), line("务。下一步", 0, 1)],
     [FULL[:17] + "务。下一步"]),
    ("a word that did not fit", [line(FULL[:15], 2), line("2024-2025", 0, 1)], [FULL[:15] + "2024-2025"]),
    ("over columns", [line(FULL[:18], 2), line("继续。", 0, leaf=1)], [FULL[:18] + "继续。"]),
    ("from the first of three columns to the second, which a second gutter bounds",
     [line(FULL[:18], 2), line("继续。", 0, leaf=1, depth=2)], [FULL[:18] + "继续。"]),
    ("not from across the page into a column", [line(FULL[:18], 2, depth=0), line("继续。", 0, leaf=1)], [FULL[:18], "继续。"]),
    ("over pages", [line(FULL[:18], 2), line("继续。", 0, page=2)], [FULL[:18] + "继续。"]),
    ("a number stands alone", [line("云政发〔2024〕10号", 2), line("各县人民政府：", 0, 1)], ["云政发〔2024〕10号", "各县人民政府："]),
    ("a heading by its turn, though the line before is full",
     [line("一、总体要求", 2), line(FULL, 0, 1), line("二、保障", 0, 2)], ["一、总体要求", FULL, "二、保障"]),
    ("a decimal heading after a full line that ends a sentence", [line(FULL[:17] + "。", 2), line("1.4 适用范围", 0, 1)], [FULL[:17] + "。", "1.4 适用范围"]),
    ("but not a figure", [line(FULL[:17] + "。", 2), line("2.4 万人受益。", 0, 1)], [FULL[:17] + "。2.4 万人受益。"]),
    ("a numbered heading after a bracket that closes a paragraph", [line(FULL[:17] + "）", 2), line("（二）强化服务", 0, 1)], [FULL[:17] + "）", "（二）强化服务"]),
    ("but not an item within a sentence", [line(FULL[:17] + "）", 2), line("（2）项规定", 0, 1)], [FULL[:17] + "）（2）项规定"]),
    ("a title over two lines under its label", [line("附件1", 0), line(FULL[:16], 2, 1), line("任务分解清单", 7, 2), line(FULL[:18], 2, 3)], ["附件1", FULL[:16] + "任务分解清单", FULL[:18]]),
    ("a wrapped attachment title", [line("附件：1." + FULL[:13], 2), line("清单", 4, 1)], ["附件：1." + FULL[:13] + "清单"]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "lines", "expected"), CASES, ids=[row[0] for row in CASES])
def test_join(why: str, lines: list[Line], expected: list[str]) -> None:
    frames = {(each.page, each.leaf): PageFrame(0, WIDTH * EM) for each in lines}
    indented = [line(FULL[:18], 2, row) for row in range(40, 44)]  # the file's own way of setting paragraphs
    found = [paragraph.text for paragraph in join([*lines, *indented], frames, EM)]
    assert found[: len(expected)] == expected, why


def test_title_lines_of_one_size_make_one_title() -> None:
    lines = [line("云川市人民政府", 5.5, 0, size=16), line("关于防汛的通知", 5.5, 1, size=16), line(FULL[:18], 2, 4)]
    first, second = join(lines, {(1, 0): PageFrame(0, WIDTH * EM)}, EM)
    assert (first.text, first.align, first.lines) == (
        "云川市人民政府关于防汛的通知",
        Align.TITLE,
        ("云川市人民政府", "关于防汛的通知"),
    )
    assert second.align is Align.BODY


def test_words_of_latin_letters_keep_their_blank() -> None:
    assert seam([line("Key Laboratory of"), line("Yunchuan", row=1)])[0] == "Key Laboratory of Yunchuan"


@given(
    st.lists(st.text("云川市人民政府，。abc12 　", min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=8)
)
def test_a_seam_neither_adds_nor_loses(texts: list[str]) -> None:
    text, pieces = seam([line(each, row=row) for row, each in enumerate(texts)])
    assert "".join(text.split()) == "".join("".join(texts).split())
    for piece, each in zip(pieces, texts, strict=True):
        assert text[piece.start : piece.start + len(piece.xs) - 1] == each.strip()


def test_a_column_of_few_lines_borrows_the_frame_of_the_others() -> None:
    whole = [line(FULL, 0, row, page=page) for page in (1, 2) for row in range(8)]
    short = [line("续。", 0, 0, page=3)]
    assert find_frames([*whole, *short], {}, dict.fromkeys(range(9), 595.0), EM)[3, 0] == PageFrame(0, WIDTH * EM)
