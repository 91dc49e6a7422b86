"""Web pages of government sites: the document and nothing else, its box used and kept, the rest kept apart."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from gongbao.corpus.document import Document, Issue
from gongbao.corpus.errors import EmptyFile, InputError
from gongbao.ingest import read_file

TITLE = "云川市人民政府办公室关于做好防汛工作的通知"
LONG = "为做好今年防汛工作，保障人民群众生命财产安全，经市人民政府同意，现将有关事项通知如下。"
BODY = (
    "<p style='text-align:left'>各县（市、区）人民政府，市直各有关单位：</p>"
    f"<p>　　{LONG}</p><p>　　一、落实责任。市水利局负责河道巡查，{LONG}</p>"
    "<table><tr><th>序号</th><th>任务</th><th>责任单位</th></tr>"
    "<tr><td>1</td><td rowspan=2>河道巡查</td><td>市水利局</td></tr><tr><td>2</td><td>市气象局</td></tr></table>"
    "<p style='text-align:right'>云川市人民政府办公室</p><p style='text-align:right'>2024年3月4日</p>"
)
BOX = (
    "<table class=xxgk><tr><td>索引号：</td><td>YC001-2024-0010</td>"
    "<td>发布机构：</td><td>云川市人民政府办公室</td></tr>"
    "<tr><td>文号：</td><td>云政办发〔2024〕10号</td><td>成文日期：</td><td>2024-03-04</td></tr></table>"
)
AROUND = (
    "<div class=top-nav><a href=/>首页</a><a href=/zw>政务公开</a></div>"
    "<div>当前位置：<a href=/>首页</a> &gt; 通知公告</div>"
    "{0}<div class='share-box'>分享到：<a>微信</a></div><div id=footer>主办：云川市人民政府　备案号0000000</div>"
    "<script>var a = '脚本里的文字';</script>"
)
LINKS = "".join(f"<p><a href=/{i}>云川市召开第{i}次工作会议并部署重点工作</a></p>" for i in range(30))
SIDE = f"<div class=list>{LINKS}</div>"
LISTED = (
    "<ul class=xx><li>发文机关：云川市人民政府办公室</li><li>发文字号：云政办发〔2024〕10号</li>"
    "<li>成文日期：2024年3月4日</li></ul>"
)
METAS = (
    "<meta name=文号 content=云政办发〔2024〕10号><meta name=发布机构 content=云川市人民政府办公室>"
    "<meta name=成文日期 content=2024-03-04>"
)
TWO = f"<p align=center>云川市人民政府办公室</p><p align=center>{TITLE[10:]}</p>"
NAMED = f"<meta name=ArticleTitle content='{TITLE}'>"
HEADED = f"<title>{TITLE}_云川市人民政府门户网站</title>"
MAIN = f"<div class=main><h1>{TITLE}</h1><div class=text>{BODY}</div></div>"


def page(inside: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{inside}</body></html>"


def read(folder: Path, content: str | bytes, name: str = "page.html") -> Issue:
    data = content if isinstance(content, bytes) else content.encode()
    (folder / name).write_bytes(data)
    return read_file(folder / name).issue


def only(issue: Issue) -> Document:
    (document,) = issue.documents
    return document


PAGES = [
    ("title over the text", AROUND.format(MAIN), ""),
    ("title in two centred lines", AROUND.format(TWO + BODY), ""),
    ("title in a meta element only", AROUND.format(f"<div>{BODY}</div>"), NAMED),
    ("title in the page's title", AROUND.format(f"<div>{BODY}</div>"), HEADED),
    ("a long side column", f"<div class=l>{SIDE}</div><div class=r><h1>{TITLE}</h1>{BODY}</div>", ""),
    ("laid out by tables", f"<table><tr><td>{SIDE}</td><td><h1>{TITLE}</h1>{BODY}</td></tr></table>", ""),
]


@pytest.mark.parametrize(("what", "inside", "head"), PAGES, ids=[row[0] for row in PAGES])
def test_the_document_and_nothing_else(tmp_path: Path, what: str, inside: str, head: str) -> None:
    document = only(read(tmp_path, page(inside, head)))
    assert document.title == TITLE
    assert (document.issuer, document.signed) == ("云川市人民政府办公室", date(2024, 3, 4))
    assert document.text.endswith("2024年3月4日")
    assert not any(word in document.text for word in ("首页", "分享", "主办", "脚本", "工作会议"))
    assert document.tables[0].grid() == [
        ["序号", "任务", "责任单位"], ["1", "河道巡查", "市水利局"], ["2", "河道巡查", "市气象局"]
    ]  # fmt: skip


@pytest.mark.parametrize(("box", "head"), [(BOX, ""), (LISTED, ""), ("", METAS)], ids=["table", "list", "meta"])
def test_the_box_says_what_the_text_does_not(tmp_path: Path, box: str, head: str) -> None:
    unsigned = BODY[: BODY.index("<p style='text-align:right'>")]
    issue = read(tmp_path, page(AROUND.format(f"{box}<h1>关于做好防汛工作的通知</h1>{unsigned}"), head))
    document = only(issue)
    assert (document.number, document.issuer) == ("云政办发〔2024〕10号", "云川市人民政府办公室")
    assert document.signed == date(2024, 3, 4)
    assert any("10号" in piece.text for piece in issue.furniture if piece.kind == "metadata")


def test_what_is_around_is_kept_apart(tmp_path: Path) -> None:
    issue = read(tmp_path, page(AROUND.format(f"<h1>{TITLE}</h1>{BODY}")))
    around = " ".join(piece.text for piece in issue.furniture if piece.kind == "navigation")
    assert all(word in around for word in ("政务公开", "当前位置", "微信", "备案号"))


@pytest.mark.parametrize(
    ("encoding", "named"), [("utf-8", "utf-8"), ("gb18030", "gb2312"), ("gb18030", "utf-8"), ("utf-16", "utf-16")]
)
def test_in_any_encoding_even_a_wrong_one(tmp_path: Path, encoding: str, named: str) -> None:
    content = f"<html><head><meta charset={named}></head><body><h1>{TITLE}</h1>{BODY}</body></html>".encode(encoding)
    assert only(read(tmp_path, content)).title == TITLE


def test_a_page_saved_with_its_pictures(tmp_path: Path) -> None:
    message = EmailMessage()
    message["MIME-Version"] = "1.0"
    message.set_content("", subtype="plain")
    message.make_related()
    message.add_related(page(f"<h1>{TITLE}</h1>{BODY}").encode(), "text", "html", cte="quoted-printable")
    assert only(read(tmp_path, message.as_bytes(), "page.mhtml")).title == TITLE


def test_a_web_page_named_as_a_word_document(tmp_path: Path) -> None:
    assert only(read(tmp_path, page(f"<h1>{TITLE}</h1>{BODY}"), "page.doc")).title == TITLE


BROKEN = [
    ("empty.html", b"", EmptyFile),
    ("script.html", b"<html><body><script>1</script></body></html>", EmptyFile),
    ("none.mhtml", b"MIME-Version: 1.0\nContent-Type: text/plain\n\nx", InputError),
    ("deep.html", b"<div>" * 200_000 + "甲".encode(), InputError),
    (
        "spans.html",
        b"<table>" + b"<tr><td colspan=1000 rowspan=1000>x<td colspan=1000>y" * 3000 + b"</table>",
        InputError,
    ),
]


@pytest.mark.parametrize(("name", "content", "error"), BROKEN, ids=[row[0] for row in BROKEN])
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes, error: type[InputError]) -> None:
    with pytest.raises(error) as caught:
        read(tmp_path, content, name)
    assert name in caught.value.message
    assert caught.value.remedy


def test_half_a_page_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = page(f"<h1>{TITLE}</h1>{BODY}")
    assert only(read(tmp_path, whole[: whole.index("<table>")])).title == TITLE
