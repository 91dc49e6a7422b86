"""A page's glyphs as a reader sees them: what is printed twice once, hyphens, the code that the bytes were meant in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
from gongbao.ingest.characters import LayerJudgement, fold, is_common, judge
from gongbao.ingest.lines import without_overprints
from gongbao.ingest.page import Glyphs, IntArray, PageContent

_SOFT_HYPHEN = "\u00ad"
_HIGH = re.compile("[\u0080-\u00ff]")
_FIRST_OF_TWO, _SECOND_OF_TWO = 0x81, 0x40  # the lowest bytes of a pair (GB 18030-2005 6.2)


@dataclass(frozen=True, slots=True)
class PrintTolerances:
    """Set on pages printed twice 0.3 to 1.8 points apart and on a file without encodings (tests/ingest/test_prints.py).

    `bin`: points, a shadow is nearer to what throws it. `doubled`: share of glyphs with another of the same character
    beside them from which they are looked at. `min_pairs`: ideographs that show bytes to be GBK, and `min_common` of
    them are of GB 2312's first level.
    """

    bin: float = 6.0
    doubled: float = 0.02
    min_pairs: int = 8
    min_common: float = 0.85


TOLERANCES = PrintTolerances()


def clean(page: PageContent) -> PageContent:
    """The page with its characters folded, soft hyphens as they are printed, and overprints dropped."""
    glyphs = page.glyphs
    folded = fold(glyphs.text)
    if _SOFT_HYPHEN in folded:
        folded = "".join(_hyphen(glyphs, folded, at) for at in range(len(folded)))
    glyphs = glyphs if folded == glyphs.text else replace(glyphs, text=folded)
    glyphs = _without_doubles(glyphs)
    return page if glyphs is page.glyphs else replace(page, glyphs=glyphs)


def _hyphen(glyphs: Glyphs, text: str, at: int) -> str:
    """A soft hyphen is printed (2021-2025, 010-1234), but for one that parts a word at the end of a line."""
    if text[at] != _SOFT_HYPHEN:
        return text[at]
    last = at + 1 == len(text) or abs(float(glyphs.top[at + 1] - glyphs.top[at])) > 0.5 * float(glyphs.size[at])
    parted = last and at > 0 and text[at - 1].isascii() and text[at - 1].isalpha()
    return " " if parted else "-"


def _without_doubles(glyphs: Glyphs) -> Glyphs:
    """Shadows and bold that is printed twice, in tables as in prose."""
    if not len(glyphs):
        return glyphs
    codes = np.frombuffer(glyphs.text.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    column, row = (np.round(values / TOLERANCES.bin).astype(np.int64) for values in (glyphs.x0, glyphs.top))
    places = (codes << 32) + (column << 16) + row
    if len(np.unique(places)) > (1 - TOLERANCES.doubled) * len(glyphs):
        return glyphs
    upright = np.flatnonzero(glyphs.angle == 0)
    others = np.flatnonzero(glyphs.angle != 0)
    kept: IntArray = np.sort(np.concatenate([without_overprints(glyphs, upright), others]))
    return glyphs.take(kept) if len(kept) < len(glyphs) else glyphs


# --- bytes of GBK that were taken for Latin letters


def read_as_gbk(page: PageContent) -> tuple[PageContent, LayerJudgement] | None:
    """The page with pairs of Latin-1 letters as the ideographs that their bytes are in GBK: °²ºÓ → 安河; None where
    that gives no Chinese."""
    text = page.glyphs.text
    high = len(_HIGH.findall(text))
    if high < 2 * TOLERANCES.min_pairs:
        return None
    pairs = _pairs(text)
    said = "".join(char for _, char in pairs)
    ideographs = [char for char in said if "\u4e00" <= char <= "\u9fff"]
    common = sum(map(is_common, ideographs))
    if (
        len(ideographs) < TOLERANCES.min_pairs
        or common < TOLERANCES.min_common * len(ideographs)
        or 2 * len(pairs) < 0.9 * high
    ):
        return None
    read = replace(page, glyphs=_joined(page.glyphs, pairs))
    return read, replace(judge(read), note="文字层把 GBK 编码当作拉丁字母，已还原为汉字")


def _pairs(text: str) -> list[tuple[int, str]]:
    """Where two letters next to each other are one character, and which."""
    found = []
    at = 0
    while at + 1 < len(text):
        first, second = _byte(text[at]), _byte(text[at + 1])
        char = _decoded(first, second) if first >= _FIRST_OF_TWO and second >= _SECOND_OF_TWO else ""
        if char:
            found.append((at, char))
        at += 2 if char else 1
    return found


def _byte(char: str) -> int:
    """The byte that Latin-1 or Windows-1252 reads as this letter; 0 for none."""
    if char <= "\u00ff":
        return ord(char)
    try:
        return char.encode("cp1252")[0]
    except UnicodeEncodeError:
        return 0


def _decoded(first: int, second: int) -> str:
    try:
        return bytes((first, second)).decode("gbk")
    except UnicodeDecodeError:
        return ""


def _joined(glyphs: Glyphs, pairs: list[tuple[int, str]]) -> Glyphs:
    """Each pair as one glyph in the box around both."""
    first = np.array([at for at, _ in pairs], dtype=np.int64)
    chars = dict(pairs)
    text = "".join(chars.get(i, char) for i, char in enumerate(glyphs.text))
    x0, x1 = glyphs.x0.copy(), glyphs.x1.copy()
    x0[first], x1[first] = np.minimum(x0[first], x0[first + 1]), np.maximum(x1[first], x1[first + 1])
    kept = np.setdiff1d(np.arange(len(glyphs)), first + 1)
    return replace(glyphs, text=text, x0=x0, x1=x1).take(kept)
