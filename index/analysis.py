"""From text to tokens, the same at index and query time and on both engines.

Text is folded (NFKC width and compatibility forms, lower case, traditional to simplified
characters, Chinese numerals and grouped digits to plain digits), then cut twice: into words
(jieba with the domain's dictionary, long words also into the words they hold) and into
overlapping pairs of characters. The engines get tokens separated by spaces.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from operator import add
from threading import Lock

from gongbao.corpus.language.cutting import initialize, jieba
from gongbao.corpus.language.numerals import ONES, TENS, count
from gongbao.corpus.offsets import OffsetMap, Span
from opencc import OpenCC

_BUILDING = Lock()
_LONGEST_TOKEN = 64  # characters; a longer run of letters is no word, and engines refuse very long terms
_LONGEST_KEY = 200  # characters of a whole-value key

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f〇"
_RUNS = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+(?:\.\d+)*")
_SPACE_BY_HAN = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NUMERAL = re.compile(
    rf"(?<!\d)[〇零{ONES}]{{4}}(?=年)"
    rf"|(?<=第)[〇零{TENS}百千]+"
    rf"|[{ONES}]?[十百][〇零{TENS}百]*(?=年|月|日|号|条|章|个|项|款|期)"
    rf"|[{ONES}](?=月|日|号)"
)


def fold(text: str) -> str:
    """One spelling of a text for matching; lengths change, so no offsets."""
    plain = unicodedata.normalize("NFKC", text).translate(_simplified()).lower()
    joined = _SPACE_BY_HAN.sub("", plain)
    return _NUMERAL.sub(_as_digits, _GROUPED.sub("", joined))


@lru_cache(maxsize=1 << 14)
def key(text: str) -> str:
    """A whole value for key fields: folded, letters and digits only, the first 200 characters."""
    return "".join(char for char in fold(text) if char.isalnum())[:_LONGEST_KEY]


@lru_cache(maxsize=1 << 10)
def words(text: str) -> tuple[str, ...]:
    """Words in order; a long word stands behind the shorter words that it holds."""
    return tuple(chain.from_iterable(map(_words_of, _runs(text))))


def plain_words(text: str) -> tuple[str, ...]:
    """Words in order, each character in one of them: for counting how much of a question was found."""
    return tuple(word for run in _runs(text) for word in (_tokenizer().cut(run, HMM=False) if _is_han(run) else (run,)))


def bigrams(text: str) -> tuple[str, ...]:
    """Overlapping pairs of characters; a lone character, a number or a Latin word stands for itself."""
    return tuple(chain.from_iterable(map(_bigrams_of, _runs(text))))


def spaced(tokens: Iterable[str]) -> str:
    """Tokens as the engines take them."""
    return " ".join(tokens)


def marks(text: str, tokens: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where the tokens (words or bigrams of a question) stand in `text`: (start, end), joined, in order."""
    folded, origins = _folded_in_place(text)
    spans = sorted(span for token in set(tokens) for span in _places(token, folded))
    return tuple((origins.to_original(span).start, origins.to_original(span).end) for span in _joined(spans))


@lru_cache(maxsize=1 << 6)
def _runs(text: str) -> tuple[str, ...]:
    return tuple(_RUNS.findall(fold(text)))


def _is_han(run: str) -> bool:
    return run[0] >= "\u3007"


@lru_cache(maxsize=1 << 15)
def _words_of(run: str) -> tuple[str, ...]:
    if not _is_han(run):
        return (run[:_LONGEST_TOKEN],)
    return tuple(_tokenizer().cut_for_search(run, HMM=False))


def _bigrams_of(run: str) -> tuple[str, ...]:
    if not _is_han(run) or len(run) == 1:
        return (run[:_LONGEST_TOKEN],)
    return tuple(map(add, run, run[1:]))


def _as_digits(found: re.Match[str]) -> str:
    """二〇二四 → 2024, 十五 → 15, 一百零三 → 103; as it stands where it is no number (第十四五)."""
    value = count(found[0])
    return found[0] if value is None else str(value)


def _folded_in_place(text: str) -> tuple[str, OffsetMap]:
    """Folded character by character, without numerals, with the way back."""
    kept: list[str] = []
    origins: list[int] = []
    for at, char in enumerate(text):
        folded = "".join(unicodedata.normalize("NFKC", char).translate(_simplified()).lower().split())
        kept.append(folded)
        origins.extend([at] * len(folded))
    return "".join(kept), OffsetMap(tuple(origins), len(text))


def _places(token: str, folded: str) -> Iterator[Span]:
    if not token:
        return
    # A number or Latin word stands whole: 10 is not in 2010.
    pattern = re.escape(token) if _is_han(token) else rf"(?<![0-9a-z]){re.escape(token)}(?![0-9a-z])"
    for found in re.finditer(f"(?={pattern})", folded):
        yield Span(found.start(), found.start() + len(token))


def _joined(spans: list[Span]) -> Iterator[Span]:
    """Spans that touch or overlap as one."""
    start, end = -1, -1
    for span in spans:
        if span.start <= end:
            end = max(end, span.end)
            continue
        if end > start:
            yield Span(start, end)
        start, end = span.start, span.end
    if end > start:
        yield Span(start, end)


def warm() -> None:
    """Build the dictionary now: a server does it once, before its first readers come together."""
    _tokenizer()


def _tokenizer() -> jieba.Tokenizer:
    with _BUILDING:  # it takes a second, in which every thread would build its own
        return _built()


@lru_cache(maxsize=1)
def _built() -> jieba.Tokenizer:
    """Our own, so that nobody else's dictionary changes what is in the index."""
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = jieba.dt.tmp_dir
    initialize(tokenizer)
    for word in (files("gongbao.index") / "dictionary.txt").read_text(encoding="utf-8").split():
        tokenizer.add_word(word)
    return tokenizer


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    """Every traditional character → its simplified form, from OpenCC."""
    characters = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, converted, strict=True)
    return {ord(before): after for before, after in pairs if before != after and len(after) == 1}
