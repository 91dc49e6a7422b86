"""Upright glyphs → words → pieces of lines: what stands apart on a page without lines.

A word is what no blank parts; a piece is words with no wider gap than prose has. Arrays run
parallel; lines are numbered from the top, over the whole width of the page.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from gongbao.corpus.language.numerals import count
from gongbao.ingest.page import FloatArray, Glyphs, IntArray
from gongbao.ingest.tables.header import is_figure
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class WordTolerances:
    """Set on pages without lines: prose beside tables, spread headings (职　责), tables in two gutters
    (tests/ingest/tables/test_find.py, test_borders.py).

    `new_line`: of the font size between the middles of two lines; `word_gap`: of the font size, between words;
    `latin_piece`: of the font size: a wider gap in a line of letters or figures parts pieces; `mixed_piece`: the
    same where an ideograph is on either side; `spaced`: the same beside a single ideograph, which one full-width
    blank does not part: 张　韬; `spread`: of the font size: prose is not spread wider; `uneven`: share by which the
    gaps of a spread line differ; `neighbours`: gaps looked at on either side; `alike`: of which so many must be
    alike; `cut`: of the font size: a gap in a known gutter parts pieces; `in_gutter`: if so much of it lies
    there; `digits`: of the number of a row, at most; `loose`: word gaps of a page that is set loosely or in one
    width of letters; `unparted`: font sizes of an ideograph and the stop that no line parts from it.
    """

    new_line: float = 0.42
    word_gap: float = 0.2
    latin_piece: float = 0.6
    mixed_piece: float = 0.8
    spaced: float = 1.15
    spread: float = 1.9
    uneven: float = 0.2
    neighbours: int = 3
    alike: int = 3
    cut: float = 0.45
    in_gutter: float = 0.6
    digits: int = 3
    loose: float = 1.6
    unparted: float = 2.0


TOLERANCES = WordTolerances()


BoolArray = NDArray[np.bool_]

_FIRST_IDEOGRAPH = 0x2E80
_BLANKS = np.array([c for c in range(0x3001) if chr(c).isspace()], dtype=np.uint32)
_FIGURE_ENDS = np.array([ord(c) for c in "0123456789０１２３４５６７８９()（）%％$€£¥-–—−+."], dtype=np.uint32)
_OPENING = ("（", "(", "〔", "《", "“")
NO_NUMBER = -1


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """`word` says to which piece each word belongs; glyphs places[begin:end] make a
    piece, and `glyph` is where a word begins among them."""

    x0: FloatArray
    x1: FloatArray
    top: FloatArray
    bottom: FloatArray
    size: FloatArray
    line: IntArray
    words: FloatArray  # n_words x 2: x0, x1
    tied: BoolArray
    word: IntArray
    glyph: IntArray
    begin: IntArray
    end: IntArray
    places: IntArray
    gap: float  # a blank between words, in font sizes

    def __len__(self) -> int:
        return len(self.x0)

    @property
    def units(self) -> FloatArray:
        """The words, but a blank between ideographs belongs to the word after it: names are
        spaced out (张　韬), and one blank below the other is no gutter."""
        units = self.words.copy()
        at = np.flatnonzero(self.tied[1:] & (np.diff(self.word) == 0)) + 1
        units[at, 0] = self.words[at - 1, 1]
        return units

    def split(self, gutters: FloatArray) -> Pieces:
        """Pieces cut where they have white over the whole of a gutter (n x 2), or a clear gap in it."""
        cut = np.flatnonzero(np.concatenate([[True], (np.diff(self.word) != 0) | self._apart(gutters)]))
        piece = self.word[cut]
        begin = self.glyph[cut]
        end = np.concatenate([begin[1:], [0]])
        last = np.concatenate([piece[1:] != piece[:-1], [True]])
        end[last] = self.end[piece[last]]
        sizes = np.diff(np.concatenate([cut, [len(self.words)]]))
        return Pieces(
            self.words[cut, 0],
            self.words[cut + sizes - 1, 1],
            self.top[piece],
            self.bottom[piece],
            self.size[piece],
            self.line[piece],
            self.words,
            self.tied,
            np.repeat(np.arange(len(cut)), sizes),
            self.glyph,
            begin,
            end,
            self.places,
            self.gap,
        )

    def _apart(self, gutters: FloatArray) -> BoolArray:
        """Of each word but the first: is a gutter between it and the one before?"""
        left, right = self.words[:-1, 1][:, None], self.words[1:, 0][:, None]
        free = (left <= gutters[None, :, 0] + 0.5) & (right >= gutters[None, :, 1] - 0.5)
        overlap = np.minimum(right, gutters[None, :, 1]) - np.maximum(left, gutters[None, :, 0])
        gap = right - left
        least = max(TOLERANCES.cut, TOLERANCES.loose * self.gap) * self.size[self.word[1:]][:, None]
        free |= (gap >= least) & (overlap >= TOLERANCES.in_gutter * gap)
        return np.asarray(free.any(axis=1))

    def take(self, keep: BoolArray) -> Pieces:
        """The pieces that are wanted, with their words; glyphs stay as they are."""
        new = np.cumsum(keep) - 1
        kept = keep[self.word]
        return Pieces(
            self.x0[keep],
            self.x1[keep],
            self.top[keep],
            self.bottom[keep],
            self.size[keep],
            self.line[keep],
            self.words[kept],
            self.tied[kept],
            new[self.word[kept]],
            self.glyph[kept],
            self.begin[keep],
            self.end[keep],
            self.places,
            self.gap,
        )


def split_pieces(glyphs: Glyphs, places: IntArray) -> Pieces | None:
    """`places`: the upright glyphs that are to be looked at, blanks among them or not."""
    codes = np.frombuffer(glyphs.text.encode("utf-32-le"), dtype=np.uint32)
    places = places[~np.isin(codes[places], _BLANKS)]
    if not len(places):
        return None
    places, line = _in_lines(glyphs, places)
    x0, x1 = glyphs.x0[places], np.maximum(glyphs.x1[places], glyphs.x0[places])
    size = np.maximum(glyphs.size[places], 1.0)
    gap = (x0[1:] - x1[:-1]) / np.maximum(size[1:], size[:-1])
    seams = _find_seams(codes[places].astype(np.int64), gap, np.diff(line) != 0)
    starts, first = np.flatnonzero(seams.new_piece), np.flatnonzero(seams.new_word)
    words = np.column_stack((x0[first], np.maximum.reduceat(x1, first)))
    return Pieces(
        np.minimum.reduceat(x0, starts),
        np.maximum.reduceat(x1, starts),
        np.minimum.reduceat(glyphs.top[places], starts),
        np.maximum.reduceat(glyphs.bottom[places], starts),
        np.maximum.reduceat(size, starts),
        line[starts],
        words,
        seams.tied[first],
        (np.cumsum(seams.new_piece) - 1)[first],
        first,
        starts,
        np.concatenate([starts[1:], [len(places)]]),
        places,
        seams.blank,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Seams:
    """Of each glyph, whether it begins a piece, begins a word, is tied to the one before; and the usual blank."""

    new_piece: BoolArray
    new_word: BoolArray
    tied: BoolArray
    blank: float


def _find_seams(code: IntArray, gap: FloatArray, new_line: BoolArray) -> _Seams:
    """`gap`: font sizes between each glyph and the next; `new_line`: where the next one stands on another line."""
    wide, ends = code >= _FIRST_IDEOGRAPH, new_line | (gap > TOLERANCES.word_gap)
    blank, spaced = _usual_blank(gap[~(new_line | wide[1:] | wide[:-1])]), _is_spaced(wide, ends)
    limit = np.where(spaced, TOLERANCES.spaced, _piece_gap(wide, blank))
    parts = (gap > limit) & ~_is_justified(code, gap, new_line)
    tied = spaced & ~new_line & (gap <= TOLERANCES.spaced)
    return _Seams(_with_first(new_line | parts, True), _with_first(ends, True), _with_first(tied, False), blank)


def _with_first(later: BoolArray, first: bool) -> BoolArray:
    return np.concatenate([np.array([first]), later])


def _is_spaced(wide: BoolArray, breaks: BoolArray) -> BoolArray:
    """Gaps between ideographs of which one stands alone; `breaks`: between which glyphs words end."""
    ends = np.concatenate([[True], breaks, [True]])
    return np.asarray(wide[1:] & wide[:-1] & (ends[:-2] | ends[2:]), dtype=np.bool_)


def _is_justified(code: IntArray, gap: FloatArray, new_line: BoolArray) -> BoolArray:
    """Gaps like those beside them: a line of prose spread to the width of its column."""
    out = np.zeros(len(gap), dtype=np.bool_)
    wide = code >= _FIRST_IDEOGRAPH
    at = np.flatnonzero((gap > TOLERANCES.word_gap) & (gap < TOLERANCES.spread) & ~(new_line | wide[1:] | wide[:-1]))
    if not len(at):
        return out
    here, line = gap[at], np.cumsum(new_line)[at]
    alike, near = np.zeros(len(at), dtype=np.int64), np.zeros(len(at), dtype=np.int64)
    for step in range(1, min(TOLERANCES.neighbours, len(at) - 1) + 1):
        same = line[step:] == line[:-step]
        even = same & (np.abs(here[step:] - here[:-step]) <= TOLERANCES.uneven * here[step:] + 0.03)
        for total, found in ((near, same), (alike, even)):
            total[step:] += found
            total[:-step] += found
    out[at] = (near > 0) & (alike >= np.minimum(near, TOLERANCES.alike)) & ~_between_figures(code, at)
    return out


def _between_figures(code: IntArray, at: IntArray) -> BoolArray:
    """Gaps with a figure on both sides."""
    return np.isin(code[at], _FIGURE_ENDS) & np.isin(code[at + 1], _FIGURE_ENDS)


def _in_lines(glyphs: Glyphs, places: IntArray) -> tuple[IntArray, IntArray]:
    """Places ordered by line and from left to right, and the number of each one's line."""
    middle = (glyphs.top[places] + glyphs.bottom[places]) / 2
    order = np.argsort(middle, kind="stable")
    size = np.maximum(glyphs.size[places][order], 1.0)
    apart = np.diff(middle[order]) > TOLERANCES.new_line * np.minimum(size[1:], size[:-1])
    line = np.concatenate([[0], np.cumsum(apart)])
    by_x = np.lexsort((places[order], glyphs.x0[places][order].round(2), line))  # of a ligature, as in the file
    return places[order][by_x], line[by_x]


def _usual_blank(gap: FloatArray) -> float:
    """The usual gap between words of letters or figures of this page, in font sizes."""
    blanks = gap[(gap > TOLERANCES.word_gap) & (gap < 0.9)]
    return float(np.median(blanks)) if len(blanks) > 20 else 0.3


def _piece_gap(wide: BoolArray, blank: float) -> FloatArray:
    """The widest gap that each pair of neighbouring glyphs may have within a piece."""
    one = wide[1:] | wide[:-1]
    latin = max(TOLERANCES.latin_piece, TOLERANCES.loose * blank)
    return np.where(one, max(TOLERANCES.mixed_piece, latin), latin)


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """Of each piece: whether it begins in bold, with a capital letter; the number that it is (12), or NO_NUMBER;
    whether it is a figure; whether it ends with a bracket that opens; and `need`: points that its beginning, which no
    line parts, takes: a word, or an ideograph and the stop that may follow it."""

    bold: BoolArray
    capital: BoolArray
    number: IntArray
    figure: BoolArray
    opens: BoolArray
    need: FloatArray


def read_pieces(glyphs: Glyphs, pieces: Pieces) -> Said:
    """What rows are told by besides their places."""
    first = pieces.places[pieces.begin]
    bold = np.array([style.bold for style in glyphs.styles], dtype=np.bool_)
    capital = np.array([glyphs.text[k].isupper() for k in first.tolist()], dtype=np.bool_)
    spans = zip(pieces.begin.tolist(), pieces.end.tolist(), strict=True)
    texts = ["".join(glyphs.text[at] for at in pieces.places[begin:end].tolist()) for begin, end in spans]
    return Said(
        np.asarray(bold[glyphs.style[first]], dtype=np.bool_),
        capital,
        np.array([_number(text) for text in texts], dtype=np.int64),
        np.array([is_figure(text) for text in texts], dtype=np.bool_),
        np.array([text[-1:] in _OPENING for text in texts], dtype=np.bool_),
        _needs(pieces, texts),
    )


def _number(text: str) -> int:
    return NO_NUMBER if len(text) > TOLERANCES.digits else count(text) or NO_NUMBER


def _needs(pieces: Pieces, texts: list[str]) -> FloatArray:
    wide = np.array([text[:1] >= chr(_FIRST_IDEOGRAPH) for text in texts], dtype=np.bool_)
    first = np.searchsorted(pieces.word, np.arange(len(pieces)))
    word = pieces.words[first, 1] - pieces.words[first, 0]
    letters = np.array([_letters(text) for text in texts]) * pieces.size / 2
    return np.asarray(np.where(wide, TOLERANCES.unparted * pieces.size, np.minimum(word, letters)), dtype=np.float64)


def _letters(text: str) -> int:
    """How many letters and digits a text begins with."""
    return next((k for k, char in enumerate(text) if char >= chr(_FIRST_IDEOGRAPH)), len(text))
