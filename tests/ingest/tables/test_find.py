"""Tables that are drawn come back cell by cell; what is no table is not found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.ingest.tables.conftest import FONTS, Drawn, table

PROSE = (
    "The office reviewed the plans for the coming year and found that most of the works had been carried out in time, "
    "while some were late because material could not be had. It asked all districts to report again before the summer "
    "and to name the bodies that are to lead the works, so that the funds may be handed out without any more delay. "
)
公文 = (
    "各县区、各部门要按照职责分工，密切配合，形成合力，切实抓好各项任务的组织实施，确保年底前全部完成，并及时报告进展情况。"
    * 3
)

RESULTS = [
    ["Item", "2023", "2022"],
    ["Sales of timber", "12,450", "11,020"],
    ["Rents", "830", "(745)"],
    ["Grants from the state", "4,100", "3,980"],
    ["Total", "17,380", "14,255"],
]
STAFF = [
    ["Name", "Post", "Office"],
    ["Anna Moor", "Director of works", "Riverton"],
    ["Hugo Field", "Clerk", "Old Mill"],
    ["Ivy Stone", "Senior engineer", "Westhaven"],
    ["Jonas Hill", "Clerk", "Bay City"],
    ["Kira Lake", "Surveyor", "Riverton"],
]
任务 = [
    ["序号", "重点任务", "责任单位", "完成时限"],
    ["1", "建设城区供水管网二期工程，改造老旧管线，提高供水保障能力和水质监测水平", "市水务局", "2024年6月"],
    ["2", "开展燃气安全专项排查，逐户建立台账，限期整改隐患并组织复查", "市住建局", "2024年9月"],
    ["3", "推进政务服务事项网上办理，压缩办理时限，公开办事指南", "市政务服务局", "长期"],
    ["4", "修订防汛应急预案，储备物资，组织演练，完善预警发布机制", "市应急管理局", "2024年5月"],
]
LEVELS = [
    ["Region|2|1", "Men|1|2", "Women|1|2"],
    ["2022", "2023", "2022", "2023"],
    ["North", "120", "131", "118", "127"],
    ["South", "98", "102", "95", "99"],
    ["East", "201", "214", "199", "203"],
]
LEVELS_FULL = [["Region", "Men", "Men", "Women", "Women"], ["Region", "2022", "2023", "2022", "2023"], *LEVELS[2:]]


def _bare(grid: list[list[str]]) -> list[list[str]]:
    return [["".join(text.split()) for text in row] for row in grid]


def _check(drawn: Drawn, expected: list[list[list[str]]]) -> None:
    assert [_bare(found.grid()) for found in drawn.tables()] == [_bare(grid) for grid in expected]


@pytest.mark.parametrize(
    "kind", ["ruled", "dashed", "double", "inner", "book", "flat", "upright", "plain", "plain wide"]
)
def test_a_table_of_figures_in_every_dress(draw: Callable[..., Drawn], kind: str) -> None:
    drawn = draw(f"<p>{PROSE}</p>{table(RESULTS, kind)}<p>{PROSE}</p>")
    _check(drawn, [RESULTS])
    assert drawn.tables()[0].header_rows == 1


@pytest.mark.parametrize("kind", ["ruled wide bold", "flat wide bold", "plain wide bold roomy"])
def test_wrapped_text_stays_in_its_row(draw: Callable[..., Drawn], kind: str) -> None:
    drawn = draw(f"<p>{公文}</p>{table(任务, kind)}<p>{公文}</p>")
    _check(drawn, [任务])
    assert drawn.tables()[0].header_rows == 1
    assert "\n" not in drawn.tables()[0].grid()[1][1]  # a wrapped line is no paragraph


@pytest.mark.parametrize("kind", ["ruled", "book", "book wide"])
def test_header_over_several_columns(draw: Callable[..., Drawn], kind: str) -> None:
    css = ".book th[colspan='2'] { border-bottom: .5pt solid }"
    drawn = draw(f"<p>{PROSE}</p>{table(LEVELS, kind + ' bold', head=2)}<p>{PROSE}</p>", css)
    _check(drawn, [LEVELS_FULL])
    found = drawn.tables()[0]
    assert found.header_rows == 2
    assert {(cell.row_span, cell.col_span) for cell in found.cells if cell.row == 0} == {(2, 1), (1, 2)}


@FONTS
@pytest.mark.parametrize("kind", ["headbox wide", "headbox wide bold roomy"])
def test_a_boxed_header_over_rows_ruled_across(draw: Callable[..., Drawn], kind: str, font: str) -> None:
    """Only the header has walls: read by its lines each row would be one cell."""
    drawn = draw(f"<p>{公文}</p>{table(任务, kind)}<p>{公文}</p>", font=font)
    _check(drawn, [任务])
    assert drawn.tables()[0].header_rows == 1


@FONTS
@pytest.mark.parametrize("kind", ["first wide", "firsttwo wide", "firsttwo wide roomy"])
def test_one_upright_or_two_are_not_the_whole_grid(draw: Callable[..., Drawn], kind: str, font: str) -> None:
    """What other columns there are shows in the white between their words, from two rows on."""
    _check(draw(f"<p>{公文}</p>{table(任务, kind)}<p>{公文}</p>", font=font), [任务])
    _check(draw(f"<p>{公文}</p>{table(任务[:2], kind)}<p>{公文}</p>", font=font), [任务[:2]])


def test_an_upright_beside_one_column_of_text_parts_no_words(draw: Callable[..., Drawn]) -> None:
    rows = [["事项", "说明"], *[[row[0], row[1]] for row in 任务[1:]]]
    _check(draw(f"<p>{公文}</p>{table(rows, 'first wide')}<p>{公文}</p>"), [rows])


投资 = [
    ["县区|2|1", "完成情况（万元）|1|2", "增速|2|1"],
    ["计划", "实际"],
    ["云东区", "5,180", "66,073", "7.3"],
    ["云西区", "51,312", "93,434", "24.9"],
    ["青石县", "87,906", "12,497", "16.5"],
]
投资全 = [["县区", "完成情况（万元）", "完成情况（万元）", "增速"], ["县区", "计划", "实际", "增速"], *投资[2:]]


@pytest.mark.parametrize("kind", ["ruled", "first wide", "book wide"])
def test_one_name_over_two_columns_beside_names_of_two_rows(draw: Callable[..., Drawn], kind: str) -> None:
    """Names beside it stand in the middle of both lines, so that it is alone on its own."""
    css = "th { vertical-align: middle } th[colspan] { text-align: center } "
    _check(draw(f"<p>{公文}</p>{table(投资, kind, head=2)}<p>{公文}</p>", css), [投资全])


@pytest.mark.parametrize("caption", ["表2　重点任务分解表", "表 2 重点任务"])
def test_a_caption_by_number_is_no_row_of_a_table_without_lines(draw: Callable[..., Drawn], caption: str) -> None:
    """A blank after the number may stand over a gutter."""
    title = f"<p style='text-align:center'>{caption}</p>"
    drawn = draw(f"<p>{公文}</p>{title}{table(任务, 'plain wide')}<p>{公文}</p>")
    _check(drawn, [任务])
    assert drawn.tables()[0].caption[0].text.startswith("表")


def test_a_heading_between_rows_ruled_across_stays_one_cell(draw: Callable[..., Drawn]) -> None:
    rows = [任务[0], ["一、城市建设和管理方面的重点任务和工程|1|4"], *任务[1:3]]
    found = draw(table(rows, "headbox wide")).tables()[0]
    assert _bare(found.grid()) == _bare([任务[0], ["一、城市建设和管理方面的重点任务和工程"] * 4, *任务[1:3]])


ROWS = [
    # html, what must be found, why
    (table(STAFF, "plain wide"), [STAFF], "words only, no line"),
    (f"<div class=beside>{table(RESULTS, 'plain')}{table(STAFF, 'plain')}</div>", [RESULTS, STAFF], "two side by side"),
    (
        "<style>.beside table { width: 70mm; table-layout: fixed }</style>"
        f"<div class=beside>{table(RESULTS[:3], 'ruled')}{table([RESULTS[0], *RESULTS[3:]], 'ruled')}</div>",
        [RESULTS],
        "one table in two columns, its header twice",
    ),
    (f"{table(RESULTS, 'plain')}<p>{PROSE}</p>{table(STAFF, 'book')}", [RESULTS, STAFF], "two below each other"),
    (
        f"<div class=columns><p>{PROSE}</p>{table(RESULTS, 'plain wide')}<p>{PROSE * 3}</p></div>",
        [RESULTS],
        "in one column of a page of prose",
    ),
    (
        table(
            [["项目名称", "河道治理|1|3"], ["法定代表人", "", "电话", ""], ["审批意见", "（盖章）|1|3"]],
            "ruled wide",
            0,
        ),
        [[["项目名称"] + ["河道治理"] * 3, ["法定代表人", "", "电话", ""], ["审批意见"] + ["（盖章）"] * 3]],
        "a form",
    ),
    (
        table([["类别", "名称", "数量"], ["一类|2|1", "甲", "3"], ["乙", "5"], ["二类", "丙", "7"]], "ruled"),
        [[["类别", "名称", "数量"], ["一类", "甲", "3"], ["一类", "乙", "5"], ["二类", "丙", "7"]]],
        "a cell over two rows",
    ),
]


@pytest.mark.parametrize(("html", "expected", "why"), ROWS, ids=[row[2] for row in ROWS])
def test_what_is_a_table(draw: Callable[..., Drawn], html: str, expected: list[list[list[str]]], why: str) -> None:
    drawn = draw(f"<p>{PROSE}</p>{html}<p>{PROSE}</p>")
    _check(drawn, expected)


NONE = [
    (f"<div class=columns>{f'<p>{PROSE}</p>' * 8}</div>", "prose in two columns"),
    (f"<div class=columns>{f'<p>{公文}</p>' * 8}</div>", "公文分两栏"),
    ("<ol>" + "".join(f"<li>{PROSE[k * 9 : 60 + k * 17]}</li>" for k in range(9)) + "</ol>", "a hanging list"),
    (
        "".join(
            f"<div class=beside><span>Chapter of {word}</span><span>{7 * k + 3}</span></div>"
            for k, word in enumerate(PROSE.split()[:14])
        ),
        "contents with page numbers",
    ),
    (
        "<div class=beside><div>Office of Works<br>12 River Street</div><div>4 March 2024<br>Ref. 114</div></div>"
        f"<p>{PROSE}</p><div class=beside><div>Anna Moor<br>Director</div><div>Hugo Field<br>Clerk</div></div>",
        "a letter",
    ),
    (
        "".join(
            f"<p>{role}{name}　　{post}</p>"
            for role, name, post in [
                ("组　长：", "张　韵", "副市长"),
                ("副组长：", "李明远", "市政府副秘书长"),
                ("成　员：", "王　芳", "市财政局局长"),
                ("　　　　", "赵　强", "市水务局局长"),
                ("　　　　", "孙晓梅", "市教育局局长"),
            ]
        ),
        "名单，以空格对齐",
    ),
    ("<p>甲方（盖章）：云川市水务局　　　　乙方（盖章）：云川建设公司</p>" * 2, "签字栏"),
    (f'<div style="border: .8pt solid; padding: 5pt">{PROSE}</div><p>{PROSE}</p>', "text in a box"),
    (
        f'<div style="border-bottom: .7pt solid">Yearbook 2024</div><div class=columns>{f"<p>{PROSE}</p>" * 6}</div>',
        "head",
    ),
    ("<pre>" + "\n".join("    " * (k % 3) + "total += price * count" for k in range(20)) + "</pre>", "code"),
]


@pytest.mark.parametrize(("html", "why"), NONE, ids=[row[1] for row in NONE])
def test_what_is_none(draw: Callable[..., Drawn], html: str, why: str) -> None:
    assert [found.grid() for found in draw(f"<p>{PROSE}</p>{html}<p>{PROSE}</p>").tables()] == []


def test_caption_and_units(draw: Callable[..., Drawn]) -> None:
    title = '<p style="text-align:center"><b>表1　主要指标</b></p><p style="text-align:right;margin:0">单位：万元</p>'
    found = draw(f"<p>{公文}</p>{title}{table(RESULTS, 'ruled wide')}").tables()[0]
    assert ["".join(line.text.split()) for line in found.caption] == ["表1主要指标"]
    assert [line.text for line in found.units] == ["单位：万元"]


@pytest.mark.parametrize("turn", [90, 270])
@pytest.mark.parametrize("kind", ["ruled", "plain wide"])
def test_turned_tables(draw: Callable[..., Drawn], turn: int, kind: str) -> None:
    place = "translate(150mm, 5mm)" if turn == 90 else "translate(5mm, 210mm)"
    css = f"transform:{place} rotate({turn}deg);transform-origin:top left;position:absolute;left:0;top:0;width:200mm"
    drawn = draw(f'<div style="{css}">{table(RESULTS + RESULTS[1:], kind)}</div>')
    _check(drawn, [RESULTS + RESULTS[1:]])
    part = drawn.tables()[0].parts[0]
    assert part.turn == turn // 90
    page = drawn.pages[0]
    assert 0 <= part.bbox.x0 < part.bbox.x1 <= page.width
    assert part.bbox.height > part.bbox.width  # as it is shown


def test_places_name_the_glyphs(draw: Callable[..., Drawn]) -> None:
    drawn = draw(table(任务, "ruled wide"))
    glyphs = drawn.pages[0].glyphs
    for cell in drawn.tables()[0].cells:
        for line in cell.lines:
            assert len(line.text) == len(line.places)
            for char, place in zip(line.text, line.places, strict=True):
                assert char == (" " if place < 0 else glyphs.text[place])


@FONTS
def test_a_notice_in_three_columns_is_no_table(draw: Callable[..., Drawn], font: str) -> None:
    """Its last column holds the signature and the date, level with the lines of the others."""
    style = (
        "@page { margin: 16mm 12mm } .three { columns: 3; column-gap: 6mm; font-size: 9pt; line-height: 14.5pt } "
        ".three p { margin: 0; text-indent: 2em } .three .s { text-indent: 0 } .three .r { text-align: right }"
    )
    left = f"<p class=s>各县（市、区）人民政府，云川经济开发区管委会，市直各有关单位：</p><p>{公文[:125]}</p>"
    right = "<p>附件：2024年全市重点任务清单和分工</p><p class=r>云川市人民政府</p><p class=r>2024年3月9日</p>"
    title = "<p class=s style='font-size: 12pt; line-height: 24pt'>全市重点任务清单</p>"
    end = f"<p>（此件公开发布）</p><p class=s>附件</p>{title}"
    drawn = draw(f"<div class=three>{left}{right}{end}</div>{table(任务, 'ruled wide')}", style, font)
    _check(drawn, [任务])
