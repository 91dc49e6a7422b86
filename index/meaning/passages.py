"""Which passages are read for their meaning, and as what."""

from __future__ import annotations

import re
from hashlib import blake2b

from gongbao.corpus.language.numerals import TENS
from gongbao.index.meaning.vectors import Key

_HAN = re.compile(r"[\u3400-\u9fff]")
_DATE = re.compile(rf"[\d〇零{TENS}]{{1,4}}\s*[年月日]")
_FEWEST = 6  # Han characters of what says anything: no 附件, no signature's date


def read_as(title: str, text: str) -> str:
    """A passage as the encoder reads it: under its document's title, which says what it speaks of."""
    return f"{title}：{text}"


def key_of(title: str, issuer: str | None, text: str) -> Key | None:
    """The key of a passage's direction; None for what says nothing of its own: 云川市人民政府, 2024年3月4日."""
    own = _DATE.sub("", text)
    if len(_HAN.findall(own)) < _FEWEST or text.strip() in (issuer, title):
        return None
    return blake2b(read_as(title, text).encode(), digest_size=8).hexdigest()
