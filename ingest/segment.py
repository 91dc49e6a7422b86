"""An issue's paragraphs and tables → its documents, and what stands before and after them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongbao.ingest.cover import Flow, is_prose, page_last, page_of, take_cover
from gongbao.ingest.heads import issued_by
from gongbao.ingest.paragraphs import Align, Paragraph
from gongbao.ingest.starts import MAX_TITLE, find_starts, first_lines

_PROSE = 60  # characters that make a paragraph of a front page more than cover text


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """A document before its blocks are told apart.

    `letterhead`: a red head above its number, and who signs; `section`: the heading over documents of its kind.
    """

    title: tuple[Paragraph, ...]
    number: Paragraph | None
    body: tuple[Flow, ...]
    letterhead: tuple[Paragraph, ...] = ()
    section: tuple[Paragraph, ...] = ()

    @property
    def name(self) -> str:
        return "".join(paragraph.text for paragraph in self.title)


@dataclass(frozen=True, slots=True)
class Segments:
    """`front` and `back`: paragraphs of cover and imprint pages, in no document."""

    drafts: tuple[DocumentDraft, ...]
    front: tuple[Paragraph, ...] = ()
    back: tuple[Paragraph, ...] = ()


def segment(flow: Sequence[Flow], listed: frozenset[str] = frozenset()) -> Segments:
    """`listed`: titles of the 目录 as `patterns.narrow` writes them."""
    cover, flow = take_cover(flow)
    parts = _segment(flow, listed, issued=bool(cover or listed))
    return replace(parts, front=(*cover, *parts.front))


def _segment(flow: Sequence[Flow], listed: frozenset[str], *, issued: bool) -> Segments:
    """`issued`: a masthead or a 目录 says that this is an issue."""
    starts = find_starts(flow, listed)
    if not starts:
        start = None if issued else first_lines(flow)
        if start is None:
            return Segments((DocumentDraft((), None, tuple(flow)),) if flow else ())
        starts = [start]
    front, early = _front(flow[: starts[0].first])
    if early and _is_back(early):  # the publisher's page inside the cover
        front, early = [*front, *(item for item in early if isinstance(item, Paragraph))], []
    head = [] if early else [item for item in front if issued_by(item.text)]
    front = [item for item in front if item not in head]
    drafts = [_early(early)] if early else []
    ends = [start.first for start in starts[1:]] + [len(flow)]
    for start, end in zip(starts, ends, strict=True):
        drafts.append(
            DocumentDraft(start.title, start.number, tuple(flow[start.after : end]), start.letterhead, start.section)
        )
    drafts[0] = replace(drafts[0], letterhead=(*head, *drafts[0].letterhead))
    drafts[-1], back = _without_back(drafts[-1])
    return Segments(tuple(drafts), tuple(front), tuple(back))


# --- before the first and after the last


def _front(flow: Sequence[Flow]) -> tuple[list[Paragraph], list[Flow]]:
    """Cover text, and what is already a document though no title was recognised."""
    prose = {page_of(item) for item in flow if is_prose(item)} - {None}
    first = next((i for i, item in enumerate(flow) if page_of(item) in prose or is_prose(item)), len(flow))
    front = [item for item in flow[:first] if isinstance(item, Paragraph)]
    return front, list(flow[first:])


def _early(flow: list[Flow]) -> DocumentDraft:
    """A document before the first recognised one: its title is what is set largest at its head."""
    title: list[Paragraph] = []
    for item in flow[:MAX_TITLE]:
        if not isinstance(item, Paragraph) or item.align not in (Align.TITLE, Align.CENTRE):
            break
        title.append(item)
    return DocumentDraft(tuple(title), None, tuple(flow[len(title) :]))


def _without_back(draft: DocumentDraft) -> tuple[DocumentDraft, list[Paragraph]]:
    """The last document without the imprint page of the issue."""
    last = max((page_last(item) or 0 for item in draft.body), default=0)
    page = [item for item in draft.body if page_of(item) == last]
    if not last or len(page) == len(draft.body) or not _is_back(page):
        return draft, []
    kept = tuple(item for item in draft.body if page_of(item) != last)
    return replace(draft, body=kept), [p for p in page if isinstance(p, Paragraph)]


def _is_back(page: list[Flow]) -> bool:
    """Only short lines, some of an imprint; or several such lines with a name or number after a colon, whatever
    the publisher says about subscription over them."""
    texts = [item.text for item in page if isinstance(item, Paragraph)]
    if not texts or len(texts) < len(page):
        return False
    short = all(len(text) < _PROSE for text in texts)
    words = sum(word in text for text in texts for word in _IMPRINT_WORDS)
    return (short and words >= 2) or sum(bool(_IMPRINT_LINE.match(text.strip())) for text in texts) >= _IMPRINT_LINES


_IMPRINT_WORDS = ("主管", "主办", "编辑", "编印", "印刷", "准印", "刊号", "邮编", "地址", "电话", "发行", "网址")
_IMPRINT_LINE = re.compile(
    r"(?:主\s*管|主\s*办|编\s*[辑印]|承\s*印|印\s*刷|准\s*印|刊\s*号|邮\s*[编政]|地\s*址|发\s*行|网\s*址|出\s*版)[^：:，。]{0,8}[：:]"
)
_IMPRINT_LINES = 3
