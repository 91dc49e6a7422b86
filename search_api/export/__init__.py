"""Records to files: JSONL, CSV, XLSX, ICS. Everything is streamed, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import BinaryIO

from corpus.errors import UsageError
from index.models import Filters
from search_api.compose import Application
from search_api.export.flat import csv_lines
from search_api.export.records import Kind, select_records
from search_api.shapes import Shape

__all__ = ["Format", "Kind", "write_export"]


class Format(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    ICS = "ics"


def write_export(
    app: Application, kind: Kind, form: Format, target: BinaryIO, *, query: str | None = None, filters: Filters
) -> None:
    """Write every record that `query` and `filters` show to an open binary file."""
    if form is Format.ICS and kind not in (Kind.TASKS, Kind.DEADLINES):
        raise UsageError(f"{kind} 没有日期，不能导出为日历", "改用 jsonl、csv 或 xlsx")
    _WRITERS[form](kind, select_records(app, kind, query, filters), target)


def _write_jsonl(kind: Kind, records: Iterator[Shape], target: BinaryIO) -> None:
    for record in records:
        target.write(record.line().encode() + b"\n")


def _write_csv(kind: Kind, records: Iterator[Shape], target: BinaryIO) -> None:
    for line in csv_lines(kind, records):
        target.write(line.encode())


_WRITERS: dict[Format, Callable[[Kind, Iterator[Shape], BinaryIO], None]] = {
    Format.JSONL: _write_jsonl,
    Format.CSV: _write_csv,
}
