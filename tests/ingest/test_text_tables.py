"""Tables of text files: rows that leave out merged cells, headers of two rows, headings between rows."""

from __future__ import annotations

import pytest
from gongbao.ingest.tables import RawTable
from gongbao.ingest.text import read_text

_HEAD = "云川市人民政府关于印发任务分解表的通知\n云政发〔2024〕10号\n"


def _tables(text: str) -> list[RawTable]:
    return [item for item in read_text(_HEAD + text).flow if isinstance(item, RawTable)]


def _grid(table: RawTable) -> list[list[str]]:
    grid = [[""] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            grid[row][cell.col : cell.col + cell.col_span] = [cell.text] * cell.col_span
    return grid


@pytest.mark.parametrize(
    ("text", "header_rows", "expected", "why"),
    [
        (
            "类别\t任务\t责任单位\n水利\t修堤\t市水利局\n清淤\t云东区政府\n交通\t修路\t市交通运输局\n",
            1,
            [["水利", "修堤", "市水利局"], ["水利", "清淤", "云东区政府"], ["交通", "修路", "市交通运输局"]],
            "a row that prints fewer cells has the first ones of the row above",
        ),
        (
            "序号\t任务\t责任单位\n1\t修堤\t市水利局\n2\t清淤\n3\t修路\t市交通运输局\n",
            1,
            [["1", "修堤", "市水利局"], ["2", "清淤", ""], ["3", "修路", "市交通运输局"]],
            "one that counts on has lost its last cells",
        ),
        (
            "序号\t领域\t举措\t责任单位\t时限\n1\t平台\t建成政务云平台\t市数据局\t10月底前\n2\t完善数据目录\t市统计局\t12月底前\n",
            1,
            [
                ["1", "平台", "建成政务云平台", "市数据局", "10月底前"],
                ["2", "平台", "完善数据目录", "市统计局", "12月底前"],
            ],
            "… or its second one, behind the number, is the one above",
        ),
        (
            "项目\t目标\t主办单位\n一、住有所居\n旧区改造\t改造小区60个\t市住建局\n",
            1,
            [["一、住有所居"] * 3, ["旧区改造", "改造小区60个", "市住建局"]],
            "short cells below a heading are no header",
        ),
        (
            "序号\t湿地名称\t湿地面积\t主管单位\n范围面积\t湿地面积\n1\t云川水库\t4.1\t3.2\t市水利局\n",
            2,
            [["序号", "湿地名称", "范围面积", "湿地面积", "主管单位"], ["1", "云川水库", "4.1", "3.2", "市水利局"]],
            "a header of two rows: the second divides the cell whose words it repeats",
        ),
        (
            "工作任务\t牵头单位\t责任单位\n一、水利\n（一）堤防\n1.修堤\t市水利局\t各区政府\n二、交通\n2.修路\t\t各区政府\n",
            1,
            [
                ["一、水利"] * 3,
                ["（一）堤防"] * 3,
                ["1.修堤", "市水利局", "各区政府"],
                ["二、交通"] * 3,
                ["2.修路", "", "各区政府"],
            ],
            "numbered headings between rows are rows of the table",
        ),
        ("| 任务 | 责任单位 |\n| 修堤 | 市水利局 |\n", 1, [["修堤", "市水利局"]], "bars in a plain text"),
    ],
)
def test_rows(text: str, header_rows: int, expected: list[list[str]], why: str) -> None:
    (table,) = _tables(text)
    assert table.header_rows == header_rows, why
    assert _grid(table)[-len(expected) :] == expected, why


def test_a_heading_over_another_header_begins_another_table() -> None:
    first, second = _tables("任务\t单位\n修堤\t市水利局\n二、职责分工\n单位\t职责\n市水利局\t负责防汛\n")
    assert (_grid(first)[-1], _grid(second)[0]) == (["修堤", "市水利局"], ["单位", "职责"])
