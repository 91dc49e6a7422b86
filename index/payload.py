"""What a hit carries, so that results need not touch the corpus: views as JSON."""

from __future__ import annotations

from gongbao.index.engine import Hit
from gongbao.index.models import DeadlineView, DocumentHit, Passage, StatementView
from pydantic import TypeAdapter

_DOCUMENT = TypeAdapter(DocumentHit)
_PASSAGE = TypeAdapter(Passage)
_STATEMENT = TypeAdapter(StatementView)
_DEADLINE = TypeAdapter(DeadlineView)


def dump_document(view: DocumentHit) -> str:
    return _DOCUMENT.dump_json(view).decode()


def dump_passage(view: Passage) -> str:
    return _PASSAGE.dump_json(view).decode()


def dump_statement(view: StatementView) -> str:
    return _STATEMENT.dump_json(view).decode()


def dump_deadline(view: DeadlineView) -> str:
    return _DEADLINE.dump_json(view).decode()


def read_document(hit: Hit) -> DocumentHit:
    view = _DOCUMENT.validate_json(hit.payload)  # `replace` takes longer than building the five that are kept
    return DocumentHit(view.document, hit.score, view.genre, view.subjects, gist=view.gist)


def read_passage(hit: Hit) -> Passage:
    """Without a score: what stands in it decides, not how it was found."""
    return _PASSAGE.validate_json(hit.payload)


def read_statement(hit: Hit) -> StatementView:
    view = _STATEMENT.validate_json(hit.payload)
    return StatementView(view.assignment, view.document, hit.score, view.updated)


def read_deadline(hit: Hit) -> DeadlineView:
    view = _DEADLINE.validate_json(hit.payload)
    return DeadlineView(view.deadline, view.document, hit.score, view.updated)
