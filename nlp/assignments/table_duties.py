"""Duties in tables: bodies with what they do, work groups with their 组长单位 and 成员单位 in rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongbao.corpus.document import Cell
from gongbao.corpus.language.headers import read_header
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentKind, AssignmentSource, Role
from gongbao.nlp.assignments.columns import Column
from gongbao.nlp.assignments.lists import ListLine, read_duty_line
from gongbao.nlp.assignments.model import Binding, Statement, bind, duty_role, rebind
from gongbao.nlp.assignments.table_view import NUMBERED, View, distinct, squash
from gongbao.nlp.bodies import is_body_list, read_names, starts_with_verb

_NAMES_BODIES = 0.4  # share of cells that name a body, in a column of those whose duties are told
_TELLS = 0.6  # share of cells that begin with a verb, in a column of duties whatever its header
_SHORTEST = 12  # characters of a duty
_INSIDE = re.compile(r"(?:^|[。；\n])(?P<names>[^：:。；，\n]{2,40})(?:主要|工作)?职责[：:]")
_LABEL = re.compile(r"^(?:.{0,60}。)?[^：:，。]{0,14}(?:职责|任务)[：:]")


@dataclass(slots=True)
class _RowGroup:
    """A work group while its rows are read."""

    told: Cell
    bindings: list[Binding] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


def read_groups(view: View) -> Iterator[Statement]:
    """Work groups: 组长单位 and 成员单位 in rows, their duty in a merged cell."""
    duty = _duty_column(view)
    groups = list(_gather(view, duty)) if duty else []
    if not any(b.role is Role.LEAD for group in groups for b in group.bindings):
        return
    for group in groups:
        starts = [own for row in group.rows if (own := view.own(row))]
        if group.bindings and starts:
            span = Span(min(s.start for s in starts), max(s.end for s in starts))
            bound, told = distinct(tuple(group.bindings)), _duty_text(group.told.text)
            yield Statement(bound, told, span, (group.told.span,), AssignmentKind.DUTY, AssignmentSource.TABLE)


def _gather(view: View, duty: Column) -> Iterator[_RowGroup]:
    groups: dict[Span, _RowGroup] = {}
    for row in view.rows():
        for col in range(duty.index - 1):
            label, cell = view.at.get((row, col)), view.at.get((row, duty.index))
            holds = read_header(squash(label.text)) if label else None
            if holds and cell and label and view.at.get((row, col + 1)) is not label:
                group = groups.setdefault(cell.span, _RowGroup(cell))
                group.bindings += bind(view.names(row, col + 1), Role(holds.role))
                group.rows.append(row)
    return iter(groups.values())


def read_duties(view: View) -> Iterator[Statement]:
    """Rows of bodies with their duties; numbered duties are one statement each."""
    duty = _duty_column(view) or _telling_column(view)
    body = _body_column(view, duty)
    if duty is None or body is None:
        return
    seen: set[tuple[Span, Span]] = set()
    for row in view.rows():
        name, told = view.filled(row, body.index), view.at.get((row, duty.index))
        if name is None or told is None or (name.span, told.span) in seen or told is name:
            continue
        seen.add((name.span, told.span))
        line = _named_inside(view.text, told.span) or read_duty_line(view.text, told.span.start, told.span.end)
        if line is None:
            yield from duty_row(view, row, view.bodies_of(name.row, body.index), told)
        elif (told.span, told.span) not in seen:
            seen.add((told.span, told.span))
            yield from duty_row(view, row, bind(line.mentions, Role.RESPONSIBLE), told)


def _duty_column(view: View) -> Column | None:
    """The column of duties; where two headers say so, the one that tells more."""
    return max((c for c in view.columns if c.duty), key=lambda c: view.length(c.index), default=None)


def _telling_column(view: View) -> Column | None:
    """A column whose cells tell what someone does, whatever its header says (事权清单)."""
    for column in reversed(view.columns):
        texts = [cell.text for row in view.rows() if (cell := view.at.get((row, column.index)))]
        telling = sum(starts_with_verb(_duty_text(text)) for text in texts)
        if column.role is None and view.length(column.index) > _SHORTEST and telling >= _TELLS * len(texts):
            return column
    return None


def _body_column(view: View, duty: Column | None) -> Column | None:
    if duty is None:
        return None
    people = next((c for c in view.columns if c.index < duty.index and c.header == "姓名"), None)
    before = [c for c in view.columns if c.index < duty.index and view.bodies_in(c.index) >= _NAMES_BODIES]
    return people or (before[-1] if before else None)


def duty_row(view: View, row: int, bindings: tuple[Binding, ...], told: Cell) -> Iterator[Statement]:
    """The duties that a cell tells, each in the role that it tells itself."""
    own = view.own(row)
    if not bindings or own is None:
        return
    parts = list(numbered_parts(told))
    for span, words in parts:
        place = span if len(parts) > 1 else own
        told_roles = any(b.role is not Role.RESPONSIBLE for b in bindings)
        bound = bindings if told_roles else rebind(bindings, duty_role(words))
        yield Statement(bound, words, place, (span,), AssignmentKind.DUTY, AssignmentSource.TABLE, explicit=True)


def items_row(bindings: tuple[Binding, ...], told: Cell) -> Iterator[Statement]:
    """The tasks that a cell numbers, each bound as the row is."""
    for span, words in numbered_parts(told):
        yield Statement(bindings, words, span, (span,), AssignmentKind.TASK, AssignmentSource.TABLE)


def _named_inside(text: str, span: Span) -> ListLine | None:
    """… 市指挥部办公室职责：… inside a cell says whose duties they are."""
    found = _INSIDE.search(text, span.start, span.end)
    if not found:
        return None
    names = Span(*found.span("names"))
    return ListLine(read_names(text, names), found.end()) if is_body_list(text, names) else None


def numbered_parts(cell: Cell) -> Iterator[tuple[Span, str]]:
    marks = list(NUMBERED.finditer(cell.text))
    if len(marks) < 2:
        yield cell.span, _duty_text(cell.text)
        return
    ends = [m.start() for m in marks[1:]] + [len(cell.text)]
    for mark, end in zip(marks, ends, strict=True):
        words = squash(cell.text[mark.end() : end])
        if words:
            yield Span(cell.span.start + mark.end(), cell.span.start + end), words.strip("；;。")


def _duty_text(text: str) -> str:
    return _LABEL.sub("", squash(NUMBERED.sub("", text, count=1) if NUMBERED.match(text) else text))
