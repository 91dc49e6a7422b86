"""Questions typed in pinyin: syllables of titles and names, and of what was typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from gongbao.index.analysis import key


@lru_cache(maxsize=1 << 14)
def syllables(text: str) -> tuple[str, ...]:
    """Toneless pinyin of each character; runs of letters and digits as they stand: 云川市 → yun chuan shi."""
    from pypinyin import lazy_pinyin  # reads its dictionary of phrases: for what is indexed, not for questions

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


def sounding(sounds: Sequence[str], text: str) -> Iterator[str]:
    """The runs of a text, as `key` has it, that may be read so; a character by any of its readings."""
    plain = key(text)
    for start in range(len(plain) - len(sounds) + 1):
        run = plain[start : start + len(sounds)]
        if all(char in _known().get(sound, "") for char, sound in zip(run, sounds, strict=True)):
            yield run


@lru_cache(maxsize=1)
def _known() -> Mapping[str, frozenset[str]]:
    """Every syllable with the characters that have it."""
    lines = Path(__file__).with_name("syllables.txt").read_text(encoding="utf-8").splitlines()
    parts = (line.partition(" ") for line in lines if not line.startswith("#"))
    return {syllable: frozenset(characters) for syllable, _, characters in parts}
