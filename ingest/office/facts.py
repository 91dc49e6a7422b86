"""What the box over a document on a web page, and the page's meta elements, say of it: number, issuer, date, title."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from gongbao.corpus.language.days import TYPED_DAY, find_day
from gongbao.corpus.language.facts import FACT_LABELS, Fact
from gongbao.ingest.characters import fold
from gongbao.ingest.patterns import find_number

Element = Any

_WORDS = tomllib.loads(files("gongbao.ingest.office").joinpath("web.toml").read_text("utf-8"))
_OF_METAS = {name: Fact(fact) for fact, names in _WORDS["metas"].items() for name in names}
_FACT_OF = {**FACT_LABELS.printed, **_OF_METAS}
_LABELLED = re.compile(r"[\[【]?([^\s：:\]】]{2,8}(?:\s[^\s：:\]】])?)[\]】]?\s*[：:]\s*(.*)", re.DOTALL)
_LONGEST = 200  # characters of what a box says; a title has fewer
_ENOUGH = 2  # facts that make a box


@dataclass(frozen=True, slots=True)
class PageFacts:
    """None or "" where the page does not say; `lines`: all of it as it is kept: 索引号：YC001-2024-0010."""

    number: str | None = None
    issuer: str | None = None
    signed: date | None = None
    title: str = ""
    lines: tuple[str, ...] = ()


def read_said(root: Element) -> PageFacts:
    """Meta elements before the box."""
    return say((*_metas(root), *_boxed(root)))


def say(pairs: Iterable[tuple[str, str]]) -> PageFacts:
    """Labels and what stands beside them; the first that is said of each field counts."""
    found: dict[Fact, str] = {}
    lines: dict[str, str] = {}
    for label, value in pairs:
        fact = _FACT_OF.get(_key(label))
        if fact and value and len(value) <= _LONGEST:
            found.setdefault(fact, value)
            lines.setdefault(label.strip(), value)
    number = find_number(fold(found.get(Fact.NUMBER, "")))
    kept = tuple(f"{label}：{value}" for label, value in lines.items())
    signed = _day(found.get(Fact.SIGNED, ""))
    return PageFacts(number, found.get(Fact.ISSUER), signed, found.get(Fact.TITLE, ""), kept)


def is_label(text: str) -> bool:
    """索引号, 文　　号："""
    return _key(text) in _FACT_OF


def _key(label: str) -> str:
    return "".join(label.split()).strip("：:[]【】").lower()


def _metas(root: Element) -> Iterator[tuple[str, str]]:
    for meta in root.iter("meta"):
        yield meta.get("name") or meta.get("property") or "", " ".join((meta.get("content") or "").split())


def is_box(element: Element) -> bool:
    """A table or list that says such things of a document and nothing else."""
    if element.tag not in ("table", "ul", "dl") or element.find(".//table") is not None:
        return False
    rows = list(element.iter("tr")) if element.tag == "table" else [element]
    cells = [text for row in rows for text in _cells(row)]
    named = sum(_key(label) in _FACT_OF for row in rows for label, _ in _pairs(row))
    return named >= _ENOUGH and 3 * named >= len(cells)


def _boxed(root: Element) -> Iterator[tuple[str, str]]:
    """Cells and items: a label and, after it or in the next one, what it says."""
    for row in (*root.iter("tr"), *root.iter("ul"), *root.iter("dl")):
        yield from _pairs(row)


def _pairs(row: Element) -> Iterator[tuple[str, str]]:
    cells = _cells(row)
    for place, cell in enumerate(cells):
        named = _LABELLED.fullmatch(cell)
        if named and named[2].strip():
            yield named[1], named[2].strip()
        elif _key(cell) in _FACT_OF and place + 1 < len(cells):
            yield cell.strip("：: "), cells[place + 1]


def _cells(row: Element) -> list[str]:
    return [" ".join(cell.text_content().split()) for cell in row if isinstance(cell.tag, str)]


def _day(text: str) -> date | None:
    """2024年3月4日, 2024-03-04."""
    plain = TYPED_DAY.search(text)
    try:
        return date(*map(int, plain.groups())) if plain else find_day(fold(text))
    except ValueError:
        return None
