"""The words that names of bodies are made of, compiled once from the words of the language room."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from gongbao.corpus.language.bearers import Bearer
from gongbao.corpus.language.bearers import endings as bearers
from gongbao.corpus.language.bodies import BodyWords, body_words
from gongbao.corpus.language.forms import alternation, composed, rows
from gongbao.corpus.language.posts import IN_OFFICE, Post, posts
from gongbao.corpus.language.predicates import predicate_words
from gongbao.corpus.register.national import load_national


class Words:
    """A set of words that tells whether one of them begins at a place, whatever their number."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in words:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}

    def length_at(self, text: str, at: int) -> int:
        """The length of the longest word that begins at `at`; 0 for none."""
        for size in self._lengths.get(text[at : at + 1], ()):
            word = text[at : at + size]  # shorter than `size` at the end of the text
            if word in self._words:
                return len(word)
        return 0


_POSTS = posts(*IN_OFFICE, Post.GROUP, Post.DUTY)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Compiled patterns; `ending` matches at the end of a name, the others as their names say."""

    strong_ending: re.Pattern[str]
    weak_ending: re.Pattern[str]
    office: re.Pattern[str]  # a business with the ending of its office: 民政局, 民政部
    of_office: re.Pattern[str]  # a name that begins with one: 民政部|儿童福利司
    national: frozenset[str]  # bodies of the country, by full and short name
    level: re.Pattern[str]
    place: re.Pattern[str]
    post: re.Pattern[str]
    named_post: re.Pattern[str]  # a post with the name of who holds it: 局长李四
    zones: frozenset[str]  # bodies only in a list with others: 各县（市、区）、开发区
    never_alone: frozenset[str]  # common nouns that are bodies only with something before them
    collective_start: re.Pattern[str]
    collective_names: frozenset[str]  # classes where they stand alone
    collective_end: re.Pattern[str]
    vague: re.Pattern[str]
    heads: frozenset[str]
    head_words: Words
    companies: frozenset[str]
    branch: re.Pattern[str]  # one of them with the tail that all share: 电信|云川分公司
    verbs: Words
    ending: str  # alternation of all endings and posts, for composing
    predicate: Words  # what a predicate begins with
    modals: Words  # … and surely does
    place_ending: str  # alternation of the endings of places
    held_posts: str  # alternation of posts that a name may follow
    given: str  # such a name, for composing: 局长|李四, but not 局长|召集和 or 局长|按分工
    after_place: str  # alternation of the same after a place alone
    after_defined: str  # and after a term that the document defines
    name_verbs: re.Pattern[str]  # verbs that a name may begin with
    unit_verbs: re.Pattern[str]  # verbs that name a unit: 承担单位
    bad_inside: re.Pattern[str]  # never inside a name
    bad_start: re.Pattern[str]  # never at its beginning
    bad_place: re.Pattern[str]  # looks like the name of a place and is none
    short_ending: re.Pattern[str]  # after a verb: both belong to the name
    goes_on: str  # looks like a predicate and is the rest of a name, for composing
    defined: re.Pattern[str]  # how a term must end that a document defines as a body

    def is_head(self, word: str) -> bool:
        """城市管理, 城市管理（综合行政执法）: a business, or one with its second name."""
        both = _TWO_NAMES.fullmatch(word)
        return word in self.heads or (both is not None and all(name in self.heads for name in both.groups()))


_OFFICES = "局|委|厅|部|所|站|办"
_TWO_NAMES = re.compile(r"([^（()）]+)[（(]([^（()）]+)[)）]")


@cache
def vocabulary() -> Vocabulary:
    never = tomllib.loads((files("gongbao.nlp.bodies") / "never.toml").read_text("utf8"))
    words = body_words()
    return Vocabulary(**_names(words), **_kinds(words), **_businesses(words), **_predicates(), **_limits(words, never))


def _names(words: BodyWords) -> dict[str, Any]:
    of_people = [*words.person, *_POSTS]
    strong = [*words.strong, *bearers(Bearer.TASK), *_national(words)]
    places = alternation(words.place)
    return {
        "strong_ending": _at_end(strong),
        "weak_ending": _at_end(words.weak),
        "national": frozenset(load_national()),
        "zones": frozenset(words.zone),
        "never_alone": frozenset(words.never_alone),
        "level": re.compile(alternation(words.level)),
        "place": re.compile(f"[\u4e00-\u9fff]{{1,6}}(?:{places})"),
        "place_ending": places,
        "ending": alternation([*strong, *words.weak, *of_people]),
        "defined": _at_end(words.defined),
    }


def _national(words: BodyWords) -> list[str]:
    """National bodies whose names end like no others: 银保监会, 中国石化 (from the register); 党中央 is not bound."""
    regular = re.compile(
        f"(?:{alternation(words.strong)}|(?:{alternation(words.business)})(?:{_OFFICES}))$|"
        f"(?:{alternation(words.level)}).*(?:{alternation(words.weak)})$"
    )
    return [
        form for form in load_national() if len(form) > 2 and not form.endswith("中央") and not regular.search(form)
    ]


def _kinds(words: BodyWords) -> dict[str, Any]:
    held = alternation(posts(*IN_OFFICE))
    given = f"(?!{words.no_given})[\u4e00-\u9fff]{{2,3}}?"
    return {
        "post": _at_end([*words.person, *_POSTS]),
        "held_posts": held,
        "given": given,
        "named_post": re.compile(f"(?:{held}){given}(?:同志)?$"),
        "collective_start": re.compile(f"(?!{words.no_class})(?:{alternation(words.class_start)})"),
        "collective_names": frozenset(words.class_alone),
        "collective_end": _at_end(words.class_end),
        "vague": re.compile(words.vague),
    }


def _businesses(words: BodyWords) -> dict[str, Any]:
    office, companies = f"(?:{alternation(words.business)})(?:{_OFFICES})", alternation(words.company)
    return {
        "office": re.compile(f"{office}$"),
        "of_office": re.compile(f"(?:国家)?{office}"),
        "heads": frozenset(words.business),
        "head_words": Words(words.business),
        "companies": frozenset(words.company),
        "branch": re.compile(f"(?:{companies})(.*(?:公司|局))$"),
    }


def _predicates() -> dict[str, Any]:
    words = predicate_words()
    return {
        "verbs": Words(words.verbs),
        "modals": Words(words.modal),
        "predicate": Words((*words.modal, *words.adverb, *words.verbs)),
        "after_place": alternation(words.after_place),
        "after_defined": alternation((*words.after_place, *words.after_defined)),
        "unit_verbs": re.compile(f"(?:{alternation(words.of_unit)})(?:单位|部门|机构|企业)"),
        "name_verbs": re.compile(alternation(words.of_name)),
    }


def _limits(words: BodyWords, never: dict[str, Any]) -> dict[str, Any]:
    forms = {name: composed(rows(of_name)) for name, of_name in never.items()}
    return {
        "bad_inside": re.compile(forms["inside"]),
        "bad_start": re.compile(forms["at_start"]),
        "bad_place": re.compile(f".*(?:{words.no_place})$"),
        "short_ending": re.compile(forms["short_endings"]),
        "goes_on": forms["goes_on"],
    }


def _at_end(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(words)})$")
