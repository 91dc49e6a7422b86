"""One form for what people type: width, traditional characters, control characters, spaces."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from gongbao.corpus.errors import UsageError

LONGEST = 1000  # characters; nobody types more, and a pasted page is no question


def fold(typed: str) -> str:
    """Half width (NFKC), simplified, without control characters, spaces single; UsageError where it is too long."""
    if len(typed) > LONGEST:
        raise UsageError(f"问题有 {len(typed)} 个字，过长", f"请缩短到 {LONGEST} 个字以内")
    kept = "".join(" " if char.isspace() else char for char in typed if _is_text(char))
    return " ".join(simplified(unicodedata.normalize("NFKC", kept)).split())


def simplified(text: str) -> str:
    """Traditional characters as simplified ones; the length does not change."""
    return str(_converter().convert(text)) if any("\u3400" <= char <= "\u9fff" for char in text) else text


def _is_text(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]  # opencc has no types
    from opencc import OpenCC

    return OpenCC("t2s")
