"""Characters as they were meant: radicals folded to ideographs, corrupt text layers noticed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from gongbao.corpus.document import PageState
from gongbao.ingest.page import PageContent

# A text layer is judged by measure: glyphs without a character in the font's own map, code points
# that Chinese and Latin print never uses, and the share of ideographs from GB 2312's first level
# (3,755 characters that make up 99 % of running text; names and chemistry bring it down to 0.85). Glyph
# numbers taken for ASCII show as signs.
_MAX_UNMAPPED = 0.3
_MAX_ODD = 0.08
_SIGNS = frozenset("!\"#$&';<>?@[\\]^`{|}")  # rare in any print but that of programs
_MAX_SIGNS = 0.2
_MAX_RARE = 0.4
_MIN_IDEOGRAPHS = 24
_MIN_GLYPHS = 12
# The text that a bad recognition laid under the picture of a page: letters that look like figures beside figures, a
# stroke read as a bar between ideographs. Good layers have none; a formula or a part number has one or two.
_MISTAKEN = re.compile(r"\d[oOlI|]|[oOlI|]\d|[\u4e00-\u9fff][|][\u4e00-\u9fff]")
_MAX_MISTAKEN = 3
_SCAN_COVERS = 0.5  # of the page, by one picture


@dataclass(frozen=True, slots=True)
class LayerJudgement:
    """What a page's text layer is worth; `note` says why where it is not simply native.

    `doubt`: the share of its glyphs, 0..1, that seem not to be what is printed."""

    state: PageState
    note: str = ""
    doubt: float = 0.0


@cache
def _folds() -> dict[int, str]:
    """Radicals and compatibility ideographs → the ideograph, one character for one."""
    table: dict[int, str] = {}
    for line in files("gongbao.ingest").joinpath("radicals.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            radical, ideograph = line.split("\t")
            table[ord(radical)] = ideograph
    for block in (range(0x2F00, 0x2FE0), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20)):
        for code in block:
            folded = unicodedata.normalize("NFKC", chr(code))
            if folded != chr(code) and len(folded) == 1 and _is_ideograph(folded):
                table[code] = folded
    return table


def fold(text: str) -> str:
    """Kangxi radicals (⽣) and compatibility ideographs to what they stand for (生); length is kept."""
    return text.translate(_folds())


def judge(page: PageContent) -> LayerJudgement:
    """Whether the text layer can be trusted, from the glyphs as they came (before folding)."""
    text = "".join(page.glyphs.text.split())
    if len(text) < _MIN_GLYPHS:
        if _is_picture(page):
            return LayerJudgement(PageState.SCANNED, "整页是图像，没有可用的文字层")
        return LayerJudgement(PageState.NATIVE if text else PageState.BLANK)
    unmapped, odd, signs, rare = page.unmapped, *_shares(text)
    measures = (
        (unmapped, _MAX_UNMAPPED, "的字形没有字符映射"),
        (odd, _MAX_ODD, "的字符不是文字"),
        (signs, _MAX_SIGNS, "的字符是罕用符号，字符映射有误"),
        (rare, _MAX_RARE, "的汉字是罕用字，字符映射有误"),
    )
    mistaken = len(_MISTAKEN.findall(text)) if _is_picture(page) else 0
    if mistaken >= _MAX_MISTAKEN:
        return LayerJudgement(PageState.CORRUPT, f"图像下的文字层有 {mistaken} 处误识（如 3o日、l2O个）", 1.0)
    for share, most, what in measures:
        if share > most:
            return LayerJudgement(PageState.CORRUPT, f"{share:.0%} {what}", max(share, min(unmapped + odd, 1.0)))
    return LayerJudgement(PageState.NATIVE, doubt=unmapped + odd)


def _shares(text: str) -> tuple[float, float, float]:
    """Of the characters: those that no print uses, and signs; of the ideographs: those beyond the usual."""
    counts = Counter(text)
    kinds = {"odd": 0, "sign": 0, "common": 0, "rare": 0, "": 0}
    for char, count in counts.items():
        kinds[_kind(char)] += count
    total = kinds["common"] + kinds["rare"]
    rare = kinds["rare"] / total if total >= _MIN_IDEOGRAPHS else 0.0
    return kinds["odd"] / len(text), kinds["sign"] / len(text), rare


@lru_cache(maxsize=16_384)
def _kind(char: str) -> str:
    if _is_odd(char):
        return "odd"
    if _is_ideograph(char):
        return "common" if is_common(char) else "rare"
    return "sign" if char in _SIGNS else ""


def is_common(char: str) -> bool:
    """In the first level of GB 2312."""
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7


def _is_ideograph(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char >= "\U00020000"


def _is_odd(char: str) -> bool:
    """Private use, replacement, unassigned, control; scripts between Armenian and Georgian, Yi, Ethiopic."""
    code = ord(char)
    if code == 0xFFFD or 0x0530 <= code < 0x1E00 or 0xA000 <= code < 0xAC00:
        return True
    return code > 0x7F and unicodedata.category(char) in ("Co", "Cn", "Cc")


def _is_picture(page: PageContent) -> bool:
    boxes = page.images
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    return bool(len(areas)) and float(areas.sum()) > _SCAN_COVERS * page.width * page.height
