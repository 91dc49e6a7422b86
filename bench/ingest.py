"""How fast gazettes are read, side by side with pdfplumber in one run; ratios, not absolute figures.

usage: GONGBAO_MATERIAL=FOLDER python -m bench.ingest [--pages N] [FILE…]

Without FILE: every PDF with a text layer in the folder's `gazettes`. For each file the CPU time
(start-up apart) of reading it here against pdfplumber's `extract_text` + `extract_tables`, of the
whole file and of its pages without tables; then, on one file repeated to N pages (default 600),
the wall time of one and two workers and the peak memory of a worker on 121 and on N pages.
"""

from __future__ import annotations

import argparse
import logging
import os
import resource
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
