"""Lines and frames: what stands out of the text, items that hang, labels with their titles, a page of one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from gongbao.corpus.document import BlockKind, Document
from gongbao.ingest.files import read_file

from tests.ingest.drawn import BODY, draw, notice

BREAK = "<div style='break-before:page'></div>"
CITY = "云川市人民政府"
TABLE = "<tr><th>重点任务</th><th>牵头单位</th></tr><tr><td>新建管网</td><td>市水务局</td></tr>"


def read(folder: Path, html: str) -> Document:
    (document,) = read_file(draw(folder / "notice.pdf", html)).issue.documents
    return document


def texts(document: Document, kind: BlockKind) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if block.kind is kind]


WIDER = [
    (f"<table style='width:125%;margin-left:-12%'>{TABLE}</table>", "a table wider than the text"),
    (
        "<p style='margin:0 -20mm;font-size:7pt'>2024/3/15　云川市人民政府网站　通知公告　www.yunchuan.cn</p>",
        "a browser's line",
    ),
]


@pytest.mark.parametrize(("wide", "why"), WIDER, ids=[row[1] for row in WIDER])
def test_what_stands_out_widens_no_frame(tmp_path: Path, wide: str, why: str) -> None:
    found = read(tmp_path, notice("云政发〔2024〕6号", "关于做好防汛工作的通知", CITY, f"<p>{BODY}</p>{wide}"))
    assert texts(found, BlockKind.PARAGRAPH).count(BODY) == 2


def test_a_date_alone_on_the_last_page_is_the_signatures(tmp_path: Path) -> None:
    title = f"<div class=t>{CITY}<br>关于做好防汛工作的通知</div><p class=c>云政发〔2024〕6号</p>"
    end = f"<p class=r>{CITY}</p>{BREAK}<p class=r>2024年3月4日</p>"
    found = read(tmp_path, f"{title}{f'<p>{BODY}</p>' * 3}<table>{TABLE}</table>{end}")
    assert str(found.signed) == "2024-03-04"
    assert found.issuer == CITY


def test_items_that_hang_are_whole(tmp_path: Path) -> None:
    item = "<p style='padding-left:4em;text-indent:-2em'>{}　{}</p>"
    items = "".join(item.format(mark, BODY) for mark in ("1)", "2)", "a)", "b)", "①"))
    found = read(tmp_path, notice("云政发〔2024〕6号", "关于做好防汛工作的通知", CITY, items))
    for mark in ("1)", "2)", "a)", "b)", "①"):
        assert f"{mark}　{BODY}" in found.text


LABELS = [
    ("附件一　云川市防汛任务", "实施过程", "over two lines"),
    ("附件1　云川市防汛责任人名单", "", "on one line"),
]


@pytest.mark.parametrize(("first", "second", "why"), LABELS, ids=[row[2] for row in LABELS])
def test_a_label_with_its_title_on_one_line(tmp_path: Path, first: str, second: str, why: str) -> None:
    title = f"<p class=c style='font-size:12pt'><b>{first}{'<br>' + second if second else ''}</b></p>"
    rest = f"{BREAK}{title}<p>一、总体要求</p><p>{BODY}</p>"
    found = read(tmp_path, notice("云政发〔2024〕6号", "关于做好防汛工作的通知", CITY, rest))
    name = (first + second).split("　")[1]
    assert [heading.text for heading in found.headings if heading.level == 0] == [name]
    assert found.attachments == (name,)


def test_a_label_with_its_title_in_a_text(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text(
        f"{CITY}关于防汛的通知\n云政发〔2024〕6号\n{BODY}\n附件1　云川市防汛任务清单\n一、任务\n{BODY}", "utf-8"
    )
    (document,) = read_file(path).issue.documents
    assert document.attachments == ("云川市防汛任务清单",)


def test_a_signature_set_left(tmp_path: Path) -> None:
    title = f"<div class=t>{CITY}<br>关于实行交通管制的通告</div>"
    found = read(tmp_path, f"{title}<p>{BODY}</p><p class=s>{CITY}</p><p class=s>二〇二五年二月二十日</p>")
    assert str(found.signed) == "2025-02-20"


def test_an_adoption_over_several_lines_in_the_middle_is_one(tmp_path: Path) -> None:
    passed = "2023年11月29日云川市第六届人民代表大会常务委员会第十五次会议通过"
    adopted = f"（{passed}　2024年1月18日东江省第十四届人民代表大会常务委员会第八次会议批准）"
    lines = f"<p class=s style='padding:0 4em'>{adopted}</p><p class=c>目　录</p><p>第一章　总则</p>"
    title = f"<div class=t>云川市城市绿化条例</div>{lines}"
    found = read(tmp_path, f"{title}<p class=c><b>第一章　总则</b></p><p>第一条　{BODY}</p><p>第二条　{BODY}</p>")
    assert "".join(texts(found, BlockKind.PARAGRAPH)[0].split()) == "".join(adopted.split())
    assert str(found.signed) == "2023-11-29"
    assert [heading.text for heading in found.headings] == ["第一章　总则"]


def test_a_title_centred_behind_the_indent_of_first_lines(tmp_path: Path) -> None:
    """As Word does it: the first line stands a character to the right, and where the text ends no line shows."""
    title = f"<div class=t style='text-indent:2em'>{CITY}办公室<br>关于成立节水型城市创建工作专班的通知</div>"
    lines = "<p class=s>市直各有关单位：</p><p>市政府决定成立工作专班，办公室设在市水务局，负责日常工作，按月报送。</p>"
    signed = f"<p class=r>{CITY}办公室</p><p class=r>2024年2月21日</p>"
    found = read(tmp_path, f"{title}<p class=c>云政办函〔2024〕7号</p>{lines}{signed}")
    assert found.title == f"{CITY}办公室关于成立节水型城市创建工作专班的通知"


MINUTES = [
    ("云川市人民政府办公室　　　　　2024年4月26日", (f"{CITY}办公室", "2024-04-26"), "under the red head"),
    ("内部资料　　　　　2024年4月26日", (None, "None"), "no body; the day of the meeting is not that of the minutes"),
]


@pytest.mark.parametrize(("line", "expected", "why"), MINUTES, ids=[row[2] for row in MINUTES])
def test_who_issues_minutes_and_when(tmp_path: Path, line: str, expected: tuple[str | None, str], why: str) -> None:
    head = f"<div class=t style='font-size:34pt;line-height:44pt'>云川市人民政府专题会议纪要</div><p class=s>{line}</p>"
    met = "<p>2024年4月24日下午，副市长陈清河主持召开会议，专题研究防洪工作。现纪要如下：</p>"
    found = read(tmp_path, f"{head}<div class=t>城市防洪工作专题会议纪要</div>{met}<p>一、关于清淤。{BODY}</p>")
    assert (found.title, found.issuer, str(found.signed)) == ("城市防洪工作专题会议纪要", *expected)


SHORT = ["经研究，市人民政府决定：", "任命：", "秦远山为云川市水务局局长；", "免去：", "许长河的云川市水务局局长职务。"]


@pytest.mark.parametrize(("short", "why"), [(SHORT, "no line is full"), ([*SHORT, BODY], "two are")])
def test_titles_of_notices_without_full_lines(tmp_path: Path, short: list[str], why: str) -> None:
    """Where the text ends no line shows; the lines of the title, one on the middle of the other, do."""
    title = f"<div class=t>{CITY}<br>关于秦远山等同志职务任免的通知</div><p class=c>云政任〔2024〕6号</p>"
    signed = f"<p class=r style='padding-right:6em'>{CITY}</p><p class=r style='padding-right:6em'>2024年3月28日</p>"
    found = read(tmp_path, title + "<p class=s>市水务局：</p>" + "".join(f"<p>{line}</p>" for line in short) + signed)
    assert (found.title, found.number) == (f"{CITY}关于秦远山等同志职务任免的通知", "云政任〔2024〕6号")
    assert texts(found, BlockKind.PARAGRAPH) == short


def test_a_name_over_two_lines_signs(tmp_path: Path) -> None:
    rest = "<p class=r>云川市推进新型城镇化工作</p><p class=r>领导小组办公室</p><p class=r>2024年3月4日</p>"
    found = read(tmp_path, f"<div class=t>关于开展汛前检查的通知</div><p>{BODY}</p><p>{BODY}</p>{rest}")
    assert found.issuer == "云川市推进新型城镇化工作领导小组办公室"


def test_a_head_set_much_larger_is_no_title(tmp_path: Path) -> None:
    head = "<div class=t style='font-size:34pt;line-height:44pt'>云川市人民政府常务会议纪要</div><p class=c>第6期</p>"
    found = read(tmp_path, f"{head}<div class=t>市政府第38次常务会议纪要</div><p>{BODY}</p><p>{BODY}</p>")
    assert found.title == "市政府第38次常务会议纪要"
