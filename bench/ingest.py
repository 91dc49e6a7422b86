"""How fast gazettes are read, side by side with pdfplumber in one run; ratios, not absolute figures.

usage: GONGBAO_MATERIAL=FOLDER python -m bench.ingest [--pages N] [FILE…]

Without FILE: every PDF with a text layer in the folder's `gazettes`. For each file the CPU time
(start-up apart) of reading it here against pdfplumber's `extract_text` + `extract_tables`, of the
whole file and of its pages without tables; and of whole commands, as a user feels them: `gongbao ingest`
into a new home with all its processes, start-up included and apart, against a program that does only
that with pdfplumber (three rounds, the least of each). Then, on one file repeated to N pages (default 600),
the wall time of one and two workers and the peak memory of a worker on 121 and on N pages.
"""

from __future__ import annotations

import argparse
import atexit
import logging
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
from gongbao.ingest.build import build
from gongbao.ingest.files import read_file, source_of
from gongbao.ingest.pool import PAGES_PER_OPENING
from gongbao.ingest.read import PageReading, Request, read

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it complains about Type 3 fonts, page after page
ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "search_api" / "sample" / "sample.pdf"
_ROUNDS = 3
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # no user's machine compiles the program anew for every command
_GONGBAO = [sys.executable, "-c", "from gongbao.search_api.cli import main; main()"]
_NAIVE = """
import logging, sys, pdfplumber
logging.getLogger("pdfminer").setLevel(logging.ERROR)
with pdfplumber.open(sys.argv[1]) as document:
    for page in document.pages:
        page.extract_text()
        page.extract_tables()
        page.close()
"""
_WITH_ALL = """
import ctypes, os, resource, subprocess, sys
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # what is left behind becomes a child of ours (PR_SET_CHILD_SUBREAPER)
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    while True:
        os.wait()
except ChildProcessError:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(used.ru_utime + used.ru_stime)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:  # a fresh process that reads as a worker does: its peak is a worker's
        _read_as_worker(options.files[0])
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        return
    files = options.files or _material()
    for file in files:
        _compare(file)
    small = _small()
    started = min(_command(small) for _ in range(_ROUNDS))
    print(f"启动（一页的文件）{started:.2f} 秒；gongbao status {min(_status(small) for _ in range(_ROUNDS)):.2f} 秒")
    for file in files:
        _compare_commands(file, started)
    if options.pages:
        _scale(max(files, key=_count), options.pages)


def _material() -> list[Path]:
    folder = os.environ.get("GONGBAO_MATERIAL")
    if not folder:
        sys.exit("GONGBAO_MATERIAL 没有指定材料目录")
    found = sorted(Path(folder).glob("gazettes/*.pdf"))
    return [file for file in found if _has_text(file)]


def _has_text(file: Path) -> bool:
    with pdfium.PdfDocument(file) as document:
        return bool(document[len(document) // 2].get_textpage().count_chars())


def _count(file: Path) -> int:
    with pdfium.PdfDocument(file) as document:
        return len(document)


def _compare(file: Path) -> None:
    """CPU seconds in this process, one page after the other."""
    began = time.process_time()
    pages = _read_all(file)
    build(pages, source_of(file), file.stem)
    whole = time.process_time() - began
    plain = [page.number - 1 for page in pages if not page.tables]
    ours = _timed(lambda: _read_all(file, plain))
    theirs, theirs_plain = _plumber(file, set(plain))
    print(
        f"{file.name}: {len(pages)} 页，整本 {theirs / whole:.2f} 倍于 pdfplumber（{len(pages) / whole:.0f} 页/秒）；"
        f"无表格的 {len(plain)} 页 {theirs_plain / ours:.2f} 倍"
    )


def _read_all(file: Path, places: Iterable[int] | None = None) -> list[PageReading]:
    with pdfium.PdfDocument(file) as document:
        return [read(document, Request(i)) for i in (range(len(document)) if places is None else places)]


def _read_as_worker(file: Path) -> None:
    """One page at a time, the file opened anew as often as a worker does; nothing is kept."""
    for first in range(0, count := _count(file), PAGES_PER_OPENING):
        with pdfium.PdfDocument(file) as document:
            for place in range(first, min(first + PAGES_PER_OPENING, count)):
                read(document, Request(place))


def _timed(work) -> float:  # type: ignore[no-untyped-def]
    began = time.process_time()
    work()
    return time.process_time() - began


def _plumber(file: Path, plain: set[int]) -> tuple[float, float]:
    """CPU seconds of pdfplumber: all pages, and those in `plain`."""
    total = without = 0.0
    with pdfplumber.open(file) as document:
        for place, page in enumerate(document.pages):
            began = time.process_time()
            page.extract_text()
            page.extract_tables()
            page.close()
            spent = time.process_time() - began
            total += spent
            without += spent if place in plain else 0.0
    return total, without


# --- whole commands


def _compare_commands(file: Path, started: float) -> None:
    rounds = [(_command(file), _spent([sys.executable, "-c", _NAIVE, str(file)])) for _ in range(_ROUNDS)]
    ours, theirs = (min(column) for column in zip(*rounds, strict=True))
    print(
        f"{file.name}: gongbao ingest {ours:.2f} 秒，pdfplumber {theirs:.2f} 秒："
        f"{theirs / ours:.2f} 倍，启动除外 {theirs / (ours - started):.2f} 倍"
    )


def _small() -> Path:
    """A file of one page, which takes what every file takes."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    document = pdfium.PdfDocument.new()
    with pdfium.PdfDocument(SAMPLE) as sample:
        document.import_pages(sample, [1])
    document.save(folder / "small.pdf")
    return folder / "small.pdf"


def _command(file: Path) -> float:
    with tempfile.TemporaryDirectory() as home:
        return _spent([*_GONGBAO, "--home", home, "ingest", str(file)])


def _status(file: Path) -> float:
    with tempfile.TemporaryDirectory() as home:
        _spent([*_GONGBAO, "--home", home, "run", str(file)])
        return _spent([*_GONGBAO, "--home", home, "status"])


def _spent(command: list[str]) -> float:
    """Processor seconds of a command with all that it starts, on one core what a user waits: on a machine that
    others use, too, its clock would measure them."""
    done = subprocess.run([sys.executable, "-c", _WITH_ALL, *command], capture_output=True, text=True, check=True)
    return float(done.stdout)


def _scale(file: Path, pages: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        long, short = Path(folder) / "long.pdf", Path(folder) / "short.pdf"
        _repeat(file, long, pages)
        _repeat(file, short, 121)
        one, two = (_wall(long, workers) for workers in (1, 2))
        print(f"{pages} 页：2 个进程是 1 个进程的 {one / two:.2f} 倍（{one:.1f} 秒、{two:.1f} 秒）")
        print(f"每个进程的内存峰值：121 页 {_peak(short)} MiB，{pages} 页 {_peak(long)} MiB")


def _repeat(file: Path, target: Path, pages: int) -> None:
    out = pdfium.PdfDocument.new()
    with pdfium.PdfDocument(file) as document:
        while len(out) < pages:
            out.import_pages(document, list(range(min(len(document), pages - len(out)))))
    out.save(target)


def _wall(file: Path, workers: int) -> float:
    began = time.perf_counter()
    read_file(file, workers)
    return time.perf_counter() - began


def _peak(file: Path) -> int:
    command = [sys.executable, "-m", "bench.ingest", "--alone", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return int(done.stdout)


if __name__ == "__main__":
    main()
