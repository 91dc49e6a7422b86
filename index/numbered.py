"""A document number that was asked: its document, and those that carry it out or cite it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gongbao.corpus.errors import NotFound
from gongbao.corpus.language.document_numbers import DocumentNumber, find_asked, parse_asked, parse_number
from gongbao.index.analysis import bigrams, key
from gongbao.index.engine import AnyOf, Ask, Engine, Filtered, Keyword, Phrase, Query
from gongbao.index.models import DocumentHit, Passage
from gongbao.index.payload import read_document, read_passage
from gongbao.index.query.fold import fold
from gongbao.index.schema import EntryKind, Field, number_keys
from rapidfuzz.distance import LCSseq

_MOST = 60
ITSELF, CITES = 10.0, 1.0  # scores: the document itself, and the most that one that cites it can have


def documents_numbered(asked: str, engine: Engine, where: Sequence[Query] = ()) -> tuple[DocumentHit, ...]:
    """Documents with this number, whole or in part, newest first."""
    number = parse_asked(asked)
    keys = (asked,) if number is None else _keys(number, engine)
    hits = engine.search(Ask(EntryKind.DOCUMENT, Filtered(Keyword(Field.NUMBER, keys), tuple(where)), size=_MOST)).items
    found = [replace(read_document(hit), score=ITSELF) for hit in hits]
    fitting = [hit for hit in found if number is None or _fits(number, hit.document.number)]
    return tuple(sorted(fitting, key=_newest))


def documents_citing(asked: str, engine: Engine, where: Sequence[Query] = ()) -> tuple[DocumentHit, ...]:
    """Documents that name this number, first those that are about carrying it out.

    A serial alone (10号) is cited by none: no document writes it so, and half of all numbers end with it.
    """
    number = parse_asked(asked)
    if number and number.code is None and number.year is None:
        return ()
    keys = number_keys(asked)[:1] if number and number.whole else (asked,)
    cited = Keyword(Field.CITES, keys)
    printed = Phrase(Field.BIGRAMS, bigrams(asked))
    asks = (
        Ask(EntryKind.DOCUMENT, Filtered(AnyOf((cited, printed)), tuple(where)), size=_MOST, counted=False),
        Ask(EntryKind.PASSAGE, printed, size=_MOST, counted=False),
    )
    documents, passages = engine.search_all(asks)
    pieces = [read_passage(hit) for hit in passages.items]
    found = [_citing(read_document(hit), asked, pieces) for hit in documents.items]
    return tuple(sorted(found, key=lambda hit: (-hit.score, *_newest(hit))))


def _citing(hit: DocumentHit, asked: str, pieces: Sequence[Passage]) -> DocumentHit:
    """How much a document is about what it cites: by the likeness of the titles, and by where it cites."""
    own = tuple(piece for piece in pieces if piece.document.id == hit.document.id)
    alike = max(
        (_likeness(title, hit.document.title) for piece in own for title in _titles(piece.text, asked)), default=0.0
    )
    opening = any(not piece.path for piece in own)  # before the first heading: the basis of the whole
    score = CITES * (0.4 + 0.4 * alike + 0.2 * opening)
    why = (f"引用 {asked}", f"标题相近 {alike:.2f}", *(["作为制定依据"] if opening else []))
    return replace(hit, score=score, passages=own[:3], why=why)


def _titles(text: str, asked: str) -> list[str]:
    """Titles in 《》 with this number behind them."""
    wanted = key(asked)
    found = re.findall(r"《([^《》]+(?:《[^《》]*》[^《》]*)?)》\s*[（(]([^（）()]{4,30})[）)]", text)
    return [title for title, number in found if wanted in key(number)]


def _likeness(one: str, other: str) -> float:
    first, second = key(one), key(other)
    return LCSseq.similarity(first, second) / max(min(len(first), len(second)), 1)


def _keys(number: DocumentNumber, engine: Engine) -> tuple[str, ...]:
    """The key as given, and that of year and serial alone, for a code without its place; years where none is given."""
    if number.year is not None and number.serial is not None:
        return str(number), f"〔{number.year}〕{number.serial}号"
    if number.year is None and number.serial is not None:
        years = engine.terms(EntryKind.DOCUMENT, Field.NUMBER, prefix="〔", size=10_000)
        serial = tuple(y.value for y in years if y.value.endswith(f"〕{number.serial}号"))
        return (str(number), *serial)
    return (str(number),)


def _fits(asked: DocumentNumber, printed: str | None) -> bool:
    """Whether a number has all parts that were asked; a code may lack its place in front (政办发)."""
    whole = parse_number(printed or "")
    if whole is None:
        return False
    same_code = asked.code is None or (whole.code or "").endswith(asked.code)
    same_year = asked.year in (None, whole.year)
    return same_code and same_year and asked.serial in (None, whole.serial)


def _newest(hit: DocumentHit) -> tuple[int, str]:
    return -(hit.document.signed.toordinal() if hit.document.signed else 0), hit.document.id


def documents_known(named: str, engine: Engine) -> tuple[str, ...]:
    """Ids of the documents that an id, a number in any spelling or a title names; UsageError where there is none."""
    if _ids(engine, Keyword(Field.DOCUMENT, (named,))):
        return (named,)
    number = next((number for _, number in find_asked(fold(named))), None)
    found = tuple(hit.document.id for hit in documents_numbered(str(number), engine)) if number else ()
    found = found or _ids(engine, Keyword(Field.TITLE_KEY, (key(named),)))
    if not found:
        raise NotFound(f"没有这份文件：{named}", "写文号、标题或文件编号，用 gongbao search 查找")
    return found


def _ids(engine: Engine, query: Query) -> tuple[str, ...]:
    return tuple(hit.id for hit in engine.search(Ask(EntryKind.DOCUMENT, query, size=_MOST, counted=False)).items)
