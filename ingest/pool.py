"""Pages over processes: each page has its time and memory, and a crash or a hang costs one page.

pdfium is C++ and can neither be interrupted nor trusted with hostile files, so that pages are
always read in another process. A page that takes too long or takes the process down is named
and left; the process is started anew. Each process has a page in hand and one to come, so that
none waits for this one to take in what the others have read.
"""

from __future__ import annotations

import pickle
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from gongbao.corpus.document import PageState
from gongbao.corpus.errors import DamagedFile, EncryptedFile, Stopped, TooLarge
from gongbao.corpus.limited import Limits, asked, call, end, launch, limit
from gongbao.corpus.names import shown
from gongbao.ingest.damage import damaged_pages
from gongbao.ingest.pdf import TooManyGlyphs
from gongbao.ingest.read import PageReading, Request, read

PAGES_PER_OPENING = 64
_AHEAD = 2  # requests that a process has, the one in hand included

Reader = Callable[[pdfium.PdfDocument, Request], PageReading]


PAGE = Limits(seconds=25.0)


@dataclass(frozen=True, slots=True)
class Budget:
    """`page`: what one page may take. A file may take `file_seconds` and for each of its pages
    `seconds_per_page` more: a usual page takes a twentieth of that. `kept`: bytes of all that its
    pages say, as they come from the workers: a gazette of 1,000 pages has a tenth of it."""

    page: Limits = PAGE
    file_seconds: float = 45.0
    seconds_per_page: float = 1.0
    kept: int = 400 * 1024**2

    def seconds(self, pages: int) -> float:
        return self.file_seconds + pages * self.seconds_per_page


BUDGET = Budget()


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    requests: deque[Request] = field(default_factory=deque)  # the first is in hand
    since: float = 0.0  # when it was taken in hand


def read_pages(
    path: Path,
    requests: Sequence[Request],
    workers: int,
    budget: Budget = BUDGET,
    reader: Reader = read,
) -> Iterator[PageReading]:
    """The pages in the order in which they are done. `reader` must be importable by name. TooLarge where
    they say more than can be kept."""
    waiting = deque(requests)
    start = _Start(path, reader, budget)
    team = [start() for _ in range(max(1, min(workers, len(waiting))))] if waiting else []
    until = time.monotonic() + budget.seconds(len(requests))
    try:
        while waiting or any(worker.requests for worker in team):
            if time.monotonic() > until:
                yield from _out_of_time(team, waiting, budget.seconds(len(requests)))
                return
            for worker in team:
                _assign(worker, waiting)
            yield from _collect(team, waiting, start)
    finally:
        for worker in team:
            _stop(worker)


@dataclass(slots=True)
class _Start:
    """Starts workers on a file, and counts what they have said."""

    path: Path
    reader: Reader
    budget: Budget
    heard: int = 0

    def __call__(self) -> _Worker:
        return _Worker(*launch(_work, str(self.path), self.reader, self.budget.page))

    def hear(self, pipe: Connection) -> PageReading:
        said = pipe.recv_bytes()
        self.heard += len(said)
        if self.heard > self.budget.kept:
            raise TooLarge(f"{shown(self.path)} 的内容太多", "拆分后再读入")
        reading = pickle.loads(said)
        assert isinstance(reading, PageReading)
        return reading


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of a file before its pages are read. `damaged`: pages (from 0; -1: it cannot be told which)
    of whose data some is damaged, and what."""

    pages: int
    damaged: dict[int, str]


def survey(path: Path) -> Survey:
    """EncryptedFile, DamagedFile; Stopped; ServiceUnavailable where no process can be started: that is no fault
    of the file."""
    found = call(_survey, path, shown(path), limits=BUDGET.page)
    if found.pages == 0:
        raise DamagedFile(f"{shown(path)} 没有页面", "重新取得这个文件")
    return found


def _assign(worker: _Worker, waiting: deque[Request]) -> None:
    """What is seen on a page is too large to be sent to a process that is busy: both would wait."""
    while waiting and len(worker.requests) < _AHEAD and not (worker.requests and waiting[0].seen):
        if not worker.requests:
            worker.since = time.monotonic()
        worker.requests.append(waiting.popleft())
        with suppress(OSError):
            worker.pipe.send(worker.requests[-1])


def _collect(team: list[_Worker], waiting: deque[Request], start: _Start) -> Iterator[PageReading]:
    """What has come in; late and dead workers are replaced."""
    ready = wait([worker.pipe for worker in team if worker.requests], timeout=0.5)
    limits = start.budget.page
    for place, worker in enumerate(team):
        if worker.pipe in ready:
            try:
                reading = start.hear(worker.pipe)
                worker.requests.popleft()
                worker.since = time.monotonic()
                _assign(worker, waiting)
                yield reading
            except (EOFError, OSError):
                yield from _died(worker, waiting, limits)
                team[place] = _replace(worker, waiting, start)
        elif worker.requests and time.monotonic() - worker.since > limits.seconds:
            yield _failed(worker.requests[0], str(Stopped.by_time(limits.seconds).message), again=True)
            team[place] = _replace(worker, waiting, start)


def _died(worker: _Worker, waiting: deque[Request], limits: Limits) -> Iterator[PageReading]:
    """A page whose process died is tried once more when the others are done: the system may have been short
    of memory for a moment."""
    request = worker.requests[0]
    if request.tries:
        yield _failed(request, Stopped.by_death(limits.memory).message, again=True)
    else:
        waiting.append(replace(request, tries=1))


def _out_of_time(team: list[_Worker], waiting: deque[Request], seconds: float) -> Iterator[PageReading]:
    left = [request for worker in team for request in worker.requests] + list(waiting)
    for request in left:
        yield _failed(request, f"读取整个文件超过 {seconds:.0f} 秒，这一页没有读到", again=True)


def _replace(worker: _Worker, waiting: deque[Request], start: _Start) -> _Worker:
    """A new process; what the old one had not begun waits again."""
    waiting.extendleft(list(worker.requests)[:0:-1])
    _stop(worker)
    return start()


def _stop(worker: _Worker) -> None:
    if worker.requests:
        worker.process.kill()
    else:
        with suppress(OSError):
            worker.pipe.send(None)
    end(worker.process, worker.pipe, patience=5)


def _failed(request: Request, trouble: str, again: bool = False) -> PageReading:
    return PageReading(request.index + 1, 0.0, 0.0, PageState.FAILED, trouble, trouble=trouble, again=again)


# --- in the worker


def _survey(path: Path, name: str) -> Survey:
    try:
        with pdfium.PdfDocument(path) as document:
            return Survey(len(document), damaged_pages(path))
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise EncryptedFile(f"{name} 有密码", "解除密码后再读入") from error
        raise DamagedFile(f"{name} 已损坏，无法打开", "重新取得这个文件") from error


def _work(pipe: Connection, path: str, reader: Reader, limits: Limits) -> None:
    limit(limits)
    with suppress(EOFError, OSError):
        requests = iter(partial(asked, pipe), None)
        for first in requests:
            with pdfium.PdfDocument(path) as document:  # anew at times: pdfium keeps what it has parsed
                for request in chain([first], islice(requests, PAGES_PER_OPENING - 1)):
                    pipe.send(_read_safely(document, request, reader, limits))


def _read_safely(document: pdfium.PdfDocument, request: Request, reader: Reader, limits: Limits) -> PageReading:
    try:
        return reader(document, request)
    except MemoryError:
        return _failed(request, Stopped.by_memory(limits.memory).message, again=True)
    except TooManyGlyphs as error:
        return _failed(request, f"这一页的字符太多：{error}")
    except Exception as error:  # whatever a page does, the others are still read
        return _failed(request, f"这一页无法解析：{type(error).__name__}: {error}")


def in_order(readings: Iterable[PageReading]) -> list[PageReading]:
    return sorted(readings, key=lambda reading: reading.number)
