"""An issue's paragraphs and tables → its documents, and what stands before and after them.

A document begins with its title: one to several centred lines, larger than the text, with the
number (文号) under it; or, in a document with a red head, under its number. Without a number
it begins where a title is set like those of the numbered documents or is listed in the 目录.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongbao.ingest.paragraphs import Align, Paragraph
from gongbao.ingest.patterns import (
    FULL_TITLE,
    GENRE_END,
    IMPRINT,
    LABEL,
    NOTE,
    OWN_PIECE,
    SECTION,
    SIGNER,
    find_number,
    is_date,
    is_organisation,
    issuer_of,
    narrow,
)
from gongbao.ingest.tables import RawTable

Flow = Paragraph | RawTable

_SAME_SIZE = 0.04
_MAX_TITLE = 6  # paragraphs that can make one title
_LONGEST_TITLE = 160
_LONGEST_SECTION = 14
_PROSE = 60  # characters that make a paragraph of a front page more than cover text


def page_first(item: Flow) -> int | None:
    """The page it begins on; None in text files."""
    if isinstance(item, Paragraph):
        return item.page_first
    return item.page_first if item.parts else None


def page_last(item: Flow) -> int | None:
    if isinstance(item, Paragraph):
        return item.page_last
    return item.page_last if item.parts else None


@dataclass(frozen=True, slots=True)
class Draft:
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

    drafts: tuple[Draft, ...]
    front: tuple[Paragraph, ...] = ()
    back: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class _Start:
    """flow[first : after] hold section, letterhead, title and number of a document."""

    first: int
    after: int
    title: tuple[Paragraph, ...]
    number: Paragraph | None
    letterhead: tuple[Paragraph, ...] = ()
    section: tuple[Paragraph, ...] = ()


def segment(flow: Sequence[Flow], listed: frozenset[str] = frozenset()) -> Segments:
    """`listed`: titles of the 目录 as `patterns.narrow` writes them."""
    starts = [_with_section(flow, start) for start in _with_unnumbered(flow, _numbered(flow), listed)]
    if not starts:
        front, rest = _front(flow)
        if not rest:  # nothing but short lines: they are all that there is
            front, rest = [], list(flow)
        return Segments((Draft((), None, tuple(rest)),) if rest else (), tuple(front))
    front, early = _front(flow[: starts[0].first])
    if early and _is_back(early):  # the publisher's page inside the cover
        front, early = [*front, *(item for item in early if isinstance(item, Paragraph))], []
    drafts = [_early(early)] if early else []
    ends = [start.first for start in starts[1:]] + [len(flow)]
    for start, end in zip(starts, ends, strict=True):
        drafts.append(Draft(start.title, start.number, tuple(flow[start.after : end]), start.letterhead, start.section))
    drafts[-1], back = _without_back(drafts[-1])
    return Segments(tuple(drafts), tuple(front), tuple(back))


def _with_section(flow: Sequence[Flow], start: _Start) -> _Start:
    """The short heading right above, or on a page of its own before, that says of what kind the documents are."""
    above = flow[start.first - 1] if start.first else None
    if not isinstance(above, Paragraph) or not SECTION.fullmatch(above.text.strip()):
        return start
    if len(above.text) > _LONGEST_SECTION or not _heads_page(flow, start.first - 1):
        return start
    return replace(start, first=start.first - 1, section=(above,))


def _heads_page(flow: Sequence[Flow], place: int) -> bool:
    """It stands on the page of what follows, or alone on the one before."""
    page, then = page_first(flow[place]), page_first(flow[place + 1])
    alone = place == 0 or page_last(flow[place - 1]) != page
    return page == then or (alone and page is not None and then == page + 1)


# --- documents with a number


def _numbered(flow: Sequence[Flow]) -> list[_Start]:
    starts: list[_Start] = []
    free = 0  # what stands before belongs to an earlier title
    for place, item in enumerate(flow):
        if not isinstance(item, Paragraph) or not find_number(item.text) or place < free:
            continue
        start = _start_at(flow, place, free)
        if start is not None:
            starts.append(start)
            free = start.after
    return starts


def _start_at(flow: Sequence[Flow], place: int, free: int) -> _Start | None:
    above = _title_above(flow, place, free)
    signer = _signer(flow, place + 1)
    after = place + 1 + len(signer)
    below = _title_below(flow, after)
    number = flow[place]
    assert isinstance(number, Paragraph)
    if below and _is_beside_the_title(above, below):
        return _Start(place, after + len(below), tuple(below), number, signer)
    if above and not (below and _is_letterhead(above)):
        return _Start(place - len(above), after, tuple(above), number, signer)
    if below:
        return _Start(place - len(above), after + len(below), tuple(below), number, (*above, *signer))
    return None


def _is_beside_the_title(above: list[Paragraph], below: list[Paragraph]) -> bool:
    """What ends above a number that stands over its title: smaller than the title, and itself the name of nothing."""
    titled = GENRE_END.search("".join(paragraph.text for paragraph in below).strip())
    smaller = all(paragraph.size < (1 - _SAME_SIZE) * below[0].size for paragraph in above)
    return bool(above and titled and smaller) and not (
        _is_letterhead(above) or GENRE_END.search(above[-1].text.strip())
    )


def _signer(flow: Sequence[Flow], place: int) -> tuple[Paragraph, ...]:
    """Who signs a report to those above (GB/T 9704 7.2.6), where that is not on the number's own line."""
    item = flow[place] if place < len(flow) else None
    return (item,) if isinstance(item, Paragraph) and SIGNER.fullmatch(item.text.strip()) else ()


def _is_letterhead(paragraphs: list[Paragraph]) -> bool:
    text = "".join(paragraph.text for paragraph in paragraphs).strip()
    return text.endswith("文件") or is_organisation(text)


def _title_above(flow: Sequence[Flow], place: int, free: int) -> list[Paragraph]:
    """The title paragraphs that end right above flow[place]."""
    found: list[Paragraph] = []
    for item in reversed(flow[free:place]):
        if not isinstance(item, Paragraph) or not _is_title(item) or len(found) == _MAX_TITLE:
            break
        if found and not _goes_with(item, found[0]):
            break
        found.insert(0, item)
    return found


def _title_below(flow: Sequence[Flow], place: int) -> list[Paragraph]:
    found: list[Paragraph] = []
    for item in flow[place : place + _MAX_TITLE]:
        if not isinstance(item, Paragraph) or item.align is not Align.TITLE or not _is_title(item):
            break
        if found and not _goes_with(found[0], item):
            break
        found.append(item)
    return found


def _is_title(item: Paragraph) -> bool:
    if item.align not in (Align.TITLE, Align.CENTRE) or len(item.text) > _LONGEST_TITLE:
        return False
    text = item.text.strip()
    fixed = LABEL.fullmatch(text) or NOTE.fullmatch(text) or IMPRINT.fullmatch(text)
    return not (fixed or is_date(text) or find_number(text))


def _goes_with(above: Paragraph, below: Paragraph) -> bool:
    """Parts of one title: set in the same size on the same page, or an issuer over the rest.

    The title of a text file has no size; it is one paragraph already.
    """
    if not above.pieces or above.align is not below.align:
        return False
    if above.page_last != below.page_first:  # a title that a page break cuts in two is not whole before it
        issued = issuer_of(above.text) is not None or is_organisation(above.text)
        return above.size == below.size and issued and not GENRE_END.search(above.text)
    return abs(above.size - below.size) <= _SAME_SIZE * below.size or is_organisation(above.text)


# --- documents without one


def _with_unnumbered(flow: Sequence[Flow], numbered: list[_Start], listed: frozenset[str]) -> list[_Start]:
    models = [start.title[-1] for start in numbered]
    taken = {place for start in numbered for place in range(start.first, start.after)}
    starts = {start.first: start for start in numbered}
    current = ""
    for place, item in enumerate(flow):
        if place in starts:
            current = "".join(paragraph.text for paragraph in starts[place].title)
        if place in taken or not isinstance(item, Paragraph):
            continue
        group = _title_group(flow, place, taken, models)
        if not group or not _begins(flow, place, group, models, current, listed):
            continue
        current = "".join(paragraph.text for paragraph in group)
        models = models or [group[-1]]
        taken.update(range(place, place + len(group)))
        starts[place] = _Start(place, place + len(group), tuple(group), None)
    return [starts[place] for place in sorted(starts)]


def _title_group(flow: Sequence[Flow], place: int, taken: set[int], models: list[Paragraph]) -> list[Paragraph]:
    group: list[Paragraph] = []
    for offset, item in enumerate(flow[place : place + _MAX_TITLE]):
        if place + offset in taken or not isinstance(item, Paragraph) or not _is_title(item):
            break
        if item.align is not Align.TITLE and not any(_set_as(item, model) for model in models):
            break
        if group and not _goes_with(group[-1], item):
            break
        group.append(item)
    return group


def _set_as(item: Paragraph, model: Paragraph) -> bool:
    """In the same type, to the font."""
    alike = abs(item.size - model.size) <= _SAME_SIZE * model.size
    return alike and item.font == model.font and item.bold == model.bold and item.align is model.align


def _begins(
    flow: Sequence[Flow],
    place: int,
    group: list[Paragraph],
    models: list[Paragraph],
    current: str,
    listed: frozenset[str],
) -> bool:
    """Whether an unnumbered title begins a document and not an attached text of the current one."""
    title = "".join(paragraph.text for paragraph in group)
    if narrow(title) in listed:
        return True
    before = flow[place - 1] if place else None
    if isinstance(before, Paragraph) and LABEL.fullmatch(before.text.strip()):
        return False
    if current and narrow(title) in narrow(current):
        return False
    if not models:
        return bool(FULL_TITLE.search(title) or GENRE_END.search(title))
    alike = any(abs(group[-1].size - model.size) <= _SAME_SIZE * model.size for model in models)
    if alike and OWN_PIECE.search(title):
        return True
    whole = FULL_TITLE.search(title) or (issuer_of(title) is not None)
    return alike and bool(whole) and bool(GENRE_END.search(title))


# --- before the first and after the last


def _front(flow: Sequence[Flow]) -> tuple[list[Paragraph], list[Flow]]:
    """Cover text, and what is already a document though no title was recognised."""
    prose = {page_first(item) for item in flow if _is_prose(item)} - {None}
    first = next((i for i, item in enumerate(flow) if page_first(item) in prose or _is_prose(item)), len(flow))
    front = [item for item in flow[:first] if isinstance(item, Paragraph)]
    return front, list(flow[first:])


def _is_prose(item: Flow) -> bool:
    """What no cover has: a table, or a paragraph of running text."""
    return isinstance(item, RawTable) or (item.align is Align.BODY and len(item.text) >= _PROSE)


def _early(flow: list[Flow]) -> Draft:
    """A document before the first recognised one: its title is what is set largest at its head."""
    title: list[Paragraph] = []
    for item in flow[:_MAX_TITLE]:
        if not isinstance(item, Paragraph) or item.align not in (Align.TITLE, Align.CENTRE):
            break
        title.append(item)
    return Draft(tuple(title), None, tuple(flow[len(title) :]))


def _without_back(draft: Draft) -> tuple[Draft, list[Paragraph]]:
    """The last document without the imprint page of the issue."""
    last = max((page_last(item) or 0 for item in draft.body), default=0)
    page = [item for item in draft.body if page_first(item) == last]
    if not last or len(page) == len(draft.body) or not _is_back(page):
        return draft, []
    kept = tuple(item for item in draft.body if page_first(item) != last)
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
