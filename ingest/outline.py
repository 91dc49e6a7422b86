"""Headings and their levels, from text alone; the same for PDFs, text files and DOCX.

The levels of official documents (GB/T 9704-2012 7.3.3): 一、 （一） 1. （1）; of rules and
plans: 第X章, 第X节, 第X条; of emergency plans: 1, 1.1, 1.1.1. Levels count by depth in the
document's own outline, as the contract of exports defines them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongbao.corpus.language.numbering import Numbering, Style, decimal_at, expression, numbering_at
from gongbao.ingest.patterns import CONTENTS

_LONGEST_OWN_LINE = 36  # characters of a heading on a line of its own
_LONGEST_WITH_STOP = 32
_LONGEST_NAME = 28  # of a 第X条 or 1.1 with a name only
_LONGEST_RUN_IN = 64
_LONGEST_ITEM = 32  # of a numbered item (1.) that heads what follows it
_SKIPPED = 3  # numbers of a decimal outline that may be missing
_STOP = re.compile(r"[。！？]")
_NEXT_NUMBER = re.compile(rf"(?<=.){expression([Style.HAN_IN_BRACKETS])}")
_ITEMS = {Style.ARABIC, Style.ARABIC_IN_BRACKETS, Style.HALF_BRACKET, Style.RING, Style.LETTER}
_DEPTHS = (
    *(Style.CHAPTER, Style.SECTION, Style.ARTICLE, Style.HAN, Style.HAN_IN_BRACKETS, Style.ARABIC),
    *(Style.ARABIC_IN_BRACKETS, Style.HALF_BRACKET, Style.RING, Style.LETTER, Style.POINT),
)  # what stands under what
_ENDS_OPEN = ("：", ":", "；", ";", "，", "、")


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A paragraph to be placed in the outline. `title`: it heads an attached text (level 0)."""

    text: str
    title: bool = False
    prose: bool = True  # False for signatures, dates, labels, tables: never headings


@dataclass(frozen=True, slots=True)
class FoundHeading:
    """A heading within a paragraph: text[start:end]."""

    level: int
    start: int
    end: int
    run_in: bool


@dataclass(frozen=True, slots=True)
class PlacedParagraph:
    """What a paragraph is in the outline. `own`: it is a heading and nothing else; `listed`: a numbered item."""

    own: bool
    listed: bool
    headings: tuple[FoundHeading, ...]


_PLAIN = PlacedParagraph(False, False, ())


@dataclass(slots=True)
class _State:
    """Where in the outline we are: what was last seen of each kind."""

    decimal: bool = False
    article: bool = False  # under a 第X条
    two: bool = False  # a （一） since the last 一、
    one: bool = False
    chapter: bool = False
    count: int = 0  # of the first level of a decimal outline


def outline(items: Sequence[OutlineItem]) -> list[PlacedParagraph]:
    """One `PlacedParagraph` for each item, in order."""
    placed: list[PlacedParagraph] = []
    for part in _parts(items):
        state, listed = _State(decimal=_is_decimal(part)), _listed(part)
        for place, item in enumerate(part):
            placed.append(_PLAIN if place in listed else _place(part, place, item, state))
    return placed


def _listed(part: list[OutlineItem]) -> range:
    """What the 目录 of a document lists: lines under this word that each stand again below them."""
    texts = ["".join(item.text.split()) for item in part]
    start = next((k + 1 for k, text in enumerate(texts) if CONTENTS.fullmatch(text)), len(texts))
    after = next((k for k in range(start, len(texts)) if texts[k] not in texts[k + 1 :]), len(texts))
    return range(start, after)


def _parts(items: Sequence[OutlineItem]) -> list[list[OutlineItem]]:
    """Each attached text has an outline of its own."""
    parts: list[list[OutlineItem]] = [[]]
    for item in items:
        if item.title and parts[-1] and not parts[-1][-1].title:
            parts.append([])
        parts[-1].append(item)
    return parts


def _is_decimal(part: list[OutlineItem]) -> bool:
    """Two-part numbers at the head of several paragraphs: 1.1, 1.2."""
    numbers = [numbering_at(item.text) for item in part if item.prose]
    return sum(number is not None and number.style is Style.DECIMAL for number in numbers) >= 2


def _number(text: str, *, decimal: bool) -> Numbering | None:
    """The number a paragraph begins with."""
    return decimal_at(text) if decimal else numbering_at(text)


def _place(part: list[OutlineItem], place: int, item: OutlineItem, state: _State) -> PlacedParagraph:
    if item.title:
        return PlacedParagraph(True, False, (FoundHeading(0, 0, len(item.text), False),))
    marker = _number(item.text, decimal=state.decimal) if item.prose else None
    if not marker:
        return _PLAIN
    level = _level(marker, part, place, state)
    listed = marker.style in _ITEMS
    if level is None:
        return PlacedParagraph(False, listed, ())
    _enter(marker, state)
    if place and part[place - 1].text.rstrip().endswith(("；", ";")) and marker.style not in (Style.HAN, Style.DECIMAL):
        return PlacedParagraph(False, listed, ())  # the last of a list
    if _is_own_line(part, place, marker, state.decimal):
        return PlacedParagraph(True, False, (FoundHeading(level, marker.start, len(item.text), False),))
    return PlacedParagraph(False, listed, _run_in(item.text, marker, level, state))


def _level(marker: Numbering, part: list[OutlineItem], place: int, state: _State) -> int | None:
    """The level of a paragraph that begins so, None where such are items and no headings."""
    style = marker.style
    if style in (Style.CHAPTER, Style.SECTION, Style.ARTICLE):
        return 1 if style is Style.CHAPTER else 2
    if style is Style.DECIMAL:
        return min(len(marker.values), 4) if state.decimal else None
    if style is Style.BARE or (style is Style.ARABIC and state.decimal):
        return 1 if state.decimal and _is_next(marker, part, place, state) else None
    if state.article:
        return None
    if style is Style.HAN:
        return 2 if state.chapter else 1
    if style is Style.HAN_IN_BRACKETS:
        return 2 if state.one or not state.chapter else 3
    if style is Style.ARABIC:
        return (3 if state.two else 2) if state.one or state.two else None
    return None


def _is_next(marker: Numbering, part: list[OutlineItem], place: int, state: _State) -> bool:
    """Of a decimal outline's first level: the next number, or one with deeper numbers under it; no sentence."""
    count = marker.values[0]
    if part[place].text.rstrip().endswith(("。", "；", ";", "：", ":", "，")) or count <= state.count:
        return False
    if marker.style is Style.BARE and count <= state.count + _SKIPPED:
        return True
    under = (numbering_at(item.text) for item in part[place + 1 : place + 4])
    deeper = (number for number in under if number and number.style is Style.DECIMAL)
    return count == state.count + 1 or any(number.values[0] == count for number in deeper)


def _enter(marker: Numbering, state: _State) -> None:
    if marker.style is Style.CHAPTER:
        state.chapter, state.article, state.one, state.two = True, False, False, False
    elif marker.style is Style.ARTICLE:
        state.article = True
    elif marker.style is Style.HAN:
        state.one, state.two = True, False
    elif marker.style is Style.HAN_IN_BRACKETS:
        state.two = True
    elif state.decimal and marker.style in (Style.BARE, Style.ARABIC):
        state.count = marker.values[0]


# --- a heading on a line of its own


def _is_own_line(part: list[OutlineItem], place: int, marker: Numbering, decimal: bool) -> bool:
    text = part[place].text.strip()
    title = part[place].text[marker.end :].strip()
    if not title or text.endswith(_ENDS_OPEN) or _STOP.search(text[:-1]) or "；" in text:
        return False
    stopped = bool(_STOP.search(text[-1]))
    if marker.style in (Style.ARTICLE, Style.DECIMAL):
        return not stopped and len(title) <= _LONGEST_NAME
    if marker.style is Style.ARABIC and not decimal:
        return not stopped and len(text) <= _LONGEST_OWN_LINE and _heads(part, place, marker)
    if not stopped:
        return len(text) <= _LONGEST_OWN_LINE or (len(text) <= _LONGEST_RUN_IN and _heads(part, place, marker))
    if len(text) > _LONGEST_WITH_STOP or "：" in text or _ends_list(part, place, marker):
        return False
    return _heads(part, place, marker)


def _ends_list(part: list[OutlineItem], place: int, marker: Numbering) -> bool:
    """The last of single sentences numbered alike, one right after the other."""
    above = part[place - 1] if place else None
    before = numbering_at(above.text) if above and above.prose else None
    if above is None or before is None or before.style is not marker.style:
        return False
    return [found.end() for found in _STOP.finditer(above.text.rstrip())] == [len(above.text.rstrip())]


def _heads(part: list[OutlineItem], place: int, marker: Numbering) -> bool:
    """Something stands under it: what follows is text or a deeper number, not its own sibling."""
    if place + 1 >= len(part) or part[place + 1].title:
        return False
    after = part[place + 1]
    if not after.prose:
        return True
    following = numbering_at(after.text)
    if not following or not {marker.style, following.style} <= set(_DEPTHS):
        return True
    return _DEPTHS.index(following.style) > _DEPTHS.index(marker.style)


# --- a heading that begins a paragraph


def _run_in(text: str, marker: Numbering, level: int, state: _State) -> tuple[FoundHeading, ...]:
    if marker.style in (Style.ARTICLE, Style.CHAPTER, Style.SECTION):
        return ()
    if state.article and marker.style is not Style.DECIMAL:
        return ()
    stop = _STOP.search(text, marker.end)
    nested = _NEXT_NUMBER.search(text, marker.end) if marker.style is Style.HAN else None
    if nested and (stop is None or nested.start() < stop.start()):
        head = FoundHeading(level, marker.start, nested.start(), True)
        inner = numbering_at(text, nested.start())
        if inner is None:
            return (head,)
        state.two = True
        return (head, *_run_in(text, inner, level + 1, state))
    if stop is None:
        return ()
    return _first_sentence(text, marker, level, stop)


def _first_sentence(text: str, marker: Numbering, level: int, stop: re.Match[str]) -> tuple[FoundHeading, ...]:
    head = text[marker.start : stop.start()]
    if "；" in head or ";" in head or text.rstrip().endswith(("；", ";", "：", ":")):
        return ()
    alone = stop.end() >= len(text.rstrip())
    if marker.style is Style.ARABIC:
        if alone or len(head) > _LONGEST_ITEM:
            return ()
    elif len(head) > _LONGEST_RUN_IN:
        return ()
    return (FoundHeading(level, marker.start, stop.start(), True),)


def shifted(found: FoundHeading, by: int) -> FoundHeading:
    return replace(found, start=found.start + by, end=found.end + by)
