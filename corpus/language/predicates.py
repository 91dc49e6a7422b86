"""Words that begin what is said of a body: 要, 负责, 及时, 组织."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gongbao.corpus.language.forms import lists, words_of


@dataclass(frozen=True, slots=True)
class PredicateWords:
    """The lists of predicates.toml by name, as their comments say, and the verbs of verbs.txt."""

    modal: tuple[str, ...]
    adverb: tuple[str, ...]
    after_place: tuple[str, ...]
    after_defined: tuple[str, ...]
    of_unit: tuple[str, ...]
    of_name: tuple[str, ...]
    verbs: tuple[str, ...]


@cache
def predicate_words() -> PredicateWords:
    lines = files(__package__).joinpath("verbs.txt").read_text("utf-8").splitlines()
    verbs = " ".join(line for line in lines if not line.startswith("#")).split()
    return PredicateWords(verbs=tuple(verbs), **{name: words_of(rows) for name, rows in lists("predicates").items()})
