"""Slips of text recognition that are certain from what stands around them; length is kept."""

from __future__ import annotations

import re

_HALF, _FULL = "(),:;!?", "（），：；！？"
_WIDTH = dict(zip(_HALF, _FULL, strict=True))
_NEAR = r"[\u3400-\u9fff〇《》“”、。，：；（）〔〕]"
_MARK = re.compile(rf"(?<={_NEAR})[{re.escape(_HALF)}]|[{re.escape(_HALF)}](?={_NEAR})")
_ANGLED = re.compile(r"<([^<>]*[\u3400-\u9fff][^<>]*)>")
_NUMBER = re.compile(r"(?<=[\u3400-\u9fff])[（(〔\[【［{]((?:19|20)\d\d)[）)〕\]】］}](?=第?\d{1,5}号)")
_NULL = re.compile(r"[一二三四五六七八九〇○◯OoО0零]{4}(?=年)")
_YEAR = re.compile(r"[一二三四五六七八九]")


def repair(text: str) -> str:
    """Full-width marks beside ideographs, 〈〉 within titles, 〔〕 around the year of a document
    number (GB/T 9704-2012, 7.2.5), 〇 in years."""
    text = _ANGLED.sub(r"〈\1〉", text)
    text = _NUMBER.sub(r"〔\1〕", text)
    text = _NULL.sub(lambda m: re.sub(r"[○◯OoО0零]", "〇", m[0]) if _YEAR.search(m[0]) else m[0], text)
    for _ in range(2):  # a mark made full width may be what the next one stands beside
        text = _MARK.sub(lambda m: _WIDTH[m[0]], text)
    return text
