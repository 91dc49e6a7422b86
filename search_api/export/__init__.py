"""Records to files: JSONL, CSV, XLSX, ICS. Everything is streamed, whatever the number of rows."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import chain
from typing import BinaryIO

from gongbao.corpus.errors import UsageError
from gongbao.index.models import Filters
from gongbao.search_api.compose import Application
from gongbao.search_api.export.flat import csv_lines
from gongbao.search_api.export.ics import calendar
from gongbao.search_api.export.records import Kind, select_records, select_unbound
from gongbao.search_api.export.xlsx import write_xlsx
from gongbao.search_api.shapes import Shape

__all__ = ["Format", "Kind", "title_of", "write_export"]


class Format(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    ICS = "ics"


_NAMES = {
    Kind.TASKS: "任务分解表",
    Kind.DEADLINES: "时限表",
    Kind.DOCUMENTS: "文件目录",
    Kind.ROSTERS: "机构组成人员名单",
    Kind.CITATIONS: "引用文件表",
    Kind.TABLES: "表格汇编",
    Kind.ENTITIES: "指标联系方式与地区表",
}


def write_export(
    app: Application,
    kind: Kind,
    form: Format,
    target: BinaryIO,
    *,
    query: str | None = None,
    filters: Filters,
    today: date | None = None,
    only: frozenset[str] | None = None,
    base_url: str = "",
) -> None:
    """Write every record that `query` and `filters` show to an open binary file.

    `only`: none but the records with these ids. `today` stands for 今年 in the query, else the
    home's. `base_url`: the server that hyperlinks to the source lead to, none without it.
    """
    if form is Format.ICS and kind not in (Kind.TASKS, Kind.DEADLINES):
        raise UsageError(f"{kind} 没有日期，不能导出为日历", "改用 jsonl、csv 或 xlsx")
    records = select_records(app, kind, query, filters, today)
    if form is Format.ICS and kind is Kind.TASKS and only is None:
        records = chain(records, select_unbound(app, query, filters, today))
    if only is not None:
        records = (record for record in records if getattr(record, "id", None) in only)
    title = title_of(app, kind, query, filters)
    if form is Format.XLSX:
        with _whole(target) as sheet:
            write_xlsx(kind, records, sheet, title=title, base_url=base_url)
        return
    for line in _lines(kind, form, records, title, base_url):
        target.write(line.encode())


@contextmanager
def _whole(target: BinaryIO) -> Iterator[BinaryIO]:
    """A spreadsheet is put together as a file; into a pipe it goes when it is done."""
    if target.seekable():
        yield target
        return
    with tempfile.TemporaryFile() as made:
        yield made
        made.seek(0)
        shutil.copyfileobj(made, target)


def title_of(app: Application, kind: Kind, query: str | None, filters: Filters) -> str:
    """What the file is called: 云川市水利局2024年任务分解表."""
    about = f"“{query}”" if query else ""
    year = f"{filters.year}年" if filters.year else ""
    document = app.store.document(filters.document) if filters.document else None
    named = (document.number or document.title) if document else filters.document
    return f"{filters.agency or named or filters.issuer or ''}{year}{about}{_NAMES[kind]}"


def _lines(kind: Kind, form: Format, records: Iterator[Shape], title: str, base_url: str) -> Iterator[str]:
    if form is Format.JSONL:
        return (record.line() + "\n" for record in records)
    if form is Format.CSV:
        return csv_lines(kind, records)
    return calendar(records, title=title, base_url=base_url, now=datetime.now(UTC))
