"""The data files of this room: rows of words, each with examples that fail without it.

A file `numerals.toml` belongs to the module `numerals.py` and holds `[[row]]` tables. Every row has a `name`,
`words` and `yes`, examples "text → reading"; it may have `no`, texts that are not read at all. What else a row holds
its module says.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

Row = Mapping[str, Any]  # as TOML has it; stays inside this package
Rows = tuple[Row, ...]

ARROW = " → "


class Grammar(Protocol):
    """What is made of the rows of one file."""

    def explain(self, text: str) -> str:
        """The reading of a text as its examples write it; empty where there is none."""
        ...


@cache
def load(name: str) -> Rows:
    """The rows of `name`.toml."""
    return tuple(tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))["row"])


def failing(build: Callable[[Rows], Grammar], rows: Rows, examples: Rows) -> Iterator[str]:
    """Examples of `examples` that a grammar made of `rows` does not read as they say."""
    try:
        grammar = build(rows)
    except (KeyError, ValueError, IndexError) as error:
        yield f"no grammar: {error!r}"
        return
    for row in examples:
        for example in row["yes"]:
            text, _, expected = example.partition(ARROW)
            if (told := grammar.explain(text)) != expected:
                yield f"{row['name']}: {text!r} reads {told!r}, not {expected!r}"
        for text in row.get("no", ()):
            if told := grammar.explain(text):
                yield f"{row['name']}: {text!r} reads {told!r}, not nothing"


def without_each_word(rows: Rows) -> Iterator[tuple[str, Rows]]:
    """The rows once for each of their words, and of what these may not stand behind, that word taken out."""
    for place, row in enumerate(rows):
        for name in ("words", "not_after"):
            for word in row.get(name, ()):
                less = {**row, name: [other for other in row[name] if other != word]}
                yield f"{row['name']}: {word}", (*rows[:place], less, *rows[place + 1 :])
