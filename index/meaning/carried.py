"""The mark that all passages have their direction, carried over an update that brings no new passage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gongbao.index.engine import Batch, Engine
from gongbao.index.meaning.finished import held_by
from gongbao.index.meaning.vectors import Vectors
from gongbao.index.schema import Field


class Carried:
    """For one update: made before anything is written.

    A record that was corrected, or a document taken out, changes what the index holds but leaves no passage without
    a direction; search by meaning goes on.
    """

    def __init__(self, engine: Engine, vectors: Vectors) -> None:
        self._engine = engine
        self._vectors = vectors
        mark = vectors.finished()
        self._mark = mark if mark and mark.held == held_by(engine.stamps()) else None

    def watched(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """The same batches, looked at."""
        for batch in batches:
            if self._mark and self._vectors.missing(_keys(batch)):
                self._mark = None
            yield batch

    def over(self) -> None:
        """All was written."""
        if self._mark:
            held, revision = held_by(self._engine.stamps()), self._engine.revision() or ""
            self._vectors.finish(replace(self._mark, held=held, revision=revision))


def _keys(batch: Batch) -> list[str]:
    return [key for entry in batch.entries for field, keys in entry.keys if field is Field.MEANING for key in keys]
