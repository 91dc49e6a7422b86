"""Expressions made of rows: words, forms, and what may not stand beside them, each with examples that need it.

A row of a file has a `name` and `words` (plain) or `forms` (regular expressions); `not_after` and `not_before` list
what makes another word of it in front or behind (应 is none in 应急); `behind` is what all of the row may stand behind.
`yes` are texts that the row is found in, `no` texts that it is not; a word is its own example, so is a word with its
neighbour. In a form «numeral» stands for one character of a number in 汉字.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import groupby
from typing import Any

from gongbao.corpus.language.numerals import TENS


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row: 应 but neither 应急 nor 应城 is `FormRow("obligation", words=("应",), not_before=("急", "城"))`."""

    name: str
    words: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    behind: str = ""
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> FormRow:
        """The row of a file; a field that it does not know is a `TypeError`."""
        fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
        return cls(**fields)

    @property
    def expression(self) -> str:
        """Without what it stands behind."""
        one = "|".join([*map(re.escape, self.words), *map(with_numerals, self.forms)])
        before = "".join(f"(?<!{word})" for word in self.not_after)
        after = f"(?!{'|'.join(self.not_before)})" if self.not_before else ""
        return f"{before}(?:{one}){after}" if before or after else one

    @property
    def found(self) -> Iterator[tuple[str, int]]:
        """Texts that it is found in, and where one looks."""
        yield from ((text, 0) for text in (*self.yes, *self.words))

    @property
    def not_found(self) -> Iterator[tuple[str, int]]:
        """Texts that it is not found in, and where one looks."""
        yield from ((text, 0) for text in self.no)
        for word in self.words:
            yield from ((word + behind, 0) for behind in self.not_before)
            yield from ((before + word, len(before)) for before in self.not_after)


def with_numerals(form: str) -> str:
    """`«numeral»是` of 一是, 二是 with its characters."""
    return form.replace("«numeral»", f"[{TENS}]")


def rows(data: Iterable[Mapping[str, Any]]) -> tuple[FormRow, ...]:
    """The rows of one list of a file."""
    return tuple(FormRow.of(row) for row in data)


def lists(name: str) -> dict[str, tuple[FormRow, ...]]:
    """The lists of `name`.toml of this room, each with its rows."""
    data = tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))
    return {of: rows(listed) for of, listed in data.items()}


def words_of(forms: Iterable[FormRow]) -> tuple[str, ...]:
    """The plain words of all rows, in their order."""
    return tuple(word for form in forms for word in form.words)


def alternation(words: Iterable[str]) -> str:
    """Longest first, so that 管委会 is tried before 委; of no words, what is found nowhere."""
    return "|".join(map(re.escape, _longest_first(words))) or "(?!)"


def spaced(words: Iterable[str]) -> str:
    """The same, each set with blanks between its characters or not: 组　长."""
    return "|".join(r"\s*".join(map(re.escape, word)) for word in _longest_first(words)) or "(?!)"


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(dict.fromkeys(words), key=len, reverse=True)


def composed(forms: Iterable[FormRow]) -> str:
    """All rows as one expression, in their order; those with the same `behind` share it."""
    groups = groupby(forms, key=lambda form: form.behind)
    return "|".join(_behind(behind, "|".join(form.expression for form in group)) for behind, group in groups)


def _behind(behind: str, one: str) -> str:
    return f"{behind}(?:{one})" if behind else one


def without_each(form: FormRow) -> Iterator[tuple[str, FormRow]]:
    """The row once for each of its words, forms and neighbours, that one taken out; with what was taken out."""
    for field in ("words", "forms", "not_after", "not_before"):
        held: tuple[str, ...] = getattr(form, field)
        for one in held:
            less: dict[str, Any] = {field: tuple(other for other in held if other != one)}
            yield f"{field}: {one}", replace(form, **less)
