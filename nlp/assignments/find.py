"""All assignment statements of a document, in reading order."""

from __future__ import annotations

from dataclasses import replace

from corpus.document import Block, BlockKind, Document
from nlp.assignments.columns import says_first_leads
from nlp.assignments.flow import ActReader, Flow
from nlp.assignments.model import Binding, Statement
from nlp.assignments.tables import find_table_statements

_RUNNING = {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.NOTE}


def find_statements(document: Document, read_acts: ActReader) -> list[Statement]:
    """`read_acts` reads one paragraph: `nlp.pipeline.read_acts`."""
    first_leads = says_first_leads(document.text)
    flow = Flow(document, read_acts, first_leads)
    for block in document.blocks:
        _read(document, block, flow, first_leads)
    found = sorted(flow.finish(), key=lambda statement: statement.span.start)
    return [replace(s, bindings=_once(s)) for s in found if s.bindings]


def _read(document: Document, block: Block, flow: Flow, first_leads: bool) -> None:
    if block.table is not None:
        flow.interrupt()
        flow.statements += find_table_statements(document, document.tables[block.table], first_leads=first_leads)
    elif block.kind is BlockKind.HEADING:
        flow.read_heading(block.span)
    elif block.kind in _RUNNING:
        flow.read_paragraph(block.span)
    else:
        flow.interrupt()


def _once(statement: Statement) -> tuple[Binding, ...]:
    return tuple({(b.mention.name, b.role): b for b in statement.bindings}.values())
