"""The door: any readable file → its issue with documents, and what of it could not be read.

Nothing of a file is parsed in this process, and nothing that parses is loaded: pages go through `paged`, all else
through `limited.call`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from gongbao.corpus.document import Source, SourceKind
from gongbao.corpus.errors import EmptyFile, InputError, NotAPdf, TooLarge
from gongbao.corpus.limited import Limits, call, follow
from gongbao.corpus.names import shown
from gongbao.corpus.processes import preload
from gongbao.ingest.kinds import BY_SUFFIX, FileKind, kind_of
from gongbao.ingest.reading import IssueReading

VERSION = "22"
SUFFIXES = frozenset(suffix for suffix, kind in BY_SUFFIX.items() if kind is not FileKind.ZIP)
ARCHIVES = frozenset(suffix for suffix, kind in BY_SUFFIX.items() if kind is FileKind.ZIP)  # see `unpack`
MAX_BYTES = 2 * 1024**3
WHOLE = Limits(seconds=55.0)  # for a file that is read in one piece
PAGED = Limits(seconds=58.0, memory=640 * 1024**2)  # for an OFD file: 50 pages a second and more
READER = "gongbao.ingest.paged"  # is loaded by processes that read PDFs before they are started
_HEAD = 1024  # bytes within which a PDF says that it is one
_PICTURES = {b"\xff\xd8\xff": "JPEG 图片", b"\x89PNG": "PNG 图片", b"II*\x00": "TIFF 图片", b"MM\x00*": "TIFF 图片"}
_OTHERS = {b"PK\x03\x04": "ZIP 或 Office 文件", b"\xd0\xcf\x11\xe0": "旧版 Office 文件", b"<": "网页"}

Progress = Callable[[int, int], None]  # pages done, pages in all


def read_file(path: Path, workers: int = 1, progress: Progress | None = None) -> IssueReading:
    """Read a file of one of the `SUFFIXES`, its pages over `workers` processes.

    Raises an InputError where nothing of it can be read: NotAPdf, EmptyFile, EncryptedFile, DamagedFile,
    TooLarge, Stopped; ServiceUnavailable where no process can be started. A page that fails is a
    value: its state is FAILED and a Failure says why.
    """
    preload(READER)
    data_size = path.stat().st_size
    if data_size == 0:
        raise EmptyFile(f"{shown(path)} 是空文件", "重新取得这个文件")
    if data_size > MAX_BYTES:
        raise TooLarge(f"{shown(path)} 超过 2 GiB", "拆分后再读入")
    kind = kind_of(path)
    if kind is FileKind.PDF:
        must_be_pdf(path)
        reading = follow(_read_pdf, path, source_of(path), workers, told=progress)
    elif kind is FileKind.OFD:
        reading = _named(path, lambda: call(_read_ofd, path, source_of(path), limits=PAGED))
    else:
        reading = _named(path, lambda: call(_read_whole, path, kind, source_of(path, SourceKind.TEXT), limits=WHOLE))
    return _with_documents(path, reading)


def _named(path: Path, read: Callable[[], IssueReading]) -> IssueReading:
    """Whatever is wrong, the file's name is said."""
    try:
        return read()
    except InputError as error:
        name = shown(path)
        if name not in error.message:
            error.message = f"{name}：{error.message}"
        raise


def _with_documents(path: Path, reading: IssueReading) -> IssueReading:
    """A file from which no document comes is a failure, unless its pages say why already."""
    if reading.issue.documents or reading.failures or reading.inside:
        return reading
    raise EmptyFile(f"{shown(path)} 里没有读出任何文字", "核对原件；若有内容，用其他软件重新保存后再读入")


def source_of(path: Path, kind: SourceKind = SourceKind.NATIVE) -> Source:
    return Source(shown(path), sha256_of(path), kind)


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


# --- in the process that reads: what it loads is loaded nowhere else


def _read_pdf(tell: Progress, path: Path, source: Source, workers: int) -> IssueReading:
    from gongbao.ingest.paged import read_pdf

    return read_pdf(tell, path, source, workers)


def _read_ofd(path: Path, source: Source) -> IssueReading:
    from gongbao.ingest.ofd.read import read_ofd

    return read_ofd(path, source)


def _read_whole(path: Path, kind: FileKind, source: Source) -> IssueReading:
    from gongbao.ingest.whole import read_whole

    return read_whole(path, kind, source)


# --- before that


def must_be_pdf(path: Path) -> None:
    """NotAPdf, with what it is instead."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if b"%PDF-" not in head:
        raise NotAPdf(f"{shown(path)} 不是 PDF{_what(head)}", "确认文件类型，或另存为 PDF")


def _what(head: bytes) -> str:
    known = _PICTURES | _OTHERS
    return next((f"，而是{name}" for magic, name in known.items() if head.lstrip().startswith(magic)), "")
