"""Statements in tables: columns of tasks with 牵头/责任/配合, duties of bodies, work groups, targets by place."""

from __future__ import annotations

from collections.abc import Iterator

from gongbao.corpus.document import Cell, Document, Table
from gongbao.nlp.assignments.model import Statement
from gongbao.nlp.assignments.table_duties import read_duties, read_groups
from gongbao.nlp.assignments.table_roles import read_matrix, read_roles
from gongbao.nlp.assignments.table_targets import read_targets
from gongbao.nlp.assignments.table_view import View


def find_table_statements(document: Document, table: Table, *, first_leads: bool = False) -> list[Statement]:
    """`first_leads`: the document says that of several bodies the first leads."""
    if table.n_rows < 2:
        return []
    view = View(document, table)
    for found in (
        read_roles(view, first_leads),
        read_matrix(view),
        read_groups(view),
        read_duties(view),
        read_targets(view),
    ):
        statements = list(found)
        if statements:
            return statements
    return []


def telling_cells(document: Document, table: Table) -> Iterator[Cell]:
    """Cells in which sentences may tell who does what: none of 指标说明, 清理理由."""
    view = View(document, table)
    remarks = {column.index for column in view.columns if column.remarks}
    return (cell for cell in table.cells if not cell.header and cell.col not in remarks)
