"""All assignment statements of a document, in reading order."""

from __future__ import annotations

import re
from dataclasses import replace

from gongbao.corpus.document import Block, BlockKind, Document, Table
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentSource
from gongbao.nlp.assignments.councils import find_councils
from gongbao.nlp.assignments.flow import ActReader, Flow
from gongbao.nlp.assignments.frame import Frame, frame_of
from gongbao.nlp.assignments.model import Binding, Statement
from gongbao.nlp.assignments.places import Places
from gongbao.nlp.assignments.seats import find_seats
from gongbao.nlp.assignments.tables import find_table_statements, telling_cells
from gongbao.nlp.rosters.lines import Listed, find_lists

_SENTENCE = re.compile(r".{7}.*[。；]", re.DOTALL)  # more than a label
_RUNNING = {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.NOTE}


def find_statements(document: Document, read_acts: ActReader) -> list[Statement]:
    """`read_acts` reads one paragraph: `gongbao.nlp.pipeline.read_acts`."""
    frame = frame_of(document)
    flow = Flow(document, read_acts, frame)
    for block in document.blocks:
        _read(document, block, flow, frame)
    lists = list(find_lists(document))
    councils = [*find_councils(document), *find_seats(document, lists)]
    told, seated = Places(council.told for council in councils), _Seated(lists)
    read = [one for one in flow.finish() if not told.overlapping(one.span) and not seated.names(one)]
    found = sorted([*read, *(council.statement for council in councils)], key=lambda statement: statement.span.start)
    meant = [replace(s, bindings=frame.resolved(s.bindings)) for s in found]
    return [replace(s, bindings=_once(s)) for s in meant if s.bindings]


class _Seated:
    """The people of lists: 组长：林远市水利局局长 says who sits where, not who does what."""

    def __init__(self, lists: list[Listed]) -> None:
        self._people = {one.start: tuple({member.name for member in one.members}) for one in lists}
        self._places = Places(Span(one.start, one.end) for one in lists)

    def names(self, statement: Statement) -> bool:
        place = self._places.overlapping(statement.span)
        people = self._people[place.start] if place else ()
        return any(name in binding.mention.name for name in people for binding in statement.bindings)


def _read(document: Document, block: Block, flow: Flow, frame: Frame) -> None:
    if block.table is not None:
        flow.interrupt()
        found = find_table_statements(document, document.tables[block.table], first_leads=frame.first_leads)
        flow.statements += found
        if not found:
            _read_cells(document, document.tables[block.table], flow)
    elif block.kind is BlockKind.HEADING:
        flow.read_heading(block.span)
    elif block.kind in _RUNNING:
        flow.read_paragraph(block.span)
    else:
        flow.interrupt()


def _read_cells(document: Document, table: Table, flow: Flow) -> None:
    """Where the columns say nothing of who does what, sentences in the cells may: 橙色预警 | 市水利局要加强巡查。"""
    begun = len(flow.statements)
    for cell in telling_cells(document, table):
        if _SENTENCE.search(cell.text):
            flow.read_paragraph(cell.span)
            flow.interrupt()
    flow.statements[begun:] = [replace(one, source=AssignmentSource.TABLE) for one in flow.statements[begun:]]


def _once(statement: Statement) -> tuple[Binding, ...]:
    return tuple({(b.mention.name, b.role): b for b in statement.bindings}.values())
