"""Single files that a person names by path or by address: a backup in the office's folder, or in its object store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory

from gongbao.corpus.errors import UsageError
from gongbao.corpus.files import URL_VARIABLE, Files, open_files
from gongbao.corpus.home import Home


@contextmanager
def written_to(named: str, home: Home) -> Iterator[Path]:
    """A path to write to; what is written goes to the address. UsageError where a file is there."""
    if "://" not in named:
        yield Path(named)
        return
    files, name = _place(named, home)
    if files.has(name):
        raise UsageError(f"{named} 已经存在", "换一个文件名，备份不会覆盖已有的文件")
    home.cache.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=home.cache, prefix="sending-") as folder:
        path = Path(folder) / name
        yield path
        with path.open("rb") as content:
            files.put(name, content)


@contextmanager
def read_from(named: str) -> Iterator[Path]:
    """A path to read from. UsageError where no such file is."""
    if "://" not in named:
        if not Path(named).is_file():
            raise UsageError(f"没有这个文件：{named}", "检查路径")
        yield Path(named)
        return
    with TemporaryDirectory(prefix="gongbao-") as folder:
        files, name = _place(named, Home(Path(folder)))
        if not files.has(name):
            raise UsageError(f"没有这个文件：{named}", "检查地址")
        path = Path(folder) / name
        with files.open(name) as content, path.open("wb") as copy:
            copyfileobj(content, copy)
        yield path


def _place(address: str, home: Home) -> tuple[Files, str]:
    place, _, name = address.rpartition("/")
    return open_files(home, {URL_VARIABLE: place}), name
