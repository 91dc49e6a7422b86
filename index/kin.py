"""Documents of a kind: about the same matter, or the same notice of another year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from gongbao.corpus.errors import NotFound
from gongbao.corpus.language.document_numbers import year_of_number
from gongbao.corpus.language.numerals import TENS
from gongbao.index.analysis import key, plain_words
from gongbao.index.engine import AnyOf, Ask, Boost, Engine, Keyword, Query, Term
from gongbao.index.models import DocumentHit
from gongbao.index.payload import read_document
from gongbao.index.query.concepts import stopwords
from gongbao.index.schema import EntryKind, Field
from rapidfuzz.distance import LCSseq

_LOOKED_AT = 60
_COMPARED = 40  # candidates for related documents
_TITLE = 3  # how often a title counts beside headings and opening
_SAME = 0.8  # share of a title, years left out, that the same notice of another year keeps
_YEARS = re.compile(rf"(?:19|20)\d\d(?:[-—~至]\d{{2,4}})?年?度?|第[\d{TENS}]+[届次批期轮]")

_AROUND = re.compile(
    r"^.*?(?:人民政府|委员会)(?:办公[室厅])?(?=关于|印发|转发)|关于(?:印发|转发|公布|下达|做好|开展|调整)?|^(?:印发|转发)"
    r"|[《》]|的?(?:通知|通告|公告|决定|意见|批复|函)$"
)


def document_of(engine: Engine, document_id: str) -> DocumentHit:
    """UsageError where there is none."""
    hits = engine.search(Ask(EntryKind.DOCUMENT, Keyword(Field.DOCUMENT, (document_id,)), size=1, counted=False)).items
    if not hits:
        raise NotFound(f"没有这份文件：{document_id}", "检查编号，或先运行 gongbao index")
    return read_document(hits[0])


def related(engine: Engine, document_id: str, size: int) -> tuple[DocumentHit, ...]:
    """Fetched by the words of the title and shared subjects, ordered by the words of title, headings and opening."""
    own = document_of(engine, document_id)
    query = AnyOf((*_title_words(own.document.title), *_subjects(own.subjects)))
    others = [hit for hit in _found(engine, query, _COMPARED) if hit.document.id != document_id]
    return tuple(_nearest_first(own, others)[:size])


def _nearest_first(own: DocumentHit, others: Sequence[DocumentHit]) -> list[DocumentHit]:
    """By the cosine of word weights (tf-idf); equally near ones stay as the engine had them."""
    if not others:
        return []
    from sklearn.feature_extraction.text import TfidfVectorizer  # takes long to load
    from sklearn.metrics.pairwise import linear_kernel

    weights = TfidfVectorizer(analyzer=_telling_words, sublinear_tf=True)
    try:
        rows = weights.fit_transform([_weighed_text(hit) for hit in (own, *others)])
    except ValueError:  # none of them has a word
        return list(others)
    likeness = linear_kernel(rows[:1], rows[1:])[0].tolist()
    scored = [replace(hit, score=value) for hit, value in zip(others, likeness, strict=True)]
    return sorted(scored, key=lambda hit: -hit.score)


@lru_cache(maxsize=1 << 10)  # of two thousand characters at most; whoever reads one document reads its kin next
def _telling_words(text: str) -> tuple[str, ...]:
    return tuple(word for word in plain_words(text) if len(word) > 1)


def _weighed_text(hit: DocumentHit) -> str:
    return "\n".join((*[hit.document.title] * _TITLE, hit.gist))


def other_years(engine: Engine, document_id: str) -> tuple[DocumentHit, ...]:
    """Documents whose title differs by its year alone, or nearly, of other years; newest first."""
    own = document_of(engine, document_id)
    alike = [
        replace(hit, score=_likeness(own, hit), why=(f"标题相近 {_likeness(own, hit):.2f}",))
        for hit in _found(engine, AnyOf(_title_words(own.document.title)), _LOOKED_AT)
        if hit.document.id != document_id and _year(hit) != _year(own) and _likeness(own, hit) >= _SAME
    ]
    return tuple(sorted(alike, key=lambda hit: -(_year(hit) or 0)))


def _found(engine: Engine, query: Query, size: int) -> list[DocumentHit]:
    return [read_document(hit) for hit in engine.search(Ask(EntryKind.DOCUMENT, query, size=size, counted=False)).items]


def _title_words(title: str) -> tuple[Query, ...]:
    words = [word for word in dict.fromkeys(plain_words(_YEARS.sub("", title))) if word not in stopwords()]
    fields = ((Field.TITLE, 2.0), (Field.HEADINGS, 0.5))
    return tuple(Boost(Term(field, word), boost) for word in words if len(word) > 1 for field, boost in fields)


def _subjects(subjects: Sequence[str]) -> tuple[Query, ...]:
    return (Keyword(Field.SUBJECT, tuple(subjects)),) if subjects else ()


def _matter(title: str) -> str:
    """What a title is about: without issuer, 关于印发, year and kind of document."""
    return key(_AROUND.sub("", _YEARS.sub("", title)))


def _likeness(one: DocumentHit, other: DocumentHit) -> float:
    first, second = (_matter(hit.document.title) for hit in (one, other))
    return LCSseq.similarity(first, second) / max(len(first), len(second), 1)


def _year(hit: DocumentHit) -> int | None:
    signed = hit.document.signed
    return year_of_number(hit.document.number) or (signed.year if signed else None)
