"""Issues of other makes: without numbers, with the 目录 on the cover, with 令, 决定 and 任免 side by side."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from gongbao.corpus.document import Issue
from gongbao.ingest.files import read_file
from gongbao.ingest.issue import read_imprint

from tests.ingest.drawn import BODY, draw

BREAK = "<div style='break-before:page'></div>"
CONGRESS = "云川市人民代表大会常务委员会"
NAME = "<div class=c style='font-size:34pt;line-height:44pt'>{}</div>"
DECISION = (
    f"<div class=t>{CONGRESS}<br>关于加强水库安全管理的决定</div><p class=c>（2024年6月28日通过）</p><p>{BODY}</p>"
)
ORDER = (
    "<div class=t>云川市人民政府令</div><p class=c>（第18号）</p><p>《云川市节约用水办法》已经市政府第9次常务会议通过，"
    "现予公布，自2024年8月1日起施行。</p><p class=r>市长　张三</p><p class=r>2024年7月6日</p>"
    f"<div class=t>云川市节约用水办法</div><p>第一条　{BODY}</p>"
)
PEOPLE = "<div class=t>云川市人民政府任免人员</div><p class=c>（2024年7月9日）</p><p>任命李四为云川市水务局局长。</p>"
LISTED = [
    (f"{CONGRESS}关于加强水库安全管理的决定", 3),
    ("云川市人民政府令（第18号）", 4),
    ("云川市人民政府任免人员", 5),
]
CONTENTS = "<div class=u>目　录</div>" + "".join(f"<p class=s>{title}………………　({page})</p>" for title, page in LISTED)
FOUND = [
    (LISTED[0][0], None, date(2024, 6, 28)),
    ("云川市人民政府令", "第18号", date(2024, 7, 6)),
    ("云川市人民政府任免人员", None, date(2024, 7, 9)),
]


def read(folder: Path, html: str) -> Issue:
    return read_file(draw(folder / "gazette.pdf", html)).issue


ISSUES = [
    (
        NAME.format("中华人民共和国<br>云川市人民政府公报")
        + "<p class=c>7月18日　2024年　第11号　（总号：692）</p>"
        + CONTENTS,
        ("2024-11", 692),
        "contents on the cover",
    ),
    (
        NAME.format(f"{CONGRESS}公报") + "<p class=c>2024年第3号</p>" + BREAK + CONTENTS,
        ("2024-3", None),
        "第N号 under the masthead is no document's number",
    ),
    (
        NAME.format("云　川　政　报") + "<p class=c>二〇二四年第三期（总第45期）</p>",
        ("2024-3", 45),
        "no contents; year and number in characters",
    ),
]


@pytest.mark.parametrize(("cover", "imprint", "why"), ISSUES, ids=[row[2] for row in ISSUES])
def test_an_issue(tmp_path: Path, cover: str, imprint: tuple[str, int | None], why: str) -> None:
    issue = read(tmp_path, BREAK.join([cover, DECISION + ORDER, PEOPLE]))
    assert [(d.title, d.number, d.signed) for d in issue.documents] == FOUND
    assert (issue.id, issue.total) == imprint
    assert issue.warnings == ()


def test_titles_of_two_sizes_are_one(tmp_path: Path) -> None:
    title = "<div class=u>云川市区域卫生信息互联互通</div><div class=t style='margin:0'><b>测评方案</b></div>"
    (document,) = read(tmp_path, f"{title}<p>{BODY}</p>").documents
    assert document.title == "云川市区域卫生信息互联互通测评方案"


def test_a_chapter_begins_no_document(tmp_path: Path) -> None:
    chapters = "".join(
        f"<div class=u>第{n}章　{name}</div><p>{BODY}</p>" for n, name in (("一", "总则"), ("二", "管理规则"))
    )
    (document,) = read(tmp_path, f"<div class=t>云川市数据保护法</div>{chapters}").documents
    assert document.title == "云川市数据保护法"


def test_a_cover_of_its_own_gives_the_title(tmp_path: Path) -> None:
    cover = (
        "<div class=t style='margin-top:200pt;font-size:28pt;line-height:40pt'>云川市水务局<br>2023年度部门概况</div>"
    )
    (document,) = read(tmp_path, f"{cover}{BREAK}<p>一、主要职能</p><p>{BODY}</p>").documents
    assert document.title == "云川市水务局2023年度部门概况"


@pytest.mark.parametrize(
    "head", ["云　川　市　财　政　局", "云　川　市　人　民　政　府　文　件", "云川市财政局便函", "云川市财政局（便函）"]
)
def test_a_letterhead_is_no_title(tmp_path: Path, head: str) -> None:
    top = f"<div class=t style='font-size:28pt;line-height:40pt'>{head}</div><p class=r>云财函〔2024〕20号</p>"
    title = "<div class=t>云川市财政局关于报送材料的函</div>"
    (document,) = read(tmp_path, f"{top}{title}<p class=s>市水务局：</p><p>{BODY}</p>").documents
    assert (document.title, document.number) == ("云川市财政局关于报送材料的函", "云财函〔2024〕20号")


def test_an_order_with_name_and_number_on_one_line(tmp_path: Path) -> None:
    made = "<p>《云川市节水办法》已经市政府常务会议通过，现予公布，自2024年8月1日起施行。</p>"
    sign = "<p class=r>市长　张三</p><p class=r>2024年7月6日</p>"
    rules = f"<div class=t>云川市节水办法</div><p>第一条　{BODY}</p>"
    (document,) = read(tmp_path, f"<div class=t>云川市人民政府令第18号</div>{made}{sign}{rules}").documents
    assert (document.title, document.number, document.issuer) == ("云川市人民政府令第18号",) * 2 + ("云川市人民政府",)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("1994年9月10日　第19号　（总号：770）", "1994-19"),
        ("7月18日　1992年　第11号", "1992-11"),
        ("2024年第三号", "2024-3"),
    ],
)
def test_the_issue_line(line: str, name: str) -> None:
    assert read_imprint(["云川市人民政府公报", line], [], "scan").id == name


def test_a_browsers_day_or_an_index_is_no_issue() -> None:
    heads = ["2023/3/1　云川市人民政府", "索引号：014500810/2024-00821", "www.yunchuan.cn/zwgk/2024/3"]
    assert read_imprint([], heads, "scan").id is None
