"""Tables as Word, LibreOffice and programs of reports set them: no margin in the cells, names at the top or in the
middle of a header in two rows, rows and headers that a page breaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.ingest.tables.conftest import Drawn, table
from tests.ingest.tables.test_onward import _read

县区 = [
    ["县区", "计划", "实际", "增速（%）", "备注"],
    ["云东区", "39,676", "5,615", "6.4", "超额完成"],
    ["云川经济技术开发区", "21,349", "22,079", "6.8", "资金按季拨付"],
    ["白河县", "10,199", "45,274", "20.6", "无"],
    ["柳泉县", "8,120", "7,466", "11.2", "超额完成"],
]
任务 = [
    ["序号", "工作任务", "牵头单位", "完成时限"],
    ["1", "推进管网改造", "市水务局", "2024年6月底前"],
    ["2", "完善监测预警体系，落实责任清单，健全应急物资储备", "市财政局", "2024年9月底前"],
    ["3", "建设项目库", "市水务局", "2024年12月底前"],
]
PROSE = "<p>市水务局要完善监测预警体系，会同市财政局于2024年6月底前完成，确保取得实效，并按季度报送进展。</p>"
NARROW = "td,th{padding:0 4pt;vertical-align:%s;line-height:%s} .c0{width:%s} .c1{width:34mm} .c4{width:%s}"

LINES = [
    # rows, kind, vertical alignment, height of lines, widths of the first and last column, why
    (县区, "wide", "middle", 1.4, "22mm", "30mm", "one wrapped cell beside figures in the middle of it"),
    (县区, "wide", "middle", 2.0, "22mm", "30mm", "the same with white between the lines: three heights of one row"),
    (县区, "wide", "top", 1.4, "22mm", "18mm", "two cells of a row wrapped, all set at the top"),
    (县区, "wide book", "middle", 1.8, "22mm", "30mm", "between three lines"),
    (任务[:3], "wide book", "middle", 1.4, "12mm", "auto", "the wrapped cell in the last row above the closing line"),
    (任务, "wide", "top", 1.4, "12mm", "auto", "numbers that tell nothing where no white does"),
]


@pytest.mark.parametrize(
    ("rows", "kind", "align", "leading", "first", "last", "why"), LINES, ids=[r[-1] for r in LINES]
)
def test_rows_told_by_how_their_cells_are_set(
    draw: Callable[..., Drawn],
    rows: list[list[str]],
    kind: str,
    align: str,
    leading: float,
    first: str,
    last: str,
    why: str,
) -> None:
    drawn = draw(f"{PROSE}{table(rows, kind)}{PROSE}", NARROW % (align, leading, first, last))
    assert [found.grid() for found in drawn.tables()] == [rows]


def test_a_cell_that_says_nothing_joins_no_rows(draw: Callable[..., Drawn]) -> None:
    rows = [list(row) for row in 县区]
    rows[3][4] = ""
    drawn = draw(f"{PROSE}{table(rows, 'wide')}{PROSE}", NARROW % ("middle", 1.4, "22mm", "30mm"))
    assert [found.grid() for found in drawn.tables()] == [rows]


SPANNED = [
    ["县区|2|1", "完成情况|1|2", "增速（%）|2|1", "备注|2|1"],
    ["计划", "实际"],
    ["云东区", "39,676", "5,615", "6.4", "超额完成"],
    ["青石县", "21,349", "22,079", "6.8", "无"],
    ["白河县", "10,199", "45,274", "20.6", "超额完成"],
]
READ = [
    ["县区", "完成情况", "完成情况", "增速（%）", "备注"],
    ["县区", "计划", "实际", "增速（%）", "备注"],
    *SPANNED[2:],
]
LINED = "td,th{border-bottom:.5pt solid}"
THREE = "table{border-top:1pt solid;border-bottom:1pt solid}"
HEADERS = [
    # style, alignment of figures, why
    ("td,th{vertical-align:middle}", "a name set left fits above the first of its columns alone, others in the middle"),
    ("td,th{vertical-align:top}", "the others at the top"),
    ("td,th{vertical-align:top} tr:first-child .c1{text-align:center}", "at the top beside a name in the middle"),
    (THREE + "td,th{vertical-align:top}", "between rules that part no header"),
    ("td,th{vertical-align:top} tr:first-child th{padding-bottom:14pt}", "a line without text below the upper names"),
    (LINED + "td,th{vertical-align:middle}", "rows ruled across, also under the name"),
    ("tbody td{border-bottom:.5pt solid} table{border-top:.5pt solid} tr:nth-child(2) th,tr:first-child :not(.c1)"
     "{border-bottom:.5pt solid} td,th{vertical-align:middle}", "rows ruled across, but not under the name"),
]  # fmt: skip


@pytest.mark.parametrize(("style", "why"), HEADERS, ids=[row[1] for row in HEADERS])
def test_a_name_over_two_columns(draw: Callable[..., Drawn], style: str, why: str) -> None:
    drawn = draw(f"{PROSE}{table(SPANNED, 'wide', 2)}{PROSE}", "td,th{text-align:left!important}" + style)
    assert [found.grid() for found in drawn.tables()] == [READ]


@pytest.mark.parametrize("leading", [1.3, 2.0])
def test_a_wrapped_cell_below_such_a_name(draw: Callable[..., Drawn], leading: float) -> None:
    """All cells are set in the middle: a row of three heights, and a header of three."""
    rows = [[row[0].replace("青石县", "云川经济技术开发区"), *row[1:]] for row in READ]
    body = [[row[0].replace("青石县", "云川经济技术开发区"), *row[1:]] for row in SPANNED]
    drawn = draw(f"{PROSE}{table(body, 'wide', 2)}{PROSE}", NARROW % ("middle", leading, "22mm", "30mm"))
    assert [found.grid() for found in drawn.tables()] == [rows]


def test_a_header_as_low_as_its_text_above_the_first_rule(draw: Callable[..., Drawn]) -> None:
    style = "table{font-size:8pt;line-height:1.2} td,th{padding:0 6pt}"
    drawn = draw(f"{PROSE}{table(县区, 'wide first')}{PROSE}", style)
    assert [found.grid() for found in drawn.tables()] == [县区]


def test_an_upright_beside_a_name_over_columns_goes_on_below_it(draw: Callable[..., Drawn]) -> None:
    """Word draws the right side of the merged cell and no other wall between these columns."""
    style = LINED + "tr .c0{border-right:.5pt solid} tr:first-child .c1{border-right:.5pt solid}"
    style += "tr:nth-child(2) th:first-child,td.c1{border-right:.5pt solid}"
    drawn = draw(f"{PROSE}{table(SPANNED, 'wide', 2)}{PROSE}", style)
    assert [found.grid() for found in drawn.tables()] == [READ]


指标 = [
    ["Indicator", "2022", "2023", "Change"],
    ["Output", "414.1", "454.3", "4.77"],
    ["Total", "697.1", "554.8", "1.20"],
    ["Average wage", "393.8", "48.0", "-1.27"],
    ["Region", "528.5", "557.0", "0.56"],
]
HALF_WIDTH = (
    "td,th{font-family:'AR PL UMing CN';font-size:10pt;padding:0 14pt;text-align:left!important;word-spacing:.2pt}"
)


def test_a_blank_of_half_width_between_words_is_no_gutter(draw: Callable[..., Drawn]) -> None:
    assert [found.grid() for found in draw(f"{PROSE}{table(指标, 'wide')}", HALF_WIDTH).tables()] == [指标]


def test_two_tables_level_in_two_columns_of_a_page_keep_their_captions(draw: Callable[..., Drawn]) -> None:
    """Captions that stand in one line of the page are those of two tables."""
    flow = PROSE * 4 + "<p style='text-align:center'>表{}　重点任务分解表</p>" + table(任务, "wide flat") + PROSE * 2
    halves = "".join(f"<div style='break-after:column'>{flow.format(k)}</div>" for k in (2, 4))
    found = draw(f"<div class=columns>{halves}</div>", ".columns{font-size:9pt} td,th{padding:2pt}").tables()
    assert [("".join(line.text for line in t.caption), t.grid()) for t in found] == [
        ("表2　重点任务分解表", 任务),
        ("表4　重点任务分解表", 任务),
    ]


def test_rules_of_a_boxed_header_go_on_beside_a_table_of_the_other_column(draw: Callable[..., Drawn]) -> None:
    left = f"<div style='break-after:column'>{table(任务, 'wide headbox')}{PROSE}</div>"
    right = f"{PROSE * 3}{table(县区, 'wide ruled')}"
    drawn = draw(
        f"<div class=columns>{left}{right}</div>", ".columns{font-size:9pt} table{font-size:7pt} td,th{padding:2pt}"
    )
    assert [found.grid() for found in drawn.tables()] == [任务, 县区]


HEAD = "<div style='height:{}mm'></div><p>现将完成情况通报如下。</p>"
BREAK = "td,th{padding:2pt 8pt} tr{break-inside:avoid} thead{display:table-row-group}"
PARTED = [
    # rows, kind, style, why
    (
        县区,
        "book",
        "tbody tr:nth-child(2){break-before:page} table{font-size:12pt} .c0{width:50mm} td,th{white-space:nowrap}",
        "columns as wide as their texts, which are longer on the next page",
    ),
    (
        县区,
        "wide flat",
        "tbody tr:first-child{break-before:page}",
        "names alone between two rules at the foot",
    ),
]


@pytest.mark.parametrize(("rows", "kind", "style", "why"), PARTED, ids=[row[-1] for row in PARTED])
def test_a_table_that_a_page_breaks(
    draw: Callable[..., Drawn], rows: list[list[str]], kind: str, style: str, why: str
) -> None:
    drawn = draw(f"{HEAD.format(180)}{table(rows, kind)}<p>请认真执行。</p>", BREAK + style)
    assert len(drawn.pages) == 2
    assert _read(drawn) == [rows]


def test_the_rest_of_a_row_at_the_head_of_the_next_page(draw: Callable[..., Drawn]) -> None:
    """Word breaks rows: what is left of one cell stands above the first row of the next page."""
    rows = [*任务, ["4", "规范资金使用", "市民政局", "长期坚持"], ["5", "开展专项检查", "市水务局", "2024年5月底前"]]
    one = [*rows[:2], ["2", rows[2][1][:16], *rows[2][2:]]]
    style = "td,th{padding:2pt 8pt} .c0{width:16mm} .c1{width:64mm} .next{break-before:page}"
    drawn = draw(
        f"{HEAD.format(180)}{table(one, 'wide')}{table([['', rows[2][1][16:], '', ''], *rows[3:]], 'wide next', 0)}",
        style,
    )
    assert _read(drawn) == [rows]


def test_a_running_head_above_a_table_without_lines_is_no_row(draw: Callable[..., Drawn]) -> None:
    """Rows that stand as far apart as it stands above them, and its two words above two of the columns."""
    style = "@page{margin-top:20mm;@top-center{content:'云川市人民政府公报　2024年第6期';font-size:9pt;"
    style += "vertical-align:bottom;padding-bottom:4mm}} table{font-size:13.5pt;margin-top:0;line-height:2}"
    drawn = draw(
        f"{table(指标, 'wide')}{PROSE}", style + ".c0{width:58mm}.c1{width:30mm}.c2{width:32mm} .n{text-align:left}"
    )
    assert [found.grid() for found in drawn.tables()] == [指标]
