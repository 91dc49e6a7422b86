"""Where documents begin: at a title with its number, or at a title without one.

A document begins with its title: one to several centred lines, larger than the text, with the
number (文号) under it; or, in a document with a red head, under its number. Without a number
it begins where a title is set like those of the others, is listed in the 目录, has an adoption line under it, or is
the first thing in the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongbao.corpus.language.days import is_day
from gongbao.corpus.language.genres import ends_as_title
from gongbao.corpus.language.numbering import OUTLINE, numbering_at
from gongbao.corpus.language.width import folded
from gongbao.ingest.cover import Flow, is_prose, page_last, page_of
from gongbao.ingest.heads import is_adoption, is_letterhead
from gongbao.ingest.paragraphs import Align, Paragraph
from gongbao.ingest.patterns import (
    FULL_TITLE,
    IMPRINT,
    LABEL,
    NOTE,
    OWN_PIECE,
    SECTION,
    SIGNER,
    find_number,
    is_organisation,
    is_salutation,
    issuer_of,
)

MAX_TITLE = 6  # paragraphs that can make one title


@dataclass(frozen=True, slots=True)
class StartTolerances:
    """Set on gazettes of cities, provinces, congresses and the state (tests/ingest/test_issues.py, test_segment.py).

    `same_size`: share by which parts of one title differ in size. `longest`, `longest_section`, `longest_line`:
    characters of a title, of the heading over documents of one kind, of a title that only its place shows. `body`:
    paragraphs among which what a title heads shows. `head`: paragraphs between a head and the title under it, which
    it is `larger` than so many times (40 points over 22 in minutes of meetings). `said`: paragraphs in which a
    document names what it transmits, by a name of `shortest_name` characters at least.
    """

    same_size: float = 0.04
    longest: int = 160
    longest_section: int = 14
    longest_line: int = 60
    body: int = 8
    head: int = 4
    larger: float = 1.4
    said: int = 12
    shortest_name: int = 6


TOLERANCES = StartTolerances()


@dataclass(frozen=True, slots=True)
class Start:
    """flow[first : after] hold section, letterhead, title and number of a document."""

    first: int
    after: int
    title: tuple[Paragraph, ...]
    number: Paragraph | None
    letterhead: tuple[Paragraph, ...] = ()
    section: tuple[Paragraph, ...] = ()


def find_starts(flow: Sequence[Flow], listed: frozenset[str]) -> list[Start]:
    """In the order of the flow; `listed`: titles of the 目录 folded."""
    return [_with_section(flow, start) for start in _with_unnumbered(flow, _numbered(flow), listed)]


def _with_section(flow: Sequence[Flow], start: Start) -> Start:
    """The short heading right above, or on a page of its own before, that says of what kind the documents are."""
    above = flow[start.first - 1] if start.first else None
    if not isinstance(above, Paragraph) or not SECTION.fullmatch(above.text.strip()):
        return start
    if len(above.text) > TOLERANCES.longest_section or not _heads_page(flow, start.first - 1):
        return start
    return replace(start, first=start.first - 1, section=(above,))


def _heads_page(flow: Sequence[Flow], place: int) -> bool:
    """It stands on the page of what follows, or alone on the one before."""
    page, then = page_of(flow[place]), page_of(flow[place + 1])
    alone = place == 0 or page_last(flow[place - 1]) != page
    return page == then or (alone and page is not None and then == page + 1)


# --- documents with a number


def _numbered(flow: Sequence[Flow]) -> list[Start]:
    starts: list[Start] = []
    free = 0  # what stands before belongs to an earlier title
    for place, item in enumerate(flow):
        if not isinstance(item, Paragraph) or not find_number(item.text) or place < free:
            continue
        start = _start_at(flow, place, free)
        if start is not None and not (starts and _is_said_again(starts[-1], start)):
            starts.append(start)
            free = start.after
    return starts


def _is_said_again(before: Start, start: Start) -> bool:
    """国令第706号 under the title of what an order makes known, and 第706号 again under the order's name."""
    one, other = (folded(part.number.text) if part.number else "" for part in (before, start))
    return bool(other) and one.endswith(other.strip("()")) and start.first == before.after


def _start_at(flow: Sequence[Flow], place: int, free: int) -> Start | None:
    above = _title_above(flow, place, free)
    signer = _signer(flow, place + 1)
    after = place + 1 + len(signer)
    below = _title_below(flow, after)
    number = flow[place]
    assert isinstance(number, Paragraph)
    if below and _is_beside_the_title(above, below):
        return Start(place, after + len(below), tuple(below), number, signer)
    if above and not (below and (_is_letterhead(above) or _is_part_of(above, below))):
        return Start(place - len(above), after, tuple(above), number, signer)
    if below:
        return Start(place - len(above), after + len(below), tuple(below), number, (*above, *signer))
    named = number.align is Align.TITLE and "令" in number.text  # 云川市人民政府令第18号, name and number in one
    return Start(place, after, (number,), None, signer) if named else None


def _is_beside_the_title(above: list[Paragraph], below: list[Paragraph]) -> bool:
    """What ends above a number that stands over its title: smaller than the title, and itself the name of nothing."""
    titled = ends_as_title("".join(paragraph.text for paragraph in below).strip())
    smaller = all(paragraph.size < (1 - TOLERANCES.same_size) * below[0].size for paragraph in above)
    return bool(above and titled and smaller) and not (_is_letterhead(above) or ends_as_title(above[-1].text.strip()))


def _is_part_of(above: list[Paragraph], below: list[Paragraph]) -> bool:
    """A page's heading that the title below the number says again, whole."""
    one, whole = (folded("".join(paragraph.text for paragraph in part)) for part in (above, below))
    return one.removeprefix("关于") in whole and len(one) < len(whole)


def _signer(flow: Sequence[Flow], place: int) -> tuple[Paragraph, ...]:
    """Who signs a report to those above (GB/T 9704 7.2.6), where that is not on the number's own line."""
    item = flow[place] if place < len(flow) else None
    return (item,) if isinstance(item, Paragraph) and SIGNER.fullmatch(item.text.strip()) else ()


def _is_letterhead(paragraphs: list[Paragraph]) -> bool:
    return is_letterhead("".join(paragraph.text for paragraph in paragraphs))


def _title_above(flow: Sequence[Flow], place: int, free: int) -> list[Paragraph]:
    """The title paragraphs that end right above flow[place]."""
    found: list[Paragraph] = []
    for item in reversed(flow[free:place]):
        if not isinstance(item, Paragraph) or not _is_title(item) or len(found) == MAX_TITLE:
            break
        if found and not _goes_with(item, found[0]):
            break
        found.insert(0, item)
    return found


def _title_below(flow: Sequence[Flow], place: int) -> list[Paragraph]:
    found: list[Paragraph] = []
    for item in flow[place : place + MAX_TITLE]:
        if not isinstance(item, Paragraph) or item.align is not Align.TITLE or not _is_title(item):
            break
        if found and not _goes_with(found[0], item):
            break
        found.append(item)
    return found


def _is_title(item: Paragraph) -> bool:
    if item.align not in (Align.TITLE, Align.CENTRE) or len(item.text) > TOLERANCES.longest:
        return False
    return _can_be_title(item.text.strip())


def _can_be_title(text: str) -> bool:
    """Nothing that has a form of its own: label, note, date, number, chapter, adoption line."""
    fixed = LABEL.fullmatch(text) or NOTE.fullmatch(text) or IMPRINT.fullmatch(text)
    marker = numbering_at(text)
    heading = marker is not None and marker.style in OUTLINE
    return not (fixed or heading or is_day(text) or find_number(text) or is_adoption(text))


def _goes_with(above: Paragraph, below: Paragraph) -> bool:
    """Parts of one title on the same page: set in one size, or what stands above is not whole without the rest.

    The title of a text file has no size; it is one paragraph already.
    """
    if not above.pieces or above.align is not below.align:
        return False
    whole = ends_as_title(above.text.strip())
    if above.page_last != below.page_first:  # a title that a page break cuts in two is not whole before it
        issued = issuer_of(above.text) is not None or is_organisation(above.text)
        return above.size == below.size and issued and not whole
    if abs(above.size - below.size) <= TOLERANCES.same_size * below.size or is_organisation(above.text):
        return True
    return not whole and not is_letterhead(above.text) and above.align is Align.TITLE


# --- documents without one


def _with_unnumbered(flow: Sequence[Flow], numbered: list[Start], listed: frozenset[str]) -> list[Start]:
    models = [start.title[-1] for start in numbered]
    taken = {place for start in numbered for place in range(start.first, start.after)}
    starts = {start.first: start for start in numbered}
    current: Start | None = None
    for place, item in enumerate(flow):
        current = starts.get(place, current)
        if place in taken or not isinstance(item, Paragraph):
            continue
        group = _title_group(flow, place, taken, models)
        if not group or not _begins(flow, place, group, models, current, listed):
            continue
        models = models or [group[-1]]
        taken.update(range(place, place + len(group)))
        starts[place] = current = Start(place, place + len(group), tuple(group), None)
    return [starts[place] for place in sorted(starts)]


def _title_group(flow: Sequence[Flow], place: int, taken: set[int], models: list[Paragraph]) -> list[Paragraph]:
    group: list[Paragraph] = []
    for offset, item in enumerate(flow[place : place + MAX_TITLE]):
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
    alike = abs(item.size - model.size) <= TOLERANCES.same_size * model.size
    return alike and item.font == model.font and item.bold == model.bold and item.align is model.align


def _begins(
    flow: Sequence[Flow],
    place: int,
    group: list[Paragraph],
    models: list[Paragraph],
    current: Start | None,
    listed: frozenset[str],
) -> bool:
    """Whether an unnumbered title begins a document and not an attached text of the current one.

    Nothing begins right under another's title: the document would be empty.
    """
    title = "".join(paragraph.text for paragraph in group).strip()
    if folded(title) in listed:
        return True
    if current is None and not models:
        return _heads_text(flow, place + len(group)) and not _is_over_title(flow, place + len(group), group)
    before = flow[place - 1] if place else None
    if isinstance(before, Paragraph) and LABEL.fullmatch(before.text.strip()):
        return False
    if current is not None and (current.after == place or _is_attached(flow, current, place, title)):
        return False
    alike = any(abs(group[-1].size - model.size) <= TOLERANCES.same_size * model.size for model in models)
    if alike and (OWN_PIECE.search(title) or _is_dated(flow, place + len(group))):
        return True
    whole = FULL_TITLE.search(title) or (issuer_of(title) is not None)
    return alike and bool(whole) and ends_as_title(title)


def _heads_text(flow: Sequence[Flow], after: int) -> bool:
    """Something follows that a title heads: prose, a heading, a date, those addressed."""
    for item in flow[after : after + TOLERANCES.body]:
        if is_prose(item) or not isinstance(item, Paragraph):
            return True
        text = item.text.strip()
        if not _can_be_title(text) or is_salutation(text) or text.endswith("。"):
            return True
    return False


def _is_over_title(flow: Sequence[Flow], after: int, group: list[Paragraph]) -> bool:
    """A head set much larger than the title under it on the page: 常务会议纪要 over 〔2025〕6号 over 第38次…纪要"""
    for item in flow[after : after + TOLERANCES.head]:
        if is_prose(item) or not isinstance(item, Paragraph) or item.page_first != group[0].page_first:
            return False
        if item.align is Align.TITLE and _is_title(item) and TOLERANCES.larger * item.size <= group[0].size:
            return True
    return False


def _is_dated(flow: Sequence[Flow], after: int) -> bool:
    """The day of adoption right under the title: （2024年6月30日通过）"""
    item = flow[after] if after < len(flow) else None
    if not isinstance(item, Paragraph) or not item.pieces:
        return False
    text = item.text.strip()
    return text.startswith(("（", "(")) and (is_day(text) or is_adoption(text))


def _is_attached(flow: Sequence[Flow], current: Start, place: int, title: str) -> bool:
    """The document's title or its first paragraphs name it: 《…办法》已经…通过，现予公布"""
    name = folded(title)
    above = folded("".join(paragraph.text for paragraph in current.title))
    said = [item.text for item in flow[current.after : place][: TOLERANCES.said] if isinstance(item, Paragraph)]
    return name in above or (len(name) >= TOLERANCES.shortest_name and name in folded("".join(said)))


def first_lines(flow: Sequence[Flow]) -> Start | None:
    """The title of a file in which nothing shows one but its place: what is centred before the text, else the first
    line; None where that is something else."""
    for place, item in enumerate(flow[:MAX_TITLE]):
        if is_prose(item) or not isinstance(item, Paragraph):
            break
        if item.align is Align.CENTRE and _is_title(item):
            rest = flow[place + 1 : place + MAX_TITLE]
            after = next((k for k, part in enumerate(rest, place + 1) if not _is_set_on(item, part)), place + 1)
            return Start(place, after, tuple(part for part in flow[place:after] if isinstance(part, Paragraph)), None)
    first = flow[0] if flow else None
    if not isinstance(first, Paragraph) or len(first.text) > TOLERANCES.longest_line or len(flow) == 1:
        return None
    text = first.text.strip()
    other = is_salutation(text) or text.endswith(("。", "；", "：", "，", ":", ";", ","))
    return None if other or not _can_be_title(text) or numbering_at(text) else Start(0, 1, (first,), None)


def _is_set_on(above: Paragraph, item: Flow) -> bool:
    return isinstance(item, Paragraph) and _is_title(item) and _goes_with(above, item)
