"""A PDF, page by page over processes → its issue, and what of it could not be read.

Runs in a process of its own (`limited.follow`), so that who asks for a file loads nothing of what reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gongbao.corpus.document import PageState, Source
from gongbao.corpus.failure import Failure
from gongbao.corpus.limited import Limits, call
from gongbao.ingest.again import second_looks
from gongbao.ingest.build import build
from gongbao.ingest.complete import lost_of_pages
from gongbao.ingest.pool import Survey, in_order, read_pages, survey
from gongbao.ingest.read import PICTURED, PageReading, Request
from gongbao.ingest.reading import STAGE, IssueReading
from gongbao.ingest.scans import lay_out, see

BUILDING = Limits(seconds=120.0, memory=1024**3)  # for the documents of a file whose pages are read

Progress = Callable[[int, int], None]  # pages done, pages in all


@dataclass(frozen=True, slots=True)
class Part:
    """Pages of a PDF as they were read one by one, and what was seen in pictures of them."""

    readings: tuple[PageReading, ...]
    seen: tuple[PageReading, ...]


def read_pdf(tell: Progress, path: Path, source: Source, workers: int) -> IssueReading:
    """EncryptedFile, DamagedFile, TooLarge, Stopped where nothing of it can be read; ServiceUnavailable where no
    process can be started."""
    found = survey(path)
    return join_parts(path, source, found, [read_part(path, range(found.pages), workers, tell)], workers)


def read_part(path: Path, pages: range, workers: int = 1, tell: Progress | None = None) -> Part:
    """`pages` of a PDF, from 0."""
    readings = _read_all(path, [Request(page, file=path) for page in pages], workers, tell)
    return Part(tuple(readings), tuple(see(path, readings, workers)))


def join_parts(path: Path, source: Source, found: Survey, parts: Sequence[Part], workers: int = 1) -> IssueReading:
    """All pages of a PDF, looked at together."""
    readings = [reading for part in parts for reading in part.readings]
    seen = [reading for part in parts for reading in part.seen]
    readings = _again(path, lay_out(path, readings, seen, workers), workers)
    return call(_understood, readings, source, found.damaged, limits=BUILDING)


def _understood(readings: list[PageReading], source: Source, damage: dict[int, str]) -> IssueReading:
    file = source.file
    issue = build(readings, source, Path(file).stem)
    failures = [failure for reading in readings if (failure := _failure(file, reading))]
    failures += [piece.failure(file) for piece in lost_of_pages(readings, issue)]
    damaged = _damaged(file, damage, {failure.page for failure in failures})
    inside = tuple(name for reading in readings for name in reading.attached)
    return IssueReading(issue, (*failures, *damaged), inside)


def _damaged(file: str, damaged: dict[int, str], told: set[int | None]) -> Iterator[Failure]:
    """Pages of which a part was read: that some is missing cannot be seen on them."""
    for index, why in damaged.items():
        if index + 1 not in told:
            yield Failure(file, STAGE, why, "重新取得这个文件，或用其他软件重新保存后再读入", index + 1 or None)


def _read_all(path: Path, requests: list[Request], workers: int, tell: Progress | None) -> list[PageReading]:
    readings = []
    for reading in read_pages(path, requests, workers):
        readings.append(reading)
        if tell:
            tell(len(readings), len(requests))
    return in_order(readings)


def _again(path: Path, readings: list[PageReading], workers: int) -> list[PageReading]:
    again = list(second_looks(readings, path))
    anew = {reading.number: reading for reading in read_pages(path, again, workers)}
    return [_better(reading, anew.get(reading.number)) for reading in readings]


def _better(first: PageReading, then: PageReading | None) -> PageReading:
    """A second look that fails loses nothing of the first."""
    return first if then is None or then.state is PageState.FAILED else then


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
