"""Small PDFs of every make that were misread once (`cases/pdf` of the material): what each must give."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from gongbao.corpus.document import Issue
from gongbao.ingest.files import read_file
from gongbao.ingest.reading import IssueReading

pytestmark = pytest.mark.material

PLAN = "安河市人民政府关于印发城市更新三年行动方案的通知"
CITY = "安河市人民政府"
NUMBER, DAY = "安政发〔2024〕15号", date(2024, 3, 15)
CONGRESS = "安河市人民代表大会常务委员会"
LOWER = "中华人民共和国主席任免人员"
DECREE = "中华人民共和国主席令"
RESERVOIR = "全国人民代表大会常务委员会关于加强水库安全管理的决定"


def folder(material: Path) -> Path:
    found = next((path.parent for path in material.rglob("c00-control.pdf")), None)
    return found or pytest.skip("the material has no cases")


def reading(material: Path, start: str) -> IssueReading:
    return read_file(next(folder(material).glob(f"{start}-*.pdf")))


def read(material: Path, start: str) -> Issue:
    return reading(material, start).issue


NOTICES = [
    "c00",
    "c01",
    "c06",
    "c09",
    "c11",
    "c12",
    "c13",
    "c14",
    "c15",
    "c16",
    "c21",
    "c22",
    "c24",
    "c25",
    "c26",
    "c27",
    "c30",
    "c31",
    "c33",
    "c36",
    "c37",
    "c40",
    "c45",
    "c46",
]


@pytest.mark.parametrize("start", NOTICES)
def test_a_notice_in_every_make(material: Path, start: str) -> None:
    (document,) = read(material, start).documents
    found = (document.title, document.number, document.issuer, document.signed)
    assert found == (PLAN, NUMBER, CITY, DAY)


TITLES = [
    ("c02", "安河市水务局2024年度部门决算", "a cover of its own"),
    ("c03", "安河市区域卫生信息互联互通测评方案", "two sizes"),
    ("c38", "中华人民共和国个人信息保护法", "a law"),
    ("c42", "安河市财政局关于请提供预算绩效材料的函", "under a spaced letterhead"),
    ("c43", "安河市人民政府關於印發城市更新三年行動方案的通知", "traditional characters"),
]


@pytest.mark.parametrize(("start", "title", "why"), TITLES, ids=[row[2] for row in TITLES])
def test_titles(material: Path, start: str, title: str, why: str) -> None:
    (document,) = read(material, start).documents
    assert document.title == title


STATE = [RESERVOIR, DECREE, LOWER, "国务院任免人员"]
CITYS = [f"{CONGRESS}关于加强水库安全管理的决定", f"{CONGRESS}关于批准2023年市级决算的决议", f"{CONGRESS}任免名单"]
ISSUES = [
    ("c47", "1992-11", 692, STATE),
    ("c47b", "1992-11", 692, STATE),
    ("c48", "2024-3", None, CITYS),
    ("c48b", "2024-3", 45, CITYS),
]


@pytest.mark.parametrize(("start", "name", "total", "titles"), ISSUES, ids=[row[0] for row in ISSUES])
def test_issues(material: Path, start: str, name: str, total: int | None, titles: list[str]) -> None:
    issue = read(material, start)
    assert [document.title for document in issue.documents] == titles
    assert (issue.id, issue.total, issue.warnings) == (name, total, ())


def test_a_browsers_date_is_no_issue(material: Path) -> None:
    assert read(material, "c40").id is None


SAID = [
    ("c07", "2021-2025年", "a soft hyphen"),
    ("c07", "010-68792481", "the same in a number"),
    ("c08", "（中发〔2009〕6号）规定的各项指标，由市卫生健康委负责在2024年10月底前完成测评。", "an item that hangs"),
    ("c20", "市水务局负责在2024年10月底前新建污水管网", "GBK in a simple font"),
    ("c23", "2024年9月30日前完成全市120个老旧小区", "a bad layer under a scan"),
    ("c30", "批示：请市审计局于2024年6月底前完成专项审计。", "a note over the page"),
    ("c35", "现将《城市更新三年行动方案》印发给你们，请认真贯彻执行。", "a scan on its side"),
]


@pytest.mark.parametrize(("start", "text", "why"), SAID, ids=[row[2] for row in SAID])
def test_what_is_said(material: Path, start: str, text: str, why: str) -> None:
    assert text in "".join(document.text for document in read(material, start).documents)


GRIDS = [
    ("c21", 0, ["序号", "重点任务", "牵头单位", "完成时限"], "printed twice"),
    ("c22", 1, ["1", "新建城市污水管网30公里", "市水务局", "2024年10月底"], "printed twice, further apart"),
    ("c30", 1, ["新建城市污水管网30公里", "市水务局", "2024年10月底"], "cells filled in fields"),
    ("t01", 1, ["1", "修订重污染天气应急预案", "市生态环境局", "2023年8月底前"], "the header alone is boxed"),
    ("t02", 1, ["1", "修订重污染天气应急预案", "市生态环境局", "2023年8月底前"], "three lines"),
]


@pytest.mark.parametrize(("start", "row", "cells", "why"), GRIDS, ids=[row[3] for row in GRIDS])
def test_cells(material: Path, start: str, row: int, cells: list[str], why: str) -> None:
    table = read(material, start).documents[0].tables[0]
    assert ["".join(text.split()) for text in table.grid()[row]] == cells


def test_a_label_with_its_title(material: Path) -> None:
    (document,) = read(material, "c09").documents
    assert document.attachments == ("安河市平台联通实施过程",)


def test_a_portfolio_names_what_it_holds(material: Path) -> None:
    found = reading(material, "c29")
    assert found.failures == ()
    assert any("通知.pdf" in name for name in found.inside)
