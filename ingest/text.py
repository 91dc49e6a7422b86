"""Text and Markdown files → paragraphs and tables, as the PDF road gives them, without places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongbao.corpus.language.days import DAY
from gongbao.corpus.language.width import folded
from gongbao.ingest.characters import fold
from gongbao.ingest.contents import leads_to_page, read_entries
from gongbao.ingest.cover import Flow
from gongbao.ingest.markup import TextLine, read_lines
from gongbao.ingest.office.facts import PageFacts
from gongbao.ingest.paragraphs import Align, Paragraph, joint
from gongbao.ingest.patterns import (
    CONTENTS,
    NOTE,
    ORGANISATION,
)
from gongbao.ingest.text_tables import find_end, make_table
from gongbao.ingest.text_titles import TITLE_LINES, find_titles
from gongbao.ingest.webfind import find_web
from gongbao.ingest.wrapping import goes_on

_RUN_ON = re.compile(
    rf"(?:(?P<said>.+?(?:[。；]|(?<=[^\s])(?=[\s\u3000])))(?P<blank>[\s\u3000]*))??(?P<by>{ORGANISATION.pattern})??[\s\u3000]*"
    rf"(?P<day>{DAY})[\s\u3000]*(?P<note>{NOTE.pattern})?[\s\u3000]*"
)


@dataclass(frozen=True, slots=True)
class TextFlow:
    """`front`: lines of cover and 目录; `furniture`: page heads and numbers; `beside`: navigation and the like of a
    web page, and `said`: what its box says of the document."""

    flow: tuple[Flow, ...]
    front: tuple[str, ...]
    furniture: tuple[str, ...]
    beside: tuple[str, ...] = ()
    said: PageFacts | None = None


def read_text(text: str, markdown: bool = False) -> TextFlow:
    lines, furniture = read_lines(fold(text), markdown)
    web = find_web([line.text for line in lines])
    beside = tuple(lines[at].text for at in sorted(web.navigation))
    box = tuple(lines[at].text for at in sorted(web.box))
    lines = [line for at, line in enumerate(lines) if at not in web.navigation | web.box]
    front, lines = _without_contents(lines)
    titles = find_titles(lines, frozenset(folded(entry.title) for entry in read_entries(front)))
    flow: list[Flow] = []
    place = 0
    while place < len(lines):
        end, item = _next(lines, place, titles)
        flow.extend(_parted(item))
        place = end
    said = replace(web.said, lines=box) if web.said else None
    return TextFlow(tuple(flow), tuple(front), tuple(furniture), beside, said)


def _next(lines: Sequence[TextLine], place: int, titles: dict[int, int]) -> tuple[int, Flow]:
    """The paragraph, title or table that begins at `place`, and where it ends."""
    if place in titles:
        end = titles[place]
        text = _joined([line.text for line in lines[place:end]])
        return end, Paragraph(text, Align.TITLE, lines=tuple(line.text for line in lines[place:end]))
    if lines[place].columns:
        end = find_end(lines, place)
        if end - place > 1:
            return end, make_table(lines[place:end])
        return place + 1, Paragraph(lines[place].text, lines=(lines[place].text,))
    end = place + 1
    while end < len(lines) and end not in titles and goes_on(lines, place, end):
        end += 1
    texts = [line.text for line in lines[place:end]]
    return end, Paragraph(_joined(texts), lines=tuple(texts))


def _parted(item: Flow) -> list[Flow]:
    """A signature that runs on after the last sentence, on lines of its own: …抓好落实。云川市人民政府2024年3月4日"""
    found = _RUN_ON.fullmatch(item.text) if isinstance(item, Paragraph) and item.align is Align.BODY else None
    if found is None or not (found["by"] or found["blank"] or found["note"]):
        return [item]
    return [Paragraph(text.strip(), lines=(text.strip(),)) for text in found.group("said", "by", "day", "note") if text]


def _joined(texts: Sequence[str]) -> str:
    whole = ""
    for text in texts:
        whole += joint(whole, text) + text
    return whole


# --- cover and 目录


def _without_contents(lines: list[TextLine]) -> tuple[list[str], list[TextLine]]:
    """Everything up to the end of the 目录, where the file has one near its beginning."""
    start = next((i for i, line in enumerate(lines[:60]) if CONTENTS.fullmatch(line.text)), None)
    if start is None:
        return [], lines
    end = start + 1
    for place in range(start + 1, len(lines)):
        if leads_to_page(lines[place].text):
            end = place + 1
        elif place - end > TITLE_LINES:
            break
    if end == start + 1:
        return [], lines
    return [line.text for line in lines[:end]], lines[end:]
