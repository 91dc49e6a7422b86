"""subjects_of: words that point to a class, counted in title, headings and text."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log1p
from typing import Any

from gongbao.corpus.document import Document

_WHOLE_TITLE, _TITLE, _HEADINGS, _TEXT = 100.0, 10.0, 1.0, 0.5
_SURE, _WORD = 3.0, 1.0
_LONGER = 0.25  # each character beyond two makes a word say more: it stands for the shorter ones in it
_READ = 20_000  # characters of text: a longer plan says no more about its subject
_BESIDE = 0.5  # a further subject has at least this share of the first one's weight
_MOST = 3
_OTHER = "其他"
_FURTHER_TITLES = re.compile(r"^.{2,40}?(?:人民政府办公[厅室]|人民政府|委员会|厅|局)(?=关于|印发|转发)")


@dataclass(frozen=True, slots=True)
class _Class:
    name: str
    sure: frozenset[str]
    words: frozenset[str]


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("classes.toml").read_text("utf-8"))


@cache
def _classes() -> tuple[_Class, ...]:
    classes = _read()["class"]
    return tuple(_Class(c["name"], frozenset(c["sure"].split()), frozenset(c["words"].split())) for c in classes)


@cache
def _vocabulary() -> dict[str, tuple[str, ...]]:
    """All words by their first two characters (or the only one), longest first."""
    words = {word for one in _classes() for word in one.sure | one.words} | set(_read()["neutral"].split())
    by_beginning: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        by_beginning[word[:2]].append(word)
    return {
        beginning: (*begun, *(by_beginning.get(beginning[0], ()) if len(beginning) > 1 else ()))
        for beginning, begun in by_beginning.items()
    }


def _words_in(text: str) -> Iterator[str]:
    """A longer word is not counted again as a shorter one, nor as one that points nowhere."""
    vocabulary, end = _vocabulary(), 0
    for at, char in enumerate(text):
        if at < end:
            continue
        for word in vocabulary.get(text[at : at + 2]) or vocabulary.get(char, ()):
            if text.startswith(word, at):
                yield word
                end = at + len(word)
                break


def subjects_of(document: Document) -> tuple[str, ...]:
    """Up to three names of classes, best first; 其他 where nothing points anywhere."""
    weights = weights_of(document)
    best = sorted(weights.items(), key=lambda item: -item[1])[:_MOST]
    if not best or best[0][1] <= 0:
        return (_OTHER,)
    return tuple(name for name, weight in best if weight >= _BESIDE * best[0][1])


def weights_of(document: Document) -> dict[str, float]:
    """How strongly the lists point to each class; classes that nothing points to are left out."""
    title = _FURTHER_TITLES.sub("", "".join(document.title.split()))
    headings = "\n".join(heading.text for heading in document.headings if heading.level <= 1)
    weights: dict[str, float] = defaultdict(float)
    whole = _WHOLE_TITLE if any(title in one.sure for one in _classes()) else _TITLE
    for text, factor in ((title, whole), (headings, _HEADINGS), (document.body()[:_READ], _TEXT)):
        _add(weights, text, factor)
    return weights


def _add(weights: dict[str, float], text: str, factor: float) -> None:
    """Each word counts by its length and by the logarithm of how often it stands there."""
    for word, count in Counter(_words_in(text)).items():
        for one in _classes():
            if word in one.sure or word in one.words:
                says = (_SURE if word in one.sure else _WORD) * (1 + _LONGER * max(len(word) - 2, 0))
                weights[one.name] += factor * says * log1p(count)
