"""A gazette as DOCX, with borders and shade as offices set them in Word."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bench.looks.page import Look
from bench.looks.text import DrawnTable, Truth

_GAP = 12.5  # millimetres between columns, where nothing else is said
_THIN, _THICK = 4, 10  # eighths of a point


def draw(look: Look, truths: Sequence[Truth], file: Path) -> None:
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.size, normal.font.name = Pt(look.size), look.font
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), look.font)
    normal.paragraph_format.line_spacing = look.leading
    normal.paragraph_format.space_after = Pt(0)
    _frame(document.sections[0], look)
    for place, truth in enumerate(truths):
        _document(document, look, truth, first=place == 0)
    document.save(str(file))


def _frame(section: Any, look: Look) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(look.margin)
    section.top_margin = section.bottom_margin = Mm(25)
    section.header.paragraphs[0].text = look.head
    section.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, after = look.folio.split("{}")
    foot.add_run(before)
    run = foot.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        part.set(qn("w:fldCharType"), kind) if kind else setattr(part, "text", text)
        run._r.append(part)
    foot.add_run(after)


def _document(document: Any, look: Look, truth: Truth, *, first: bool) -> None:
    if not first:
        _columns(document.add_section(WD_SECTION.NEW_PAGE), 1)
    _line(document, truth.title, WD_ALIGN_PARAGRAPH.CENTER, 1.6 * look.size)
    _line(document, truth.number, WD_ALIGN_PARAGRAPH.CENTER)
    _columns(document.add_section(WD_SECTION.CONTINUOUS), look.columns)
    last = len(truth.paragraphs) - 2
    for place, item in enumerate(truth.paragraphs):
        if isinstance(item, DrawnTable):
            _table(document, look, item)
        elif place >= last:
            _line(document, item, WD_ALIGN_PARAGRAPH.RIGHT)
        else:
            paragraph = _line(document, item, WD_ALIGN_PARAGRAPH.JUSTIFY)
            paragraph.paragraph_format.first_line_indent = Pt(0 if place == 0 else 2 * look.size)


def _columns(section: Any, count: int) -> None:
    columns = section._sectPr.find(qn("w:cols"))
    if columns is None:
        columns = OxmlElement("w:cols")
        section._sectPr.append(columns)
    columns.set(qn("w:num"), str(count))


def _line(document: Any, text: str, alignment: WD_ALIGN_PARAGRAPH, size: float = 0.0) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = alignment
    run = paragraph.add_run(text)
    if size:
        run.font.size = Pt(size)
    return paragraph


def _table(document: Any, look: Look, table: DrawnTable) -> None:
    _line(document, table.caption, WD_ALIGN_PARAGRAPH.CENTER)
    rows = [list(row) for row in table.rows]
    heads = 1
    if table.spanner:
        rows.insert(0, [*rows[0]])
        heads = 2
    made = document.add_table(len(rows), len(rows[0]))
    made.autofit = False
    width = Mm((210 - 2 * look.margin - _GAP * (look.columns - 1)) / look.columns)
    shares = [max(len(row[c]) for row in rows) ** 0.6 for c in range(len(rows[0]))]
    for column, share in zip(made.columns, shares, strict=True):
        column.width = int(width * share / sum(shares))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            made.cell(r, c).width = made.columns[c].width
            merged = table.spanner and r < 2 and (c not in (1, 2) or r == 0)
            _cell(made.cell(r, c), "" if merged and (r == 1 or c in (1, 2)) else text, look, table.style)
            _borders(made.cell(r, c), table.style, r, c, (len(rows), len(row), heads))
    if table.spanner:
        made.cell(0, 1).merge(made.cell(0, 2)).paragraphs[0].add_run(table.spanner).font.size = Pt(0.85 * look.size)
        for c in (c for c in range(len(rows[0])) if c not in (1, 2)):
            made.cell(0, c).merge(made.cell(1, c))


def _cell(cell: Any, text: str, look: Look, style: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = 1.2
    paragraph.add_run(text).font.size = Pt(0.85 * look.size)
    if look.middle:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _borders(cell: Any, style: str, r: int, c: int, shape: tuple[int, int, int]) -> None:
    rows, _, heads = shape
    properties = cell._tc.get_or_add_tcPr()
    borders = OxmlElement("w:tcBorders")
    for side in sorted(_sides(style, r, c, shape), key=("top", "left", "bottom", "right").index):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:val"), "single")
        edge.set(qn("w:sz"), str(_THICK if style == "three lines" and (r, side) in _outer(rows) else _THIN))
        borders.append(edge)
    properties.append(borders)
    if style == "striped" and (r < heads or (r - heads) % 2):
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), "BBBBBB" if r < heads else "E4E4E4")
        properties.append(shade)


def _outer(rows: int) -> tuple[tuple[int, str], ...]:
    return (0, "top"), (rows - 1, "bottom")


def _sides(style: str, r: int, c: int, shape: tuple[int, int, int]) -> set[str]:
    """Which sides of a cell are drawn."""
    rows, columns, heads = shape
    if style == "grid" or (style == "boxed header" and r < heads):
        return {"top", "bottom", "left", "right"}
    if style == "three lines":
        return {side for side, at in (("top", 0), ("bottom", heads - 1), ("bottom", rows - 1)) if r == at}
    if style == "no side walls":
        return {"top", "bottom"} | ({"left"} if c else set()) | ({"right"} if c < columns - 1 else set())
    if style in ("striped", "unruled"):
        return set()
    walls = {"one upright": (0,), "two uprights": (0, 1)}.get(style, ())
    return {"bottom"} | ({"top"} if style == "rows ruled" and r == 0 else set()) | ({"right"} if c in walls else set())
