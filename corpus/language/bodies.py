"""Words that names of bodies are made of: what a name ends in, what makes a class of it, what is no body at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from gongbao.corpus.language.forms import composed, lists, words_of


@dataclass(frozen=True, slots=True)
class BodyWords:
    """The lists of bodies.toml and no_bodies.toml by name, as their comments say; the last five are expressions."""

    strong: tuple[str, ...]
    weak: tuple[str, ...]
    zone: tuple[str, ...]
    never_alone: tuple[str, ...]
    place: tuple[str, ...]
    level: tuple[str, ...]
    person: tuple[str, ...]
    class_start: tuple[str, ...]
    class_alone: tuple[str, ...]
    class_end: tuple[str, ...]
    company: tuple[str, ...]
    business: tuple[str, ...]
    defined: tuple[str, ...]
    no_class: str
    no_given: str
    no_place: str
    vague: str


_FORMS = ("no_class", "no_given", "no_place")


@cache
def body_words() -> BodyWords:
    listed = lists("bodies")
    words: dict[str, Any] = {
        name: _in_either_width(words_of(rows)) for name, rows in listed.items() if name not in _FORMS
    }
    forms: dict[str, Any] = {name: composed(listed[name]) for name in _FORMS}
    return BodyWords(**words, **forms, vague=with_at_large(composed(lists("no_bodies")["vague"])))


def _in_either_width(words: tuple[str, ...]) -> tuple[str, ...]:
    """镇（街道） is printed 镇(街道) as well."""
    return (*words, *(word.translate(_HALF_WIDTH) for word in words if "（" in word))


_HALF_WIDTH = str.maketrans("（）", "()")


def with_at_large(form: str) -> str:
    """`«at_large»` replaced by what may stand before 部门 of no one in particular: 市直, 有关."""
    return form.replace("«at_large»", composed(lists("no_bodies")["at_large"]))
