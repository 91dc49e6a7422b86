"""A sentence as features: words of official language, with bodies, dates and figures only by their kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gongbao.corpus.language.cutting import jieba
from gongbao.corpus.language.numbering import without_numbering
from gongbao.nlp.bodies.vocabulary import vocabulary
from gongbao.nlp.learning.units import SentenceUnit

BODY, VAGUE, TIME, TITLE, FIGURE, OTHER = "〔单位〕", "〔泛称〕", "〔时间〕", "〔文件〕", "〔数〕", "〔其他〕"
_MARKS = re.compile(
    r"(?P<title>《[^》]{1,80}》)|"
    r"(?P<time>(?:20\d\d年|[“\"]?十[一二三四五六]五[”\"]?|[上下]半年|[一二三四]季度|\d{1,2}月份?|\d{1,2}日|[上中下]旬)+(?:年?[底末前内起]|以前|之前)*|年底前?|月底前?|每[年月周日季])|"
    r"(?P<figure>\d[\d.,，%％]*)"
)
_ANY_BODY = re.compile(
    r"(?:有关|相关|各级|各|其他|其它|上述|任何|所有|[省市县区]直|[省市县]级)+(?:职能|主管|行业|行政|业务)*"
    r"(?:部门|单位|地区|地方|方面|企业|机构|个人)(?:和?(?:部门|单位|个人|企业))*|企业|单位(?!：)|个人"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST = 4  # characters of a word: longer ones are names and topics
_SHORT = 14  # characters: hardly more than a heading
_NEAR = 2  # words beside a body that are features of their own


def features_of(unit: SentenceUnit) -> tuple[str, ...]:
    """Words; words after (`单>`, `泛>`) and before (`<单`, `<泛`) a body; the first (`^`); the kind of block (`@`)."""
    tokens = list(tokens_of(without_numbering(unit.text)))
    found = {token for token in tokens if token != OTHER}
    found |= {f"^{token}" for token in tokens[:1]} | {f"@{unit.kind.value}"}
    found |= {"@short"} if len(unit.text) < _SHORT else set()
    for at, token in enumerate(tokens):
        if token in (BODY, VAGUE):
            found |= {f"{token[1]}>{after}" for after in tokens[at + 1 : at + 1 + _NEAR]}
            found |= {f"{before}<{token[1]}" for before in tokens[max(at - _NEAR, 0) : at]}
    return tuple(sorted(found))


def word_in(feature: str) -> str:
    """The word that a feature is about; the mark of its kind where it is about none."""
    return re.sub(r"^(?:\^|[单泛]>)|<[单泛]$", "", feature) or feature


def tokens_of(text: str) -> Iterator[str]:
    """Words and marks in order; what is no word of the dictionary is 〔其他〕."""
    text, at = "".join(text.split()), 0
    for mark in _MARKS.finditer(text):
        yield from _words(text[at : mark.start()])
        yield {"title": TITLE, "time": TIME, "figure": FIGURE}[mark.lastgroup or "figure"]
        at = mark.end()
    yield from _words(text[at:])


def _words(text: str) -> Iterator[str]:
    at = 0
    for vague in _ANY_BODY.finditer(text):
        yield from _plain(text[at : vague.start()])
        yield VAGUE
        at = vague.end()
    yield from _plain(text[at:])


def _plain(text: str) -> Iterator[str]:
    body = _body()
    for word in jieba.cut(text, HMM=False):
        if not _CHINESE.fullmatch(word):
            yield word if len(word) == 1 else OTHER
        elif body.search(word):
            yield BODY
        else:
            yield word if len(word) <= _LONGEST else OTHER


@cache
def _body() -> re.Pattern[str]:
    """Words that end as names of bodies do."""
    words = vocabulary()
    return re.compile(rf"(?:{words.strong_ending.pattern[:-1]}|(?<=[\u4e00-\u9fff])[局委厅办署])$")
