"""The tables of issues, documents and their records, and what a row of each holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sqlalchemy as sa
from gongbao.corpus import ledger
from gongbao.corpus.database import String, Text, now, schema
from gongbao.corpus.document import Document, Issue, SourceKind
from gongbao.corpus.offsets import CharMap
from gongbao.corpus.records import Extraction
from gongbao.corpus.shapes import KeptShape

BETTER = {SourceKind.NATIVE: 0, SourceKind.TEXT: 1, SourceKind.OCR: 2}

DOCUMENT = KeptShape(Document, 1)
ISSUE = KeptShape(Issue, 1)
EXTRACTION = KeptShape(Extraction, 1)
CHARMAP = KeptShape(CharMap, 1)

issues = sa.Table(
    "issues",
    schema,
    sa.Column("sha256", String, primary_key=True),
    sa.Column("file", String, nullable=False),
    sa.Column("version", String, nullable=False),
    sa.Column("added", String, nullable=False),
    sa.Column("body", Text, nullable=False),
)
documents = sa.Table(
    "documents",
    schema,
    sa.Column("id", String, primary_key=True),
    sa.Column("sha256", String, primary_key=True),
    sa.Column("best", sa.Boolean, nullable=False, index=True),
    sa.Column("kind", String, nullable=False),
    sa.Column("issue", String),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("changed", String, nullable=False),
    sa.Column("body", Text, nullable=False),
    sa.Column("charmap", Text, nullable=False),
)
extractions = sa.Table(
    "extractions",
    schema,
    sa.Column("document", String, primary_key=True),
    sa.Column("version", String, nullable=False),
    sa.Column("sha256", String, nullable=False),
    sa.Column("changed", String, nullable=False),
    sa.Column("body", Text, nullable=False),
)
places = sa.Table(
    "places",
    schema,
    sa.Column("sha256", String, primary_key=True),
    sa.Column("path", String, primary_key=True),
)


def rows_of(connection: sa.Connection, table: sa.Table) -> Iterator[sa.RowMapping]:
    ordered = sa.select(table).order_by(*table.primary_key.columns)
    yield from connection.execute(ordered.execution_options(yield_per=64)).mappings()


def issue_row(issue: Issue, version: str) -> dict[str, str]:
    body = ISSUE.dump(replace(issue, documents=()))
    return {"sha256": issue.source.sha256, "file": issue.source.file, "version": version, "added": now(), "body": body}


def document_row(document: Document, changed: str) -> dict[str, object]:
    return {
        "id": document.id,
        "sha256": document.source.sha256,
        "best": False,
        "kind": document.source.kind.value,
        "issue": document.issue,
        "position": document.position,
        "changed": changed,
        "body": DOCUMENT.dump(replace(document, charmap=CharMap())),
        "charmap": CHARMAP.dump(document.charmap),
    }


def read_document(body: str, charmap: str) -> Document:
    return replace(DOCUMENT.read(body), charmap=CHARMAP.read(charmap))


def choose_best(connection: sa.Connection, document_id: str) -> None:
    """Native PDF before text before OCR; among equals one that was read whole, then the one that came first, or what
    came later under its file's name: a new edition of it."""
    cut = sa.exists().where(ledger.table.c.sha256 == documents.c.sha256, ledger.table.c.stage == "ingest")
    rows = connection.execute(
        sa.select(documents.c.sha256, documents.c.kind, documents.c.best, cut.label("cut"), issues.c.file)
        .join(issues, issues.c.sha256 == documents.c.sha256)
        .where(documents.c.id == document_id)
        .order_by(documents.c.changed, documents.c.sha256)
    ).all()
    if not rows:
        return
    ranks = [(BETTER[SourceKind(row.kind)], row.cut) for row in rows]
    equals = [row for row, rank in zip(rows, ranks, strict=True) if rank == min(ranks)]
    kept = next((row for row in equals if row.best), equals[0])
    best = [row for row in equals if row.file == kept.file][-1]
    here = documents.c.id == document_id
    connection.execute(sa.update(documents).where(here).values(best=documents.c.sha256 == best.sha256))
