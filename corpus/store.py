"""Where the corpus is kept: a database through SQLAlchemy Core, and the files beside it.

Every write is one transaction, so that a crash at any point loses nothing that was finished.
Work is keyed by content hash and stage version: a rerun does only what is new.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

import sqlalchemy as sa
from gongbao.corpus import ledger, reviews, rows
from gongbao.corpus.alone import alone
from gongbao.corpus.database import (
    meet,
    meta,
    moment,
    open_database,
    put,
    put_once,
    schema,
    snapshot,
)
from gongbao.corpus.desk import Followups
from gongbao.corpus.desk.subscriptions import Subscriptions
from gongbao.corpus.document import Document, Issue
from gongbao.corpus.errors import CorpusError
from gongbao.corpus.faults import corpus_error
from gongbao.corpus.files import PICTURES, SOURCES, open_files
from gongbao.corpus.home import Home
from gongbao.corpus.ledger import Ledger
from gongbao.corpus.migrations import migrate
from gongbao.corpus.queue import Queue
from gongbao.corpus.reapply import reapply
from gongbao.corpus.records import DocumentRef, Extraction
from gongbao.corpus.reviews import Reviews
from gongbao.corpus.sessions import Sessions
from gongbao.corpus.timings import Timings
from gongbao.corpus.yearly import YearCounts, count_years
from sqlalchemy.exc import SQLAlchemyError

_SAMPLE = 20  # files that are looked for
_BATCH = 64  # rows: a document may be long

_reviewed = (
    sa.select(reviews.table.c.document, sa.func.max(reviews.table.c.at).label("reviewed"))
    .group_by(reviews.table.c.document)
    .subquery()
)


class Store:
    """The corpus of one home. Open with `Store.open`; safe for many readers and one writer."""

    def __init__(self, home: Home, engine: sa.Engine) -> None:
        self.home = home
        self._engine = engine
        self.reviews = Reviews(self._reading, self._writing)
        self.ledger = Ledger(self._reading, self._writing)
        self.desk = Followups(self._reading, self._writing)
        self.subscriptions = Subscriptions(self._reading, self._writing)
        self.queue = Queue(self._reading, self._writing)
        self.sessions = Sessions(self._reading, self._writing)
        self.timings = Timings(self._reading, self._writing)
        self.files = open_files(home)

    @staticmethod
    def open(home: Home, url: str | None = None) -> Store:
        """Open or create the corpus (`open_database` says where); CorpusError where it cannot be used."""
        try:
            home.root.mkdir(parents=True, exist_ok=True, mode=0o700)  # unpublished drafts lie here, too
            engine = open_database(home, url)
            meet(engine)
            migrate(engine)
        except (OSError, SQLAlchemyError) as error:
            raise corpus_error(f"无法打开语料库 {home.root}", error, home.database) from error
        store = Store(home, engine)
        if not store.id:  # who only reads writes nothing
            with store._writing() as connection:
                put_once(connection, meta, {"key": "id", "value": uuid.uuid4().hex[:12]})
        return store

    def close(self) -> None:
        self._engine.dispose()

    def alone(self, name: str) -> AbstractContextManager[bool]:
        """Work of this name is held by one process at a time: whether it is this one."""
        return alone(self._engine, self.home.cache, name)

    @property
    def id(self) -> str:
        """The home's own name, made once."""
        return self._value("id") or ""

    # --- issues and documents

    def has_issue(self, sha256: str, version: str) -> bool:
        query = sa.select(rows.issues.c.sha256).where(rows.issues.c.sha256 == sha256, rows.issues.c.version == version)
        return self._first(query) is not None

    def put_issue(self, issue: Issue, version: str) -> None:
        """Keep an issue and its documents, in place of what the same content gave before; CorpusError where
        two of them have the same id."""
        sha = issue.source.sha256
        with self._writing() as connection:
            changed = moment(connection)
            touched = set(connection.scalars(sa.select(rows.documents.c.id).where(rows.documents.c.sha256 == sha)))
            connection.execute(sa.delete(rows.documents).where(rows.documents.c.sha256 == sha))
            connection.execute(sa.delete(rows.issues).where(rows.issues.c.sha256 == sha))
            connection.execute(rows.issues.insert().values(rows.issue_row(issue, version)))
            for document in issue.documents:
                connection.execute(rows.documents.insert().values(rows.document_row(document, changed)))
                touched.add(document.id)
            for document_id in touched:
                rows.choose_best(connection, document_id)

    def remove_issue(self, sha256: str) -> None:
        """Forget a file, the documents that only it gave, and our copy of it; reviews stay in their log."""
        with self._writing() as connection:
            touched = list(connection.scalars(sa.select(rows.documents.c.id).where(rows.documents.c.sha256 == sha256)))
            for part in (rows.documents, rows.issues, rows.places, ledger.table):
                connection.execute(sa.delete(part).where(part.c.sha256 == sha256))
            for document_id in touched:
                rows.choose_best(connection, document_id)
            gone = sa.select(rows.documents.c.id)
            connection.execute(sa.delete(rows.extractions).where(rows.extractions.c.document.not_in(gone)))
        self.files.remove(f"{SOURCES}{sha256}.")
        self.files.remove(f"{PICTURES}{sha256}/")

    def add_place(self, sha256: str, path: str) -> None:
        """This content was found there."""
        with self._writing() as connection:
            put_once(connection, rows.places, {"sha256": sha256, "path": path})

    def places(self) -> dict[str, tuple[str, ...]]:
        """Where each content was found, by its sha256."""
        found: dict[str, list[str]] = {}
        for sha256, path in self._all(sa.select(rows.places.c.sha256, rows.places.c.path).order_by(rows.places.c.path)):
            found.setdefault(sha256, []).append(path)
        return {sha256: tuple(paths) for sha256, paths in found.items()}

    def forget_failures_at(self, file: str, path: str, now: str = "") -> None:
        """A file was read there anew (`now`: its content, where that is kept); what was said of other content
        that stood there is forgotten, unless the corpus still uses it."""
        used = sa.select(rows.documents.c.sha256).where(rows.documents.c.best)
        self.ledger.forget_place(file, path, "ingest", used, now)

    def issues(self) -> Iterator[Issue]:
        """Every file read, without its documents, by issue and name."""
        query = sa.select(rows.issues.c.body).order_by(rows.issues.c.file)
        for (body,) in self._all(query):
            yield rows.ISSUE.read(body)

    def documents(self) -> Iterator[Document]:
        """The best source of every document, by issue and place in it."""
        query = (
            sa.select(rows.documents.c.body, rows.documents.c.charmap)
            .where(rows.documents.c.best)
            .order_by(rows.documents.c.issue, rows.documents.c.sha256, rows.documents.c.position)
        )
        for body, charmap in self._all(query):
            yield rows.read_document(body, charmap)

    def texts(self) -> Iterator[Document]:
        """As `documents`, without page boxes: much faster where only the words are needed."""
        query = (
            sa.select(rows.documents.c.body)
            .where(rows.documents.c.best)
            .order_by(rows.documents.c.issue, rows.documents.c.sha256, rows.documents.c.position)
        )
        for (body,) in self._all(query):
            yield rows.DOCUMENT.read(body)

    def document(self, document_id: str) -> Document | None:
        query = sa.select(rows.documents.c.body, rows.documents.c.charmap).where(
            rows.documents.c.best, rows.documents.c.id == document_id
        )
        row = self._first(query)
        return rows.read_document(*row) if row else None

    def sources(self, document_id: str) -> tuple[str, ...]:
        """The names of all files that hold this document, the one in use first."""
        query = (
            sa.select(rows.issues.c.file)
            .join(rows.documents, rows.documents.c.sha256 == rows.issues.c.sha256)
            .where(rows.documents.c.id == document_id)
            .order_by(rows.documents.c.best.desc(), rows.issues.c.file)
        )
        return tuple(file for (file,) in self._all(query))

    def used(self) -> dict[str, int]:
        """How many documents each file (by sha256) gives."""
        return self._per_file(rows.documents.c.best)

    def unused(self) -> dict[str, int]:
        """How many documents of each file (by sha256) another file gives better."""
        return self._per_file(sa.not_(rows.documents.c.best))

    def years(self) -> list[YearCounts]:
        with self._reading() as connection:
            return count_years(connection)

    def _per_file(self, which: sa.ColumnElement[bool]) -> dict[str, int]:
        own = rows.documents.c.sha256
        return dict(self._all(sa.select(own, sa.func.count()).where(which).group_by(own)))

    # --- records

    def unextracted(self, version: str) -> list[str]:
        """Ids of documents that this version of the extractor has not read in their present form."""
        done = sa.and_(
            rows.extractions.c.document == rows.documents.c.id,
            rows.extractions.c.version == version,
            rows.extractions.c.sha256 == rows.documents.c.sha256,
            rows.extractions.c.changed >= rows.documents.c.changed,
        )
        query = (
            sa.select(rows.documents.c.id)
            .outerjoin(rows.extractions, done)
            .where(rows.documents.c.best, rows.extractions.c.document.is_(None))
        )
        return [document for (document,) in self._all(query)]

    def put_extraction(self, extraction: Extraction, sha256: str) -> None:
        """`sha256`: the source of the document that was read."""
        row = {
            "document": extraction.document_id,
            "version": extraction.version,
            "sha256": sha256,
            "body": rows.EXTRACTION.dump(extraction),
        }
        with self._writing() as connection:
            put(connection, rows.extractions, row | {"changed": moment(connection)})

    def extraction(self, document_id: str) -> Extraction | None:
        """The records as people left them: what was extracted, with their reviews put back onto it."""
        own = self.own_extraction(document_id)
        said = self.reviews.of(document_id) if own else []
        document = self.document(document_id) if said else None
        return reapply(document, own, said).extraction if own and document else own

    def own_extraction(self, document_id: str) -> Extraction | None:
        """The extractor's words alone."""
        row = self._first(sa.select(rows.extractions.c.body).where(rows.extractions.c.document == document_id))
        return rows.EXTRACTION.read(row[0]) if row else None

    def changed_since(self, moment: str) -> list[str]:
        """Ids of documents whose text or records changed after `moment` (ISO 8601, UTC)."""
        query = (
            sa.select(rows.documents.c.id)
            .outerjoin(rows.extractions, rows.extractions.c.document == rows.documents.c.id)
            .outerjoin(_reviewed, _reviewed.c.document == rows.documents.c.id)
            .where(
                rows.documents.c.best,
                sa.or_(
                    rows.documents.c.changed > moment,
                    rows.extractions.c.changed > moment,
                    _reviewed.c.reviewed > moment,
                ),
            )
        )
        return [document for (document,) in self._all(query)]

    def stamps(self) -> dict[str, str]:
        """When each document or its records last changed: id → ISO 8601 UTC. For incremental indexing."""
        query = (
            sa.select(rows.documents.c.id, rows.documents.c.changed, rows.extractions.c.changed, _reviewed.c.reviewed)
            .outerjoin(rows.extractions, rows.extractions.c.document == rows.documents.c.id)
            .outerjoin(_reviewed, _reviewed.c.document == rows.documents.c.id)
            .where(rows.documents.c.best)
        )
        return {document: max(filter(None, moments)) for document, *moments in self._all(query)}

    # --- the files themselves

    def must_hold_its_files(self) -> None:
        """CorpusError where the database is one that another home filled, whose files lie elsewhere."""
        if self._engine.dialect.name == "sqlite":
            return
        some = [sha256 for (sha256,) in self._all(sa.select(rows.issues.c.sha256).limit(_SAMPLE))]
        if some and not any(map(self.name_of, some)):
            remedy = "设同一个 GONGBAO_FILES_URL，或用同一个 --home；另建语料库则另用一个库"
            raise CorpusError("数据库里的公报由另一个目录读入，这里没有它们的源文件", remedy)

    def keep_file(self, path: Path, sha256: str) -> str:
        """Copy a source file to the others, under its content's name: which is that."""
        name = f"{SOURCES}{sha256}{path.suffix.lower()}"
        if not self.files.has(name):
            with path.open("rb") as content:
                self.files.put(name, content)
        return name

    def drop_file(self, sha256: str) -> None:
        """A source file that was kept to be read, and could not be; one that was read before stays."""
        if self._first(sa.select(rows.issues.c.sha256).where(rows.issues.c.sha256 == sha256)) is None:
            self.files.remove(f"{SOURCES}{sha256}.")

    def name_of(self, sha256: str, *suffixes: str) -> str | None:
        """What a source file is kept as; with `suffixes`, one of these kinds."""
        begin = f"{SOURCES}{sha256}"
        if suffixes:
            return next((name for suffix in suffixes if self.files.has(name := f"{begin}{suffix}")), None)
        return next(iter(self.files.names(f"{begin}.")), None)

    def file_of(self, sha256: str, *suffixes: str) -> Path | None:
        """A source file on this machine, only to be read; None where it was not kept or is gone."""
        name = self.name_of(sha256, *suffixes)
        return self.files.path(name) if name else None

    # --- the whole of it

    def dump(self) -> Iterator[tuple[str, Iterator[str]]]:
        """Every table with its rows as JSON lines, as they were at one moment; to be read in order, each whole."""
        with self._reading() as connection:
            snapshot(connection)
            for table in schema.sorted_tables:
                yield table.name, (json.dumps(dict(row), ensure_ascii=False) for row in rows.rows_of(connection, table))

    def load(self, tables: Iterable[tuple[str, Iterator[str]]]) -> int:
        """Put dumped rows (named `tables/NAME.jsonl`) into an empty corpus, all or none; how many there were."""
        count = 0
        with self._writing() as connection:
            connection.execute(sa.delete(meta))  # the home takes the id of the one that was saved
            for name, lines in tables:
                table = schema.tables[PurePosixPath(name).stem]
                dumped = map(json.loads, lines)
                while batch := list(islice(dumped, _BATCH)):
                    connection.execute(table.insert(), batch)
                    count += len(batch)
        return count

    # --- plumbing

    def _value(self, key: str) -> str | None:
        row = self._first(sa.select(meta.c.value).where(meta.c.key == key))
        return row[0] if row else None

    def _first(self, query: sa.Executable) -> Any:
        with self._reading() as connection:
            return connection.execute(query).first()

    def _all(self, query: sa.Executable) -> Iterator[Any]:
        with self._reading() as connection:
            yield from connection.execute(query.execution_options(yield_per=64))

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise corpus_error("语料库读取失败", error, self.home.database) from error

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise corpus_error("语料库写入失败", error, self.home.database) from error


def reference(document: Document) -> DocumentRef:
    """How records and results name this document."""
    return DocumentRef(document.id, document.number, document.title, document.issuer, document.signed, document.issue)
