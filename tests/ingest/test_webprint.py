"""Web pages that were printed: one document, its number from the box, nothing of the site in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from gongbao.ingest.files import read_file
from gongbao.ingest.webfind import find_web

from tests.ingest.drawn import BODY, draw

CITY = "云川市人民政府"
SMALL = "<p class=s style='font-size:8pt;line-height:12pt'>{}</p>"
NAVIGATION = SMALL.format("首页　　　　机构概况　　　　政务公开　　　　办事服务　　　　互动交流")
BOX = [
    SMALL.format("索 引 号：014500810/2024-00821　发文机关：云川市人民政府")
    + SMALL.format("文　　号：云政发〔2024〕15号　成文日期：2024年03月15日")
    + SMALL.format("标　　题：云川市人民政府关于做好防汛工作的通知　发布日期：2024年05月20日"),
    "<table><tr><td>索引号</td><td>014500810/2024-00821</td><td>发文机关</td><td>云川市人民政府</td></tr>"
    "<tr><td>文号</td><td>云政发〔2024〕15号</td><td>成文日期</td><td>2024年03月15日</td></tr>"
    "<tr><td>主题分类</td><td>水利</td><td>有效性</td><td>有效</td></tr></table>",
]
FOOTER = "".join(
    SMALL.format(line)
    for line in (
        "【打印本页】【关闭窗口】",
        "网站地图　|　联系我们",
        "主办单位：云川市人民政府办公室　地址：云川市府前街1号",
        "云ICP备05004294号-1　网站标识码：3600000012",
    )
)
TITLE = f"<div class=t>{CITY}关于做好防汛工作的通知</div>"


@pytest.mark.parametrize("box", BOX, ids=["lines", "table"])
@pytest.mark.parametrize("footer", [FOOTER, ""], ids=["footer", "no footer"])
def test_a_printed_page_is_one_document(tmp_path: Path, box: str, footer: str) -> None:
    text = f"<p class=s>各县（市、区）人民政府：</p><p>{BODY}</p><p>{BODY}</p>"
    reading = read_file(draw(tmp_path / "page.pdf", f"{NAVIGATION}{box}{TITLE}{text}{footer}"))
    (document,) = reading.issue.documents
    assert (document.title, document.number) == (f"{CITY}关于做好防汛工作的通知", "云政发〔2024〕15号")
    assert (document.issuer, document.signed) == (CITY, date(2024, 3, 15))
    assert document.text.count(BODY) == 2
    assert "首页" not in document.text
    assert "ICP" not in document.text
    assert any("014500810" in part.text for part in reading.issue.furniture if part.kind == "metadata")
    assert reading.failures == ()


def test_a_box_whose_columns_touch_and_a_line_of_sizes_of_type(tmp_path: Path) -> None:
    """The title in the box runs up to the next label, and goes on below."""
    box = (
        SMALL.format("索 引 号：014500810/2024-00821　发文机关：云川市人民政府")
        + SMALL.format("标　　题：云川市人民政府关于公布第三批历史建发文字号：云政发〔2024〕15号")
        + SMALL.format("筑名录的通知")
        + SMALL.format("发布日期：2024年05月20日　有 效 性：有效")
    )
    sizes = SMALL.format("字号：【大 中 小】　打印　关闭　来源：市政府办公室　浏览次数：1203")
    text = f"<p class=s>各县（市、区）人民政府：</p><p>{BODY}</p><p>{BODY}</p>"
    page = draw(tmp_path / "page.pdf", f"{NAVIGATION}{box}{TITLE}{sizes}{text}{FOOTER}")
    (document,) = read_file(page).issue.documents
    assert document.number == "云政发〔2024〕15号"
    assert "浏览次数" not in document.text


NONE = [
    (["云川市人民政府文件", "云政发〔2024〕15号", "关于防汛的通知", BODY, CITY, "2024年3月4日"], "a notice"),
    (["关于申报的通知", "名称：云川学校", BODY, "联系人：张三", "地址：府前街1号"], "labels of a form"),
    (["主办：云川市人民政府办公室", "地址：云川市府前街1号", "邮编：000000"], "a gazette's imprint"),
]


@pytest.mark.parametrize(("lines", "why"), NONE, ids=[row[1] for row in NONE])
def test_what_is_no_web_page(lines: list[str], why: str) -> None:
    web = find_web(lines)
    assert not web.box
    assert not web.navigation
