"""Text and Markdown: wrapped lines, page heads, scraps of HTML, tables, titles."""

from __future__ import annotations

import pytest
from gongbao.ingest.markup import read_lines
from gongbao.ingest.paragraphs import Align, Paragraph
from gongbao.ingest.tables import RawTable
from gongbao.ingest.text import read_text


def texts(source: str, markdown: bool = False) -> list[str]:
    return [item.text for item in read_text(source, markdown).flow if isinstance(item, Paragraph)]


WRAPPED = """现就做好全市防汛抗旱工作的有关事项通知如

下，请各地各部门认真抓好贯彻执行，确保各项任

务落到实处、取得实效。

一、加强组织领导

各县（市、区）人民政府要切实加强对防汛工作

的领导，建立健全工作机制，明确责任分工，细

化工作措施。
"""


def test_hard_wrapped_lines_are_rejoined() -> None:
    assert texts(WRAPPED) == [
        "现就做好全市防汛抗旱工作的有关事项通知如下，请各地各部门认真抓好贯彻执行，确保各项任务落到实处、取得实效。",
        "一、加强组织领导",
        "各县（市、区）人民政府要切实加强对防汛工作的领导，建立健全工作机制，明确责任分工，细化工作措施。",
    ]


def test_a_paragraph_a_line_stays_one() -> None:
    lines = ["为加强管理，制定本办法。", "本办法自印发之日起施行。", "特此通知。"]
    assert texts("\n\n".join(lines)) == lines


def test_a_page_break_within_a_sentence() -> None:
    cut = ["到2030年，全市公共阅读设施更加完备，基层服务能力明显提高，居", "民综合阅读率居于前列。"]
    assert texts("\n\n".join(cut)) == ["".join(cut)]


def test_page_heads_are_kept_apart() -> None:
    head = "·市政府文件· {}/2024 云川市人民政府公报\n\n— {} —\n\n"
    source = "第一页的话。\n\n" + head.format(3, 4) + "第二页的话。\n\n" + head.format(3, 5) + "第三页的话。\n"
    read = read_text(source)
    assert texts(source) == ["第一页的话。", "第二页的话。", "第三页的话。"]
    assert len(read.furniture) == 4


@pytest.mark.parametrize(
    ("line", "plain", "why"),
    [
        ("# 关于检查的通知", "关于检查的通知", "a heading"),
        ("**第一章 总则**", "第一章 总则", "bold"),
        ("详见[附件](http://example.org/a.pdf)", "详见附件", "a link"),
        ("承诺。<div style='text-align: right;'>签字</div>", "承诺。", "a tag breaks the line"),
        ("落实<责任制规定>的通知", "落实<责任制规定>的通知", "brackets that are no tags"),
        ("a &lt; b", "a < b", "an entity"),
    ],
)
def test_markup(line: str, plain: str, why: str) -> None:
    assert read_lines(line, markdown=True)[0][0].text == plain, why


@pytest.mark.parametrize(
    "source",
    [
        "序号\t任务\t单位\n1\t修堤\t水利局\n2\t<p>排查</p>\t应急局\n",
        "| 序号 | 任务 | 单位 |\n|---|---|---|\n| 1 | 修堤 | 水利局 |\n| 2 | 排查 | 应急局 |\n",
    ],
)
def test_tables(source: str) -> None:
    (table,) = read_text(source, markdown=True).flow
    assert isinstance(table, RawTable)
    assert table.grid() == [["序号", "任务", "单位"], ["1", "修堤", "水利局"], ["2", "排查", "应急局"]]
    assert table.header_rows == 1


def test_titles_of_documents_and_of_what_they_transmit() -> None:
    source = """云川市人民政府办公室

关于印发云川市停车管理办法的通知

云政办发〔2024〕9号

各县（市、区）人民政府：

现印发给你们，请执行。

云川市人民政府办公室

2024年3月4日

云川市停车管理办法

第一条 为规范停车，制定本办法。
"""
    titles = [p.text for p in read_text(source).flow if isinstance(p, Paragraph) and p.align is Align.TITLE]
    assert titles == ["云川市人民政府办公室关于印发云川市停车管理办法的通知", "云川市停车管理办法"]


def test_contents_are_no_documents() -> None:
    listed = "关于检查的通知\n云政发〔2024〕1号..... 4\n关于防汛的通知\n云政发〔2024〕2号..... 6\n"
    source = f"云川市人民政府公报\n2024年第3期\n目　录\n{listed}正文第一段。\n"
    read = read_text(source)
    assert len(read.front) == 7
    assert [p.text for p in read.flow if isinstance(p, Paragraph)] == ["正文第一段。"]
