"""Rows that a page break parts from their table."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from gongbao.ingest.again import second_looks
from gongbao.ingest.characters import judge
from gongbao.ingest.read import PageReading, Request, understand
from gongbao.ingest.tables import join_over_pages

from tests.ingest.tables.conftest import Drawn, table

县区 = [
    ["县区", "计划", "实际", "增速（%）", "备注"],
    ["云东区", "39,676", "5,615", "6.4", "超额完成"],
    ["青石县", "21,349", "22,079", "6.8", "超额完成"],
    ["白河县", "10,199", "45,274", "20.6", "资金按季拨付"],
    ["柳泉县", "8,120", "7,466", "11.2", "无"],
]
HEAD = "<div style='height:{}mm'></div><p>现将完成情况通报如下。</p>"


def _read(drawn: Drawn) -> list[list[list[str]]]:
    """The tables of a file, its pages looked at again in the light of the others."""
    readings: list[PageReading] = [
        understand(page, judge(page), Request(index)) for index, page in enumerate(drawn.pages)
    ]
    for request in second_looks(readings, None):
        page = drawn.pages[request.index]
        readings[request.index] = understand(page, judge(page), request)
    return [found.grid() for found in join_over_pages([reading.tables for reading in readings])]


@pytest.mark.parametrize("kind", ["wide", "wide flat", "wide first"])
def test_the_last_row_alone_on_the_next_page(draw: Callable[..., Drawn], kind: str) -> None:
    style = "td,th{padding:2pt 4pt} tr{break-inside:avoid} tbody tr:last-child{break-before:page}"
    style += " thead{display:table-row-group}"
    drawn = draw(f"{HEAD.format(190)}{table(县区, kind)}<p>请认真执行。</p>", style)
    assert len(drawn.pages) == 2
    assert _read(drawn) == [县区]


def test_a_running_head_is_no_row(draw: Callable[..., Drawn]) -> None:
    """The same at the head of every page, in three places that happen to be columns."""
    style = "@page{@top-left{content:'6/2024'}@top-center{content:'云川市人民政府公报'}@top-right{content:'文件'}}"
    style += "td,th{padding:2pt 4pt} tr{break-inside:avoid} .next{break-before:page}"
    rows = [row[:3] for row in 县区[:4]]
    drawn = draw(f"{HEAD.format(190)}{table(rows, 'wide')}<div class=next>请认真执行。</div>", style)
    assert _read(drawn) == [rows]


OTHERS = [
    # what stands at the head of the next page, why it is no row
    ("<p>云川市人民政府</p><p>2024年3月4日</p>", "a signature"),
    ("<p>云东区、青石县、白河县要加快进度，按季报送进展情况，确保年底前全部完成，并及时报告。</p>", "prose"),
    ("<p>李明　　　王强　　　赵方　　　周平　　　陈立</p>", "names side by side, at no edge of its columns"),
]


@pytest.mark.parametrize(("then", "why"), OTHERS, ids=[row[1] for row in OTHERS])
def test_what_follows_is_no_row(draw: Callable[..., Drawn], then: str, why: str) -> None:
    style = "td,th{padding:2pt 4pt} tr{break-inside:avoid} .next{break-before:page}"
    drawn = draw(f"{HEAD.format(190)}{table(县区[:4], 'wide')}<div class=next>{then}</div>", style)
    assert _read(drawn) == [县区[:4]]


分解 = [
    ["序号", "工作任务", "牵头单位", "完成时限"],
    *([str(k), f"完善第{k}片区管网改造和台账制度", "市水务局", f"2024年{k}月底前"] for k in range(1, 10)),
]
SHADED = "thead{display:table-row-group} thead th{background:#bbb} tr{break-inside:avoid}"


@pytest.mark.parametrize(
    ("rows", "style"),
    [
        (分解, "tbody tr:first-child{break-before:page} td,th{padding:3pt 4pt}"),
        (
            分解,
            "tbody tr:first-child{break-before:page} td,th{padding:3pt 4pt} tbody tr:nth-child(even){background:#ddd}",
        ),
        (
            分解,
            "tbody tr:nth-child(5){break-before:page} td,th{padding:3pt 4pt} tbody tr:nth-child(even){background:#ddd}",
        ),
    ],
    ids=["names alone at the foot", "first row not shaded", "row at the head over shaded ones"],
)
def test_names_or_rows_that_a_page_break_parts(draw: Callable[..., Drawn], rows: list[list[str]], style: str) -> None:
    drawn = draw(
        f"{HEAD.format(190)}<p>表1　重点任务分解表</p>{table(rows, 'wide')}<p>请认真执行。</p>", SHADED + style
    )
    assert len(drawn.pages) == 2
    assert _read(drawn) == [rows]


def test_a_signature_over_a_table_is_no_row_of_names(draw: Callable[..., Drawn]) -> None:
    """What ends the page before stands in no columns."""
    style = "td,th{padding:3pt 4pt} .next{break-before:page}"
    drawn = draw(f"{HEAD.format(200)}<p>牵头单位：市水务局</p>{table(分解[1:], 'wide next', 0)}", style)
    assert _read(drawn) == [分解[1:]]
