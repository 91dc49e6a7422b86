"""Work spread over processes: results in order, a few items ahead, in this process where that serves better."""

from __future__ import annotations

import multiprocessing as mp
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from types import ModuleType
from typing import Any, Protocol, TypeVar

from gongbao.corpus.errors import UsageError

A = TypeVar("A")
B = TypeVar("B")

FEW = 100  # items for which starting processes costs more than it saves: about 2 s of processor time each
_AHEAD = 4  # items that each process has, done or to do
_preloaded: list[str] = []
_hiding = threading.Lock()
_nested = False


class Hands(Protocol):
    """Who does work that is spread."""

    def spread(
        self,
        here: Callable[[A], B],
        make: Callable[..., Callable[[A], B]],
        arguments: tuple[object, ...],
        items: Sequence[A],
    ) -> Iterator[B]:
        """What `here` makes of each item, in order; memory stays bounded by a few results a process.

        Elsewhere `make(*arguments)`, which is importable by name, does the same as `here`; a `Home` among the
        arguments is that of the machine. An exception of the work is raised in its place.
        """


@dataclass(frozen=True, slots=True)
class Local:
    """Processes of this machine. With one worker, few items, or where no process can be started or one is
    killed, the work is done in this one."""

    workers: int

    def spread(
        self,
        here: Callable[[A], B],
        make: Callable[..., Callable[[A], B]],
        arguments: tuple[object, ...],
        items: Sequence[A],
    ) -> Iterator[B]:
        done = 0
        if min(self.workers, len(items)) > 1 and len(items) >= FEW:
            try:
                for result in _in_processes(make, arguments, items, self.workers):
                    yield result
                    done += 1
            except (BrokenProcessPool, OSError, EOFError):
                pass  # `here` goes on with what is left
            else:
                return
        yield from map(here, islice(items, done, None))


ALONE = Local(1)


def must_be_same(theirs: object, ours: object) -> None:
    """Who asks and who works must read alike; UsageError."""
    if theirs != ours:
        remedy = "各机器装同一版本的 gongbao（识别组件也一样），共用目录中的 register 与 models"
        raise UsageError(f"工作进程的版本与发起者的不同：{ours}，{theirs}", remedy)


def _in_processes(
    make: Callable[..., Callable[[A], B]], arguments: tuple[object, ...], items: Sequence[A], workers: int
) -> Iterator[B]:
    waiting: deque[Future[Any]] = deque()
    pool = ProcessPoolExecutor(workers, context(), _prepare, (make, arguments))
    try:
        for item in items:
            with without_main():  # a process may be started
                waiting.append(pool.submit(_work, item))
            if len(waiting) >= workers * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def context() -> mp.context.BaseContext:
    """A fork server forks before there are threads, with what `preload` named loaded; not all systems have one.
    What such a process starts in turn (`nested`) is forked from it: it has no threads either."""
    if _nested and "fork" in mp.get_all_start_methods():
        return mp.get_context("fork")
    if "forkserver" not in mp.get_all_start_methods():
        return mp.get_context("spawn")
    found = mp.get_context("forkserver")
    found.set_forkserver_preload(_preloaded)
    return found


def nested() -> None:
    """This process was started by us, and starts others."""
    global _nested
    _nested = True


def preload(module: str) -> None:
    """Processes started from now on have this module loaded, where none was started before."""
    if module not in _preloaded:
        _preloaded.append(module)


@contextmanager
def without_main() -> Iterator[None]:
    """A new process would import the program that starts it, which it needs nothing of: that takes most
    of its time to start, and a script that works as soon as it is imported would never begin."""
    with _hiding:  # two threads that hide it at once would lose it
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


# --- in the process

_working: Callable[[Any], Any]


def _prepare(make: Callable[..., Callable[[Any], Any]], arguments: tuple[object, ...]) -> None:
    global _working
    _working = make(*arguments)


def _work(item: Any) -> Any:
    return _working(item)
