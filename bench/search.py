"""Search at size: index time and size, latencies beside the bare engine, deep export, incremental cost.

    python -m bench.search --documents 50000 --statements 20 [--engine embedded|elasticsearch] [--rounds 200]

A corpus made by a script (bench/synthetic.py); Elasticsearch where GONGBAO_ELASTICSEARCH_URL names a server.
Prints Markdown. Every query is drawn anew for each round, the same ones for us and for the bare engine,
in turns, so that neither profits from the other's caches.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from gongbao.corpus.home import Home
from gongbao.corpus.processes import Local
from gongbao.index.analysis import bigrams, key, words
from gongbao.index.elastic.engine import ElasticEngine, _ranked
from gongbao.index.embedded.engine import EmbeddedEngine
from gongbao.index.embedded.files import PAYLOAD
from gongbao.index.engine import (
    AnyOf,
    Ask,
    Engine,
    Everything,
    Filtered,
    Keyword,
    Phrase,
    Query,
    Range,
    Ranked,
    Term,
)
from gongbao.index.payload import read_statement
from gongbao.index.schema import EntryKind, Field, day
from gongbao.index.settings import EngineSettings, settings_from

from bench.synthetic import batches, bodies, common_words
from gongbao import index

FACETS = (Field.YEAR, Field.ISSUER, Field.BODY, Field.ROLE, Field.DUE_MONTH)
Call = Callable[[], object]


@dataclass(frozen=True, slots=True)
class QuestionShape:
    """One kind of question: how one is drawn, how we answer it and how the bare engine does."""

    name: str
    draw: Callable[[random.Random], Query]
    ours: Callable[[Engine, Query], object]
    bare: Callable[[Engine, Query], object]


def word(chance: random.Random) -> Query:
    """Two or three words, common and rare, as a question in words is sent."""
    asked = "".join(_some_word(chance) for _ in range(chance.choice([2, 3])))
    return AnyOf(tuple(Term(Field.WORDS, token) for token in dict.fromkeys(words(asked))))


def phrase(chance: random.Random) -> Query:
    pairs: tuple[str, ...] = ()
    while len(pairs) < 2:
        pairs = bigrams(_some_word(chance))
    return Phrase(Field.BIGRAMS, pairs)


def filtered(chance: random.Random) -> Query:
    """A body, its role and a quarter, with a word that ranks."""
    body, start = key(chance.choice(bodies())), date(chance.randint(2010, 2025), chance.choice([1, 4, 7, 10]), 1)
    where = (Keyword(Field.ROLE_BODY, (f"lead:{body}", f"responsible:{body}")), _days(start, 90))
    return Filtered(Ranked(Everything(), (Term(Field.WORDS, _some_word(chance)),)), where=where)


def _days(start: date, length: int) -> Range:
    return Range(Field.DUE, day(start), day(start + timedelta(days=length)))


def _some_word(chance: random.Random) -> str:
    vocabulary = common_words()
    return vocabulary[min(int(chance.paretovariate(0.35)), len(vocabulary)) - 1]


def ask(engine: Engine, query: Query) -> object:
    return [read_statement(hit) for hit in engine.search(Ask(EntryKind.STATEMENT, query)).items]


def ask_facets(engine: Engine, query: Query) -> object:
    return engine.facets(EntryKind.STATEMENT, query, FACETS)


def bare(engine: Engine, query: Query) -> object:
    """The same query, already compiled, straight to the engine's own library.

    Hits are fetched and their JSON is decoded, as Elasticsearch's client does by itself; no views are made of them.
    """
    if isinstance(engine, ElasticEngine):
        body = _ranked(Ask(EntryKind.STATEMENT, query))
        return lambda: engine._client.search(index=engine._names.alias(EntryKind.STATEMENT), body=body)
    assert isinstance(engine, EmbeddedEngine)
    snapshot = engine._reader.snapshot(EntryKind.STATEMENT)
    compiled = snapshot.compile(query)
    return lambda: [_decoded(snapshot.searcher.doc(at)) for _, at in snapshot.searcher.search(compiled, 10).hits]


def _decoded(stored: Any) -> object:
    return json.loads(stored[PAYLOAD][0])


def bare_facets(engine: Engine, query: Query) -> object:
    asked: dict[str, Any] = {f.value: {"terms": {"field": f.value, "size": 20}} for f in FACETS}
    if isinstance(engine, ElasticEngine):
        body = {
            "query": _ranked(Ask(EntryKind.STATEMENT, query))["query"],
            "aggs": asked,
            "size": 0,
            "track_total_hits": False,
        }
        return lambda: engine._client.search(index=engine._names.alias(EntryKind.STATEMENT), body=body)
    assert isinstance(engine, EmbeddedEngine)
    snapshot = engine._reader.snapshot(EntryKind.STATEMENT)
    compiled = snapshot.compile(query)
    return lambda: snapshot.searcher.aggregate(compiled, asked)


SHAPES = [
    QuestionShape("words", word, ask, bare),
    QuestionShape("phrase", phrase, ask, bare),
    QuestionShape("body + role + dates", filtered, ask, bare),
    QuestionShape("facets of a word", word, ask_facets, bare_facets),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--statements", type=int, default=20, help="per document")
    parser.add_argument("--engine", choices=["embedded", "elasticsearch"], default="embedded")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2, help="processes that make the entries")
    parser.add_argument("--folder", type=Path, help="keep the index here, and use it where it is already filled")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp())
    engine = _open(options.engine, folder)
    print(f"## {engine.name}: {options.documents:,} documents, {options.documents * options.statements:,} statements\n")
    if not engine.stamps():
        measure_indexing(engine, folder, options.documents, options.statements, options.workers)
    measure_queries(engine, options.rounds)
    measure_export(engine)
    measure_increment(engine, options.documents, options.statements)
    engine.close()


def _open(name: str, folder: Path) -> Engine:
    settings = settings_from()
    if name == "elasticsearch" and settings.url is None:
        raise SystemExit("GONGBAO_ELASTICSEARCH_URL names no server")
    embedded = EngineSettings() if name == "embedded" else settings
    return index.open_engine(Home(folder), "bench", embedded)


def measure_indexing(engine: Engine, folder: Path, documents: int, statements: int, workers: int) -> None:
    """As `gongbao.index.update` does it: entries made in so many processes, written in this one."""
    started = time.perf_counter()
    with engine.writer() as writer:
        made = Local(workers).spread(batches(statements), batches, (statements,), range(documents))
        for batch in made:
            writer.put(batch)
    took = time.perf_counter() - started
    print("| index | figure |\n| --- | --- |")
    print(f"| time, in {workers} processes | {took:.0f} s |")
    print(f"| statements a second | {documents * statements / took:,.0f} |")
    print(f"| size | {_size(engine, folder) / 1e6:,.0f} MB |")
    print(f"| peak memory of this process | {_peak():,.0f} MB |\n")


def measure_queries(engine: Engine, rounds: int) -> None:
    print("| query | clients | p50 ms | p99 ms | CPU p99 | bare p50 | bare p99 | p99 / bare |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for shape in SHAPES:
        for clients in (1, 8):
            chance = random.Random(len(shape.name))
            queries = [shape.draw(chance) for _ in range(rounds)]
            _timed(engine, shape, queries[:20], clients)  # warm
            gc.collect()
            ours, cpu, theirs = _timed(engine, shape, queries, clients)
            figures = (_rank(ours, 50), _rank(ours, 99), _rank(cpu, 99), _rank(theirs, 50), _rank(theirs, 99))
            ratio = figures[1] / figures[4]
            print(f"| {shape.name} | {clients} | " + " | ".join(f"{f:.1f}" for f in figures) + f" | {ratio:.2f} |")
    print()


def _timed(engine: Engine, shape: QuestionShape, queries: list[Query], clients: int) -> list[list[float]]:
    """Milliseconds of each query, ours (by the clock and of this process's CPU) and bare, in turns."""

    def one(query: Query) -> tuple[float, float, float]:
        prepared: Any = shape.bare(engine, query)
        pair: dict[str, tuple[float, float]] = {}
        calls: list[tuple[str, Call]] = [("ours", lambda: shape.ours(engine, query)), ("bare", prepared)]
        for name, call in calls if hash(str(query)) % 2 else calls[::-1]:
            started, cpu = time.perf_counter(), time.thread_time()
            call()
            pair[name] = ((time.perf_counter() - started) * 1000, (time.thread_time() - cpu) * 1000)
        return *pair["ours"], pair["bare"][0]

    with ThreadPoolExecutor(clients) as pool:
        times = list(pool.map(one, queries))
    return [list(column) for column in zip(*times, strict=True)]


def measure_export(engine: Engine) -> None:
    before, started, rows, first_tenth = _now(), time.perf_counter(), 0, 0.0
    total = engine.count(EntryKind.STATEMENT, Everything())
    for hit in engine.scan(EntryKind.STATEMENT, Everything()):
        read_statement(hit)
        rows += 1
        if rows == max(total // 10, 1):
            first_tenth = _now()
    took = time.perf_counter() - started
    print("| export of everything | figure |\n| --- | --- |")
    print(f"| rows | {rows:,} of {total:,} in {took:.0f} s, {rows / took:,.0f} a second |")
    print(f"| memory before, after a tenth, at the end | {before:.0f}, {first_tenth:.0f}, {_now():.0f} MB |\n")


def measure_increment(engine: Engine, documents: int, statements: int) -> None:
    made = [batches(statements)(number) for number in range(documents, documents + 10)]
    started = time.perf_counter()
    known = len(engine.stamps())
    read = time.perf_counter()
    with engine.writer() as writer:
        for batch in made:
            writer.put(batch)
    done = time.perf_counter()
    with engine.writer() as writer:
        for batch in made:
            writer.remove(batch.document)
    print("| ten documents more | figure |\n| --- | --- |")
    print(f"| reading {known:,} stamps | {read - started:.2f} s |")
    print(f"| writing ten documents | {done - read:.2f} s |")
    print(f"| removing them again | {time.perf_counter() - done:.2f} s |\n")


def _rank(times: list[float], percent: int) -> float:
    return sorted(times)[min(len(times) * percent // 100, len(times) - 1)]


def _size(engine: Engine, folder: Path) -> int:
    if isinstance(engine, ElasticEngine):
        stats = engine._client.indices.stats(index=engine._names.all, metric="store")
        return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])
    return sum(path.stat().st_size for path in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _now() -> float:
    """Resident memory that is not mapped from files, in MB."""
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(fields["RssAnon"].split()[0]) / 1024


if __name__ == "__main__":
    main()
