"""One writer at a time for an index, and a mark left by a writer that did not finish."""

from __future__ import annotations

import fcntl
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident

from gongbao.corpus.errors import Busy

_MARK, _WRITTEN = "writing", "written"


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the writer's lock, which the system releases when the process ends, however it ends."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Busy("另一个进程正在写索引", "等它结束后再试") from error
        yield


class WriterLock:
    """The writer's lock of one engine, which may be held before writing begins."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._holder: int | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; the next `taken` of this thread finds it so. Busy where another writes."""
        with locked(self._root):
            self._holder = get_ident()
            try:
                yield
            finally:
                self._holder = None

    @contextmanager
    def taken(self) -> Iterator[None]:
        """For writing: the lock that is held, once, else one of its own. Busy where another writes."""
        if self._holder == get_ident():
            self._holder = None
            yield
            return
        with locked(self._root):
            yield


@contextmanager
def marked(root: Path) -> Iterator[None]:
    """Leave a mark while writing, which stays where the process is killed or fails."""
    (root / _MARK).touch()
    yield
    (root / _WRITTEN).write_text(uuid.uuid4().hex, encoding="utf-8")
    (root / _MARK).unlink(missing_ok=True)


def interrupted(root: Path) -> bool:
    """Whether the last writer ended without finishing."""
    return (root / _MARK).exists()


def revision(root: Path) -> str | None:
    """Another after each writer that finished; None while one writes or where the last did not finish."""
    if interrupted(root):
        return None
    try:
        return (root / _WRITTEN).read_text(encoding="utf-8")
    except OSError:
        return ""
