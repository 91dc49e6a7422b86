"""The door: any readable file → its issue with documents, and what of it could not be read.

Nothing of a file is parsed in this process: pages go to `pool`, all else through `limited.call`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gongbao.corpus.document import Issue, PageState, Source, SourceKind
from gongbao.corpus.errors import EmptyFile, InputError, NotAPdf, TooLarge
from gongbao.corpus.failure import Failure
from gongbao.corpus.limited import Limits, call
from gongbao.corpus.names import shown
from gongbao.corpus.processes import preload
from gongbao.ingest.again import second_looks
from gongbao.ingest.build import build
from gongbao.ingest.complete import lost_of_pages
from gongbao.ingest.kinds import BY_SUFFIX, FileKind, kind_of
from gongbao.ingest.ofd.read import read_ofd
from gongbao.ingest.pool import Survey, in_order, read_pages, survey
from gongbao.ingest.read import PICTURED, PageReading, Request
from gongbao.ingest.reading import STAGE, IssueReading
from gongbao.ingest.scans import lay_out, see
from gongbao.ingest.whole import READERS, read_whole

VERSION = "17"
SUFFIXES = frozenset(
    suffix for suffix, kind in BY_SUFFIX.items() if kind in (FileKind.PDF, FileKind.OFD) or kind in READERS
)
ARCHIVES = frozenset(suffix for suffix, kind in BY_SUFFIX.items() if kind is FileKind.ZIP)  # see `unpack`
MAX_BYTES = 2 * 1024**3
WHOLE = Limits(seconds=55.0)  # for a file that is read in one piece
PAGED = Limits(seconds=58.0, memory=640 * 1024**2)  # for an OFD file: 50 pages a second and more
BUILDING = Limits(seconds=120.0, memory=1024**3)  # for the documents of a file whose pages are read
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
    preload("gongbao.ingest.pool")
    data_size = path.stat().st_size
    if data_size == 0:
        raise EmptyFile(f"{shown(path)} 是空文件", "重新取得这个文件")
    if data_size > MAX_BYTES:
        raise TooLarge(f"{shown(path)} 超过 2 GiB", "拆分后再读入")
    kind = kind_of(path)
    if kind is FileKind.PDF:
        reading = _read_pdf(path, workers, progress)
    elif kind is FileKind.OFD:
        reading = _named(path, lambda: call(read_ofd, path, source_of(path), limits=PAGED))
    else:
        reading = _named(path, lambda: call(read_whole, path, kind, source_of(path, SourceKind.TEXT), limits=WHOLE))
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
    if reading.issue.documents or reading.failures:
        return reading
    raise EmptyFile(f"{shown(path)} 里没有读出任何文字", "核对原件；若有内容，用其他软件重新保存后再读入")


def source_of(path: Path, kind: SourceKind = SourceKind.NATIVE) -> Source:
    return Source(shown(path), sha256_of(path), kind)


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Part:
    """Pages of a PDF as they were read one by one, and what was seen in pictures of them."""

    readings: tuple[PageReading, ...]
    seen: tuple[PageReading, ...]


def _read_pdf(path: Path, workers: int, progress: Progress | None) -> IssueReading:
    found = survey_pdf(path)
    return join_parts(path, found, [read_part(path, range(found.pages), workers, progress)], workers)


def survey_pdf(path: Path) -> Survey:
    """NotAPdf; see `survey`."""
    _must_be_pdf(path)
    return survey(path)


def read_part(path: Path, pages: range, workers: int = 1, progress: Progress | None = None) -> Part:
    """`pages` of a PDF, from 0."""
    readings = _read_all(path, [Request(page, file=path) for page in pages], workers, progress)
    return Part(tuple(readings), tuple(see(path, readings, workers)))


def join_parts(path: Path, found: Survey, parts: Sequence[Part], workers: int = 1) -> IssueReading:
    """All pages of a PDF, looked at together."""
    readings = [reading for part in parts for reading in part.readings]
    seen = [reading for part in parts for reading in part.seen]
    readings = _again(path, lay_out(path, readings, seen, workers), workers)
    source = source_of(path)
    issue: Issue = call(build, readings, source, Path(source.file).stem, limits=BUILDING)
    file = source.file
    failures = [failure for reading in readings if (failure := _failure(file, reading))]
    failures += [piece.failure(file) for piece in lost_of_pages(readings, issue)]
    damaged = _damaged(file, found.damaged, {failure.page for failure in failures})
    return IssueReading(issue, (*failures, *damaged, *_inside(file, readings)))


def _damaged(file: str, damaged: dict[int, str], told: set[int | None]) -> Iterator[Failure]:
    """Pages of which a part was read: that some is missing cannot be seen on them."""
    for index, why in damaged.items():
        if index + 1 not in told:
            yield Failure(file, STAGE, why, "重新取得这个文件，或用其他软件重新保存后再读入", index + 1 or None)


def _read_all(path: Path, requests: list[Request], workers: int, progress: Progress | None) -> list[PageReading]:
    readings = []
    for reading in read_pages(path, requests, workers):
        readings.append(reading)
        if progress:
            progress(len(readings), len(requests))
    return in_order(readings)


def _again(path: Path, readings: list[PageReading], workers: int) -> list[PageReading]:
    again = list(second_looks(readings, path))
    anew = {reading.number: reading for reading in read_pages(path, again, workers)}
    return [_better(reading, anew.get(reading.number)) for reading in readings]


def _better(first: PageReading, then: PageReading | None) -> PageReading:
    """A second look that fails loses nothing of the first."""
    return first if then is None or then.state is PageState.FAILED else then


def _inside(file: str, readings: list[PageReading]) -> Iterator[Failure]:
    """Documents inside a PDF (a portfolio) are named: they are files of their own."""
    names = [name for reading in readings for name in reading.attached if Path(name).suffix.lower() in BY_SUFFIX]
    if names:
        message = f"文件包内还有 {len(names)} 个文件没有读入：{'、'.join(names)}"
        yield Failure(file, STAGE, message, "用 PDF 阅读器取出这些文件，再分别读入")


def _failure(file: str, reading: PageReading) -> Failure | None:
    if reading.recognised and (reading.items or reading.tables):
        return None
    if reading.state is PageState.FAILED:
        remedy = "用其他软件重新保存该 PDF 后再读入"
        return Failure(file, STAGE, reading.trouble, remedy, reading.number, again=reading.again)
    if reading.state in PICTURED:
        why = f"文字层损坏：{reading.note}" if reading.state is PageState.CORRUPT else reading.note
        message = f"{why}；{reading.trouble}" if reading.trouble else why
        return Failure(file, STAGE, message, _remedy(reading), reading.number, again=reading.again)
    return None


def _remedy(reading: PageReading) -> str:
    tried = reading.trouble or reading.recognised
    return "重新扫描这一页后再读入" if tried else "安装 gongbao[ocr] 后重新读入"


def _must_be_pdf(path: Path) -> None:
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if b"%PDF-" not in head:
        raise NotAPdf(f"{shown(path)} 不是 PDF{_what(head)}", "确认文件类型，或另存为 PDF")


def _what(head: bytes) -> str:
    known = _PICTURES | _OTHERS
    return next((f"，而是{name}" for magic, name in known.items() if head.lstrip().startswith(magic)), "")
