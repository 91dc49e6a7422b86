"""Every word, form and neighbour of the rows of expressions has an example that fails without it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from importlib.resources import files

import pytest
from gongbao.corpus.language.forms import FormRow, composed, rows, without_each
from gongbao.nlp.assignments.grammar import with_parts

Compose = Callable[[str], str]
FILES: dict[str, tuple[str, Compose]] = {
    "never.toml": ("gongbao.nlp.bodies", str),
    "lists.toml": ("gongbao.nlp.bodies", str),
    "no_acts.toml": ("gongbao.nlp.assignments", with_parts),
}
_SEARCHED = {"inside", "goes_on", "one_class"}  # anywhere in a text; all others at its beginning


def _lists() -> list[tuple[str, tuple[FormRow, ...], Compose]]:
    found = []
    for name, (package, compose) in FILES.items():
        data = tomllib.loads((files(package) / name).read_text("utf-8"))
        found += [(of_name, rows(of_rows), compose) for of_name, of_rows in data.items() if isinstance(of_rows, list)]
    return found


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
    idle = []
    for place, form in enumerate(forms):
        for taken, less in without_each(form):
            others = (*forms[:place], less, *forms[place + 1 :])
            if not _wrong(name, [one for one in others if one.words or one.forms], [form], compose):
                idle.append(f"{form.name}: {taken}")
    assert idle == []


def _wrong(name: str, forms: Sequence[FormRow], examples: Sequence[FormRow], compose: Compose) -> list[str]:
    """Examples that are not as they should be."""
    expression = re.compile(compose(composed(forms)))
    find = expression.search if name in _SEARCHED else expression.match
    missed = [text for form in examples for text, at in form.found if not find(text, at)]
    return missed + [text for form in examples for text, at in form.not_found if find(text, at)]


def test_neighbours_make_another_word_of_it() -> None:
    form = FormRow("应", words=("应",), not_before=("急",), not_after=("反",))
    assert form.expression == "(?<!反)(?:应)(?!急)"
    assert list(form.not_found) == [("应急", 0), ("反应", 1)]
