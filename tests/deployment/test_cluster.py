"""Work spread by a real Dask scheduler over three worker processes, one of which is killed at its work."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pytest
from gongbao.corpus.cluster import Cluster, scheduler_address
from gongbao.corpus.errors import ServiceUnavailable, UsageError
from gongbao.corpus.home import Home
from gongbao.corpus.store import Store
from gongbao.ingest import far
from gongbao.search_api.compose import Application, IngestStatus, Settings

from tests.conftest import SAMPLE
from tests.servers import GONGBAO, free_port, scheduler, wait_for

NOTICE = "云川市人民政府关于加强防汛工作的通知\n云政发〔2024〕{}号\n各县（市、区）人民政府：\n市水务局负责防汛工作。\n"


@dataclass
class Team:
    """A scheduler and workers on one home."""

    home: Path
    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)


def start(*command: str) -> subprocess.Popen[bytes]:
    """Where it finds this file too: workers are given its functions."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    home, port = tmp_path_factory.mktemp("home"), free_port()
    with ExitStack() as stack:
        found = Team(home, f"dask://127.0.0.1:{port}", stack.enter_context(start(*scheduler(port))))
        stack.callback(found.scheduler.kill)
        wait_for(f"http://127.0.0.1:{port}")
        for _ in range(3):
            worker = stack.enter_context(start(GONGBAO, "--home", str(home), "worker", found.address))
            stack.callback(worker.kill)
            found.workers.append(worker)
        yield found


def doubling(home: Home) -> Callable[[int], tuple[int, int]]:
    return doubled


def doubled(number: int) -> tuple[int, int]:
    time.sleep(0.02)
    return 2 * number, os.getpid()


def failing(home: Home) -> Callable[[int], tuple[int, int]]:
    return _fail


def _fail(number: int) -> tuple[int, int]:
    raise UsageError(f"不是 {number}", "改正")


def _all_have_come(cluster: Cluster, count: int) -> None:
    until = time.monotonic() + 30
    while cluster.workers() < count:
        assert time.monotonic() < until
        time.sleep(0.1)


def test_a_lost_worker_costs_only_its_units(team: Team) -> None:
    cluster = Cluster(team.address, Home(team.home))
    _all_have_come(cluster, 3)
    made, processes = [], set()
    for value, process in cluster.spread(doubled, doubling, (cluster.home,), range(150)):
        made.append(value)
        processes.add(process)
        if len(made) == 40:
            team.workers[0].send_signal(signal.SIGKILL)
    assert made == [2 * number for number in range(150)]
    assert len(processes) == 3
    assert os.getpid() not in processes
    with pytest.raises(UsageError, match=r"不是 0（改正）"):
        list(cluster.spread(_fail, failing, (cluster.home,), range(5)))
    cluster.close()


def _material(folder: Path) -> Path:
    made = folder / "公报"
    made.mkdir()
    for name, number in (("甲.txt", 1), ("乙.txt", 2), ("乙二.txt", 2)):
        (made / name).write_text(NOTICE.format(number), "utf-8")
    (made / "坏.pdf").write_bytes(b"%PDF-1.7 broken")
    (made / "照片.jpg").write_bytes(b"x")
    with zipfile.ZipFile(made / "包.zip", "w") as archive:
        archive.writestr("丙.txt", NOTICE.format(3))
    return made


def test_what_is_read_and_extracted_is_what_one_machine_finds(team: Team, tmp_path: Path) -> None:
    """Text files, one twice, a PDF that is none, what is no document, a file in an archive."""
    folder = _material(tmp_path)
    there = Application(Settings(Home(team.home), engine=team.address))
    here = Application(Settings(Home(tmp_path / "here"), workers=1))
    told = [[(each.path.name, each.status) for each in app.ingest([folder])] for app in (here, there)]
    assert told[0] == told[1]
    assert {status for _, status in told[0]} == {
        IngestStatus.ADDED,
        IngestStatus.UNCHANGED,
        IngestStatus.FAILED,
        IngestStatus.SKIPPED,
    }
    for app in (here, there):
        assert app.extract(fast=True).failures == ()
    assert list(there.store.documents()) == list(here.store.documents())
    assert there.store.ledger.all() == here.store.ledger.all()
    for document in here.store.texts():
        assert there.store.own_extraction(document.id) == here.store.own_extraction(document.id)
    again = {each.status for each in there.ingest([folder])}
    assert IngestStatus.ADDED not in again
    assert there.extract(fast=True).documents == 0
    here.close()
    there.close()


def test_a_long_file_is_read_in_ranges_of_pages(
    team: Team, sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(far, "_LONG", 0)
    monkeypatch.setattr(far, "PAGES", 4)  # of its eleven
    there = Application(Settings(Home(team.home), engine=team.address))
    (outcome,) = there.ingest([SAMPLE / "sample.pdf"])
    here = Store.open(Home(sample_home))
    expected = list(here.documents())
    assert outcome.documents == len(expected)
    assert [each for each in there.store.documents() if each.source.file == "sample.pdf"] == expected
    here.close()
    there.close()


def test_a_scheduler_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongbao.corpus.cluster._SECONDS", 0.5)
    cluster = Cluster(f"dask://127.0.0.1:{free_port()}", Home(tmp_path))
    with pytest.raises(ServiceUnavailable, match="连不上调度器"):
        list(cluster.spread(doubled, doubling, (cluster.home,), range(3)))


def test_a_scheduler_that_goes_away(team: Team) -> None:
    """The last test of these: what was finished was handed over, and the remedy says how to go on."""
    cluster, made = Cluster(team.address, Home(team.home)), []
    results = cluster.spread(doubled, doubling, (cluster.home,), range(500))
    made += [value for value, _ in islice(results, 20)]
    team.scheduler.send_signal(signal.SIGKILL)
    with pytest.raises(ServiceUnavailable, match=r"连不上调度器.*只做没做完的"):
        made.extend(value for value, _ in results)
    assert made == [2 * number for number in range(len(made))]
    assert 20 <= len(made) < 500
    cluster.close()


@pytest.mark.parametrize(
    ("engine", "address"), [("dask://主机:8786", "tcp://主机:8786"), ("dask+tls://10.0.0.1:1", "tls://10.0.0.1:1")]
)
def test_addresses(engine: str, address: str) -> None:
    assert scheduler_address(engine) == address


@pytest.mark.parametrize("engine", ["", "lokal", "dask://主机", "dask://:8786", "tcp://主机:8786"])
def test_what_is_no_engine(engine: str) -> None:
    with pytest.raises(UsageError, match="写 local，或 dask://"):
        scheduler_address(engine)
