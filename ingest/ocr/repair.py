"""Slips of text recognition that are certain from what stands around them; length is kept."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from gongbao.corpus.language.forms import alternation
from gongbao.corpus.language.numerals import ONES

_IDEOGRAPH = r"\u3400-\u9fff〇"
_HALF, _FULL = "(),:;!?", "（），：；！？"
_WIDTH = dict(zip(_HALF, _FULL, strict=True))
_NEAR = rf"[{_IDEOGRAPH}《》“”、。，：；（）〔〕]"
_MARK = re.compile(rf"(?<={_NEAR})[{re.escape(_HALF)}]|[{re.escape(_HALF)}](?={_NEAR})")
_ANGLED = re.compile(rf"<([^<>\d%]*[{_IDEOGRAPH}][^<>\d%]*)>")
_PAIR = re.compile(r"[（(]([^（）()〔〕]*)[）)]")
_NUMBER = re.compile(
    rf"(?<=[{_IDEOGRAPH}])(?:[\[【［{{]((?:19|20)\d\d)[\]】］}}）)〕]|[（(〔]((?:19|20)\d\d)[\]】］}}〕])(?=第?\d{{1,5}}号)"
)
_CROOKED = re.compile(r"〔([^（）()〔〕]{1,12})[）)\]】］]")
_YEAR = re.compile(rf"(?=[{ONES}〇○◯OoО0零]*[{ONES}])[{ONES}〇○◯OoО0零]{{4}}(?=年)")
_NULL = re.compile(r"[○◯OoО0零]")
_DASH = re.compile(r"(?<=\d)[一ー](?=\d)|(?<=\d{4})[一ー]$|^[一ー](?=\d{4}年)")
SLIPS = tomllib.loads(files("gongbao.ingest.ocr").joinpath("slips.toml").read_text("utf-8"))["slip"]
_SLIPS = [
    (
        re.compile(
            f"(?:{alternation(row['read'])})" + (f"(?={alternation(row['before'])})" if "before" in row else "")
        ),
        row,
    )
    for row in SLIPS
]


def repair(text: str) -> str:
    """Full-width marks beside ideographs, brackets in pairs, 〈〉 within titles, 〔〕 around the year of
    a document number where the bracket is none of those in use (GB/T 9704-2012, 7.2.5), 〇 in years,
    the dash between numbers, words of which one character was taken for another."""
    for form, row in _SLIPS:
        text = form.sub(row["meant"], text)
    text = _ANGLED.sub(r"〈\1〉", text)
    text = _NUMBER.sub(lambda m: f"〔{m[1] or m[2]}〕", text)
    text = _CROOKED.sub(r"〔\1〕", text)
    text = _YEAR.sub(lambda m: _NULL.sub("〇", m[0]), text)
    text = _DASH.sub("—", text)
    for _ in range(2):  # a mark made full width may be what the next one stands beside
        text = _MARK.sub(lambda m: _WIDTH[m[0]], text)
    return _PAIR.sub(_alike, text)


def _alike(pair: re.Match[str]) -> str:
    """Both brackets full width where one is."""
    return f"（{pair[1]}）" if pair[0][0] == "（" or pair[0][-1] == "）" else pair[0]
