"""Time limits that the document around them decides: its title, its date, its tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from gongbao.nlp.deadlines import find_deadlines

from tests.nlp.test_deadline_forms import shown
from tests.nlp.writing import write


def test_a_date_counted_from_a_doubtful_signature_is_flagged() -> None:
    early = replace(write("自印发之日起30日内制定方案；每周报送进展。"), signed=date(2023, 3, 4))
    assert [one.flag for one in find_deadlines(early)] == ["成文日期早于文号年份，推算的日期存疑", None]
    assert [one.flag for one in find_deadlines(replace(early, signed=date(2024, 3, 4)))] == [None, None]


def test_a_notice_on_the_year_to_come_may_ask_for_something_this_year() -> None:
    notice = replace(
        write("12月28日前报值班表，12月底前完成全年任务。", title="关于2025年元旦值班的通知"), signed=date(2024, 12, 20)
    )
    assert ";".join(map(shown, find_deadlines(notice))) == "by 2024-12-28;by 2025-12-31"


def test_the_event_of_an_arrangement_begins_with_a_word() -> None:
    (lasting,) = find_deadlines(write("联合实验室建设期为2年。"))
    assert lasting.text == "建设期为2年"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["任务", "一季度", "二季度"], ["编制规划", "√", "—"]], "by 2024-03-31;by 2024-06-30"),  # marks
        ([["项目", "上半年", "下半年"], ["水厂", "完成施工", "竣工验收"]], "by 2024-06-30;by 2024-12-31"),  # stages
        ([["指标", "2023年", "2024年"], ["用水量", "300", "280"]], ""),  # figures of years tell what was or is
    ],
)
def test_column_heads_over_marks_or_words_are_limits(rows: list[list[str]], expected: str) -> None:
    assert ";".join(map(shown, find_deadlines(write("见下表。", rows)))) == expected


def test_the_row_of_a_short_cell_is_its_context_over_line_breaks() -> None:
    rows = [["任务", "完成时限"], ["改造东山\n片区管网", "6月底前"]]
    assert [one.context for one in find_deadlines(write("见下表。", rows))] == ["改造东山\n片区管网\t6月底前"]


@pytest.mark.parametrize(
    ("text", "in_a_rule", "in_a_plan"),
    [
        ("次年3月底前清算", "by ?", "by 2025-03-31"),
        ("全年开放不少于330天，实现达标", "", "by 2024-12-31"),
        ("2024年底前建成", "by 2024-12-31", "by 2024-12-31"),
        ("休牧自1月1日起至2月15日止", "period 2024-01-01/2024-02-15", "by 2024-02-15"),
    ],
)
def test_a_rule_for_all_years_speaks_of_none(text: str, in_a_rule: str, in_a_plan: str) -> None:
    rule = write(text, title="云川市人民政府关于印发云川市供水管理办法（试行）的通知")
    assert ";".join(map(shown, find_deadlines(rule))) == in_a_rule
    assert ";".join(map(shown, find_deadlines(write(text)))) == in_a_plan
