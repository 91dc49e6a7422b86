"""File names as people can read them and files can keep them, whatever bytes the system has for them."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path, PurePath

_LONGEST = 200  # bytes of a name that every file system keeps, with room for what is put beside it
_ENCODINGS = ("utf-8", "gb18030")  # archives made on older Chinese systems hold GBK names


def shown(path: PurePath) -> str:
    """The last part of the path as text without control characters: 公告.pdf also where its bytes are GBK."""
    return decoded(os.fsencode(path.name))


def shown_path(path: Path) -> str:
    """All of it, absolute."""
    return decoded(os.fsencode(path.absolute()))


def decoded(name: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return without_controls(name.decode(encoding))
        except UnicodeDecodeError:
            continue
    return without_controls(name.decode("utf-8", "replace"))


def without_controls(text: str) -> str:
    """A control character in a name would command the terminal that it is printed on."""
    return "".join("\ufffd" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char for char in text)


def short_name(name: str) -> str:
    """A name that can be kept: the stem cut where it is longer than file systems allow, the suffix whole."""
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix.encode()) > 10:
        stem, dot, suffix = name, "", ""
    room = _LONGEST - len((dot + suffix).encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + dot + suffix
