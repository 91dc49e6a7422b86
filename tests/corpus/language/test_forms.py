"""Every word, form and neighbour of the rows of expressions has an example that fails without it."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from gongbao.corpus.language.bodies import with_at_large
from gongbao.corpus.language.forms import FormRow, alternation, composed, rows, spaced, without_each
from gongbao.nlp.assignments.grammar import with_parts

Compose = Callable[[str], str]
_ROOM = "gongbao.corpus.language"
FILES: dict[str, tuple[str, Compose]] = {
    "bodies.toml": (_ROOM, str),
    "no_bodies.toml": (_ROOM, with_at_large),
    "predicates.toml": (_ROOM, str),
    "captions.toml": (_ROOM, str),
    "never.toml": ("gongbao.nlp.bodies", str),
    "lists.toml": ("gongbao.nlp.bodies", str),
    "levels.toml": ("gongbao.nlp.bodies", str),
    "no_acts.toml": ("gongbao.nlp.assignments", with_parts),
    "alone.toml": ("gongbao.nlp.assignments", with_parts),
}
_SEARCHED = {"inside", "goes_on", "one_class", "beside_alone", "several", "of_others"}  # anywhere in a text
_AT_THE_BEGINNING = {"no_class", "no_given"}


@cache
def _read(package: str, name: str) -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((files(package) / name).read_text("utf-8"))


def _lists() -> list[tuple[str, tuple[FormRow, ...], Compose]]:
    found = []
    for name, (package, compose) in FILES.items():
        data = _read(package, name)
        found += [(of_name, rows(of_rows), compose) for of_name, of_rows in data.items() if isinstance(of_rows, list)]
    return found


_WHOLE = {of for file, (room, _) in FILES.items() if room == _ROOM for of in _read(room, file)} - _AT_THE_BEGINNING
LISTED = pytest.mark.parametrize(("name", "forms", "compose"), _lists(), ids=[name for name, _, _ in _lists()])


@LISTED
def test_examples_are_found_and_counterexamples_are_not(
    name: str, forms: tuple[FormRow, ...], compose: Compose
) -> None:
    assert _wrong(name, forms, forms, compose) == []


@LISTED
def test_without_a_word_a_form_or_a_neighbour_an_example_fails(
    name: str, forms: tuple[FormRow, ...], compose: Compose
) -> None:
    idle = _twice(forms) if _is_of_words(name, forms) else []
    for place, form in enumerate([] if _is_of_words(name, forms) else forms):
        for taken, less in without_each(form):
            others = (*forms[:place], less, *forms[place + 1 :])
            if not _wrong(name, [one for one in others if one.words or one.forms], [form], compose):
                idle.append(f"{form.name}: {taken}")
    assert idle == []


def _is_of_words(name: str, forms: Sequence[FormRow]) -> bool:
    """Words that are compared whole: each is its own example, and needed unless it is there twice."""
    return name in _WHOLE and not any(form.forms or form.not_before or form.not_after for form in forms)


def _twice(forms: Sequence[FormRow]) -> list[str]:
    counted = Counter(word for form in forms for word in form.words)
    return [word for word, times in counted.items() if times > 1]


def _wrong(name: str, forms: Sequence[FormRow], examples: Sequence[FormRow], compose: Compose) -> list[str]:
    """Examples that are not as they should be."""
    expression = re.compile(compose(composed(forms)))
    find = _finding(name, expression)
    missed = [text for form in examples for text, at in form.found if not find(text, at)]
    return missed + [text for form in examples for text, at in form.not_found if find(text, at)]


def _finding(name: str, expression: re.Pattern[str]) -> Callable[[str, int], re.Match[str] | None]:
    """Where a list is looked for: anywhere, at a place, or as a whole text (those of the language room)."""
    if name in _SEARCHED:
        return expression.search
    return expression.fullmatch if name in _WHOLE else expression.match


def test_neighbours_make_another_word_of_it() -> None:
    form = FormRow("应", words=("应",), not_before=("急",), not_after=("反",))
    assert form.expression == "(?<!反)(?:应)(?!急)"
    assert list(form.not_found) == [("应急", 0), ("反应", 1)]


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        (["委", "管委会", "委"], "管委会|委"),  # the longest first, each once
        (["县(市、区)"], r"县\(市、区\)"),  # words are no expressions
        ([], "(?!)"),  # an empty one would be found everywhere
    ],
)
def test_any_of_some_words(words: list[str], expression: str) -> None:
    assert alternation(words) == expression


@pytest.mark.parametrize("text", ["组长", "组　长", "组 \n长"])
def test_words_may_be_set_with_blanks(text: str) -> None:
    assert re.fullmatch(spaced(["长", "组长"]), text)
