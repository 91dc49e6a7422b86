"""The ways people ask, read once from patterns.toml."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from gongbao.corpus.language.facts import FACT_LABELS
from gongbao.corpus.language.forms import alternation
from gongbao.corpus.language.posts import Post, posts
from gongbao.corpus.language.predicates import predicate_words
from gongbao.corpus.language.surnames import frequent_surnames
from gongbao.corpus.records import Role


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("patterns.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def asking(part: str, entry: str = "ask") -> tuple[re.Pattern[str], ...]:
    """The expressions of one part: duties, who, due, facts, filler, titles."""
    return tuple(re.compile(_with_parts(expression)) for expression in _data()[part][entry])


@lru_cache(maxsize=1)
def roles() -> dict[Role, re.Pattern[str]]:
    return {Role(name): re.compile("|".join(words)) for name, words in _data()["roles"].items()}


@lru_cache(maxsize=1)
def fields() -> dict[str, str]:
    """From what may stand before a colon to the field that it means."""
    own = {word: field for field, words in _data()["fields"].items() for word in words}
    facts = {word: str(fact) for word, fact in {**FACT_LABELS.printed, **FACT_LABELS.asked}.items()}
    return own | {word: fact for word, fact in facts.items() if fact in own.values()}


@lru_cache(maxsize=1)
def person() -> re.Pattern[str]:
    """张三副市长, 副市长张三, 张三 before 分管 …; groups `name` and `post`."""
    name, post = rf"[{frequent_surnames()}](?:(?![的和与业政位])[\u4e00-\u9fff]){{1,2}}", _post()
    return re.compile(
        rf"(?P<post1>{post})(?:同志)?(?P<name1>{name})(?=同志|分管|负责|联系|主管|协管|协助|要|的|$|\s)"
        rf"|(?P<name2>{name}?)(?P<post2>{post})"
        rf"|(?<![\u4e00-\u9fff])(?P<name3>{name}?)(?=同志|分管|联系|协管)"
    )


@lru_cache(maxsize=1)
def generic() -> frozenset[str]:
    """Words that every list of tasks is made of: asked for with a body or a time, they narrow nothing."""
    return frozenset(_data()["filler"]["generic"])


@lru_cache(maxsize=1)
def post() -> re.Pattern[str]:
    """常务副市长, 秘书长, 书记."""
    return re.compile(_post())


def _post() -> str:
    return _with_parts(_data()["persons"]["posts"])


def _with_parts(expression: str) -> str:
    """PLACE stands for heads of a place (市长), VERB for what bodies do (公布), other names for parts of the file."""
    words = {"PLACE": alternation(posts(Post.PLACE)), "VERB": alternation(predicate_words().verbs)}
    for name, part in {**words, **_data()["parts"]}.items():
        expression = expression.replace(name, part)
    return expression


@lru_cache(maxsize=1)
def questioning() -> re.Pattern[str]:
    """Words that only a question has."""
    return re.compile(r"谁|哪|什么|啥|多少|何时|多久|几")


def expiring(query: str) -> bool:
    """Whether it is asked what ceases to hold."""
    return re.search(r"有效|失效|到期|届满|过期|废止|停止执行", query) is not None
