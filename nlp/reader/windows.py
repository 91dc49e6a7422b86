"""What the second reader is given: pieces of text where a body may stand, a window at a time, with what is known above.

A window is `genre ‖ heading` (None for no genre, as it was trained) and then the pieces, in reading order; every
character is one token, so that marks come back as places of the document's text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongbao.corpus.document import Block, BlockKind, Document
from gongbao.corpus.offsets import Span


@dataclass(frozen=True, slots=True)
class Sizes:
    """In characters. `window`: all that is read at once; `above`: of the heading; `piece`: of a sentence's part."""

    window: int = 190
    above: int = 24
    piece: int = 150


@dataclass(frozen=True, slots=True)
class Window:
    """`above` is context and carries no marks; `pieces` are spans of the document's text."""

    above: str
    pieces: tuple[Span, ...]


_READ = {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING, BlockKind.NOTE}
_SENTENCE = re.compile(r"[^。；\n]*[。；\n]+[）)]?|[^。；\n]+")
_BODY = re.compile(
    r"[局委厅署]|政府|公司|办公室|部门|法院|检察院|中心|机关|机构|单位|[组会处站队所](?![织议])"
    r"|[长部办](?=[、，。；：）)\s应要须负牵]|$)|集团|学校|医院|银行|街道|乡镇|各[市县区]"
)


def windows_of(document: Document, genre: str | None, sizes: Sizes) -> Iterator[Window]:
    """All windows of the document, in reading order; linear in its length."""
    starts = [heading.span.start for heading in document.headings]
    section: tuple[str, list[Span]] = ("", [])
    for block in document.blocks:
        above = f"{genre}‖{_above(document, block, starts)[: sizes.above]}"
        pieces = list(_pieces(document.text, block, sizes.piece))
        if above != section[0]:
            yield from _packed(*section, sizes.window)
            section = (above, [])
        section[1].extend(pieces)
    yield from _packed(*section, sizes.window)


def _above(document: Document, block: Block, starts: list[int]) -> str:
    place = bisect_right(starts, block.span.start) - 1
    return document.headings[place].text if place >= 0 else ""


def _pieces(text: str, block: Block, longest: int) -> Iterator[Span]:
    """Sentences of the block that may name a body; of an endless one parts."""
    if block.kind not in _READ:
        return
    for found in _SENTENCE.finditer(text, block.span.start, block.span.end):
        if _BODY.search(found[0]):
            for start in range(found.start(), found.end(), longest):
                yield Span(start, min(start + longest, found.end()))


def _packed(above: str, pieces: Iterable[Span], size: int) -> Iterator[Window]:
    held: list[Span] = []
    left = size - len(above)
    for piece in pieces:
        if len(piece) + 1 > left and held:
            yield Window(above, tuple(held))
            held, left = [], size - len(above)
        held.append(piece)
        left -= len(piece) + 1
    if held:
        yield Window(above, tuple(held))
