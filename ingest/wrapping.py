"""How a text is wrapped: whether a line goes on with the paragraph before it.

Gazettes that come as text are hard-wrapped at the width of the printed column, often with a
blank line after every line; others give a paragraph a line. Which it is shows locally: where
many lines are about equally wide, a line of that width goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gongbao.corpus.language.days import is_day
from gongbao.corpus.language.numbering import OUTLINE, Style, decimal_at, numbering_at
from gongbao.ingest.listed import stands_alone
from gongbao.ingest.markup import TextLine, width
from gongbao.ingest.patterns import ATTACHMENT_LIST, IMPRINT, is_fixed, is_salutation
from gongbao.ingest.signing import is_seal_note, signs

_WINDOW = 14  # lines before and after that show how the text is wrapped
_MIN_WIDTH = 10.0  # narrower lines say nothing about the wrapping
_SUPPORT = 0.3  # share of lines of the usual width in wrapped text
_NEAR = 2.5  # by which a full line may miss the usual width
_SENTENCE = 18.0  # width from which a line without a stop is a broken sentence
_INDENT = 2.0  # of the first line of a paragraph (GB/T 9704-2012 7.3.3), lost in text
_STOPS = ("。", "！", "？", "；", "：", ".", ";", ":", "!", "?")
_OPEN_ENDS = ("，", "、", "（", "(", "《", "“", "〔")


def goes_on(lines: Sequence[TextLine], first: int, place: int) -> bool:
    """Whether lines[place] continues the paragraph that began at lines[first]."""
    a, b = lines[place - 1], lines[place]
    if is_day(a.text + b.text) and not is_day(a.text):  # 2024年3月4 / 日
        return True
    if b.columns or b.level or b.bold or a.level or a.bold or b.indented or is_fixed(a.text) or is_fixed(b.text):
        return False
    if _opens(b.text) or stands_alone(lines, place) or (place - first == 1 and is_salutation(a.text)):
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
    if not full or (stops and (width(a.text) > usual + _NEAR or signs(b.text) or is_seal_note(b.text))):
        return False
    heading = begins and numbering_at(a.text) is not None
    return not ((stops or heading) and _is_first_line(b.text, usual))


def _is_broken(a: str, b: str) -> bool:
    """Where each line is a paragraph: a sentence that a page break cut in two."""
    number = numbering_at(a)
    heads = number is not None and number.style in OUTLINE
    if heads or a.endswith(_STOPS) or width(a) < _SENTENCE or not any(char in a for char in "，。；"):
        return False
    return b.endswith(("。", "；", "）"))


def _is_name_of_part(text: str, usual: float) -> bool:
    """1.2 编制依据: a heading of a decimal outline on a short line of its own."""
    number = decimal_at(text)
    if number is None or number.style not in (Style.DECIMAL, Style.BARE):
        return False
    return width(text) <= usual - 4 and not any(char in text for char in "，。；、：%％")


def _is_first_line(text: str, usual: float) -> bool:
    """Two characters short of the usual width, which the indent took, and not the end of anything."""
    return abs(width(text) - (usual - _INDENT)) <= 1.0 and not text.endswith(_STOPS)


def _opens(text: str) -> bool:
    """A number of the outline begins something new; 第X条 and bare figures may also be cited."""
    number = numbering_at(text)
    if ATTACHMENT_LIST.match(text) or IMPRINT.fullmatch(text):
        return True
    return number is not None and number.style not in (Style.DECIMAL, Style.BARE)


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
