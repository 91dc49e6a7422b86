"""The composition root: the one place that knows every stage and wires them together."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from gongbao.corpus.document import Document
from gongbao.corpus.errors import InputError, UsageError
from gongbao.corpus.home import Home
from gongbao.corpus.ledger import Failure
from gongbao.corpus.offsets import Span
from gongbao.corpus.processes import spread
from gongbao.corpus.records import DocumentRef, Extraction
from gongbao.corpus.register import Register
from gongbao.corpus.store import Store
from gongbao.index.models import UpdateReport
from gongbao.search_api.catalog import Known, Standing
from gongbao.search_api.training import TrainOutcome, TrialTable

_RETRAIN = "本次按规则提取；请重新运行 gongbao train 标注目录 --apply，或删除这个模型文件"
_REPORT = "请把这个文件交给开发者；其余文件不受影响"

# A stage is imported where it runs, so that a command loads only what it needs.
if TYPE_CHECKING:
    from gongbao.index.engine import Engine
    from gongbao.index.service import Service
    from gongbao.ingest import Reading
    from gongbao.nlp import Extractor
    from gongbao.nlp.learning import Candidate
    from gongbao.nlp.links import Lookup
    from gongbao.search_api.catalog.counting import Catalogs


class Settings:
    """`today` is what 今年, overdue and due soon are counted from: a chosen day, else the clock's."""

    def __init__(self, home: Home, today: date | None = None, workers: int = max(os.cpu_count() or 1, 1)) -> None:
        self.home = home
        self.workers = workers
        self._chosen = today

    @property
    def today(self) -> date:
        """Read anew each time: a server runs past midnight."""
        return self._chosen or date.today()


class Progress(Protocol):
    """Told after each step of long work: how many of how many, and what came last."""

    def __call__(self, done: int, total: int, label: str) -> None: ...


def silent(done: int, total: int, label: str) -> None:
    """Progress for nobody."""


class Status(StrEnum):
    ADDED = "added"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"  # not a kind of file that is read
    PARTIAL = "partial"  # kept, but some pages could not be read
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FileOutcome:
    path: Path
    status: Status
    documents: int = 0
    failures: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()
    why: str = ""  # it was skipped


@dataclass(frozen=True, slots=True)
class ExtractOutcome:
    documents: int
    failures: tuple[Failure, ...]


class CorpusLinker:
    """The `Linker` of a corpus, which reads its citations and its rules of repeal."""

    def __init__(self, corpus: Iterable[Known]) -> None:
        from gongbao.nlp.links import Lookup, repealed_in

        known = list(corpus)
        self._lookup: Lookup = Lookup.of(ref for ref, _ in known)
        self._repealed = repealed_in(((ref, found) for ref, found in known if found), self._lookup)

    def linked(self, extraction: Extraction) -> Extraction:
        from gongbao.nlp.links import link

        return replace(extraction, citations=link(extraction.citations, self._lookup))

    def standing(self, document: DocumentRef, extraction: Extraction | None, today: date) -> Standing:
        from gongbao.nlp.links import State, status_of

        found = status_of(document, extraction.deadlines if extraction else (), self._repealed, today)
        return Standing(found.state, found.state is State.IN_FORCE, found.reason, found.by)


class Application:
    """One home with its stages. Parts are opened when they are first needed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._known = settings.home.knowledge()

    @cached_property
    def store(self) -> Store:
        return Store.open(self.settings.home)

    @cached_property
    def catalogs(self) -> Catalogs:
        from gongbao.search_api.catalog.counting import Catalogs

        return Catalogs(self.store, self.settings.home.cache, CorpusLinker)

    @cached_property
    def register(self) -> Register:
        return Register.of(self.settings.home)

    @cached_property
    def engine(self) -> Engine:
        from gongbao.index import open_engine

        return open_engine(self.settings.home, self.store.id)

    @cached_property
    def service(self) -> Service:
        from gongbao.index.service import Service
        from gongbao.index.synonyms import Synonyms

        return Service(self.engine, self.register, Synonyms.load(self.settings.home.synonyms))

    def linked_extraction(self, document_id: str) -> Extraction | None:
        """The records of a document, its citations with the documents that they mean."""
        found = self.store.extraction(document_id)
        return self.catalogs.current().linker.linked(found) if found else None

    def refresh(self) -> None:
        """What another process added to register or synonyms is read when next needed: for those who run long."""
        found = self.settings.home.knowledge()
        if found != self._known:
            self._known = found
            self.reload()

    def reload(self) -> None:
        """Register and synonyms were changed: they are read anew when next needed."""
        for part in ("register", "service"):
            self.__dict__.pop(part, None)

    def close(self) -> None:
        """Let go of what was opened, so that another may write."""
        for part in ("engine", "store"):
            if part in self.__dict__:
                getattr(self, part).close()

    def ingest(self, paths: Iterable[Path], progress: Progress = silent) -> Iterator[FileOutcome]:
        """Read files and folders into the corpus, one outcome each; a bad file stops nothing."""
        files = list(_files_below(paths, self.settings.home.root))
        for done, path in enumerate(files):
            yield self._ingest_file(path, _by_page(progress, done, len(files), path.name))
            progress(done + 1, len(files), path.name)

    def extract(self, progress: Progress = silent) -> ExtractOutcome:
        """Records of every document that this version has not read yet with this register and these models."""
        from gongbao.nlp import VERSION, Extractor
        from gongbao.nlp.learning import load_models, model_files

        home = self.settings.home
        models = load_models(home.models)
        version = f"{VERSION}+{_fingerprint(_files_in(home.register))}"
        if learnt := list(model_files(home.models)):
            version += f"+{_fingerprint(learnt)}"
        waiting = self.store.unextracted(version)
        self.store.ledger.forget_stage("extract")  # what failed is still waiting, and is tried again
        here = partial(_extracted, self.store, Extractor(self.register, models), version)
        made = spread(here, _extracting, (home, version), waiting, self.settings.workers)
        damaged = [Failure(each.file, "extract", each.cause, _RETRAIN) for each in models.problems]
        for failure in damaged:
            self.store.ledger.record(failure)
        failures: list[Failure] = []
        for done, found in enumerate(made, 1):
            if isinstance(found, Failure):
                self.store.ledger.record(found)
                failures.append(found)
            elif found:
                self.store.put_extraction(found.extraction, found.sha256)
            progress(done, len(waiting), found.title if isinstance(found, _Extracted) else "")
        return ExtractOutcome(len(waiting) - len(failures), (*damaged, *failures))

    def index(self, progress: Progress = silent) -> UpdateReport:
        from gongbao.index import update

        return update(self.engine, self.store, progress=progress, workers=self.settings.workers)

    def evaluate(self, gold: Path, against: Path | None, save: Path | None) -> Iterator[str]:
        """The measures against gold, a line each; with an earlier report, what was gained and lost since."""
        from gongbao.nlp import evaluate as evaluation

        report = evaluation.evaluate(gold, self._extracted())
        yield from map(str, (*report.measures, *report.groups))
        if against:
            before = evaluation.read_report(against)
            yield from (*evaluation.gains(report, before), *map(str, evaluation.compare(report, before)))
        if save:
            evaluation.write_report(report, save)

    def train(self, gold: Path, apply: bool) -> TrainOutcome:
        """Try what can be learnt from gold against the rules; with `apply` the home keeps what won, with its card."""
        from gongbao.nlp import Extractor
        from gongbao.nlp.learning import write_models
        from gongbao.nlp.learning.trials import card, train

        found = train(gold, self.store.texts(), Extractor(self.register).extract)
        if apply:
            folder = self.settings.home.models
            write_models(found.models, folder)
            (folder / "说明.md").write_text(card(found, self.settings.today), "utf-8")
        tables = tuple(TrialTable(t.question, t.size, t.measure, t.note, t.rows()) for t in found.trials)
        return TrainOutcome(found.annotated, found.others, tables, tuple(sorted(found.models)))

    def candidates(self, document: Document, covered: Iterable[Span]) -> tuple[Candidate, ...]:
        """Sentences outside `covered` that may state who does what; none where no model was learnt."""
        from gongbao.nlp.learning import find_candidates, load_models

        weights = load_models(self.settings.home.models).candidates
        return find_candidates(document, covered, weights) if weights else ()

    def _extracted(self) -> Iterator[tuple[Document, Extraction]]:
        for document in self.store.documents():
            extraction = self.store.own_extraction(document.id)
            if extraction:
                yield document, extraction

    def _ingest_file(self, path: Path, progress: Callable[[int, int], None]) -> FileOutcome:
        from gongbao import ingest

        if path.name.startswith("README"):
            return FileOutcome(path, Status.SKIPPED, why="是说明文件（README），不是公报")
        if path.suffix.lower() not in ingest.SUFFIXES:
            return FileOutcome(path, Status.SKIPPED, why="只读 PDF、TXT、MD、DOCX")
        sha256 = ""
        try:
            sha256 = _digest(path)
            if self.store.has_issue(sha256, _version()):
                return self._met_again(path, sha256)
            if self.store.has_issue(sha256, _version(in_part=True)):
                return self._met_again(path, sha256, self._known_failures(sha256))
            return self._keep(path, sha256, ingest.read_file(path, self.settings.workers, progress))
        except OSError as error:
            why = InputError(f"无法读取文件：{error.strerror or error}", "检查路径与权限")
        except InputError as error:
            why = error
        except Exception as error:  # a fault of ours in one file must not keep out the others
            why = InputError(f"读入时程序出错：{_said(error)}", _REPORT)
        return self._failed(path, sha256, why)

    def _met_again(self, path: Path, sha256: str, failures: tuple[Failure, ...] = ()) -> FileOutcome:
        self._note_place(path, sha256)
        return FileOutcome(path, Status.UNCHANGED, failures=failures)

    def _keep(self, path: Path, sha256: str, reading: Reading) -> FileOutcome:
        self.store.keep_file(path, sha256)
        failures = tuple(replace(each, sha256=sha256, path=self._place(path)) for each in reading.failures)
        self.store.ledger.forget_content(sha256, "ingest")
        for failure in failures:
            self.store.ledger.record(failure)
        # Last: a file that is kept is not read again, so that its failures must stand in the ledger by then.
        self.store.put_issue(reading.issue, _version(in_part=bool(failures)))
        self._note_place(path, sha256)
        status = Status.PARTIAL if failures else Status.ADDED
        return FileOutcome(path, status, len(reading.issue.documents), failures, reading.issue.warnings)

    def _note_place(self, path: Path, sha256: str) -> None:
        """The file stands there, in place of whatever did before."""
        if place := self._place(path):
            self.store.add_place(sha256, place)
        self.store.forget_failures_at(path.name, self._place(path), sha256)

    def _place(self, path: Path) -> str:
        """What a person finds the file by; "" for an upload, which waits within the home and is gone when read."""
        inside = path.resolve().is_relative_to(self.settings.home.cache.resolve())
        return "" if inside else str(path.absolute())

    def _known_failures(self, sha256: str) -> tuple[Failure, ...]:
        return tuple(each for each in self.store.ledger.all() if (each.sha256, each.stage) == (sha256, "ingest"))

    def _failed(self, path: Path, sha256: str, error: InputError) -> FileOutcome:
        place = self._place(path)
        failure = Failure(path.name, "ingest", error.message, error.remedy, error.page, sha256, place)
        self.store.forget_failures_at(path.name, place)
        self.store.ledger.record(failure)
        return FileOutcome(path, Status.FAILED, failures=(failure,))


@dataclass(frozen=True, slots=True)
class _Extracted:
    title: str
    extraction: Extraction
    sha256: str  # of the document's source


def _extracting(home: Home, version: str) -> Callable[[str], _Extracted | Failure | None]:
    """`_extracted` in a process of its own."""
    from gongbao.nlp import Extractor
    from gongbao.nlp.learning import load_models

    return partial(_extracted, Store.open(home), Extractor(Register.of(home), load_models(home.models)), version)


def _extracted(store: Store, extractor: Extractor, version: str, document_id: str) -> _Extracted | Failure | None:
    """A document's records, or why there are none; None where it was removed meanwhile."""
    document = store.document(document_id)
    if document is None:
        return None
    try:
        found = replace(extractor.extract(document), version=version)
        return _Extracted(document.title, found, document.source.sha256)
    except Exception as error:  # a fault of ours in one document must not keep out the others
        cause = f"{document.title}：提取时程序出错：{_said(error)}"
        source = document.source
        return Failure(source.file, "extract", cause, _REPORT, document.first_page, source.sha256)


def _said(error: Exception) -> str:
    return f"{type(error).__name__} {error}".strip().replace("\n", " ")


def _version(*, in_part: bool = False) -> str:
    """Of the reader. A file that was kept only in part is read again once text recognition is installed."""
    from gongbao.ingest import VERSION
    from gongbao.ingest.ocr import is_installed

    return f"{VERSION} in part, {'with' if is_installed() else 'without'} OCR" if in_part else VERSION


def _files_below(paths: Iterable[Path], home: Path) -> Iterator[Path]:
    """Files as named, and all files in named folders, in order; UsageError for what is not there.

    A home within a named folder is left out: what it keeps are copies.
    """
    for path in paths:
        if path.is_dir():
            found = sorted(found for found in path.rglob("*") if found.is_file() and not _hidden(found, path))
            inside = home.resolve().is_relative_to(path.resolve())
            yield from (file for file in found if not (inside and file.resolve().is_relative_to(home.resolve())))
        elif path.exists():
            yield path
        else:
            raise UsageError(f"没有这个文件或目录：{path}", "检查路径")


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)


def _by_page(progress: Progress, done: int, total: int, name: str) -> Callable[[int, int], None]:
    """Progress within one file, told as part of the work on all of them."""
    return lambda page, pages: progress(done, total, f"{name} 第{page}/{pages}页")


def _fingerprint(files: Iterable[Path]) -> str:
    """Changes with what the user added or a model learnt, so that documents are read again with it."""
    return hashlib.sha256(b"".join(_digest(file).encode() for file in files)).hexdigest()[:8]


def _files_in(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.is_file()) if folder.is_dir() else []


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
