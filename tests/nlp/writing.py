"""Fictional documents for the tests of extraction, and statements in one line each."""

from __future__ import annotations

from datetime import date

from gongbao.corpus.document import Block, BlockKind, Cell, Document, Heading, Source, SourceKind, Table
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import PartyType
from gongbao.nlp.assignments import Statement, find_statements
from gongbao.nlp.pipeline import read_acts

_MARKS = {PartyType.AGENCY: "", PartyType.COLLECTIVE: "*", PartyType.PERSON: "@"}
Rows = list[list[str]]


def write(*paragraphs: str | Rows, title: str = "云川市节水行动方案") -> Document:
    """A document of one paragraph a string; `# …` is a heading, a list of rows a table (first row header)."""
    parts: list[str] = []
    blocks: list[Block] = []
    headings: list[Heading] = []
    tables: list[Table] = []
    at = 0
    for paragraph in paragraphs:
        if isinstance(paragraph, str):
            text = paragraph.removeprefix("# ")
            span = Span(at, at + len(text))
            heading = text != paragraph
            blocks.append(
                Block(BlockKind.HEADING if heading else BlockKind.PARAGRAPH, span, level=1 if heading else None)
            )
            if heading:
                headings.append(Heading(1, text, span))
        else:
            table = _table(paragraph, at)
            text = "\n".join("\t".join(row) for row in paragraph)
            blocks.append(Block(BlockKind.TABLE, table.span, table=len(tables)))
            tables.append(table)
        parts.append(text)
        at += len(text) + 1
    return Document(
        id="d",
        number="云政发〔2024〕10号",
        title=title,
        issuer="云川市人民政府",
        signed=date(2024, 3, 4),
        text="\n".join(parts),
        blocks=tuple(blocks),
        headings=tuple(headings),
        tables=tuple(tables),
        attachments=(),
        source=Source("云川公报.pdf", "0", SourceKind.NATIVE),
    )


def _table(rows: Rows, at: int) -> Table:
    """Cells in reading order; an empty string below a text is covered by the cell above (merged)."""
    start, cells = at, []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text or r == 0:
                span = Span(at, at + len(text))
                down = 1
                while r and r + down < len(rows) and rows[r + down][c] == "":
                    down += 1
                cells.append(Cell(r, c, down, 1, r == 0, text, span))
            at += len(text) + 1
    return Table("任务分解表", 1, 1, len(rows), len(rows[0]), 1, tuple(cells), Span(start, at - 1))


def line(statement: Statement) -> str:
    """`L:市水利局 S:市财政局 R:各县*|task`: role, name, * class or @ person, and the task."""
    parties = " ".join(
        f"{b.role.value[0].upper()}:{b.mention.name}{_MARKS[b.mention.type]}" for b in statement.bindings
    )
    return f"{parties}|{statement.what}"


def statements(*paragraphs: str | Rows, title: str = "云川市节水行动方案") -> list[str]:
    return [line(s) for s in find_statements(write(*paragraphs, title=title), read_acts)]
