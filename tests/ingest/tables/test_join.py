"""A table over pages is one table: the header once, split rows whole, merged cells merged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from gongbao.corpus.geometry import BBox
from gongbao.ingest.tables import join_over_pages
from gongbao.ingest.tables.types import RawCell, RawLine, RawTable, TablePart

from tests.ingest.tables.conftest import FONTS, Drawn, table

ITEMS = ["建设供水管网", "排查燃气隐患", "公开办事指南", "修订应急预案", "改造老旧小区", "整治农贸市场"]
LONG = "各县区要落实属地责任，组织力量逐项核查，建立台账，限期整改，按月报告进展，年底前完成验收并公布结果。"


def _bare(grid: list[list[str]]) -> list[list[str]]:
    return [["".join(text.split()) for text in row] for row in grid]


@FONTS
@pytest.mark.parametrize("kind", ["ruled wide bold", "flat wide bold", "plain wide bold"])
def test_ten_pages_are_one_table(draw: Callable[..., Drawn], kind: str, font: str) -> None:
    rows = [["序号", "事项", "单位"]] + [
        [str(k), ITEMS[k % 6] + str(k), f"市{ITEMS[k % 5][:2]}局"] for k in range(1, 111)
    ]
    style = "@page { size: A5 landscape } table { font-size: 11pt } td { padding: 4pt } tr { break-inside: avoid }"
    drawn = draw(table(rows, kind), style, font)
    found = drawn.tables()
    assert len(drawn.pages) >= 8
    assert [_bare(t.grid()) for t in found] == [rows]
    assert (found[0].header_rows, found[0].page_first, found[0].page_last) == (1, 1, len(drawn.pages))
    assert all(after.page == before.page + 1 for before, after in pairwise(found[0].parts))


def test_a_row_split_by_the_page_is_one_row(draw: Callable[..., Drawn]) -> None:
    rows = [["序号", "事项", "内容"]] + [[str(k), ITEMS[k], LONG * (3 + k)] for k in range(6)]
    drawn = draw(table(rows, "ruled wide bold"), "@page { size: A5 }")
    assert len(drawn.pages) > 2
    assert [_bare(t.grid()) for t in drawn.tables()] == [rows]


def test_another_table_on_the_next_page_stays_its_own(draw: Callable[..., Drawn]) -> None:
    rows = [["序号", "事项", "单位"]] + [[str(k), ITEMS[k], "市水务局"] for k in range(6)]
    title = '<p style="text-align:center;break-before:page"><b>表2　其他事项</b></p>'
    drawn = draw(f"{table(rows, 'ruled wide')}{title}{table(rows, 'ruled wide')}")
    assert [_bare(t.grid()) for t in drawn.tables()] == [rows, rows]


def test_a_repeated_header_joins_parts_whose_columns_are_known_by_white_alone(draw: Callable[..., Drawn]) -> None:
    """The longest words of the two pages end at other places."""
    head = ["序号", "事项", "单位"]
    short = [[str(k), ITEMS[k], "市水务局"] for k in range(3)]
    long = [[str(k), ITEMS[k] * 3 + "并报告进展", "市水务局会同市财政局"] for k in range(3)]
    style = ".first { table-layout: fixed } "
    page = '<div style="break-before:page"></div>'
    drawn = draw(f"{table([head, *short], 'first wide')}{page}{table([head, *long], 'first wide')}", style)
    assert [_bare(t.grid()) for t in drawn.tables()] == [[head, *short, *long]]


def test_two_ruled_tables_under_one_header_stay_two(draw: Callable[..., Drawn]) -> None:
    """Their columns differ, and are drawn: no caption has to say that the second is another."""
    head = ["序号", "事项", "单位"]
    short = [[str(k), ITEMS[k], "市水务局会同市财政局和市教育局"] for k in range(3)]
    long = [[str(k), ITEMS[k] * 4, "市水务局"] for k in range(3)]
    page = '<div style="break-before:page"></div>'
    drawn = draw(f"{table([head, *short], 'inner wide')}{page}{table([head, *long], 'inner wide')}")
    assert [_bare(t.grid()) for t in drawn.tables()] == [[head, *short], [head, *long]]


def test_a_caption_that_says_continued_joins(draw: Callable[..., Drawn]) -> None:
    head, rows = ["序号", "事项", "单位"], [[str(k), ITEMS[k], "市水务局"] for k in range(6)]
    first = f'<p style="text-align:center"><b>表1　事项</b></p>{table([head, *rows[:3]], "ruled wide")}'
    again = '<p style="text-align:center;break-before:page"><b>表1（续）</b></p>'
    drawn = draw(f"{first}{again}{table([head, *rows[3:]], 'ruled wide')}")
    assert [_bare(t.grid()) for t in drawn.tables()] == [[head, *rows]]


def _cell(row: int, col: int, text: str, rows: int = 1, **flags: bool) -> RawCell:
    lines = (RawLine(1, text, tuple(range(len(text)))),) if text else ()
    return RawCell(row, col, rows, 1, BBox(col * 50.0, row * 20.0, col * 50.0 + 50, row * 20.0 + 20), lines, **flags)


def _part(page: int, cells: list[RawCell], n_rows: int, header: int = 0) -> RawTable:
    part = TablePart(page, BBox(0, 0, 100, n_rows * 20.0), 0, starts_page=True, ends_page=True)
    return RawTable((part,), n_rows, 2, (0.0, 50.0, 100.0), tuple(cells), header, ruled=True)


SEAMS = [
    # last row before, first row after, what stands there then, why
    (
        [_cell(0, 0, "一"), _cell(0, 1, "甲")],
        [_cell(0, 0, "二"), _cell(0, 1, "乙")],
        [["一", "甲"], ["二", "乙"]],
        "two rows",
    ),
    (
        [_cell(0, 0, "一", open_bottom=True), _cell(0, 1, "甲", open_bottom=True)],
        [_cell(0, 0, ""), _cell(0, 1, "乙")],
        [["一", "甲乙"]],
        "no line at the break: one row",
    ),
    (
        [_cell(0, 0, "一", open_bottom=True), _cell(0, 1, "甲")],
        [_cell(0, 0, ""), _cell(0, 1, "乙")],
        [["一", "甲"], ["一", "乙"]],
        "one cell goes on, the row does not",
    ),
    (
        [_cell(0, 0, "一"), _cell(0, 1, "甲")],
        [_cell(0, 0, "二", open_top=True), _cell(0, 1, "乙")],
        [["一二", "甲"], ["一二", "乙"]],
        "the cell began before",
    ),
]


@pytest.mark.parametrize(("before", "after", "expected", "why"), SEAMS, ids=[row[3] for row in SEAMS])
def test_seams(before: list[RawCell], after: list[RawCell], expected: list[list[str]], why: str) -> None:
    joined = join_over_pages([[_part(1, before, 1)], [_part(2, after, 1)]])
    assert [table.grid() for table in joined] == [expected]


def test_pages_between_part_tables() -> None:
    cells = [_cell(0, 0, "一"), _cell(0, 1, "甲")]
    assert len(join_over_pages([[_part(1, cells, 1)], [], [_part(3, cells, 1)]])) == 2


def test_a_lone_fragment_is_no_table() -> None:
    part = replace(_part(1, [_cell(0, 0, "一"), _cell(0, 1, "甲")], 1), fragment=True)
    assert join_over_pages([[part]]) == []


def test_rows_at_the_head_of_the_next_column_under_a_title_over_both(draw: Callable[..., Drawn]) -> None:
    """The right column begins below what stretches over the page, not at its head."""
    rows = [["序号", "工作任务", "牵头单位"], *([str(k), "完善管网改造", "市水务局"] for k in range(1, 9))]
    prose = "<p>各有关单位要落实责任，按季报送进展情况。</p>" * 17
    style = ".columns{column-fill:auto;height:150mm} td,th{padding:4pt} tr{break-inside:avoid} h1{text-align:center}"
    style += " thead{display:table-row-group}"
    body = (
        f"<h1>云川市重点任务分解方案</h1><div class=columns>{prose}{table(rows, 'ruled wide')}<p>请认真执行。</p></div>"
    )
    (found,) = draw(body, style).tables()
    assert len(found.parts) == 2
    assert found.grid() == rows


def test_a_row_of_names_that_the_next_column_goes_on_with_is_one(draw: Callable[..., Drawn]) -> None:
    """What is left of it is blank where no other row is."""
    body = [[str(k), f"完善第{k}片区管网", "市水务局", "2024年底前"] for k in range(1, 7)]
    first, rest = [["序", "工作任务", "牵头单", "完成时限"]], [["号", "", "位", ""], *body]
    then = f"<div class=next>{table(rest, 'ruled wide', 0)}</div>"
    (found,) = draw(
        f"<div style='height:225mm'></div>{table(first, 'ruled wide', 0)}{then}",
        ".next{break-before:page} td{width:25%}",
    ).tables()
    assert found.grid() == [["序号", "工作任务", "牵头单位", "完成时限"], *body]
