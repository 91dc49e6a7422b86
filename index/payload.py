"""What a hit carries, so that results need not touch the corpus: views as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar

from gongbao.corpus.desk import Item
from gongbao.corpus.shapes import JsonShape
from gongbao.index.engine import Hit
from gongbao.index.models import DeadlineView, DocumentHit, Passage, StatementView

T = TypeVar("T")

NOBODY: Mapping[str, Item] = MappingProxyType({})
_DOCUMENT, _PASSAGE = JsonShape(DocumentHit), JsonShape(Passage)
_STATEMENT, _DEADLINE = JsonShape(StatementView), JsonShape(DeadlineView)
_KEPT = 1 << 11  # views of a kind: the next page of a question, and the next question, read many of them anew


def _reader(shape: JsonShape[T]) -> Callable[[str], T]:
    return lru_cache(_KEPT)(lambda payload: shape.adapter.validate_json(payload))


_document, _passage = _reader(_DOCUMENT), _reader(_PASSAGE)
_statement, _deadline = _reader(_STATEMENT), _reader(_DEADLINE)


def dump_document(view: DocumentHit) -> str:
    return _DOCUMENT.adapter.dump_json(view).decode()


def dump_passage(view: Passage) -> str:
    return _PASSAGE.adapter.dump_json(view).decode()


def dump_statement(view: StatementView) -> str:
    return _STATEMENT.adapter.dump_json(view).decode()


def dump_deadline(view: DeadlineView) -> str:
    return _DEADLINE.adapter.dump_json(view).decode()


def read_document(hit: Hit) -> DocumentHit:
    view = _document(hit.payload)  # `replace` takes longer than building the five that are kept
    return DocumentHit(view.document, hit.score, view.genre, view.subjects, gist=view.gist)


def read_passage(hit: Hit) -> Passage:
    """Without a score: what stands in it decides, not how it was found."""
    return _passage(hit.payload)


def read_statement(hit: Hit, items: Mapping[str, Item] = NOBODY) -> StatementView:
    """`items`: of the 台账, by record."""
    view = _statement(hit.payload)
    return StatementView(view.assignment, view.document, hit.score, view.updated, items.get(view.assignment.id))


def read_deadline(hit: Hit, items: Mapping[str, Item] = NOBODY) -> DeadlineView:
    view = _deadline(hit.payload)
    item = items.get(view.deadline.id)
    return DeadlineView(view.deadline, view.document, hit.score, view.updated, item, view.path)
