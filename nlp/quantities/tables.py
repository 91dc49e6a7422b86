"""Bare numbers in tables whose unit stands apart: in the head of the column or the row, or in a column of units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gongbao.corpus.document import Cell, Table
from gongbao.nlp.quantities.reading import QuantityReading, read_quantities
from gongbao.nlp.quantities.words import UNIT_ALONE, UNIT_IN_HEAD

_BARE = re.compile(r"(?P<before>[^\d\s]{0,6})(?P<number>\d[\d,.]*(?:[—–~-]\d[\d.]*)?)(?P<after>[^\d\s]{0,4})")
_NO_FIGURE = re.compile("序号|编号|代码|年份|页码|电话|^单位$|计量单位")
_UNITS = ("单位", "计量单位")


def read_cells(table: Table, text: str) -> Iterator[QuantityReading]:
    """`text`: the document's, in half width. In reading order; a cell that names its own unit is left out."""
    heads = _heads(table)
    by_column = {col: unit for col, head in heads.items() if (unit := _unit_in(head))}
    by_row = _units_by_row(table, heads)
    if not (by_column or by_row):
        return
    for cell in table.cells:
        unit = by_column.get(cell.col) or by_row.get(cell.row)
        if unit and cell.row >= table.header_rows and not _NO_FIGURE.search(heads.get(cell.col, "")):
            yield from _read(cell, cell.span.of(text), unit)


def _heads(table: Table) -> dict[int, str]:
    heads: dict[int, str] = {}
    for row, col, cell in table.places():
        if row < table.header_rows:
            heads[col] = heads.get(col, "") + "".join(cell.text.split())
    return heads


def _unit_in(head: str) -> str | None:
    found = UNIT_IN_HEAD.search(head)
    return found["unit"] if found else None


def _units_by_row(table: Table, heads: dict[int, str]) -> dict[int, str]:
    """From the column of units, else from the name of what the row measures: 森林覆盖率（%）."""
    units: dict[int, str] = {}
    for row, col, cell in table.places():
        if row < table.header_rows:
            continue
        printed = "".join(cell.text.split())
        if heads.get(col) in _UNITS and UNIT_ALONE.fullmatch(printed):
            units[row] = printed
        elif unit := _unit_in(printed):
            units.setdefault(row, unit)
    return units


def _read(cell: Cell, printed: str, unit: str) -> Iterator[QuantityReading]:
    """The cell read as if its unit stood behind the number; its span is what is printed."""
    bare = _BARE.fullmatch(printed)
    if not bare:
        return
    whole = f"{bare['before']}{bare['number']}{unit}{bare['after']}"
    readings = list(read_quantities(whole))
    if len(readings) == 1 and len(readings[0].span) == len(whole):
        yield replace(readings[0], span=cell.span)
