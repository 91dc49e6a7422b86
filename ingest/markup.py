"""A text or Markdown file → its lines without mark-up: tags, emphasis, links, rules, page heads."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_TAG = re.compile(
    r"</?(?:p|div|span|br|ol|ul|li|b|i|u|em|strong|font|input|a|img|sup|sub|hr|center|h[1-6]|table|thead|tbody|tr|td|th)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BREAKING = re.compile(r"</?(?:p|div|br|li|tr|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\(([^()\s]*)\)")
_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,}|={3,})\s*")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_BOLD_LINE = re.compile(r"\s*(?:\*\*|__)(.+?)(?:\*\*|__)\s*$")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_BULLET = re.compile(r"^\s*[-*+]\s+(?=\S)")
_PAGE_NUMBER = re.compile(r"\s*(?:[—–\-－·.]\s*)+\d{1,4}(?:\s*[—–\-－·.])+\s*|\s*第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?\s*")
_HEAD = re.compile(r"公报|政报|\d\s*/\s*\d{4}|第\s*\d+\s*期")
_LONGEST_HEAD = 48
_RECURS = 2


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line that says something. `level`: of a Markdown heading, 0 none. `indented`: blanks before it.

    `apart`: a blank line stands before it. `columns`: cells where tabs or bars part them.
    """

    text: str
    level: int = 0
    bold: bool = False
    indented: bool = False
    apart: bool = False
    columns: tuple[str, ...] = ()


def width(text: str) -> float:
    """In ideographs: a Latin letter or digit counts half."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def read_lines(text: str, markdown: bool) -> tuple[list[TextLine], list[str]]:
    """The lines in order, and the page heads and numbers that were between them."""
    lines: list[TextLine] = []
    apart = False
    raw = _blank_lines_out(text)
    heads = _page_heads(raw)
    furniture: list[str] = []
    for line in raw:
        if not line.strip() or _RULE.fullmatch(line):
            apart = True
        elif line.strip() in heads or _PAGE_NUMBER.fullmatch(line):
            furniture.append(line.strip())
        else:
            made = _line(line, apart, markdown)
            lines.extend(made)
            apart = apart and not made
    return lines, furniture


def _blank_lines_out(text: str) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\u2028", "\n")
    return text.lstrip("\ufeff").split("\n")


def _page_heads(lines: Iterable[str]) -> set[str]:
    """Short lines that name the gazette and come back, whatever digits they hold."""
    found = [line.strip() for line in lines if 0 < len(line.strip()) <= _LONGEST_HEAD and _HEAD.search(line)]
    keys = Counter(_key(line) for line in found)
    return {line for line in found if keys[_key(line)] >= _RECURS and "·" in line + _marks(line)}


def _marks(line: str) -> str:
    """A head names the issue in figures: 1/2024, 2024年第1期."""
    return "·" if re.search(r"\d\s*/\s*\d{4}|\d{4}\s*年?\s*第\s*\d+\s*期", line) else ""


def _key(line: str) -> str:
    """Parts of a head change places on left and right pages."""
    return "".join(sorted(re.sub(r"\d+", "#", "".join(line.split()))))


def _line(line: str, apart: bool, markdown: bool) -> list[TextLine]:
    if "\t" in line.strip() or _is_barred(line.strip(), markdown):
        return [_row(line, apart)]
    level, bold = 0, False
    if markdown or _HEADING.match(line):
        heading, strong = _HEADING.match(line), _BOLD_LINE.match(line)
        if heading:
            level, line = len(heading[1]), heading[2]
        elif strong:
            bold, line = True, strong[1]
    if markdown:
        line = _BULLET.sub("", line)
    indented = line[:1] in "\u3000\t" or line.startswith("  ")
    texts = [text for part in _BREAKING.split(line) if (text := _plain(part))]
    return [TextLine(text, level, bold, indented or i > 0, apart and i == 0) for i, text in enumerate(texts)]


def _is_barred(line: str, markdown: bool) -> bool:
    """A row between bars; outside Markdown it must end with one as well."""
    return line.startswith("|") and line.count("|") >= 2 and (markdown or (line.endswith("|") and line.count("|") > 2))


def _row(line: str, apart: bool) -> TextLine:
    parts = line.strip("\n").split("\t") if "\t" in line else line.strip().strip("|").split("|")
    cells = tuple(_cell(part) for part in parts)
    return TextLine(" ".join(cell for cell in cells if cell), apart=apart, columns=cells)


def _cell(text: str) -> str:
    return "\n".join(plain for part in _BREAKING.split(text) if (plain := _plain(part)))


def _plain(text: str) -> str:
    """Without tags, emphasis, link targets and entities."""
    text = html.unescape(_TAG.sub("", text))
    text = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", text))
    return text.replace("\u200b", "").replace("\ufeff", "").strip()
