"""One table with its places looked up once: columns by their headers, rows, cells, the bodies in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gongbao.corpus.document import Cell, Document, Table
from gongbao.corpus.language.numbering import Style, expression
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentKind, AssignmentSource, PartyType, Role
from gongbao.nlp.assignments.brackets import read_attribution
from gongbao.nlp.assignments.columns import Column, read_column
from gongbao.nlp.assignments.model import Binding, Statement, bind
from gongbao.nlp.bodies import Mention, ends_as_body, names_body, read_names

_SAME_AS_ABOVE = {"同上", "〃", "″"}
_SEPARATORS = re.compile("[、，,；;（(]")
_LABEL_INSIDE = re.compile("[：:]")
NUMBERED = re.compile(
    rf"(?:^|\n|(?<=[。；;）)]))\s{{0,8}}(?:{expression(set(Style) - {Style.POINT, Style.DECIMAL})}"
    r"|\d{1,2}(?![\d%年月日号.．]))\s{0,8}"
)


class View:
    """`columns` in order; `at` the cell of every place, a merged one at each that it covers."""

    def __init__(self, document: Document, table: Table) -> None:
        self.text = document.text
        self.table = table
        self.at: dict[tuple[int, int], Cell] = {}
        for row, col, cell in table.places():
            above = self.at.get((row - 1, col)) if squash(cell.text) in _SAME_AS_ABOVE else None
            self.at[row, col] = above or cell
        self.first = max(table.header_rows, 1)
        self.columns = [self._column(col) for col in range(table.n_cols)]

    def _column(self, col: int) -> Column:
        texts = dict.fromkeys(squash(self.at[row, col].text) for row in range(self.first) if (row, col) in self.at)
        return read_column(col, next(reversed(texts), "") if texts else "")

    def rows(self) -> Iterator[int]:
        """Below the header, without those of one cell that heads others: 一、水利工程."""
        width = self.table.n_cols
        for row in range(self.first, self.table.n_rows):
            cell = self.at.get((row, 0))
            if cell is None or width < 2 or cell.col_span < width:
                yield row

    def filled(self, row: int, col: int) -> Cell | None:
        """The cell of a place, or the one above that an empty one goes on with."""
        cells = (self.at.get((above, col)) for above in range(row, self.first - 1, -1))
        return next((cell for cell in cells if cell and cell.text.strip()), None)

    def cells(self, col: int) -> list[Cell]:
        """Each cell of the column once."""
        found = (self.at[row, col] for row in self.rows() if (row, col) in self.at)
        return list({cell.span: cell for cell in found}.values())

    def length(self, col: int) -> float:
        """Characters in a cell of the column, on average."""
        cells = self.cells(col)
        return sum(len(cell.text) for cell in cells) / max(len(cells), 1)

    def own(self, row: int) -> Span | None:
        """From the first to the last of the row's own cells."""
        cells = [cell for cell in self.table.cells if cell.row == row and cell.text.strip()]
        return Span(min(c.span.start for c in cells), max(c.span.end for c in cells)) if cells else None

    def limits(self, row: int) -> tuple[Span, ...]:
        """The row's own cells, and the heads of the columns in which it has something."""
        columns = range(self.table.n_cols)
        spans = [self.at[row, col].span for col in columns if (row, col) in self.at]
        filled = [col for col in columns if (row, col) in self.at and self.at[row, col].text.strip(" —－-/\n")]
        heads = [self.at[above, col].span for above in range(self.first) for col in filled if (above, col) in self.at]
        return tuple(dict.fromkeys(spans + heads))

    def names(self, row: int, col: int) -> tuple[Mention, ...]:
        """Whoever a cell names; among experts and staff only bodies."""
        cell = self.at.get((row, col))
        names = read_names(self.text, first_sentence(cell)) if cell else ()
        if cell and re.search(r"专家|方面|人员", cell.text):
            return tuple(m for m in names if ends_as_body(m.name))
        return names

    def bodies_in(self, col: int) -> float:
        """The share of cells of the column that name a body."""
        cells = self.cells(col)
        named = [c for c in cells if any(names_body(p) for p in _SEPARATORS.split(squash(c.text)) if p)]
        return len(named) / max(len(cells), 1)

    def bodies_of(self, row: int, col: int) -> tuple[Binding, ...]:
        """The bodies of a cell in a column of bodies, with the roles that the cell itself tells."""
        cell = self.at[row, col]
        labelled = read_attribution(self.text, cell.span) if _LABEL_INSIDE.search(cell.text) else ()
        if labelled:
            return labelled
        names = read_names(self.text, cell.span)
        if self.columns[col].header == "姓名":
            return bind(tuple(replace(m, type=PartyType.PERSON) for m in names), Role.RESPONSIBLE)
        return bind(tuple(m for m in names if names_body(m.name)), Role.RESPONSIBLE)

    def statement(self, row: int, bindings: tuple[Binding, ...], col: int, kind: AssignmentKind) -> Iterator[Statement]:
        """The row's task, as the cell in column `col` states it; none where nobody is bound to it."""
        own, cell = self.own(row), self.at.get((row, col))
        if not bindings or own is None or cell is None or not cell.text.strip():
            return
        told = squash(NUMBERED.sub("", cell.text, count=1) if NUMBERED.match(cell.text) else cell.text)
        yield Statement(bindings, told, own, self.limits(row), kind, AssignmentSource.TABLE)


def first_sentence(cell: Cell) -> Span:
    """Of a cell that names bodies: what follows a full stop is a remark."""
    stop = cell.text.find("。")
    return Span(cell.span.start, cell.span.start + stop) if stop > 0 else cell.span


def distinct(bindings: tuple[Binding, ...]) -> tuple[Binding, ...]:
    """A body named twice in one row is bound once, in the first role."""
    first = {b.mention.name: b for b in reversed(bindings)}
    return tuple(first[name] for name in dict.fromkeys(b.mention.name for b in bindings))


def squash(text: str) -> str:
    return "".join(text.split())
