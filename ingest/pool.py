"""Pages over processes: each page has its time and memory, and a crash or a hang costs one page.

pdfium is C++ and can neither be interrupted nor trusted with hostile files, so that pages are
always read in another process. A page that takes too long or takes the process down is named
and left; the process is started anew. Each process has a page in hand and one to come, so that
none waits for this one to take in what the others have read.
"""

from __future__ import annotations

import multiprocessing as mp
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from gongbao.corpus.document import PageState
from gongbao.corpus.errors import ServiceUnavailable
from gongbao.corpus.processes import without_main
from gongbao.ingest.pdf import TooManyGlyphs
from gongbao.ingest.read import PageReading, Request, read

PAGE_SECONDS = 60.0
MEMORY = 3 * 1024**3  # bytes of address space for a worker
PAGES_PER_OPENING = 64
_AHEAD = 2  # requests that a process has, the one in hand included
_PRELOADED = ["gongbao.ingest.pool"]

PASSWORD, DAMAGED = CLOSED = ("password", "damaged")
_STARTED = "started"
_hiding = threading.Lock()

Reader = Callable[[pdfium.PdfDocument, Request], PageReading]


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
    seconds: float = PAGE_SECONDS,
    reader: Reader = read,
) -> Iterator[PageReading]:
    """The pages in the order in which they are done. `reader` must be importable by name."""
    waiting = deque(requests)
    team = [_start(path, reader) for _ in range(max(1, min(workers, len(waiting))))] if waiting else []
    try:
        while waiting or any(worker.requests for worker in team):
            for worker in team:
                _assign(worker, waiting)
            yield from _collect(team, waiting, path, seconds, reader)
    finally:
        for worker in team:
            _stop(worker)


def count_pages(path: Path, seconds: float = PAGE_SECONDS) -> int | str:
    """How many pages the file has, or why it cannot be opened: one of CLOSED.

    ServiceUnavailable where no process can be started: that is no fault of the file."""
    worker = _launch(_count, str(path))
    started = _answer(worker.pipe, seconds, "") == _STARTED
    answer = _answer(worker.pipe, seconds, DAMAGED) if started else DAMAGED
    worker.process.kill()
    _stop(worker)
    if not started:
        raise ServiceUnavailable("读取文件的子进程无法启动", "检查可用内存和进程数限制")
    return answer


def _answer(pipe: Connection, seconds: float, otherwise: int | str) -> int | str:
    """What a process says within the time; `otherwise` where it says nothing or dies."""
    try:
        said: int | str = pipe.recv() if pipe.poll(seconds) else otherwise
    except (EOFError, OSError):
        return otherwise
    return said


def _context() -> mp.context.BaseContext:
    """A fork server has the libraries loaded already; not all systems have one."""
    if "forkserver" not in mp.get_all_start_methods():
        return mp.get_context("spawn")
    context = mp.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def _start(path: Path, reader: Reader) -> _Worker:
    return _launch(_work, str(path), reader)


def _launch(target: Callable[..., None], *arguments: object) -> _Worker:
    """A process that runs `target` with its end of a pipe; ServiceUnavailable where there can be none."""
    here, there = mp.Pipe()
    process: Any = _context().Process(target=target, args=(there, *arguments), daemon=True)  # type: ignore[attr-defined]
    try:
        with without_main():
            process.start()
    except (OSError, EOFError) as error:
        raise ServiceUnavailable(f"读取文件的子进程无法启动：{error}", "检查可用内存和进程数限制") from error
    there.close()
    return _Worker(process, here)


def _assign(worker: _Worker, waiting: deque[Request]) -> None:
    """What is seen on a page is too large to be sent to a process that is busy: both would wait."""
    while waiting and len(worker.requests) < _AHEAD and not (worker.requests and waiting[0].seen):
        if not worker.requests:
            worker.since = time.monotonic()
        worker.requests.append(waiting.popleft())
        with suppress(OSError):
            worker.pipe.send(worker.requests[-1])


def _collect(
    team: list[_Worker], waiting: deque[Request], path: Path, seconds: float, reader: Reader
) -> Iterator[PageReading]:
    """What has come in; late and dead workers are replaced."""
    ready = wait([worker.pipe for worker in team if worker.requests], timeout=0.5)
    for place, worker in enumerate(team):
        if worker.pipe in ready:
            try:
                reading = worker.pipe.recv()
                worker.requests.popleft()
                worker.since = time.monotonic()
                _assign(worker, waiting)
                yield reading
            except (EOFError, OSError):
                yield _failed(worker.requests[0], "读取进程在这一页崩溃")
                team[place] = _replace(worker, waiting, path, reader)
        elif worker.requests and time.monotonic() - worker.since > seconds:
            yield _failed(worker.requests[0], f"读取这一页超过 {seconds:.0f} 秒")
            team[place] = _replace(worker, waiting, path, reader)


def _replace(worker: _Worker, waiting: deque[Request], path: Path, reader: Reader) -> _Worker:
    """A new process; what the old one had not begun waits again."""
    waiting.extendleft(list(worker.requests)[:0:-1])
    _stop(worker)
    return _start(path, reader)


def _stop(worker: _Worker) -> None:
    worker.pipe.close()
    if worker.requests:
        worker.process.kill()
    worker.process.join(5)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()


def _failed(request: Request | None, trouble: str) -> PageReading:
    number = request.index + 1 if request else 0
    return PageReading(number, 0.0, 0.0, PageState.FAILED, trouble, trouble=trouble)


# --- in the worker


def _count(pipe: Connection, path: str) -> None:
    pipe.send(_STARTED)
    _limit_memory()
    try:
        with pdfium.PdfDocument(path) as document:
            pipe.send(len(document))
    except pdfium.PdfiumError as error:
        pipe.send(PASSWORD if error.err_code == raw.FPDF_ERR_PASSWORD else DAMAGED)


def _work(pipe: Connection, path: str, reader: Reader) -> None:
    _limit_memory()
    with suppress(EOFError, OSError):
        while True:
            with pdfium.PdfDocument(path) as document:  # anew at times: pdfium keeps what it has parsed
                for _ in range(PAGES_PER_OPENING):
                    pipe.send(_read_safely(document, pipe.recv(), reader))


def _read_safely(document: pdfium.PdfDocument, request: Request, reader: Reader) -> PageReading:
    try:
        return reader(document, request)
    except MemoryError:
        return _failed(request, "读取这一页需要的内存超过上限")
    except TooManyGlyphs as error:
        return _failed(request, f"这一页的字符太多：{error}")
    except Exception as error:  # whatever a page does, the others are still read
        return _failed(request, f"这一页无法解析：{type(error).__name__}: {error}")


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on this system
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def in_order(readings: Iterable[PageReading]) -> list[PageReading]:
    return sorted(readings, key=lambda reading: reading.number)
