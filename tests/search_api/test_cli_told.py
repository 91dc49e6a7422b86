"""What the command line tells people beyond the answer: unknown names, what failed and why."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from gongbao.corpus.document import Page, PageState
from gongbao.search_api.cli.check import _pages_line
from gongbao.search_api.cli.screen import what_line

from tests.search_api.conftest import Run
from tests.search_api.sample import bike_notice


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--agency", "市水力局"), "没有“市水力局”的任务或职责，名称相近的有："),  # a slip of the keyboard
        (("--agency", "xyz"), "没有“xyz”的任务或职责，请检查名称"),  # like nothing
        (("--issue", "1999-9"), "没有 1999-9 期，相近的有：2024"),
        (("--issue", "1999-9", "--json"), "没有 1999-9 期"),  # a program's reader sees it, too
    ],
)
def test_a_name_that_the_corpus_does_not_know_is_told(gongbao: Run, options: tuple[str, ...], says: str) -> None:
    code, _, err = gongbao("tasks", *options)
    assert code == 0
    assert says in err


def test_conditions_that_are_known_but_meet_nothing_name_none(gongbao: Run) -> None:
    assert gongbao("tasks", "--due-from", "2150-01-01")[1:] == ("没有符合条件的任务。\n", "")


def test_an_unknown_body_is_told_what_is_like_it(gongbao: Run) -> None:
    assert "名称相近的有：" in gongbao("agency", "市水力局")[1]


@pytest.mark.parametrize(
    ("state", "failed", "says"),
    [
        (PageState.CORRUPT, set(), "文字层损坏 3（由文字识别读出）"),
        (PageState.SCANNED, {2}, "扫描 3（其中 2 页由文字识别读出）"),
        (PageState.CORRUPT, {1, 2, 3}, "文字层损坏 3"),  # nothing was read of them
        (PageState.SCANNED, {None}, "扫描 3"),  # nor of the whole file
        (PageState.NATIVE, set(), "文字 3"),  # has its own text
    ],
)
def test_pages_read_by_recognition_are_told(state: PageState, failed: set[int | None], says: str) -> None:
    assert _pages_line([Page(number, 595, 842, state) for number in (1, 2, 3)], failed) == says


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("新建日光温室（亩）", "新建日光温室（亩）\n量化指标：1,200亩"),  # the number stands in another cell
        ("新建日光温室1,200亩", "新建日光温室1,200亩"),  # it is said already
    ],
)
def test_the_first_target_stands_with_its_task(what: str, expected: str) -> None:
    task = next(task for task in bike_notice().assignments if task.targets)
    target = replace(task.targets[0], text="1,200亩", value=1200, unit="亩")
    assert what_line(replace(task, what=what, targets=(target,))) == expected
    assert what_line(replace(task, what=what, targets=())) == what


def test_a_table_row_comes_with_its_header(gongbao: Run) -> None:
    """市城市管理局 alone does not say what it is there: who is to do it, or with whom."""
    question = "要更新多少老旧车辆"
    assert "   表头：序号、" in gongbao("ask", question)[1]
    rows = [p for p in json.loads(gongbao("ask", question, "--json")[1])["passages"] if "\t" in p["text"]]
    assert rows[0]["columns"] == ["序号", "重点领域", "工作任务", "牵头单位", "配合单位", "完成时限"]
