"""The grammar of predicates, composed once from grammar.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from types import SimpleNamespace

_SECTIONS = ("acts", "no_acts", "offices", "text")


@cache
def grammar() -> SimpleNamespace:
    """A compiled pattern for each name of the file, as an attribute."""
    data = tomllib.loads((files("gongbao.nlp.assignments") / "grammar.toml").read_text("utf8"))
    parts: dict[str, str] = data["parts"]
    return SimpleNamespace(
        **{
            name: re.compile(_composed(pattern, parts))
            for section in _SECTIONS
            for name, pattern in data[section].items()
        }
    )


def _composed(pattern: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace("{" + name + "}", part)
    return pattern
