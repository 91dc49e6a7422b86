"""A ledger as an office keeps it: heads anywhere in the first rows, in one row or two, cells merged down."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from gongbao.corpus.desk import State
from gongbao.corpus.errors import DamagedFile, InputError, TooLarge
from gongbao.corpus.language.days import TYPED_DAY
from gongbao.corpus.language.headers import read_header
from gongbao.corpus.limited import Limits, call
from gongbao.corpus.processes import preload
from python_calamine import CalamineError, CalamineWorkbook

_HEADS_WITHIN = 20  # rows
_JOINT = " / "  # between the names of two rows of heads
MOST_ROWS = 100_000
_LIMITS = Limits(seconds=30.0)
_STATE = re.compile(r"([^\d\s]+?)\s*(\d{1,3})\s*%")  # 进行中 40%


class LedgerField(StrEnum):
    """What a column holds."""

    RECORD = "record"
    VERSION = "version"
    TASK = "task"
    LEAD = "lead"
    SUPPORT = "support"
    DUE = "due"
    OWN_DUE = "own_due"  # set in the 台账, in place of the printed one
    FINISHED = "finished"
    STATE = "state"
    PROGRESS = "progress"
    PERSON = "person"
    FEEDBACK = "feedback"
    NOTE = "note"
    TAGS = "tags"
    NUMBER = "number"


FIELDS = {
    LedgerField.TASK: "工作任务",
    LedgerField.LEAD: "牵头或责任单位",
    LedgerField.SUPPORT: "配合单位",
    LedgerField.DUE: "完成时限",
    LedgerField.OWN_DUE: "台账期限",
    LedgerField.STATE: "进展",
    LedgerField.PROGRESS: "进度",
    LedgerField.PERSON: "责任人",
    LedgerField.FEEDBACK: "反馈",
    LedgerField.NOTE: "备注",
    LedgerField.TAGS: "标签",
    LedgerField.FINISHED: "完成日期",
    LedgerField.NUMBER: "文号",
    LedgerField.RECORD: "编号",
    LedgerField.VERSION: "版本",
}


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """`number` of the row in the sheet; `values` as text, dates as 2024-06-30; `problems` in words."""

    number: int
    values: Mapping[LedgerField, str]
    problems: tuple[str, ...] = ()

    def get(self, field: LedgerField) -> str:
        return self.values.get(field, "")


@dataclass(frozen=True, slots=True)
class OfficeLedger:
    """`heads` of all columns, `mapping`: place of a column → what it holds."""

    heads: tuple[str, ...]
    mapping: Mapping[int, LedgerField]
    rows: tuple[LedgerRow, ...]


def read_ledger(path: Path, chosen: Mapping[int, LedgerField | None] | None = None) -> OfficeLedger:
    """As `parse_ledger`, in a process with bounds of memory and time; Stopped where they are reached."""
    preload(__name__)
    return call(parse_ledger, path, dict(chosen or {}), limits=_LIMITS)


def parse_ledger(path: Path, chosen: Mapping[int, LedgerField | None] | None = None) -> OfficeLedger:
    """The first sheet. `chosen` overrides what a column was taken for (None: nothing). InputError for a file that is
    no spreadsheet, or in which no column of tasks is found; TooLarge beyond MOST_ROWS."""
    rows = _cells(path)
    at, heads = _find_heads(rows)
    mapping = {place: field for place, head in enumerate(heads) if (field := _field_of(head))}
    mapping = _once(mapping, heads)
    for place, field in (chosen or {}).items():
        mapping.pop(place, None)
        if field:
            alone = field not in (LedgerField.LEAD, LedgerField.SUPPORT)
            mapping = {p: f for p, f in mapping.items() if not alone or f is not field} | {place: field}
    if LedgerField.TASK not in mapping.values():
        known = "、".join(filter(None, heads))
        raise InputError("没有找到“工作任务”一栏", f"表头中须有任务或事项一栏；读到的表头：{known}")
    found = (_row(number, cells, mapping) for number, cells in enumerate(rows[at + 1 :], at + 2))
    return OfficeLedger(heads, mapping, tuple(row for row in found if row.get(LedgerField.TASK)))


def read_state(text: str) -> tuple[State | None, str]:
    """A state and a percentage, as an office writes them: 进行中 40%; None where the words are something else."""
    plain = text.strip()
    percent = _STATE.fullmatch(plain)
    word = percent[1] if percent else plain
    state = next((state for state, words in _states().items() if word in words), None)
    return state, percent[2] if percent and state else ""


def _cells(path: Path) -> list[list[Any]]:
    try:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError) as error:
        raise DamagedFile("不是可以读取的 XLSX 表格", "用 Excel 或 WPS 另存为 .xlsx 再上传") from error
    if len(rows) > MOST_ROWS + _HEADS_WITHIN:
        raise TooLarge(f"台账超过 {MOST_ROWS} 行", "按年度或单位分成几个表")
    _spread(rows, sheet.merged_cell_ranges or ())
    return rows


def _spread(rows: list[list[Any]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """What a merged cell holds stands in every place that it covers; places as (row, column) from 0."""
    for (first_row, first_col), (last_row, last_col) in merged:
        if first_row >= len(rows) or first_col >= len(rows[first_row]):
            continue
        value = rows[first_row][first_col]
        for row in rows[first_row : last_row + 1]:
            row[first_col : last_col + 1] = [value] * (min(last_col + 1, len(row)) - first_col)


def _find_heads(rows: Sequence[Sequence[Any]]) -> tuple[int, tuple[str, ...]]:
    """The last row of the heads and their names; a second row that names parts of the first is joined to it."""
    known = [sum(_field_of(_text(cell)) is not None for cell in set(row)) for row in rows[:_HEADS_WITHIN]]
    best = max(range(len(known)), key=lambda at: known[at], default=None)
    if best is None or known[best] < 2:
        raise InputError("没有找到表头", f"前 {_HEADS_WITHIN} 行中须有一行写明工作任务、责任单位等栏名")
    first = best - 1 if best and known[best - 1] >= 2 else best
    last = best + 1 if first == best and best + 1 < len(known) and known[best + 1] >= 2 else best
    pair = [[re.sub(r"\s+", "", _text(cell)) for cell in row] for row in rows[first : last + 1]]
    width = max(map(len, pair))
    columns = ([row[place] if place < len(row) else "" for row in pair] for place in range(width))
    return last, tuple(_JOINT.join(dict.fromkeys(filter(None, names))) for names in columns)


def _field_of(head: str) -> LedgerField | None:
    """By the longest word that the head holds; of two rows what the lower one says comes first."""
    for part in reversed(head.split(_JOINT)):
        plain = re.sub(r"\s|[（(].*?[）)]", "", part)
        if len(plain) > 16:  # no head
            continue
        found = _role_of(plain) or next((field for word, field in _heads() if word in plain), None)
        if found:
            return found
    return None


def _role_of(head: str) -> LedgerField | None:
    """牵头单位, 配合科室, 责任人: as in the tables of gazettes."""
    header = read_header(head)
    if header is None:
        return None
    if header.people:
        return LedgerField.PERSON
    return LedgerField.SUPPORT if header.role == "support" else LedgerField.LEAD


def _once(mapping: Mapping[int, LedgerField], heads: Sequence[str]) -> dict[int, LedgerField]:
    """Each field stands in one column, that with the shortest head; bodies may stand in several (牵头, 责任单位)."""
    best: dict[LedgerField, int] = {}
    for place, field in mapping.items():
        if field not in best or len(heads[place]) < len(heads[best[field]]):
            best[field] = place
    several = (LedgerField.LEAD, LedgerField.SUPPORT)
    return {place: field for place, field in mapping.items() if field in several or best[field] == place}


def _row(number: int, cells: Sequence[Any], mapping: Mapping[int, LedgerField]) -> LedgerRow:
    values: dict[LedgerField, str] = {}
    problems: list[str] = []
    for place, field in mapping.items():
        text = _text(cells[place]) if place < len(cells) else ""
        if text and field in (LedgerField.DUE, LedgerField.OWN_DUE, LedgerField.FINISHED):
            text, problem = _dated(text, field)
            problems += [problem] if problem else []
        if text:
            values[field] = "、".join(filter(None, (values.get(field), text)))
    return LedgerRow(number, values, tuple(problems))


def _dated(text: str, field: LedgerField) -> tuple[str, str]:
    """A day as 2024-06-30 where one is written out; a due date in words stays, a day that is none is told."""
    found = TYPED_DAY.search(text)
    if not found:
        return (text, "") if field is LedgerField.DUE else ("", f"{FIELDS[field]}不是日期：{text}")
    try:
        return date(*map(int, found.groups())).isoformat(), ""
    except ValueError:
        return "", f"{FIELDS[field]}没有这一天：{text}"


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


@cache
def _heads() -> tuple[tuple[str, LedgerField], ...]:
    """Longest first."""
    named = _names()["heads"]
    return tuple(
        sorted(((word, LedgerField(f)) for f, words in named.items() for word in words), key=lambda p: -len(p[0]))
    )


@cache
def _states() -> dict[State, frozenset[str]]:
    return {State(name): frozenset(words) for name, words in _names()["states"].items()}


@cache
def _names() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files(__package__) / "names.toml").read_text("utf-8"))
