"""Every word of the language room has an example, and earns its place: without it an example fails."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from importlib.resources import files

import pytest
from gongbao.corpus.language.bearers import Bearers
from gongbao.corpus.language.dates import Dates
from gongbao.corpus.language.document_numbers import DocumentNumberGrammar
from gongbao.corpus.language.facts import FactLabels
from gongbao.corpus.language.genres import Genres
from gongbao.corpus.language.headers import Headers
from gongbao.corpus.language.lexicon import Grammar, Rows, failing, load, without_each_word
from gongbao.corpus.language.numbering import NumberingGrammar
from gongbao.corpus.language.numerals import Numerals
from gongbao.corpus.language.posts import Posts
from gongbao.corpus.language.roles import RoleWords

LISTS = ("bodies", "no_bodies", "predicates", "captions")  # of forms, as test_forms.py takes them out
GRAMMARS: dict[str, Callable[[Rows], Grammar]] = {
    "numerals": Numerals.of,
    "numbering": NumberingGrammar.of,
    "dates": Dates.of,
    "genres": Genres.of,
    "posts": Posts.of,
    "bearers": Bearers.of,
    "headers": Headers,
    "roles": RoleWords.of,
    "facts": FactLabels.of,
    "document_numbers": DocumentNumberGrammar.of,
}
_OTHERS = {"verbs.txt", "surnames.txt"}  # nothing but words
_SAMPLE = 12  # words of each file in a usual run; `make audit` takes every one


def _taken_out() -> list[tuple[str, str, Rows]]:
    taken = []
    for name in GRAMMARS:
        every = [(name, word, rows) for word, rows in without_each_word(load(name))]
        whole = os.environ.get("GONGBAO_AUDIT") or len(every) <= _SAMPLE
        taken += every if whole else random.Random(name).sample(every, _SAMPLE)
    return taken


def test_every_file_of_words_is_looked_at() -> None:
    found = {path.name for path in files("gongbao.corpus.language").iterdir() if path.name.endswith((".toml", ".txt"))}
    assert found == {f"{name}.toml" for name in (*GRAMMARS, *LISTS)} | _OTHERS


@pytest.mark.parametrize("name", GRAMMARS)
def test_examples_are_read_as_they_say(name: str) -> None:
    rows = load(name)
    assert list(failing(GRAMMARS[name], rows, rows)) == []


@pytest.mark.parametrize("name", GRAMMARS)
def test_every_row_of_words_has_an_example(name: str) -> None:
    assert [row["name"] for row in load(name) if row["words"] and not row["yes"]] == []


@pytest.mark.parametrize(
    ("name", "word", "rows"), [pytest.param(*one, id=f"{one[0]}-{one[1]}") for one in _taken_out()]
)
def test_without_a_word_an_example_fails(name: str, word: str, rows: Rows) -> None:
    assert next(failing(GRAMMARS[name], rows, load(name)), None), f"nothing needs {word}"
