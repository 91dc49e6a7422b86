"""The 督查通报 as DOCX, and the same figures as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import BinaryIO

from gongbao.index.models import View
from gongbao.search_api import labels
from gongbao.search_api.export.columns import SheetColumn, Value
from gongbao.search_api.export.official import Official
from gongbao.search_api.export.papers import task_sentence
from gongbao.search_api.export.xlsx import write_sheet
from gongbao.search_api.statistics import StatisticsReport, StatisticsRow

_HEADS = ("单位", "任务", "已完成", "按期", "超期完成", "逾期未完成", "30日内到期", "完成率", "灯")
_WIDTHS = (22, 7, 8, 7, 9, 11, 11, 9, 5)
_FIGURES = range(1, len(_HEADS))
_LIGHTS = {"red": "红", "yellow": "黄", "green": "绿"}
_LISTED = 100  # overdue tasks in a bulletin, which says how many more there are


def write_bulletin(
    found: StatisticsReport, late: Sequence[View], target: BinaryIO, today: date, office: str = ""
) -> None:
    """总体情况, 各单位情况, 逾期事项."""
    paper = Official("关于工作任务落实情况的督查通报")
    paper.heading("一、总体情况")
    paper.paragraph(_summary(found, today))
    paper.heading("二、各单位情况")
    if found.leaders:
        paper.table(("分管领导", *_HEADS[1:]), _WIDTHS, map(_cells, found.leaders), _FIGURES)
        paper.paragraph("")
    paper.table(_HEADS, _WIDTHS, map(_cells, _bodies(found)), _FIGURES)
    if late:
        paper.heading(f"三、逾期事项（{len(late)} 项）")
        for number, view in enumerate(late[:_LISTED], 1):
            paper.paragraph(f"{number}．{task_sentence(view, today, bodies=True)}")
        if len(late) > _LISTED:
            paper.paragraph(f"另有 {len(late) - _LISTED} 项未列出，见任务清单。")
    paper.signature(office, labels.chinese_date(today))
    paper.save(target)


def write_figures(found: StatisticsReport, target: BinaryIO, today: date) -> None:
    """Leaders, bodies and months one under another, each with what it is."""
    columns = (
        SheetColumn("类别", 12, True),
        *(SheetColumn(n, w + 3, n != "单位") for n, w in zip(_HEADS, _WIDTHS, strict=True)),
    )
    write_sheet(columns, _rows(found), target, f"督查统计（截至{labels.chinese_date(today)}）")


def _rows(found: StatisticsReport) -> Iterator[Sequence[Value]]:
    parts: Iterable[tuple[str, Iterable[StatisticsRow]]] = (
        ("合计", (found.whole,)), ("未写明单位", (found.unnamed,)), ("分管领导", found.leaders),
        ("单位", found.bodies), ("月份", found.months),
    )  # fmt: skip
    for kind, rows in parts:
        for row in rows:
            numbers = (row.total, row.done, row.on_time, row.late, row.overdue, row.near)
            yield kind, row.name, *numbers, f"{row.rate:.1f}%", _LIGHTS[row.light]


def _bodies(found: StatisticsReport) -> tuple[StatisticsRow, ...]:
    return (*found.bodies, *([found.unnamed] if found.unnamed.total else []))


def _summary(found: StatisticsReport, today: date) -> str:
    whole, alone = found.whole, found.unnamed.total
    unnamed = f"（含文件未写明承担单位的 {alone} 项）" if alone else ""
    return (
        f"截至{labels.chinese_date(today)}，共有任务 {whole.total} 项{unnamed}，已完成 {whole.done} 项，"
        f"完成率 {whole.rate:.1f}%，"
        f"其中按期完成 {whole.on_time} 项、超期完成 {whole.late} 项；逾期未完成 {whole.overdue} 项，"
        f"30 日内到期 {whole.near} 项。"
    )


def _cells(row: StatisticsRow) -> tuple[str, ...]:
    numbers = (row.total, row.done, row.on_time, row.late, row.overdue, row.near)
    return row.name, *map(str, numbers), f"{row.rate:.1f}%", _LIGHTS[row.light]
