"""The scaled engines beside the defaults: processor time of all processes, servers included.

    [GONGBAO_MATERIAL=FOLDER] python -m bench.engines

Reads and extracts (by the rules) the PDFs of the folder's `gazettes` that have a text layer and its texts, else the
bundled sample: with SQLite and this machine's processes, then on PostgreSQL with a Dask scheduler and two workers; and
the same of one notice, which tells what starting (servers too) takes. Then the page of a
document is asked for on both; then units that do nothing, and units that wait, are spread over one and two workers.
Writes docs/reports/engines.json.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import psutil
from fastapi.testclient import TestClient
from gongbao.corpus.cluster import Cluster
from gongbao.corpus.home import Home
from gongbao.search_api.api import create_app
from gongbao.search_api.compose import Application, Settings

from bench.measure import GONGBAO, cpu_of, gongbao
from bench.units import nothing, wait, waiting

ROOT = Path(__file__).parent.parent
POSTGRESQL = ROOT / "tests" / "services" / "postgresql"
PAGES, UNITS, WAITING = 40, 1_000, 100  # requests for a page; units without work; units that wait


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        notice = folder / "notice.txt"
        notice.write_text("关于防汛的通知\n云政发〔2024〕1号\n各县：\n市水务局负责。\n", "utf-8")
        files = _material()
        start_here, start_spread = _both(folder / "start", [notice])
        local, spread = _both(folder, files)
        pages = _pages(folder)
        found = {
            "date": date.today().isoformat(),
            "inputs": len(files),
            "local seconds": local,
            "PostgreSQL and Dask seconds": spread,
            "ratio": spread / local,
            "start seconds": start_here,
            "start of PostgreSQL and Dask seconds": start_spread,
            "ratio, start apart": (spread - start_spread) / (local - start_here),
            **pages,
            **_units(folder),
        }
    (ROOT / "docs" / "reports" / "engines.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(json.dumps(found, indent=1))


def _material() -> list[Path]:
    named = os.environ.get("GONGBAO_MATERIAL")
    if not named:
        return [ROOT / "search_api" / "sample" / "sample.pdf"]
    native = [file for file in sorted(Path(named, "gazettes").glob("*.pdf")) if not file.name.startswith("scan")]
    return [*native, Path(named, "elsewhere/text"), Path(named, "gold/more/text")]


def _both(folder: Path, files: list[Path]) -> tuple[float, float]:
    """Processor seconds here, and on PostgreSQL and Dask."""
    folder.mkdir(exist_ok=True)
    return cpu_of(partial(_read, folder / "local", files, {})), cpu_of(partial(_spread, folder, files))


def _read(home: Path, files: list[Path], environment: dict[str, str]) -> None:
    gongbao(home, "ingest", *map(str, files), environment=environment)
    gongbao(home, "extract", "--fast", environment=environment)


def _spread(folder: Path, files: list[Path]) -> None:
    with postgresql(folder / "pg") as url, workers(folder / "spread", 2, {"GONGBAO_DATABASE_URL": url}) as engine:
        _read(folder / "spread", files, {"GONGBAO_DATABASE_URL": url, "GONGBAO_ENGINE": engine})


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    started = subprocess.run([str(POSTGRESQL), "start", str(folder)], capture_output=True, text=True, check=True)
    try:
        yield started.stdout.strip()
    finally:
        subprocess.run([str(POSTGRESQL), "stop", str(folder)], check=True)


@contextmanager
def workers(home: Path, count: int, environment: dict[str, str]) -> Iterator[str]:
    """A scheduler with so many workers, all of them there; the engine's address."""
    home.mkdir(exist_ok=True)
    with ExitStack() as stack:
        place = home / "scheduler.json"
        place.unlink(missing_ok=True)
        command = ("-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file")
        _start(stack, [sys.executable, *command, str(place), "--dashboard-address", "127.0.0.1:0"], {})
        while not place.exists():
            time.sleep(0.1)
        time.sleep(0.2)
        engine = json.loads(place.read_text("utf-8"))["address"].replace("tcp://", "dask://")
        for _ in range(count):
            _start(stack, [GONGBAO, "--home", str(home), "worker", engine], environment)
        cluster = Cluster(engine, Home(home))
        while cluster.workers() < count:
            time.sleep(0.1)
        cluster.close()
        yield engine


def _start(stack: ExitStack, command: list[str], environment: dict[str, str]) -> None:
    process = subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.DEVNULL)
    stack.callback(process.wait)
    stack.callback(process.terminate)


def _pages(folder: Path) -> dict[str, float]:
    """Milliseconds of a document's page, of this process and of the database server together."""
    home = Home(folder / "local")
    backup = folder / "backup.zip"
    gongbao(home.root, "index")
    gongbao(home.root, "backup", str(backup))
    with postgresql(folder / "pages") as url:
        there = Home(folder / "there")
        gongbao(there.root, "restore", str(backup), environment={"GONGBAO_DATABASE_URL": url})
        gongbao(there.root, "index", environment={"GONGBAO_DATABASE_URL": url})
        server = _servers(url)
        here = min(_page(home, {}, []) for _ in range(3))
        spread = min(_page(there, {"GONGBAO_DATABASE_URL": url}, server) for _ in range(3))
    return {"page ms": here * 1000, "page on PostgreSQL ms": spread * 1000, "page ratio": spread / here}


def _servers(url: str) -> list[psutil.Process]:
    port = url.rpartition(":")[2].partition("/")[0]
    named = (process for process in psutil.process_iter(["cmdline"]) if port in (process.info["cmdline"] or []))
    return [process for process in named if "postgres" in process.info["cmdline"][0]]


def _page(home: Home, environment: dict[str, str], servers: list[psutil.Process]) -> float:
    os.environ.update(environment)
    app = Application(Settings(home))
    client = TestClient(create_app(app))
    documents = list(app.store.stamps())
    for document in documents[:10]:
        client.get(f"/documents/{document}").raise_for_status()
    before = time.process_time() + _used(servers)
    for number in range(PAGES):
        client.get(f"/documents/{documents[number % 10 % len(documents)]}").raise_for_status()
    took = (time.process_time() + _used(servers) - before) / PAGES
    app.close()
    for name in environment:
        del os.environ[name]
    return took


def _used(servers: list[psutil.Process]) -> float:
    """Processor seconds of these and all below them; those that have ended are counted by nobody."""
    all_ = [process for server in servers for process in (server, *server.children(recursive=True))]
    return sum(sum(process.cpu_times()[:2]) for process in all_)


def _units(folder: Path) -> dict[str, float]:
    """Processor time of a unit without work, of client, scheduler and workers; and how much faster two workers are
    than one at units that wait and need no processor, so that other work on this machine counts little."""
    own = {"PYTHONPATH": str(ROOT)}
    some = cpu_of(partial(_in_child, folder / "units", UNITS))
    more = cpu_of(partial(_in_child, folder / "units", 3 * UNITS))
    took = []
    for count in (1, 2):
        with workers(folder / "units", count, own) as engine:
            cluster = Cluster(engine, Home(folder / "units"))
            list(cluster.spread(wait, waiting, (cluster.home,), range(20)))
            since = time.monotonic()
            list(cluster.spread(wait, waiting, (cluster.home,), range(WAITING)))
            took.append(time.monotonic() - since)
            cluster.close()
    return {"ms per unit": (more - some) / (2 * UNITS) * 1000, "two workers to one": took[0] / took[1]}


def _in_child(home: Path, units: int) -> None:
    subprocess.run([sys.executable, "-m", "bench.engines", str(home), str(units)], cwd=ROOT, check=True)


def spread_nothing(home: Home, units: int) -> None:
    with workers(home.root, 1, {"PYTHONPATH": str(ROOT)}) as engine:
        cluster = Cluster(engine, home)
        list(cluster.spread(int, nothing, (home,), range(units)))
        cluster.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        spread_nothing(Home(Path(sys.argv[1])), int(sys.argv[2]))
    else:
        main()
