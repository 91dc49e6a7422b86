"""Is a block with gutters a table? Prose in columns, lists, contents and letters have gutters too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

import numpy as np
from gongbao.corpus.language.numbering import Style, expression
from gongbao.ingest.page import FloatArray, PageContent
from gongbao.ingest.tables.gutters import GutterBlock
from gongbao.ingest.tables.header import is_figure
from gongbao.ingest.tables.rows import Rows
from gongbao.ingest.tables.words import BoolArray


@dataclass(frozen=True, slots=True)
class VerdictTolerances:
    """Set on what has gutters and is no table: prose in columns, lists, contents, letters, axes of charts
    (tests/ingest/tables/test_find.py, test_others.py).

    `full`: of a column's width: a line of prose that was wrapped. `inked`: of it, at least, words cover there.
    `mostly`: share of such lines that make a column prose. `wide`: font sizes: a narrower column holds no prose.
    `broad`: of a block's width: a column of the page beside a table. `level`: share of rows in which a cell of a
    table stands level with its neighbours. `all_level`: the same where several columns hold prose. `even`: share
    by which the widths of a page's columns differ. `seldom`: share of rows in which a column of a table speaks.
    `plotted`: share of cells with a figure; in a table between rules more have one. `counted`: share of full rows
    that a first column counts, where they are a table whatever they say. `crossed`: share of rows that text over
    several columns may stand in, unless it is the first of a table between rules.
    """

    full: float = 0.85
    inked: float = 0.66
    mostly: float = 0.55
    wide: float = 11.0
    broad: float = 0.3
    level: float = 0.8
    all_level: float = 0.9
    even: float = 0.03
    seldom: float = 0.25
    plotted: float = 0.6
    counted: float = 0.9
    crossed: float = 0.35


TOLERANCES = VerdictTolerances()
_MARKER = re.compile(rf"{expression(set(Style) - {Style.BARE, Style.DECIMAL, Style.POINT})}|[•●■◆○□▪–—·*-]")
_LABEL = re.compile(r".*[:：]$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class JudgedColumn:
    texts: tuple[str, ...]
    figures: float  # share of cells that are figures
    labels: float  # share that end in a colon
    markers: float  # share that are numbers or bullets of a list
    bold_head: bool  # its first line is bold, its last is not


class TableVerdict(Enum):
    TABLE = "table"
    PERHAPS = "perhaps"  # too little to tell; a table if it continues one
    NONE = "none"


def verdict(page: PageContent, block: GutterBlock, rows: Rows, rules: FloatArray) -> TableVerdict:
    """Whether the block is a table."""
    columns = [read_column(page, block, c) for c in range(block.n_cols)]
    if rows.n_rows < 2 or _is_list(columns, block) or (_is_labelled(columns) and len(rules) < 3):
        return TableVerdict.NONE
    prose, filled = prose_columns(block), _cells_filled(block, rows)
    if not len(rules) and _are_set_alike(block, prose):
        return TableVerdict.NONE
    if block.n_cols > 2 and len(rules) < 2 and are_hanging(filled, columns):
        return TableVerdict.NONE
    full = float((filled.sum(axis=1) >= max(2, 0.6 * block.n_cols)).mean())
    crossed = np.unique(rows.row[block.column < 0])
    named = crossed.tolist() == [0] and len(rules) > 1
    if len(crossed) > TOLERANCES.crossed * rows.n_rows and not named:
        return TableVerdict.NONE
    if rows.banded and block.n_cols >= 3 and full >= 0.6 and not _has_page_column(block, rows, prose):
        few = rows.n_rows < 4 or not rows.leading
        sure = rows.n_rows > 2 and (not few or len(rules) > 1 or _is_told(columns))
        return TableVerdict.TABLE if sure else TableVerdict.PERHAPS
    if rows.counted and block.n_cols >= 3 and full >= TOLERANCES.counted and not _has_page_column(block, rows, prose):
        return TableVerdict.TABLE if rows.n_rows > 2 else TableVerdict.PERHAPS
    if prose.any():
        counts = block.n_cols == 2 and _is_narrow(block, 1) and columns[1].figures >= 0.8
        ruled = rows.banded and len(rules) >= max(3, 0.6 * rows.n_rows) and full >= 0.5
        return TableVerdict.TABLE if counts or ruled else TableVerdict.NONE
    return _by_kind(block, rows, rules, columns, full)


def are_hanging(filled: BoolArray, columns: list[JudgedColumn]) -> bool:
    """Two columns of words, and few lines that hang out beside them: a list of names in two columns of the page."""
    words = not any(column.figures >= 0.5 or column.bold_head for column in columns)
    return words and int((filled.mean(axis=0) >= TOLERANCES.seldom).sum()) < 3


def _is_told(columns: list[JudgedColumn]) -> bool:
    """A bold header, figures or numbered rows."""
    counted = any(column.figures >= 0.5 for column in columns)
    return counted or any(column.bold_head for column in columns)


def _has_page_column(block: GutterBlock, rows: Rows, prose: BoolArray) -> bool:
    """Prose, wide at the side or in two columns and more, whose lines begin or are centred where no row does."""
    several = int(prose.sum()) > 1
    if several and not rows.leading:
        return True
    for c in np.flatnonzero(prose).tolist():
        at_side = c in (0, block.n_cols - 1) and block.bounds[c + 1] - block.bounds[c] >= TOLERANCES.broad * np.ptp(
            block.bounds
        )
        if not several and not at_side:
            continue
        own = block.column == c
        level = [_is_level(block, own & (rows.row == r), ~own & (rows.row == r)) for r in range(rows.n_rows)]
        if np.mean([v for v in level if v is not None] or [True]) < (
            TOLERANCES.all_level if several else TOLERANCES.level
        ):
            return True
    return False


def _are_set_alike(block: GutterBlock, prose: BoolArray) -> bool:
    """All columns begin at even steps and those of prose, two at least, are of one width: columns of a page.

    A line may end one character short of the edge: where the next one is wider than what is left, or where
    a font sets the stop at the end of a line narrow.
    """
    if prose.sum() < 2 or block.n_cols < 3:
        return False
    inside = [block.column == c for c in range(block.n_cols)]
    left = np.array([float(block.pieces.x0[at].min()) for at in inside])
    right = np.array([float(block.pieces.x1[at].max()) for at in inside])
    widths, steps = (right - left)[prose], np.diff(left)
    short = max(TOLERANCES.even * float(widths.mean()), float(np.median(block.pieces.size)))
    return bool(np.ptp(widths) <= short and np.ptp(steps) <= TOLERANCES.even * steps.mean())


def _is_level(block: GutterBlock, one: BoolArray, other: BoolArray) -> bool | None:
    """Whether two cells begin at one height, or have one middle; None where one of them is blank."""
    if not one.any() or not other.any():
        return None
    top, bottom = block.pieces.top, block.pieces.bottom
    begin = abs(float(top[one].min() - top[other].min()))
    middle = abs(float(top[one].min() + bottom[one].max() - top[other].min() - bottom[other].max())) / 2
    return min(begin, middle) <= 2.5


def _by_kind(
    block: GutterBlock, rows: Rows, rules: FloatArray, columns: list[JudgedColumn], full: float
) -> TableVerdict:
    """A block without prose: figures, rules over it, or strict columns make it a table."""
    if _is_chart(block, rows, rules, columns):
        return TableVerdict.NONE
    if len(rules) >= 2 and full >= 0.5:
        return TableVerdict.TABLE
    if any(column.figures >= 0.6 for column in columns[1:]):
        return TableVerdict.NONE if full < 0.4 else TableVerdict.TABLE if rows.n_rows >= 3 else TableVerdict.PERHAPS
    if block.n_cols < 3 or full < 0.6 or not _are_aligned(block) or _are_page_columns(block, columns):
        return TableVerdict.NONE
    return TableVerdict.TABLE if rows.n_rows >= 4 else TableVerdict.PERHAPS


def _is_chart(block: GutterBlock, rows: Rows, rules: FloatArray, columns: list[JudgedColumn]) -> bool:
    """Figures along an axis and over bars: no word among them, and blanks; many blanks where lines go across."""
    filled = float(_cells_filled(block, rows).mean())
    return all(column.figures == 1.0 for column in columns) and filled < (TOLERANCES.plotted if len(rules) else 1.0)


def _are_page_columns(block: GutterBlock, columns: list[JudgedColumn]) -> bool:
    """Columns of one width and kind: an index, a list of names set side by side."""
    if any(column.bold_head for column in columns):
        return False
    pieces = block.pieces
    starts = np.array([np.median(pieces.x0[block.column == c]) for c in range(block.n_cols)])
    pitches = np.diff(starts)
    return bool(np.ptp(pitches) <= TOLERANCES.even * pitches.mean())


def _is_narrow(block: GutterBlock, column: int) -> bool:
    inside = block.column == column
    width = float(block.pieces.x1[inside].max() - block.pieces.x0[inside].min())
    return width < 0.3 * float(np.ptp(block.bounds))


def prose_columns(block: GutterBlock) -> BoolArray:
    """Columns in which most lines run to the end."""
    return np.array([_is_prose(block, c) for c in range(block.n_cols)], dtype=np.bool_)


def _is_prose(block: GutterBlock, column: int) -> bool:
    inside = block.column == column
    pieces = block.pieces
    if inside.sum() < 3:
        return False
    left, right = float(pieces.x0[inside].min()), float(pieces.x1[inside].max())
    if right - left < TOLERANCES.wide * float(np.median(pieces.size[inside])):
        return False
    lines, at = np.unique(pieces.line[inside], return_inverse=True)
    reach = np.full(len(lines), left)
    np.maximum.at(reach, at.reshape(-1), pieces.x1[inside])
    inked = np.bincount(at.reshape(-1), weights=_inked(block)[inside])
    full = (reach - left >= TOLERANCES.full * (right - left)) & (inked >= TOLERANCES.inked * (right - left))
    return float(full.mean()) >= TOLERANCES.mostly


def _inked(block: GutterBlock) -> FloatArray:
    """Points of each piece that words cover."""
    units = block.pieces.units
    width = units[:, 1] - units[:, 0]
    return np.bincount(block.pieces.word, weights=width, minlength=len(block.pieces)).astype(np.float64)


def _cells_filled(block: GutterBlock, rows: Rows) -> BoolArray:
    filled = np.zeros((rows.n_rows, block.n_cols), dtype=np.bool_)
    inside = block.column >= 0
    filled[rows.row[inside], block.column[inside]] = True
    return filled


def read_column(page: PageContent, block: GutterBlock, column: int) -> JudgedColumn:
    """What the pieces of a column say."""
    at = np.flatnonzero(block.column == column).tolist()
    texts = tuple(_text(page, block, k) for k in at)
    n = max(len(texts), 1)
    return JudgedColumn(
        texts,
        sum(map(is_figure, texts)) / n,
        sum(bool(_LABEL.match(text)) for text in texts) / n,
        sum(bool(_MARKER.fullmatch(text)) for text in texts) / n,
        len(at) > 1 and _is_bold(page, block, at[0]) and not _is_bold(page, block, at[-1]),
    )


def _text(page: PageContent, block: GutterBlock, piece: int) -> str:
    p = block.pieces
    return "".join(page.glyphs.text[k] for k in p.places[p.begin[piece] : p.end[piece]].tolist())


def _is_bold(page: PageContent, block: GutterBlock, piece: int) -> bool:
    place = int(block.pieces.places[block.pieces.begin[piece]])
    return page.glyphs.styles[int(page.glyphs.style[place])].bold


def _is_list(columns: list[JudgedColumn], block: GutterBlock) -> bool:
    """Numbers or bullets before hanging text; titles before page numbers."""
    if block.n_cols == 2 and columns[0].markers >= 0.6 and columns[1].figures < 0.6:
        return True
    if block.n_cols == 2 and columns[1].markers >= 0.6:  # numbers of formulas
        return True
    pages = [int(text) for text in columns[-1].texts if text.isdigit()]
    counted = len(pages) >= 0.8 * len(columns[-1].texts)
    return block.n_cols == 2 and counted and pages == sorted(pages) and max(pages, default=0) < 2000


def _is_labelled(columns: list[JudgedColumn]) -> bool:
    """Lines like 电话：… or To: … and nothing that would be counted."""
    counted = len(columns) > 2 and any(column.figures >= 0.6 for column in columns[1:])
    return columns[0].labels >= 0.5 and not counted


def _are_aligned(block: GutterBlock) -> bool:
    """The pieces of most columns begin, end or have their middle at one place."""
    pieces = block.pieces
    good = 0
    for column in range(block.n_cols):
        inside = block.column == column
        x0, x1 = pieces.x0[inside], pieces.x1[inside]
        near = [float((np.abs(v - np.median(v)) < 2.0).mean()) for v in (x0, x1, (x0 + x1) / 2)] if len(x0) else [0.0]
        good += max(near) >= 0.7
    return good >= 0.6 * block.n_cols
