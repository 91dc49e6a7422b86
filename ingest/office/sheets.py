"""XLSX, XLS, ET and ODS → each sheet as its table, under the lines that stand over it; by calamine (MIT)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine as calamine
from gongbao.corpus.errors import DamagedFile, EncryptedFile, TooLarge
from gongbao.ingest.archives import check_if_archive, open_archive, read_member
from gongbao.ingest.office.pieces import BOUNDS, Para, Piece, Spanned, make_table, to_flow
from gongbao.ingest.paragraphs import Align
from gongbao.ingest.text import TextFlow
from gongbao.ingest.xml import children, part

_REMEDY = "用 Excel、WPS 或 LibreOffice 打开，另存为 XLSX 后再读入"
_TYPES = "[Content_Types].xml"
_SAYING = ("worksheet+xml", "sharedStrings+xml")  # kinds of parts that hold what a sheet says
_MOST = 100 * 1024**2  # bytes of a file

Value = int | float | str | bool | time | date | datetime | timedelta


def read_sheets(path: Path, name: str) -> TextFlow:
    """DamagedFile, EncryptedFile, TooLarge. Hidden sheets are left out, as in print."""
    if path.stat().st_size > _MOST:
        raise TooLarge(f"{name} 超过 {_MOST // 1024**2} MB", "按工作表拆分后再读入")
    check_if_archive(path, name)
    _check_parts(path, name)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))  # by content, not by suffix
        shown = [meta.name for meta in book.sheets_metadata if meta.visible is calamine.SheetVisibleEnum.Visible]
        pieces = [piece for sheet in shown for piece in _sheet(book.get_sheet_by_name(sheet), name)]
    except calamine.PasswordError as error:
        raise EncryptedFile(f"{name} 有密码", "解除密码后再读入") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise DamagedFile(f"{name} 无法解析，可能已损坏或不是表格文件", _REMEDY) from error
    return to_flow(pieces)


def _check_parts(path: Path, name: str) -> None:
    """DamagedFile where a table or the texts of an XLSX are damaged or missing: calamine would leave them out."""
    if not zipfile.is_zipfile(path):
        return
    with open_archive(path, name) as archive:
        types = part(archive, _TYPES, name)
        wanted = children(types, "Override") if types is not None else ()
        for each in wanted:
            if not each.get("ContentType", "").endswith(_SAYING):
                continue
            member = each.get("PartName", "").lstrip("/")
            if member not in archive.namelist():
                raise DamagedFile(f"{name} 缺少 {member}，内容不全", "重新取得这个文件")
            read_member(archive, archive.getinfo(member), name)


def _sheet(sheet: calamine.CalamineSheet, name: str) -> Iterator[Piece]:
    """Lines of one cell at the top are titles and notes; what follows the first row of several is the table."""
    if sheet.height * sheet.width > BOUNDS.places:
        raise TooLarge(f"{name} 的工作表 {sheet.name} 过大（{sheet.height} 行 × {sheet.width} 列）", "拆分后再读入")
    rows = [[_said(value) for value in row] for row in sheet.to_python(skip_empty_area=True)]
    first_row, first_col = sheet.start or (0, 0)
    merged = _merged(sheet, first_row, first_col, len(rows), max(map(len, rows), default=0))
    used = [at for at, row in enumerate(rows) if any(row)]
    head = _head(rows, used)
    for place, at in enumerate(used[:head]):
        text = next(cell for cell in rows[at] if cell)
        yield Para(text, Align.TITLE if place == 0 and len(used) > 1 else None)
    foot = _foot(rows, used, head)
    body = used[head : len(used) - foot]
    if body:
        yield make_table(list(_cells(rows, body, merged)))
    for at in used[len(used) - foot :]:
        yield Para(next(cell for cell in rows[at] if cell))


def _head(rows: list[list[str]], used: list[int]) -> int:
    """How many rows at the top hold one text only."""
    count = 0
    while count < len(used) and sum(map(bool, rows[used[count]])) == 1:
        count += 1
    return count


def _foot(rows: list[list[str]], used: list[int], head: int) -> int:
    """How many rows at the end do: notes, who filled it in."""
    count = 0
    while count < len(used) - head and sum(map(bool, rows[used[-1 - count]])) == 1 and rows[used[-1 - count]][0]:
        count += 1
    return count


def _cells(rows: list[list[str]], body: list[int], merged: dict[tuple[int, int], tuple[int, int]]) -> Iterator[Spanned]:
    """Empty rows are left out; a merged area is one cell."""
    place = {at: i for i, at in enumerate(body)}
    columns = _columns(rows, body)
    order = {col: i for i, col in enumerate(columns)}
    covered: set[tuple[int, int]] = set()
    for at in body:
        for col in columns:
            if (at, col) in covered:
                continue
            high, wide = merged.get((at, col), (1, 1))
            inside = [(r, c) for r in range(at, at + high) for c in range(col, col + wide) if r in place and c in order]
            covered.update(inside)
            tall, broad = len({r for r, _ in inside}), len({c for _, c in inside})
            text = rows[at][col] if col < len(rows[at]) else ""
            yield Spanned(place[at], order[col], max(tall, 1), max(broad, 1), text)


def _columns(rows: list[list[str]], body: list[int]) -> list[int]:
    """Those that hold anything."""
    return sorted({col for at in body for col, cell in enumerate(rows[at]) if cell})


def _merged(
    sheet: calamine.CalamineSheet, first_row: int, first_col: int, rows: int, columns: int
) -> dict[tuple[int, int], tuple[int, int]]:
    """Upper left place of a merged area → rows and columns, within what is used."""
    found = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        row, col = top - first_row, left - first_col
        if 0 <= row < rows and 0 <= col < columns:
            found[row, col] = (min(bottom - top + 1, rows - row), min(right - left + 1, columns - col))
    return found


def _said(value: Value) -> str:
    """As a person reads it: 12, not 12.0; a date as 2024年3月4日."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    if isinstance(value, date):  # a datetime is one
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value).strip()
