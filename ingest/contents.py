"""The 目录: which pages it takes, what it lists, and whether the issue keeps its word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongbao.corpus.language.document_numbers import ORDINAL, PRINTED
from gongbao.corpus.language.width import folded
from gongbao.ingest.heads import is_masthead
from gongbao.ingest.layout import Line
from gongbao.ingest.patterns import CONTENTS, HAN, find_number

_LEADER = re.compile(r"^(?P<text>.*?)[\s….·・．。_\-—]{3,}+[（(]?\s*(?P<page>\d{1,4})\s*[)）]?\s*$")
_SPACED = re.compile(r"^(?P<text>.*\S)[\s\u3000]+[（(]?(?P<page>\d{1,4})[)）]?\s*$")
_SECTION = re.compile(r"[【\[〖●◆■▲·•★☆]\s*(?P<section>[^【】\[\]\d]{2,20}?)\s*[】\]〗·•★☆]?")
_BRACKETED = re.compile(rf"[（(]\s*(?P<number>{PRINTED})\s*[)）]\s*$")
_ORDERED = re.compile(rf"\s*[（(]\s*(?P<number>(?:[{HAN}]{{1,24}}令\s*)?{ORDINAL})\s*[)）]\s*$")
_FRONT = 12  # pages within which a 目录 begins
_MIN_ENTRIES = 2
_HEAD_LINES = 4


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the 目录: `page` is the printed one, 0 where none is."""

    title: str
    number: str | None
    page: int
    section: str | None


@dataclass(frozen=True, slots=True)
class Contents:
    """`lines`: by page, the lines that the 目录 takes: all of a page, or those below the word on a cover."""

    lines: Mapping[int, Sequence[Line]] = field(default_factory=dict)
    entries: tuple[ContentsLine, ...] = ()


def read_contents(pages: Mapping[int, Sequence[Line]]) -> Contents:
    """`pages`: page number → its lines in reading order, furniture left out."""
    taken: dict[int, Sequence[Line]] = {}
    last = 0
    for number in sorted(pages)[: _FRONT + 8]:
        lines = pages[number]
        below = _below_the_word(lines) if not taken and number <= _FRONT else []
        listed = sum(1 for line in below or lines if _ends_entry(line.text))
        heads = below and (listed >= _MIN_ENTRIES or not any("。" in line.text for line in below))
        follows = bool(taken) and number == last + 1
        if heads:
            taken[number], last = below, number
        elif follows and (listed >= max(_MIN_ENTRIES, 0.2 * len(lines)) or _is_rest(lines)):
            taken[number], last = lines, number
        elif taken:
            break
    return Contents(taken, tuple(read_entries([line.text for part in taken.values() for line in part])))


def _below_the_word(lines: Sequence[Line]) -> Sequence[Line]:
    """From 目录 on: at the head of a page all of it, on a cover what stands below, as far as entries go."""
    start = next((i for i, line in enumerate(lines) if CONTENTS.fullmatch(line.text.strip())), None)
    if start is None:
        return []
    if start < _HEAD_LINES:
        return lines if not any(is_masthead(line.text) for line in lines[:start]) else lines[start:]
    return lines[start:]


def _is_rest(lines: Sequence[Line]) -> bool:
    """The last few lines of a 目录 on a page of their own."""
    return 0 < len(lines) <= 6 and _match(lines[-1].text) is not None


def _ends_entry(text: str) -> bool:
    """With a page number, or with the document's number in brackets."""
    return _match(text) is not None or _BRACKETED.search(text) is not None


def leads_to_page(text: str) -> bool:
    """A line with dots or blanks before a page number."""
    return _match(text) is not None


def _match(text: str) -> re.Match[str] | None:
    return _LEADER.match(text) or _SPACED.match(text)


def read_entries(lines: Sequence[str]) -> list[ContentsLine]:
    """The entries of a 目录 from its lines as printed."""
    entries: list[ContentsLine] = []
    section: str | None = None
    held: list[str] = []
    for line in lines:
        text = line.strip()
        if CONTENTS.fullmatch(text):
            continue
        found = _match(text)
        named = _SECTION.fullmatch(text)
        if named and not found and not held:
            section = named["section"]
        elif found:
            entries.append(_entry([*held, found["text"].strip()], int(found["page"]), section))
            held = []
        elif _BRACKETED.search("".join([*held, text])):
            entries.append(_entry([*held, text], 0, section))
            held = []
        else:
            held.append(text)
    return entries


def _entry(lines: list[str], page: int, section: str | None) -> ContentsLine:
    """The lines of one entry; the number stands on a line of its own, or in brackets after the title."""
    numbers = [number for line in lines if (number := find_number(line))]
    title = "".join(line for line in lines if not find_number(line))
    bracketed = _BRACKETED.search(title) or _ORDERED.search(title)
    if not numbers and bracketed:
        numbers, title = [bracketed["number"]], title[: bracketed.start()]
    return ContentsLine(title.strip("…. ·"), folded(numbers[0]) if numbers else None, page, section)


def differences(contents: Contents, found: Sequence[tuple[str, str | None, int | None]]) -> list[str]:
    """What the 目录 lists and the issue lacks, and the other way round; `found`: (title, number, first page)."""
    if not contents.entries:
        return []
    titles = {folded(title) for title, _, _ in found}
    numbers = {folded(number) for _, number, _ in found if number}
    notes = [
        f"目录列有《{entry.title}》{f'（第 {entry.page} 页）' if entry.page else ''}，正文中没有找到"
        for entry in contents.entries
        if folded(entry.title) not in titles and entry.number not in numbers
    ]
    listed = {folded(entry.title) for entry in contents.entries}
    listed_numbers = {entry.number for entry in contents.entries}
    notes += [
        f"正文第 {page} 页的《{title}》不在目录中"
        for title, number, page in found
        if folded(title) not in listed and (number is None or folded(number) not in listed_numbers)
    ]
    return notes
