"""Nothing is lost: every character of the input stands in a document's text or in furniture that says why it is kept.

Blanks are not counted: lines are joined and words are spaced out at will.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongbao.corpus.document import Issue
from gongbao.corpus.failure import Failure
from gongbao.ingest.layout import Line
from gongbao.ingest.paragraphs import Paragraph
from gongbao.ingest.read import PageReading
from gongbao.ingest.reading import STAGE
from gongbao.ingest.tables import RawTable

if TYPE_CHECKING:
    from gongbao.ingest.text import TextFlow

_SHOWN = 30  # characters of what is lost that a message shows
_REMEDY = "对照原件核对这一页，并请把文件提供给开发者"


@dataclass(frozen=True, slots=True)
class Lost:
    """Text of a page (0: of a file without pages) that came into no document and no furniture."""

    page: int
    text: str

    def failure(self, file: str) -> Failure:
        shown = self.text if len(self.text) <= _SHOWN else self.text[:_SHOWN] + "…"
        message = f"有 {len(self.text)} 个字没有归入任何公文：“{shown}”"
        return Failure(file, STAGE, message, _REMEDY, self.page or None)


def lost_of_pages(readings: Iterable[PageReading], issue: Issue) -> list[Lost]:
    """What was read on the pages and is not in the issue."""
    return _lost((piece for reading in readings for piece in _read(reading)), issue)


def lost_of_text(text: TextFlow, issue: Issue) -> list[Lost]:
    """The same for a file without pages."""
    lines = [(0, line) for line in (*text.front, *text.furniture)]
    flow = [(0, line) for item in text.flow for line in _lines(item)]
    return _lost([*lines, *flow], issue)


def _read(reading: PageReading) -> Iterator[tuple[int, str]]:
    for item in reading.items:
        if isinstance(item, Line):
            yield reading.number, item.text
    for mark in (*reading.marks, *reading.hidden):
        yield reading.number, mark.text
    for table in reading.tables:
        yield from ((reading.number, line) for line in _lines(table))


def _lines(item: Paragraph | RawTable) -> Iterator[str]:
    if isinstance(item, Paragraph):
        yield item.text
        return
    yield from (line.text for cell in (*item.cells, *item.repeated) for line in cell.lines)


def _lost(given: Iterable[tuple[int, str]], issue: Issue) -> list[Lost]:
    """By page, what pieces hold beyond what the issue keeps."""
    pieces = list(given)
    kept = _count([document.text for document in issue.documents] + [part.text for part in issue.furniture])
    left = _count(text for _, text in pieces) - kept
    found: dict[int, str] = {}
    for page, text in reversed(pieces):
        if not left:
            break
        taken = [char for char in "".join(text.split()) if left[char] > 0]
        left -= Counter(taken)
        if taken:
            found[page] = "".join(taken) + found.get(page, "")
    return [Lost(page, found[page]) for page in sorted(found)]


def _count(texts: Iterable[str]) -> Counter[str]:
    return Counter("".join("".join(texts).split()))
