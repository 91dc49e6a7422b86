"""Which features a model may keep: words of official language, no names of places, persons or bodies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from gongbao.corpus.language import cutting  # noqa: F401  before any use of the dictionary
from gongbao.nlp.learning.words import word_in
from jieba import posseg

_NAMES = frozenset({"ns", "nr", "nrt", "nrfg", "nt", "nz"})  # jieba's classes of proper names
_DOCUMENTS = 3  # a word that fewer documents use is a name or a topic of theirs


def frequent(rows: Iterable[tuple[str, Sequence[str]]]) -> frozenset[str]:
    """Of (document, features): the features of at least three documents."""
    documents: dict[str, set[str]] = defaultdict(set)
    for document, features in rows:
        for feature in features:
            documents[feature].add(document)
    return frozenset(feature for feature, found in documents.items() if len(found) >= _DOCUMENTS)


def without_names(words: Iterable[str]) -> frozenset[str]:
    classes = _word_classes()
    return frozenset(word for word in words if classes.get(word) not in _NAMES)


def official(features: Iterable[str]) -> frozenset[str]:
    """Of the features of sentences: marks, verbs and words of grammar, and the few nouns of the frame.

    Other nouns are topics and names: they tell of the documents learnt from, not of how duties are stated.
    """
    return frozenset(feature for feature in features if _is_official(word_in(feature)))


def _is_official(word: str) -> bool:
    if word in _frame() or not word[0].isalpha():
        return True
    kind = _word_classes().get(word, "n")
    return not kind.startswith(("n", "j", "s"))  # nouns, abbreviations, places


@cache
def _frame() -> frozenset[str]:
    lines = files(__package__).joinpath("frame.txt").read_text("utf-8").splitlines()
    return frozenset(" ".join(line for line in lines if not line.startswith("#")).split())


def _word_classes() -> dict[str, str]:
    """jieba's word → class; read on first use, by training only."""
    if not posseg.dt.word_tag_tab:
        posseg.dt.load_word_tag(posseg.dt.tokenizer.get_dict_file())
    found: dict[str, str] = posseg.dt.word_tag_tab
    return found
