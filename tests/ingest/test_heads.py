"""What stands at the head of an issue or a document and is no title."""

from __future__ import annotations

from datetime import date

import pytest
from gongbao.ingest.heads import Adoption, is_adoption, is_issue_line, is_letterhead, is_masthead, read_adoption

MASTHEADS = [
    ("云川市人民政府公报", True, "a government's"),
    ("云川市人民代表大会常务委员会公报", True, "a congress's"),
    ("中华人民共和国国务院公报", True, "the state's"),
    ("云　川　政　报", True, "spaced out"),
    ("云川市人民政府公报 2024年第3期", True, "with its issue"),
    ("云川市教育局公报", True, "a department's"),
    ("云川市2023年国民经济和社会发展统计公报", False, "a document of that genre"),
    ("云川市水资源公报", False, "the same"),
    ("云川市人民政府公报编辑部", False, "goes on"),
]


@pytest.mark.parametrize(("text", "expected", "why"), MASTHEADS, ids=[row[2] for row in MASTHEADS])
def test_masthead(text: str, expected: bool, why: str) -> None:
    assert is_masthead(text) is expected


ISSUE_LINES = [
    ("2024年第3期（总第27期）", True, "of a government's gazette"),
    ("7月18日　1992年　第11号　（总号：692）", True, "of the state's"),
    ("第三号", True, "in characters"),
    ("二〇二四年第二号", True, "the year too"),
    ("2024年3月31日出版", True, "the day"),
    ("GAZETTE OF YUNCHUAN MUNICIPALITY", True, "in English"),
    ("第三次全体会议", False, "counts something else"),
    ("各县（市、区）人民政府：", False, "addressees"),
]


@pytest.mark.parametrize(("text", "expected", "why"), ISSUE_LINES, ids=[row[2] for row in ISSUE_LINES])
def test_issue_line(text: str, expected: bool, why: str) -> None:
    assert is_issue_line(text) is expected


ADOPTIONS = [
    (
        ["（2024年6月30日云川市第五届人民代表大会常务委员会第八次会议通过）"],
        Adoption(date(2024, 6, 30)),
        "passed",
    ),
    (
        ["2023年11月26日云川市第七届人大常委会第二十次会议通过", "2023年12月24日东江省人大常委会第二十六次会议批准"],
        Adoption(date(2023, 11, 26)),
        "passed, then approved: the day it was passed",
    ),
    (
        [
            "(2023年12月5日国务院第33次常务会议通过　2024年2月17日中华人民共和国国务院令第808号公布"
            "　自2024年4月1日起施行)"
        ],
        Adoption(date(2024, 2, 17), "中华人民共和国国务院令第808号", "国务院"),
        "made known by an order: its day, number and issuer",
    ),
    (
        ["（2009年6月16日东江省水利厅令第21号公布，自2009年7月1日起施行）"],
        Adoption(date(2009, 6, 16), "东江省水利厅令第21号", "东江省水利厅"),
        "a department's order",
    ),
    (
        ["(1993年8月4日国务院令第124号发布　根据2011年1月8日《国务院关于废止和修改部分行政法规的决定》修订)"],
        Adoption(date(1993, 8, 4), None, "国务院"),
        "changed since: no longer that order's text",
    ),
    (
        ["（国务院令第577号）（2019年修正）", "（2010年7月8日国务院令第577号公布，根据2019年3月2日《决定》修正）"],
        Adoption(date(2010, 7, 8), "国务院令第577号", "国务院"),
        "the number on a line of its own",
    ),
]


@pytest.mark.parametrize(("lines", "expected", "why"), ADOPTIONS, ids=[row[2] for row in ADOPTIONS])
def test_adoption(lines: list[str], expected: Adoption, why: str) -> None:
    assert is_adoption(lines[-1])
    assert read_adoption(lines) == expected


def test_prose_with_a_date_is_no_adoption() -> None:
    assert not is_adoption("2024年6月30日前，市水务局要完成验收。请各县（市、区）抓紧公布名单")


@pytest.mark.parametrize(
    "text", ["云川市人民政府文件", "云　川　市　财　政　局", "云川市发展和改革委员会　云川市财政局文件"]
)
def test_letterhead(text: str) -> None:
    assert is_letterhead(text)
