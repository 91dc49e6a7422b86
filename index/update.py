"""From the corpus to the index: what is new, changed or gone, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from gongbao.corpus.desk import Snapshot
from gongbao.corpus.errors import CorpusError
from gongbao.corpus.home import Home
from gongbao.corpus.processes import ALONE, Hands, must_be_same
from gongbao.corpus.records import Extraction
from gongbao.corpus.store import Store
from gongbao.index.engine import Batch, Engine, Progress
from gongbao.index.meaning.carried import Carried
from gongbao.index.meaning.vectors import Vectors
from gongbao.index.models import UpdateReport
from gongbao.index.schema import SCHEMA_VERSION, EntryKind
from gongbao.index.transform import transform


def update(
    engine: Engine,
    store: Store,
    *,
    progress: Progress | None = None,
    rebuild: bool = False,
    extraction_of: Callable[[str], Extraction | None] | None = None,
    hands: Hands = ALONE,
    vectors: Vectors | None = None,
) -> UpdateReport:
    """Afterwards the index holds exactly this corpus. Costs the work of what changed.

    Where that is more than half of the index, or with `rebuild`, it is written anew beside the
    old one: both engines count what was replaced in their statistics until segments are merged.

    `extraction_of` gives a document's records where not the store's own are meant; those are read in
    this process alone, the store's by all `hands`.
    Where all passages had their direction in `vectors`, and no new one is written, that stays known.
    A document that was not extracted yet is indexed without statements and deadlines.
    """
    with engine.locked():
        desk = store.desk.snapshot()
        plan = _plan(engine, _stamps(store, desk), rebuild)
        here = partial(_transformed, store, extraction_of or store.extraction)
        doing = ALONE if extraction_of else hands
        made = doing.spread(here, _transforming, (store.home, SCHEMA_VERSION), plan.stamped())
        carried = None if plan.damaged or vectors is None else Carried(engine, vectors)
        batches = _with_progress(made, len(plan.written), progress)
        rejected = _written(engine, plan, carried.watched(batches) if carried else batches)
        if carried:
            carried.over()
        if desk.place > desk.indexed:
            store.desk.set_indexed(desk.place)
    return UpdateReport(len(plan.added), len(plan.changed), len(plan.gone), rejected)


def _stamps(store: Store, desk: Snapshot) -> dict[str, str]:
    """As of the corpus; a document whose tasks were followed up since has changed, too."""
    stamps = store.stamps()
    for item in desk.items.values():
        name = item.subject.document
        if name in stamps and item.at > stamps[name]:
            stamps[name] = item.at
    return stamps


def _written(engine: Engine, plan: _Plan, batches: Iterable[Batch]) -> tuple[str, ...]:
    """What the engine refused, with its words."""
    with engine.writer(fresh=plan.fresh) as writer:
        for document in () if plan.fresh else plan.gone:
            writer.remove(document)
        for batch in batches:
            writer.put(batch)
        rejected = writer.rejected()
    return tuple(f"{rejection.document}：{rejection.cause}" for rejection in rejected)


@dataclass(frozen=True, slots=True)
class _Plan:
    """`wanted`: stamps of the corpus; the others: ids of documents."""

    wanted: dict[str, str]
    added: list[str]
    changed: list[str]
    gone: set[str]
    fresh: bool
    damaged: bool

    @property
    def written(self) -> list[str]:
        return list(self.wanted) if self.fresh else self.added + self.changed

    def stamped(self) -> list[tuple[str, str]]:
        return [(document, self.wanted[document]) for document in self.written]


def _plan(engine: Engine, wanted: dict[str, str], rebuild: bool) -> _Plan:
    try:
        known, damaged = engine.stamps(), False
    except CorpusError:
        known, damaged = {}, True
    added = [document for document in wanted if document not in known]
    changed = [document for document, stamp in wanted.items() if document in known and known[document] != stamp]
    gone = set() if damaged else _gone(engine, known, wanted)
    mostly = 2 * (len(changed) + len(gone)) > len(known)
    return _Plan(wanted, added, changed, gone, rebuild or damaged or (bool(known) and mostly), damaged)


def _gone(engine: Engine, known: dict[str, str], wanted: dict[str, str]) -> set[str]:
    """Documents of the index that are no longer in the corpus, leftovers of a killed writer included."""
    indexed = set(known)
    if engine.interrupted():
        indexed.update(*(engine.documents(kind) for kind in EntryKind))
    return indexed - set(wanted)


@dataclass(frozen=True, slots=True)
class _Made:
    """What becomes of a document; no batch where it was removed since."""

    title: str
    batch: Batch | None


def _transforming(home: Home, version: str) -> Callable[[tuple[str, str]], _Made]:
    """`_transformed` in a process of its own."""
    must_be_same(version, SCHEMA_VERSION)
    store = Store.open(home)
    return partial(_transformed, store, store.extraction)


def _transformed(store: Store, extraction_of: Callable[[str], Extraction | None], stamped: tuple[str, str]) -> _Made:
    document_id, stamp = stamped
    document = store.document(document_id)
    if document is None:
        return _Made(document_id, None)
    return _Made(document.title, transform(document, extraction_of(document_id), stamp, store.desk.snapshot().items))


def _with_progress(made: Iterable[_Made], total: int, progress: Progress | None) -> Iterator[Batch]:
    for done, one in enumerate(made, 1):
        if one.batch:
            yield one.batch
        if progress:
            progress(done, total, one.title)
