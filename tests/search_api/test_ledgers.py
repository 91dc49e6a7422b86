"""An office's own ledger: read under any names, matched to the documents, taken over, and filled in and read back."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from fastapi.testclient import TestClient
from gongbao.corpus.desk import State
from gongbao.corpus.errors import DamagedFile, InputError, Stopped, TooLarge
from gongbao.search_api import following
from gongbao.search_api.api import create_app
from gongbao.search_api.compose import Application
from gongbao.search_api.following import Sent
from gongbao.search_api.ledgers import LedgerField, Outcome, match, read_ledger, reading, take_over
from gongbao.search_api.ledgers.reading import parse_ledger, read_state

from tests.search_api.conftest import TODAY, make_application
from tests.search_api.sample import bike_notice, flood_plan

BIKE, FLOOD = bike_notice(), flood_plan()
STATIONS = BIKE.assignments[0]


@pytest.fixture
def application(tmp_path: Path) -> Application:
    return make_application(tmp_path / "home")


def _sheet(path: Path, *rows: Sequence[Any], merged: Sequence[str] = ()) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    for place in merged:
        book.active.merge_cells(place)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("why", "heads", "fields"),
    [
        ("as printed", ("序号", "工作任务", "牵头单位", "完成时限"), {1: "task", 2: "lead", 3: "due"}),
        (
            "other names",
            ("督办事项", "承办单位", "办结时限", "落实情况"),
            {0: "task", 1: "lead", 2: "due", 3: "feedback"},
        ),
        (
            "a remark in brackets",
            ("任务内容（简写）", "责任部门", "状态", "备 注"),
            {0: "task", 1: "lead", 2: "state", 3: "note"},
        ),
        ("two of bodies", ("工作任务", "牵头单位", "责任单位"), {0: "task", 1: "lead", 2: "lead"}),
        ("progress in words and as a state", ("事项", "进展", "进展情况"), {0: "task", 1: "state", 2: "feedback"}),
    ],
)
def test_columns_under_any_name(tmp_path: Path, why: str, heads: tuple[str, ...], fields: dict[int, str]) -> None:
    ledger = read_ledger(_sheet(tmp_path / "a.xlsx", ("某办公室台账",), heads, ["甲"] * len(heads)))
    assert {place: field.value for place, field in ledger.mapping.items()} == fields, why


def test_heads_in_two_rows_and_cells_merged_down(tmp_path: Path) -> None:
    rows = (
        ("2024年重点工作台账",),
        ("工作任务", "单位", None, "完成时限"),
        (None, "牵头单位", "配合单位", None),
        ("建站点", "市城管局", "市财政局", datetime(2024, 6, 30)),
        (None, "市公安局", None, "2024年7月1日前"),
    )
    ledger = read_ledger(_sheet(tmp_path / "a.xlsx", *rows, merged=("B2:C2", "A2:A3", "D2:D3", "A4:A5")))
    assert [
        (row.get(LedgerField.TASK), row.get(LedgerField.LEAD), row.get(LedgerField.DUE)) for row in ledger.rows
    ] == [
        ("建站点", "市城管局", "2024-06-30"),
        ("建站点", "市公安局", "2024-07-01"),
    ]
    assert [row.number for row in ledger.rows] == [4, 5]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("已完成", (State.DONE, "")),
        ("进行中 40%", (State.RUNNING, "40")),
        ("推进中", (State.RUNNING, "")),
        ("已完成选址，正在报批", (None, "")),
    ],
)
def test_states_as_offices_write_them(typed: str, expected: tuple[State | None, str]) -> None:
    assert read_state(typed) == expected


def test_days_that_are_none_are_told(tmp_path: Path) -> None:
    rows = (
        ("任务", "单位", "完成日期"),
        ("甲", "乙", "2023年2月29日"),
        ("丙", "丁", "下周"),
        ("戊", "己", "2024-02-29"),
    )
    ledger = read_ledger(_sheet(tmp_path / "a.xlsx", *rows))
    assert [row.problems for row in ledger.rows] == [
        ("完成日期没有这一天：2023年2月29日",),
        ("完成日期不是日期：下周",),
        (),
    ]


def test_what_is_no_ledger(tmp_path: Path) -> None:
    broken = tmp_path / "a.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a zip")
    with pytest.raises(DamagedFile, match="XLSX"):
        read_ledger(broken)
    with pytest.raises(InputError, match="表头"):
        read_ledger(_sheet(tmp_path / "b.xlsx", ("随手记",), ("今天天气好",)))
    with pytest.raises(InputError, match="工作任务"):
        read_ledger(_sheet(tmp_path / "c.xlsx", ("牵头单位", "完成时限"), ("甲", "乙")))


def test_formulas_count_by_what_they_show(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["任务", "单位"])
    sheet.write_formula(1, 0, '="建"&"站"', None, "建站")
    sheet.write(1, 1, "甲")
    book.close()
    assert [row.get(LedgerField.TASK) for row in read_ledger(path).rows] == ["建站"]


def _matched(application: Application, *rows: Sequence[str]) -> Any:
    path = _sheet(
        application.settings.home.root / "x.xlsx", ("工作任务", "责任单位", "完成时限", "进展", "备注"), *rows
    )
    return match(read_ledger(path), application.service.iter_tasks(None, today=TODAY))


@pytest.mark.parametrize(
    ("why", "row", "outcome", "differences"),
    [
        ("as printed", ("新建公共自行车站点60个", "市城市管理局", "2024年6月底前"), Outcome.MATCHED, ()),
        ("in other words", ("建设公共自行车站点60个", "城市管理局", "2024-06-30"), Outcome.MATCHED, ()),
        ("another body", ("新建公共自行车站点60个", "市交通局", ""), Outcome.CHANGED, ("单位",)),
        ("another day", ("新建公共自行车站点60个", "市城市管理局", "2024-09-30"), Outcome.CHANGED, ("时限",)),
        ("nobody ordered it", ("建设市民文化中心二期", "市文旅局", ""), Outcome.UNSUPPORTED, ()),
    ],
)
def test_rows_and_tasks(
    application: Application, why: str, row: tuple[str, ...], outcome: Outcome, differences: tuple[str, ...]
) -> None:
    (found,) = _matched(application, row).rows
    assert found.outcome is outcome, why
    assert tuple(each[:2] for each in found.differences) == differences, why
    if outcome is not Outcome.UNSUPPORTED:
        assert found.view.assignment.what == STATIONS.what


def test_a_row_with_the_id_of_another_task_is_told(application: Application, manager: TestClient) -> None:
    """Somebody wrote a new task over an exported row: its 编号 is still that of the old one."""
    exported = manager.get("/api/v1/export/tasks", params={"format": "xlsx", "columns": "台账"}).content
    book = openpyxl.load_workbook(io.BytesIO(exported))
    sheet = book.active
    assert sheet is not None
    heads = [cell.value for cell in sheet[2]]
    sheet.cell(3, 2).value = "建设全市统一的智慧路灯平台"
    changed = io.BytesIO()
    book.save(changed)
    answer = manager.post("/ledger", files={"file": ("台账.xlsx", changed.getvalue())})
    assert "任务：文字与文件不同" in answer.text
    sheet.cell(3, heads.index("进展") + 1).value = "已完成"
    changed = io.BytesIO()
    book.save(changed)
    sent = manager.post("/ledger", files={"file": ("台账.xlsx", changed.getvalue())})
    assert "<li>第 3 行：任务文字与文件不同，未要求导入</li>" in manager.post(str(sent.url.path)).text
    assert not application.store.desk.snapshot().items
    assert "更新 1 项" in manager.post(str(sent.url.path), data={"doubtful": "yes"}).text


def test_what_the_ledger_leaves_out(application: Application) -> None:
    found = _matched(application, ("建成统一调度平台", "市数据局", "12月底前"))
    missing = {view.assignment.what for view in found.missing}
    assert missing == {task.what for task in BIKE.assignments} - {"建成统一调度平台"}


def test_states_and_remarks_are_taken_over_once(application: Application) -> None:
    rows = (
        ("新建公共自行车站点60个", "市城市管理局", "2024年6月底前", "进行中 40%", "选址完成"),
        ("建成统一调度平台", "市数据局", "", "正与厂家洽谈", ""),
    )
    found = _matched(application, *rows)
    assert take_over(application, found, "林知远").changed == 2
    items = application.store.desk.snapshot().items
    station = items[STATIONS.id]
    assert (station.state, station.progress, station.note, station.by) == (State.RUNNING, 40, "选址完成", "林知远")
    platform = next(item for item in items.values() if "调度平台" in item.subject.what)
    assert (platform.state, platform.feedback) == (State.NOT_STARTED, "正与厂家洽谈"), "words are what a body reports"
    again = take_over(application, _matched(application, *rows), "沈若谷")
    assert (again.changed, again.unchanged) == (0, 2)


def test_the_export_is_filled_in_and_read_back_without_loss(application: Application, manager: TestClient) -> None:
    task = FLOOD.assignments[2]
    full = Sent("running", "40", "沈若谷", "2024-07-15", "防汛、重点", "", "下周复核", "已开工；坝体过半")
    following.change_items(application, [(task.id, 0, full.change())], "林知远")
    before = application.store.desk.snapshot().items[task.id]
    content = manager.get("/api/v1/export/tasks", params={"format": "xlsx", "columns": "台账"}).content
    unchanged = manager.post("/ledger", files={"file": ("台账.xlsx", content)})
    assert unchanged.status_code == 200
    page = manager.post(str(unchanged.url.path)).text
    assert "更新 0 项" in page
    assert application.store.desk.snapshot().items[task.id] == before

    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    assert sheet is not None
    heads = [cell.value for cell in sheet[2]]
    row = next(row for row in sheet.iter_rows(min_row=3) if row[heads.index("编号")].value == STATIONS.id)
    row[heads.index("进展")].value, row[heads.index("反馈")].value = "已完成", "已建成60个"
    row[heads.index("完成日期")].value = datetime(2024, 5, 20)
    filled = io.BytesIO()
    book.save(filled)
    sent = manager.post("/ledger", files={"file": ("台账.xlsx", filled.getvalue())})
    assert "更新 1 项" in manager.post(str(sent.url.path)).text
    item = application.store.desk.snapshot().items[STATIONS.id]
    assert (item.state, item.feedback, str(item.finished)) == (State.DONE, "已建成60个", "2024-05-20")

    again = manager.post("/ledger", files={"file": ("旧.xlsx", _changed(content, "进展", "暂缓"))})
    page = manager.post(str(again.url.path)).text
    assert "导出之后 林知远 更改过这一项" in page, "a sheet that is older than what was changed since"


def _changed(content: bytes, column: str, value: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    assert sheet is not None
    heads = [cell.value for cell in sheet[2]]
    row = next(row for row in sheet.iter_rows(min_row=3) if row[heads.index("编号")].value == STATIONS.id)
    row[heads.index(column)].value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_page_shows_what_columns_were_taken_for_and_lets_choose(manager: TestClient, tmp_path: Path) -> None:
    path = _sheet(tmp_path / "a.xlsx", ("事情", "任务", "承办单位"), ("建成统一调度平台", "重点", "市数据局"))
    sent = manager.post("/ledger", files={"file": ("a.xlsx", path.read_bytes())})
    assert "文件无此任务" in sent.text
    chosen = manager.get(str(sent.url.path), params={"c0": "task", "c1": ""}).text
    assert "<b>1</b>一致" in chosen


def test_as_many_rows_as_are_allowed_and_one_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 3_000)
    assert len(parse_ledger(_long(tmp_path / "a.xlsx", 3_000)).rows) == 3_000
    with pytest.raises(TooLarge, match="3000 行"):
        parse_ledger(_long(tmp_path / "b.xlsx", 3_050))


def test_a_sheet_as_wide_as_can_be_costs_its_own_process_only(tmp_path: Path) -> None:
    """Two cells, seventeen thousand million places: the server would need more memory than there is."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["工作任务", "责任单位"])
        sheet.write(1_048_575, 16_383, "甲")
    assert path.stat().st_size < 10_000
    with pytest.raises(Stopped):
        read_ledger(path)


def _long(path: Path, rows: int) -> Path:
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["工作任务", "责任单位"])
    for number in range(1, rows + 1):
        sheet.write_row(number, 0, [f"任务{number}", "市水利局"])
    book.close()
    return path


def test_only_a_manager_brings_a_ledger_in(application: Application) -> None:
    with TestClient(create_app(application)) as client:
        assert client.get("/ledger").status_code == 401
