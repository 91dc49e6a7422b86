"""Text and Markdown files → paragraphs and tables, as the PDF road gives them, without places.

Gazettes that come as text are hard-wrapped at the width of the printed column, often with a
blank line after every line; others give a paragraph a line. Which it is shows locally: where
many lines are about equally wide, a line of that width goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gongbao.corpus.geometry import BBox
from gongbao.ingest.characters import fold
from gongbao.ingest.contents import leads_to_page
from gongbao.ingest.markup import TextLine, read_lines, width
from gongbao.ingest.paragraphs import Align, Paragraph, joint
from gongbao.ingest.patterns import (
    ATTACHMENT_LIST,
    CONTENTS,
    FULL_TITLE,
    GENRE_END,
    IMPRINT,
    LABEL,
    MARKERS,
    find_number,
    is_date,
    is_fixed,
    is_organisation,
    is_salutation,
    issuer_of,
    narrow,
)
from gongbao.ingest.segment import Flow
from gongbao.ingest.text_tables import find_end, make_table

_WINDOW = 14  # lines before and after that show how the text is wrapped
_MIN_WIDTH = 10.0  # narrower lines say nothing about the wrapping
_SUPPORT = 0.3  # share of lines of the usual width in wrapped text
_NEAR = 2.5  # by which a full line may miss the usual width
_SENTENCE = 18.0  # width from which a line without a stop is a broken sentence
_INDENT = 2.0  # of the first line of a paragraph (GB/T 9704-2012 7.3.3), lost in text
_TITLE_LINES = 6
_LONGEST_TITLE_LINE = 60
_STOPS = ("。", "！", "？", "；", "：", ".", ";", ":", "!", "?")
_OPEN_ENDS = ("，", "、", "（", "(", "《", "“", "〔")
NOWHERE = BBox(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class TextFlow:
    """`front`: lines of cover and 目录; `furniture`: page heads and numbers."""

    flow: tuple[Flow, ...]
    front: tuple[str, ...]
    furniture: tuple[str, ...]


def read_text(text: str, markdown: bool = False) -> TextFlow:
    lines, furniture = read_lines(fold(text), markdown)
    front, lines = _without_contents(lines)
    titles = _titles(lines)
    flow: list[Flow] = []
    place = 0
    while place < len(lines):
        end, item = _next(lines, place, titles)
        flow.append(item)
        place = end
    return TextFlow(tuple(flow), tuple(front), tuple(furniture))


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
    while end < len(lines) and end not in titles and _goes_on(lines, place, end):
        end += 1
    texts = [line.text for line in lines[place:end]]
    return end, Paragraph(_joined(texts), lines=tuple(texts))


def _joined(texts: Sequence[str]) -> str:
    whole = ""
    for text in texts:
        whole += joint(whole, text) + text
    return whole


# --- wrapped lines


def _goes_on(lines: Sequence[TextLine], first: int, place: int) -> bool:
    """Whether lines[place] continues the paragraph that began at lines[first]."""
    a, b = lines[place - 1], lines[place]
    if is_date(a.text + b.text) and not is_date(a.text):  # 2024年3月4 / 日
        return True
    if b.columns or b.level or b.bold or a.level or a.bold or b.indented or is_fixed(a.text) or is_fixed(b.text):
        return False
    if _opens(b.text) or (place - first == 1 and is_salutation(a.text)):
        return False
    usual = _usual_width(lines, place - 1)
    if a.text.endswith(_OPEN_ENDS):
        return True
    if usual is None:
        return _is_broken(a.text, b.text)
    if _is_name_of_part(b.text, usual):
        return False
    begins = place - first == 1
    full = width(a.text) >= usual - _NEAR - (_INDENT if begins else 0)
    stops = a.text.endswith(_STOPS)
    if not full or (stops and (width(a.text) > usual + _NEAR or is_organisation(b.text))):
        return False
    heading = begins and MARKERS.match(a.text) is not None
    return not ((stops or heading) and _is_first_line(b.text, usual))


def _is_broken(a: str, b: str) -> bool:
    """Where each line is a paragraph: a sentence that a page break cut in two."""
    marker = MARKERS.match(a)
    heads = marker is not None and any(marker[kind] for kind in ("chapter", "part", "article", "one", "two"))
    if heads or a.endswith(_STOPS) or width(a) < _SENTENCE or not any(char in a for char in "，。；"):
        return False
    return b.endswith(("。", "；", "）"))


def _is_name_of_part(text: str, usual: float) -> bool:
    """1.2 编制依据: a heading of a decimal outline on a short line of its own."""
    marker = MARKERS.match(text)
    if marker is None or not (marker["deep"] or marker["bare"]):
        return False
    return width(text) <= usual - 4 and not any(char in text for char in "，。；、：%％")


def _is_first_line(text: str, usual: float) -> bool:
    """Two characters short of the usual width, which the indent took, and not the end of anything."""
    return abs(width(text) - (usual - _INDENT)) <= 1.0 and not text.endswith(_STOPS)


def _opens(text: str) -> bool:
    """A number of the outline begins something new; 第X条 and bare figures may also be cited."""
    marker = MARKERS.match(text)
    if ATTACHMENT_LIST.match(text) or IMPRINT.fullmatch(text):
        return True
    return marker is not None and not (marker["bare"] or marker["deep"])


def _usual_width(lines: Sequence[TextLine], place: int) -> float | None:
    """The width that lines around are wrapped at; None where each line is a paragraph."""
    around = lines[max(place - _WINDOW, 0) : place + _WINDOW + 1]
    widths = [width(line.text) for line in around if not line.columns]
    widths = [w for w in widths if w >= _MIN_WIDTH]
    if len(widths) < 3:
        return None
    votes = Counter(round(w) for w in widths)
    peak = max(votes, key=lambda w: (votes[w - 1] + votes[w] + votes[w + 1], w))
    support = votes[peak - 1] + votes[peak] + votes[peak + 1]
    return float(peak) if support >= max(3, _SUPPORT * len(widths)) else None


# --- titles


def _titles(lines: Sequence[TextLine]) -> dict[int, int]:
    """First line of a title → the line after its last."""
    titles: dict[int, int] = {}
    numbers = [place for place, line in enumerate(lines) if find_number(line.text) and not line.columns]
    for place in numbers:
        start = _title_start(lines, place)
        if start < place:
            titles[start] = place
    if not titles or min(titles) > 0:
        titles.update(_first_title(lines, min(titles, default=len(lines))))
    _attached(lines, titles)
    return titles


def _title_start(lines: Sequence[TextLine], number: int) -> int:
    """Upwards from the number: the fewest lines that make a whole title, with the issuer over them."""
    best = number
    for start in range(number - 1, max(number - 1 - _TITLE_LINES, -1), -1):
        if not _can_be_title(lines[start]):
            break
        title = "".join(line.text for line in lines[start:number])
        if lines[start].level or issuer_of(title):
            return start
        if GENRE_END.search(title) and FULL_TITLE.match(title):
            best = start
        elif best == number:
            continue
        else:
            break
    if best < number and best > 0 and is_organisation(lines[best - 1].text):
        return best - 1
    return best if best < number else (number - 1 if number and _can_be_title(lines[number - 1]) else number)


def _can_be_title(line: TextLine) -> bool:
    text = line.text
    if line.columns or width(text) > _LONGEST_TITLE_LINE or is_fixed(text):
        return False
    return not text.endswith(("。", "；", "：", ":", ";")) and MARKERS.match(text) is None


def _first_title(lines: Sequence[TextLine], before: int) -> dict[int, int]:
    """The file's head, where it is a title without a number."""
    for count in range(1, min(4, before, len(lines)) + 1):
        if not _can_be_title(lines[count - 1]):
            break
        title = "".join(line.text for line in lines[:count])
        if GENRE_END.search(title) and (FULL_TITLE.search(title) or lines[0].level == 1):
            return {0: count}
    return {}


def _attached(lines: Sequence[TextLine], titles: dict[int, int]) -> None:
    """Titles of attached texts: marked as such, named by the document's title, or under a label."""
    current = ""
    for place, line in enumerate(lines):
        if place in titles:
            current = narrow("".join(part.text for part in lines[place : titles[place]]))
        taken = any(start <= place < end for start, end in titles.items() if place - _TITLE_LINES <= start <= place)
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
        name = narrow("".join(line.text for line in group))
        begun = len(narrow(group[0].text)) >= 6 and narrow(group[0].text) in current
        named = len(name) >= 6 and name in current
        if current and (named or (begun and GENRE_END.search(name))) and (is_fixed(above) or labelled):
            return end
    if lines[place].level or lines[place].bold:
        return place + 1
    return place + _labelled_lines(lines, place) if labelled else place


def _labelled_lines(lines: Sequence[TextLine], place: int) -> int:
    """How many lines under 附件N make the title: up to the first that ends like one."""
    for count in (1, 2, 3):
        if place + count > len(lines) or not _can_be_title(lines[place + count - 1]):
            break
        if GENRE_END.search("".join(line.text for line in lines[place : place + count])) or lines[place].level:
            return count
    return 1


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
        elif place - end > _TITLE_LINES:
            break
    if end == start + 1:
        return [], lines
    return [line.text for line in lines[:end]], lines[end:]
