"""Questions with meaning at size: latencies with and without it, memory, room a passage takes, texts embedded a second.

    python -m bench.near FOLDER [--directions 1000000] [--rounds 200]

FOLDER holds an embedded index, as `python -m bench.search --folder FOLDER` leaves it.
Its passages get directions drawn at random where they have none, and more are added up to `--directions`: they cost
what true ones cost to search. How fast true ones are made is measured over `_TEXTS` of the length that passages of
gazettes have, in processor time of one core. Prints Markdown.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np
from gongbao.corpus.home import Home
from gongbao.corpus.register import Register
from gongbao.index.engine import Engine, Everything
from gongbao.index.meaning.embed import _texts
from gongbao.index.meaning.encoder import SIZE, Encoder
from gongbao.index.meaning.finished import Finished, held_by
from gongbao.index.meaning.near import Meaning
from gongbao.index.schema import EntryKind
from gongbao.index.service import Service
from gongbao.index.settings import EngineSettings
from gongbao.index.synonyms import Synonyms

from bench.search import _now, _rank, _some_word
from gongbao import index

_TODAY = date(2026, 11, 30)
_AT_ONCE = 20_000  # directions drawn at once
_TEXTS, _LENGTH = 200, 90  # texts embedded for the rate; characters of each, the mean of passages of gazettes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--directions", type=int, default=0, help="at least so many are looked through")
    options = parser.parse_args()
    encoder, engine = Encoder(), index.open_engine(Home(options.folder), "bench", EngineSettings())
    fill(engine, encoder)
    crowd(engine, encoder, options.directions)
    passages, directions = engine.count(EntryKind.PASSAGE, Everything()), engine.vectors(encoder.version).count()
    print(f"## {directions:,} directions, {passages:,} passages\n", flush=True)
    print("| | figure |\n| --- | --- |")
    print(f"| bytes a passage | {_bytes(options.folder, engine, encoder):.0f} |")
    print(f"| passages embedded a second of one core | {rate(encoder):.0f} |\n", flush=True)
    measure(engine, encoder, options.rounds)
    engine.close()


def fill(engine: Engine, encoder: Encoder) -> None:
    """Every passage that says something has a direction afterwards, drawn where there is none yet."""
    vectors, chance, seen = engine.vectors(encoder.version), np.random.default_rng(1), 0
    texts = _texts(engine) if not vectors.count() else iter(())
    while some := list(dict.fromkeys(text.key for text in islice(texts, _AT_ONCE))):
        vectors.add(some, chance.integers(-127, 128, (len(some), SIZE)).astype(np.int8))
        seen += len(some)
    if seen:
        vectors.finish(Finished(held_by(engine.stamps()), vectors.count()))


def crowd(engine: Engine, encoder: Encoder, wanted: int) -> None:
    """Directions that no passage has, drawn until there are so many."""
    vectors, chance = engine.vectors(encoder.version), np.random.default_rng(2)
    while (left := wanted - vectors.count()) > 0:
        count = min(left, _AT_ONCE)
        keys = [f"{number:016x}" for number in chance.integers(1 << 62, size=count).tolist()]
        vectors.add(keys, chance.integers(-127, 128, (count, SIZE)).astype(np.int8))


def rate(encoder: Encoder) -> float:
    """Texts a second of processor time."""
    chance = random.Random(1)
    texts = [_text(chance) for _ in range(_TEXTS)]
    encoder.embed(texts[:8])
    started = time.process_time()
    encoder.embed(texts)
    return len(texts) / (time.process_time() - started)


def _text(chance: random.Random) -> str:
    text = ""
    while len(text) < _LENGTH:
        text += _some_word(chance)
    return text[:_LENGTH]


def measure(engine: Engine, encoder: Encoder, rounds: int) -> None:
    """One client; the same questions by words alone and with meaning."""
    register, synonyms = Register.load(), Synonyms.load()
    words, both = Service(engine, register, synonyms), Service(engine, register, synonyms, Meaning(engine, encoder))
    head = "| question | p50 ms | p99 ms | CPU p50 | CPU p99 | memory before, afterwards |"
    print(head + "\n| --- | --- | --- | --- | --- | --- |", flush=True)
    for name, ask in _ways(words, both):
        chance = random.Random(7)
        questions = ["".join(_some_word(chance) for _ in range(3)) + ask_of for ask_of in _endings(chance, rounds)]
        for question in questions[:20]:
            ask(question)
        before, times = _now(), [_timed(ask, question) for question in questions]
        ranks = (_rank(list(column), percent) for column in zip(*times, strict=True) for percent in (50, 99))
        figures = " | ".join(f"{rank:.0f}" for rank in ranks)
        print(f"| {name} | {figures} | {before:.0f}, {_now():.0f} MB |", flush=True)


def _endings(chance: random.Random, rounds: int) -> Iterator[str]:
    return (chance.choice(["", "由谁负责", "什么时候完成"]) for _ in range(rounds))


def _ways(words: Service, both: Service) -> list[tuple[str, Callable[[str], object]]]:
    return [
        ("search, words alone", lambda question: words.search(question, today=_TODAY)),
        ("search, with meaning", lambda question: both.search(question, today=_TODAY)),
        ("ask, words alone", lambda question: words.ask(question, today=_TODAY)),
        ("ask, with meaning", lambda question: both.ask(question, today=_TODAY)),
    ]


def _timed(ask: Callable[[str], object], question: str) -> tuple[float, float]:
    """Milliseconds by the clock and of this process's CPU."""
    started, cpu = time.perf_counter(), time.process_time()
    ask(question)
    return (time.perf_counter() - started) * 1000, (time.process_time() - cpu) * 1000


def _bytes(folder: Path, engine: Engine, encoder: Encoder) -> float:
    files = (file for file in folder.rglob(f"{encoder.version}/*/*") if file.is_file())
    return sum(file.stat().st_size for file in files) / engine.vectors(encoder.version).count()


if __name__ == "__main__":
    main()
