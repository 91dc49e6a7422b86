"""The words that names of bodies are made of, read once from the data files beside this module."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Compiled patterns; `ending` matches at the end of a name, the others as their names say."""

    strong_ending: re.Pattern[str]
    weak_ending: re.Pattern[str]
    level: re.Pattern[str]
    place: re.Pattern[str]
    post: re.Pattern[str]
    collective_start: re.Pattern[str]
    collective_end: re.Pattern[str]
    vague: re.Pattern[str]
    heads: frozenset[str]
    verb: re.Pattern[str]
    ending: str  # alternation of all endings and posts, for composing
    predicate: str  # alternation of what a predicate begins with, for composing

    def is_head(self, word: str) -> bool:
        return word in self.heads


def alternation(words: list[str]) -> str:
    """Longest first, so that 管委会 is tried before 委."""
    return "|".join(map(re.escape, sorted(set(words), key=len, reverse=True)))


@cache
def vocabulary() -> Vocabulary:
    folder = files("nlp.bodies")
    data = tomllib.loads((folder / "words.toml").read_text("utf8"))
    verbs = (folder / "verbs.txt").read_text("utf8").split("\n", 1)[1].split()
    endings, kinds = data["endings"], data["kinds"]
    places = alternation(endings["places"])
    return Vocabulary(
        strong_ending=re.compile(f"(?:{alternation(endings['strong'])})$"),
        weak_ending=re.compile(f"(?:{alternation(endings['weak'])})$"),
        level=re.compile(alternation(endings["levels"])),
        place=re.compile(f"[\u4e00-\u9fff]{{1,6}}(?:{places})"),
        post=re.compile(f"(?:{alternation(kinds['posts'])})$"),
        collective_start=re.compile(alternation(kinds["collective_starts"])),
        collective_end=re.compile(f"(?:{alternation(kinds['collective_ends'])})$"),
        vague=re.compile("|".join(f"(?:{p})" for p in data["vague"]["patterns"])),
        heads=frozenset(data["heads"]["words"]),
        verb=re.compile(alternation(verbs)),
        ending=alternation(endings["strong"] + endings["weak"] + endings["places"] + kinds["posts"]),
        predicate=alternation(data["predicate"]["modals"] + data["predicate"]["adverbs"] + verbs),
    )
