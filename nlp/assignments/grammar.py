"""The grammar of predicates, composed once from grammar.toml, alone.toml and no_acts.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from types import SimpleNamespace
from typing import Any

from gongbao.corpus.language.days import PARTIAL_DAY
from gongbao.corpus.language.forms import composed, rows, with_numerals

_SECTIONS = ("acts", "no_acts", "offices", "text")


@cache
def grammar() -> SimpleNamespace:
    """A compiled pattern for each name of the files, as an attribute."""
    data = _read("grammar.toml")
    patterns = {name: pattern for section in _SECTIONS for name, pattern in data[section].items()}
    patterns |= {name: composed(rows(forms)) for name, forms in _read("no_acts.toml").items()}
    return SimpleNamespace(**{name: re.compile(with_parts(pattern)) for name, pattern in patterns.items()})


def with_parts(pattern: str) -> str:
    """`«lead_alone»` is replaced by the rows of alone.toml, `{adverb}` by what stands for it in grammar.toml."""
    for name, listed in _read("alone.toml").items():
        pattern = pattern.replace(f"«{name}»", composed(rows(listed)))
    for name, part in (_read("grammar.toml")["parts"] | {"day": PARTIAL_DAY}).items():
        pattern = pattern.replace("{" + name + "}", part)
    return with_numerals(pattern)


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("gongbao.nlp.assignments") / name).read_text("utf8"))
