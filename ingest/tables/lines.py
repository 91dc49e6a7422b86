"""Glyphs → printed lines, and how a line goes on from the one before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from gongbao.corpus.geometry import BBox
from gongbao.corpus.language.numbering import Style, expression
from gongbao.ingest.page import FloatArray, Glyphs, IntArray
from gongbao.ingest.tables.types import BLANK, RawLine


@dataclass(frozen=True, slots=True)
class LineTolerances:
    """Set on cells of several lines in both scripts (test_find.py, test_borders.py).

    `new_line`: of the font size: middles farther apart are on two lines; `word_gap`: of the font size: a blank
    between letters of one script; `wide_gap`: of the font size: a blank where an ideograph is on either side.
    """

    new_line: float = 0.42
    word_gap: float = 0.17
    wide_gap: float = 0.8


TOLERANCES = LineTolerances()


_CLOSING = "，。、；：！？）》〉”’】〕％,.;:!?)]%"
_OPENING = frozenset("（(〔［[【《〈“‘「『")
_ITEM = re.compile(rf"{expression(set(Style) - {Style.BARE, Style.LETTER})}|[•●■◆—-]")
_STOP = "。；;：:！？.…"


@dataclass(frozen=True, slots=True, eq=False)
class TableLine:
    """A printed line: places of its glyphs from left to right, its box and the font size in its middle."""

    places: IntArray
    bbox: BBox
    size: float


def is_ideograph(char: str) -> bool:
    return char >= "\u2e80" and not "\uac00" <= char <= "\ud7af"


def split_lines(glyphs: Glyphs, places: IntArray, group: IntArray) -> list[tuple[int, list[TableLine]]]:
    """Lines from top to bottom of each group of glyphs; `group` runs parallel to `places`."""
    if not len(places):
        return []
    middle = (glyphs.top[places] + glyphs.bottom[places]) / 2
    size = glyphs.size[places]
    order = np.lexsort((glyphs.x0[places], middle, group))
    places, middle, size, group = places[order], middle[order], size[order], group[order]
    apart = np.diff(middle) > TOLERANCES.new_line * np.maximum(np.minimum(size[1:], size[:-1]), 1.0)
    line = np.concatenate([[0], np.cumsum(apart | (np.diff(group) != 0))])
    order = np.lexsort((places, glyphs.x0[places].round(2), line))  # letters of a ligature as in the file
    places, group = places[order], group[order]
    return _grouped(glyphs, places, group, np.flatnonzero(np.diff(line[order])) + 1)


def _grouped(glyphs: Glyphs, places: IntArray, group: IntArray, cuts: IntArray) -> list[tuple[int, list[TableLine]]]:
    out: list[tuple[int, list[TableLine]]] = []
    starts = [0, *cuts.tolist()]
    for start, end in zip(starts, [*cuts.tolist(), len(places)], strict=True):
        line = _line(glyphs, places[start:end])
        if line is None:
            continue
        label = int(group[start])
        if out and out[-1][0] == label:
            out[-1][1].append(line)
        else:
            out.append((label, [line]))
    return out


def _line(glyphs: Glyphs, places: IntArray) -> TableLine | None:
    """None where nothing but blanks is printed; blanks at the ends do not count."""
    inked = [k for k, place in enumerate(places.tolist()) if not glyphs.text[place].isspace()]
    if not inked:
        return None
    kept = places[inked[0] : inked[-1] + 1]
    box = BBox(
        float(glyphs.x0[kept].min()),
        float(glyphs.top[kept].min()),
        float(glyphs.x1[kept].max()),
        float(glyphs.bottom[kept].max()),
    )
    return TableLine(kept, box, float(glyphs.size[kept[len(kept) // 2]]))


def parted(glyphs: Glyphs, line: TableLine, middles: Sequence[float]) -> list[TableLine]:
    """The line in parts, one on either side of each gutter that it leaves free. `middles`: of the gutters."""
    x0, x1 = glyphs.x0[line.places], glyphs.x1[line.places]
    inked = np.array([not glyphs.text[place].isspace() for place in line.places.tolist()])
    right = np.maximum.accumulate(np.where(inked, x1, -np.inf))
    left = np.minimum.accumulate(np.where(inked, x0, np.inf)[::-1])[::-1]
    cuts = [
        k
        for k in range(1, len(line.places))
        if left[k] - right[k - 1] >= line.size and any(right[k - 1] < x < left[k] for x in middles)
    ]
    return [part for places in np.split(line.places, cuts) if (part := _line(glyphs, places)) is not None]


def line_text(glyphs: Glyphs, places: IntArray) -> tuple[str, tuple[int, ...]]:
    """The text of a line and the place of each character; a wide gap between words is a blank."""
    gaps: FloatArray = (glyphs.x0[places][1:] - glyphs.x1[places][:-1]) / np.maximum(glyphs.size[places][1:], 1.0)
    wide = [0.0, *gaps.tolist()]
    text: list[str] = []
    at: list[int] = []
    for place, gap in zip(places.tolist(), wide, strict=True):
        char = glyphs.text[place]
        if gap > TOLERANCES.word_gap and text and _parts(text[-1], char, gap):
            text.append(" ")
            at.append(BLANK)
        text.append(char)
        at.append(place)
    return "".join(text), tuple(at)


def _parts(before: str, after: str, gap: float) -> bool:
    if before.isspace() or after.isspace():
        return False
    return gap > TOLERANCES.wide_gap or not (is_ideograph(before) or is_ideograph(after))


def join_lines(glyphs: Glyphs, page: int, lines: Sequence[TableLine], left: float, right: float) -> tuple[RawLine, ...]:
    """The lines of a cell or paragraph that has the room from `left` to `right`."""
    texts = [line_text(glyphs, line.places) for line in lines]
    centred = all(abs((ln.bbox.x0 - left) - (right - ln.bbox.x1)) < ln.size for ln in lines)
    stacked = len(lines) > 2 and all(len(text) == 1 for text, _ in texts)
    out = []
    for k, (text, at) in enumerate(texts):
        joint = ""
        if k and not stacked:
            room = _room_left(lines[k - 1], left, right, centred)
            need = _first_word(glyphs, lines[k])
            joint = _joint(texts[k - 1][0], text, room < need, lines[k].bbox.x0 - left > 1.5 * lines[k].size)
        out.append(RawLine(page, text, at, joint))
    return tuple(out)


def _room_left(line: TableLine, left: float, right: float, centred: bool) -> float:
    """Points that were still free on the line."""
    return right - line.bbox.x1 + (line.bbox.x0 - left if centred else 0.0)


def _first_word(glyphs: Glyphs, line: TableLine) -> float:
    """Points that the first unbreakable piece of a line needs, with a little to spare."""
    places = line.places.tolist()
    end = 1
    while end < len(places) and not _may_break(glyphs.text[places[end - 1]], glyphs.text[places[end]]):
        end += 1
    return float(glyphs.x1[places[end - 1]] - glyphs.x0[places[0]]) + 0.35 * line.size


def _may_break(before: str, after: str) -> bool:
    if after in _CLOSING or before in _OPENING:  # 避头尾: a bracket goes with what it holds
        return False
    return after.isspace() or is_ideograph(before) or is_ideograph(after)


def _joint(before: str, after: str, wrapped: bool, indented: bool) -> str:
    """How two lines of a cell hang together."""
    return "\n" if not wrapped or (indented and before[-1] in _STOP) else joint_by_words(before, after)


def joint_by_words(before: str, after: str) -> str:
    """Between two lines of which only the words are known."""
    if before[-1] in _STOP and _ITEM.match(after):
        return "\n"
    return joint_between(before[-1], after[0])


def joint_between(before: str, after: str) -> str:
    """Between a wrapped line's last character and the next line's first."""
    if is_ideograph(before) or is_ideograph(after) or before in "-/" or before.isspace():
        return ""
    return " "
