"""Annotated documents as marks of characters: a gold statement names its bodies; where they stand is looked for."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gongbao.corpus.document import Document
from gongbao.nlp.evaluate.items import ScoredStatement, read_items
from gongbao.nlp.evaluate.text import key

from bench.confidence import documents

SOURCES = (("gold/more/text", "gold/more"), ("gazettes/text", "gold/dev"), ("elsewhere/text", "elsewhere/gold"))
_BEFORE, _AFTER = 400, 1500  # characters about a task in which its bodies stand
_NATIONAL = ("国", "中共中央", "全国")  # each document of the state's own organs is a place of its own
_TRIES = 2000


@dataclass(frozen=True, slots=True)
class GoldMark:
    """Characters of the document's text, end exclusive."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class GoldPaper:
    document: Document
    file: str  # stem; of the first source only those can be held back
    gold: tuple[ScoredStatement, ...]
    marks: tuple[GoldMark, ...]
    begins: tuple[int, ...]  # where the words of a task begin


def read_papers(material: Path) -> list[GoldPaper]:
    return [paper for texts, gold in SOURCES for paper in read_folder(material / texts, material / gold)]


def read_folder(texts: Path, folder: Path) -> Iterator[GoldPaper]:
    items = read_items(folder, "assignments.jsonl")
    by_document: dict[str, list[ScoredStatement]] = defaultdict(list)
    for one in items.statements:
        by_document[one.doc].append(one)
    files = {paper.file: paper.doc for paper in items.papers if paper.file}
    known = {paper.doc for paper in items.papers}
    for document in documents(texts):
        stem = key(Path(document.source.file).stem)
        doc = files.get(stem) or key(document.number or document.title)
        if doc in known:
            known.remove(doc)
            yield _paper(document, stem if stem in files else "", tuple(by_document[doc]))


def _paper(document: Document, file: str, gold: tuple[ScoredStatement, ...]) -> GoldPaper:
    places = [at for at, char in enumerate(document.text) if not char.isspace()]
    text = "".join(document.text[at] for at in places)
    marks: dict[tuple[int, int], str] = {}
    begins: list[int] = []
    last = 0
    for one in gold:
        last = max(_begin(text, _flat(one.what), max(0, last - _BEFORE)), 0)
        begins.append(places[last])
        for start, end, role in _bodies(text, one, last):
            marks.setdefault((places[start], places[end - 1] + 1), role)
    found = tuple(GoldMark(start, end, role) for (start, end), role in sorted(marks.items()))
    return GoldPaper(document, file, gold, found, tuple(sorted(set(begins))))


def _flat(text: str) -> str:
    return re.sub(r"\s", "", text)


def _begin(text: str, what: str, near: int) -> int:
    """The first place of the longest beginning that is found, after `near` rather than before."""
    tries = (text.find(what[:size], start) for size in (40, 25, 15, 8, 5) for start in (near, 0))
    return next((place for place in tries if place >= 0), -1)


def _bodies(text: str, one: ScoredStatement, at: int) -> list[tuple[int, int, str]]:
    """The way through all names that is shortest and nearest to the task."""
    low, high = max(0, at - _BEFORE), at + _AFTER
    named = [(*found, party.role) for party in one.parties if (found := _places(text, _flat(party.printed), low, high))]
    ways = [_way(first, [places for _, places, _ in named[1:]]) for first in named[0][1]] if named else []
    if not ways:
        return []
    best = min(ways, key=lambda way: max(way) - min(way) + 0.3 * abs(way[0] - at))
    return [(place, place + len(name), role) for (name, _, role), place in zip(named, best, strict=True)]


def _places(text: str, name: str, low: int, high: int) -> tuple[str, list[int]] | None:
    """Where the name stands, else as much of it as is printed (公安、交通部门 gives 公安部门)."""
    for part in (name, name.removesuffix("部门"), name[1:], name[2:]):
        if len(part) > 1 and (found := [m.start() for m in re.finditer(re.escape(part), text[low:high])]):
            return part, [low + place for place in found]
    return None


def _way(first: int, others: Sequence[list[int]]) -> list[int]:
    way = [first]
    for places in others:
        last = way[-1]
        way.append(min([p for p in places if p > last] or places, key=lambda place: abs(place - last)))
    return way


def split(papers: Sequence[GoldPaper], manifest: Path) -> tuple[list[GoldPaper], list[GoldPaper]]:
    """Two thirds and one third by place, like each other in size and in how much their largest documents hold."""
    rows = [line.split("\t") for line in manifest.read_text("utf-8").splitlines()[1:]]
    places = {key(Path(row[0]).stem): row[0] if row[3].startswith(_NATIONAL) else row[3] for row in rows}
    groups: dict[str, list[GoldPaper]] = defaultdict(list)
    for paper in papers:
        if paper.file:
            groups[places[paper.file]].append(paper)
    held = min((_drawn(groups, seed) for seed in range(_TRIES)), key=lambda some: _cost(some, groups))
    chosen = {id(paper) for paper in held}
    return [paper for paper in papers if id(paper) not in chosen], held


def _drawn(groups: dict[str, list[GoldPaper]], seed: int) -> list[GoldPaper]:
    names, most = sorted(groups), round(sum(map(len, groups.values())) / 3)
    random.Random(seed).shuffle(names)
    held: list[GoldPaper] = []
    for name in names:
        held += groups[name] if len(held) + len(groups[name]) <= most else []
    return held


def _cost(held: list[GoldPaper], groups: dict[str, list[GoldPaper]]) -> float:
    sizes = sorted((len(paper.marks) for paper in held), reverse=True)
    full = sorted((len(paper.marks) for group in groups.values() for paper in group), reverse=True)
    return (
        abs(sum(sizes) / sum(full) - 1 / 3) + abs(sizes[0] / full[1] - 1) + abs(sum(sizes[:5]) / sum(full[:15]) - 1 / 3)
    )
