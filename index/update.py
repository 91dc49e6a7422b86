"""From the corpus to the index: what is new, changed or gone, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from corpus.errors import CorpusError
from corpus.records import Extraction
from corpus.store import Store
from index.engine import Batch, Engine, Progress
from index.models import UpdateReport
from index.schema import Kind
from index.transform import transform


def update(
    engine: Engine,
    store: Store,
    *,
    progress: Progress | None = None,
    rebuild: bool = False,
    extraction_of: Callable[[str], Extraction | None] | None = None,
) -> UpdateReport:
    """Afterwards the index holds exactly this corpus. Costs the work of what changed, unless `rebuild`.

    `extraction_of` gives a document's records where not the store's own are meant (reviewed ones).
    A document that was not extracted yet is indexed without statements and deadlines.
    """
    known, fresh = ({}, True) if rebuild else _known(engine)
    wanted = store.stamps()
    changed = [document for document, stamp in wanted.items() if known.get(document) != stamp]
    gone = set() if fresh else _gone(engine, known, wanted)
    with engine.writer(fresh=fresh) as writer:
        for document in gone:
            writer.remove(document)
        for batch in _batches(store, changed, wanted, extraction_of or store.extraction, progress):
            writer.put(batch)
        rejected = tuple(f"{rejection.document}：{rejection.cause}" for rejection in writer.rejected())
    added = sum(document not in known for document in changed)
    return UpdateReport(added, len(changed) - added, len(gone), rejected)


def _known(engine: Engine) -> tuple[dict[str, str], bool]:
    """What is indexed, and whether the index must be written anew because it cannot be read."""
    try:
        return engine.stamps(), False
    except CorpusError:
        return {}, True


def _gone(engine: Engine, known: dict[str, str], wanted: dict[str, str]) -> set[str]:
    """Documents of the index that are no longer in the corpus, leftovers of a killed writer included."""
    indexed = set(known)
    if engine.interrupted():
        indexed.update(*(engine.documents(kind) for kind in Kind))
    return indexed - set(wanted)


def _batches(
    store: Store,
    changed: list[str],
    stamps: dict[str, str],
    extraction_of: Callable[[str], Extraction | None],
    progress: Progress | None,
) -> Iterator[Batch]:
    for done, document_id in enumerate(changed, 1):
        document = store.document(document_id)
        if document is not None:  # else it was removed since
            yield transform(document, extraction_of(document_id), stamps[document_id])
        if progress:
            progress(done, len(changed), document.title if document else document_id)
