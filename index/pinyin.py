"""Questions typed in pinyin: syllables of titles and names, and of what was typed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from index.analysis import key


@lru_cache(maxsize=1 << 14)
def syllables(text: str) -> tuple[str, ...]:
    """Toneless pinyin of each character; runs of letters and digits as they stand: 云川市 → yun chuan shi."""
    from pypinyin import lazy_pinyin  # reads its dictionary of phrases: only where something is spelt

    return tuple(syllable for syllable in lazy_pinyin(key(text)) if syllable.isascii())


def typed_syllables(typed: str) -> tuple[str, ...]:
    """What was typed, cut into syllables: yunchuanshi → yun chuan shi; () where it is no pinyin.

    Apostrophes and spaces are cuts; of several ways the one with the fewest syllables.
    """
    parts = typed.lower().replace("'", " ").replace("’", " ").split()
    cut = [_cut(part) for part in parts if part.isascii()]
    if len(cut) != len(parts) or not all(cut):
        return ()
    return tuple(syllable for part in cut for syllable in part)


def _cut(letters: str) -> tuple[str, ...]:
    known = _known()
    ways: list[tuple[str, ...] | None] = [()] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(end - 6, 0), end):  # zhuang is the longest
            before, syllable = ways[start], letters[start:end]
            if before is not None and syllable in known:
                shorter = ways[end] is None or len(before) + 1 < len(ways[end] or ())
                ways[end] = (*before, syllable) if shorter else ways[end]
    return ways[-1] or ()


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    lines = Path(__file__).with_name("syllables.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(syllable for line in lines if not line.startswith("#") for syllable in line.split())
