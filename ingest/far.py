"""Files read by a cluster: each a unit, the pages of a long PDF in ranges, which are joined by one more unit.

A worker takes the file from where the corpus keeps it and reads it under its own name.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from gongbao.corpus.cluster import Cluster, Pending
from gongbao.corpus.errors import ServiceUnavailable
from gongbao.corpus.files import open_files
from gongbao.corpus.home import Home
from gongbao.corpus.names import short_name, shown
from gongbao.corpus.processes import must_be_same, preload
from gongbao.ingest.files import READER, VERSION, must_be_pdf, read_file, source_of
from gongbao.ingest.kinds import FileKind, kind_of
from gongbao.ingest.ocr import is_installed
from gongbao.ingest.paged import Part, join_parts, read_part
from gongbao.ingest.pool import Survey, survey
from gongbao.ingest.reading import IssueReading

PAGES = 64  # of a unit
_LONG = 2 * 1024**2  # bytes of a PDF that may have more


def reads_as() -> str:
    """What of a machine decides how it reads: those of a cluster must be alike."""
    return f"{VERSION} {'with' if is_installed() else 'without'} OCR"


def begin(cluster: Cluster, path: Path, kept: str) -> Pending[IssueReading]:
    """Read a file of this machine which the corpus keeps as `kept`. Raises at once, or from the result, what
    `read_file` does."""
    own = cluster.home, kept, short_name(shown(path)), reads_as()
    if path.stat().st_size < _LONG or kind_of(path) is not FileKind.PDF:
        return cluster.submit(_whole, *own)
    must_be_pdf(path)
    preload(READER)
    found = survey(path)
    ranges = [range(first, min(first + PAGES, found.pages)) for first in range(0, found.pages, PAGES)]
    return cluster.submit(_joined, *own, found, *(cluster.submit(_part, *own, pages) for pages in ranges))


# --- on the worker


def _whole(home: Home, kept: str, name: str, version: str) -> IssueReading:
    with _laid(home, kept, name, version) as path:
        return read_file(path)


def _part(home: Home, kept: str, name: str, version: str, pages: range) -> Part:
    with _laid(home, kept, name, version) as path:
        return read_part(path, pages)


def _joined(home: Home, kept: str, name: str, version: str, found: Survey, *parts: Part) -> IssueReading:
    with _laid(home, kept, name, version) as path:
        return join_parts(path, source_of(path), found, parts)


@contextmanager
def _laid(home: Home, kept: str, name: str, version: str) -> Iterator[Path]:
    """The file under its own name."""
    must_be_same(version, reads_as())
    preload(READER)
    there = open_files(home).path(kept)
    if there is None:
        remedy = "各机器设同一个 GONGBAO_FILES_URL，或共用 GONGBAO_HOME 目录"
        raise ServiceUnavailable(f"工作进程找不到源文件 {name}", remedy)
    home.cache.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=home.cache, prefix="reading-") as folder:
        path = Path(folder) / name
        path.symlink_to(there.resolve())
        yield path
