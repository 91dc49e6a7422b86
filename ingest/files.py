"""The door: any readable file → its issue with documents, and what of it could not be read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gongbao.corpus.document import Issue, PageState, Source, SourceKind
from gongbao.corpus.errors import DamagedFile, EmptyFile, EncryptedFile, NotAPdf, TooLarge
from gongbao.corpus.ledger import Failure
from gongbao.ingest.build import build, build_text
from gongbao.ingest.pool import PASSWORD, count_pages, in_order, read_pages
from gongbao.ingest.read import PICTURED, PageReading, Request, helps, usual_gutters
from gongbao.ingest.scans import read_scans
from gongbao.ingest.tables import join_over_pages
from gongbao.ingest.text import read_text
from gongbao.ingest.word import read_word

VERSION = "4"
_TEXT = frozenset({".txt", ".md"})
_WORD = ".docx"
SUFFIXES = frozenset({".pdf", _WORD}) | _TEXT
STAGE = "ingest"
MAX_BYTES = 2 * 1024**3
_HEAD = 1024  # bytes within which a PDF says that it is one
_PICTURES = {b"\xff\xd8\xff": "JPEG 图片", b"\x89PNG": "PNG 图片", b"II*\x00": "TIFF 图片", b"MM\x00*": "TIFF 图片"}
_OTHERS = {b"PK\x03\x04": "ZIP 或 Office 文件", b"\xd0\xcf\x11\xe0": "旧版 Office 文件", b"<": "网页"}

Progress = Callable[[int, int], None]  # pages done, pages in all


@dataclass(frozen=True, slots=True)
class Reading:
    """An issue, and for each page that could not be read in full the reason."""

    issue: Issue
    failures: tuple[Failure, ...] = ()


def read_file(path: Path, workers: int = 1, progress: Progress | None = None) -> Reading:
    """Read a file by its suffix (`SUFFIXES`), its pages over `workers` processes.

    Raises an InputError where nothing of it can be read: NotAPdf, EmptyFile, EncryptedFile,
    DamagedFile, TooLarge; ServiceUnavailable where no process can be started. A page that fails is a
    value: its state is FAILED and a Failure says why.
    """
    data_size = path.stat().st_size
    if data_size == 0:
        raise EmptyFile(f"{path.name} 是空文件", "重新取得这个文件")
    if data_size > MAX_BYTES:
        raise TooLarge(f"{path.name} 超过 2 GiB", "拆分后再读入")
    if path.suffix.lower() in _TEXT:
        return _read_text(path)
    if path.suffix.lower() == _WORD:
        return Reading(build_text(read_word(path), source_of(path, SourceKind.TEXT), path.stem))
    return _read_pdf(path, workers, progress)


def source_of(path: Path, kind: SourceKind = SourceKind.NATIVE) -> Source:
    return Source(path.name, sha256_of(path), kind)


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read_text(path: Path) -> Reading:
    text = decode(path.read_bytes(), path.name)
    flow = read_text(text, markdown=path.suffix.lower() == ".md")
    return Reading(build_text(flow, source_of(path, SourceKind.TEXT), path.stem))


def decode(data: bytes, name: str) -> str:
    """UTF-8 or, by their marks, UTF-16; else GB 18030, as older Chinese files are. DamagedFile for no text."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        if not text.strip():
            raise EmptyFile(f"{name} 没有文字", "重新取得这个文件")
        return text
    raise DamagedFile(f"{name} 不是文本文件", "确认文件类型")


def _read_pdf(path: Path, workers: int, progress: Progress | None) -> Reading:
    count = _count_pages(path)
    readings = _read_all(path, [Request(i, file=path) for i in range(count)], workers, progress)
    readings = _again(path, read_scans(path, readings, workers), workers)
    issue = build(readings, source_of(path), path.stem)
    return Reading(issue, tuple(failure for r in readings if (failure := _failure(path, r))))


def _read_all(path: Path, requests: list[Request], workers: int, progress: Progress | None) -> list[PageReading]:
    readings = []
    for reading in read_pages(path, requests, workers):
        readings.append(reading)
        if progress:
            progress(len(readings), len(requests))
    return in_order(readings)


def _again(path: Path, readings: list[PageReading], workers: int) -> list[PageReading]:
    """Pages that look different in the light of the others are read again: lone ruled rows that
    continue no table are prose, and the issue's usual gutter parts lines that seemed to go across."""
    parts = {(p.page, p.bbox) for table in join_over_pages([r.tables for r in readings]) for p in table.parts}
    usual = usual_gutters([reading.gutters for reading in readings])
    again = []
    for reading in readings:
        loose = {i for i, t in enumerate(reading.tables) if (t.parts[0].page, t.parts[0].bbox) not in parts}
        hints = tuple(gutter for gutter in usual if helps(reading, gutter))
        if loose or hints:
            again.append(Request(reading.number - 1, frozenset(loose), hints, reading.seen, path))
    anew = {reading.number: reading for reading in read_pages(path, again, workers)}
    return [anew.get(reading.number, reading) for reading in readings]


def _failure(path: Path, reading: PageReading) -> Failure | None:
    if reading.recognised and (reading.items or reading.tables):
        return None
    if reading.state is PageState.FAILED:
        return Failure(path.name, STAGE, reading.trouble, "用其他软件重新保存该 PDF 后再读入", reading.number)
    if reading.state in PICTURED:
        why = f"文字层损坏：{reading.note}" if reading.state is PageState.CORRUPT else reading.note
        message = f"{why}；{reading.trouble}" if reading.trouble else why
        return Failure(path.name, STAGE, message, _remedy(reading), reading.number)
    return None


def _remedy(reading: PageReading) -> str:
    tried = reading.trouble or reading.recognised
    return "重新扫描这一页后再读入" if tried else "安装 gongbao[ocr] 后重新读入"


def _count_pages(path: Path) -> int:
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if b"%PDF-" not in head:
        raise NotAPdf(f"{path.name} 不是 PDF{_what(head)}", "确认文件类型，或另存为 PDF")
    count = count_pages(path)
    if count == PASSWORD:
        raise EncryptedFile(f"{path.name} 有密码", "解除密码后再读入")
    if not isinstance(count, int):
        raise DamagedFile(f"{path.name} 已损坏，无法打开", "重新取得这个文件")
    if count == 0:
        raise DamagedFile(f"{path.name} 没有页面", "重新取得这个文件")
    return count


def _what(head: bytes) -> str:
    known = _PICTURES | _OTHERS
    return next((f"，而是{name}" for magic, name in known.items() if head.lstrip().startswith(magic)), "")
