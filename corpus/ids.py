"""Stable ids: the same document or statement keeps its id when it is read again, or better.

A document is known by its number, else by title, issuer and date (the year alone would make one of two
appointments that are worded alike); a number that names no body
(第5号, of an order) by title and issuer as well. A record is known by its document and its quote
with the neighbouring words, so that a person's correction survives.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date

from gongbao.corpus.language.document_numbers import canonical_number, year_of_number
from gongbao.corpus.language.width import folded
from gongbao.corpus.offsets import Span

_NEIGHBOURS = 16  # characters on each side that tell equal quotes apart


def document_id(number: str | None, title: str, issuer: str | None, signed: date | None) -> str:
    if number and year_of_number(number):
        return _digest("number", canonical_number(number))
    if number:
        return _digest("number", canonical_number(number), folded(title), folded(issuer or ""))
    return _digest("title", folded(title), folded(issuer or ""), signed.isoformat() if signed else "")


def other_document_id(first: str, title: str, order: int) -> str:
    """Of a document that shares what the one named `first` is known by; `order`: how many came before it."""
    return _digest("other", first, folded(title), str(order))


def record_id(kind: str, document: str, text: str, span: Span) -> str:
    """`text` is the document's; `span` the quote's."""
    before = text[max(0, span.start - _NEIGHBOURS) : span.start]
    after = text[span.end : span.end + _NEIGHBOURS]
    return _digest(kind, document, folded(before), folded(span.of(text)), folded(after))


def fresh_record_id(kind: str, document: str, text: str, span: Span, taken: Counter[str]) -> str:
    """As `record_id`; equal quotes in equal words are told apart by their order, which `taken` counts."""
    found = record_id(kind, document, text, span)
    taken[found] += 1
    earlier = taken[found] - 1
    return record_id(f"{kind} {earlier}", document, text, span) if earlier else found


def secret_digest(secret: str) -> str:
    """What is kept of a secret that people are given: a token, the address of a feed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
