"""How many rows at the top of a table name its columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from gongbao.corpus.language.captions import COLUMNS
from gongbao.ingest.page import PageContent
from gongbao.ingest.tables.fill import Filled
from gongbao.ingest.tables.lines import TableLine, line_text


@dataclass(frozen=True, slots=True)
class HeaderTolerances:
    """Set on headers of official and financial tables (test_find.py, test_others.py).

    `deepest`: rows of the tallest header; `long`: characters; a name of a column is seldom longer; `enough`:
    points of evidence that make a header.
    """

    deepest: int = 5
    long: int = 28
    enough: int = 2


TOLERANCES = HeaderTolerances()


_COLUMN = re.compile("|".join(re.escape(word) for word in COLUMNS if not word.isascii()))
_LATIN = frozenset(word.lower() for word in COLUMNS if word.isascii())
_FIGURE = re.compile(
    r"[-–—+−±(（]?[$¥€£]?\s?[\d.,，\s]*\d[\d.,，\s]*[%％)）]?[*†‡a-zA-Z]{0,2}|[-–—－/]+|n/?a", re.IGNORECASE
)
_YEAR = re.compile(r"[(（]?(FY|Q[1-4]\s?)?(19|20)\d\d([-–/]\d{2,4})?[AEFP年]?(度|末)?[)）]?")


@dataclass(frozen=True, slots=True)
class _Look:
    """A cell as it strikes the eye."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    bold: bool
    shaded: bool
    centred: bool


def is_figure(text: str) -> bool:
    """Figures, with signs, units of currency or a percent sign; a dash stands for none."""
    return bool(_FIGURE.fullmatch(text.strip()))


def count_header_rows(table: Filled, page: PageContent) -> int:
    """0 for forms and lists; `page` upright."""
    looks = list(_looks(table, page))
    title = sum(look.row == 0 and look.col_span == table.n_cols for look in looks)
    depth = _depth([look for look in looks if look.row >= title], title, table.n_rows)
    if not 0 < depth < table.n_rows:
        return 0
    head = [look for look in looks if title <= look.row < depth]
    body = [look for look in looks if look.row >= depth]
    levels = 2 if depth - title > 1 else 0  # names under names
    return depth if _is_header(head, body, levels) else 0


def _looks(table: Filled, page: PageContent) -> Iterable[_Look]:
    bold_styles = np.array([style.bold for style in page.glyphs.styles] or [False])
    for area, lines in zip(table.areas, table.lines, strict=True):
        box = table.box(area)
        text = "".join(line_text(page.glyphs, line.places)[0] for line in lines)
        places = np.concatenate([line.places for line in lines]) if lines else np.zeros(0, np.int64)
        bold = bool(len(places)) and float(bold_styles[page.glyphs.style[places]].mean()) > 0.5
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        f = page.fills
        shaded = bool(((f[:, 0] <= x) & (x <= f[:, 2]) & (f[:, 1] <= y) & (y <= f[:, 3])).any())
        centred = bool(lines) and all(_is_centred(line, box.x0, box.x1) for line in lines)
        yield _Look(area.row, area.col, area.row_span, area.col_span, text.strip(), bold, shaded, centred)


def _is_centred(line: TableLine, left: float, right: float) -> bool:
    return abs((line.bbox.x0 - left) - (right - line.bbox.x1)) < max(2.5, 0.5 * line.size)


def _depth(looks: list[_Look], first: int, n_rows: int) -> int:
    """The rows that a header would take here: as far as the cells of its first row reach."""
    top = [look for look in looks if look.row == first]
    if not top:
        return 0
    tallest = max(look.row_span for look in top)
    wide = any(look.col_span > 1 for look in top)
    if tallest > 1:
        return (
            first + tallest
            if (wide or all(look.row_span == tallest for look in top)) and tallest <= TOLERANCES.deepest
            else 0
        )
    depth = first + 1
    while wide and depth < n_rows - 1 and depth - first < TOLERANCES.deepest:
        below = [look for look in looks if look.row == depth]
        under = _under(top, below)
        if not _are_names(under):
            break
        depth += max(look.row_span for look in under)
        top, wide = under, any(look.col_span > 1 and look.row_span == 1 for look in under)
    return min(depth, n_rows)


def _under(top: list[_Look], below: list[_Look]) -> list[_Look]:
    """What stands below a cell over several columns."""
    wide = {col for look in top if look.col_span > 1 for col in range(look.col, look.col + look.col_span)}
    return [look for look in below if look.col in wide and look.text]


def _are_names(under: list[_Look]) -> bool:
    """Names under names: no figures, but years may be."""
    named = [look for look in under if len(look.text) <= TOLERANCES.long and _is_name(look.text)]
    return len(under) > 1 and len(named) == len(under) and all(look.row_span < TOLERANCES.deepest for look in under)


def _is_name(text: str) -> bool:
    return not is_figure(text) or bool(_YEAR.fullmatch(text))


def _is_header(head: list[_Look], body: list[_Look], levels: int) -> bool:
    spoken = [look for look in head if look.text]
    blank = [look for look in head if not look.text and look.col > 0]
    if len(spoken) < 2 or not [look for look in body if look.text]:
        return False
    if any(look.text[-1] in ":：" for look in spoken) or any(len(look.text) > 3 * TOLERANCES.long for look in spoken):
        return False
    evidence = levels + _by_style(spoken, body) + _by_kind(spoken, body) + _by_words(spoken) + _by_length(spoken, body)
    return evidence - 2 * len(blank) >= TOLERANCES.enough


def _by_style(head: list[_Look], body: list[_Look]) -> int:
    """Bold, shaded or centred, and the body is not."""
    spoken = [look for look in body if look.text]
    points = 0
    for flag, worth in (("bold", 3), ("shaded", 2), ("centred", 2)):
        of_head = sum(getattr(look, flag) for look in head) / len(head)
        of_body = sum(getattr(look, flag) for look in spoken) / len(spoken)
        points += worth if of_head > 0.8 and of_body < 0.6 else 0
    return points


def _by_kind(head: list[_Look], body: list[_Look]) -> int:
    """Words over a column of figures."""
    points = 0
    for name in head:
        below = [look.text for look in body if look.text and name.col <= look.col < name.col + name.col_span]
        figures = sum(is_figure(text) for text in below)
        if below and figures > 0.6 * len(below):
            points += 2 if not is_figure(name.text) else 1 if _YEAR.fullmatch(name.text) else -2
    return max(min(points, 4), -4)


def _by_words(head: list[_Look]) -> int:
    return 2 if are_column_names([look.text for look in head]) else 0


def are_column_names(texts: Sequence[str]) -> bool:
    """Short, and at least half of them have a word that names columns (序号, 牵头单位, 完成时限)."""
    named = [text for text in texts if _COLUMN.search(text) or text.lower() in _LATIN]
    return all(len(text) <= TOLERANCES.long for text in texts) and len(named) * 2 >= len(texts)


def _by_length(head: list[_Look], body: list[_Look]) -> int:
    """Short names over long texts, in every column."""
    spoken = [look for look in body if look.text]
    longest = max(len(look.text) for look in head)
    mean = sum(len(look.text) for look in spoken) / len(spoken)
    shortest = min(len(look.text) for look in spoken if look.row == spoken[0].row)
    return 2 if longest <= 14 and mean >= 2.5 * longest and shortest > longest else 0
