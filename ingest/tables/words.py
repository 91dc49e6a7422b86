"""Upright glyphs → words → pieces of lines: what stands apart on a page without lines.

A word is what no blank parts; a piece is words with no wider gap than prose has. Arrays run
parallel; lines are numbered from the top, over the whole width of the page.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.page import FloatArray, Glyphs, IntArray

BoolArray = NDArray[np.bool_]

_NEW_LINE = 0.42  # of the font size between the middles of two lines
_WORD_GAP = 0.2  # of the font size
_LATIN_PIECE = 0.6  # of the font size: a wider gap in a line of letters or figures parts pieces;
_MIXED_PIECE = 0.8
_IDEOGRAPH_PIECE = 1.15  # one full-width blank between ideographs does not
_LOOSE = 1.6  # word gaps of this page, where it is set loosely or in one width of letters


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """`word` says to which piece each word belongs; glyphs places[begin:end] make a piece."""

    x0: FloatArray
    x1: FloatArray
    top: FloatArray
    bottom: FloatArray
    size: FloatArray
    line: IntArray
    words: FloatArray  # n_words x 2: x0, x1
    word: IntArray
    begin: IntArray
    end: IntArray
    places: IntArray
    gap: float  # a blank between words, in font sizes

    def __len__(self) -> int:
        return len(self.x0)

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
            new[self.word[kept]],
            self.begin[keep],
            self.end[keep],
            self.places,
            self.gap,
        )


def split_pieces(glyphs: Glyphs, places: IntArray) -> Pieces | None:
    """`places`: the upright glyphs that are to be looked at, blanks among them or not."""
    inked = np.array([not glyphs.text[k].isspace() for k in places.tolist()], dtype=np.bool_)
    places = places[inked]
    if not len(places):
        return None
    places, line = _in_lines(glyphs, places)
    x0, x1 = glyphs.x0[places], np.maximum(glyphs.x1[places], glyphs.x0[places])
    size = np.maximum(glyphs.size[places], 1.0)
    gap = (x0[1:] - x1[:-1]) / np.maximum(size[1:], size[:-1])
    new_line = np.diff(line) != 0
    blank = _usual_blank(gap[~new_line])
    new_word = np.concatenate([[True], new_line | (gap > _WORD_GAP)])
    new_piece = np.concatenate([[True], new_line | (gap > _piece_gap(glyphs, places, blank))])
    starts, first = np.flatnonzero(new_piece), np.flatnonzero(new_word)
    words = np.column_stack((x0[first], np.maximum.reduceat(x1, first)))
    return Pieces(
        np.minimum.reduceat(x0, starts),
        np.maximum.reduceat(x1, starts),
        np.minimum.reduceat(glyphs.top[places], starts),
        np.maximum.reduceat(glyphs.bottom[places], starts),
        np.maximum.reduceat(size, starts),
        line[starts],
        words,
        (np.cumsum(new_piece) - 1)[first],
        starts,
        np.concatenate([starts[1:], [len(places)]]),
        places,
        blank,
    )


def _in_lines(glyphs: Glyphs, places: IntArray) -> tuple[IntArray, IntArray]:
    """Places ordered by line and from left to right, and the number of each one's line."""
    middle = (glyphs.top[places] + glyphs.bottom[places]) / 2
    order = np.argsort(middle, kind="stable")
    size = np.maximum(glyphs.size[places][order], 1.0)
    apart = np.diff(middle[order]) > _NEW_LINE * np.minimum(size[1:], size[:-1])
    line = np.concatenate([[0], np.cumsum(apart)])
    by_x = np.lexsort((glyphs.x0[places][order], line))
    return places[order][by_x], line[by_x]


def _usual_blank(gap: FloatArray) -> float:
    """The usual gap between words of this page, in font sizes."""
    blanks = gap[(gap > _WORD_GAP) & (gap < 0.9)]
    return float(np.median(blanks)) if len(blanks) > 20 else 0.3


def _piece_gap(glyphs: Glyphs, places: IntArray, blank: float) -> FloatArray:
    """The widest gap that each pair of neighbouring glyphs may have within a piece."""
    text = "".join([glyphs.text[k] for k in places.tolist()])
    wide = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32) >= 0x2E80
    both, one = wide[1:] & wide[:-1], wide[1:] | wide[:-1]
    latin = max(_LATIN_PIECE, _LOOSE * blank)
    return np.where(both, _IDEOGRAPH_PIECE, np.where(one, max(_MIXED_PIECE, latin), latin))
