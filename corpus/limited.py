"""Work on files of strangers in a process of its own, with a bound of memory and of time.

What reads or draws a file may be led to take all the memory there is, to run for ever or to crash
in code that is not ours. In a process of its own that costs this one piece of work: it is
stopped, and whoever asked is told how.
"""

from __future__ import annotations

import multiprocessing as mp
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar

from gongbao.corpus.errors import GongbaoError, InputError, ServiceUnavailable, Stopped
from gongbao.corpus.processes import context, nested, without_main

T = TypeVar("T")

_STARTED, _TOLD = "started", "told"
_LOOKING = 2.0  # seconds after which a process that waits looks whether it is still wanted
_START_SECONDS = 60.0  # a busy machine takes long to start a process
_GRACE = 2  # times the wall time that a process may compute, should nobody be left to stop it


@dataclass(frozen=True, slots=True)
class Limits:
    """`memory`: bytes of private data beyond what the process has when it starts; a worker starts at some
    150 MB, so that with 600 MiB it stays below 800 MB. `seconds`: of wall time for one piece of work."""

    seconds: float
    memory: int = 600 * 1024**2


def call(function: Callable[..., T], *arguments: object, limits: Limits) -> T:
    """What the function, importable by name, makes of the arguments.

    A GongbaoError of the function is raised here; Stopped where it took too much time or memory or
    its process died; any other exception comes as an InputError that names it. ServiceUnavailable
    where no process can be started.
    """
    process, pipe = launch(_answer, function, arguments, limits)
    try:
        if _heard(pipe, _START_SECONDS) != _STARTED:
            raise ServiceUnavailable("读取文件的子进程无法启动", "检查可用内存和进程数限制")
        if not pipe.poll(limits.seconds):
            raise Stopped.by_time(limits.seconds)
        said = _heard(pipe, limits.seconds)
    finally:
        end(process, pipe)
    if said is None:
        raise Stopped.by_death(limits.memory)
    good, value = said
    if not good:
        raise value
    result: T = value
    return result


def follow(function: Callable[..., T], *arguments: object, told: Callable[..., None] | None = None) -> T:
    """What the function, importable by name, makes of the arguments in a process that has no bounds of its own but
    starts processes that have. It gets one argument more, the first, to tell how far it is: `told` is called with
    what it tells. Errors as of `call`."""
    process, pipe = launch(_follow, function, arguments, alone=False)
    try:
        if _heard(pipe, _START_SECONDS) != _STARTED:
            raise ServiceUnavailable("读取文件的子进程无法启动", "检查可用内存和进程数限制")
        while (said := _heard(pipe, None)) is not None and said[0] == _TOLD:
            if told:
                told(*said[1])
    finally:
        end(process, pipe)
    if said is None:
        raise Stopped.by_system()
    good, value = said
    if not good:
        raise value
    result: T = value
    return result


def launch(target: Callable[..., None], *arguments: object, alone: bool = True) -> tuple[BaseProcess, Connection]:
    """A process that runs `target` with its end of a pipe before the arguments; ServiceUnavailable where
    there can be none. Unless it works `alone` it may start others."""
    here, there = mp.Pipe()
    process: Any = context().Process(target=target, args=(there, *arguments), daemon=alone)  # type: ignore[attr-defined]
    try:
        with without_main():
            process.start()
    except (OSError, EOFError) as error:
        raise ServiceUnavailable(f"读取文件的子进程无法启动：{error}", "检查可用内存和进程数限制") from error
    there.close()
    return process, here


def end(process: BaseProcess, pipe: Connection, *, patience: float = 0.0) -> None:
    """The process is gone afterwards, with `patience` seconds to go by itself."""
    pipe.close()
    process.join(patience)
    if process.is_alive():
        process.kill()
        process.join()


def _heard(pipe: Connection, seconds: float | None) -> Any:
    """None where it says nothing or dies; `seconds`: how long it may take, None: as long as it lives."""
    try:
        return pipe.recv() if pipe.poll(seconds) else None
    except (EOFError, OSError):
        return None


# --- in the process


def _answer(pipe: Connection, function: Callable[..., Any], arguments: tuple[object, ...], limits: Limits) -> None:
    try:
        pipe.send(_STARTED)
    except OSError:  # whoever asked was killed meanwhile
        return
    limit(limits, once=True)
    said: tuple[bool, object]
    try:
        said = True, function(*arguments)
    except MemoryError:
        said = False, Stopped.by_memory(limits.memory)
    except GongbaoError as error:
        said = False, error
    except Exception as error:  # whatever a file does to a library, who asked is told what it was
        said = False, InputError(f"内容无法解析：{type(error).__name__}: {error}"[:300], "用其他软件重新保存后再读入")
    with suppress(OSError):
        pipe.send(said)


def _follow(pipe: Connection, function: Callable[..., Any], arguments: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it is told, and ends it
    nested()
    try:
        pipe.send(_STARTED)
    except OSError:  # as of `_answer`
        return
    said: tuple[bool, object]
    try:
        said = True, function(lambda *told: pipe.send((_TOLD, told)), *arguments)
    except GongbaoError as error:
        said = False, error
    except Exception as error:
        said = False, InputError(f"内容无法解析：{type(error).__name__}: {error}"[:300], "用其他软件重新保存后再读入")
    with suppress(OSError):
        pipe.send(said)


def asked(pipe: Connection) -> Any:
    """What comes next; EOFError where nobody is left to ask. A process that was forked beside others holds
    their ends of pipes, so that those stay open when who asked has died, perhaps before this one came here."""
    parent, starter = os.getppid(), mp.parent_process()
    while not pipe.poll(_LOOKING):
        if os.getppid() != parent or (starter is not None and not _lives(starter.pid)):
            raise EOFError
    return pipe.recv()


def _lives(pid: int | None) -> bool:
    """Windows hands on no pipes: there the pipe alone tells."""
    if pid is None or os.name == "nt":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def limit(limits: Limits, *, once: bool = False) -> None:
    """Bound the private data of this process from now on; with `once` its processor time too, should nobody
    be left to stop the one piece of work that it does.

    Private data (RLIMIT_DATA, on Linux), not address space: libraries reserve gigabytes of that and use none.
    """
    try:
        import resource
    except ImportError:  # not on this system
        return
    with suppress(ValueError, OSError):
        most = _data_now() + limits.memory
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        if once:
            seconds = int(time.process_time() + limits.seconds * _GRACE) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _data_now() -> int:
    """Bytes of private data of this process; 0 where the system does not say."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text("ascii", "replace").splitlines():
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 0
