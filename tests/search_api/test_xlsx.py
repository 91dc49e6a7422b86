"""The spreadsheet, opened again."""

from __future__ import annotations

import errno
import io
import re
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from gongbao.corpus.errors import TooLarge
from gongbao.corpus.store import reference
from gongbao.search_api.entity_shapes import entities_of
from gongbao.search_api.export import _whole, xlsx
from gongbao.search_api.export.columns import LEADER
from gongbao.search_api.export.flat import neutralise
from gongbao.search_api.export.records import RecordKind
from gongbao.search_api.export.xlsx import write_xlsx
from gongbao.search_api.shapes import CitationShape, DeadlineRecordShape, TaskShape
from xlsxwriter.exceptions import FileCreateError

from tests.search_api.sample import old_rules
from tests.search_api.test_marked import _DRAFTS, _SOURCE


def _tasks() -> Iterator[TaskShape]:
    for draft in _DRAFTS:
        ref = reference(draft.document(_SOURCE))
        yield from (TaskShape.of(task, ref) for task in draft.assignments)


def _written(base_url: str = "http://gongbao.example") -> Any:
    out = io.BytesIO()
    write_xlsx(RecordKind.TASKS, _tasks(), out, title="云川市任务分解表", base_url=base_url)
    return openpyxl.load_workbook(out).active


def test_looks_like_an_office_table() -> None:
    sheet = _written()
    assert sheet["A1"].value == "云川市任务分解表"
    assert [cell.value for cell in sheet[2]] == list(LEADER)
    assert "A1:J1" in [str(merged) for merged in sheet.merged_cells.ranges]
    assert sheet.freeze_panes == "A3"
    assert sheet.page_setup.orientation == "landscape"
    assert str(sheet.page_setup.paperSize) == "9"
    assert sheet.print_title_rows == "$1:$2"
    assert sheet["B3"].alignment.wrap_text
    assert sheet.column_dimensions["B"].width == pytest.approx(46, abs=1)


def test_holds_every_statement_with_its_parties_and_source() -> None:
    sheet = _written()
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert len(rows) == len(list(_tasks()))
    number, what, lead, responsible, support, due, targets, _, basis, page = rows[0]
    assert (number, what, lead) == ("1", "新建公共自行车站点60个", "市城市管理局")
    assert not responsible
    assert support == "市财政局\n市公安局"
    assert due == "2024年6月底前\n（2024-06-30）"
    assert targets == "60个"
    assert basis.startswith("云政办发〔2024〕12号\n《")
    assert page == "1"


def test_pages_link_to_the_boxed_words() -> None:
    task = next(_tasks())
    target = _written()["J3"].hyperlink
    address = f"{target.target}#{target.location}" if target.location else target.target
    assert address == f"http://gongbao.example/documents/{task.document.id}?record={task.id}#r-{task.id}"


def test_without_a_server_pages_are_plain_numbers() -> None:
    assert _written(base_url="")["I3"].hyperlink is None


def test_formulas_are_text() -> None:
    sheet = _written()
    hostile = [cell for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert hostile
    assert all(cell.data_type == "s" and cell.value.startswith("'=") for cell in hostile)


def test_other_records_have_their_own_columns() -> None:
    out = io.BytesIO()
    draft = _DRAFTS[0]
    citations = (CitationShape.of(c, reference(draft.document(_SOURCE))) for c in draft.citations)
    write_xlsx(RecordKind.CITATIONS, citations, out, title="引用文件表")
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    assert [sheet["B2"].value, sheet["B3"].value] == ["引用标题", "云川市公共自行车管理办法"]
    assert sheet["D3"].value == "引用"


def test_what_stands_beside_the_tasks_has_its_columns_in_chinese() -> None:
    out = io.BytesIO()
    draft = old_rules()
    write_xlsx(
        RecordKind.ENTITIES, entities_of(draft.extraction(), reference(draft.document(_SOURCE))), out, title="指标"
    )
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert [row[1:8] for row in rows[1:3]] == [
        ["数量", "新增站点不少于20个", "20", "", "个", "不低于", "增加"],
        ["金额", "10—15万元", "100000", "150000", "元", "区间", ""],
    ]
    assert (rows[0][1], rows[0][11:14]) == ("地区", ["云川市东山区", "县级", "1"])
    assert (rows[3][1], rows[3][8:11]) == ("电话", ["0359-2345678", "李青禾", ""])


def test_no_codes_in_columns_for_people() -> None:
    out = io.BytesIO()
    documents = ((draft.deadlines, reference(draft.document(_SOURCE))) for draft in _DRAFTS)
    deadlines = (DeadlineRecordShape.of_record(d, ref) for found, ref in documents for d in found)
    write_xlsx(RecordKind.DEADLINES, deadlines, out, title="时限表")
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert {row[4] for row in rows} <= {"截止", "期间", "定期", "时限", "效力"}  # 类别
    assert not [cell for row in rows for cell in row[4:7] if re.search("[A-Za-z]", cell)]  # nor P1M, PT2H


class _FullDisk:
    def close(self) -> None:
        raise FileCreateError(OSError(errno.ENOSPC, "No space left on device"))


def test_a_full_disk_is_told_apart_from_a_bug() -> None:
    with pytest.raises(OSError, match="space"):
        xlsx._close(_FullDisk())


class _Pipe(io.BytesIO):
    def seekable(self) -> bool:
        return False


def test_comes_whole_out_of_a_pipe() -> None:
    pipe = _Pipe()
    with _whole(pipe) as target:
        write_xlsx(RecordKind.TASKS, _tasks(), target, title="表")
        assert not pipe.getvalue()
    assert openpyxl.load_workbook(io.BytesIO(pipe.getvalue())).active is not None


def test_more_rows_than_a_sheet_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_ROW_LIMIT", 4)
    with pytest.raises(TooLarge, match="行"):
        write_xlsx(RecordKind.TASKS, _tasks(), io.BytesIO(), title="表")


def test_a_text_longer_than_a_cell_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_CELL_LIMIT", 20)
    assert xlsx._fitting("长" * 21) == "长" * 8 + "……（过长，下略）"


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(1)", "-1+1", "＝1+1", "＠SUM(1)", "＋1", "－1"])
def test_a_cell_of_a_text_file_is_no_formula(cell: str) -> None:
    """Also in full width, which spreadsheets in Chinese take for the same."""
    assert neutralise(cell) == f"'{cell}"
