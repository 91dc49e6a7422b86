"""The word lists of words.toml, and the forms of telephone numbers, compiled."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

_WORDS: dict[str, str] = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))


def _any(*lists: str) -> str:
    """One of the words, longest first; words of two characters may be spaced out (电　话)."""
    words = sorted({word for name in lists for word in _WORDS[name].split()}, key=len, reverse=True)
    return "|".join("[ \u3000]*".join(word) if len(word) == 2 else word for word in words)


_DASH = "[-－—–~ ]"
# YD/T 1040: 11 digits of a mobile, 400 and 800, area code and local number, short service numbers.
_FORMS = (
    rf"(?P<mobile>1[3-9]\d{_DASH}?\d{{4}}{_DASH}?\d{{4}})",
    rf"(?P<service>[48]00{_DASH}?\d{{3}}{_DASH}?\d{{4}}|[48]00{_DASH}?\d{{4}}{_DASH}?\d{{3}})",
    rf"[(（]?(?P<area>0\d{{2,3}})[)）]?{_DASH}{{0,2}}(?P<local>[1-9]\d{{6,7}})(?:(?:转|{_DASH})(?P<extension>\d{{1,5}}))?",
    r"(?P<bare>[2-9]\d{6,7})(?:转(?P<inner>\d{1,5}))?",
    r"(?P<hotline>1\d\d|12\d{3}|9[56]\d{3,4})",
)
NUMBER = re.compile(rf"(?=[\d(（])(?<![\dA-Za-z.〔@])(?:{'|'.join(_FORMS)})(?![\d年%]|[-.]\d)")
LABEL = re.compile(rf"(?P<fax>{_any('fax')})|(?P<mobile>{_any('mobile')})|(?P<phone>{_any('phone')})")
HEADS = {name: re.compile(_any(name)) for name in ("person", "body")}
MARKS = tuple(_WORDS["marks"].split())
LONG = re.compile(r"\d{7}")
# What may stand between a label and its number: marks, and other numbers of the same label.
BETWEEN = re.compile(r"(?:[\s:：为是、，,；;/()（）和或及]|[-－—–]|\d|转|号码|如下)*")
BEHIND = re.compile(rf"[”\"]?[\u4e00-\u9fff]{{0,6}}?(?:{_any('behind')})")
PERSON = re.compile(
    rf"(?:{_any('person')})[:： ]{{0,3}}(?P<names>[㐀-鿿][㐀-鿿· \u3000]{{1,8}}?(?:、[㐀-鿿·]{{2,4}})*)"
    r"(?=[，,；;。()（）\s]|$)"
)
BESIDE = re.compile(r"(?:^|[\s，,、;；:：()（）。])(?P<name>[㐀-鿿]{2,3}|[㐀-鿿][ \u3000]+[㐀-鿿])[\s，,、:：(（]*$")
BODY = re.compile(r"(?P<body>[㐀-鿿]{3,30}?)为?[\s，,:：(（]*$")
ASK = re.compile(rf".*(?:{_any('ask')})")
