"""A printed web page → its document's lines and tables, and what stood around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongbao.corpus.document import Document, Furniture
from gongbao.corpus.ids import document_id
from gongbao.ingest.furniture import label
from gongbao.ingest.layout import Line, PlacedTable
from gongbao.ingest.office.facts import PageFacts, is_label, say
from gongbao.ingest.read import PageReading
from gongbao.ingest.tables import RawTable
from gongbao.ingest.webfind import TOLERANCES, find_web, pairs_of


@dataclass(frozen=True, slots=True)
class Beside:
    """What a printed web page has around its document."""

    furniture: tuple[Furniture, ...] = ()
    said: PageFacts | None = None


def take_web(readings: Sequence[PageReading]) -> tuple[Sequence[PageReading], Beside]:
    """Box, navigation and footer of a printed web page out of its lines and tables, before these are measured."""
    if not readings:
        return readings, Beside()
    first, boxed, pairs = _without_box(readings[0])
    readings = [first, *readings[1:]]
    lines = [item for reading in readings for item in reading.items if isinstance(item, Line)]
    web = find_web([line.text for line in lines])
    kinds = {id(lines[at]): "metadata" for at in web.box} | {id(lines[at]): "navigation" for at in web.navigation}
    if not kinds and not boxed:
        return readings, Beside()
    kept = [replace(r, items=tuple(item for item in r.items if id(item) not in kinds)) for r in readings]
    taken = tuple(label(line.page, line, kinds[id(line)]) for line in lines if id(line) in kinds)
    return kept, Beside(boxed + taken, say(pairs) if pairs else web.said)


def _without_box(reading: PageReading) -> tuple[PageReading, tuple[Furniture, ...], list[tuple[str, str]]]:
    """A box that is drawn as a table: labels, each with what it says in the next cell."""
    for at, table in enumerate(reading.tables):
        pairs = _cells_said(table)
        if len(pairs) < TOLERANCES.fields or 3 * len(pairs) < len(table.cells):
            continue
        items = tuple(
            _moved(item, at) for item in reading.items if not (isinstance(item, PlacedTable) and item.table == at)
        )
        rest = replace(reading, items=items, tables=reading.tables[:at] + reading.tables[at + 1 :])
        kept = (Furniture(line.page, cell.bbox, line.text, "metadata") for cell in table.cells for line in cell.lines)
        return rest, tuple(kept), pairs
    return reading, (), []


def _moved(item: Line | PlacedTable, gone: int) -> Line | PlacedTable:
    return replace(item, table=item.table - 1) if isinstance(item, PlacedTable) and item.table > gone else item


def _cells_said(table: RawTable) -> list[tuple[str, str]]:
    found = []
    for row in table.grid():
        cells = [text for at, text in enumerate(row) if at == 0 or text != row[at - 1]]
        found += [(cell, cells[at + 1]) for at, cell in enumerate(cells[:-1]) if is_label(cell)]
        found += [pair for cell in cells for pair in pairs_of(cell)]
    return found


def fill(document: Document, said: PageFacts) -> Document:
    """What the box says, where the document itself does not."""
    number, issuer = document.number or said.number, document.issuer or said.issuer
    signed = document.signed or said.signed
    known = document_id(number, document.title, issuer, signed)
    return replace(document, id=known, number=number, issuer=issuer, signed=signed)
