"""The kind of a document, by the word its title ends with (文种; 党政机关公文处理工作条例 第八条, and plans)."""

from __future__ import annotations

import re
from importlib.resources import files

_GENRES = files(__package__).joinpath("genres.txt").read_text("utf-8").split()
_ENDING = re.compile(rf"(?P<genre>{'|'.join(sorted(_GENRES, key=len, reverse=True))})$")
_TAIL = re.compile(r"(?:[（(【\[〔][^（()）】\]〕]{1,20}[）)】\]〕]|[》”\"'。\s])+$")
_COUNTED = re.compile(r"(?P<genre>措施|政策|规定|意见|办法)[\d一二三四五六七八九十]+条$")


def genre_of(title: str) -> str | None:
    """通知 of …的通知, 意见 of …《…若干意见》, 办法 of …办法（试行）; None where the ending is no genre."""
    bare = _TAIL.sub("", "".join(title.split()))
    found = _ENDING.search(bare) or _COUNTED.search(bare)
    return found["genre"] if found else None
