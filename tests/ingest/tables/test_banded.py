"""Tables whose rows lie between rules, or are shaded, without upright lines; and what the page cuts off."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from gongbao.ingest.tables.judge import JudgedColumn, are_hanging

from tests.ingest.tables.conftest import Drawn, table

ITEMS = ["建设城区供水管网二期工程", "开展燃气安全专项排查", "推进政务服务事项网上办理", "修订防汛应急预案"]
TEXT = "组织力量逐项核查，建立工作台账，明确整改时限，按月报告进展情况，年底前完成验收并向社会公布结果。"
公文 = "各县区、各部门要按照职责分工，密切配合，形成合力，切实抓好各项任务的组织实施，确保年底前全部完成。" * 3

_MIDDLE = "th { text-align: center } td, th { vertical-align: middle }"
_SHADE = "thead { background: #cde } tbody tr:nth-child(even) { background: #eee }"
_ROWS = "td, th { border-top: .5pt solid #444; border-bottom: .5pt solid #444 }"
_BELOW = "td, th { border-bottom: .5pt dotted #444 }"
_SMALL = "@page { size: A5; margin: 18mm }"
LOOKS = [
    # style, why
    (_MIDDLE + _ROWS, "a rule above and below each row"),
    (_MIDDLE + _ROWS + _SHADE, "rules and shade"),
    (_MIDDLE + _BELOW, "a rule below each row, none above the header"),
    (_MIDDLE + _SHADE, "shade alone"),
]


def _rows(count: int, times: int = 1) -> list[list[str]]:
    """Numbered rows with wrapped text; the first column is so narrow that its name stands one character a line."""
    head = ["序号", "重点任务", "具体措施", "责任单位"]
    units = ["市水务局、市财政局", "市住建局", "市政务服务局、各县（市、区）政府", "市应急管理局"]
    body = [[str(k), ITEMS[k % 4], TEXT * (times + k % 2), units[k % 4]] for k in range(1, count + 1)]
    return [head, *body]


def _bare(grid: list[list[str]]) -> list[list[str]]:
    return [["".join(text.split()) for text in row] for row in grid]


@pytest.mark.parametrize(("style", "why"), LOOKS, ids=[row[1] for row in LOOKS])
def test_every_row_is_found(draw: Callable[..., Drawn], style: str, why: str) -> None:
    found = draw(f"<p>{公文}</p>{table(_rows(5), 'wide')}<p>{公文}</p>", style).tables()
    assert [_bare(t.grid()) for t in found] == [_rows(5)]
    assert found[0].header_rows == 1


@pytest.mark.parametrize(("style", "why"), LOOKS[:2], ids=[row[1] for row in LOOKS[:2]])
def test_rows_that_pages_cut_are_whole(draw: Callable[..., Drawn], style: str, why: str) -> None:
    drawn = draw(table(_rows(12, 3), "wide"), style + _SMALL)
    found = drawn.tables()
    assert len(drawn.pages) > 3
    assert [_bare(t.grid()) for t in found] == [_rows(12, 3)]
    assert (found[0].header_rows, found[0].page_first, found[0].page_last) == (1, 1, len(drawn.pages))


def test_rules_have_gaps_beside_tall_cells(draw: Callable[..., Drawn]) -> None:
    rows = [
        ["指挥机构|1|2", "职责"],
        ["副指挥长|2|1", "市应急管理局局长", TEXT + "|2|1"],
        ["市水务局局长"],
        ["成员|3|1", "市财政局", TEXT],
        ["市住建局", TEXT],
        ["市教育局", TEXT],
    ]
    found = draw(f"<p>{公文}</p>{table(rows, 'wide')}<p>{公文}</p>", _MIDDLE + _ROWS + _SHADE).tables()
    assert [_bare(t.grid()) for t in found] == [
        [
            ["指挥机构", "指挥机构", "职责"],
            ["副指挥长", "市应急管理局局长", TEXT],
            ["副指挥长", "市水务局局长", TEXT],
            ["成员", "市财政局", TEXT],
            ["成员", "市住建局", TEXT],
            ["成员", "市教育局", TEXT],
        ]
    ]


def test_two_tables_with_rules_of_one_length_stay_two(draw: Callable[..., Drawn]) -> None:
    other = [["级别", "启动条件"], ["一级", TEXT * 2], ["二级", TEXT]]
    title = '<p style="text-align: center; font-size: 13pt">应急响应级别及启动条件</p>'
    found = draw(f"{table(_rows(3), 'wide')}{title}{table(other, 'wide')}", _MIDDLE + _ROWS).tables()
    assert [_bare(t.grid()) for t in found] == [_rows(3), other]


def test_two_tables_part_where_the_pieces_of_their_rules_do(draw: Callable[..., Drawn]) -> None:
    """Though a shaded title, which shows no pieces, stands between them."""
    other = [["序号", "责任单位的名称", "事项"], *([str(k), "市水务局", ITEMS[k % 4]] for k in range(1, 4))]
    title = '<p style="background: #eee; font-weight: bold">二、其他事项（共3项）</p>'
    found = draw(f"{table(_rows(7), 'wide')}{title}{table(other, 'wide')}", _MIDDLE + _BELOW).tables()
    assert [_bare(t.grid()) for t in found] == [_rows(7), other]


@pytest.mark.parametrize("above", ["单位：万元", "市水务局组织实施的重点工程，列入考核的，按月报告进展情况"])
def test_what_stands_over_a_table_without_a_top_rule_is_no_row(draw: Callable[..., Drawn], above: str) -> None:
    drawn = draw(f"<p>{公文}</p><p style='margin: 0'>{above}</p>{table(_rows(4), 'wide')}", _MIDDLE + _BELOW)
    assert [_bare(t.grid()) for t in drawn.tables()] == [_rows(4)]


def test_a_box_around_the_page_is_no_part_of_its_table(draw: Callable[..., Drawn]) -> None:
    head = "@page { border: .6pt solid #888; padding: 4mm; margin-top: 20mm }"
    drawn = draw(table(_rows(10, 3), "ruled wide"), head + _SMALL + "table { margin: 0 }")
    assert len(drawn.pages) > 2
    assert [_bare(t.grid()) for t in drawn.tables()] == [_rows(10, 3)]


def test_cells_between_two_lines_of_figures_cover_both(draw: Callable[..., Drawn]) -> None:
    rows = [["序号", "县区", "车型", "上年", "今年"]]
    for k, name in enumerate(["东城区", "西城区", "云川县", "云山县"]):
        rows += [[f"{k + 1}|2|1", f"{name}|2|1", "中型", str(3 * k), "7"], ["重型", "12", str(40 + k)]]
    style = "table { border-top: 1pt solid; border-bottom: 1pt solid } thead th { border-bottom: .5pt solid }"
    found = draw(f"<p>{公文}</p>{table(rows, 'wide')}<p>{公文}</p>", _MIDDLE + style).tables()
    grid = _bare(found[0].grid())
    assert [row[:3] for row in grid[1:3]] == [["1", "东城区", "中型"], ["1", "东城区", "重型"]]
    assert [row[1] for row in grid[1:]] == [name for name in ["东城区", "西城区", "云川县", "云山县"] for _ in (0, 1)]


def test_a_break_between_rows_beside_a_tall_cell_joins_nothing_else(draw: Callable[..., Drawn]) -> None:
    """The tall cell has no rule at the foot of the page, the others have."""
    rows = [["序号", "类别", "任务"], ["1", "城乡建设|12|1", TEXT * 2], *([str(k), TEXT * 2] for k in range(2, 13))]
    drawn = draw(table(rows, "ruled wide"), _SMALL + "tr { break-inside: avoid }")
    assert len(drawn.pages) > 1
    expected = [rows[0]] + [[str(k), "城乡建设", TEXT * 2] for k in range(1, 13)]
    assert [_bare(t.grid()) for t in drawn.tables()] == [expected]


def test_ruled_tables_that_touch_are_two(draw: Callable[..., Drawn]) -> None:
    first = [["序号", "项目名称", "金额"], ["1", "河道治理", "120"], ["2", "道路改造", "85"]]
    second = [
        ["姓名", "职务", "单位", "电话"],
        ["李明", "主任", "市水务局", "12345"],
        ["王芳", "科长", "市财政局", "23456"],
    ]
    style = "table { margin: 0; table-layout: fixed }"
    found = draw(f"<p>{公文}</p>{table(first, 'ruled wide')}{table(second, 'ruled wide')}<p>{公文}</p>", style).tables()
    assert [_bare(t.grid()) for t in found] == [first, second]


NONE = [
    (
        "<div class=columns>"
        + "".join(
            f'<p style="text-indent: 2em">{name}　{post}</p>'
            for name, post in zip(
                ["张韵", "李明远", "王芳", "赵强", "孙晓梅", "周立", "吴敏", "郑海", "钱进", "冯军", "陈思齐", "魏元"],
                [
                    "市政府副秘书长",
                    "市财政局局长",
                    "市水务局副局长",
                    "市教育局局长、市委教育工委副书记、一级调研员",
                    "市住建局局长",
                ]
                * 3,
                strict=False,
            )
        )
        + "</div>",
        "名单，分两栏，折行的字突在前面",
    ),
    (
        "".join(f"<hr><div class=columns><p>{公文}</p><p>{公文}</p></div>" for _ in "12345") + "<hr>",
        "prose in columns between rules",
    ),
    ("".join(f'<p style="background: #eee">{公文}</p><p>{公文}</p>' for _ in "123"), "shaded paragraphs"),
    (
        "".join(f'<p style="border-bottom: .5pt solid">第{k}条　{公文}</p>' for k in "一二三四五"),
        "paragraphs with rules below",
    ),
]


@pytest.mark.parametrize(("html", "why"), NONE, ids=[row[1] for row in NONE])
def test_what_is_none(draw: Callable[..., Drawn], html: str, why: str) -> None:
    assert [found.grid() for found in draw(html).tables()] == []


@pytest.mark.parametrize(
    ("seldom", "figures", "expected", "why"),
    [
        (2, 0.0, True, "lines that hang out beside two columns of names"),
        (7, 0.0, False, "a third column that speaks"),
        (2, 0.9, False, "numbered rows"),
    ],
)
def test_lines_that_hang_out_make_no_column(seldom: int, figures: float, expected: bool, why: str) -> None:
    filled = np.ones((14, 3), dtype=np.bool_)
    filled[seldom:, 0] = False
    columns = [
        JudgedColumn((), figures, 0.0, 0.0, bold_head=False),
        *[JudgedColumn((), 0.0, 0.0, 0.0, bold_head=False)] * 2,
    ]
    assert are_hanging(filled, columns) is expected


def test_a_name_set_left_over_two_columns_of_a_shaded_header(draw: Callable[..., Drawn]) -> None:
    """Nothing but the place of the names under it tells that it is for both."""
    body = [
        ["云东区", "39,676", "5,615", "6.4", "超额完成"],
        ["柳泉县", "8,120", "45,274", "-11.2", "无"],
        ["青石县", "21,349", "22,079", "26.8", "资金按季拨付"],
        ["白河县", "10,199", "466", "0.6", "无"],
    ]
    head = ["县区", "完成情况<br>计划", "<br>实际", "增速", "备注"]
    style = "th{background:#bbb} tbody tr:nth-child(even){background:#ddd} td,th{padding:2pt 9pt}"
    (found,) = draw(table([head, *body], "wide"), style).tables()
    names = [["县区", "完成情况", "完成情况", "增速", "备注"], ["县区", "计划", "实际", "增速", "备注"]]
    assert found.grid() == [*names, *body]
    assert found.header_rows == 2
