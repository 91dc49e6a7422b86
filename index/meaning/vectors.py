"""What keeps the directions of passages: one protocol, an implementation for each engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from gongbao.index.meaning.encoder import Vector
from gongbao.index.meaning.finished import Finished

# The key of a passage's direction: 16 hexadecimal digits, from what was read (gongbao.index.meaning.passages).
Key = str


class Vectors(Protocol):
    """The directions of one home's passages, all of one model. Reading is safe in many threads beside one writer."""

    def count(self) -> int: ...

    def missing(self, keys: Sequence[Key]) -> list[Key]:
        """Those of the keys that have no direction yet, each once, in order."""

    def add(self, keys: Sequence[Key], rows: Vector) -> None:
        """Keep them; what was added lasts, also where the process is killed afterwards."""

    def keep(self, keys: Iterable[Key]) -> None:
        """Forget all others, where they have become many."""

    def finished(self) -> Finished | None:
        """The last state of the index of which every passage had its direction."""

    def finish(self, state: Finished) -> None: ...

    def nearest(self, vector: Vector, size: int, among: Sequence[Key] | None = None) -> list[tuple[Key, float]]:
        """Keys with the cosine (-1..1) of their direction, nearest first, `among` these where that is said."""

    def writing(self) -> AbstractContextManager[None]:
        """Keep other writers out; Busy where another writes."""
