"""Spreadsheets as an office makes them: a 任务分解表 on A4 landscape, and plain tables for the rest.

Rows are written as they come (constant memory), so any number may pass, up to the format's own
limit of 1,048,576; `TooLarge` beyond it. Cells that a spreadsheet would run as a formula are text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, BinaryIO

import xlsxwriter
from gongbao.corpus.errors import TooLarge
from gongbao.search_api.export.columns import LEADER, Link, SheetColumn, Value, columns_of, rows_of, text_of, values_of
from gongbao.search_api.export.flat import HEADS, neutralise
from gongbao.search_api.export.flat import rows_of as flat_rows
from gongbao.search_api.export.records import RecordKind
from gongbao.search_api.shapes import Shape, TaskShape
from xlsxwriter.exceptions import FileCreateError

_FONT, _TITLE_FONT = "宋体", "黑体"
_CELL_LIMIT = 32_767  # characters in one cell
_ROW_LIMIT = 1_048_576
_LINK_LIMIT = 65_530  # hyperlinks in one sheet; rows beyond show their page without a link
_TALLEST = 409.0  # points
_HEADER_ROW = 1


_NARROW = {
    *("序号", "页码", "行", "列", "表头", "类别", "期次", "起始页", "截止页", "文种", "周期", "期限"),
    *("级别", "次数", "比较", "方向"),
}
_DAYS = {"到期日", "起始日", "成文日期"}
_WIDE = {"上下文", "正文", "内容", "原文", "标题", "文件标题", "引用标题"}


def write_xlsx(kind: RecordKind, records: Iterable[Shape], target: BinaryIO, *, title: str, base_url: str = "") -> None:
    """One sheet of records; tasks as an office sees them. `base_url`: the server that hyperlinks lead to; without it
    pages are plain numbers."""
    if kind is RecordKind.TASKS:
        tasks = (record for record in records if isinstance(record, TaskShape))
        write_task_table(tasks, target, title=title, base_url=base_url)
    else:
        columns = [_column(name) for name in HEADS[kind]]
        write_sheet(columns, ((int(number), *rest) for number, *rest in flat_rows(records)), target, title)


class _Forgiving:
    """A file whose failure is told once: the archive tries again to end itself when it is let go, and complains."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._failed, self._at = file, False, 0

    def write(self, data: bytes) -> int:
        self._attempt(self._file.write, data)
        self._at += len(data)
        return len(data)

    def flush(self) -> None:
        self._attempt(self._file.flush)

    def tell(self) -> int:
        self._at = self._attempt(self._file.tell)
        return self._at

    def seek(self, place: int) -> int:
        self._attempt(self._file.seek, place)
        self._at = place
        return place

    def seekable(self) -> bool:
        return self._file.seekable()

    def _attempt(self, operation: Callable[..., int | None], *given: Any) -> int:
        """What the file answers; where it stands by our own count, once it failed."""
        if self._failed:
            return self._at
        try:
            return operation(*given) or 0
        except OSError:
            self._failed = True
            raise


def write_task_table(
    tasks: Iterable[TaskShape],
    target: BinaryIO,
    *,
    title: str,
    columns: Sequence[str] = LEADER,
    basis: str = "",
    base_url: str = "",
) -> None:
    """A 任务分解表 with these columns; `basis`: what all tasks are based on, said once under the title in place of a
    column."""
    names = [name for name in columns if not (basis and name == "依据")]
    rows = (values_of(row, names) for row in rows_of(tasks, base_url))
    write_sheet(columns_of(names), rows, target, title, note=basis)


def _column(name: str) -> SheetColumn:
    width = 7 if name in _NARROW else 12 if name in _DAYS else 44 if name in _WIDE else 20
    return SheetColumn(name, width, name in _NARROW | _DAYS)


def write_sheet(
    columns: Sequence[SheetColumn], rows: Iterable[Sequence[Value]], target: BinaryIO, title: str, note: str = ""
) -> None:
    """Title over all columns, under it a note where there is one, frozen header with filters, wrapped cells, ready to
    print."""
    book = xlsxwriter.Workbook(
        _Forgiving(target), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": title})
    sheet = book.add_worksheet("任务分解表" if any(column.name == "工作任务" for column in columns) else "数据")
    head = _HEADER_ROW + bool(note)
    _set_up(sheet, columns, head)
    _write_head(book, sheet, columns, title, note, head)
    try:
        last = _write_rows(book, sheet, columns, rows, head)
        sheet.autofilter(head, 0, max(last, head), len(columns) - 1)
    finally:
        _close(book)


def _close(book: Any) -> None:
    """Write the file out; `OSError` as of any other file, when the disk is full or nobody reads on."""
    try:
        book.close()
    except FileCreateError as error:
        raise error.args[0] from None


def _set_up(sheet: Any, columns: Sequence[SheetColumn], head: int) -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, None, {"hidden": column.hidden})
    sheet.freeze_panes(head + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, head)
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页 共 &N 页")


def _write_head(book: Any, sheet: Any, columns: Sequence[SheetColumn], title: str, note: str, at: int) -> None:
    middle = {"align": "center", "valign": "vcenter", "font_name": _TITLE_FONT}
    large = book.add_format(middle | {"font_size": 18})
    head = book.add_format(
        middle | {"bold": True, "font_size": 11, "border": 1, "bg_color": "#E8EEF4", "text_wrap": True}
    )
    sheet.set_row(0, 36)
    last = max(place for place, column in enumerate(columns) if not column.hidden)
    sheet.merge_range(0, 0, 0, last, _fitting(title), large)
    if note:
        small = book.add_format({"font_name": _FONT, "font_size": 10.5, "valign": "vcenter", "text_wrap": True})
        sheet.set_row(1, 20)
        sheet.merge_range(1, 0, 1, last, _fitting(note), small)
    sheet.set_row(at, 24)
    for place, column in enumerate(columns):
        sheet.write_string(at, place, column.name, head)


def _write_rows(
    book: Any, sheet: Any, columns: Sequence[SheetColumn], rows: Iterable[Sequence[Value]], head: int
) -> int:
    """Where the last one stands."""
    at = head
    common = {"font_name": _FONT, "font_size": 10.5, "border": 1, "text_wrap": True, "valign": "vcenter"}
    plain, centred = book.add_format(common), book.add_format(common | {"align": "center"})
    link = book.add_format(common | {"align": "center", "font_color": "#0B5394", "underline": 1})
    for at, row in enumerate(rows, head + 1):
        if at >= _ROW_LIMIT:
            raise TooLarge(f"超过一张工作表所能容纳的 {_ROW_LIMIT} 行", "缩小筛选范围，或改用 CSV、JSONL 导出")
        sheet.set_row(at, _height(columns, row))
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            _write_cell(sheet, at, place, value, centred if column.centred else plain, link)
    return at


def _write_cell(sheet: Any, row: int, col: int, value: Value, look: Any, link: Any) -> None:
    if isinstance(value, int):
        sheet.write_number(row, col, value, look)
    elif isinstance(value, Link) and row < _LINK_LIMIT:
        sheet.write_url(row, col, value.url, link, value.text)
    else:
        sheet.write_string(row, col, _fitting(text_of(value)), look)


def _fitting(text: str) -> str:
    """Never a formula, never longer than a cell can hold (and then it says so)."""
    guarded = neutralise(text)
    return guarded if len(guarded) <= _CELL_LIMIT else guarded[: _CELL_LIMIT - 12] + "……（过长，下略）"


def _height(columns: Sequence[SheetColumn], row: Sequence[Value]) -> float:
    """Points that the tallest cell needs: programs do not grow rows of streamed sheets by themselves."""
    lines = max(_lines(text_of(value), column.width) for column, value in zip(columns, row, strict=True))
    return min(lines * 15.0 + 6, _TALLEST)


def _lines(text: str, width: float) -> int:
    """Printed lines of `text` in a column; a Chinese character is as wide as two of a column's units.

    GB 18030 gives it two bytes, and one to ASCII.
    """
    per_line = max(int(width) - 1, 1)
    if 2 * len(text) <= per_line and "\n" not in text:
        return 1
    return sum(max(-(-len(line.encode("gb18030", "replace")) // per_line), 1) for line in text.split("\n"))
