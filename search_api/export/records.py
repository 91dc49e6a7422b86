"""The records that an export holds: exactly what the same filters show, streamed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from gongbao.corpus.document import Document
from gongbao.corpus.records import Extraction
from gongbao.corpus.store import reference
from gongbao.index.engine import MOST_RANKED
from gongbao.index.models import Filters
from gongbao.search_api.compose import Application
from gongbao.search_api.document_shapes import DocumentShape, TableRecordShape
from gongbao.search_api.entity_shapes import entities_of
from gongbao.search_api.listing import select_documents
from gongbao.search_api.nobody import iter_of_nobody
from gongbao.search_api.shapes import CitationShape, DeadlineRecordShape, RosterShape, Shape, TaskShape


class RecordKind(StrEnum):
    TASKS = "tasks"
    DEADLINES = "deadlines"
    DOCUMENTS = "documents"
    ROSTERS = "rosters"
    CITATIONS = "citations"
    TABLES = "tables"
    ENTITIES = "entities"


def select_records(
    app: Application,
    kind: RecordKind,
    query: str | None,
    filters: Filters,
    today: date | None = None,
    *,
    whole: bool = True,
) -> Iterator[Shape]:
    """Tasks and deadlines through the index, as the task list shows them; the rest from the corpus."""
    today = today or app.settings.today
    if kind is RecordKind.TASKS:
        for view in app.service.iter_tasks(query, filters, today=today):
            yield TaskShape.of_view(view, whole=whole)
    elif kind is RecordKind.DEADLINES:
        for limit in app.service.iter_deadlines(query, filters, today=today):
            yield DeadlineRecordShape.of_view(limit, whole=whole)
    else:
        yield from _from_corpus(app, kind, _found(app, query, filters, today) if query else None, filters)


def select_unbound(
    app: Application, query: str | None, filters: Filters, today: date | None = None, *, whole: bool = True
) -> Iterator[DeadlineRecordShape]:
    """Time limits that name nobody: what a calendar of tasks would miss. None where a body is asked for."""
    for limit in iter_of_nobody(app.service, filters, today or app.settings.today, query):
        yield DeadlineRecordShape.of_view(limit, whole=whole)


def _found(app: Application, query: str, filters: Filters, today: date) -> list[str]:
    """Ids of the documents that a search shows, best first."""
    return [hit.document.id for hit in app.service.search(query, filters, today=today, size=MOST_RANKED).hits]


def _from_corpus(app: Application, kind: RecordKind, found: list[str] | None, filters: Filters) -> Iterator[Shape]:
    """Of the documents `found`, else of all that pass the filters."""
    catalog = app.catalogs.complete()
    chosen = [row.ref.id for row in select_documents(app.store, catalog, filters)] if found is None else found
    for each in chosen:
        document, extraction = app.store.document(each), app.store.extraction(each)
        if document:
            linked = catalog.linker.linked(extraction) if extraction else None
            sources = app.store.sources(document.id) if kind is RecordKind.DOCUMENTS else ()
            yield from _of_document(kind, document, linked, sources)


def _of_document(
    kind: RecordKind, document: Document, extraction: Extraction | None, sources: tuple[str, ...]
) -> Iterator[Shape]:
    ref = reference(document)
    if kind is RecordKind.DOCUMENTS:
        yield DocumentShape.of_document(document, extraction, sources)
    elif kind is RecordKind.TABLES:
        yield from TableRecordShape.of_document(document)
    elif extraction and kind is RecordKind.ROSTERS:
        yield from (RosterShape.of(roster, ref) for roster in extraction.rosters)
    elif extraction and kind is RecordKind.CITATIONS:
        yield from (CitationShape.of(citation, ref) for citation in extraction.citations)
    elif extraction and kind is RecordKind.ENTITIES:
        yield from entities_of(extraction, ref)
