"""No expression of ours takes for ever, whatever is written: its own words repeated are where one would."""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from types import FrameType

import pytest

_PACKAGES = ("gongbao.corpus", "gongbao.ingest", "gongbao.nlp", "gongbao.index")
_WORD = re.compile("[\u4e00-\u9fff]{1,6}")
_TIMES = 30  # repeated so often, a word that can be read in two ways has a thousand million readings
_PATIENCE = 1.0  # seconds
_DEEP = 3


def _modules() -> Iterator[tuple[str, dict[str, object]]]:
    for package in map(importlib.import_module, _PACKAGES):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if found.name.endswith(".migrations.env"):  # runs within Alembic only
                continue
            if "trials" not in found.name:  # training only
                yield found.name, vars(importlib.import_module(found.name))


def _patterns(value: object, name: str, depth: int = 0) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Those that a value is or holds; word lists are compiled by functions that keep what they made."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield name, value
    elif depth < _DEEP and isinstance(value, (tuple, list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _patterns(each, name, depth + 1)
    elif depth < _DEEP and is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _patterns(getattr(value, field.name), f"{name}.{field.name}", depth + 1)
    elif depth == 0 and hasattr(value, "cache_info") and value.__wrapped__.__code__.co_argcount == 0:  # type: ignore[attr-defined]
        yield from _patterns(value(), f"{name}()", 1)  # type: ignore[operator]


def _all_patterns() -> dict[re.Pattern[str], str]:
    found = (
        pair for name, held in _modules() for key, value in held.items() for pair in _patterns(value, f"{name}.{key}")
    )
    return {pattern: name for name, pattern in found}


def _ambiguous(words: list[str]) -> Iterator[str]:
    """Words that two others make."""
    known = set(words)
    for word in words:
        if any(word[:cut] in known and word[cut:] in known for cut in range(1, len(word))):
            yield word


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    def late(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _takes_for_ever(pattern: re.Pattern[str], word: str) -> bool:
    try:
        with _within(_PATIENCE):
            pattern.search(word * _TIMES + "#")
            pattern.fullmatch(word * _TIMES + "#")
    except TimeoutError:
        return True
    return False


def test_what_can_be_read_in_two_ways_is_not_tried_in_all() -> None:
    found = [
        (name, word)
        for pattern, name in _all_patterns().items()
        for word in _ambiguous(list(dict.fromkeys(_WORD.findall(pattern.pattern))))
        if _takes_for_ever(pattern, word)
    ]
    assert found == []


def test_such_an_expression_is_found() -> None:
    assert _takes_for_ever(re.compile("(?:组成|人员|组成人员)*名单"), "组成人员")
    assert len(_all_patterns()) > 300


@pytest.mark.parametrize(("words", "expected"), [(["组成", "人员", "组成人员"], ["组成人员"]), (["县", "市县"], [])])
def test_words_that_two_others_make(words: list[str], expected: list[str]) -> None:
    assert list(_ambiguous(words)) == expected
