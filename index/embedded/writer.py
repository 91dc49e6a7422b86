"""Writing to one generation of the embedded index.

Documents are committed last: until then a crash leaves entries without a stamp, which the
next update replaces.
"""

from __future__ import annotations

from pathlib import Path

from gongbao.corpus.errors import CorpusError
from gongbao.index.embedded.files import PAYLOAD, STAMP, DiskGeneration
from gongbao.index.engine import Batch, IndexEntry, Rejection
from gongbao.index.schema import EntryKind, Field
from tantivy import Document, Index, IndexWriter

_HEAP = {
    EntryKind.DOCUMENT: 64_000_000,
    EntryKind.PASSAGE: 96_000_000,
    EntryKind.STATEMENT: 96_000_000,
    EntryKind.DEADLINE: 32_000_000,
}
_COMMIT_EVERY = 50_000  # entries; a crash costs at most the work since the last commit
_DOCUMENTS_LAST = (EntryKind.PASSAGE, EntryKind.STATEMENT, EntryKind.DEADLINE, EntryKind.DOCUMENT)


class EmbeddedWriter:
    """See `gongbao.index.engine.Writer`."""

    def __init__(self, generation: DiskGeneration) -> None:
        self._path = generation.path
        self._waiting = 0
        self._writers = {kind: _open(generation.folder(kind), _HEAP[kind]) for kind in EntryKind}

    def put(self, batch: Batch) -> None:
        self.remove(batch.document)
        for entry in batch.entries:
            self._writers[entry.kind].add_document(_row(entry, batch.stamp))
        self._waiting += len(batch.entries)
        if self._waiting >= _COMMIT_EVERY:
            self.commit()

    def remove(self, document: str) -> None:
        for writer in self._writers.values():
            writer.delete_documents_by_term(Field.DOCUMENT.value, document)

    def commit(self) -> None:
        self._waiting = 0
        for kind in _DOCUMENTS_LAST:
            try:
                self._writers[kind].commit()
            except (ValueError, OSError) as error:
                raise CorpusError(f"索引写入失败：{error}", f"检查 {self._path} 的磁盘空间与权限") from error

    def rejected(self) -> tuple[Rejection, ...]:
        return ()  # an error in writing is raised

    def close(self) -> None:
        """Commit, and wait until segments are merged."""
        self.commit()
        for writer in self._writers.values():
            writer.wait_merging_threads()


def _open(folder: Path, heap: int) -> IndexWriter:
    try:
        return Index.open(str(folder)).writer(heap, 1)
    except (ValueError, OSError) as error:
        raise CorpusError(
            f"内嵌索引无法写入：{error}", f"删除 {folder.parent.parent} 后重新运行 gongbao index"
        ) from error


def _row(entry: IndexEntry, stamp: str) -> Document:
    row = Document()
    for field, text in entry.texts:
        row.add_text(field.value, text)
    for field, values in entry.keys:
        for value in values:
            row.add_text(field.value, value)
    for field, numbers in entry.numbers:
        for number in numbers:
            row.add_integer(field.value, number)
    row.add_text(Field.ID.value, entry.id)
    row.add_bytes(PAYLOAD, entry.payload.encode())
    if entry.kind is EntryKind.DOCUMENT:
        row.add_text(STAMP, f"{entry.document}\t{stamp}")
    return row
