"""Mastheads and what stands with them: the cover of an issue is in no document."""

from __future__ import annotations

from collections.abc import Sequence

from gongbao.ingest.heads import is_issue_line, is_masthead
from gongbao.ingest.paragraphs import Align, Paragraph
from gongbao.ingest.patterns import is_salutation
from gongbao.ingest.tables import RawTable

_PROSE = 60  # characters that make a paragraph of a front page more than cover text
_NAME_LINES = 3  # over which a masthead may be set: 云川市 / 人民政府 / 公报

Flow = Paragraph | RawTable


def take_cover(flow: Sequence[Flow]) -> tuple[list[Paragraph], list[Flow]]:
    """Mastheads with the issue lines beside them, and whole pages of such; and what is left.

    A masthead is set as a title, over one to three paragraphs; on a page without running text the rest of the page
    goes with it.
    """
    taken: set[int] = set()
    for place in range(len(flow)):
        size = _masthead(flow, place)
        if size and place not in taken:
            taken.update(range(place, place + size))
            taken.update(_around(flow, place, place + size))
    cover = [item for k, item in enumerate(flow) if k in taken and isinstance(item, Paragraph)]
    return cover, [item for k, item in enumerate(flow) if k not in taken]


def _masthead(flow: Sequence[Flow], place: int) -> int:
    """How many paragraphs from `place` on are a masthead."""
    text = ""
    for count, item in enumerate(flow[place : place + _NAME_LINES], 1):
        if not isinstance(item, Paragraph) or (item.pieces and item.align is Align.BODY):
            return 0
        text += item.text
        if is_masthead(text):
            return count
    return 0


def _around(flow: Sequence[Flow], first: int, after: int) -> set[int]:
    """What belongs to the masthead at flow[first:after]."""
    page = page_of(flow[first])
    on_page = [k for k, item in enumerate(flow) if page is not None and page_of(item) == page]
    if on_page and not any(is_prose(flow[k]) or _addresses(flow[k]) for k in on_page):
        return set(on_page)
    found = set()
    for steps in (range(first - 1, -1, -1), range(after, len(flow))):
        for k in steps:
            item = flow[k]
            if not isinstance(item, Paragraph) or page_of(item) != page or not is_issue_line(item.text):
                break
            found.add(k)
    return found


def page_of(item: Flow) -> int | None:
    """The page it begins on; None in text files."""
    if isinstance(item, Paragraph):
        return item.page_first
    return item.page_first if item.parts else None


def page_last(item: Flow) -> int | None:
    if isinstance(item, Paragraph):
        return item.page_last
    return item.page_last if item.parts else None


def is_prose(item: Flow) -> bool:
    """What no cover has: a table, or a paragraph of running text."""
    return isinstance(item, RawTable) or (item.align is Align.BODY and len(item.text) >= _PROSE)


def _addresses(item: Flow) -> bool:
    return isinstance(item, Paragraph) and is_salutation(item.text)
