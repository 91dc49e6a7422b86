"""Small documents of a fictional city, built from lines: for tests that need a Document and no PDF."""

from __future__ import annotations

import hashlib
from datetime import date

from gongbao.corpus.document import Block, BlockKind, Cell, Document, Heading, Issue, Source, SourceKind, Table
from gongbao.corpus.ids import document_id
from gongbao.corpus.offsets import Span

Line = tuple[BlockKind, str]


def source(name: str = "yunchuan.txt", kind: SourceKind = SourceKind.TEXT) -> Source:
    return Source(name, hashlib.sha256(name.encode()).hexdigest(), kind)


def document(
    *paragraphs: str,
    number: str | None = "云政发〔2024〕10号",
    title: str = "云川市人民政府关于加强城区防汛工作的通知",
    issuer: str | None = "云川市人民政府",
    signed: date | None = date(2024, 3, 4),
    issue: str | None = "2024-1",
    position: int = 0,
    headings: dict[str, int] | None = None,
    rows: list[list[str]] | None = None,
    header_rows: int = 1,
    origin: Source | None = None,
) -> Document:
    """`headings`: which of the paragraphs are headings, with their level; `rows`: one table at the end."""
    lines: list[Line] = [(BlockKind.TITLE, title)]
    lines += [(BlockKind.NUMBER, number)] if number else []
    lines += [(BlockKind.HEADING if text in (headings or {}) else BlockKind.PARAGRAPH, text) for text in paragraphs]
    text = "\n".join(line for _, line in lines)
    blocks = _blocks(lines, headings or {})
    table = _table(rows, len(text) + 1, header_rows) if rows else None
    if table and rows:
        text += "\n" + "\n".join("\t".join(row) for row in rows)
        blocks.append(Block(BlockKind.TABLE, table.span, table=0))
    return Document(
        id=document_id(number, title, issuer, signed),
        number=number,
        title=title,
        issuer=issuer,
        signed=signed,
        text=text,
        blocks=tuple(blocks),
        headings=tuple(
            Heading(b.level, b.span.of(text), b.span) for b in blocks if b.kind is BlockKind.HEADING and b.level
        ),
        tables=(table,) if table else (),
        attachments=(),
        source=origin or source(),
        issue=issue,
        position=position,
    )


def issue(*documents: Document, name: str = "yunchuan.txt", kind: SourceKind = SourceKind.TEXT) -> Issue:
    return Issue(source=source(name, kind), documents=documents, id="2024-1", title="云川市人民政府公报", year=2024)


def _blocks(lines: list[Line], headings: dict[str, int]) -> list[Block]:
    blocks, at = [], 0
    for kind, text in lines:
        blocks.append(Block(kind, Span(at, at + len(text)), level=headings.get(text)))
        at += len(text) + 1
    return blocks


def _table(rows: list[list[str]], start: int, header_rows: int) -> Table:
    cells, at = [], start
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            cells.append(Cell(r, c, 1, 1, r < header_rows, text, Span(at, at + len(text))))
            at += len(text) + 1
    return Table("", None, None, len(rows), len(rows[0]), header_rows, tuple(cells), Span(start, at - 1))
