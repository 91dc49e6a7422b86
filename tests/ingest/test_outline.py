# ruff: noqa: E501 (a row of a table of examples is one line)
"""Headings and levels: what each kind of official document numbers, and what is no heading."""

from __future__ import annotations

import pytest
from gongbao.ingest.outline import OutlineItem, outline
from hypothesis import given
from hypothesis import strategies as st

Found = list[tuple[int, str, bool]]

TEXT = "各地各部门要高度重视，认真抓好落实。"

CASES: list[tuple[str, list[str], Found]] = [
    ("一、 （一） 1. of a notice", ["一、总体要求", TEXT, "（一）加强领导。" + TEXT, "1.明确责任。" + TEXT, "二、保障措施", TEXT],
     [(1, "一、总体要求", False), (2, "（一）加强领导", True), (3, "1.明确责任", True), (1, "二、保障措施", False)]),
    ("1. directly under 一、 is the second level", ["一、工作任务", "1.支持研发。" + TEXT, "2.建设平台。" + TEXT],
     [(1, "一、工作任务", False), (2, "1.支持研发", True), (2, "2.建设平台", True)]),
    ("a heading ends where the next number begins", ["一、提高认识，落实到处（一）指导思想。" + TEXT],
     [(1, "一、提高认识，落实到处", True), (2, "（一）指导思想", True)]),
    ("an own line may end with a stop if something stands under it", ["（一）工作原则。", "1.统筹兼顾。" + TEXT],
     [(2, "（一）工作原则。", False), (3, "1.统筹兼顾", True)]),
    ("chapters, and articles with a name only", ["第一章　总　则", "第一条　为规范管理，制定本办法。", "第二条　适用范围", TEXT],
     [(1, "第一章　总　则", False), (2, "第二条　适用范围", False)]),
    ("numbered items under an article are no headings", ["第三条　申请条件", "（一）合法登记。" + TEXT, "1.信用良好。" + TEXT],
     [(2, "第三条　申请条件", False)]),
    ("a decimal outline", ["1 总则", "1.1 编制目的", TEXT, "1.2 编制依据", TEXT, "2 组织体系", "2.1 指挥部", TEXT, "2.1.1 综合组", TEXT],
     [(1, "1 总则", False), (2, "1.1 编制目的", False), (2, "1.2 编制依据", False), (1, "2 组织体系", False),
      (2, "2.1 指挥部", False), (3, "2.1.1 综合组", False)]),
    ("sentences of a decimal outline are no headings", ["8.1 本预案由市水利局解释。", "8.2 本预案自印发之日起施行。"],
     [(2, "8.1 本预案由市水利局解释", True), (2, "8.2 本预案自印发之日起施行", True)]),
    ("items that end in ； or ： are no headings", ["一、禁止下列行为：", "（一）携带火种；", "（二）野外用火；", "（三）其他行为。"], []),
    ("（1） and ① are list items", ["（1）开展检查。" + TEXT, "①登记造册。" + TEXT], []),
    ("whole sentences numbered 一、 count", ["一、未达标的企业一律停产整治。", "二、露天焚烧一律禁止。"],
     [(1, "一、未达标的企业一律停产整治", True), (1, "二、露天焚烧一律禁止", True)]),
    ("the last of single sentences heads nothing", ["一、核查时间为四月。", "二、核查对象为企业。", "三、企业应当如实填报。", "特此公告。"],
     [(1, "一、核查时间为四月", True), (1, "二、核查对象为企业", True), (1, "三、企业应当如实填报", True)]),
    ("after an item with text under it, a sentence is a heading", ["（一）查改隐患。" + TEXT, "（二）开展专项整治。", TEXT],
     [(2, "（一）查改隐患", True), (2, "（二）开展专项整治。", False)]),
    ("what a document's 目录 lists is no heading there", ["目　录", "第一章　总则", "第二章　附则", "第一章　总　则", TEXT, "第二章　附则", TEXT],
     [(1, "第一章　总　则", False), (1, "第二章　附则", False)]),
    ("prose is no heading", ["一是加强领导。二是压实责任。", "2024年全市工作要点如下。"], []),
]  # fmt: skip


@pytest.mark.parametrize(("why", "texts", "expected"), CASES, ids=[row[0] for row in CASES])
def test_headings(why: str, texts: list[str], expected: Found) -> None:
    found: Found = []
    for text, placed in zip(texts, outline([OutlineItem(text) for text in texts]), strict=True):
        found += [(h.level, text[h.start : h.end], h.run_in) for h in placed.headings]
    assert found == expected, why


def test_an_attached_text_has_an_outline_of_its_own() -> None:
    items = [OutlineItem("一、提高认识。" + TEXT), OutlineItem("云川市防汛应急预案", title=True), OutlineItem("1 总则"), OutlineItem("1.1 目的"), OutlineItem(TEXT),
             OutlineItem("1.2 依据"), OutlineItem(TEXT)]  # fmt: skip
    levels = [[h.level for h in placed.headings] for placed in outline(items)]
    assert levels == [[1], [0], [1], [2], [], [2], []]


def test_signatures_and_tables_are_never_headings() -> None:
    (placed,) = outline([OutlineItem("一、云川市人民政府", prose=False)])
    assert placed.headings == ()


@given(st.lists(st.text("一二（）1.、。；：第章条天 ", max_size=24), max_size=12))
def test_spans_stay_inside_their_text(texts: list[str]) -> None:
    placed = outline([OutlineItem(text) for text in texts])
    assert len(placed) == len(texts)
    for text, place in zip(texts, placed, strict=True):
        assert all(0 <= h.start <= h.end <= len(text) for h in place.headings)
