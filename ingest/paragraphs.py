"""Lines → paragraphs: rejoined over lines, columns and pages, no character gained or lost.

Two signs say that a paragraph ends: the line stops although the next word would still have
fitted, or the next line stands in from its column's edge (by two characters, GB/T 9704-2012 7.3.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from statistics import median

from gongbao.corpus.language.numbering import Style, expression, numbering_at
from gongbao.corpus.offsets import GlyphRun
from gongbao.ingest.frames import Key, PageFrame
from gongbao.ingest.layout import Line
from gongbao.ingest.patterns import LABEL, LABELLED, is_fixed

_LARGE = 1.13  # of the body's size
_SAME_SIZE = 0.07
_INDENTED = 1.4  # em
_INDENTED_SHARE = 0.06  # of all lines stand in where first lines do
_STEP = 1.75  # of the usual step between lines parts paragraphs
_STEP_PLAIN = 1.25  # where first lines do not stand in
_TITLE_STEP = 2.4  # em
_TITLE_LINES = 3  # of an attached text's title
_OFF_MIDDLE = 0.6  # em
_SET_IN = 1.1  # em that an indent of two characters moves the middle of a line
_BRACKETED_LINES = 6  # of what is said in brackets under a title
_OPENING = "（(《〈“‘「『【〔［[｛{"
_QUOTES = "“”‘’\"'"  # no line ends beside them (UAX 14, class QU)
_CLOSING = "/／）)》〉”’」』】〕］]｝}，。；：！？、,.;:!?%％…—"
_STOPS = "。！？；：.!?;:"
_MARKER = re.compile(rf"{expression(set(Style) - {Style.BARE, Style.POINT})}|附\s*[件表录]\s*\d*[:：]?")
_ATTACHED = re.compile(r"附\s*件\s*[:：]\s*\S")
_ITEM = re.compile(r"\d{1,2}\s*[.．、]")
_UNDER = 4.0  # em: where the titles in a list of attachments begin, under 附件：


class Align(StrEnum):
    """How a paragraph stands in its column."""

    BODY = "body"
    CENTRE = "centre"
    RIGHT = "right"
    TITLE = "title"  # centred and larger than the body


@dataclass(frozen=True, slots=True)
class LinePiece:
    """Part of a paragraph's text on one printed line: text[start : start + len(xs) - 1]."""

    start: int
    page: int
    top: float
    bottom: float
    xs: tuple[float, ...]

    def run(self, shift: int) -> GlyphRun:
        return GlyphRun(self.start + shift, self.page, round(self.top, 1), round(self.bottom, 1), self.xs)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A whole paragraph; `size` of its type in points, `indent` of its first line in em.

    Text files have neither pages nor pieces. `lines`: the printed lines as they were set.
    `top`: where its first line stands, as a share of the page's usual text height (None: unknown).
    """

    text: str
    align: Align = Align.BODY
    size: float = 0.0
    bold: bool = False
    font: str = ""
    indent: float = 0.0
    pieces: tuple[LinePiece, ...] = ()
    lines: tuple[str, ...] = ()
    page_first: int | None = None
    page_last: int | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """A line with its place in its column, in em."""

    line: Line
    frame: PageFrame
    align: Align

    @property
    def em(self) -> float:
        return self.line.size or 10.0

    @property
    def indent(self) -> float:
        return (self.line.x0 - self.frame.left) / self.em

    @property
    def slack(self) -> float:
        return (self.frame.right - self.line.x1) / self.em


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the file is set: the usual step between lines in points; whether first lines stand in."""

    step: float
    indented: bool


def body_size(lines: Sequence[Line]) -> float:
    """The font size that most characters are set in, in points."""
    votes: dict[float, int] = {}
    for line in lines:
        votes[round(line.size, 1)] = votes.get(round(line.size, 1), 0) + len(line.text)
    return max(votes, key=votes.__getitem__) if votes else 10.0


def join(lines: Sequence[Line], frames: dict[Key, PageFrame], body: float) -> list[Paragraph]:
    """Consecutive lines in reading order → paragraphs; `body`: the usual font size."""
    seen = _with_indented_titles([_see(line, frames[line.page, line.leaf], body) for line in lines])
    setting = _Setting(_usual_step(lines), _is_indented(seen))
    paragraphs: list[Paragraph] = []
    group: list[_Seen] = []
    ordinal = 0  # of the last paragraph that began with 一、 and so on
    for line in seen:
        ends = group and (_is_next_heading(line, ordinal) or not _goes_on(group, line, setting))
        if ends and not (paragraphs and _names_attachment(paragraphs[-1], group, line)):
            paragraphs.append(_paragraph(group))
            group = []
        if not group:
            ordinal = _ordinal(line) or ordinal
        group.append(line)
    if group:
        paragraphs.append(_paragraph(group))
    return paragraphs


# --- how a line stands


def _see(line: Line, frame: PageFrame, body: float) -> _Seen:
    return _Seen(line, frame, _align(line, frame, body))


def _align(line: Line, frame: PageFrame, body: float) -> Align:
    em = line.size or body
    indent, slack = (line.x0 - frame.left) / em, (frame.right - line.x1) / em
    balanced = abs(indent - slack)
    if line.size >= _LARGE * body and balanced <= 1.6:
        return Align.TITLE
    if indent >= 2.7 and balanced <= 1.0:
        return Align.CENTRE
    if indent >= 6 and slack <= 5 and indent > 1.5 * slack:
        return Align.RIGHT
    return Align.BODY


def _with_indented_titles(seen: list[_Seen]) -> list[_Seen]:
    """A title's first line that Word centres behind the indent of first lines, a character right of the second."""
    return [replace(a, align=Align.TITLE) if _is_set_in(a, b) else a for a, b in pairwise(seen)] + seen[-1:]


def _is_set_in(a: _Seen, b: _Seen) -> bool:
    if b.align is not Align.TITLE or a.align is Align.TITLE or a.indent < _INDENTED or numbering_at(a.line.text):
        return False
    alike = (a.line.size, a.line.font, a.line.bold) == (b.line.size, b.line.font, b.line.bold)
    right = (a.line.x0 + a.line.x1 - b.line.x0 - b.line.x1) / 2
    return alike and _same_title(a, b) and 0 <= right <= _SET_IN * a.em


def _usual_step(lines: Sequence[Line]) -> float:
    steps = [b.top - a.top for a, b in pairwise(lines) if a.page == b.page and a.leaf == b.leaf and b.top > a.top]
    return median(steps) if steps else 20.0


def _is_indented(seen: Sequence[_Seen]) -> bool:
    body = [line for line in seen if line.align is Align.BODY]
    first = sum(1 for line in body if _INDENTED <= line.indent <= _INDENTED + 1.2)
    return first >= _INDENTED_SHARE * len(body)


# --- whether a paragraph goes on


def _goes_on(group: list[_Seen], b: _Seen, setting: _Setting) -> bool:
    a = group[-1]
    if abs(a.line.size - b.line.size) > _SAME_SIZE * max(a.em, b.em):
        return False
    if _is_within_brackets(group, b, setting):
        return True
    if a.align is not b.align and {a.align, b.align} & {Align.TITLE, Align.CENTRE, Align.RIGHT}:
        return False
    if is_fixed(b.line.text) or (len(group) == 1 and is_fixed(a.line.text)):
        return False
    if a.align is Align.TITLE:
        return _same_title(a, b)
    if a.align is Align.CENTRE:
        return _same_centred(a, b, setting)
    if a.align is Align.RIGHT or _is_apart(a, b, setting):
        return False
    return _flows(group, b, setting)


def _is_within_brackets(group: list[_Seen], b: _Seen, setting: _Setting) -> bool:
    """The lines of （…通过　…批准） under a title, set in its middle: they go on as far as their bracket does."""
    if group[0].align is not Align.CENTRE or _is_apart(group[-1], b, setting) or len(group) == _BRACKETED_LINES:
        return False
    said = "".join(seen.line.text for seen in group).strip()
    closed = said.count("（") + said.count("(") <= said.count("）") + said.count(")")
    return said[:1] in ("（", "(") and not closed and not is_fixed(b.line.text)


def _flows(group: list[_Seen], b: _Seen, setting: _Setting) -> bool:
    """Body text: a full line, and the next one not indented."""
    a = group[-1]
    if _lists_attachments(group) and _goes_under(group, b, setting):
        return True
    if not _is_full(a, b, setting):
        return False
    if b.indent >= _INDENTED:
        return _hangs(group, b)
    marker, end = _MARKER.match(b.line.text), a.line.text[-1:]
    return not (marker and (end in _STOPS or (end in "）)" and not marker[0].strip("（）").isdigit())))


def _is_next_heading(b: _Seen, ordinal: int) -> bool:
    """二、… on a short line of its own, the one after the last seen: a heading whatever stands before."""
    return ordinal > 0 and _ordinal(b) == ordinal + 1 and b.slack > 2


def _ordinal(b: _Seen) -> int:
    """Which of 一、二、… the line begins with; 0 for none."""
    found = numbering_at(b.line.text)
    return found.values[0] if found and found.style is Style.HAN else 0


def _lists_attachments(group: list[_Seen]) -> bool:
    """附件：1.… and the numbered lines that stand under its first title."""
    text = group[0].line.text
    return _ATTACHED.match(text) is not None or (_ITEM.match(text) is not None and group[0].indent >= _UNDER)


def _goes_under(group: list[_Seen], b: _Seen, setting: _Setting) -> bool:
    """A new title has its number; what stands in without one goes on, under the title or after a full line."""
    if _MARKER.match(b.line.text) or b.indent < _INDENTED:
        return False
    under = b.indent >= max(group[0].indent, _UNDER) - 0.2
    return (under and (len(group) == 1 or abs(b.indent - group[-1].indent) < 0.5)) or _is_full(group[-1], b, setting)


def _hangs(group: list[_Seen], b: _Seen) -> bool:
    """A hanging indent: all lines after the first stand in, under its text and not under its marker."""
    marker = _MARKER.match(group[0].line.text)
    if not marker or _MARKER.match(b.line.text):
        return False
    hanging = b.indent - group[0].indent
    return 0.5 <= hanging <= marker.end() + 3 and all(abs(line.indent - b.indent) < 0.5 for line in group[1:])


def _same_title(a: _Seen, b: _Seen) -> bool:
    if (a.line.page, a.line.leaf) != (b.line.page, b.line.leaf):
        return False
    return 0 < b.line.top - a.line.top <= _TITLE_STEP * a.em


def _same_centred(a: _Seen, b: _Seen, setting: _Setting) -> bool:
    """Centred lines of one heading: set alike, close, and the next does not begin something new."""
    if _is_apart(a, b, setting) or a.line.page != b.line.page or a.line.leaf != b.line.leaf:
        return False
    alike = a.line.font == b.line.font and a.line.bold == b.line.bold
    begins = _MARKER.match(a.line.text) is not None and LABELLED.fullmatch(a.line.text) is None
    return alike and a.line.bold and not _MARKER.match(b.line.text) and not begins


def _names_attachment(above: Paragraph, group: list[_Seen], b: _Seen) -> bool:
    """The lines of a title right under 附件N, one on the middle of the other whatever their type and column."""
    a = group[-1]
    if not LABEL.fullmatch(above.text.strip()) or len(group) > _TITLE_LINES or not _same_title(a, b):
        return False
    alike = abs(a.line.size - b.line.size) <= _SAME_SIZE * a.em and (a.line.font, a.line.bold) == (
        b.line.font,
        b.line.bold,
    )
    return alike and _on_one_middle([*group, b]) and not is_fixed(b.line.text) and a.line.text[-1:] not in _STOPS


def _on_one_middle(group: list[_Seen]) -> bool:
    """Centred lines, which those of a paragraph never are: a line that goes on begins no further right."""
    return len(group) > 1 and all(
        abs(a.line.x0 + a.line.x1 - b.line.x0 - b.line.x1) <= 2 * _OFF_MIDDLE * a.em
        and abs(a.line.x0 - b.line.x0) >= a.em
        for a, b in pairwise(group)
    )


def _is_apart(a: _Seen, b: _Seen, setting: _Setting) -> bool:
    """A wide step on the same page and column, or from across the page into columns or back."""
    if a.line.page != b.line.page:
        return False
    if a.line.leaf == b.line.leaf:
        return b.line.top - a.line.top > (_STEP if setting.indented else _STEP_PLAIN) * max(setting.step, a.em)
    return (a.line.depth == 0) != (b.line.depth == 0)


def _is_full(a: _Seen, b: _Seen, setting: _Setting) -> bool:
    """The first unbreakable piece of the next line would not have fitted on this one."""
    stops = a.line.text.rstrip()[-1:] in _STOPS
    spare = 0.3 if stops or not setting.indented else 2.0  # em that a broken line may leave
    return a.slack * a.em < _first_piece(b.line) + spare * a.em


def _first_piece(line: Line) -> float:
    """Width of what cannot be parted at the line's start: a word or an ideograph, with its punctuation."""
    text, end = line.text, 1
    while end < len(text) and _holds(text[end - 1], text[end]):
        end += 1
    return line.xs[end] - line.xs[0]


def _holds(before: str, after: str) -> bool:
    """No line may end between these two."""
    if before in _OPENING or before in _QUOTES or after in _CLOSING or after in _QUOTES:
        return True
    return _is_word(before) and _is_word(after)


def _is_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in ".-/_@%:+=~")


# --- the paragraph's text


def _paragraph(group: list[_Seen]) -> Paragraph:
    first, last = group[0].line, group[-1].line
    text, pieces = seam([seen.line for seen in group])
    scores = [seen.line.confidence for seen in group if seen.line.confidence is not None]
    return Paragraph(
        text,
        Align.CENTRE if group[0].align is not Align.TITLE and _on_one_middle(group) else group[0].align,
        first.size,
        first.bold,
        first.font,
        round(group[0].indent, 2),
        tuple(pieces),
        tuple(seen.line.text for seen in group),
        min(seen.line.page for seen in group),
        last.page,
        sum(scores) / len(scores) if scores else None,
    )


def seam(lines: Sequence[Line]) -> tuple[str, list[LinePiece]]:
    """The lines as one text, with the place of each; a blank only between two Latin words."""
    text = ""
    pieces = []
    for line, (start, end) in zip(lines, (_inked(line.text) for line in lines), strict=True):
        text += joint(text, line.text[start:end])
        pieces.append(_piece(line, len(text), start, end))
        text += line.text[start:end]
    return text, pieces


def _piece(line: Line, at: int, start: int, end: int) -> LinePiece:
    box = line.box
    if line.shown is None:
        return LinePiece(at, line.page, box.top, box.bottom, line.xs[start : end + 1])
    edges = (round(box.x0, 1),) * (end - start) + (round(box.x1, 1),)
    return LinePiece(at, line.page, box.top, box.bottom, edges)


def joint(before: str, after: str) -> str:
    """What stands between a line and the next of the same paragraph."""
    if before and after and before[-1].isascii() and before[-1].isalpha() and after[0].isascii() and after[0].isalpha():
        return " "
    return ""


def _inked(text: str) -> tuple[int, int]:
    start = len(text) - len(text.lstrip())
    return start, max(len(text.rstrip()), start)


def runs(paragraph: Paragraph, shift: int) -> Iterator[GlyphRun]:
    """The paragraph's glyph runs when its text begins at `shift` of a document's text."""
    return (piece.run(shift) for piece in paragraph.pieces)
