"""The composition root: the one place that knows every stage and wires them together."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from gongbao.corpus.errors import Busy, GongbaoError
from gongbao.corpus.failure import Failure
from gongbao.corpus.home import Home
from gongbao.corpus.processes import Hands, Local
from gongbao.corpus.store import Store, reference
from gongbao.search_api.extracting import Extracted, extract_one, extracting, extracts_as, second_reader
from gongbao.search_api.ingesting import (
    Door,
    FileOutcome,
    Ingester,
    IngestStatus,
    Progress,
    silent,
)

__all__ = ["Application", "FileOutcome", "IngestStatus", "Progress", "Settings", "silent"]

_RETRAIN = "本次按规则提取；请重新运行 gongbao train 标注目录 --apply，或删除这个模型文件"

LOCAL = "local"
PAGED = (".pdf", ".ofd")  # files with pages to show

_BEHIND = 300  # items that the index may not know yet before it is written

# A stage is imported where it runs, so that a command loads only what it needs.
if TYPE_CHECKING:
    from gongbao.corpus.cluster import Cluster
    from gongbao.corpus.document import Document
    from gongbao.corpus.offsets import Span
    from gongbao.corpus.records import DocumentRef, Extraction
    from gongbao.corpus.register import Register
    from gongbao.index.engine import Engine
    from gongbao.index.meaning.embed import EmbedReport
    from gongbao.index.meaning.encoder import Encoder
    from gongbao.index.meaning.near import Meaning
    from gongbao.index.meaning.vectors import Vectors
    from gongbao.index.models import UpdateReport
    from gongbao.index.service import Service
    from gongbao.ingest import IssueReading
    from gongbao.nlp.learning import Candidate
    from gongbao.nlp.links import Lookup
    from gongbao.search_api.catalog import Known, Standing
    from gongbao.search_api.catalog.counting import Catalogs
    from gongbao.search_api.drawing import Render
    from gongbao.search_api.training import TrainOutcome


class Settings:
    """`today` is what 今年, overdue and due soon are counted from: a chosen day, else the clock's. `engine`: who
    reads, extracts and so on: this machine's processes, or those of a Dask scheduler."""

    def __init__(
        self, home: Home, today: date | None = None, workers: int = max(os.cpu_count() or 1, 1), engine: str = LOCAL
    ) -> None:
        self.home = home
        self.workers = workers
        self.engine = engine
        self._chosen = today

    @property
    def today(self) -> date:
        """Read anew each time: a server runs past midnight."""
        return self._chosen or date.today()


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
        from gongbao.nlp.links import Validity, status_of
        from gongbao.search_api.catalog import Standing

        found = status_of(document, extraction.deadlines if extraction else (), self._repealed, today)
        known = found.state is not Validity.UNKNOWN
        return Standing(found.state, found.state is Validity.IN_FORCE if known else None, found.reason, found.by)


class Application:
    """One home with its stages. Parts are opened when they are first needed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._known = settings.home.knowledge()
        self._catching = threading.Lock()

    @cached_property
    def store(self) -> Store:
        return Store.open(self.settings.home)

    @cached_property
    def hands(self) -> Hands:
        return self.cluster or Local(self.settings.workers)

    @cached_property
    def cluster(self) -> Cluster | None:
        """None where this machine works alone."""
        if self.settings.engine == LOCAL:
            return None
        from gongbao.corpus.cluster import Cluster

        return Cluster(self.settings.engine, self.settings.home)

    @cached_property
    def catalogs(self) -> Catalogs:
        from gongbao.search_api.catalog.counting import Catalogs

        return Catalogs(self.store, self.settings.home.cache, CorpusLinker)

    @cached_property
    def register(self) -> Register:
        from gongbao.corpus.register import Register

        return Register.of(self.settings.home)

    @cached_property
    def engine(self) -> Engine:
        from gongbao.index import open_engine

        return open_engine(self.settings.home, self.store.id)

    @cached_property
    def service(self) -> Service:
        from gongbao.index.service import Service
        from gongbao.index.synonyms import Synonyms

        synonyms = Synonyms.load(self.settings.home.synonyms)
        return Service(self.engine, self.register, synonyms, self.meaning, lambda: self.store.desk.snapshot())

    @cached_property
    def outside(self) -> Application:
        """The same home as strangers see it in public: what is printed, nothing of the 台账."""
        from gongbao.index.printed import AsPrinted
        from gongbao.index.service import Service
        from gongbao.index.synonyms import Synonyms

        synonyms = Synonyms.load(self.settings.home.synonyms)
        service = Service(AsPrinted(self.engine), self.register, synonyms, self.meaning)
        shared = {name: getattr(self, name) for name in ("store", "catalogs", "engine", "register", "meaning")}
        other = copy(self)
        vars(other).update(shared, service=service)
        return other

    @cached_property
    def meaning(self) -> Meaning:
        from gongbao.index.meaning.near import Meaning

        return Meaning(self.engine, self.encoder)

    @cached_property
    def encoder(self) -> Encoder:
        from gongbao.index.meaning.encoder import Encoder

        return Encoder()

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
        for part in ("register", "service", "outside"):
            self.__dict__.pop(part, None)

    def close(self) -> None:
        """Let go of what was opened, so that another may write."""
        for part in ("engine", "store", "cluster"):
            if opened := self.__dict__.get(part):
                opened.close()

    def ingest(
        self, paths: Iterable[Path], progress: Progress = silent, *, anew: bool = False
    ) -> Iterator[FileOutcome]:
        """Read files and folders into the corpus, one outcome each; a bad file stops nothing. `anew`: whatever is
        known of them."""
        with self.store.timings.of("ingest") as run:
            for outcome in self.ingester.ingest(paths, progress, anew=anew):
                run.items += outcome.pages
                yield outcome

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Of all files that can be read."""
        from gongbao import ingest

        return tuple(sorted(ingest.SUFFIXES | ingest.ARCHIVES))

    @cached_property
    def ingester(self) -> Ingester:
        from gongbao import ingest

        def read(path: Path, told: Callable[[int, int], None]) -> IssueReading:
            return ingest.read_file(path, self.settings.workers, told)

        def unpack(path: Path, folder: Path) -> tuple[tuple[str, str], ...]:
            return ingest.unpack(path, folder).left_out

        door = Door(read, ingest.SUFFIXES, _version, partial(_version, in_part=True), ingest.ARCHIVES, unpack)
        if cluster := self.cluster:
            door = replace(door, begin=partial(self._begin, cluster), ahead=lambda: cluster.ahead)
        return Ingester(self.settings.home, self.store, door)

    def _begin(self, cluster: Cluster, path: Path, sha256: str) -> Callable[[], IssueReading]:
        from gongbao.ingest import far

        return far.begin(cluster, path, self.store.keep_file(path, sha256)).result

    def extract(self, progress: Progress = silent, fast: bool = False) -> ExtractOutcome:
        """Records of every document not read yet by this version, register and models; `fast`: by the rules alone."""
        from gongbao.nlp import Extractor
        from gongbao.nlp.learning import load_models

        home = self.settings.home
        models, second = load_models(home.models), None if fast else second_reader()
        version = extracts_as(home, second)
        waiting = self.store.unextracted(version)
        self.store.ledger.forget_stage("extract")  # what failed is still waiting, and is tried again
        here = partial(extract_one, self.store, Extractor(self.register, models, second), version)
        made = self.hands.spread(here, extracting, (home, version, fast), waiting)
        damaged = [Failure(each.file, "extract", each.cause, _RETRAIN) for each in models.problems]
        for failure in damaged:
            self.store.ledger.record(failure)
        failures: list[Failure] = []
        with self.store.timings.of("extract") as run:
            for done, found in enumerate(made, 1):
                run.items = done
                if isinstance(found, Failure):
                    self.store.ledger.record(found)
                    failures.append(found)
                elif found:
                    self.store.put_extraction(found.extraction, found.sha256)
                progress(done, len(waiting), found.title if isinstance(found, Extracted) else "")
        return ExtractOutcome(len(waiting) - len(failures), (*damaged, *failures))

    def no_second_reader(self) -> str:
        """Why documents are read by the rules alone; empty where they are not."""
        from gongbao.nlp.reader.shipped import missing

        return missing()

    def index(self, progress: Progress = silent) -> UpdateReport:
        """The index as the corpus stands, and its numbers counted, so that the first reader waits for neither."""
        from gongbao.index.update import update

        self._settle()
        with self._writing_index(), self.store.timings.of("index") as run:
            report = update(self.engine, self.store, progress=progress, hands=self.hands, vectors=self._vectors())
            run.items = report.added + report.changed + report.removed
        self.catalogs.prepare()
        return report

    @contextmanager
    def _writing_index(self) -> Iterator[None]:
        """Alone, also where others share the corpus from other machines; Busy where another writes."""
        with self.store.alone("index") as mine:
            if not mine:
                raise Busy("另一个进程正在写索引", "等它结束后再试")
            yield

    def _vectors(self) -> Vectors | None:
        """None where there is no model of meaning."""
        from gongbao.index.meaning.encoder import NoEncoder

        try:
            return self.engine.vectors(self.encoder.version)
        except NoEncoder:
            return None

    def embed(self, progress: Progress = silent) -> EmbedReport:
        """The directions of passages that have none yet; NoEncoder where the model cannot be used here."""
        from gongbao.index.meaning.embed import embed

        with self._writing_index(), self.store.timings.of("embed") as run:
            report = embed(self.engine, self.encoder, progress=progress, hands=self.hands)
            run.items = report.added
            return report

    def catch_up(self) -> None:
        """The index takes in what was followed up, in a thread, where there is so much that reading grows slow."""
        if len(self.store.desk.snapshot().fresh) > _BEHIND and self._catching.acquire(blocking=False):
            threading.Thread(target=self._catch_up, name="gongbao-desk", daemon=True).start()

    def _catch_up(self) -> None:
        try:
            with suppress(GongbaoError):  # another writes; the next change or `gongbao index` takes it in
                self.index()
        finally:
            self._catching.release()

    def _settle(self) -> None:
        """Items of the 台账 are put onto what the extractor finds now."""
        from gongbao.corpus.desk import settle, successors

        store = self.store
        found = successors(lambda: map(reference, store.texts()))
        settle(store.desk, store.stamps(), store.document, store.extraction, found)

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
        from gongbao.search_api.training import TrainOutcome, TrialTable

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


def renderer_of(suffix: str) -> Render:
    """What draws the pages of such files."""
    if suffix == ".ofd":
        from gongbao.ingest.ofd.draw import render

        return render
    from gongbao.search_api.drawing import render_pdf

    return render_pdf


def _version(*, in_part: bool = False) -> str:
    """Of the reader. A file that was kept only in part is read again once text recognition is installed."""
    from gongbao.ingest import VERSION
    from gongbao.ingest.ocr import is_installed

    return f"{VERSION} in part, {'with' if is_installed() else 'without'} OCR" if in_part else VERSION
