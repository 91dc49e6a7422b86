"""Files in a folder of this machine, or of one that it mounts."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO

from gongbao.corpus.errors import CorpusError


class Folder:
    """See `gongbao.corpus.files.Files`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, name: str, content: BinaryIO) -> None:
        target = self._root / name
        part = target.with_name(f"{target.name}.{os.getpid()}-{threading.get_ident()}.part")
        with _plain_errors(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                with part.open("wb") as file:
                    copyfileobj(content, file)
                    file.flush()
                    os.fsync(file.fileno())  # who put it is told that it is here
                part.replace(target)
            except BaseException:
                part.unlink(missing_ok=True)
                raise

    def read(self, name: str) -> bytes | None:
        with suppress(FileNotFoundError), _plain_errors(self._root / name):
            return (self._root / name).read_bytes()
        return None

    def has(self, name: str) -> bool:
        return (self._root / name).is_file()

    def path(self, name: str) -> Path | None:
        found = self._root / name
        return found if found.is_file() else None

    def open(self, name: str) -> BinaryIO:
        return (self._root / name).open("rb")

    def names(self, start: str) -> list[str]:
        folder, _, begin = start.rpartition("/")
        first = (self._root / folder).glob(f"{escape(begin)}*")
        found = (file for entry in first for file in ([entry] if entry.is_file() else entry.rglob("*")))
        names = (file.relative_to(self._root).as_posix() for file in found if file.is_file())
        return sorted(name for name in names if not name.endswith(".part"))

    def remove(self, start: str) -> None:
        for name in self.names(start):
            (self._root / name).unlink(missing_ok=True)
        if start.endswith("/"):
            with suppress(OSError):
                (self._root / start).rmdir()


@contextmanager
def _plain_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise CorpusError(f"无法读写 {path}：{error.strerror or error}", "检查目录权限与磁盘空间") from error
