"""Whatever is at work is killed without warning, at a moment drawn anew: nothing is lost, twice or in need of repair.

    python -m bench.kills [--kills 100] [--seed 1] [ingest extract index embed states upload migration backup restore]

On the bundled sample gazette. Each time the work is begun in a process of its own, killed (SIGKILL) somewhere within
the time that it takes, and done again; then everything must be as if it had never been killed, and no process of it be
left. Prints Markdown; exit code 1 where anything was not so.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from gongbao.corpus.backup import restore_backup, write_backup
from gongbao.corpus.desk import Change, DeskSubject, State, Wanted
from gongbao.corpus.failure import EntryState
from gongbao.corpus.files import UPLOADS
from gongbao.corpus.home import Home
from gongbao.corpus.store import Store
from gongbao.search_api.compose import Application, Settings
from gongbao.search_api.jobs import Jobs

SAMPLE = Path(__file__).parents[1] / "search_api" / "sample" / "sample.pdf"
NOTICE = "云川市人民政府关于加强防汛工作的通知\n云政发〔2024〕91号\n各县（市、区）人民政府：\n市水务局负责防汛工作。\n"
_TIMES = ("changed", "added", "at")  # columns that differ from run to run
_READY, _DID = "ready", "did"
_GONE_WITHIN = 15.0  # seconds that helpers of a killed process may take to notice


@dataclass(frozen=True, slots=True)
class KillTrial:
    """`before`: what was done to the home already; `work` in the process that is killed, which tells of each piece
    that it promises to keep; `faults` of the home once the work was done again, given what was told."""

    before: tuple[str, ...]
    work: Callable[[Application, Path], None]
    faults: Callable[[Application, Path, list[str], dict[str, object]], Iterable[str]]


# --- the stages


def _ingest(app: Application, _beside: Path) -> None:
    list(app.ingest([SAMPLE]))


def _extract(app: Application, _beside: Path) -> None:
    app.extract(fast=True)


def _index(app: Application, _beside: Path) -> None:
    app.index()


def _embed(app: Application, _beside: Path) -> None:
    app.embed()


_STAGES = {"ingest": _ingest, "extract": _extract, "index": _index, "embed": _embed}


def _as_never_killed(app: Application, beside: Path, _told: list[str], reference: dict[str, object]) -> Iterator[str]:
    """The stages are done again as they are: no option, nothing removed."""
    for stage in _STAGES.values():
        stage(app, beside)
    if records(app.store) != reference["records"]:
        yield "records are others"
    if app.engine.stamps() != app.store.stamps():
        yield "the index holds something else"
    state = app.meaning.state()
    if state.missing or state.ready != reference["passages"]:
        yield f"{state.ready} of {reference['passages']} passages have their direction"


# --- 台账


def _states(app: Application, _beside: Path) -> None:
    """States of one task, one after another, each told once it is kept."""
    subject = _subject(app)
    for version in range(10_000):
        change = Change(state=(State.RUNNING, State.PAUSED)[version % 2], note=str(version))
        app.store.desk.write([Wanted(subject, change, version)], "林知远", app.settings.today)
        print(_DID, version, flush=True)


def _history_holds(app: Application, _beside: Path, told: list[str], _reference: dict[str, object]) -> Iterator[str]:
    if not told and not app.store.desk.snapshot().all:  # killed before anything was kept
        return
    (item,) = app.store.desk.snapshot().all
    notes = [entry.change.note for entry in app.store.desk.history(item.key)]
    if notes != [str(number) for number in range(len(notes))]:
        yield f"the history is {notes[-5:]}"
    if not len(told) <= len(notes) <= len(told) + 1:
        yield f"{len(told)} were told as kept, {len(notes)} are there"
    if (item.version, item.note) != (len(notes), notes[-1]):
        yield "the item is not what its history says"


def _subject(app: Application) -> DeskSubject:
    """The first task that is found."""
    for document in app.store.documents():
        extraction = app.store.extraction(document.id)
        if extraction and extraction.assignments:
            return DeskSubject.of_task(document, extraction.assignments[0])
    raise LookupError("no task")


# --- uploads


def _upload(app: Application, _beside: Path) -> None:
    """As the server does after it answered 202; work on it goes on in a thread."""
    from fastapi import UploadFile
    from gongbao.search_api.http.received import accept

    accept(Jobs(app), "管理员", [UploadFile(BytesIO(NOTICE.encode()), filename="通知.txt")])
    print(_DID, "accepted", flush=True)
    time.sleep(30)


def _upload_is_read(app: Application, _beside: Path, told: list[str], _reference: dict[str, object]) -> Iterator[str]:
    jobs = Jobs(app)
    jobs.serve()
    for job in jobs.all():
        list(jobs.follow(job.id))
    jobs.stop()
    found = [document.number for document in app.store.documents()].count("云政发〔2024〕91号")
    if told and found != 1:
        yield f"the upload was answered and is there {found} times"
    if app.store.ledger.entries(EntryState.WAITING):
        yield "the ledger says that it waits still"
    if app.store.files.names(UPLOADS):
        yield "its file was left lying"


# --- migration, backup, restore


def _migrate(app: Application, _beside: Path) -> None:
    """The home was made two revisions ago (see `_age`)."""
    assert app.store.id


def _age(home: Home) -> None:
    with sqlite3.connect(home.database) as old:
        tables = [
            name for (name,) in old.execute("SELECT name FROM sqlite_master WHERE name LIKE 'desk_%' AND type='table'")
        ]
        for table in tables:
            old.execute(f"DROP TABLE {table}")
        old.execute("UPDATE alembic_version SET version_num = '0002'")
    old.close()


def _is_whole(app: Application, _beside: Path, _told: list[str], reference: dict[str, object]) -> Iterator[str]:
    if records(app.store) != reference["records"]:
        yield "records are others"
    if app.store.desk.snapshot().all:
        yield "the 台账 holds something"


def _backup(app: Application, beside: Path) -> None:
    write_backup(app.store, beside / "备份.zip")


def _backup_holds(app: Application, beside: Path, _told: list[str], reference: dict[str, object]) -> Iterator[str]:
    """What stands there is whole, or nothing stands there and the next one succeeds."""
    target = beside / "备份.zip"
    if not target.exists():
        write_backup(app.store, target)
    again = Home(beside / "again")
    restore_backup(target, again)
    yield from _is_whole(Application(Settings(again)), beside, [], reference)


def _restore(app: Application, beside: Path) -> None:
    restore_backup(beside / "备份.zip", Home(beside / "again"))


def _restored(app: Application, beside: Path, _told: list[str], reference: dict[str, object]) -> Iterator[str]:
    again = Application(Settings(Home(beside / "again")))
    if not list(again.store.issues()):
        again.close()
        restore_backup(beside / "备份.zip", Home(beside / "again"))
    yield from _is_whole(Application(Settings(Home(beside / "again"))), beside, [], reference)


_ALL = tuple(_STAGES)
TRIALS = {
    "ingest": KillTrial((), _ingest, _as_never_killed),
    "extract": KillTrial(_ALL[:1], _extract, _as_never_killed),
    "index": KillTrial(_ALL[:2], _index, _as_never_killed),
    "embed": KillTrial(_ALL[:3], _embed, _as_never_killed),
    "states": KillTrial(_ALL[:2], _states, _history_holds),
    "upload": KillTrial(_ALL[:3], _upload, _upload_is_read),
    "migration": KillTrial(_ALL[:2], _migrate, _is_whole),
    "backup": KillTrial(_ALL[:2], _backup, _backup_holds),
    "restore": KillTrial(_ALL[:2], _restore, _restored),
}


# --- killing


class Bench:
    """Homes with each part of the work done, made once below `root`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._homes: dict[tuple[str, ...], Path] = {}
        whole = self._home(_ALL)
        app = Application(Settings(Home(whole), workers=1))
        self.reference: dict[str, object] = {
            "records": records(app.store),
            "passages": app.meaning.state().ready,
        }
        app.close()

    def _home(self, done: tuple[str, ...]) -> Path:
        if done not in self._homes:
            path = self._root / f"made-{len(done)}"
            app = Application(Settings(Home(path), workers=1))
            assert app.store.id
            for stage in done:
                _STAGES[stage](app, self._root)
            app.close()
            self._homes[done] = path
        return self._homes[done]

    def kill(self, name: str, chance: random.Random) -> tuple[float, list[str]]:
        """One trial: seconds until it was killed, and what was wrong afterwards."""
        trial = TRIALS[name]
        with tempfile.TemporaryDirectory(dir=self._root) as folder:
            beside = Path(folder)
            home = Home(beside / "home")
            shutil.copytree(self._home(trial.before), home.root)
            self._arrange(name, home, beside)
            after, told, left = _killed(name, home, beside, chance)
            app = Application(Settings(home, workers=1))
            faults = [*left, *trial.faults(app, beside, told, self.reference)]
            app.close()
        return after, faults

    def _arrange(self, name: str, home: Home, beside: Path) -> None:
        if name == "migration":
            _age(home)
        if name == "restore":
            store = Store.open(home)
            write_backup(store, beside / "备份.zip")
            store.close()


_LASTS = {"ingest": 2.5, "extract": 2.5, "index": 1.0, "embed": 1.5, "states": 1.5, "upload": 4.0}  # seconds, about


def _killed(name: str, home: Home, beside: Path, chance: random.Random) -> tuple[float, list[str], list[str]]:
    """After how many seconds; what it had told; what it left running."""
    command = [sys.executable, "-m", "bench.kills", "--child", name, str(home.root), str(beside)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert child.stdout
    child.stdout.readline()  # it begins now
    after = chance.random() * _LASTS.get(name, 0.15)
    time.sleep(after)
    os.kill(child.pid, signal.SIGKILL)
    told = [line for line in child.stdout.read().splitlines() if line.startswith(_DID)]
    child.stdout.close()
    child.wait()
    until = time.monotonic() + _GONE_WITHIN
    while time.monotonic() < until:
        try:
            os.killpg(child.pid, 0)
        except ProcessLookupError:
            return after, told, []
        time.sleep(0.05)
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    return after, told, [f"helpers were left running {_GONE_WITHIN:.0f} s later"]


def records(store: Store) -> dict[str, list[str]]:
    """Every table that the stages fill, without its times."""
    found = {}
    for name, lines in store.dump():
        rows = [{key: value for key, value in json.loads(line).items() if key not in _TIMES} for line in lines]
        if name in ("issues", "documents", "extractions", "places", "ledger"):
            found[name] = [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows]
    return found


def main(kills: int, seed: int, names: list[str]) -> int:
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        print("| 工作 | SIGKILL | 之后不对 |\n| --- | ---: | --- |", flush=True)
        for place, name in enumerate(names):
            times = kills // len(names) + (place < kills % len(names))
            found = [bench.kill(name, random.Random(f"{seed}{name}{number}")) for number in range(times)]
            faults = [f"{after:.2f} s: {fault}" for after, told in found for fault in told]
            wrong += len(faults)
            print(f"| {name} | {times} | {'；'.join(faults) or '无'} |", flush=True)
    return 1 if wrong else 0


def work(name: str, home: Path, beside: Path) -> None:
    """In the process that is killed."""
    app = Application(Settings(Home(home), workers=1))
    print(_READY, flush=True)
    TRIALS[name].work(app, beside)
    print("done", flush=True)
    time.sleep(30)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        work(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
        sys.exit(0)
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("names", nargs="*", choices=[*TRIALS, []])
    given = parser.parse_args()
    sys.exit(main(given.kills, given.seed, given.names or list(TRIALS)))
