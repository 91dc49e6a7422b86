"""Nothing is lost: each character of a file stands in one document's text or in furniture that says why."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from gongbao.corpus.document import Issue, PageState, Source, SourceKind
from gongbao.corpus.errors import InputError
from gongbao.ingest.build import build_text
from gongbao.ingest.complete import lost_of_pages, lost_of_text
from gongbao.ingest.files import read_file
from gongbao.ingest.layout import Line
from gongbao.ingest.read import PageReading
from gongbao.ingest.text import read_text
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.drawn import BODY, GAZETTE, draw, notice

SOURCE = Source("file.txt", "0" * 64, SourceKind.TEXT)
LINES = [  # what a gazette is made of, in any order
    "云川市人民政府公报",
    "2024年第3期（总第27期）",
    "目　录",
    "云川市人民政府关于做好防汛工作的通知………………4",
    "云川市人民政府办公室",
    "云川市人民政府关于做好防汛工作的通知",
    "云政发〔2024〕10号",
    "（2024年6月30日云川市人大常委会第八次会议通过）",
    "各县（市、区）人民政府，市直各有关单位：",
    "一、加强组织领导",
    "（一）夯实基础。" + BODY,
    BODY,
    BODY + "云川市人民政府2024年3月4日（此件公开发布）",
    "第一条　为规范管理，制定本办法。",
    "云川市人民政府",
    "2024年3月4日",
    "附件1",
    "附件：1.任务清单",
    "序号\t任务\t单位",
    "1\t修堤\t市水务局",
    "抄送：市委办公室。",
    "主办：云川市人民政府办公室",
    "— 3 —",
    "市政府文件",
    "",
]


def kept(issue: Issue) -> Counter[str]:
    texts = [document.text for document in issue.documents] + [part.text for part in issue.furniture]
    return Counter("".join("".join(texts).split()))


@settings(max_examples=300)
@given(st.lists(st.sampled_from(LINES) | st.text(alphabet="云川市水务局，。、1２（）", max_size=40), max_size=25))
def test_a_text_keeps_every_character(lines: list[str]) -> None:
    text = read_text("\n".join(lines))
    issue = build_text(text, SOURCE, "file")
    assert kept(issue) == Counter("".join("".join(lines).split()))
    assert lost_of_text(text, issue) == []


BLOCKS = [
    notice("云政发〔2024〕6号", "关于做好防汛工作的通知", "云川市人民政府"),
    "<div class=t>云川市人民政府公报</div><p class=c>2024年第3期</p>",
    "<div class=u>目　录</div><p class=s>云川市人民政府关于做好防汛工作的通知……………4</p>",
    f"<div class=two><p>{BODY}</p><p>{BODY}</p></div>",
    "<table><tr><th>序号</th><th>单位</th></tr><tr><td>1</td><td>市水利局</td></tr></table>",
    "<div style='break-before:page'></div>",
    "<p>主管：云川市人民政府</p><p>主办：云川市人民政府办公室</p><p>邮编：000000</p>",
    "<div style='font-size:30pt' class=c>市政府文件</div>",
]


@settings(max_examples=12)
@given(blocks=st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=5))
def test_a_drawn_file_keeps_every_character(tmp_path_factory: pytest.TempPathFactory, blocks: list[str]) -> None:
    reading = read_file(draw(tmp_path_factory.mktemp("drawn") / "gazette.pdf", "".join([f"<p>{BODY}</p>", *blocks])))
    assert reading.failures == ()


def test_a_header_printed_again_is_kept_apart(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{n}</td><td>市水利局</td></tr>" for n in range(1, 90))
    html = f"<table><thead><tr><th>序号</th><th>单位</th></tr></thead>{rows}</table>"
    reading = read_file(draw(tmp_path / "table.pdf", html))
    again = [part.text for part in reading.issue.furniture if part.kind == "repeated_header"]
    assert reading.failures == ()
    assert again[:2] == ["序号", "单位"]


def test_what_is_lost_is_told_with_page_and_text(tmp_path: Path) -> None:
    issue = read_file(draw(tmp_path / "gazette.pdf", GAZETTE)).issue
    line = Line(7, "龘龘", (0.0, 1.0, 2.0), 0.0, 1.0, 10.0, False, "", 0, 0, 0.0, 2.0)
    reading = PageReading(7, 595.0, 842.0, PageState.NATIVE, items=(line,))
    (lost,) = lost_of_pages([reading], issue)
    assert (lost.page, lost.text) == (7, "龘龘")
    failure = lost.failure("gazette.pdf")
    assert failure.page == 7
    assert "2 个字" in failure.cause
    assert "龘龘" in failure.cause
    assert lost_of_pages([replace(reading, items=())], issue) == []


@pytest.mark.material
def test_real_files_keep_every_character(material: Path) -> None:
    paths = [*sorted(material.rglob("*.txt")), *sorted(material.rglob("*.pdf"))[:12]]
    told = {path.name: causes for path in paths if (causes := _losses(path))}
    assert paths
    assert told == {}


def _losses(path: Path) -> list[str]:
    """Of a file that can be read at all."""
    try:
        return [failure.cause for failure in read_file(path).failures if "没有归入" in failure.cause]
    except InputError:
        return []
