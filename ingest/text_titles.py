"""Which lines of a text file are titles: of its documents, and of what they transmit.

A text has no sizes and no middle: a title is known by the number under it, by its place at the head of the file, by the
目录 that lists it, or by the document's own title that names it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongbao.corpus.language.genres import ends_as_title
from gongbao.corpus.language.numbering import numbering_at
from gongbao.corpus.language.width import folded
from gongbao.ingest.heads import is_adoption, is_issue_line, is_masthead
from gongbao.ingest.markup import TextLine, width
from gongbao.ingest.patterns import (
    FULL_TITLE,
    LABEL,
    OWN_PIECE,
    find_number,
    is_fixed,
    is_organisation,
    is_salutation,
    issuer_of,
)
from gongbao.ingest.wrapping import goes_on

TITLE_LINES = 6
_LONGEST_TITLE_LINE = 60
_ENDS = ("。", "日", "）", "；")  # of what stands before a title in a text
_FIRST_LINES = 4  # of a title at the head of a file
_REST = re.compile(r"[的和及与]|.{0,4}(?:通知|决定|意见|批复|报告|办法|通告|公告|函)$")  # begins no line of its own


def find_titles(lines: Sequence[TextLine], listed: frozenset[str] = frozenset()) -> dict[int, int]:
    """First line of a title → the line after its last; `listed`: titles of the 目录 as `narrow` writes them."""
    titles: dict[int, int] = {}
    numbers = [place for place, line in enumerate(lines) if find_number(line.text) and not line.columns]
    for place in numbers:
        start = _title_start(lines, place)
        if start < place:
            titles[start] = place
        below = _again_below(lines, start, place)
        if below:
            titles[place + 1] = below
    titles.update({place: place + 1 for place, line in enumerate(lines) if folded(line.text) in listed})
    if not titles or min(titles) > 0:
        titles.update(_first_title(lines, min(titles, default=len(lines))))
    titles.update({place: place + 1 for place in range(1, len(lines)) if _is_own_piece(lines, place)})
    _attached(lines, titles)
    return titles


def _is_own_piece(lines: Sequence[TextLine], place: int) -> bool:
    """After a blank line and the end of something: 《…办法》政策解读, 云川市水利局2023年度部门决算."""
    line = lines[place]
    if not line.apart or not _can_be_title(line, long=True) or not lines[place - 1].text.endswith(_ENDS):
        return False
    named = OWN_PIECE.search(line.text) or (ends_as_title(line.text) and issuer_of(line.text))
    return bool(named) and place + 1 < len(lines) and not goes_on(lines, place, place + 1)


def _title_start(lines: Sequence[TextLine], number: int) -> int:
    """Upwards from the number: the fewest lines that make a whole title, with the issuer over them."""
    best = number
    for start in range(number - 1, max(number - 1 - TITLE_LINES, -1), -1):
        if not _can_be_title(lines[start]):
            break
        title = "".join(line.text for line in lines[start:number])
        if lines[start].level or issuer_of(title):
            return start
        if ends_as_title(title) and FULL_TITLE.match(title):
            best = start
        elif best == number:
            continue
        else:
            break
    if best < number and best > 0 and is_organisation(lines[best - 1].text):
        return best - 1
    return best if best < number else (number - 1 if number and _can_be_title(lines[number - 1]) else number)


def _can_be_title(line: TextLine, long: bool = False) -> bool:
    """`long`: a whole title on one line may be longer than printed lines are."""
    text = line.text
    if line.columns or width(text) > _LONGEST_TITLE_LINE * (2 if long else 1) or is_fixed(text):
        return False
    return not text.endswith(("。", "；", "：", ":", ";")) and numbering_at(text) is None


def _again_below(lines: Sequence[TextLine], start: int, number: int) -> int:
    """Where the title comes whole below its number, after a page's heading that is part of it; 0 where it does not."""
    above = folded("".join(line.text for line in lines[start:number]))
    if not above or number + 1 >= len(lines) or not _can_be_title(lines[number + 1], long=True):
        return 0
    below = folded(lines[number + 1].text)
    whole = above.removeprefix("关于") in below and len(below) > len(above) and ends_as_title(below)
    return number + 2 if whole else 0


def _first_title(lines: Sequence[TextLine], before: int) -> dict[int, int]:
    """The file's head: its first lines are its title unless they are something else."""
    start = next((i for i, line in enumerate(lines[:before]) if not _goes_before_title(line.text)), before)
    if start == before or not _can_be_title(lines[start], long=True) or _is_other(lines[start].text):
        return {}
    most = min(start + _FIRST_LINES, before, len(lines))
    ends = [end for end in range(start + 1, most + 1) if _is_whole(lines, start, end)]
    if not ends and start + 1 < len(lines) and goes_on(lines, start, start + 1):
        return {}
    issued = is_organisation(lines[start].text) and start + 1 < most and _can_be_title(lines[start + 1], long=True)
    return {start: ends[0] if ends else start + 1 + issued}


def _goes_before_title(text: str) -> bool:
    """Masthead, issue line, red head, 附件1, the number of an announcement: what may stand over a title."""
    if find_number(text):
        return True
    return is_masthead(text) or is_issue_line(text) or text.endswith("文件") or LABEL.fullmatch(text) is not None


def _is_other(text: str) -> bool:
    return is_adoption(text) or is_salutation(text)


def _is_whole(lines: Sequence[TextLine], start: int, end: int) -> bool:
    """lines[start:end] end like a title, each of them can be part of one, and the next begins something new."""
    group = lines[start:end]
    if not all(_can_be_title(line, long=True) for line in group) or any(is_adoption(line.text) for line in group[1:]):
        return False
    rest = end < len(lines) and width(lines[end].text) < 16 and _REST.match(lines[end].text) is not None
    return ends_as_title("".join(line.text for line in group)) and not rest


def _attached(lines: Sequence[TextLine], titles: dict[int, int]) -> None:
    """Titles of attached texts: marked as such, named by the document's title, or under a label."""
    current = ""
    for place, line in enumerate(lines):
        if place in titles:
            current = folded("".join(part.text for part in lines[place : titles[place]]))
        taken = any(start <= place < end for start, end in titles.items() if place - TITLE_LINES <= start <= place)
        if taken or not _can_be_title(line):
            continue
        end = _attached_end(lines, place, current)
        if end > place:
            titles[place] = end


def _attached_end(lines: Sequence[TextLine], place: int, current: str) -> int:
    above = lines[place - 1].text if place else ""
    labelled = LABEL.fullmatch(above) is not None
    for end in range(min(place + 3, len(lines)), place, -1):
        group = lines[place:end]
        if not all(_can_be_title(line) for line in group):
            continue
        name = folded("".join(line.text for line in group))
        begun = len(folded(group[0].text)) >= 6 and folded(group[0].text) in current
        named = len(name) >= 6 and name in current
        if current and (named or (begun and ends_as_title(name))) and (is_fixed(above) or labelled):
            return end
    if lines[place].level or lines[place].bold:
        return place + 1
    return place + _labelled_lines(lines, place) if labelled else place


def _labelled_lines(lines: Sequence[TextLine], place: int) -> int:
    """How many lines under 附件N make the title: up to the first that ends like one."""
    for count in (1, 2, 3):
        if place + count > len(lines) or not _can_be_title(lines[place + count - 1]):
            break
        if ends_as_title("".join(line.text for line in lines[place : place + count])) or lines[place].level:
            return count
    return 1
