"""The columns of a 任务分解表: which there are, how wide, and what stands in them; the same in XLSX and DOCX."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from gongbao.corpus.desk import State
from gongbao.corpus.errors import NotFound
from gongbao.search_api import labels
from gongbao.search_api.export.flat import due_of
from gongbao.search_api.labels import INHERITED, figure, flat
from gongbao.search_api.shapes import DeadlineShape, TaskShape


@dataclass(frozen=True, slots=True)
class SheetColumn:
    name: str
    width: float  # in half-width characters
    centred: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    url: str


Value = str | int | Link


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A statement in the table. `number`: 3, or 3.1 for one that is a part of another; `base_url`: the server that
    hyperlinks lead to, "" for none."""

    number: str
    task: TaskShape
    base_url: str = ""

    @property
    def nested(self) -> bool:
        return "." in self.number


@dataclass(frozen=True, slots=True)
class _Known:
    column: SheetColumn
    value: Callable[[SheetRow], Value]


def _what(row: SheetRow) -> Value:
    return ("　" if row.nested else "") + flat(row.task.what)


def _role(role: str) -> Callable[[SheetRow], Value]:
    return lambda row: "\n".join(dict.fromkeys(flat(p.name) for p in row.task.parties if p.role == role))


def _due(row: SheetRow) -> Value:
    inherited = (_limit(limit) + INHERITED for item in row.task.covers for limit in item.deadlines)
    return "\n".join(dict.fromkeys((*map(_limit, row.task.deadlines), *inherited)))


def _limit(deadline: DeadlineShape) -> str:
    """As printed, with the last day it means: whoever reads one row does not see which year was spoken of."""
    day = due_of(deadline)
    return flat(deadline.text) + (f"\n（{day}）" if day else "")


def _targets(row: SheetRow) -> Value:
    inherited = (target for item in row.task.covers for target in item.targets)
    return "\n".join(dict.fromkeys(figure(t.text, t.value, t.unit) for t in (*row.task.targets, *inherited)))


def _state(row: SheetRow) -> Value:
    """进行中 40%; a duty that nobody follows up has none."""
    followup = row.task.followup
    if followup is None or (row.task.kind == "duty" and not followup.version):
        return ""
    name = labels.STATES[State(followup.state)]
    return f"{name} {followup.progress}%" if followup.state == State.RUNNING and followup.progress else name


def _said(name: str) -> Callable[[SheetRow], Value]:
    def value(row: SheetRow) -> Value:
        found = getattr(row.task.followup, name, None)
        return "、".join(found) if isinstance(found, tuple) else str(found or "")

    return value


def basis(task: TaskShape) -> str:
    """云政发〔2024〕10号 and, on a line of its own, 《…》."""
    return "\n".join(filter(None, (task.document.number, labels.titled(task.document.title))))


def _page(row: SheetRow) -> Value:
    pages = "、".join(map(str, sorted({region.page for region in row.task.source_regions})))
    address = source_url(row.base_url, row.task.document.id, row.task.id)
    return Link(pages or "原文", address) if row.base_url else pages


def _version(row: SheetRow) -> Value:
    return row.task.followup.version if row.task.followup else 0


_ALL = {
    known.column.name: known
    for known in (
        _Known(SheetColumn("序号", 6, True), lambda row: row.number),
        _Known(SheetColumn("工作任务", 46), _what),
        _Known(SheetColumn("牵头单位", 18), _role("lead")),
        _Known(SheetColumn("责任单位", 18), _role("responsible")),
        _Known(SheetColumn("配合单位", 18), _role("support")),
        _Known(SheetColumn("完成时限", 15), _due),
        _Known(SheetColumn("量化指标", 15), _targets),
        _Known(SheetColumn("进展", 11, True), _state),
        _Known(SheetColumn("进度", 7, True), _said("progress")),
        _Known(SheetColumn("责任人", 10, True), _said("person")),
        _Known(SheetColumn("台账期限", 12, True), _said("due")),
        _Known(SheetColumn("完成日期", 12, True), _said("finished")),
        _Known(SheetColumn("标签", 12), _said("tags")),
        _Known(SheetColumn("反馈", 24), _said("feedback")),
        _Known(SheetColumn("备注", 20), _said("note")),
        _Known(SheetColumn("依据", 38), lambda row: basis(row.task)),
        _Known(SheetColumn("页码", 7, True), _page),
        _Known(SheetColumn("编号", 18, hidden=True), lambda row: row.task.id),
        _Known(SheetColumn("版本", 6, True, hidden=True), _version),
    )
}
LEADER = ("序号", "工作任务", "牵头单位", "责任单位", "配合单位", "完成时限", "量化指标", "进展", "依据", "页码")
LEDGER = (*LEADER[:8], *("责任人", "台账期限", "完成日期", "标签", "反馈", "备注"), *LEADER[8:], "编号", "版本")
OWN = ("进展", "进度", *LEDGER[8:14])  # what the office wrote for itself
OFFERED = tuple((name, name in LEADER) for name, known in _ALL.items() if not known.column.hidden)
_NAMED = {"": LEADER, "分解表": LEADER, "台账": LEDGER}


def chosen(typed: str) -> tuple[str, ...]:
    """Columns as an office writes them, 工作任务、牵头单位, or a table by its name (台账); NotFound for others."""
    if typed.strip() in _NAMED:
        return _NAMED[typed.strip()]
    names = tuple(name for part in typed.replace(",", "、").replace("，", "、").split("、") if (name := part.strip()))
    wrong = [name for name in names if name not in _ALL]
    if wrong:
        raise NotFound(f"没有“{wrong[0]}”这一栏", f"可用：{'、'.join(_ALL)}，或写 台账")
    return names


def columns_of(names: Sequence[str]) -> tuple[SheetColumn, ...]:
    return tuple(_ALL[name].column for name in names)


def values_of(row: SheetRow, names: Sequence[str]) -> tuple[Value, ...]:
    return tuple(_ALL[name].value(row) for name in names)


def rows_of(tasks: Iterable[TaskShape], base_url: str = "") -> Iterator[SheetRow]:
    """Numbered; a part of another statement comes under it where both are listed."""
    whole: TaskShape | None = None
    number = part = 0
    for task in tasks:
        if whole and task.part_of == whole.id:
            part += 1
            yield SheetRow(f"{number}.{part}", task, base_url)
            continue
        number, part, whole = number + 1, 0, task
        yield SheetRow(str(number), task, base_url)


def source_url(base_url: str, document: str, record: str) -> str:
    """The page of a document with one record's words boxed."""
    return f"{base_url}/documents/{quote(document)}?record={quote(record)}#r-{quote(record)}"


def text_of(value: Value) -> str:
    """What a cell shows."""
    return value.text if isinstance(value, Link) else str(value)
