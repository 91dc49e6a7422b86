# ruff: noqa: E501 (a row of a table of examples is one line)
"""Tables without any line, all cells set in their middle: wrapped text is one, a list of names stays one, and the caption
is no name over columns."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from gongbao.ingest.tables import RawTable

from tests.ingest.tables.conftest import Drawn, table

ROWS = [
    ["序号", "项目名称", "建设内容", "责任单位", "资金（万元）"],
    ["1", "云川河综合治理", "治理河道12公里，新建生态护岸、滨河步道，改造排涝泵站两座，配套建设智慧水务监测平台。", "市水务局", "3,200"],
    ["2", "老旧小区改造", "改造小区18个，涉及居民4600户，同步实施雨污分流、加装电梯、增设停车位和适老化设施。", "市住房城乡建设局", "5,860"],
    ["3", "农村公路提升", "提升改造农村公路75公里。", "市交通运输局", "1,480"],
    ["4", "校园安全提升", "为32所学校更新消防和安防设施，配齐专职保安，实现一键报警全覆盖。", "市教育局", "640"],
]  # fmt: skip
STYLE = """@page{margin:25mm 24mm} table{font-size:10.5pt} td,th{vertical-align:middle;padding:5pt 6pt}
table{table-layout:fixed} td,th{text-align:center!important} td.c2{text-align:left!important}
.c0{width:12pt} .c1{width:56pt} .c3{width:104pt} .c4{width:44pt}"""
CAPTION = "<p style='text-align:center;font-size:12pt'>2024年重点项目投资计划表</p>"
PROSE = "<p style='font-size:12pt'>现将投资计划下达给你们，请抓紧组织实施，严格按照批准的建设内容和规模执行。</p>"


def read(draw: Callable[..., Drawn], rows: list[list[str]]) -> RawTable:
    (found,) = draw(f"{PROSE}{CAPTION}{table(rows, 'wide')}{PROSE}", STYLE).tables()
    return found


def test_a_caption_above_names_of_one_line_beside_names_of_two(draw: Callable[..., Drawn]) -> None:
    found = read(draw, ROWS)
    assert found.grid() == ROWS
    assert [line.text for line in found.caption] == ["2024年重点项目投资计划表"]


LISTS = [
    # cells of the second column as drawn, what of them is read, why
    (["云川河综合治理", "老旧小区改造"], ["云川河综合治理", "老旧小区改造"], "five characters in a line, and the rest"),
    (["云川河综<br>合", "老旧<br>小区"], ["云川河综\n合", "老旧\n小区"], "lines that end before the edge of the column"),
    (["云川河<br>白石河", "青石河<br>柳泉河"], ["云川河\n白石河", "青石河\n柳泉河"],
     "names of one length, one to a line"),
]  # fmt: skip


@pytest.mark.parametrize(("drawn_as", "read_as", "why"), LISTS, ids=[row[2] for row in LISTS])
def test_lines_of_a_column_that_white_bounds(
    draw: Callable[..., Drawn], drawn_as: list[str], read_as: list[str], why: str
) -> None:
    rows = [list(row) for row in ROWS[:1] + ROWS[3:] + ROWS[1:3]]
    for row, text in zip(rows[-2:], drawn_as, strict=True):
        row[1] = text
    rows[1][1], rows[2][1] = "公路", "校园"
    assert [row[1] for row in read(draw, rows).grid()[-2:]] == read_as
