"""Directions of passages in files that are mapped into memory.

HOME/index/meaning/MODEL/0001/ holds keys (8 bytes each), signs (64: one bit a number) and values (512), a row each:
584 bytes a passage. Rows are only added; a writer that is killed leaves parts of a row, which count for nothing and
are overwritten. Forgetting writes the next folder, and the highest number is the one in use.

What is near is found by the bits in which two rows of signs differ, which fixes the angle closely enough to pick out
candidates, and these are ordered by their values.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
from gongbao.index.embedded.rows import MARK, SIGNS, WIDTHS, in_use, whole_rows
from gongbao.index.lock import locked
from gongbao.index.meaning.encoder import SIZE, Vector
from gongbao.index.meaning.finished import Finished, read_mark, write_mark
from gongbao.index.meaning.vectors import Key
from numpy.typing import NDArray

_LOOKED_AT = 10  # candidates by signs for each one that is wanted
_FEWEST = 500  # candidates at least
_AT_ONCE = 1 << 17  # rows compared at once
_STALE = 0.5  # share of rows that are no longer wanted, above which they are written anew without them


@dataclass(frozen=True, slots=True)
class _Rows:
    """What stands in the files now."""

    keys: NDArray[np.uint64]
    signs: NDArray[np.uint64]
    values: Vector
    order: NDArray[np.intp]  # rows by key

    def at(self, keys: NDArray[np.uint64]) -> NDArray[np.intp]:
        """The row of each key; -1 where there is none."""
        if not len(self.keys):
            return np.full(len(keys), -1)
        places = np.searchsorted(self.keys, keys, sorter=self.order)
        rows = self.order[np.minimum(places, len(self.keys) - 1)]
        return np.where(self.keys[rows] == keys, rows, -1)


class EmbeddedVectors:
    """See `gongbao.index.meaning.vectors.Vectors`."""

    def __init__(self, root: Path, model: str) -> None:
        self._root = root / model
        self._lock = Lock()
        self._seen: tuple[Path, int] | None = None
        self._rows = _no_rows()

    def count(self) -> int:
        return len(self._read().keys)

    def missing(self, keys: Sequence[Key]) -> list[Key]:
        unique = list(dict.fromkeys(keys))
        rows = self._read().at(_numbers(unique))
        return [key for key, row in zip(unique, rows, strict=True) if row < 0]

    def add(self, keys: Sequence[Key], rows: Vector) -> None:
        folder = in_use(self._root)
        folder.mkdir(parents=True, exist_ok=True)
        _append(folder, whole_rows(folder), _numbers(keys), rows)

    def keep(self, keys: Iterable[Key]) -> None:
        rows, now = self._read(), in_use(self._root)
        kept = rows.at(_numbers(sorted(set(keys))))
        kept = np.sort(kept[kept >= 0])
        if len(kept) >= (1 - _STALE) * len(rows.keys):
            return
        part = now.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        for first in range(0, len(kept), _AT_ONCE):
            some = kept[first : first + _AT_ONCE]
            _append(part, first, rows.keys[some], rows.values[some])
        part.rename(self._root / f"{int(now.name) + 1:04}")
        shutil.rmtree(now, ignore_errors=True)

    def finished(self) -> Finished | None:
        return read_mark(self._root / MARK)

    def finish(self, state: Finished) -> None:
        write_mark(self._root / MARK, state)

    def nearest(self, vector: Vector, size: int, among: Sequence[Key] | None = None) -> list[tuple[Key, float]]:
        rows = self._read()
        if among is None:
            chosen = _candidates(rows.signs, vector, max(size * _LOOKED_AT, _FEWEST))
        else:
            found = rows.at(_numbers(list(dict.fromkeys(among))))
            chosen = found[found >= 0]
        cosines = _cosines(rows.values[chosen], vector)
        best = np.lexsort((rows.keys[chosen], -cosines))[:size]
        return [(f"{int(rows.keys[chosen[at]]):016x}", float(cosines[at])) for at in best]

    def writing(self) -> AbstractContextManager[None]:
        return locked(self._root)

    def _read(self) -> _Rows:
        """The rows as they are now; mapped anew where some were added."""
        folder = in_use(self._root)
        count = whole_rows(folder)
        with self._lock:
            if count and (folder, count) != self._seen:
                keys = np.array(_mapped(folder, "keys", count).view(">u8").ravel(), np.uint64)
                signs = _mapped(folder, "signs", count).view(np.uint64)
                values = _mapped(folder, "values", count).view(np.int8)
                self._rows = _Rows(keys, signs, values, np.argsort(keys, kind="stable"))
                self._seen = folder, count
            return self._rows


def _no_rows() -> _Rows:
    keys, signs = np.zeros(0, np.uint64), np.zeros((0, SIGNS // 8), np.uint64)
    return _Rows(keys, signs, np.zeros((0, SIZE), np.int8), np.zeros(0, np.intp))


def _numbers(keys: Sequence[Key]) -> NDArray[np.uint64]:
    return np.array([int(key, 16) for key in keys], np.uint64)


def _mapped(folder: Path, name: str, count: int) -> NDArray[np.uint8]:
    return np.memmap(folder / name, np.uint8, "r", shape=(count, WIDTHS[name]))


def _append(folder: Path, at: int, keys: NDArray[np.uint64], rows: Vector) -> None:
    """Write rows from place `at` on; the keys last, since a row counts once it stands in all three files."""
    parts = {
        "values": rows.tobytes(),
        "signs": np.packbits(rows > 0, axis=1).tobytes(),
        "keys": keys.astype(">u8").tobytes(),
    }
    for name, written in parts.items():
        path = folder / name
        path.touch()
        with path.open("r+b") as file:
            file.seek(at * WIDTHS[name])
            file.write(written)
            file.truncate()


def _candidates(signs: NDArray[np.uint64], vector: Vector, size: int) -> NDArray[np.intp]:
    """The rows whose signs differ in the fewest places."""
    own = np.packbits(vector > 0).view(np.uint64)
    apart = np.empty(len(signs), np.uint16)
    for first in range(0, len(signs), _AT_ONCE):
        some = signs[first : first + _AT_ONCE]
        apart[first : first + _AT_ONCE] = np.bitwise_count(some ^ own).sum(axis=1, dtype=np.uint16)
    if len(apart) <= size:
        return np.arange(len(apart))
    return np.argpartition(apart, size)[:size]


def _cosines(rows: Vector, vector: Vector) -> NDArray[np.float32]:
    wide, own = rows.astype(np.float32), vector.astype(np.float32)
    lengths = np.linalg.norm(wide, axis=1) * np.linalg.norm(own)
    return ((wide @ own) / np.where(lengths, lengths, 1)).astype(np.float32)
