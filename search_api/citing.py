"""Citations to copy, and citations checked: is this sentence in that document?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongbao.corpus.document import Document
from gongbao.corpus.language.document_numbers import canonical_number
from gongbao.corpus.offsets import Span, normalise
from gongbao.index.models import StatementView, View
from gongbao.search_api import labels
from gongbao.search_api.catalog import Catalog, DocumentRow
from gongbao.search_api.compose import Application
from rapidfuzz import fuzz

_LIKE = 60.0  # of 100: below this nothing in the document is like the sentence


@dataclass(frozen=True, slots=True)
class Quotation:
    """`text`: as it is written in a paper; `reference`: as GB/T 7714-2015 has it; `address` leads to the sentence."""

    sentence: str
    number: str | None
    title: str
    page: str
    address: str
    text: str
    reference: str


class QuoteVerdict(StrEnum):
    VERIFIED = "verified"
    DIFFERENT = "different"
    NOT_HERE = "not_in_corpus"


@dataclass(frozen=True, slots=True)
class Verification:
    """`nearest`: what the document says in that place; `pages` of it. `why` in words."""

    verdict: QuoteVerdict
    why: str
    document: Document | None = None
    nearest: str = ""
    pages: tuple[int, ...] = ()


def quotation(view: View, base_url: str, today: date) -> Quotation:
    """The sentence of a task or time limit, where it is printed, and its permanent address."""
    record = view.assignment if isinstance(view, StatementView) else view.deadline
    sentence = view.assignment.quote if isinstance(view, StatementView) else view.deadline.context
    said, ref = labels.flat(sentence.replace("\t", " ")), view.document
    pages = labels.page_ranges(labels.pages_of(record.regions))
    address = f"{base_url}/items/{record.id}"
    where = f"{labels.titled(ref.title)}" + (f"（{ref.number}）" if ref.number else "")
    page = f"第{pages}页" if pages else ""
    signed = f"({ref.signed.isoformat()})" if ref.signed else ""
    issuer = f"{ref.issuer}. " if ref.issuer else ""
    number = f": {ref.number}" if ref.number else ""
    return Quotation(
        sentence=said,
        number=ref.number,
        title=ref.title,
        page=page,
        address=address,
        text=f"“{said}”——{where}{page}，{address}",
        reference=f"{issuer}{ref.title}{number}[A/OL]. {signed}[{today.isoformat()}]. {address}.",
    )


def verify(app: Application, catalog: Catalog, number: str, title: str, quote: str) -> Verification:
    """The number and the title must name one document, and the sentence stand in it, width and white space aside."""
    row = _named(catalog, number, title)
    document = app.store.document(row.ref.id) if row else None
    if document is None:
        return Verification(QuoteVerdict.NOT_HERE, f"语料库中没有{number or labels.titled(title)}，不能判断引文真伪")
    if wrong := _wrong_name(document, number, title):
        return Verification(QuoteVerdict.DIFFERENT, wrong, document)
    folded, origins = normalise(document.text)
    wanted = normalise(quote)[0].strip('“”"…')
    at = folded.find(wanted) if wanted else -1
    if at >= 0:
        span = origins.to_original(Span(at, at + len(wanted)))
        pages = labels.pages_of(document.regions(span))
        return Verification(QuoteVerdict.VERIFIED, "原文中有这句话", document, span.of(document.text), pages)
    return _nearest(document, folded, wanted)


def _nearest(document: Document, folded: str, wanted: str) -> Verification:
    _, origins = normalise(document.text)
    found = fuzz.partial_ratio_alignment(wanted, folded, score_cutoff=_LIKE) if wanted else None
    if found is None:
        return Verification(QuoteVerdict.DIFFERENT, "文件中没有这句话，也没有相近的话", document)
    span = origins.to_original(Span(found.dest_start, found.dest_end))
    said = labels.flat(span.of(document.text))
    pages = labels.pages_of(document.regions(span))
    return Verification(QuoteVerdict.DIFFERENT, f"与原文不同，相近的是：{said}", document, said, pages)


def _named(catalog: Catalog, number: str, title: str) -> DocumentRow | None:
    wanted, name = canonical_number(number) if number else "", normalise(title.strip("《》〈〉"))[0]
    by_number = (row for row in catalog.documents if wanted and canonical_number(row.ref.number or "") == wanted)
    by_title = (row for row in catalog.documents if name and name in normalise(row.ref.title)[0])
    return next(by_number, None) or (None if number else next(by_title, None))


def _wrong_name(document: Document, number: str, title: str) -> str:
    name = normalise(title.strip("《》〈〉"))[0]
    if number and name and name not in normalise(document.title)[0]:
        return f"{number} 的标题是{labels.titled(document.title)}，不是{labels.titled(title.strip('《》'))}"
    return ""
