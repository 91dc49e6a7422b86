"""Rows of tasks: columns of roles (牵头单位, 配合单位), or bodies as columns with marks in the rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gongbao.corpus.language.headers import read_header
from gongbao.corpus.records import AssignmentKind, PartyType, Role
from gongbao.nlp.assignments.brackets import read_attribution
from gongbao.nlp.assignments.columns import Column
from gongbao.nlp.assignments.model import Binding, Statement, beside_lead, bind, first_as_lead, rebind
from gongbao.nlp.assignments.table_duties import duty_row, items_row, numbered_parts
from gongbao.nlp.assignments.table_view import View, distinct, first_sentence, squash
from gongbao.nlp.bodies import ends_as_body, read_names, starts_with_verb

_NAMES_BODIES = 0.3  # share of cells that name a body, in a column of a role
_OWNS = 0.4  # … in one that may own the task
_TELLS = 0.6  # share of cells that begin with a verb, in a column that tells what is done
_APART = 0.8  # share of cells that are told apart, in one that names the task
_SHORTEST = 2  # characters of the name of a task
_LONGEST_NAME = 40  # … beside which another cell tells it
_STRONG_MARKS = "★▲●◎■◆"
_MARKS = _STRONG_MARKS + "☆△○□◇√✓✔V"


def read_roles(view: View, first_leads: bool) -> Iterator[Statement]:
    """`first_leads`: the document says that of several bodies the first leads."""
    named = [column for column in view.columns if column.role and _holds_parties(view, column)]
    task = _task_column(view, named)
    if not named or task is None or (task.duty and all(c.of_members for c in named)):
        return
    owner = _owner_column(view, named, task)
    for row in view.rows():
        owners = view.bodies_of(row, owner.index) if owner and (row, owner.index) in view.at else ()
        yield from _told_in(view, row, distinct(owners + _bound_in(view, row, named, first_leads)), task)


def _bound_in(view: View, row: int, named: list[Column], first_leads: bool) -> tuple[Binding, ...]:
    """The parties of a row. Beside a column of the lead whoever another column names supports it."""
    held = [(column, _bindings(view, row, column, first_leads)) for column in named]
    led = any(
        b.role is Role.LEAD and b.mention.type is not PartyType.PERSON
        for column, bindings in held
        if column.role is Role.LEAD
        for b in bindings
    )
    return beside_lead(tuple(b for column, bindings in held for b in (_helping(column, bindings) if led else bindings)))


def _helping(column: Column, bindings: tuple[Binding, ...]) -> tuple[Binding, ...]:
    plain = all(b.role is Role.RESPONSIBLE for b in bindings)
    local = column.holds is not None and column.holds.in_place
    if column.role is not Role.RESPONSIBLE or column.of_people or local or not plain:
        return bindings
    return rebind(bindings, Role.SUPPORT)


def _bindings(view: View, row: int, column: Column, first_leads: bool) -> tuple[Binding, ...]:
    """The bodies of a cell in the column's role, unless the cell says more (A牵头，B配合)."""
    cell = view.at.get((row, column.index))
    if cell is None or column.role is None:
        return ()
    if column.of_people:
        return bind(tuple(replace(m, type=PartyType.PERSON) for m in view.names(row, column.index)), column.role)
    told = read_attribution(view.text, first_sentence(cell)) or bind(view.names(row, column.index), column.role)
    return first_as_lead(told) if first_leads or column.first_leads else told


def _holds_parties(view: View, column: Column) -> bool:
    """Does a column of a role name bodies or people (and not labels or duties)?"""
    cells = view.cells(column.index)
    if any(read_header(squash(cell.text)) for cell in cells):
        return False  # 组长单位, 成员单位: labels themselves
    if column.of_people or view.bodies_in(column.index) >= _NAMES_BODIES:
        return True
    return sum(bool(read_attribution(view.text, cell.span)) for cell in cells) >= _NAMES_BODIES * max(len(cells), 1)


def _owner_column(view: View, named: list[Column], task: Column) -> Column | None:
    """Where only people are named in roles (责任人), the column of their bodies."""
    if not all(column.of_people for column in named):
        return None
    free = [c for c in view.columns if c not in named and c.index != task.index and "职务" not in c.header]
    return next((c for c in free if view.bodies_in(c.index) >= _OWNS), None)


def _task_column(view: View, named: list[Column]) -> Column | None:
    """The most detailed column that states the task: the last 任务/措施, else as the cells tell."""
    tasks = [c for c in view.columns if (c.task or c.duty) and c not in named]
    if any(c.of_catalogue for c in view.columns) and not any(c.role is Role.LEAD for c in named):
        return None
    if not tasks and all("主管" in c.header for c in named):
        return None  # 证明事项, 依据, 主管部门: a catalogue
    if tasks:
        return max(tasks, key=lambda c: (c.states_act or c.duty, view.length(c.index), c.index))
    free = [c for c in view.columns if not c.role and not c.remarks]
    telling = [c for c in free if _tells_acts(view, c)]
    if telling:
        return max(telling, key=lambda c: view.length(c.index))
    return next((c for c in free if _names_tasks(view, c)), None)


def _tells_acts(view: View, column: Column) -> bool:
    cells = view.cells(column.index)
    return sum(starts_with_verb(squash(cell.text)) for cell in cells) >= _TELLS * max(len(cells), 1)


def _names_tasks(view: View, column: Column) -> bool:
    """Are its cells words, and each row's another: the project, the paper, the place in question?"""
    texts = [squash(cell.text) for cell in view.cells(column.index)]
    words = [text for text in texts if len(text) > _SHORTEST and not text.isascii()]
    return bool(texts) and len(words) >= _APART * len(texts) and len(set(words)) >= _APART * len(words)


def _told_in(view: View, row: int, bindings: tuple[Binding, ...], task: Column) -> Iterator[Statement]:
    """A row's task, or its duties where a column of duties tells them."""
    cell = view.at.get((row, task.index))
    if cell and len(list(numbered_parts(cell))) > 1 and task.task:
        for item in items_row(bindings, cell):
            yield replace(item, what=_with_name(view, row, task, item.what))
    elif task.duty and not task.task and cell and all(b.role is Role.RESPONSIBLE for b in bindings):
        yield from duty_row(view, row, bindings, cell)
    else:
        kind = AssignmentKind.DUTY if task.duty else AssignmentKind.TASK
        for statement in view.statement(row, bindings, task.index, kind):
            yield replace(statement, what=_with_name(view, row, task, statement.what))


def _with_name(view: View, row: int, task: Column, told: str) -> str:
    """修复堤防：逐一加固险段, where each row has its own name for what it tells, and does not say it there again."""
    rows = sum(1 for _ in view.rows())
    for column in view.columns[: task.index]:
        own = column.task and not column.role and len(view.cells(column.index)) == rows
        if own and _names_tasks(view, column):
            name = squash(view.at[row, column.index].text)
            return told if name in told or len(name) > _LONGEST_NAME else f"{name}：{told}"
    return told


def read_matrix(view: View) -> Iterator[Statement]:
    """Bodies as columns, marked in the rows of tasks: ★ leads beside △, a mark of one kind is responsible."""
    bodies = [c for c in view.columns if ends_as_body(c.header) and _marks(view, c)]
    others = [c for c in view.columns if c not in bodies and view.length(c.index) > _SHORTEST]
    if len(bodies) < 2 or not others:
        return
    task = max(others, key=lambda c: view.length(c.index))
    mixed = len({mark for column in bodies for mark in _marks(view, column)}) > 1
    for row in view.rows():
        bindings: list[Binding] = []
        for column in bodies:
            mark = _mark(view, row, column)
            role = Role.RESPONSIBLE if not mixed else Role.LEAD if mark in _STRONG_MARKS else Role.SUPPORT
            bindings += bind(read_names(view.text, view.at[view.first - 1, column.index].span), role) if mark else ()
        yield from view.statement(row, tuple(bindings), task.index, AssignmentKind.TASK)


def _mark(view: View, row: int, column: Column) -> str:
    cell = view.at.get((row, column.index))
    return squash(cell.text) if cell else ""


def _marks(view: View, column: Column) -> set[str]:
    """The marks of a column that holds nothing else."""
    marks = {_mark(view, row, column) for row in view.rows()} - {""}
    return marks if all(len(m) == 1 and m in _MARKS for m in marks) else set()
