"""The stage that gives passages their directions: what has none yet, as often as it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from gongbao.corpus.processes import ALONE, Hands, must_be_same
from gongbao.index.engine import Engine, Everything, Progress
from gongbao.index.meaning.encoder import Encoder, Vector
from gongbao.index.meaning.finished import Finished, held_by
from gongbao.index.meaning.passages import key_of, read_as
from gongbao.index.meaning.vectors import Key, Vectors
from gongbao.index.payload import read_passage
from gongbao.index.schema import EntryKind

_ROUND = 20_000  # passages looked at before their directions are made: bounds memory
_CHUNK = 32  # texts that a process takes at once; a killed run loses at most these

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class EmbedReport:
    """`passages` of the index that say something, distinct ones; `added`: how many of them were new."""

    passages: int
    added: int


@dataclass(frozen=True, slots=True)
class _Text:
    key: Key
    read: str
    title: str


def embed(
    engine: Engine,
    encoder: Encoder,
    *,
    progress: Progress | None = None,
    hands: Hands = ALONE,
) -> EmbedReport:
    """Afterwards every passage of the index that says something has its direction.

    What another run made stays, also one that was killed. NoEncoder where the model cannot be used, Busy where
    another process does this, IndexMissing where nothing is indexed.
    """
    encoder.check()
    vectors = engine.vectors(encoder.version)
    held = held_by(engine.stamps())
    total, seen, added, looked = engine.count(EntryKind.PASSAGE, Everything()), set[Key](), 0, 0
    with vectors.writing():
        for some in _parted(_texts(engine), _ROUND):
            for chunk, rows in _made(encoder, _new(some, vectors), hands):
                vectors.add([text.key for text in chunk], rows)
                added += len(chunk)
                if progress:
                    progress(min(looked + added, total), total, chunk[-1].title)
            looked += len(some)
            seen.update(text.key for text in some)
        vectors.keep(seen)
        vectors.finish(Finished(held, len(seen), engine.revision() or ""))
    return EmbedReport(len(seen), added)


def embedded(engine: Engine, vectors: Vectors) -> tuple[int, int]:
    """How many of the passages that say something have their direction, and how many there are; reads them all."""
    ready, seen = 0, set[Key]()
    for some in _parted(_texts(engine), _ROUND):
        new = {text.key for text in some} - seen
        ready += len(new) - len(vectors.missing(sorted(new)))
        seen |= new
    return ready, len(seen)


def _texts(engine: Engine) -> Iterator[_Text]:
    for hit in engine.scan(EntryKind.PASSAGE, Everything()):
        passage = read_passage(hit)
        ref = passage.document
        key = key_of(ref.title, ref.issuer, passage.text)
        if key:
            yield _Text(key, read_as(ref.title, passage.text), ref.title)


def _new(some: tuple[_Text, ...], vectors: Vectors) -> list[tuple[_Text, ...]]:
    by_key = {text.key: text for text in some}
    return list(_parted((by_key[key] for key in vectors.missing(list(by_key))), _CHUNK))


def _parted(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    left = iter(items)
    while part := tuple(islice(left, size)):
        yield part


def _made(
    encoder: Encoder, chunks: list[tuple[_Text, ...]], hands: Hands
) -> Iterator[tuple[tuple[_Text, ...], Vector]]:
    read = [[text.read for text in chunk] for chunk in chunks]
    yield from zip(chunks, hands.spread(encoder.embed, _embedding, (encoder.version,), read), strict=True)


def _embedding(version: str) -> Callable[[list[str]], Vector]:
    """`Encoder.embed` in a process of its own."""
    encoder = Encoder()
    must_be_same(version, encoder.version)
    return encoder.embed
