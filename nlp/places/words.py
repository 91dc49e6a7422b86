"""The word lists of words.toml, compiled."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from gongbao.corpus.language.forms import alternation
from gongbao.corpus.records import PlaceLevel

_DATA = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
_GENERIC = _DATA["generic"]

LEVELS = {end: PlaceLevel(level) for level, ends in _DATA["ends"].items() for end in ends.split()}
GENERIC = frozenset(_GENERIC["stems"].split())
BEFORE: dict[str, str] = _GENERIC["before"]
AMBIGUOUS = frozenset(_GENERIC["also"]["words"].split())

COMMON_ENDS = (*(word for word in GENERIC if len(word) > 1), *_GENERIC["never"]["ends"].split())


def _end(word: str) -> str:
    follows = _DATA["goes_on"].get(word)
    return word + (f"(?!{follows})" if follows else "")


END = re.compile("|".join(map(_end, sorted(LEVELS, key=len, reverse=True))))
# What a zone is for stands between its name and its ending; 高新技术产业 is not tried as 高新技术|产业 as well.
PURPOSE = re.compile(rf"(?:{alternation(_DATA['inside']['zones'].split())})++$")
STOP = re.compile(alternation(_DATA["inside"]["stops"].split()))
STOP_END = re.compile(f"(?:{STOP.pattern})$")
HAN = re.compile(r"[\u3400-\u9fff]*$")
