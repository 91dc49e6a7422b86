"""A web page, or one saved as MHTML → its document without navigation, sharing and footer, and what its box says.

The document is the smallest part of the page that holds nearly all of its running text; what stands
elsewhere is kept as furniture. Pages of government sites repeat number, issuer and dates in a box
over the document and in meta elements; both fill what the text itself does not say.
"""

from __future__ import annotations

import email
import email.policy
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from gongbao.corpus.errors import DamagedFile, EmptyFile, TooLarge
from gongbao.corpus.language.width import folded
from gongbao.ingest.characters import fold
from gongbao.ingest.office.facts import PageFacts, is_box, read_said
from gongbao.ingest.office.pieces import Para, Piece, make_table, spread, to_flow
from gongbao.ingest.paragraphs import Align
from gongbao.ingest.text import TextFlow
from lxml import etree, html

Element = Any

_WORDS = tomllib.loads(files("gongbao.ingest.office").joinpath("web.toml").read_text("utf-8"))
_TAGS = frozenset(_WORDS["tags"])
_PART = re.compile(rf"(?:^|[\s_-])(?:{'|'.join(map(re.escape, _WORDS['parts']))})(?:$|[\s_-])", re.IGNORECASE)
_LINE = tuple(_WORDS["lines"])
_BLOCKS = frozenset(_WORDS["blocks"])
_UNSEEN = frozenset(("script", "style", "noscript", "template", "iframe", "object", "svg"))
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_RIGHT = re.compile(r"text-align\s*:\s*right", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), " ")  # which XML cannot hold
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_PARTED = re.compile(r"\s*[-_|–—]\s*")


@dataclass(frozen=True, slots=True)
class WebTolerances:
    """`share`: of the running text that the document's part holds, tried on pages with long side columns;
    `running`: characters from which a text is running text; `most`: bytes of a page; `span`: of one cell."""

    share: float = 0.8
    running: int = 12
    most: int = 40 * 1024**2
    span: int = 1000


TOLERANCES = WebTolerances()


@dataclass(slots=True)
class _WebPage:
    said: PageFacts
    beside: list[str] = field(default_factory=list)


def read_web(path: Path, name: str) -> TextFlow:
    return _read(_decoded(_bytes(path, name)), name)


def read_web_archive(path: Path, name: str) -> TextFlow:
    """The first page of an MHTML file."""
    message = email.message_from_bytes(_bytes(path, name), policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data.strip():
                return _read(_decoded(data, part.get_content_charset()), name)
    raise DamagedFile(f"{name} 里没有网页", "在浏览器中重新保存为网页或 PDF 后再读入")


def _bytes(path: Path, name: str) -> bytes:
    if path.stat().st_size > TOLERANCES.most:
        raise TooLarge(f"{name} 超过 {TOLERANCES.most // 1024**2} MB", "在浏览器中另存为 PDF 后再读入")
    return path.read_bytes()


def _decoded(data: bytes, named: str | None = None) -> str:
    """By its mark, by what it says of itself, else UTF-8 or GB 18030; a wrong name does not garble it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    said = _CHARSET.search(data[:4096])
    tries = ["utf-8-sig", named, said[1].decode() if said else None, "gb18030"]
    for encoding in tries:
        try:
            return data.decode("gb18030" if (encoding or "").lower() in ("gb2312", "gbk") else encoding or "utf-8-sig")
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("gb18030", "replace")


def _read(text: str, name: str) -> TextFlow:
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text.translate(_CONTROLS)))
    except (etree.ParserError, ValueError) as error:
        raise EmptyFile(f"{name} 没有文字", "重新取得这个文件") from error
    page = _WebPage(read_said(root))
    body = root.find("body")
    body = root if body is None else body
    _drop_furniture(body, page)
    content = _content(body)
    pieces = list(_pieces(content))
    page.beside.extend(_outside(body, content))
    pieces = [piece for piece in pieces if not _is_line_of_page(piece, page)]
    if not any(isinstance(piece, Para) for piece in pieces) and not pieces:
        raise EmptyFile(f"{name} 没有文字", "重新取得这个文件")
    flow = to_flow(_titled(pieces, page.said, root))
    return replace(flow, beside=tuple(page.beside), said=page.said)


def _is_line_of_page(piece: Piece, page: _WebPage) -> bool:
    """打印本页 and its like within the document; kept beside it."""
    if isinstance(piece, Para) and piece.text.strip().startswith(_LINE) and len(piece.text) < 80:
        page.beside.append(piece.text.strip())
        return True
    return False


# --- what is no document


def _drop_furniture(body: Element, page: _WebPage) -> None:
    """Out of the tree, its words kept."""
    for element in list(body.iter()):
        if not isinstance(element.tag, str):
            _remove(element)
        elif element.getparent() is not None and element is not body and (_is_furniture(element) or is_box(element)):
            if element.tag not in _UNSEEN:
                page.beside.extend(_lines(element))
            _remove(element)


def _is_furniture(element: Element) -> bool:
    if element.tag in _TAGS or _HIDDEN.search(element.get("style", "")):
        return True
    named = " ".join((element.get("class", ""), element.get("id", ""), element.get("role", "")))
    return bool(named.strip() and _PART.search(named)) and _running(element) < 20 * TOLERANCES.running


def _remove(element: Element) -> None:
    """With its place in the text: what follows it stays."""
    parent = element.getparent()
    if parent is not None:
        element.drop_tree() if isinstance(element, html.HtmlElement) else parent.remove(element)


def _outside(body: Element, content: Element) -> Iterator[str]:
    inside = set(content.iter())
    if content is body:
        return
    for element in body.iter():
        if element in inside or not isinstance(element.tag, str):
            continue
        own = [element.text or "", *(child.tail or "" for child in element)]
        yield from (line for part in own if (line := " ".join(part.split())))


# --- the document's part


def _content(body: Element) -> Element:
    """Down from the body as long as one child holds nearly all the running text."""
    weights = _weights(body)
    here = body
    while True:
        heavy = max(here, key=lambda child: weights.get(child, 0), default=None)
        whole = weights.get(here, 0)
        if heavy is None or _is_within(heavy) or weights.get(heavy, 0) < TOLERANCES.share * max(whole, 1):
            return here
        here = heavy


def _is_within(element: Element) -> bool:
    """A part of a document, never its whole; a table may be the frame of the page."""
    return element.tag in ("p", "span", "font") or (element.tag == "table" and _is_table(element))


def _weights(body: Element) -> dict[Element, int]:
    """Characters of running text in each part: long ones, or with a stop, outside links."""
    found: dict[Element, int] = {}
    for element in body.iter():
        own = 0 if element.tag == "a" else _own_weight(element)
        at = element
        while own and at is not None:
            found[at] = found.get(at, 0) + own
            at = at.getparent() if at is not body else None
    return found


def _own_weight(element: Element) -> int:
    parts = [element.text or "", *(child.tail or "" for child in element)]
    said = "".join("".join(part.split()) for part in parts)
    return len(said) if len(said) >= TOLERANCES.running or said.endswith(("。", "：", "；")) else 0


def _running(element: Element) -> int:
    return sum(_own_weight(each) for each in element.iter() if each.tag != "a" and isinstance(each.tag, str))


# --- its lines and tables


def _pieces(content: Element) -> Iterator[Piece]:
    """A table that only sets things side by side, or holds tables, is read through."""
    line = _WebLine()
    yield from _walk(content, line, Align.BODY)
    yield from line.take()


@dataclass(slots=True)
class _WebLine:
    parts: list[str] = field(default_factory=list)
    align: Align = Align.BODY
    bold: bool = False
    level: int = 0

    def take(self) -> Iterator[Para]:
        text = _plain("".join(self.parts))
        align = self.align if self.align is not Align.BODY else None
        if text:
            yield Para(text, align, bold=self.bold, level=self.level)
        self.parts, self.bold, self.level = [], False, 0


def _walk(element: Element, line: _WebLine, align: Align) -> Iterator[Piece]:
    if not isinstance(element.tag, str):
        return
    if element.tag == "br":
        yield from line.take()
        return
    if element.tag == "table" and _is_table(element):
        yield from line.take()
        cells = spread(_rows(element))
        if cells:
            caption = element.find("caption")
            yield make_table(cells, _head_rows(element), _plain(caption.text_content()) if caption is not None else "")
        return
    block = element.tag in _BLOCKS
    if block:
        yield from line.take()
        align = line.align = _align(element, align)
    if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        line.level = int(element.tag[1])
    line.bold = line.bold or element.tag in ("strong", "b")
    line.parts.append(element.text or "")
    for child in element:
        yield from _walk(child, line, align)
        line.align = align if block else line.align
        line.parts.append(child.tail or "")
    if block:
        yield from line.take()


def _align(element: Element, around: Align) -> Align:
    style = element.get("style", "")
    said = element.get("align", "").lower()
    if element.tag == "center" or said == "center" or _CENTRED.search(style):
        return Align.CENTRE
    if said == "right" or _RIGHT.search(style):
        return Align.RIGHT
    return Align.BODY if said in ("left", "justify") or "text-align" in style else around


def _is_table(element: Element) -> bool:
    """Of several rows and columns, without a table inside and without running paragraphs in one of few cells."""
    if element.find(".//table") is not None:
        return False
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
    if len(rows) < 2 or max(map(len, rows), default=0) < 2:
        return False
    cells = [cell for row in rows for cell in row]
    return len(cells) >= 4 or not any(len(cell.findall(".//p")) > 3 for cell in cells)


def _rows(table: Element) -> Iterator[list[tuple[str, int, int]]]:
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        yield [(_cell_text(cell), _span(cell, "rowspan"), _span(cell, "colspan")) for cell in cells]


def _cell_text(cell: Element) -> str:
    return "\n".join(_lines(cell))


def _span(cell: Element, name: str) -> int:
    said = cell.get(name, "1").strip()
    return max(1, min(int(said), TOLERANCES.span)) if said.isdigit() else 1


def _head_rows(table: Element) -> int | None:
    """Rows in a thead, or of th alone at the top; None where the page does not say."""
    head = table.find("thead")
    if head is not None:
        return len(head.findall("tr"))
    rows = list(table.iter("tr"))
    count = 0
    while count < len(rows) and len(rows[count]) and all(cell.tag == "th" for cell in rows[count]):
        count += 1
    return count or None


def _lines(element: Element) -> Iterator[str]:
    line = _WebLine()
    for piece in (*_walk(element, line, Align.BODY), *line.take()):
        if isinstance(piece, Para):
            yield piece.text


def _plain(text: str) -> str:
    return " ".join(text.replace("\u200b", "").replace("\ufeff", "").split())


# --- its title


def _titled(pieces: list[Piece], said: PageFacts, root: Element) -> list[Piece]:
    """With the title over it, where that stands in the page's head or in another part of it only."""
    title = said.title or _heading(root)
    if not title:
        return pieces
    key = folded(fold(title))
    opening = "".join(folded(fold(piece.text)) for piece in pieces[:8] if isinstance(piece, Para))
    if key in opening:
        return [*_as_title(pieces, key)]
    return [Para(title, Align.TITLE), *pieces]


def _as_title(pieces: list[Piece], key: str) -> Iterator[Piece]:
    """The lines that make the title together are set as such."""
    left = key
    for piece in pieces:
        text = folded(fold(piece.text)) if isinstance(piece, Para) else ""
        if left and text and isinstance(piece, Para) and left.startswith(text):
            left = left.removeprefix(text)
            yield replace(piece, align=Align.TITLE)
        else:
            yield piece


def _heading(root: Element) -> str:
    """The one heading of the page, or what its title element says before the site's name."""
    heads = [text for head in root.iter("h1") if len(text := _plain(head.text_content())) >= 6]
    if len(heads) == 1:
        return heads[0]
    title = root.findtext(".//title") or ""
    first = _PARTED.split(title.strip())[0].strip()
    return (
        first if first.endswith(("通知", "意见", "办法", "规定", "决定", "公告", "通报", "函", "方案", "条例")) else ""
    )
