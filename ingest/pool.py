"""Pages over processes: each page has its time and memory, and a crash or a hang costs one page.

pdfium is C++ and can neither be interrupted nor trusted with hostile files, so that pages are
always read in another process. A page that takes too long or takes the process down is named
and left; the process is started anew.
"""

from __future__ import annotations

import multiprocessing as mp
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.document import PageState
from corpus.errors import ServiceUnavailable
from ingest.pdf import TooManyGlyphs
from ingest.read import PageReading, Request, read

PAGE_SECONDS = 60.0
MEMORY = 3 * 1024**3  # bytes of address space for a worker
PAGES_PER_OPENING = 64
_PRELOADED = ["ingest.pool"]

PASSWORD, DAMAGED = CLOSED = ("password", "damaged")
_STARTED = "started"

Reader = Callable[[pdfium.PdfDocument, Request], PageReading]


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    request: Request | None = None
    since: float = 0.0


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
        while waiting or any(worker.request for worker in team):
            for worker in team:
                _assign(worker, waiting)
            yield from _collect(team, path, seconds, reader)
    finally:
        for worker in team:
            _stop(worker)


def count_pages(path: Path, seconds: float = PAGE_SECONDS) -> int | str:
    """How many pages the file has, or why it cannot be opened: one of CLOSED.

    ServiceUnavailable where no process can be started: that is no fault of the file."""
    here, there = mp.Pipe()
    process = _context().Process(target=_count, args=(there, str(path)), daemon=True)  # type: ignore[attr-defined]
    process.start()
    there.close()
    worker = _Worker(process, here, Request(0))
    started = _answer(here, seconds, "") == _STARTED
    answer = _answer(here, seconds, DAMAGED) if started else DAMAGED
    _stop(worker)
    if not started:
        raise ServiceUnavailable(
            "读取文件的子进程无法启动", '脚本要把调用放在 if __name__ == "__main__": 之下；另请检查内存与进程数限制'
        )
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
    here, there = mp.Pipe()
    context = _context()
    process = context.Process(target=_work, args=(there, str(path), reader), daemon=True)  # type: ignore[attr-defined]
    process.start()
    there.close()
    return _Worker(process, here)


def _assign(worker: _Worker, waiting: deque[Request]) -> None:
    if worker.request is None and waiting:
        worker.request = waiting.popleft()
        worker.since = time.monotonic()
        with suppress(OSError):
            worker.pipe.send(worker.request)


def _collect(team: list[_Worker], path: Path, seconds: float, reader: Reader) -> Iterator[PageReading]:
    """What has come in; late and dead workers are replaced."""
    ready = wait([worker.pipe for worker in team if worker.request], timeout=0.5)
    for place, worker in enumerate(team):
        if worker.pipe not in ready:
            continue
        try:
            yield worker.pipe.recv()
            worker.request = None
        except (EOFError, OSError):
            yield _failed(worker.request, "读取进程在这一页崩溃")
            team[place] = _replace(worker, path, reader)
    for place, worker in enumerate(team):
        if worker.request and worker.pipe not in ready and time.monotonic() - worker.since > seconds:
            yield _failed(worker.request, f"读取这一页超过 {seconds:.0f} 秒")
            team[place] = _replace(worker, path, reader)


def _replace(worker: _Worker, path: Path, reader: Reader) -> _Worker:
    _stop(worker)
    return _start(path, reader)


def _stop(worker: _Worker) -> None:
    worker.pipe.close()
    if worker.request is not None:
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
