"""Work spread over machines by a Dask scheduler (`--engine dask://host:port`); `gongbao worker` joins it.

Only work is handed out: what it gives is written by who asked for it, unit by unit, so that a lost worker costs its
units and a lost scheduler nothing that was finished. Whoever can reach the scheduler can run programs on its workers:
it belongs into a closed network, or behind certificates (`dask+tls://`, set up by DASK_DISTRIBUTED__COMM__TLS__…).
"""

from __future__ import annotations

import logging
import os
import pickle
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from importlib import import_module
from itertools import islice
from typing import Any, Generic, TypeVar

from gongbao.corpus.errors import ServiceUnavailable, UsageError
from gongbao.corpus.home import Home

A = TypeVar("A")
B = TypeVar("B")

ENGINE = "dask://"
_SCHEMES = {ENGINE: "tcp://", "dask+tls://": "tls://"}
_SECONDS = 10  # to reach the scheduler
_AHEAD = 3  # units that each worker has, done or to do
_FEWEST = 8  # units that are given out in any case: a worker may join
_LOOK, _PATIENCE = 5.0, 60.0  # seconds: between looks for workers, and without any
_TRIES = 2  # more times that a unit is given out whose worker was lost: it may be what kills them
_RESUME = "已完成的都已保存；恢复后再运行同一条命令，只做没做完的"


class Cluster:
    """Who is reached through one scheduler. ServiceUnavailable where it, or any worker, cannot be."""

    def __init__(self, address: str, home: Home) -> None:
        self.home = home
        self._address = address

    @cached_property
    def _client(self) -> Any:
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # we say it, in one line
        with self.plain_errors():
            return _dask().Client(scheduler_address(self._address), timeout=_SECONDS, set_as_default=False)

    @property
    def ahead(self) -> int:
        """Units that may be given out before the first is waited for."""
        workers = self.workers()
        self._must_have_workers(workers)
        return max(workers * _AHEAD, _FEWEST)

    def workers(self) -> int:
        with self.plain_errors():
            return sum(self._client.nthreads().values())

    def _must_have_workers(self, workers: int) -> None:
        if not workers:
            remedy = f"运行 gongbao worker {self._address}；{_RESUME}"
            raise ServiceUnavailable(f"调度器上没有工作进程：{self._address}", remedy)

    def submit(self, function: Callable[..., B], *arguments: object) -> Pending[B]:
        """`function`, importable by name, on any worker; a `Home` among the arguments is the worker's own,
        a `Pending` what came of it."""
        given = [each.future if isinstance(each, Pending) else each for each in arguments]
        with self.plain_errors():
            return Pending(self, self._client.submit(_run, function, *given, pure=False))

    def spread(
        self,
        here: Callable[[A], B],
        make: Callable[..., Callable[[A], B]],
        arguments: tuple[object, ...],
        items: Sequence[A],
    ) -> Iterator[B]:
        """See `Hands`. A unit whose workers are lost each time is done here."""
        if not items:
            return
        ahead, left = self.ahead, iter(items)
        key = pickle.dumps((make, arguments))
        waiting = deque((item, self.submit(_made, key, item)) for item in islice(left, ahead))
        while waiting:
            item, pending = waiting.popleft()
            waiting.extend((more, self.submit(_made, key, more)) for more in islice(left, 1))
            try:
                yield pending.result()
            except Deadly:
                yield here(item)

    def heard(self, future: Any) -> Any:
        """The result, however long it takes, as long as there is somebody to work on it."""
        seen = time.monotonic()
        while True:
            with self.plain_errors(), suppress(TimeoutError):
                return future.result(_LOOK)
            if self.workers():
                seen = time.monotonic()
            elif time.monotonic() - seen > _PATIENCE:
                self._must_have_workers(0)

    def close(self) -> None:
        if "_client" in self.__dict__:
            self._client.close()

    @contextmanager
    def plain_errors(self) -> Iterator[None]:
        dask = _dask()
        try:
            yield
        except dask.KilledWorker as error:
            raise Deadly(f"工作进程在做同一件事时退出了 {_TRIES + 1} 次") from error
        except (dask.CancelledError, dask.client.FutureCancelledError, TimeoutError, OSError) as error:
            raise ServiceUnavailable(
                f"连不上调度器：{self._address}", f"检查 dask scheduler 是否运行；{_RESUME}"
            ) from error


class Deadly(ServiceUnavailable):
    """A unit that took down each worker that tried it."""


class Pending(Generic[B]):
    """Work that was given out."""

    def __init__(self, cluster: Cluster, future: Any) -> None:
        self._cluster = cluster
        self.future = future

    def result(self) -> B:
        """What came of it, which the cluster forgets; an exception of the work is raised here."""
        found: B = self._cluster.heard(self.future)
        self.future.release()
        return found


def scheduler_address(engine: str) -> str:
    """dask://host:8786 → tcp://host:8786; UsageError for what is no address of a scheduler."""
    for ours, theirs in _SCHEMES.items():
        host, _, port = engine.removeprefix(ours).rpartition(":")
        if engine.startswith(ours) and host and port.isdecimal():
            return f"{theirs}{host}:{port}"
    raise UsageError(f"不认识的 engine：{engine}", "写 local，或 dask://主机:8786")


def _dask(part: str = "distributed") -> Any:
    """The library; UsageError where it is not installed."""
    try:
        return import_module(part)
    except ModuleNotFoundError as error:
        raise UsageError("没有安装 Dask", "安装 gongbao[scale]，或用 --engine local") from error


# --- on the worker

_home: Home
_last: tuple[bytes, Callable[[Any], Any]] = b"", len


async def work(address: str, home: Home) -> None:
    """Take part until the scheduler is gone for good; ServiceUnavailable where it cannot be reached."""
    global _home
    _home = home
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    folder = home.cache / "dask"
    folder.mkdir(parents=True, exist_ok=True)
    settings = {"distributed.worker.daemon": False, "distributed.comm.timeouts.connect": _SECONDS}
    with _dask("dask").config.set(settings):
        try:
            async with _dask().Worker(
                scheduler_address(address),
                nthreads=1,
                memory_limit=0,  # our own bounds hold
                dashboard=False,
                local_directory=str(folder),
                name=f"gongbao-{os.uname().nodename}-{os.getpid()}",
                death_timeout=_SECONDS,
            ) as worker:
                await worker.finished()
        except (TimeoutError, OSError) as error:
            remedy = "先在一台机器上运行 dask scheduler"
            raise ServiceUnavailable(f"连不上调度器：{address}", remedy) from error


def _run(function: Callable[..., B], *arguments: object) -> B:
    return function(*_own(arguments))


def _own(arguments: Sequence[object]) -> list[object]:
    return [_home if isinstance(each, Home) else each for each in arguments]


def _made(key: bytes, item: Any) -> Any:
    """What works is made once and kept, until there is other work."""
    global _last
    if _last[0] != key:
        make, arguments = pickle.loads(key)
        _last = key, make(*_own(arguments))
    return _last[1](item)
