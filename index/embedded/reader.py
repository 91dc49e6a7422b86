"""Open searchers on the current generation, always on what was last committed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gongbao.corpus.errors import CorpusError, IndexMissing
from gongbao.index.embedded.compile import compiled
from gongbao.index.embedded.files import PAYLOAD, DiskGeneration, current, lockable
from gongbao.index.engine import Hit, Query
from gongbao.index.schema import SCHEMA_VERSION, EntryKind, Field
from tantivy import DocAddress, Index, Schema, Searcher
from tantivy import Query as Compiled


@dataclass(frozen=True, slots=True)
class KindSnapshot:
    """One kind of entry as it stood at one commit."""

    searcher: Searcher
    schema: Schema

    def compile(self, query: Query) -> Compiled:
        return compiled(query, self.schema)

    def hit(self, address: DocAddress, score: float = 0.0) -> Hit:
        stored = self.searcher.doc(address)
        return Hit(str(stored[Field.ID.value][0]), score, bytes(stored[PAYLOAD][0]).decode())


@dataclass(slots=True)
class _Open:
    index: Index
    seen: tuple[int, int]
    snapshot: KindSnapshot


class IndexReader:
    """Snapshots for many threads; notices commits and new generations of other processes."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._pointer = (0, 0)
        self._generation: DiskGeneration | None = None
        self._open: dict[EntryKind, _Open] = {}

    def snapshot(self, kind: EntryKind) -> KindSnapshot:
        """IndexMissing where there is no index of this schema."""
        with self._lock, readable(self._root):
            self._follow_pointer()
            if self._generation is None or self._generation.schema != SCHEMA_VERSION:
                raise IndexMissing(
                    "索引尚未建立，或由另一版本建立", "先运行 gongbao run 公报目录；已有语料库则运行 gongbao index"
                )
            return self._refreshed(kind, self._generation)

    def close(self) -> None:
        with self._lock:
            self._open.clear()
            self._pointer = (0, 0)

    def _follow_pointer(self) -> None:
        pointer = _identity(self._root / "current")
        if pointer != self._pointer or self._generation is None:
            self._generation = current(self._root)
            self._open.clear()
            self._pointer = pointer

    def _refreshed(self, kind: EntryKind, generation: DiskGeneration) -> KindSnapshot:
        found = self._open.get(kind)
        seen = _identity(generation.folder(kind) / "meta.json")
        if found is None:
            found = self._open[kind] = _opened(generation.folder(kind), seen)
        elif found.seen != seen:
            found.index.reload()
            found.seen, found.snapshot = seen, KindSnapshot(found.index.searcher(), found.index.schema)
        return found.snapshot


@contextmanager
def readable(root: Path) -> Iterator[None]:
    """What tantivy raises, in our words."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise CorpusError(f"内嵌索引无法读取：{error}", f"删除 {root} 后运行 gongbao index 重建") from error


def _opened(folder: Path, seen: tuple[int, int]) -> _Open:
    index = Index.open(str(lockable(folder)))
    index.config_reader("manual")
    index.reload()
    return _Open(index, seen, KindSnapshot(index.searcher(), index.schema))


def _identity(path: Path) -> tuple[int, int]:
    """Changes whenever the file is replaced; (0, 0) where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return stat.st_ino, stat.st_mtime_ns
