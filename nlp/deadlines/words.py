"""The word lists of words.toml, compiled."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

_LISTS: dict[str, str] = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))


def any_of(name: str) -> str:
    """One of the words of a list, longest first, as a regular expression."""
    words = sorted(_LISTS[name].split(), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, words))})"


def compiled(before: str, name: str, after: str = "") -> re.Pattern[str]:
    return re.compile(f"{before}{any_of(name)}{after}")
