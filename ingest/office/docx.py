"""DOCX → lines and tables as they are set: titles, alignment, sizes, numbers; by its own XML (ECMA-376 part 1, 17).

Nothing printed is left out: content controls, insertions, text boxes, notes and automatic numbers
are read; deletions are not. Headers and footers are furniture.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gongbao.corpus.errors import DamagedFile
from gongbao.ingest.archives import open_archive
from gongbao.ingest.office.numbering import OfficeNumbering, value_of
from gongbao.ingest.office.pieces import Para, Piece, Spanned, check_table, make_table, to_flow
from gongbao.ingest.paragraphs import Align
from gongbao.ingest.tables import RawTable
from gongbao.ingest.text import TextFlow
from gongbao.ingest.xml import Element, children, find, local, part

_LARGE = 1.13  # of the body's size
_USUAL = 12.0  # points, where the document names no size
_INDENT = 10.0  # em: set in so far that it is a signature
_TWIPS = 20.0  # to the point
_DEPTH = 12  # of styles upon styles, and of tables in tables
_AROUND = frozenset(("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple"))
_GONE = frozenset(("del", "moveFrom", "Fallback", "rPr", "pPr"))
_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Style:
    """None where neither the style nor what it builds on says."""

    name: str = ""
    align: str | None = None
    size: float | None = None
    bold: bool | None = None
    indent: float | None = None
    level: int = 0
    list: str | None = None
    depth: int = 0


@dataclass(slots=True)
class _Book:
    styles: dict[str, _Style]
    usual: str
    numbering: OfficeNumbering
    body: float = _USUAL
    boxes: list[Element] = field(default_factory=list)


def read_docx(path: Path, name: str) -> TextFlow:
    """DamagedFile where the file, known by `name`, is no DOCX; TooLarge where it unpacks to too much."""
    with open_archive(path, name) as archive:
        main = _main(archive)
        root = part(archive, main, name)
        body = find(root, "body") if root is not None else None
        if body is None:
            raise DamagedFile(f"{name} 不是可读的 DOCX 文件", "另存为 DOCX 或 PDF 后再读入")
        styles, usual = _styles(part(archive, "word/styles.xml", name))
        book = _Book(styles, usual, OfficeNumbering.read(part(archive, "word/numbering.xml", name)))
        book.body = _body_size(body, book)
        pieces = [*_pieces(body, book, _DEPTH), *_notes(archive, book, name)]
        return to_flow(pieces, tuple(_margins(archive, book, name)))


def _main(archive: zipfile.ZipFile) -> str:
    """The document's part has its usual name, but for some makers' number or case."""
    names = archive.namelist()
    found = (each for each in names if re.fullmatch(r"word/document\d*\.xml", each, re.IGNORECASE))
    return next(found, "word/document.xml")


# --- styles


def _styles(root: Element | None) -> tuple[dict[str, _Style], str]:
    """Each with what it builds on, and the id of the usual one."""
    if root is None:
        return {}, ""
    elements = {value_of(each, "styleId"): each for each in children(root, "style")}
    default = find(root, "docDefaults", "rPrDefault", "rPr")
    base = _said(None, default) if default is not None else _Style()
    found = {key: _resolved(key, elements, base, _DEPTH) for key in elements}
    usual = next(
        (k for k, e in elements.items() if value_of(e, "default") == "1" and value_of(e, "type") == "paragraph"), ""
    )
    return found, usual


def _resolved(key: str, elements: dict[str, Element], base: _Style, depth: int) -> _Style:
    element = elements.get(key)
    if element is None or not depth:
        return base
    parent = value_of(find(element, "basedOn"), "val")
    under = _resolved(parent, elements, base, depth - 1)
    own = _said(find(element, "pPr"), find(element, "rPr"))
    name = value_of(find(element, "name"), "val")
    heading = _HEADING.match(name)
    return _over(under, own, name, int(heading[1]) if heading else under.level)


def _over(under: _Style, own: _Style, name: str = "", level: int = 0) -> _Style:
    return _Style(
        name or under.name,
        under.align if own.align is None else own.align,
        under.size if own.size is None else own.size,
        under.bold if own.bold is None else own.bold,
        under.indent if own.indent is None else own.indent,
        own.level or level,
        under.list if own.list is None else own.list,
        own.depth if own.list is not None else under.depth,
    )


def _said(paragraph: Element | None, run: Element | None) -> _Style:
    """What pPr and rPr say themselves."""
    size = value_of(find(run, "sz"), "val") if run is not None else ""
    bold = find(run, "b") if run is not None else None
    if paragraph is None:
        return _Style(size=_number(size, 2), bold=_is_on(bold))
    indent = find(paragraph, "ind")
    left = value_of(indent, "left") or value_of(indent, "start")
    numbered = find(paragraph, "numPr")
    level = value_of(find(paragraph, "outlineLvl"), "val")
    return _Style(
        align=value_of(find(paragraph, "jc"), "val") or None,
        size=_number(size, 2),
        bold=_is_on(bold),
        indent=_number(left, _TWIPS),
        level=int(level) + 1 if level.isdigit() and int(level) < 9 else 0,
        list=value_of(find(numbered, "numId"), "val") if numbered is not None else None,
        depth=int(_number(value_of(find(numbered, "ilvl"), "val"), 1) or 0) if numbered is not None else 0,
    )


def _number(text: str, parts: float) -> float | None:
    try:
        return float(text) / parts
    except ValueError:
        return None


def _is_on(element: Element | None) -> bool | None:
    return None if element is None else value_of(element, "val") not in ("0", "false", "off")


# --- paragraphs


def _pieces(element: Element, book: _Book, depth: int) -> Iterator[Piece]:
    for child in element:
        kind = local(child)
        if kind == "p":
            yield _paragraph(child, book)
            for box in _taken(book):
                yield from _pieces(box, book, depth - 1) if depth else ()
        elif kind == "tbl" and depth:
            if (table := _table(child, book, depth)) is not None:
                yield table
        elif kind in _AROUND:
            yield from _pieces(child, book, depth)


def _taken(book: _Book) -> list[Element]:
    boxes, book.boxes = book.boxes, []
    return boxes


def _paragraph(element: Element, book: _Book) -> Para:
    style, runs = _style_of(element, book), [run for run in element.iter(f"{_space(element)}r") if _has_text(run)]
    first = _said(None, find(runs[0], "rPr")) if runs else _Style()
    size = first.size or style.size or book.body
    label = book.numbering.label(style.list or "", style.depth) if style.list else ""
    text = "".join(_text(element, book)).strip(" \t")
    bold = any(_said(None, find(run, "rPr")).bold for run in runs)
    return Para(label + text if text.strip() else "", _align(style, size, book.body), size, bold, style.level)


def _style_of(element: Element, book: _Book) -> _Style:
    own = find(element, "pPr")
    named = value_of(find(own, "pStyle"), "val") if own is not None else ""
    style = book.styles.get(named) or book.styles.get(book.usual) or _Style()
    return _over(style, _said(own, None), level=style.level) if own is not None else style


def _space(element: Element) -> str:
    """{namespace} of the element: transitional and strict files differ."""
    return str(element.tag)[: str(element.tag).rindex("}") + 1]


def _has_text(run: Element) -> bool:
    return any((child.text or "").strip() for child in children(run, "t"))


def _align(style: _Style, size: float, body: float) -> Align:
    centred = style.align == "center"
    if style.name == "Title" or (centred and size >= _LARGE * body):
        return Align.TITLE
    if centred:
        return Align.CENTRE
    far = style.indent is not None and style.indent > _INDENT * body
    return Align.RIGHT if style.align in ("right", "end") or far else Align.BODY


def _text(element: Element, book: _Book) -> Iterator[str]:
    """Of the runs in order; text boxes are put aside, to be read after the paragraph."""
    for child in element:
        kind = local(child)
        if kind == "t":
            yield child.text or ""
        elif kind in ("br", "cr"):
            yield "\n" if value_of(child, "type") in ("", "textWrapping") else ""
        elif kind == "tab":
            yield "\t"
        elif kind == "noBreakHyphen":
            yield "-"
        elif kind == "txbxContent":
            book.boxes.append(child)
        elif kind not in _GONE:
            yield from _text(child, book)


def _body_size(body: Element, book: _Book) -> float:
    votes: Counter[float] = Counter()
    space = _space(body)
    for element in body.iter(f"{space}p"):
        style = _style_of(element, book)
        for run in element.iter(f"{space}r"):
            said = value_of(find(run, "rPr", "sz"), "val")
            length = sum(len(child.text or "") for child in children(run, "t"))
            votes[_number(said, 2) or style.size or _USUAL] += length
    return votes.most_common(1)[0][0] if votes.total() else _USUAL


# --- tables


def _table(table: Element, book: _Book, depth: int) -> RawTable | None:
    """None for one without rows. A cell that spans more columns than any page has raises TooLarge."""
    cells: dict[int, Spanned] = {}  # by column: what may go on in the next row
    done: list[Spanned] = []
    rows = list(_within(table, "tr"))
    for at, row in enumerate(rows):
        col = int(_number(value_of(find(row, "trPr", "gridBefore"), "val"), 1) or 0)
        for cell in _within(row, "tc"):
            wide = max(1, int(_number(value_of(find(cell, "tcPr", "gridSpan"), "val"), 1) or 1))
            check_table(col + wide, at + 1)
            merged = find(cell, "tcPr", "vMerge")
            above = cells.get(col)
            text = "\n".join(_cell_lines(cell, book, depth))
            if merged is not None and value_of(merged, "val") != "restart" and above and above.row + above.rows == at:
                text = f"{above.text}\n{text}" if text.strip() else above.text
                cells[col] = Spanned(above.row, col, above.rows + 1, above.cols, text)
            else:
                done.extend([above] if above else [])
                cells[col] = Spanned(at, col, 1, wide, text)
            col += wide
    done.extend(cells.values())
    return make_table(sorted(done, key=lambda cell: (cell.row, cell.col)), _head(rows)) if done else None


def _within(element: Element, name: str) -> Iterator[Element]:
    """Rows or cells, in content controls too."""
    for child in element:
        if local(child) == name:
            yield child
        elif local(child) in _AROUND:
            yield from _within(child, name)


def _head(rows: list[Element]) -> int | None:
    """Rows that are repeated on each page; None where none is."""
    count = 0
    while count < len(rows) and _is_on(find(rows[count], "trPr", "tblHeader")):
        count += 1
    return count if 0 < count < len(rows) else None


def _cell_lines(cell: Element, book: _Book, depth: int) -> Iterator[str]:
    for piece in _pieces(cell, book, depth - 1):
        if isinstance(piece, Para):
            yield piece.text
        else:
            yield from ("\t".join(row) for row in piece.grid())


# --- beside the text


def _notes(archive: zipfile.ZipFile, book: _Book, name: str) -> Iterator[Piece]:
    """Foot- and endnotes, after the text; lines that only part them are none."""
    for kind in ("footnote", "endnote"):
        root = part(archive, f"word/{kind}s.xml", name)
        for note in children(root, kind) if root is not None else ():
            if not value_of(note, "type"):
                yield from _pieces(note, book, _DEPTH)


def _margins(archive: zipfile.ZipFile, book: _Book, name: str) -> Iterator[str]:
    seen: set[str] = set()
    for member in sorted(filter(_MARGIN.fullmatch, archive.namelist())):
        root = part(archive, member, name)
        for piece in _pieces(root, book, _DEPTH) if root is not None else ():
            text = piece.text.strip() if isinstance(piece, Para) else ""
            if text and text not in seen:
                seen.add(text)
                yield text
