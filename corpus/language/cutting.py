"""jieba, with its dictionary's cache where only we write: it believes whatever lies under that name in the
system's folder of temporary files, where anyone may lay it.

Everyone takes jieba from here.
"""

from __future__ import annotations

import atexit
import marshal
import os
import tempfile
from contextlib import suppress
from itertools import islice
from pathlib import Path
from shutil import rmtree

import jieba

__all__ = ["initialize", "jieba", "own_folder"]

_PART = 4_000  # words, which are read in some ten milliseconds


def own_folder() -> str:
    """A folder of this user's that no one else may write; one of this process alone where there is none."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gongbao"
    try:
        base.mkdir(parents=True, exist_ok=True, mode=0o700)
        state = base.stat()
        if state.st_uid == os.getuid() and not state.st_mode & 0o022 and os.access(base, os.W_OK):
            return str(base)
    except (OSError, RuntimeError, AttributeError):  # no home, or no such ids on this system
        pass
    folder = tempfile.mkdtemp(prefix="gongbao-")
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder


jieba.dt.tmp_dir = own_folder()


def initialize(tokenizer: jieba.Tokenizer) -> None:
    """Reads the dictionary in parts, between which other threads come to their turn: as one, while it is read (half
    a second) a server answers nobody."""
    path = Path(tokenizer.tmp_dir) / "parts.cache"
    try:
        tokenizer.FREQ, tokenizer.total = _read_parts(path)
        tokenizer.initialized = True
    except (OSError, EOFError, ValueError, TypeError):  # none yet, or a damaged one
        tokenizer.initialize()
        with suppress(OSError):
            _write_parts(path, tokenizer.FREQ, tokenizer.total)


def _read_parts(path: Path) -> tuple[dict[str, int], int]:
    words: dict[str, int] = {}
    with path.open("rb") as file:
        version, count, total = marshal.load(file)
        if version != jieba.__version__:
            raise ValueError("of another dictionary")
        while len(words) < count:
            words.update(marshal.load(file))
    return words, int(total)


def _write_parts(path: Path, words: dict[str, int], total: int) -> None:
    left, part = iter(words.items()), path.with_suffix(f".{os.getpid()}")
    with part.open("wb") as file:
        marshal.dump((jieba.__version__, len(words), total), file)
        while some := dict(islice(left, _PART)):
            marshal.dump(some, file)
    part.replace(path)
