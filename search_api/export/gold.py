"""People's reviews as gold annotations, in the format that `gongbao evaluate` reads.

A document is gold once all its statements are reviewed and no difference is open. White space is
taken out of texts, as gold has it.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator

from gongbao.corpus.document import Document
from gongbao.corpus.records import Assignment, Deadline
from gongbao.search_api.compose import Application
from gongbao.search_api.reviewing import progress_of, sheet_of


def gold_files(app: Application) -> dict[str, str]:
    """Name → text of documents.jsonl, assignments.jsonl and deadlines.jsonl."""
    documents: list[dict[str, object]] = []
    statements: list[dict[str, object]] = []
    limits: list[dict[str, object]] = []
    for document, tasks in _complete(app):
        documents.append({"doc": document.number or document.title, "title": _tight(document.title)})
        statements += [_statement(document, task) for task in tasks]
        limits += [_limit(document, limit) for task in tasks for limit in task.deadlines]
    parts = {"documents": documents, "assignments": statements, "deadlines": limits}
    return {f"{name}.jsonl": _lines(rows) for name, rows in parts.items()}


def gold_archive(app: Application) -> bytes:
    """The same as a ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in gold_files(app).items():
            archive.writestr(name, text)
    return out.getvalue()


def _complete(app: Application) -> Iterator[tuple[Document, tuple[Assignment, ...]]]:
    for document_id in app.store.reviews.documents():
        document = app.store.document(document_id)
        sheet = sheet_of(app, document) if document else None
        if document and sheet and progress_of(sheet).complete:
            yield document, sheet.extraction.assignments


def _statement(document: Document, task: Assignment) -> dict[str, object]:
    return {
        "doc": document.number or document.title,
        "kind": task.kind.value,
        "source": task.source.value,
        "parties": [{"name": _tight(p.name), "role": p.role.value, "type": p.type.value} for p in task.parties],
        "what": _tight(task.what)[:60],
        "deadlines": [{"text": _tight(d.text)} | _value(d) for d in task.deadlines],
        "where": task.path[-1] if task.path else "",
    }


def _limit(document: Document, limit: Deadline) -> dict[str, object]:
    head = {"doc": document.number or document.title, "text": _tight(limit.text), "kind": limit.kind.value}
    return head | _value(limit) | {"context": _tight(limit.context)[:40]}


def _value(limit: Deadline) -> dict[str, object]:
    """What is printed of the value; nothing that was computed."""
    found: dict[str, object] = {
        "due": limit.due.isoformat() if limit.due else None,
        "start": limit.start.isoformat() if limit.start else None,
        "every": limit.every,
        "day": limit.day,
        "within": limit.within,
        "working_days": limit.working_days or None,
        "from": limit.event,
    }
    return {name: value for name, value in found.items() if value is not None}


def _tight(text: str) -> str:
    return "".join(text.split())


def _lines(rows: Iterable[dict[str, object]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
