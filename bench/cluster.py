"""Three Elasticsearch nodes on loopback, replicas 1: one is killed during search, one during bulk; an index is rebuilt
behind its alias while it serves.

    python -m bench.cluster [--documents 400] [--statements 5]

The nodes are those of tests/services/elasticsearch (512 MB heap each), the corpus is made by a script. Writes
docs/reports/cluster.json. It takes some minutes and 3 GB.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np
from gongbao.corpus.errors import GongbaoError
from gongbao.index.elastic import ElasticEngine
from gongbao.index.engine import Ask, Everything, Ranked, Term
from gongbao.index.meaning.encoder import SIZE
from gongbao.index.schema import EntryKind, Field
from gongbao.index.settings import EngineSettings

from bench.synthetic import batches, common_words

ROOT = Path(__file__).parent.parent
SERVICE, CACHE = ROOT / "tests/services/elasticsearch", ROOT / ".cache/elasticsearch"
VERSION = os.environ.get("GONGBAO_ELASTICSEARCH_VERSION", "8.19.8")


@dataclass
class OneNode:
    """One process with its own folder; `start` also after it was killed."""

    number: int
    folder: Path
    http: int
    transport: list[int]

    def start(self) -> None:
        home = self.folder / f"elasticsearch-{VERSION}"
        own = {"ES_TMPDIR": str(self.folder / "tmp"), "ES_JAVA_OPTS": "-Xms512m -Xmx512m", "HOME": str(self.folder)}
        own["ES_JAVA_HOME"] = str(Path(shutil.which("java") or "").resolve().parents[1])
        command = [str(home / "bin/elasticsearch"), "-d", "-p", str(self.folder / "pid")]
        if os.getuid() == 0:
            subprocess.run(["chown", "-R", "nobody:nogroup", str(self.folder)], check=True)
            command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *command]
        done = subprocess.run(command, env=os.environ | own, check=False, stdout=subprocess.DEVNULL)
        if done.returncode:
            log = (home / "logs/gongbao-bench.log").read_text("utf-8", "replace")
            raise SystemExit(f"node {self.number}: {log[-3000:]}")

    def unpack(self) -> None:
        archive = CACHE / f"elasticsearch-{VERSION}.zip"
        subprocess.run(["python3", "-m", "zipfile", "-e", str(archive), str(self.folder)], check=True)
        home = self.folder / f"elasticsearch-{VERSION}"
        for program in (home / "bin").iterdir():
            program.chmod(0o755)
        seeds = ", ".join(f'"127.0.0.1:{port}"' for port in self.transport)
        lines = (
            "cluster.name: gongbao-bench",
            f"node.name: n{self.number}",
            f"discovery.seed_hosts: [{seeds}]",
            "cluster.initial_master_nodes: [n0, n1, n2]",
            "network.host: 127.0.0.1",
            f"http.port: {self.http}",
            f"transport.port: {self.transport[self.number]}",
            "xpack.security.enabled: false",
            "cluster.routing.allocation.disk.threshold_enabled: false",
        )
        (home / "config/elasticsearch.yml").write_text("\n".join(lines) + "\n", "utf-8")
        (home / "logs").mkdir(exist_ok=True)
        (self.folder / "tmp").mkdir()

    def kill(self) -> None:
        """As a machine is lost: nothing is said to anybody."""
        with_pid = self.folder / "pid"
        os.kill(int(with_pid.read_text("ascii")), signal.SIGKILL)
        with_pid.unlink()


@contextmanager
def cluster() -> Iterator[list[OneNode]]:
    subprocess.run([str(SERVICE), "fetch"], check=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        folder.chmod(0o755)
        ports = _ports(6)
        nodes = [OneNode(n, folder / str(n), ports[n], ports[3:]) for n in range(3)]
        for node in nodes:
            node.folder.mkdir()
            node.unpack()
        stack.callback(_end, nodes)
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(OneNode.start, nodes))  # each waits for the others
        yield nodes


def _end(nodes: list[OneNode]) -> None:
    for node in nodes:
        if (node.folder / "pid").exists():
            node.kill()


def _ports(count: int) -> list[int]:
    import socket

    with ExitStack() as stack:
        found = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [each.getsockname()[1] for each in found]


@dataclass
class AskedNode:
    """Answers while something happened: how many came, which errors, and the longest that one took."""

    answers: int = 0
    wrong: int = 0
    errors: int = 0
    longest: float = 0.0


@contextmanager
def asking(engine: ElasticEngine, least: int) -> Iterator[AskedNode]:
    """Questions without a pause, in a thread. `wrong`: answers that knew of fewer statements than there are."""
    seen, stop = AskedNode(), threading.Event()

    def ask() -> None:
        words = common_words()
        while not stop.is_set():
            since = time.monotonic()
            try:
                query = Ranked(Everything(), (Term(Field.WORDS, words[seen.answers % 50]),))
                found = engine.search(Ask(EntryKind.STATEMENT, query)).items
                seen.wrong += not found or engine.count(EntryKind.STATEMENT, Everything()) < least
                seen.answers += 1
            except GongbaoError:
                seen.errors += 1
            seen.longest = max(seen.longest, time.monotonic() - since)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield seen
    finally:
        stop.set()
        thread.join()


def green(engine: ElasticEngine, seconds: int = 180) -> None:
    engine._client.options(request_timeout=seconds + 10).cluster.health(wait_for_status="green", timeout=f"{seconds}s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--statements", type=int, default=5)
    options = parser.parse_args()
    with cluster() as nodes, tempfile.TemporaryDirectory() as folder:
        url = ",".join(f"http://127.0.0.1:{node.http}" for node in nodes)
        settings = EngineSettings(url=url, shards=2, replicas=1)
        engine = ElasticEngine(Path(folder), "bench", settings)
        found = {"date": date.today().isoformat(), **walk(engine, nodes, options.documents, options.statements)}
        engine.close()
    (ROOT / "docs/reports/cluster.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(json.dumps(found, indent=1))


def walk(engine: ElasticEngine, nodes: list[OneNode], documents: int, statements: int) -> dict[str, object]:
    first, then = range(documents), range(documents, 2 * documents)
    fill(engine, first, statements)
    rows = np.random.default_rng(1).integers(-127, 127, (documents, SIZE), dtype=np.int8)
    vectors = engine.vectors("bench")
    vectors.add([f"{n:032x}" for n in first], rows)
    green(engine)
    with asking(engine, documents * statements) as searched:
        time.sleep(3)
        nodes[2].kill()
        time.sleep(20)
    near = {key for key, _ in vectors.nearest(rows[7], 3)}
    counted = engine.count(EntryKind.STATEMENT, Everything()), vectors.count()
    nodes[2].start()
    green(engine)
    with asking(engine, documents * statements) as during:
        turned_away = fill(engine, then, statements, kill=nodes[1])
        left = fill(engine, then, statements) if turned_away else 0  # as `gongbao index` does when it is run again
    nodes[1].start()
    green(engine)
    whole = 2 * documents * statements
    after = engine.count(EntryKind.STATEMENT, Everything())
    names = {hit.id for hit in engine.scan(EntryKind.STATEMENT, Everything())}
    with asking(engine, whole) as rebuilt:
        fill(engine, [*first, *then], statements, fresh=True)
    return {
        "statements": whole,
        "node killed during search": asdict(searched) | {"statements found": counted[0], "vectors": counted[1]},
        "nearest passage still found": f"{7:032x}" in near,
        "node killed during bulk": asdict(during) | {"turned away": turned_away, "left": left},
        "statements after it": after,
        "distinct ids": len(names),
        "rebuilt while serving": asdict(rebuilt),
        "statements at the end": engine.count(EntryKind.STATEMENT, Everything()),
    }


def fill(
    engine: ElasticEngine,
    documents: range | list[int],
    statements: int,
    kill: OneNode | None = None,
    fresh: bool = False,
) -> int:
    """Write these documents; `kill`: at the half. How many the cluster turned away: all, where it gave no answer."""
    make = batches(statements)
    try:
        with engine.writer(fresh=fresh) as writer:
            for done, number in enumerate(documents):
                writer.put(make(number))
                if kill and done == len(documents) // 2:
                    writer.commit()
                    kill.kill()
            writer.commit()
            return len(writer.rejected())
    except GongbaoError as error:
        if kill is None:
            raise
        print(error)
        return len(documents)


if __name__ == "__main__":
    main()
