"""Pages without a text layer that can be trusted, read from their pictures.

Only these pages pay: the models are loaded by the processes that read them, and they get more
time than others. What was seen on a page is kept with it, so that it is laid out again without
being recognised again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pypdfium2 as pdfium
from gongbao.corpus.document import PageState
from gongbao.corpus.limited import Limits
from gongbao.ingest.ocr import even_sizes, find_engine, is_installed, take_picture
from gongbao.ingest.pool import Budget, read_pages
from gongbao.ingest.read import PICTURED, PageReading, Request

_GIB = 1024**3
BUDGET = Budget(Limits(600.0, 3 * _GIB), 600.0, 600.0, 2 * _GIB)  # the first page of a process loads the models as well


def see(path: Path, readings: Iterable[PageReading], workers: int) -> list[PageReading]:
    """What is seen in the pictures of scanned and corrupt pages, not yet laid out; nothing without an engine."""
    pages = [reading.number - 1 for reading in readings if reading.state in PICTURED]
    if not pages or not is_installed():
        return []
    reader = partial(recognise, threads=_threads(min(workers, len(pages))))
    return list(read_pages(path, [Request(page) for page in pages], workers, BUDGET, reader))


def lay_out(
    path: Path, readings: Sequence[PageReading], seen: Iterable[PageReading], workers: int
) -> list[PageReading]:
    """`readings` with what was seen on their pages; where that failed, a page stays as it was, with the trouble."""
    first = {reading.number: reading for reading in seen}
    even = even_sizes([first[number].seen for number in sorted(first)])
    again = read_pages(path, [Request(page.number - 1, seen=page) for page in even], workers)
    anew = {reading.number: reading for reading in again}
    return [anew.get(r.number, _unseen(r, first.get(r.number))) for r in readings]


def _unseen(reading: PageReading, tried: PageReading | None) -> PageReading:
    return replace(reading, trouble=tried.trouble, again=tried.again) if tried else reading


def recognise(document: pdfium.PdfDocument, request: Request, threads: int) -> PageReading:
    """What is seen in the picture of a page, not yet laid out; errors are raised."""
    picture = take_picture(document, request.index)
    seen = find_engine(threads).read(picture)
    if seen and picture.seals:
        seen = replace(seen, added=f"红色印章 {picture.seals} 处，印文没有识别")
    return PageReading(picture.number, picture.width, picture.height, PageState.SCANNED, seen=seen)


def _threads(processes: int) -> int:
    """Of each process, so that together they are no more than there are cores."""
    return max(1, (os.cpu_count() or 1) // max(1, processes))
