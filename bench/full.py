"""A disk that is full at every moment of the work: one clear line, nothing lost, and on it goes when there is room.

    python -m bench.full [--from 0.5] [--to 3] [--step 0.25]   (megabytes)

The bundled sample is read, extracted, indexed and embedded on a disk (tmpfs) of each size; then a file is uploaded and
a task reviewed while nothing fits any more. The disk grows, all is done again, and everything must be as on a large
disk.
Prints Markdown; exit code 1 where anything was not so. Linux, where a user may mount (`unshare -rm`).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path

from gongbao.corpus.errors import GongbaoError
from gongbao.corpus.home import Home
from gongbao.corpus.reviews import Verdict
from gongbao.search_api.compose import Application, Settings
from gongbao.search_api.jobs import Jobs
from gongbao.search_api.reviewing import Proposal, submit_review

from bench.kills import NOTICE, SAMPLE, records

GONGBAO = Path(sys.executable).with_name("gongbao")
_LARGE = 64.0  # megabytes
_FULL = ("磁盘已满", "磁盘空间", "No space left")
_STAGES = ("ingest", "extract", "index", "embed")


@dataclass(frozen=True, slots=True)
class FullOutcome:
    """`stage`: where it stopped, "" where all fitted; `told`: its last line; `faults`: what was not as it should be."""

    stage: str
    told: str
    faults: tuple[str, ...]


def on_a_disk_of(megabytes: float, folder: Path, reference: Path) -> FullOutcome:
    """In a process of its own, whose mounts nobody else sees."""
    command = ["unshare", "-rm", sys.executable, "-m", "bench.full", "--child", str(megabytes), str(folder)]
    done = subprocess.run([*command, str(reference)], capture_output=True, text=True, timeout=300)
    if done.returncode:
        return FullOutcome("", done.stderr[-300:], ("the bench itself failed",))
    found = json.loads(done.stdout.splitlines()[-1])
    return FullOutcome(found["stage"], found["told"], tuple(found["faults"]))


def write_reference(folder: Path) -> Path:
    """The records of the sample, from a disk with room."""
    app = _app(folder / "reference")
    list(app.ingest([SAMPLE]))
    app.extract(fast=True)
    path = folder / "reference.json"
    path.write_text(json.dumps(records(app.store)), "utf-8")
    app.close()
    return path


# --- in the process


def _child(megabytes: float, folder: Path, reference: Path) -> FullOutcome:
    _mount(megabytes, folder)
    stage, told = _fill(folder / "home")
    faults = list(_told_wrong(stage, told))
    if not stage:
        return FullOutcome(stage, told, tuple(faults))
    taken, refused = _write_anyway(folder / "home")
    faults += refused
    _mount(_LARGE, folder, "remount,")
    again, said = _fill(folder / "home")
    if again:
        faults.append(f"with room: {said}")
    return FullOutcome(stage, told, (*faults, *_lost(folder / "home", reference, taken)))


def _mount(megabytes: float, folder: Path, again: str = "") -> None:
    size = f"{again}size={int(megabytes * 1024)}k"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "none", folder], check=True)


def _fill(home: Path) -> tuple[str, str]:
    """The stage that did not succeed ("" where all did) and the last line that it said."""
    for stage in _STAGES:
        words = [stage, *(["--fast"] if stage == "extract" else []), *([str(SAMPLE)] if stage == "ingest" else [])]
        done = subprocess.run([GONGBAO, "--home", home, *words], capture_output=True, text=True)
        if done.returncode:
            return stage, done.stdout + done.stderr
    return "", ""


def _told_wrong(stage: str, told: str) -> Iterator[str]:
    if "Traceback" in told:
        yield "a traceback"
    if stage and not any(word in told for word in _FULL):
        yield "does not say that the disk is full"


def _write_anyway(home: Path) -> tuple[bool, list[str]]:
    """An upload and a review while nothing fits: whether the upload was taken, and what was said wrongly."""
    faults: list[str] = []
    try:
        app = _app(home)
        app.store.files.put("filler", BytesIO(b"\0" * (1 << 27)))
    except GongbaoError:
        pass
    taken = False
    for work in (_upload, _review):
        try:
            taken |= work(_app(home))
        except GongbaoError as error:
            faults += _told_wrong("full", str(error))
        except Exception as error:
            faults.append(f"{work.__name__}: {type(error).__name__}: {error}"[:200])
    (home / "files" / "filler").unlink(missing_ok=True)
    return taken, faults


def _upload(app: Application) -> bool:
    Jobs(app).receive([("通知.txt", BytesIO(NOTICE.encode()))], "管理员")
    return True


def _review(app: Application) -> bool:
    for document in app.store.documents():
        extraction = app.store.extraction(document.id)
        if extraction and extraction.assignments:
            submit_review(app, document, Proposal(Verdict.CONFIRMED, extraction.assignments[0].id), "林知远")
            break
    return False


def _lost(home: Path, reference: Path, taken: bool) -> Iterator[str]:
    app = _app(home)
    if taken:
        return
    if records(app.store) != json.loads(reference.read_text("utf-8")):
        yield "records are others"
    if app.engine.stamps() != app.store.stamps():
        yield "the index holds something else"


def _app(home: Path) -> Application:
    return Application(Settings(Home(home), workers=1))


def main(first: float, last: float, step: float) -> int:
    wrong = 0
    print("| MB | 停在 | 说 | 不对 |\n| ---: | --- | --- | --- |", flush=True)
    with tempfile.TemporaryDirectory() as name:
        reference = write_reference(Path(name))
        for number in range(int((last - first) / step) + 1):
            folder = Path(name) / f"disk-{number}"
            folder.mkdir()
            found = on_a_disk_of(first + number * step, folder, reference)
            wrong += len(found.faults)
            told = found.told.strip().splitlines()[-1:] or [""]
            cells = (f"{first + number * step:g}", found.stage or "–", told[0][:90], "；".join(found.faults) or "无")
            print(f"| {' | '.join(cells)} |", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        print(json.dumps(asdict(_child(float(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4])))))
        sys.exit(0)
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="first", type=float, default=0.5)
    parser.add_argument("--to", dest="last", type=float, default=3.0)
    parser.add_argument("--step", type=float, default=0.25)
    given = parser.parse_args()
    sys.exit(main(given.first, given.last, given.step))
