"""The spaCy pipeline of one paragraph: jieba words, bodies, acts. Loaded with the first paragraph that needs words.

`doc._.subjects` are the bodies that may do something, `doc._.acts` what they are bound to. What a component must know
beside the text (terms that the document defines, brackets already read) stands in `doc._.setting`.
"""

from __future__ import annotations

import re
from itertools import accumulate

import spacy
from gongbao.corpus.language.cutting import jieba
from gongbao.nlp.assignments.acts import find_acts
from gongbao.nlp.assignments.joining import join_acts
from gongbao.nlp.assignments.model import Setting
from gongbao.nlp.bodies import Ends, find_subjects
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

_CHUNK = 4000  # characters that jieba sees at once: its memory grows with the length of a run of 汉字
_CHUNKS = re.compile(rf".{{1,{_CHUNK}}}", re.DOTALL)


class JiebaTokenizer:
    """Words of jieba as spaCy tokens; every character is kept, so token offsets are text offsets.

    Only words of the dictionary: words guessed from characters (HMM) join endings to what follows (局|应在).
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        jieba.setLogLevel("ERROR")

    def __call__(self, text: str) -> Doc:
        words = [word for chunk in _CHUNKS.findall(text) for word in jieba.cut(chunk, HMM=False)]
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words))
        doc._.word_ends = frozenset(accumulate(map(len, words)))
        return doc


@Language.component("gongbao_bodies")
def mark_bodies(doc: Doc) -> Doc:
    """Subjects of the paragraph; a weak ending (局, 处) counts only where jieba ends a word."""
    names: Ends = doc._.names
    if names.keep_whole_words(doc._.word_ends):
        doc._.subjects = find_subjects(names)
    return doc


@Language.component("gongbao_acts")
def mark_acts(doc: Doc) -> Doc:
    setting: Setting = doc._.setting
    acts = find_acts(doc._.names, doc._.subjects, list(setting.blocked), setting.telling)
    doc._.acts = join_acts(doc._.names.text, acts)
    return doc


def make_pipeline() -> Language:
    """The one pipeline of a process; building it reads jieba's dictionary."""
    for name in ("setting", "names"):
        Doc.set_extension(name, default=None, force=True)
    for name in ("subjects", "acts", "word_ends"):
        Doc.set_extension(name, default=(), force=True)
    nlp = spacy.blank("zh")
    nlp.max_length = 1 << 30  # characters: nothing here grows with more than the length of the text
    nlp.tokenizer = JiebaTokenizer(nlp.vocab)
    nlp.add_pipe("gongbao_bodies")
    nlp.add_pipe("gongbao_acts")
    return nlp
