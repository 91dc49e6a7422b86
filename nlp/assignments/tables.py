"""Statements in tables: columns of tasks with 牵头/责任/配合, duties of bodies, work groups, targets by place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gongbao.corpus.document import Cell, Document, Table
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentKind, AssignmentSource, PartyType, Role
from gongbao.nlp.assignments.brackets import read_attribution
from gongbao.nlp.assignments.columns import Column, read_column
from gongbao.nlp.assignments.lists import Line, read_duty_line
from gongbao.nlp.assignments.model import Binding, Statement, beside_lead, bind, duty_role, first_as_lead, rebind
from gongbao.nlp.assignments.roles import role_of, role_words
from gongbao.nlp.bodies import Mention, ends_as_body, is_body_list, read_names, starts_with_verb

_NUMBERED = re.compile(
    r"(?:^|\n|(?<=[。；;]))\s{0,8}(?:[（(]?\d{1,2}[)）]?[.．、)）]?(?![\d%年月日号])|[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、|[①-⑳])\s{0,8}"
)
_QUANTITY = re.compile(r"任务|分解|目标|指标|计划|分配")
_STATISTICS = re.compile(r"统计|摸底|情况|一览|名单|名录|标准|基本")
_STRONG_MARKS = "★▲●◎■◆"
_MARKS = _STRONG_MARKS + "☆△○□◇√✓✔V"
_TOTAL = re.compile(r"合\s{0,8}计|总\s{0,8}计|小\s{0,8}计|全[市省县区]|备注|说明")


def find_table_statements(document: Document, table: Table, *, first_leads: bool = False) -> list[Statement]:
    """`first_leads`: the document says that of several bodies the first leads."""
    if table.n_rows < 2:
        return []
    reader = _Reader(document, table, first_leads)
    for read in (reader.roles, reader.matrix, reader.groups, reader.duties, reader.quantities):
        found = list(read())
        if found:
            return found
    return []


class _Reader:
    """One table with its places looked up once."""

    def __init__(self, document: Document, table: Table, first_leads: bool) -> None:
        self.text = document.text
        self.table = table
        self.at: dict[tuple[int, int], Cell] = {(row, col): cell for row, col, cell in table.places()}
        self.first = max(table.header_rows, 1)
        self.first_leads = first_leads
        self.columns = [self._column(col) for col in range(table.n_cols)]

    def _column(self, col: int) -> Column:
        texts = dict.fromkeys(
            "".join(self.at[row, col].text.split()) for row in range(self.first) if (row, col) in self.at
        )
        return read_column(col, next(reversed(texts), "") if texts else "")

    def _rows(self) -> Iterator[int]:
        return iter(range(self.first, self.table.n_rows))

    def _own(self, row: int) -> Span | None:
        """From the first to the last of the row's own cells."""
        cells = [cell for cell in self.table.cells if cell.row == row and cell.text.strip()]
        return Span(min(c.span.start for c in cells), max(c.span.end for c in cells)) if cells else None

    def _names(self, row: int, col: int) -> tuple[Mention, ...]:
        cell = self.at.get((row, col))
        names = read_names(self.text, _first_sentence(cell)) if cell else ()
        if cell and re.search(r"专家|方面|人员", cell.text):
            return tuple(m for m in names if ends_as_body(m.name))
        return names

    def _bindings(self, row: int, column: Column) -> tuple[Binding, ...]:
        """The bodies of a cell in the column's role, unless the cell says more (A牵头，B配合)."""
        cell = self.at.get((row, column.index))
        if cell is None or column.role is None:
            return ()
        if re.search(r"(?:人|领导|姓名)$", column.header):
            people = (replace(m, type=PartyType.PERSON) for m in self._names(row, column.index))
            return bind(tuple(people), column.role)
        told = read_attribution(self.text, _first_sentence(cell)) or bind(self._names(row, column.index), column.role)
        return first_as_lead(told) if self.first_leads or column.first_leads else told

    def _limits(self, row: int) -> tuple[Span, ...]:
        """The row's own cells, and the heads of the columns in which it has something."""
        columns = range(self.table.n_cols)
        spans = [self.at[row, col].span for col in columns if (row, col) in self.at]
        filled = [col for col in columns if (row, col) in self.at and self.at[row, col].text.strip(" —－-/\n")]
        heads = [self.at[above, col].span for above in range(self.first) for col in filled if (above, col) in self.at]
        return tuple(dict.fromkeys(spans + heads))

    def roles(self) -> Iterator[Statement]:
        """Rows of tasks with columns of roles."""
        named = [c for c in self.columns if c.role and self._holds_parties(c)]
        task = self._task_column(named)
        if not named or task is None or (task.duty and all(c.of_members for c in named)):
            return
        owner = self._owner_column(named, task)
        for row in self._rows():
            owners = self._bodies_of(row, owner.index) if owner and (row, owner.index) in self.at else ()
            bindings = beside_lead(_distinct(owners + tuple(b for c in named for b in self._bindings(row, c))))
            yield from self._told_in(row, bindings, task)

    def _owner_column(self, named: list[Column], task: Column) -> Column | None:
        """Where only people are named in roles (责任人), the column of their bodies."""
        if not all(c.of_people for c in named):
            return None
        free = [c for c in self.columns if c not in named and c.index != task.index]
        return next((c for c in free if self._bodies_in(c.index) >= 0.4), None)

    def _told_in(self, row: int, bindings: tuple[Binding, ...], task: Column) -> Iterator[Statement]:
        """A row's task, or its duties where a column of duties tells them."""
        cell = self.at.get((row, task.index))
        if task.duty and not task.task and cell and all(b.role is Role.RESPONSIBLE for b in bindings):
            yield from self._duty_row(row, bindings, cell)
        else:
            kind = AssignmentKind.DUTY if task.duty else AssignmentKind.TASK
            yield from self._statement(row, bindings, task.index, kind)

    def matrix(self) -> Iterator[Statement]:
        """Bodies as columns, marked in the rows of tasks: ★ leads beside △, a mark of one kind is responsible."""
        bodies = [c for c in self.columns if ends_as_body(c.header) and self._marks(c)]
        others = [c for c in self.columns if c not in bodies and self._length(c.index) > 2]
        if len(bodies) < 2 or not others:
            return
        task = max(others, key=lambda c: self._length(c.index))
        mixed = len({mark for c in bodies for mark in self._marks(c)}) > 1
        for row in self._rows():
            bindings: list[Binding] = []
            for column in bodies:
                mark = self._mark(row, column)
                role = Role.RESPONSIBLE if not mixed else Role.LEAD if mark in _STRONG_MARKS else Role.SUPPORT
                bindings += (
                    bind(read_names(self.text, self.at[self.first - 1, column.index].span), role) if mark else ()
                )
            yield from self._statement(row, tuple(bindings), task.index, AssignmentKind.TASK)

    def _mark(self, row: int, column: Column) -> str:
        cell = self.at.get((row, column.index))
        return _squash(cell.text) if cell else ""

    def _marks(self, column: Column) -> set[str]:
        """The marks of a column that holds nothing else."""
        marks = {self._mark(row, column) for row in self._rows()} - {""}
        return marks if all(len(m) == 1 and m in _MARKS for m in marks) else set()

    def _holds_parties(self, column: Column) -> bool:
        """Does a column of a role name bodies or people (and not labels or duties)?"""
        if self._labels(column):
            return False
        if column.of_people or self._bodies_in(column.index) >= 0.3:
            return True
        cells = [self.at[row, column.index] for row in self._rows() if (row, column.index) in self.at]
        return sum(bool(read_attribution(self.text, cell.span)) for cell in cells) >= 0.3 * max(len(cells), 1)

    def _labels(self, column: Column) -> bool:
        """Are its cells labels themselves (组长单位, 成员单位)?"""
        cells = [self.at[row, column.index].text for row in self._rows() if (row, column.index) in self.at]
        return any(_role_of_label(text) for text in cells)

    def _task_column(self, named: list[Column]) -> Column | None:
        """The most detailed column that states the task: the last 任务/措施, else the longest text."""
        tasks = [c for c in self.columns if (c.task or c.duty) and c not in named]
        if not tasks and all("主管" in c.header for c in named):
            return None  # 证明事项, 依据, 主管部门: a catalogue
        if tasks:
            return max(tasks, key=lambda c: (c.states_act or c.duty, self._length(c.index), c.index))
        free = [c for c in self.columns if not c.role and self._length(c.index) > 6]
        return max(free, key=lambda c: self._length(c.index), default=None)

    def _length(self, col: int) -> float:
        cells = {self.at[row, col].span: len(self.at[row, col].text) for row in self._rows() if (row, col) in self.at}
        return sum(cells.values()) / max(len(cells), 1)

    def _statement(
        self, row: int, bindings: tuple[Binding, ...], col: int, kind: AssignmentKind
    ) -> Iterator[Statement]:
        own, cell = self._own(row), self.at.get((row, col))
        if not bindings or own is None or cell is None or not cell.text.strip():
            return
        told = _squash(_NUMBERED.sub("", cell.text, count=1) if _NUMBERED.match(cell.text) else cell.text)
        yield Statement(bindings, told, own, self._limits(row), kind, AssignmentSource.TABLE)

    def groups(self) -> Iterator[Statement]:
        """Work groups: 组长单位 and 成员单位 in rows, their duty in a merged cell."""
        duty = self._duty_column()
        if duty is None:
            return
        gathered: dict[Span, tuple[list[Binding], Cell, list[int]]] = {}
        for row in self._rows():
            for col in range(duty.index - 1):
                label = self.at.get((row, col))
                role = _role_of_label(label.text) if label else None
                cell = self.at.get((row, duty.index))
                if role and cell and label and self.at.get((row, col + 1)) is not label:
                    bindings, _, rows = gathered.setdefault(cell.span, ([], cell, []))
                    bindings += bind(self._names(row, col + 1), role)
                    rows.append(row)
        if not any(b.role is Role.LEAD for bindings, _, _ in gathered.values() for b in bindings):
            return
        for bindings, cell, rows in gathered.values():
            starts = [own for row in rows if (own := self._own(row))]
            if bindings and starts:
                span = Span(min(s.start for s in starts), max(s.end for s in starts))
                limits = (cell.span,)
                yield Statement(
                    _distinct(tuple(bindings)),
                    _duty_text(cell.text),
                    span,
                    limits,
                    AssignmentKind.DUTY,
                    AssignmentSource.TABLE,
                )

    def duties(self) -> Iterator[Statement]:
        """Rows of bodies with their duties; numbered duties are one statement each."""
        duty = self._duty_column() or self._telling_column()
        body = self._body_column(duty)
        if duty is None or body is None:
            return
        seen: set[tuple[Span, Span]] = set()
        for row in self._rows():
            name, told = self.at.get((row, body.index)), self.at.get((row, duty.index))
            if name is None or told is None or (name.span, told.span) in seen or told is name:
                continue
            seen.add((name.span, told.span))
            line = _named_inside(self.text, told.span) or read_duty_line(self.text, told.span.start, told.span.end)
            if line:
                if (told.span, told.span) not in seen:
                    seen.add((told.span, told.span))
                    yield from self._duty_row(row, bind(line.mentions, Role.RESPONSIBLE), told)
                continue
            yield from self._duty_row(row, self._bodies_of(row, body.index), told)

    def _duty_column(self) -> Column | None:
        """The column of duties; where two headers say so, the one that tells more."""
        return max((c for c in self.columns if c.duty), key=lambda c: self._length(c.index), default=None)

    def _telling_column(self) -> Column | None:
        """A column whose cells tell what someone does, whatever its header says (事权清单)."""
        for column in reversed(self.columns):
            texts = [self.at[row, column.index].text for row in self._rows() if (row, column.index) in self.at]
            telling = sum(starts_with_verb(_duty_text(t)) for t in texts)
            if column.role is None and self._length(column.index) > 12 and telling >= 0.6 * len(texts):
                return column
        return None

    def _body_column(self, duty: Column | None) -> Column | None:
        if duty is None:
            return None
        people = next((c for c in self.columns if c.index < duty.index and c.header == "姓名"), None)
        before = [c for c in self.columns if c.index < duty.index and self._bodies_in(c.index) >= 0.4]
        return people or (before[-1] if before else None)

    def _bodies_in(self, col: int) -> float:
        cells = {c.span: c for row in self._rows() if (c := self.at.get((row, col)))}
        named = [
            c for c in cells.values() if any(ends_as_body(p) for p in re.split(r"[、\s（(]", _squash(c.text)) if p)
        ]
        return len(named) / max(len(cells), 1)

    def _bodies_of(self, row: int, col: int) -> tuple[Binding, ...]:
        cell = self.at[row, col]
        labelled = read_attribution(self.text, cell.span) if _LABEL_INSIDE.search(cell.text) else ()
        if labelled:
            return labelled
        bracket = re.search(r"[（(]([^（()）]+)[)）]\s*$", cell.text)
        span = cell.span
        if bracket and ends_as_body(_squash(bracket[1])):
            span = Span(cell.span.start, cell.span.start + bracket.start())
        names = read_names(self.text, span)
        if self.columns[col].header == "姓名":
            return bind(tuple(replace(m, type=PartyType.PERSON) for m in names), Role.RESPONSIBLE)
        names = tuple(m for m in names if ends_as_body(m.name))
        return bind(names, Role.RESPONSIBLE)

    def _duty_row(self, row: int, bindings: tuple[Binding, ...], told: Cell) -> Iterator[Statement]:
        own = self._own(row)
        if not bindings or own is None:
            return
        parts = list(_numbered_parts(told))
        for span, words in parts:
            place = span if len(parts) > 1 else own
            told_roles = any(b.role is not Role.RESPONSIBLE for b in bindings)
            bound = bindings if told_roles else rebind(bindings, duty_role(words))
            yield Statement(bound, words, place, (span,), AssignmentKind.DUTY, AssignmentSource.TABLE, explicit=True)

    def quantities(self) -> Iterator[Statement]:
        """Targets by place: one statement a row, told by the first target's header."""
        caption = _squash(self.table.caption)
        first = next((c for c in self.columns if c.body and c.index < 3), None)
        if (
            first is None
            or not self._lists_places(first)
            or not _QUANTITY.search(caption)
            or _STATISTICS.search(caption)
        ):
            return
        target = next((c for c in self.columns if c.index > first.index and self._is_numeric(c.index)), None)
        if target is None:
            return
        for row in self._rows():
            names = self._names(row, first.index)
            own = self._own(row)
            if own and len(names) == 1 and not _TOTAL.match(self.at[row, first.index].text):
                yield Statement(
                    bind(names, Role.RESPONSIBLE),
                    target.header,
                    own,
                    self._limits(row),
                    AssignmentKind.TASK,
                    AssignmentSource.TABLE,
                )

    def _lists_places(self, column: Column) -> bool:
        """Places or bodies, not measures (万人, %) under a head such as 单位."""
        names = [m.name for row in self._rows() for m in self._names(row, column.index)]
        return sum(bool(_PLACE.search(n)) or ends_as_body(n) for n in names) >= 0.5 * max(len(names), 1)

    def _is_numeric(self, col: int) -> bool:
        texts = [self.at[row, col].text.strip() for row in self._rows() if (row, col) in self.at]
        return bool(texts) and sum(bool(re.fullmatch(r"[\d.,%％—\-/]*", t)) for t in texts) >= 0.8 * len(texts)


_PLACE = re.compile("(?:[省市县区旗州盟镇乡]|街道|园区|办事处)$")
_LABEL_INSIDE = re.compile("[：:]")
_INSIDE = re.compile(r"(?:^|[。；\n])(?P<names>[^：:。；，\n]{2,40})(?:主要|工作)?职责[：:]")


def _named_inside(text: str, span: Span) -> Line | None:
    """… 市指挥部办公室职责：… inside a cell says whose duties they are."""
    found = _INSIDE.search(text, span.start, span.end)
    if not found:
        return None
    names = Span(*found.span("names"))
    return Line(read_names(text, names), found.end()) if is_body_list(text, names) else None


def _first_sentence(cell: Cell) -> Span:
    """Of a cell that names bodies: what follows a full stop is a remark."""
    stop = cell.text.find("。")
    return Span(cell.span.start, cell.span.start + stop) if stop > 0 else cell.span


def _role_of_label(text: str) -> Role | None:
    label = role_words().header.fullmatch(_squash(text))
    return role_of(label) if label else None


def _numbered_parts(cell: Cell) -> Iterator[tuple[Span, str]]:
    marks = list(_NUMBERED.finditer(cell.text))
    if len(marks) < 2:
        yield cell.span, _duty_text(cell.text)
        return
    ends = [m.start() for m in marks[1:]] + [len(cell.text)]
    for mark, end in zip(marks, ends, strict=True):
        words = _squash(cell.text[mark.end() : end])
        if words:
            yield Span(cell.span.start + mark.end(), cell.span.start + end), words.strip("；;。")


def _duty_text(text: str) -> str:
    return re.sub(
        r"^(?:.{0,60}。)?[^：:，。]{0,14}(?:职责|任务)[：:]",
        "",
        _squash(_NUMBERED.sub("", text, count=1) if _NUMBERED.match(text) else text),
    )


def _distinct(bindings: tuple[Binding, ...]) -> tuple[Binding, ...]:
    """A body named twice in one row is bound once, in the first role."""
    return tuple(
        {b.mention.name: b for b in reversed(bindings)}[name]
        for name in dict.fromkeys(b.mention.name for b in bindings)
    )


def _squash(text: str) -> str:
    return "".join(text.split())
