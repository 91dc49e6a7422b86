"""Texts and questions that look like others: rows that fail where a lookaround is taken out (`bench.guards`)."""

from __future__ import annotations

from datetime import date

import pytest
from gongbao.index.analysis import fold, marks
from gongbao.index.query.times import find_periods, names_this_year

from tests.index.test_query_read import TODAY, understand


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("甲,300", "a comma that groups no digits"),
        ("1,0000", "four digits are no group"),
        ("一一二二工程", "four numerals that are no year"),
        ("百姓十分满意", "numerals in words"),
    ],
)
def test_what_is_folded_to_itself(text: str, why: str) -> None:
    assert fold(text) == text, why


def test_a_number_is_marked_whole() -> None:
    assert marks("2010年100项", ("10",)) == ()


@pytest.mark.parametrize(
    ("query", "words", "why"),
    [
        ("防汛不含演练", "防汛不含演练", "不含 within a word"),
        ("防汛排除隐患", "防汛排除隐患", "排除 within a word"),
        ("副标题:防汛", "副标题 防汛", "another word that ends as a field does"),
        ("科长王强分管什么", "科长王强", "a post that nobody asks for"),
        ("李强调要分管什么", "李强调", "强调 is no name"),
        ("由谁定期公布", "定期公布", "定期 is how often"),
        ("哪个部门定期公布水质", "定期公布水质", "定期 is how often"),
        ("哪家定期公布水质", "定期公布水质", "定期 is how often"),
        ("开工时间安排表", "开工时间安排表", "the name of a table"),
        ("完成的任务有哪些文件", "完成的任务 文件", "documents are asked for"),
        ("2024年的目标考核", "目标考核", "the name of an examination"),
        ("分别管理", "分别管理", "how something is managed"),
        ("吧台管理", "吧台管理", "吧 begins a word"),
        ("教育方面改革", "教育方面改革", "方面 within a topic"),
        ("主要负责人是谁", "主要负责人", "a person in charge"),
        ("3.5万元补贴", "3.5万元补贴", "a decimal point"),
        ("的士管理", "的士管理", "的 begins a word"),
        ("目的", "目的", "的 ends a word"),
        ("公里", "公里", "a measure"),
        ("防汛 --演练", "防汛 演练", "two dashes"),
        ("高业务副市长", "高业务副市长", "业 is no part of a name"),
        ("要几个工作日完成", "工作日完成", "how long something takes"),
        ("小说什么内容", "小说 内容", "小说 is a word"),
        ("网上", "网上", "one character before 上"),
        ("三岁以上", "三岁以上", "以上 is a word"),
        ("没有", "没有", "one character before 有"),
        ("在建", "在建", "one character behind 在"),
        ("以前的规定", "以前的规定", "earlier rules"),
    ],
)
def test_words_that_are_left(query: str, words: str, why: str) -> None:
    assert understand(query).words == words, why


@pytest.mark.parametrize(
    ("query", "due", "why"),
    [
        ("2024号", [], "a number"),
        ("12024", [], "a longer number"),
        ("后一年内完成", [], "counted from something else"),
        ("最近3项任务", [], "so many things, no time"),
        ("20日内答复", [], "what a rule says"),
    ],
)
def test_times_that_are_none(query: str, due: list[date], why: str) -> None:
    assert [period.due for period in find_periods(query, TODAY)] == due, why


@pytest.mark.parametrize(("text", "named"), [("今年的计划", True), ("今年底", False), ("今年代", False)])
def test_this_year(text: str, named: bool) -> None:
    assert names_this_year(text) == named
