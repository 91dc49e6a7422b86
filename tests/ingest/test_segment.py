"""Where documents begin and end: sections, pieces without a number, and the publisher's own last page."""

from __future__ import annotations

from pathlib import Path

import pytest
from gongbao.corpus.document import Issue
from gongbao.ingest.files import read_file

from tests.ingest.drawn import BODY, draw, notice

BREAK = "<div style='break-before:page'></div>"
CITY = "云川市人民政府"
TITLES = [f"{CITY}关于做好防汛工作的通知", f"{CITY}关于做好抗旱工作的通知"]


def notices(between: str = "", first: str = "") -> str:
    return (
        notice("云政发〔2024〕6号", "关于做好防汛工作的通知", CITY, first)
        + between
        + notice("云政发〔2024〕7号", "关于做好抗旱工作的通知", CITY)
    )


def read(folder: Path, html: str) -> Issue:
    return read_file(draw(folder / "gazette.pdf", html)).issue


SECTIONS = [
    (f"<div style='font-size:30pt' class=c>市政府文件</div>{BREAK}", "on a page of its own"),
    ("<div style='font-size:14pt' class=c>市政府文件</div>", "over the title"),
]


@pytest.mark.parametrize(("section", "why"), SECTIONS, ids=[row[1] for row in SECTIONS])
def test_a_section_heading_is_in_no_document(tmp_path: Path, section: str, why: str) -> None:
    issue = read(tmp_path, notices(BREAK + section))
    assert [document.title for document in issue.documents] == TITLES
    assert [document.section for document in issue.documents] == [None, "市政府文件"]
    assert issue.documents[0].last_page == 1
    assert all("市政府文件" not in document.body() for document in issue.documents)


PIECES = [
    ("《云川市防汛办法》政策解读", "explains a document"),
    ("2024年3月份大事记", "a chronicle"),
    ("2024年大事记（1—3月）", "the same, with months after it"),
    ("《云川市防汛办法》答记者问", "questions and answers"),
]


@pytest.mark.parametrize(("title", "why"), PIECES, ids=[row[1] for row in PIECES])
def test_a_piece_without_a_number_is_a_document_of_its_own(tmp_path: Path, title: str, why: str) -> None:
    issue = read(tmp_path, notices() + f"<div class=t>{title}</div><p>{BODY}</p><p>{BODY}</p>")
    assert [(document.title, document.number) for document in issue.documents][2:] == [(title, None)]


def test_an_attached_explanation_stays_with_its_document(tmp_path: Path) -> None:
    attached = f"<p class=s>附件</p><div class=t>防汛工作政策解读</div><p>{BODY}</p>"
    assert [document.title for document in read(tmp_path, notices(first=attached)).documents] == TITLES


def test_a_number_over_its_title_after_a_divider(tmp_path: Path) -> None:
    below = [
        f"<p class=c>云政发〔2024〕{n}号</p><div class=t>{title}</div><p>{BODY}</p><p class=r>{CITY}</p>"
        for n, title in enumerate(TITLES, 6)
    ]
    issue = read(tmp_path, "<p class=c>＊　＊　＊</p>".join(below))
    assert [d.title for d in issue.documents] == TITLES
    assert [d.number for d in issue.documents] == ["云政发〔2024〕6号", "云政发〔2024〕7号"]
    assert issue.documents[0].body().endswith(CITY)


def test_a_title_that_a_page_break_parts_from_its_issuer(tmp_path: Path) -> None:
    number, rest = "<p class=c>云政发〔2024〕8号</p>", f"<div class=t>关于开展检查的通知</div><p>{BODY}</p>"
    issue = read(tmp_path, f"{notices()}{number}<div class=t>{CITY}</div>{BREAK}{rest}")
    assert issue.documents[-1].title == f"{CITY}关于开展检查的通知"


IMPRINT = (
    "<p>主管：云川市人民政府</p><p>主办：云川市人民政府办公室</p><p>地　址：云川市府前街1号</p><p>邮编：000000</p>"
)
NOTICE = "<p class=c>《云川市人民政府公报》征订启事</p>"
BACKS = [
    (IMPRINT, 2, "an imprint alone"),
    (f"{NOTICE}<p>{BODY}</p>{IMPRINT}", 2, "with a notice on subscription"),
    (f"<p>{BODY}</p><p>联系地址：云川市府前街1号。</p>", 3, "text that goes on and gives an address"),
]


@pytest.mark.parametrize(("back", "last", "why"), BACKS, ids=[row[2] for row in BACKS])
def test_the_publishers_last_page_is_in_no_document(tmp_path: Path, back: str, last: int, why: str) -> None:
    issue = read(tmp_path, notices(BREAK) + BREAK + back)
    assert [document.title for document in issue.documents] == TITLES
    assert issue.documents[-1].last_page == last


def test_the_publishers_page_inside_the_cover_is_in_no_document(tmp_path: Path) -> None:
    cover = "<div class=c style='font-size:36pt;line-height:60pt'>云川市人民政府公报</div><p class=c>2024年第3期</p>"
    issue = read(tmp_path, f"{cover}{BREAK}<p>《云川市人民政府公报》简介</p><p>{BODY}</p>{IMPRINT}{BREAK}{notices()}")
    assert [document.title for document in issue.documents] == TITLES
