"""The word lists of words.toml, compiled."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from gongbao.corpus.language.cutting import jieba
from gongbao.corpus.language.forms import alternation

jieba.setLogLevel("ERROR")
_LISTS: dict[str, str] = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))


_LEFT_OF_WORD = 6  # characters looked at for the word that begins before it


def any_of(name: str) -> str:
    """One of the words of a list, longest first, as a regular expression."""
    return f"(?:{alternation(_LISTS[name].split())})"


def compiled(before: str, name: str, after: str = "") -> re.Pattern[str]:
    return re.compile(f"{before}{any_of(name)}{after}")


def word_start(text: str, start: int, end: int) -> int:
    """The first place from `start` on where a word begins, if one does before `end`: 实验室|建设期, not 验室建设期."""
    at = max(0, start - _LEFT_OF_WORD)
    for word in jieba.cut(text[at:end], HMM=False):
        if at >= start:
            return at
        at += len(word)
    return start
