"""Words of a question in the words of the corpus: rarity, and abbreviations mined from titles and text."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from gongbao.index.analysis import bigrams, fold, plain_words, words
from gongbao.index.engine import AllOf, AnyOf, Ask, Engine, Everything, Phrase, Prefix, Query
from gongbao.index.payload import read_document, read_passage
from gongbao.index.pinyin import sounding, typed_syllables
from gongbao.index.query.concepts import Concept, Spelling
from gongbao.index.schema import EntryKind, Field

MINED = 0.8  # how much a mined full form counts beside the word that was asked
_SHORTEST, _LONGEST = 2, 6  # characters of an abbreviation
_SPELT_OUT = 24  # characters of what it may stand for
_LOOKED_AT = 60  # titles or passages
_COMMON = 0.5  # how much less a form counts that is more frequent than the rarest (0: no less)
_TELLING = 1.3  # above 1: rare words tell more than their share
_LONE = 0.5  # a lone character stands inside many other words: 通 in 通知
_LEAST = 0.05  # weight of a word that stands everywhere
_ABOUT = "关于"  # between who issues a document and its matter: no name runs across it
_NAMED_SO = re.compile(
    r"([\u4e00-\u9fff]{2,24})[（(](?:以下)?(?:统一)?简称[:：]?[“\"「]?([\u4e00-\u9fff]{2,6})[”\"」]?[）)]"
)


def in_corpus(
    concepts: Sequence[Concept], engine: Engine, divide: Callable[[Concept], tuple[Concept, ...]]
) -> tuple[Concept, ...]:
    """The concepts with their weights, and with what unknown abbreviations stand for in the corpus.

    A term of which neither it nor another word for it stands anywhere is looked for as what `divide`
    makes of it, where that makes something.
    """
    counts = _counts(concepts, engine)
    if absent := _absent(concepts, counts):
        parts = (divide(concept) if concept.text in absent else () for concept in concepts)
        pieces = (one for concept, own in zip(concepts, parts, strict=True) for one in own or (concept,))
        concepts = tuple({piece.text: piece for piece in pieces}.values())
        counts = _counts(concepts, engine)
    unknown = {
        concept.text
        for concept in concepts
        if _is_no_word(concept.text) or not any(counts[form.text] for form in concept.forms)
    }
    spelt = [replace(c, forms=(*c.forms, *mined(c.text, engine))) if c.text in unknown else c for c in concepts]
    total = engine.count(EntryKind.PASSAGE, Everything())
    counts = _counts(spelt, engine)
    return tuple(weighted(concept, counts, total) for concept in spelt)


def weighted(concept: Concept, counts: Mapping[str, int], total: int) -> Concept:
    """Weighed by how rare the forms in the corpus are on average; those more frequent than the rarest count less."""
    rarity = {form.text: _rarity(counts[form.text], total) for form in concept.forms}
    known = [rarity[form.text] for form in concept.forms if counts[form.text]] or [1.0]
    rarest = max(known)
    forms = (
        replace(form, weight=form.weight * min(1.0, rarity[form.text] / rarest) ** _COMMON) if form.source else form
        for form in concept.forms
    )
    weight = (sum(known) / len(known)) ** _TELLING * (_LONE if _is_lone(concept.text) else 1.0)
    return replace(concept, forms=tuple(forms), weight=weight)


def _absent(concepts: Sequence[Concept], counts: Mapping[str, int]) -> frozenset[str]:
    """Known terms that stand in no passage, nor does another word for them."""
    known = (concept for concept in concepts if len(concept.forms) > 1)
    return frozenset(concept.text for concept in known if not any(counts[form.text] for form in concept.forms))


def _is_lone(text: str) -> bool:
    return len(text) == 1 and not text.isascii()


def mined(short: str, engine: Engine) -> tuple[Spelling, ...]:
    """What an abbreviation stands for in this corpus, with where that was seen; () where it is none."""
    if short.isascii():
        if not short.isalpha():
            return ()
        return tuple(dict.fromkeys(_sounding(short, engine)))[:4]
    if not _SHORTEST <= len(short) <= _LONGEST:
        return ()
    found = {form.text: form for form in (*_defined(short, engine), *_in_titles(short, engine))}
    return tuple(found.values())[:4]


def spelt_out(short: str, text: str) -> Iterator[str]:
    """Runs of words of a text that a short form may stand for: 安责险 → 安全生产责任保险.

    Each character begins a word, in order; the last may also end the last word. The run begins
    with the word of the first and ends with that of the last.
    """
    tokens = [piece for word in plain_words(text) for piece in _pairs_of(word)]
    for first, token in enumerate(tokens):
        if token[0] == short[0] and (end := _aligned(short, tokens, first)):
            run = "".join(tokens[first:end])
            if len(short) < len(run) <= _SPELT_OUT:
                yield run


def _pairs_of(word: str) -> Iterator[str]:
    """A long word as the words of two characters that it is made of: 安全生产 → 安全, 生产."""
    ends = range(2, len(word) - 1, 2) if len(word) > 3 else ()
    start = 0
    for end in ends:
        yield word[start:end]
        start = end
    yield word[start:]


def _aligned(short: str, tokens: Sequence[str], first: int) -> int | None:
    """The place behind the last of the tokens that spell `short` out."""
    left = short[1:]
    for at in range(first + 1, min(first + 8, len(tokens))):
        if tokens[at][0] == left[0]:
            left = left[1:]
        elif len(left) == 1 and tokens[at][-1] == left:
            left = ""
        if not left:
            return at + 1
    return None


def _defined(short: str, engine: Engine) -> Iterator[Spelling]:
    """…（以下简称“X”） in the text."""
    pairs = bigrams(short) if len(short) > 1 else ()
    query = AnyOf((Phrase(Field.BIGRAMS, ("简称", *pairs)), Phrase(Field.BIGRAMS, bigrams(f"简称{short}"))))
    for hit in engine.search(Ask(EntryKind.PASSAGE, query, size=_LOOKED_AT, counted=False)).items:
        passage = read_passage(hit)
        for full, named in _NAMED_SO.findall(passage.text):
            if fold(named) == short:
                yield Spelling(_own_part(full, short), MINED, passage.document.label)


def _own_part(full: str, short: str) -> str:
    """Of the words before the bracket those that the short form spells: 推行安全生产责任保险 → 安全生产责任保险."""
    return next(spelt_out(short, fold(full)), fold(full))


def _in_titles(short: str, engine: Engine) -> Iterator[Spelling]:
    starts = tuple(Prefix(Field.TITLE, char) for char in short[:-1]) or (Prefix(Field.TITLE, short),)
    query: Query = AllOf(starts)
    for hit in engine.search(Ask(EntryKind.DOCUMENT, query, size=_LOOKED_AT, counted=False)).items:
        document = read_document(hit).document
        runs = (run for part in document.title.split(_ABOUT) for run in spelt_out(short, part))
        yield from (Spelling(run, MINED, document.label) for run in runs)


def _sounding(typed: str, engine: Engine) -> Iterator[Spelling]:
    """What titles and names of bodies have these syllables: fangxun → 防汛."""
    sounds = typed_syllables(typed)
    if len(sounds) < 2:
        return
    query = Phrase(Field.PINYIN, sounds)
    for hit in engine.search(Ask(EntryKind.DOCUMENT, query, size=_LOOKED_AT, counted=False)).items:
        yield from (Spelling(run, MINED, "拼音") for run in sounding(sounds, read_document(hit).document.title))
    for facet in engine.facets(EntryKind.STATEMENT, query, (Field.NAME,), size=_LOOKED_AT):
        for value in facet.values:
            yield from (Spelling(run, MINED, "拼音") for run in sounding(sounds, value.value))


def _counts(concepts: Sequence[Concept], engine: Engine) -> dict[str, int]:
    """In how many passages each form stands, about: by its rarest pair of characters."""
    texts = tuple(dict.fromkeys(form.text for concept in concepts for form in concept.forms))
    pieces = {text: bigrams(text) if len(text) > 1 else words(text) for text in texts}
    counts: dict[str, int] = {}
    for paired, field in ((True, Field.BIGRAMS), (False, Field.WORDS)):
        tokens = tuple({piece for text in texts if (len(text) > 1) is paired for piece in pieces[text]})
        counts |= dict(zip(tokens, engine.frequencies(EntryKind.PASSAGE, field, tokens), strict=True)) if tokens else {}
    return {text: min((counts[piece] for piece in pieces[text]), default=0) for text in texts}


def _is_no_word(text: str) -> bool:
    """Characters that make no word of the dictionary: an abbreviation, a name, a slip."""
    return 1 < len(text) == len(plain_words(text))


def _rarity(count: int, total: int) -> float:
    """0.05 for a word that stands everywhere .. 1 for one that stands nowhere."""
    return max(_LEAST, math.log((total + 1) / (count + 0.5)) / math.log(2 * (total + 1)))
