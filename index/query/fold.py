"""One form for what people type: width, traditional characters, control characters, spaces."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from gongbao.corpus.errors import UsageError

LONGEST = 1000  # characters; nobody types more, and a pasted page is no question

_NUMERALS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "两": "2"}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def fold(typed: str) -> str:
    """Half width (NFKC), simplified, without control characters, spaces single; UsageError where it is too long."""
    if len(typed) > LONGEST:
        raise UsageError(f"问题有 {len(typed)} 个字，过长", f"请缩短到 {LONGEST} 个字以内")
    kept = "".join(" " if char.isspace() else char for char in typed if _is_text(char))
    return " ".join(simplified(unicodedata.normalize("NFKC", kept)).split())


def simplified(text: str) -> str:
    """Traditional characters as simplified ones; the length does not change."""
    return str(_converter().convert(text)) if any("\u3400" <= char <= "\u9fff" for char in text) else text


def numeral(written: str) -> int | None:
    """十 → 10, 二十二 → 22, 二〇二四 → 2024, 10 → 10; None for what is no number."""
    if written.isascii() and written.isdigit():
        return int(written)
    if written and all(char in _NUMERALS for char in written):
        return int("".join(_NUMERALS[char] for char in written))
    return _with_units(written)


def _with_units(written: str) -> int | None:
    total, digit = 0, None
    for char in written:
        if char in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[char]
            digit = None
        elif char in _NUMERALS and (digit is None or digit == 0):
            digit = int(_NUMERALS[char])
        else:
            return None
    return total + (digit or 0) if written else None


def _is_text(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]  # opencc has no types
    from opencc import OpenCC

    return OpenCC("t2s")
