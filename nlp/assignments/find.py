"""All assignment statements of a document, in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from corpus.document import Block, BlockKind, Document
from corpus.offsets import Span
from corpus.records import AssignmentKind, Role
from nlp.assignments.brackets import Attribution, bracketed, find_attributions
from nlp.assignments.model import Binding, Statement
from nlp.assignments.sentences import Act, find_acts, to_statement
from nlp.assignments.tables import find_table_statements

_RUNNING = {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.NOTE}
NUMBER = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]+条|[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十\d]+[)）]|"
    r"\d{1,3}(?:[.．]\d{1,2})+(?!\d)|\d{1,3}[.．、](?!\d)|\d{1,3}\s(?=\D)|[①-⑳])[\s　]*"
)


@dataclass(slots=True)
class _Flow:
    """What is known while the paragraphs are read in order."""

    item: int | None = None  # where the text of the present item begins
    attributed: bool = False  # an attribution has been read in it
    heading: Span | None = None
    statements: list[Statement] = field(default_factory=list)


def find_statements(document: Document) -> list[Statement]:
    flow = _Flow()
    for block in document.blocks:
        if block.table is not None:
            flow.statements += find_table_statements(document, document.tables[block.table])
            flow.item = None
        elif block.kind is BlockKind.HEADING:
            _read_heading(document, block, flow)
        elif block.kind in _RUNNING:
            _read_paragraph(document, block.span, flow)
        else:
            flow.item = None
    return flow.statements


def _read_heading(document: Document, block: Block, flow: _Flow) -> None:
    text = block.span.of(document.text)
    if find_attributions(text, bracketed(text)):
        _read_paragraph(document, block.span, flow)
        return
    number = NUMBER.match(text)
    flow.heading = Span(block.span.start + (number.end() if number else 0), block.span.end)
    flow.item, flow.attributed = None, False


def _read_paragraph(document: Document, span: Span, flow: _Flow) -> None:
    text = span.of(document.text)
    number = NUMBER.match(text)
    if number or flow.item is None:
        flow.item, flow.attributed = span.start + (number.end() if number else 0), False
    attributions = find_attributions(text, bracketed(text))
    acts = find_acts(text, [a.span for a in attributions])
    acts, attributions = _reconcile(acts, attributions)
    found = [s for act in acts if (s := to_statement(text, act, span.start))]
    found += _attributed(document, span, attributions, flow)
    flow.statements += sorted(found, key=lambda s: (s.span.start, s.span.end))


def _reconcile(acts: list[Act], attributions: list[Attribution]) -> tuple[list[Act], list[Attribution]]:
    """由X牵头…（责任单位：X、Y）: one statement, X leads."""
    kept = []
    for act in acts:
        names = {b.mention.name for b in act.bindings}
        at = next((i for i, a in enumerate(attributions) if a.span.start >= act.start), None)
        if at is None or not names <= {b.mention.name for b in attributions[at].bindings}:
            kept.append(act)
            continue
        leads = {b.mention.name for b in act.bindings if b.role is Role.LEAD}
        attribution = attributions[at]
        bindings = tuple(
            replace(b, role=Role.LEAD) if b.mention.name in leads else b for b in attribution.bindings
        )
        attributions = [*attributions[:at], replace(attribution, bindings=bindings), *attributions[at + 1 :]]
    return kept, attributions


def _attributed(document: Document, span: Span, attributions: list[Attribution], flow: _Flow) -> list[Statement]:
    out: list[Statement] = []
    start = span.start + _number_length(span.of(document.text))
    for attribution in attributions:
        place = attribution.span.shift(span.start)
        begin = flow.item if not flow.attributed and flow.item is not None else start
        told = _told(document.text, begin, place.start)
        if not told and not flow.attributed and flow.heading:
            begin, told = flow.heading.start, _told(document.text, flow.heading.start, flow.heading.end)
        bindings = tuple(_shift(b, span.start) for b in attribution.bindings)
        if told:
            whole = Span(min(begin, place.start), place.end)
            out.append(Statement(bindings, told, whole, (whole,), AssignmentKind.TASK))
        elif out or flow.statements:
            _extend(out or flow.statements, bindings, place)
        flow.attributed = True
        start = place.end
    return out


def _extend(statements: list[Statement], bindings: tuple[Binding, ...], place: Span) -> None:
    """配合单位：… on a line of its own belongs to the statement before it."""
    last = statements[-1]
    named = {b.mention.name for b in last.bindings}
    whole = Span(last.span.start, place.end)
    merged = last.bindings + tuple(b for b in bindings if b.mention.name not in named)
    statements[-1] = replace(last, bindings=merged, span=whole, limits=(whole,))


def _told(text: str, start: int, end: int) -> str:
    return "".join(text[start:end].split()).lstrip("；;，,。、：:")


def _number_length(text: str) -> int:
    number = NUMBER.match(text)
    return number.end() if number else 0


def _shift(binding: Binding, offset: int) -> Binding:
    return replace(binding, mention=replace(binding.mention, span=binding.mention.span.shift(offset)))
