"""Which features a model may keep: words of official language, no names of places, persons or bodies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from jieba import posseg

from nlp.learning.words import word_in

_NAMES = frozenset({"ns", "nr", "nrt", "nrfg", "nt", "nz"})  # jieba's classes of proper names
_DOCUMENTS = 3  # a word that fewer documents use is a name or a topic of theirs


def vocabulary_of(rows: Iterable[tuple[str, Sequence[str]]]) -> frozenset[str]:
    """Of (document, features): the features of at least three documents that hold no proper name."""
    documents: dict[str, set[str]] = defaultdict(set)
    for document, features in rows:
        for feature in features:
            documents[feature].add(document)
    classes = _word_classes()
    common = (feature for feature, found in documents.items() if len(found) >= _DOCUMENTS)
    return frozenset(feature for feature in common if classes.get(word_in(feature)) not in _NAMES)


def _word_classes() -> dict[str, str]:
    """jieba's word → class; read on first use, by training only."""
    if not posseg.dt.word_tag_tab:
        posseg.dt.load_word_tag(posseg.dt.tokenizer.get_dict_file())
    found: dict[str, str] = posseg.dt.word_tag_tab
    return found
