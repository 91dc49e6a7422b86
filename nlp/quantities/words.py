"""The word lists of words.toml, compiled: one expression for numbers with units, one for the words before."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files

from gongbao.corpus.language.forms import alternation
from gongbao.corpus.records import Comparison, Direction
from gongbao.nlp.quantities.numbers import CHINESE, RUN

_DATA = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))

MONEY = frozenset(_DATA["money"].split())
COUNTED = frozenset(_DATA["counted"].split())
SAME: dict[str, str] = _DATA["same"]


def _sorted(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def _unit() -> str:
    """A unit whose word does not go on as another, or one by another: 元/亩, 毫克/立方米."""
    words = [*MONEY, *_DATA["measured"].split(), *COUNTED]
    goes_on = {unit: f"(?![{rest}" + ")" for unit, rest in (e.split("[:") for e in _DATA["goes_on"].split())}
    known = "|".join(re.escape(word) + goes_on.get(word, "") for word in _sorted(words))
    return rf"(?:{known})(?:/(?:{alternation(words)}|[年月日天]))?"


BEFORE = {word: Comparison(name) for name, words in _DATA["before"].items() for word in words.split()}
AFTER = {word: Comparison(name) for name, words in _DATA["after"].items() for word in _sorted(words.split())}
CHANGE = {word: Direction(name) for name, words in _DATA["change"].items() for word in words.split()}

_GAP = "[ \u3000\u00a0]?"
_DASH = r"[—–－~～-]{1,2}|至|到"
_UNIT = _unit()
# 万 or 亿 with a noun of people where the unit is left out: 近1亿农村贫困人口.
_PEOPLE = r"(?<=[万亿])(?=[\u4e00-\u9fff]{0,6}(?:人口|劳动力|农民|居民|群众|职工|学生))"
_INCLUSIVE = r"[（(]不?含(?:本数)?[)）]"
_AFTER = rf"(?:{_GAP}(?:{_INCLUSIVE})?(?:{alternation(AFTER)})(?!简称|统称|[称同述游涝容设部置])|{_INCLUSIVE})?"
_START = rf"[\d{CHINESE}]"

DASH = re.compile(_DASH)
PART = re.compile(rf"[百千]分之(?P<run>{_START}{RUN})(?P<after>{_AFTER})")
NUMBER = re.compile(
    # Not the middle of a number, a code or an ordinal; the look-behind stands second so that the search is fast.
    rf"{_START}(?<![\dA-Za-z第{CHINESE}百千万亿之/“].){RUN}"
    rf"(?:(?P<unit>{_UNIT}|{_PEOPLE})(?P<after>{_AFTER})"
    rf"(?:{_GAP}(?:{_DASH}|[、，])?{_GAP}(?P<upper>{_START}{RUN})(?P<upper_unit>{_UNIT})(?P<upper_after>{_AFTER}))?"
    rf"|(?P<dash>{_GAP}(?:{_DASH}){_GAP})(?P<bare>{_START}{RUN})(?P<bare_unit>{_UNIT})(?P<bare_after>{_AFTER}))"
)
# In tables the unit may stand apart: 投资（万元）, or in a column of its own.
UNIT_ALONE = re.compile(rf"[十百千万亿]{{0,2}}{_UNIT}")
UNIT_IN_HEAD = re.compile(rf"[（(](?:单位[:：]?)?(?P<unit>[十百千万亿]{{0,2}}{_UNIT})[)）]$")
# To \Z: `$` would pass over the end of a line.
LEFT = re.compile(
    rf"(?:(?P<change>{alternation(CHANGE)})(?:幅度|比例|了|率)?(?P<level>到|至|为)?)?(?:达到|达)?"
    rf"(?:(?P<before>{alternation(BEFORE)})(?:[\u4e00-\u9fff]{{1,8}}的)?)?{_GAP}(?:人民币)?{_GAP}\Z"
)
REACH = 24  # characters before a number in which such words stand
