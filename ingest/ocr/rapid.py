"""Text recognition with rapidocr: its models come in its wheel and run on the processor."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from gongbao.ingest.ocr.glyphs import to_glyphs
from gongbao.ingest.ocr.lines import BOX_OF_EM, OcrChar, Seen, ink_box, sift, stacked, with_ink
from gongbao.ingest.ocr.picture import GreyArray, Ink, Picture
from gongbao.ingest.ocr.repair import repair
from gongbao.ingest.ocr.rules import Rules, find_rules, without_rules
from gongbao.ingest.ocr.straighten import ink_of, skew_of, turned_back, without_specks
from gongbao.ingest.page import FloatArray, PageContent
from gongbao.ingest.tables.frames import upright
from numpy.typing import NDArray
from rapidocr import RapidOCR

_DETECTED = 1600  # pixels of the longer side in which lines are looked for
_TALL = 1.6  # a box so much higher than wide holds characters one below the other
_DOUBTFUL = 0.5  # mean score below which a line is a stain
_SURE = 0.85  # mean score of a page that is not upside down
_FRINGE = 2  # pixels around a box
_INSIDE = 0.6  # of a box's area
_SPECK = 1.3  # points: what is no larger tells nothing about where a line begins
_REACH = 0.75  # em from the middle of a line's first and last character to its ends, at most

_BLANK = PageContent(0, 0.0, 0.0)

Boxes = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Sheet:
    """A straight picture without its ruled lines, its ink without dust, the lines, boxes around its print."""

    pixels: GreyArray
    ink: Ink
    rules: Rules
    boxes: Boxes


class RapidEngine:
    """See OcrEngine. `threads`: of the arithmetic of one page."""

    def __init__(self, threads: int) -> None:
        self._model = RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.use_preprocess_img": False,
                "Global.use_vertical_padding": False,
                "Global.return_word_box": True,
                "Det.limit_type": "max",
                "Det.limit_side_len": _DETECTED,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def read(self, picture: Picture) -> PageContent:
        sheet = self._look(picture.pixels, picture.unit)
        best, sureness, turned = _BLANK, -1.0, 0
        for turn in _turns(sheet.boxes):
            here = self._look(np.rot90(picture.pixels, turn), picture.unit) if turn else sheet
            lines = [line for box in here.boxes for line in self._read(here, box)]
            scores = [char.score for line in lines for char in line.chars]
            mean = float(np.mean(scores)) if scores else 0.0
            if mean > sureness:
                best, sureness, turned = _content(picture, here, lines), mean, turn
            if sureness >= _SURE:
                break
        return replace(upright(best, -turned % 4), width=picture.width, height=picture.height)

    def _look(self, shown: GreyArray, unit: float) -> _Sheet:
        pixels = turned_back(shown, skew_of(ink_of(shown)))
        ink = ink_of(pixels)
        rules = find_rules(ink, unit)
        covered = without_rules(ink, rules)
        cleaned = np.where(covered, np.uint8(np.median(pixels)), pixels)
        ink = without_specks(ink & ~covered, round(_SPECK * unit))
        return _Sheet(cleaned, ink, rules, self._find(cleaned, rules))

    def _find(self, pixels: GreyArray, rules: Rules) -> Boxes:
        """Boxes around lines of print, in pixels; cut where an upright rule goes through."""
        factor = min(1.0, _DETECTED / max(pixels.shape))
        small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        found = self._ask(np.asarray(small, dtype=np.uint8), use_det=True)
        if found.boxes is None:
            return np.zeros((0, 4), dtype=np.int64)
        corners = np.asarray(found.boxes) / factor
        boxes = np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1)
        parts = [part for box in boxes.tolist() for part in _cut(box, rules.verticals)]
        return _apart(np.array(parts, dtype=np.int64).reshape(-1, 4))

    def _read(self, sheet: _Sheet, box: NDArray[np.int64]) -> list[Seen]:
        x0, top, x1, bottom = _within(box, sheet.pixels.shape)
        if not sheet.ink[top:bottom, x0:x1].any():
            return []
        crop = sheet.pixels[top:bottom, x0:x1]
        down = bottom - top > _TALL * (x1 - x0)
        seen = self._ask(np.rot90(crop) if down else crop, use_rec=True)
        if not seen.txts or not seen.txts[0].strip() or seen.scores[0] < _DOUBTFUL:
            return []
        return _lines(seen, (x0, top, x1, bottom), sheet.ink, down)

    def _ask(self, pixels: GreyArray, *, use_det: bool = False, use_rec: bool = False) -> Any:
        colour = np.repeat(np.ascontiguousarray(pixels)[:, :, None], 3, axis=2)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # of numpy, about the mean of nothing
            return self._model(colour, use_det=use_det, use_cls=False, use_rec=use_rec)


def _turns(boxes: Boxes) -> tuple[int, ...]:
    """Quarter turns to the left after which the page may be legible, likeliest first: sideways where
    most of the length of lines is of such as are high and narrow, else as it is or upside down."""
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    tall = height > _TALL * width
    if height[tall].sum() > width[~tall].sum():
        return 1, 3, 0
    return (0, 2) if len(boxes) else (0,)


def _content(picture: Picture, sheet: _Sheet, lines: list[Seen]) -> PageContent:
    """In points of the sheet as it is held."""
    rows, columns = sheet.pixels.shape
    return PageContent(
        picture.number,
        columns / picture.scale,
        rows / picture.scale,
        to_glyphs(lines, picture.scale),
        _level(sheet.rules.horizontals / picture.scale, 1),
        _level(sheet.rules.verticals / picture.scale, 0),
    )


def _lines(seen: Any, box: tuple[int, int, int, int], ink: Ink, down: bool) -> list[Seen]:
    """What was read, with the places of its characters."""
    x0, top, x1, bottom = box
    start, length, across = (top, bottom - top, x1 - x0) if down else (x0, x1 - x0, bottom - top)
    em = across / BOX_OF_EM
    chars = sift(_chars(seen, start, length), em)
    reach = _REACH * em
    first = max(int(chars[0].middle - reach), start)
    last = min(int(chars[-1].middle + reach), start + length)
    inked = ink_box(ink, *((x0, first, x1, last) if down else (first, top, last, bottom))) or box
    if not down:
        columns = np.asarray(ink[inked[1] : inked[3], inked[0] : inked[2]].any(axis=0), dtype=np.bool_)
        chars = with_ink(chars, columns, inked[0])
    line = Seen(repair("".join(char.text for char in chars)), chars, *inked, box=bottom - top)
    return stacked(line, em) if down else [line]


def _chars(seen: Any, start: float, length: float) -> list[OcrChar]:
    """Characters with their middles, blanks left out."""
    printed, info = seen.txts[0], seen.word_results[0]
    columns = [column for word in info.word_cols for column in word]
    inked = [i for i, char in enumerate(printed) if not char.isspace()]
    return [
        OcrChar(
            printed[i], start + (column + 0.5) * length / info.line_txt_len, info.confs[i], printed[i - 1 : i] == " "
        )
        for i, column in zip(inked, columns, strict=True)
    ]


def _cut(box: list[float], verticals: FloatArray) -> list[list[float]]:
    x0, top, x1, bottom = box
    middle = (top + bottom) / 2
    through = [
        (rule[0] + rule[2]) / 2
        for rule in verticals.tolist()
        if x0 + 4 < rule[0] and rule[2] < x1 - 4 and rule[1] < middle < rule[3]
    ]
    edges = [x0, *sorted(through), x1]
    return [[left, top, right, bottom] for left, right in pairwise(edges) if right - left > 4]


def _apart(boxes: Boxes) -> Boxes:
    """Without boxes that lie mostly within a larger one: what they hold is read there."""
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    shared = np.prod(np.maximum(high - low, 0), axis=2)
    area = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    inside = (shared > _INSIDE * area[:, None]) & (area[:, None] < area[None, :])
    return np.asarray(boxes[~inside.any(axis=1)], dtype=np.int64)


def _within(box: NDArray[np.int64], shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    x0, top, x1, bottom = (int(v) for v in box)
    return max(x0 - _FRINGE, 0), max(top, 0), min(x1 + _FRINGE, shape[1]), min(bottom, shape[0])


def _level(boxes: FloatArray, axis: int) -> FloatArray:
    """Boxes as lines along their middle."""
    out = boxes.copy()
    out[:, axis] = out[:, axis + 2] = (boxes[:, axis] + boxes[:, axis + 2]) / 2
    return out
