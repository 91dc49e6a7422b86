"""The records that an export holds: exactly what the same filters show, streamed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from corpus.document import Document
from corpus.errors import UsageError
from corpus.numbers import canonical_number
from corpus.offsets import normalise
from corpus.records import Extraction
from corpus.store import reference
from index.models import Filters
from search_api.compose import Application
from search_api.shapes import (
    CitationShape,
    DeadlineRecordShape,
    DocumentShape,
    RosterShape,
    Shape,
    TableRecordShape,
    TaskShape,
)


class Kind(StrEnum):
    TASKS = "tasks"
    DEADLINES = "deadlines"
    DOCUMENTS = "documents"
    ROSTERS = "rosters"
    CITATIONS = "citations"
    TABLES = "tables"


def select_records(
    app: Application, kind: Kind, query: str | None, filters: Filters, today: date | None = None
) -> Iterator[Shape]:
    """Tasks and deadlines through the index, as the task list shows them; the rest from the corpus."""
    today = today or app.settings.today
    if kind is Kind.TASKS:
        for view in app.service.iter_tasks(query, filters, today=today):
            yield TaskShape.of(view.assignment, view.document)
    elif kind is Kind.DEADLINES:
        for limit in app.service.iter_deadlines(query, filters, today=today):
            yield DeadlineRecordShape.of_record(limit.deadline, limit.document)
    elif query:
        raise UsageError(f"{kind} 不能按查询词导出", "去掉 --query，或改为导出 tasks、deadlines")
    else:
        yield from _from_corpus(app, kind, filters)


def _from_corpus(app: Application, kind: Kind, filters: Filters) -> Iterator[Shape]:
    for document in app.store.documents():
        extraction = app.linked_extraction(document.id)
        if document_passes(document, extraction, filters):
            yield from _of_document(kind, document, extraction)


def _of_document(kind: Kind, document: Document, extraction: Extraction | None) -> Iterator[Shape]:
    ref = reference(document)
    if kind is Kind.DOCUMENTS:
        yield DocumentShape.of_document(document, extraction)
    elif kind is Kind.TABLES:
        yield from TableRecordShape.of_document(document)
    elif extraction and kind is Kind.ROSTERS:
        yield from (RosterShape.of(roster, ref) for roster in extraction.rosters)
    elif extraction and kind is Kind.CITATIONS:
        yield from (CitationShape.of(citation, ref) for citation in extraction.citations)


def document_passes(document: Document, extraction: Extraction | None, filters: Filters) -> bool:
    """What of the filters can be asked of a whole document; the others are wrong usage here."""
    if filters.agency or filters.role or filters.kind or filters.due_from or filters.due_to:
        raise UsageError("单位、角色、类别与时限条件只用于 tasks、deadlines", "去掉这些条件")
    return (
        filters.year in (None, document.year)
        and filters.issuer in (None, document.issuer)
        and filters.issue in (None, document.issue)
        and (filters.document is None or is_named(document, filters.document))
        and (filters.genre is None or bool(extraction and extraction.genre == filters.genre))
        and (filters.subject is None or bool(extraction and filters.subject in extraction.subjects))
    )


def is_named(document: Document, name: str) -> bool:
    """By id, by number in any spelling, or by title."""
    by_number = bool(document.number) and canonical_number(document.number or "") == canonical_number(name)
    return by_number or name == document.id or normalise(name)[0] == normalise(document.title)[0]
