"""Web pages that were printed or copied: their box, navigation and footer are no part of the document.

A page of a government site repeats number, issuer and dates in a box over the document; navigation stands above it, and
below it what one may do with the page and who keeps the site. What the box says fills what the document does not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from gongbao.corpus.document import Document, Furniture
from gongbao.corpus.ids import document_id
from gongbao.corpus.language.dates import is_day
from gongbao.ingest.furniture import label
from gongbao.ingest.layout import Line, Placed
from gongbao.ingest.office.facts import Said, is_label, say
from gongbao.ingest.patterns import HAN
from gongbao.ingest.read import PageReading
from gongbao.ingest.tables import RawTable

_WORDS = tomllib.loads(files("gongbao.ingest.office").joinpath("web.toml").read_text("utf-8"))
_NAMES = [name for names in _WORDS["facts"].values() for name in names if re.match(f"[{HAN}]", name)]
_SPACED = "|".join(r"\s*".join(name) for name in sorted(_NAMES, key=len, reverse=True))
_LABEL = re.compile(rf"(?:^|(?<=[\s\u3000|;；\]】]))[\[【]?(?P<name>{_SPACED})[\]】]?\s*[：:]")
_LINE = tuple(_WORDS["lines"])
_SITE = re.compile("|".join(map(re.escape, _WORDS["site"])))
_KEEPER = re.compile(r"(?:主办|承办|协办|技术支持|技术维护)(?:单位)?\s*[：:]")
_LINKS = re.compile(r"\s*[|｜>＞]\s*|\u3000{2,}|\s{3,}")


@dataclass(frozen=True, slots=True)
class Tolerances:
    """`head`: lines among which a box stands; `fields`: that make one; `links`: that make a row of navigation, each no
    longer than `link` characters; `line`: characters of a line of a footer."""

    head: int = 24
    fields: int = 3
    links: int = 4
    link: int = 8
    line: int = 70


TOLERANCES = Tolerances()


@dataclass(frozen=True, slots=True)
class Web:
    """Which lines are no part of the document, and what the box says."""

    box: frozenset[int] = frozenset()
    navigation: frozenset[int] = frozenset()
    said: Said | None = None


def find_web(lines: Sequence[str]) -> Web:
    """`lines` as printed, in their order; nothing is found where no box and no footer of a site shows a web page."""
    pairs = list(_box_lines(lines))
    box = {at for at, _ in pairs} if sum(len(found) for _, found in pairs) >= TOLERANCES.fields else set()
    footer = _footer(lines)
    if not box and not footer:
        return Web()
    above = {at for at in range(max(box, default=TOLERANCES.head)) if at < len(lines) and _is_navigation(lines[at])}
    said = say([pair for at, found in pairs if at in box for pair in found]) if box else None
    return Web(frozenset(box), frozenset(above - box) | footer, said)


def _box_lines(lines: Sequence[str]) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Lines of labels with what they say; one that only goes on with the last value belongs to it."""
    last = -1
    for at, line in enumerate(lines[: TOLERANCES.head]):
        found = _pairs(line)
        if found:
            last = at
            yield at, found
        elif last >= 0 and at - last > 2:
            return


def _pairs(line: str) -> list[tuple[str, str]]:
    text = line.strip()
    labels = list(_LABEL.finditer(text))
    if not labels or labels[0].start() > 1:
        return []
    ends = [*(label.start() for label in labels[1:]), len(text)]
    return [
        (label["name"], text[label.end() : end].strip(" \u3000\t|;；[【"))
        for label, end in zip(labels, ends, strict=True)
    ]


def _footer(lines: Sequence[str]) -> frozenset[int]:
    """From the first line of the site below the document to the end; empty where no line names a site."""
    first, sure = len(lines), False
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at].strip()
        if _is_of_site(line):
            first, sure = at, sure or _SITE.search(line) is not None
        elif len(line) > TOLERANCES.line or "。" in line or is_day(line):
            break
    return frozenset(range(first, len(lines))) if sure else frozenset()


def _is_of_site(line: str) -> bool:
    return line.startswith(_LINE) or any(found.search(line) for found in (_SITE, _KEEPER)) or _is_navigation(line)


def _is_navigation(line: str) -> bool:
    """Names of pages in a row, or 当前位置：首页 > 政务公开."""
    parts = [part for part in _LINKS.split(line.strip()) if part]
    short = all(len(part) <= TOLERANCES.link for part in parts)
    return (
        line.strip().startswith(_LINE) or (len(parts) >= TOLERANCES.links and short) or (len(parts) > 1 and "|" in line)
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """What a printed web page has around its document."""

    furniture: tuple[Furniture, ...] = ()
    said: Said | None = None


def take_web(readings: Sequence[PageReading]) -> tuple[Sequence[PageReading], Beside]:
    """Box, navigation and footer of a printed web page out of its lines and tables, before these are measured."""
    if not readings:
        return readings, Beside()
    first, boxed, pairs = _without_box(readings[0])
    readings = [first, *readings[1:]]
    lines = [item for reading in readings for item in reading.items if isinstance(item, Line)]
    web = find_web([line.text for line in lines])
    kinds = {id(lines[at]): "metadata" for at in web.box} | {id(lines[at]): "navigation" for at in web.navigation}
    if not kinds and not boxed:
        return readings, Beside()
    kept = [replace(r, items=tuple(item for item in r.items if id(item) not in kinds)) for r in readings]
    taken = tuple(label(line.page, line, kinds[id(line)]) for line in lines if id(line) in kinds)
    return kept, Beside(boxed + taken, say(pairs) if pairs else web.said)


def _without_box(reading: PageReading) -> tuple[PageReading, tuple[Furniture, ...], list[tuple[str, str]]]:
    """A box that is drawn as a table: labels, each with what it says in the next cell."""
    for at, table in enumerate(reading.tables):
        pairs = _cells_said(table)
        if len(pairs) < TOLERANCES.fields or 3 * len(pairs) < len(table.cells):
            continue
        items = tuple(_moved(item, at) for item in reading.items if not (isinstance(item, Placed) and item.table == at))
        rest = replace(reading, items=items, tables=reading.tables[:at] + reading.tables[at + 1 :])
        kept = (Furniture(line.page, cell.bbox, line.text, "metadata") for cell in table.cells for line in cell.lines)
        return rest, tuple(kept), pairs
    return reading, (), []


def _moved(item: Line | Placed, gone: int) -> Line | Placed:
    return replace(item, table=item.table - 1) if isinstance(item, Placed) and item.table > gone else item


def _cells_said(table: RawTable) -> list[tuple[str, str]]:
    found = []
    for row in table.grid():
        cells = [text for at, text in enumerate(row) if at == 0 or text != row[at - 1]]
        found += [(cell, cells[at + 1]) for at, cell in enumerate(cells[:-1]) if is_label(cell)]
        found += [pair for cell in cells for pair in _pairs(cell)]
    return found


def fill(document: Document, said: Said) -> Document:
    """What the box says, where the document itself does not."""
    number, issuer = document.number or said.number, document.issuer or said.issuer
    signed = document.signed or said.signed
    known = document_id(number, document.title, issuer, signed)
    return replace(document, id=known, number=number, issuer=issuer, signed=signed)
