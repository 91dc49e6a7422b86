"""DOCX → paragraphs and tables, as the PDF road gives them, without places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from gongbao.corpus.errors import DamagedFile
from gongbao.ingest.archives import check_archive
from gongbao.ingest.characters import fold
from gongbao.ingest.cover import Flow
from gongbao.ingest.paragraphs import Align, Paragraph
from gongbao.ingest.tables import BLANK, RawCell, RawLine, RawTable
from gongbao.ingest.text import NOWHERE, TextFlow

_LARGE = 1.13  # of the body's size
_USUAL = 12.0  # points, where the document names no size
_INDENT = 10.0  # em: set in so far that it is a signature


def read_word(path: Path, name: str) -> TextFlow:
    """DamagedFile where the file, known by `name`, is no DOCX; TooLarge where it unpacks to too much."""
    check_archive(path, name)
    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise DamagedFile(f"{name} 不是可读的 DOCX 文件", "另存为 DOCX 或 PDF 后再读入") from error
    items = list(document.iter_inner_content())
    body = _body_size([item for item in items if isinstance(item, WordParagraph)])
    return TextFlow(tuple(_flow(items, body)), (), ())


def _flow(items: list[Any], body: float) -> Iterator[Flow]:
    held: list[WordParagraph] = []  # lines of one title
    for item in [*items, None]:
        if isinstance(item, WordParagraph) and _align(item, body) is Align.TITLE and item.text.strip():
            held.append(item)
            continue
        if held:
            yield _title(held, body)
            held = []
        if isinstance(item, WordParagraph) and item.text.strip():
            yield _paragraph(item, body)
        elif isinstance(item, WordTable):
            yield _table(item)


def _title(lines: list[WordParagraph], body: float) -> Paragraph:
    texts = tuple(fold(line.text.strip()) for line in lines)
    return Paragraph("".join(texts), Align.TITLE, _size(lines[0], body), _bold(lines[0]), lines=texts)


def _paragraph(item: WordParagraph, body: float) -> Paragraph:
    text = fold(item.text.strip()).replace("\n", "")
    return Paragraph(text, _align(item, body), _size(item, body), _bold(item), lines=(text,))


def _align(item: WordParagraph, body: float) -> Align:
    alignment = (
        item.alignment if item.alignment is not None else getattr(item.style, "paragraph_format", item).alignment
    )
    style = (item.style.name or "") if item.style is not None else ""
    if style == "Title" or (alignment == WD_ALIGN_PARAGRAPH.CENTER and _size(item, body) >= _LARGE * body):
        return Align.TITLE
    if alignment == WD_ALIGN_PARAGRAPH.CENTER:
        return Align.CENTRE
    left = item.paragraph_format.left_indent
    far = left is not None and left.pt > _INDENT * body
    return Align.RIGHT if alignment == WD_ALIGN_PARAGRAPH.RIGHT or far else Align.BODY


def _size(item: WordParagraph, body: float) -> float:
    """Points: of the first run that says, else of the style."""
    for run in item.runs:
        if run.text.strip() and run.font.size is not None:
            return float(run.font.size.pt)
    style = item.style
    while style is not None:
        if style.font.size is not None:
            return float(style.font.size.pt)
        style = style.base_style
    return body


def _bold(item: WordParagraph) -> bool:
    return any(run.bold for run in item.runs if run.text.strip())


def _body_size(items: list[WordParagraph]) -> float:
    votes: Counter[float] = Counter()
    for item in items:
        votes[_size(item, _USUAL)] += len(item.text)
    return votes.most_common(1)[0][0] if votes else _USUAL


def _table(table: WordTable) -> RawTable:
    """Merged cells come once for each place that they cover; they are one cell by their element."""
    grid = [[cell._tc for cell in row.cells] for row in table.rows]
    columns = max((len(row) for row in grid), default=0)
    places: dict[Any, list[tuple[int, int]]] = {}
    for r, row in enumerate(grid):
        for c, element in enumerate(row):
            places.setdefault(element, []).append((r, c))
    texts = {cell._tc: cell.text for row in table.rows for cell in row.cells}
    cells = tuple(_cell(where, texts[element]) for element, where in places.items())
    headed = int(len(grid) > 1 and all(texts[element].strip() for element in grid[0]))
    return RawTable((), len(grid), columns, tuple(float(c) for c in range(columns + 1)), cells, headed)


def _cell(where: list[tuple[int, int]], text: str) -> RawCell:
    rows, cols = [r for r, _ in where], [c for _, c in where]
    parts = [part for part in fold(text).split("\n") if part.strip()]
    lines = tuple(RawLine(0, part, (BLANK,) * len(part), "\n" if i else "") for i, part in enumerate(parts))
    return RawCell(min(rows), min(cols), max(rows) - min(rows) + 1, max(cols) - min(cols) + 1, NOWHERE, lines)
