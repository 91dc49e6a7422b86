"""Rows whose first column counts them, however their cells are set and whatever parts them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from gongbao.ingest.tables.counted import TOLERANCES, cuts_between, numbered
from gongbao.ingest.tables.words import NO_NUMBER

from tests.ingest.tables.conftest import Drawn, table

NO = NO_NUMBER
NUMBERS = [
    # the first column from the top → places of the numbers, why
    ([NO, 1, 2, 3], [1, 2, 3], "under its name"),
    ([NO, NO, 1, 2], [2, 3], "a name in two lines"),
    ([4, 5, 6], [0, 1, 2], "goes on from the page before"),
    ([NO, 1], [], "one number counts nothing"),
    ([NO, 1, 3], [], "figures that do not count"),
    ([NO, 1, NO, 2], [], "other text among them"),
    ([NO, 1, 2, NO], [], "a total below them"),
]


@pytest.mark.parametrize(("column", "places", "why"), NUMBERS, ids=[row[2] for row in NUMBERS])
def test_numbers(column: list[int], places: list[int], why: str) -> None:
    assert numbered(np.array(column), np.arange(len(column), dtype=float)).tolist() == places


WIDE, LINE = 3.01 + TOLERANCES.wider, 10.0


def _lines(*white: float) -> tuple[np.ndarray, np.ndarray]:
    starts = np.concatenate([[0.0], np.cumsum([LINE + gap for gap in white])])
    return starts, starts + LINE


CUTS = [
    # white after each line, lines that the numbers stand in the middle of → rows part after these lines, why
    ([WIDE, 3, WIDE], [0, 1.5, 3], [0, 2], "wider white between rows, numbers in the middle"),
    ([WIDE, 3, WIDE], [0, 1, 3], [0, 2], "the same, numbers level with the first line"),
    ([3, 3, 3, 3, 3], [0, 2, 4.5], [0, 3], "no wider white, numbers in the middle"),
    (
        [WIDE - 0.02, 3, WIDE - 0.02],
        [0, 1, 3],
        None,
        "white that is not wide enough, numbers level with the first line",
    ),
    ([3, 3, 3, 3], [0, 1], [0], "what stands below the last number is of its row"),
]


@pytest.mark.parametrize(("white", "at", "after", "why"), CUTS, ids=[row[3] for row in CUTS])
def test_rows(white: list[float], at: list[float], after: list[int] | None, why: str) -> None:
    starts, ends = _lines(*white)
    middles = np.interp(at, np.arange(len(starts)), (starts + ends) / 2)
    cuts = cuts_between(middles, starts, ends)
    assert (None if cuts is None else np.flatnonzero(cuts).tolist()) == after


任务 = [
    ["序号", "工作任务", "牵头单位", "完成时限"],
    ["1", "完善监测预警体系，健全应急物资储备，开展专项检查并建立台账，按季度报送进展", "市水务局", "2024年6月底前"],
    ["2", "推进管网改造", "市住房和城乡建设局", "2024年10月底前"],
    ["3", "规范资金使用管理，落实责任清单，优化信息共享平台", "市财政局", "长期坚持"],
    ["4", "建设项目库", "市农业农村局", "2024年12月底前"],
]
STYLES = [
    # body's size, cells' padding, vertical alignment, kind, why
    (10, "2pt 4pt", "middle", "book", "three lines, cells level by their middles"),
    (10, "0 4pt", "middle", "book", "the same without any margin in the cells"),
    (10, "2pt 4pt", "top", "plain", "no line at all"),
    (10, "2pt 4pt", "middle", "plain", "no line, cells level by their middles"),
]


@pytest.mark.parametrize(("size", "padding", "align", "kind", "why"), STYLES, ids=[row[4] for row in STYLES])
def test_a_table_of_tasks(draw: Callable[..., Drawn], size: int, padding: str, align: str, kind: str, why: str) -> None:
    style = f"body{{font-size:{size}pt}} td,th{{padding:{padding};vertical-align:{align}}}"
    style += " .c1{width:70mm} .c2{width:24mm} .c3{width:24mm}"
    drawn = draw(f"<p>各县（市、区）人民政府：</p>{table(任务, kind)}<p>请认真执行。</p>", style)
    assert [found.grid() for found in drawn.tables()] == [任务]


散文 = "市水务局要完善监测预警体系，会同市财政局于2024年6月底前完成，确保取得实效，并按季度报送进展。" * 6


def test_in_one_of_two_narrow_columns_of_a_page(draw: Callable[..., Drawn]) -> None:
    """The caption stands beside lines of the other column, and each number is its own line of the page."""
    style = ".columns{font-size:9pt} td,th{padding:2pt 4pt} .c1{width:28mm} .c2{width:16mm}"
    flow = f"<p>{散文}</p><p style='text-align:center'>表7　重点任务分解表</p>{table(任务, 'plain')}<p>{散文 * 3}</p>"
    assert [found.grid() for found in draw(f"<div class=columns>{flow}</div>", style).tables()] == [任务]


def test_lines_of_one_table_of_many_short_rows(draw: Callable[..., Drawn]) -> None:
    """Each printed line is a row and nearly all of the second column are full: it looks like prose beside names."""
    rows = [
        [str(k + 1), f"{'完善监测预警体系，落实责任清单' if k % 4 else '推进管网改造'}", "市水务局"] for k in range(12)
    ]
    rows.insert(0, ["序号", "工作任务", "牵头单位"])
    drawn = draw(f"<p>{散文}</p>{table(rows, 'plain')}<p>{散文}</p>", "td,th{padding:0 8pt}")
    assert [found.grid() for found in drawn.tables()] == [rows]


SPANNED = [
    ["县区|2|1", "完成情况（万元）|1|2", "增速（%）|2|1", "备注|2|1"],
    ["计划", "实际"],
    ["云东区", "39,676", "5,615", "6.4", "超额完成"],
    ["青石县", "21,349", "22,079", "6.8", "无"],
    ["白河县", "10,199", "45,274", "20.6", "超额完成"],
]
READ = [
    ["县区", "完成情况（万元）", "完成情况（万元）", "增速（%）", "备注"],
    ["县区", "计划", "实际", "增速（%）", "备注"],
    *SPANNED[2:],
]
DRESSES = [
    # style, why
    ("td,th{vertical-align:middle}", "no line, names beside it level by their middles"),
    ("td{border-bottom:.5pt solid} th{background:#ddd}", "a painted head, painted cell by cell"),
    ("td,th{border-bottom:.5pt solid} .c0{border-right:.5pt solid}", "one upright over a head without a rule above"),
]


@pytest.mark.parametrize(("style", "why"), DRESSES, ids=[row[1] for row in DRESSES])
def test_a_name_over_two_columns(draw: Callable[..., Drawn], style: str, why: str) -> None:
    drawn = draw(
        f"<p>现将情况通报如下。</p>{table(SPANNED, 'wide', 2)}<p>请认真执行。</p>",
        style + "tr:first-child .c1{text-align:center}",
    )
    assert [found.grid() for found in drawn.tables()] == [READ]
