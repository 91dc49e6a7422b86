"""A gazette drawn by ReportLab: rules in one piece over a table, fonts that are not embedded among them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus import Table as Grid

from bench.looks.page import Look
from bench.looks.text import DrawnTable, Truth

_FONT = "STSong-Light"  # one of Adobe's, which readers have: not embedded
_GAP = 9 * mm
_HEAD = 46 * mm  # of the first page of a document: title and number


def draw(look: Look, truths: Sequence[Truth], file: Path) -> None:
    registerFont(UnicodeCIDFont(_FONT))
    document = BaseDocTemplate(str(file), pagesize=A4)
    document.addPageTemplates([_page("first", look, _HEAD), _page("later", look, 0.0)])
    flow: list[Any] = []
    for truth in truths:
        flow += [*([NextPageTemplate("first"), PageBreak()] if flow else []), *_flow(look, truth)]
    document.build(flow)


def _page(name: str, look: Look, head: float) -> PageTemplate:
    """Frames of the columns, on a first page under one across."""
    left, width, top = look.margin * mm, A4[0] - 2 * look.margin * mm, A4[1] - 25 * mm
    wide = (width - (look.columns - 1) * _GAP) / look.columns
    bare = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
    frames = [Frame(left + c * (wide + _GAP), 25 * mm, wide, top - 25 * mm - head, **bare) for c in range(look.columns)]
    across = [Frame(left, top - head, width, head, **bare)] if head else []
    return PageTemplate(name, [*across, *frames], onPage=partial(_furniture, look))


def _furniture(look: Look, canvas: Any, document: Any) -> None:
    canvas.setFont(_FONT, 9)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 15 * mm, look.head)
    canvas.drawCentredString(A4[0] / 2, 15 * mm, look.folio.format(document.page))


def _flow(look: Look, truth: Truth) -> list[Any]:
    from reportlab.platypus import FrameBreak

    text = partial(_text, look)
    flow = [
        Spacer(1, look.size),
        text(truth.title, TA_CENTER, 1.6),
        text(truth.number, TA_CENTER),
        NextPageTemplate("later"),
        FrameBreak(),
    ]
    last = len(truth.paragraphs) - 2
    for place, item in enumerate(truth.paragraphs):
        if isinstance(item, DrawnTable):
            flow += [text(item.caption, TA_CENTER), _grid(look, item), Spacer(1, 0.5 * look.size)]
        else:
            flow.append(text(item, TA_RIGHT if place >= last else TA_JUSTIFY, indent=2.0 if 0 < place < last else 0.0))
    return flow


def _text(look: Look, text: str, alignment: int, times: float = 1.0, indent: float = 0.0) -> Paragraph:
    size = times * look.size
    style = ParagraphStyle(
        "text", fontName=_FONT, fontSize=size, leading=size * (1.5 if times > 1 else look.leading), wordWrap="CJK"
    )
    style.alignment, style.firstLineIndent = alignment, indent * look.size
    return Paragraph(text, style)


def _grid(look: Look, table: DrawnTable) -> Grid:
    rows = [list(row) for row in table.rows]
    if table.spanner:
        rows.insert(0, [rows[0][0], table.spanner, "", *rows[0][3:]])
        rows[1] = ["", rows[1][1], rows[1][2], *("" for _ in rows[1][3:])]
    small = ParagraphStyle("cell", fontName=_FONT, fontSize=0.85 * look.size, leading=1.19 * look.size, wordWrap="CJK")
    width = (A4[0] - 2 * look.margin * mm - (look.columns - 1) * _GAP) / look.columns
    shares = [max(len(row[c]) for row in table.rows) ** 0.6 for c in range(len(rows[0]))]
    cells = [[Paragraph(cell, small) for cell in row] for row in rows]
    made = Grid(cells, [width * share / sum(shares) for share in shares], repeatRows=0)
    made.setStyle(_commands(look, table, len(rows), len(rows[0])))
    return made


def _commands(look: Look, table: DrawnTable, rows: int, columns: int) -> list[tuple[Any, ...]]:
    heads = 2 if table.spanner else 1
    out: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE" if look.middle else "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
    if table.spanner:
        out += [("SPAN", (1, 0), (2, 0)), *(("SPAN", (c, 0), (c, 1)) for c in range(columns) if c not in (1, 2))]
    return out + _rules(table.style, heads, columns) + _shade(table.style, heads, rows)


def _rules(style: str, heads: int, columns: int) -> list[tuple[Any, ...]]:
    each = ("LINEBELOW", (0, 0), (-1, -1), 0.5, black)
    walls = [("LINEAFTER", (c, 0), (c, -1), 0.5, black) for c in range(columns - 1)]
    if style == "grid":
        return [("GRID", (0, 0), (-1, -1), 0.6, black)]
    if style == "boxed header":
        return [("GRID", (0, 0), (-1, heads - 1), 0.6, black), each]
    if style == "three lines":
        inner = ("LINEBELOW", (0, heads - 1), (-1, heads - 1), 0.6, black)
        return [("LINEABOVE", (0, 0), (-1, 0), 1.2, black), inner, ("LINEBELOW", (0, -1), (-1, -1), 1.2, black)]
    if style == "rows ruled":
        return [("LINEABOVE", (0, 0), (-1, 0), 0.5, black), each]
    if style == "no side walls":
        return [("LINEABOVE", (0, 0), (-1, 0), 0.5, black), each, *walls]
    return {"one upright": [each, *walls[:1]], "two uprights": [each, *walls[:2]]}.get(style, [])


def _shade(style: str, heads: int, rows: int) -> list[tuple[Any, ...]]:
    if style != "striped":
        return []
    odd = [("BACKGROUND", (0, r), (-1, r), HexColor("#e4e4e4")) for r in range(heads + 1, rows, 2)]
    return [("BACKGROUND", (0, 0), (-1, heads - 1), HexColor("#bbbbbb")), *odd]
