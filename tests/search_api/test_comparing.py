"""The same notice of two years, task by task."""

from __future__ import annotations

from gongbao.search_api.comparing import compare_tasks

from tests.search_api.sample import bike_notice


def test_years_and_figures_do_not_part_a_task() -> None:
    pairs = compare_tasks(bike_notice(2023).assignments, bike_notice(2024).assignments)
    both = [pair for pair in pairs if pair.old and pair.new]
    assert [pair.new.what for pair in both if pair.new] == [
        "新建公共自行车站点60个",
        "每月开展一次集中整治",
        "开展站点安全检查",
        "更新老旧车辆2000辆",
    ]
    assert both[0].changes == ("时限：2023年6月底前 → 2024年6月底前",)
    assert both[1].changes == ()


def test_what_came_and_what_went() -> None:
    new = compare_tasks(bike_notice(2023).assignments, bike_notice(2024).assignments)
    assert [pair.new.what for pair in new if pair.new and not pair.old] == ["建成统一调度平台"]
    gone = compare_tasks(bike_notice(2024).assignments, bike_notice(2023).assignments)
    assert [pair.old.what for pair in gone if pair.old and not pair.new] == ["建成统一调度平台"]


def test_nothing_against_something() -> None:
    tasks = bike_notice().assignments
    assert [pair.old for pair in compare_tasks([], tasks)] == [None] * len(tasks)
    assert compare_tasks([], []) == ()
