"""Documents in the layout of official ones (GB/T 9704-2012): A4, its margins, 小标宋 titles, 仿宋 text, page numbers.

The faces are named as offices have them; where one is missing, the font table of the file names what may stand in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TITLE, BODY, HEAD, SUBHEAD, NUMBERS = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
_FALLBACKS = {TITLE: "宋体", BODY: "仿宋", HEAD: "SimHei", SUBHEAD: "楷体", NUMBERS: "SimSun"}
_UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML cannot hold


@dataclass(frozen=True, slots=True)
class Layout:
    """Of GB/T 9704-2012: the page in mm, sizes in points (二号 22, 三号 16, 四号 14, 小四 12), lines of 28 points."""

    width: float = 210
    height: float = 297
    top: float = 37
    bottom: float = 35
    left: float = 28
    right: float = 26
    title: float = 22
    body: float = 16
    page_number: float = 14
    table: float = 10.5
    cell: float = 1  # mm beside the text of a cell
    line: float = 28


_LAYOUT = Layout()


class Official:
    """One document as it is written, top to bottom."""

    def __init__(self, title: str, *, landscape: bool = False) -> None:
        self._document: Any = docx.Document()
        self._document.core_properties.title = title
        self._document.core_properties.author = ""
        self._document.core_properties.comments = ""
        _set_page(self._document.sections[0], landscape)
        _set_styles(self._document)
        _name_fallbacks(self._document)
        self._line(title, TITLE, _LAYOUT.title, WD_ALIGN_PARAGRAPH.CENTER, line=35)
        self._line("", BODY, _LAYOUT.body, WD_ALIGN_PARAGRAPH.LEFT)

    def addressee(self, text: str) -> None:
        """主送机关, from the left edge."""
        self._line(f"{text}：", BODY, _LAYOUT.body, WD_ALIGN_PARAGRAPH.LEFT)

    def paragraph(self, text: str) -> None:
        self._line(text, BODY, _LAYOUT.body, WD_ALIGN_PARAGRAPH.JUSTIFY, indent=True)

    def heading(self, text: str) -> None:
        """一、 in 黑体."""
        self._line(text, HEAD, _LAYOUT.body, WD_ALIGN_PARAGRAPH.JUSTIFY, indent=True)

    def note(self, text: str) -> None:
        """In the middle, under a title."""
        self._line(text, SUBHEAD, _LAYOUT.body, WD_ALIGN_PARAGRAPH.CENTER)

    def signature(self, issuer: str, day: str) -> None:
        """发文机关署名 and 成文日期, to the right, the date four characters from the edge."""
        self._line("", BODY, _LAYOUT.body, WD_ALIGN_PARAGRAPH.LEFT)
        for text in filter(None, (issuer, day)):
            line = self._line(text, BODY, _LAYOUT.body, WD_ALIGN_PARAGRAPH.RIGHT)
            line.paragraph_format.right_indent = Pt(4 * _LAYOUT.body)

    def table(
        self,
        heads: Sequence[str],
        widths: Sequence[float],
        rows: Iterable[Sequence[str]],
        centred: Collection[int] = (),
    ) -> None:
        """Ruled, its header repeated on each page, no row cut; `widths` in any unit, shared out over the page;
        `centred`: places of columns."""
        table = self._document.add_table(rows=1, cols=len(heads))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        _set_cell_margins(table)
        shares = self._shares(widths)
        for column, share in zip(table.columns, shares, strict=True):
            column.width = share  # the grid: WPS and LibreOffice read it, not the widths of cells
        _fill(table.rows[0], heads, shares, range(len(heads)), bold=True)
        _mark(table.rows[0], "w:tblHeader")
        for row in rows:
            added = table.add_row()
            _fill(added, row, shares, centred)
            _mark(added, "w:cantSplit")

    def save(self, target: BinaryIO) -> None:
        self._document.save(target)

    def _shares(self, widths: Sequence[float]) -> list[Mm]:
        section = self._document.sections[0]
        room = (section.page_width - section.left_margin - section.right_margin) / Mm(1)
        return [Mm(room * width / sum(widths)) for width in widths]

    def _line(
        self, text: str, font: str, size: float, align: Any, *, indent: bool = False, line: float = _LAYOUT.line
    ) -> Any:
        paragraph = self._document.add_paragraph()
        paragraph.alignment = align
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = Pt(line)
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(2 * size)
        _add_run(paragraph, text, font, size)
        return paragraph


def _set_page(section: Any, landscape: bool) -> None:
    sizes = (Mm(_LAYOUT.width), Mm(_LAYOUT.height))
    section.page_width, section.page_height = reversed(sizes) if landscape else sizes
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    margins = (_LAYOUT.top, _LAYOUT.right, _LAYOUT.bottom, _LAYOUT.left)
    if landscape:  # turned a quarter, so that the sheet is bound at the same edge
        margins = (_LAYOUT.left, _LAYOUT.top, _LAYOUT.right, _LAYOUT.bottom)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, margins)
    section.footer_distance = Mm(margins[2] - 7)  # 7 mm below the text
    _number_pages(section)


def _number_pages(section: Any) -> None:
    """— 1 —, 四号宋体, to the right on odd pages and to the left on even ones."""
    section.different_first_page_header_footer = False
    footers = [(section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)]
    for footer, align in footers:
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        _add_run(paragraph, "— ", NUMBERS, _LAYOUT.page_number)
        _add_field(paragraph, "PAGE")
        _add_run(paragraph, " —", NUMBERS, _LAYOUT.page_number)


def _set_styles(document: Any) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(_LAYOUT.body)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)


def _name_fallbacks(document: Any) -> None:
    """The font table says what may stand in for a face that is not installed."""
    part = next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable"))
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _FALLBACKS.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", f"{entries}</w:fonts>".encode())


def _add_run(paragraph: Any, text: str, font: str, size: float) -> None:
    run = paragraph.add_run(_UNSAFE.sub("", text))
    run.font.size, run.font.name, run.font.bold = Pt(size), font, False
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)


def _add_field(paragraph: Any, name: str) -> None:
    run = paragraph.add_run()
    run.font.size, run.font.name = Pt(_LAYOUT.page_number), NUMBERS
    for kind, text in (("begin", None), (None, name), ("end", None)):
        element = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), kind)
        run._element.append(element)


def _set_cell_margins(table: Any) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), str(Mm(_LAYOUT.cell).twips))
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(margins)  # in the order of the schema


def _fill(
    row: Any, texts: Sequence[str], widths: Sequence[Mm], centred: Collection[int], *, bold: bool = False
) -> None:
    for at, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if at in centred else WD_ALIGN_PARAGRAPH.LEFT
        _add_run(paragraph, text, HEAD if bold else BODY, _LAYOUT.table)


def _mark(row: Any, name: str) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement(name))
