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

from gongbao.corpus.document import Document
from gongbao.corpus.errors import NotFound
from gongbao.corpus.ids import document_id
from gongbao.index.models import Filters
from gongbao.search_api.compose import Application
from gongbao.search_api.export.columns import LEADER, chosen
from gongbao.search_api.export.flat import csv_lines
from gongbao.search_api.export.ics import calendar
from gongbao.search_api.export.records import RecordKind, select_records, select_unbound
from gongbao.search_api.labels import plan_name, titled
from gongbao.search_api.shapes import Shape, TaskShape

__all__ = ["Format", "RecordKind", "title_of", "write_export"]


class Format(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    ICS = "ics"
    DOCX = "docx"


_FORMS = {Format.ICS: (RecordKind.TASKS, RecordKind.DEADLINES), Format.DOCX: (RecordKind.TASKS,)}


_NAMES = {
    RecordKind.TASKS: "任务分解表",
    RecordKind.DEADLINES: "时限表",
    RecordKind.DOCUMENTS: "文件目录",
    RecordKind.ROSTERS: "机构组成人员名单",
    RecordKind.CITATIONS: "引用文件表",
    RecordKind.TABLES: "表格汇编",
    RecordKind.ENTITIES: "指标联系方式与地区表",
}


def write_export(
    app: Application,
    kind: RecordKind,
    form: Format,
    target: BinaryIO,
    *,
    query: str | None = None,
    filters: Filters,
    today: date | None = None,
    only: frozenset[str] | None = None,
    columns: str = "",
    whole: bool = True,
    base_url: str = "",
) -> None:
    """Write every record that `query` and `filters` show to an open binary file.

    `only`: none but the records with these ids. `today` stands for 今年 in the query, else the
    home's. `columns` of a table of tasks, as `columns.chosen` reads them. Not `whole`: without what the office
    writes for itself. `base_url`: the server that hyperlinks to the source lead to, none without it.
    """
    _check_form(kind, form)
    records = select_records(app, kind, query, filters, today, whole=whole)
    if form is Format.ICS and kind is RecordKind.TASKS and only is None:
        records = chain(records, select_unbound(app, query, filters, today, whole=whole))
    if only is not None:
        records = (record for record in records if getattr(record, "id", None) in only)
    title = title_of(app, kind, query, filters)
    if form in (Format.XLSX, Format.DOCX):
        with _whole(target) as made:
            _write_whole(app, kind, form, records, made, title, chosen(columns), filters, base_url)
        return
    for part in _parts(kind, form, records, title, base_url):
        target.write(part)


def _check_form(kind: RecordKind, form: Format) -> None:
    if form in (Format.ICS, Format.DOCX) and kind not in _FORMS[form]:
        why = "没有日期，不能导出为日历" if form is Format.ICS else "不能导出为公文"
        raise NotFound(f"{kind} {why}", "改用 jsonl、csv 或 xlsx")


def _write_whole(
    app: Application,
    kind: RecordKind,
    form: Format,
    records: Iterator[Shape],
    target: BinaryIO,
    title: str,
    columns: tuple[str, ...],
    filters: Filters,
    base_url: str,
) -> None:
    from gongbao.search_api.export.papers import write_task_paper  # the libraries of both take long to load
    from gongbao.search_api.export.xlsx import write_task_table, write_xlsx

    if kind is not RecordKind.TASKS:
        write_xlsx(kind, records, target, title=title, base_url=base_url)
        return
    tasks = (record for record in records if isinstance(record, TaskShape))
    basis = _basis(app, filters)
    if form is Format.DOCX:
        write_task_paper(tasks, target, title=title, columns=() if columns == LEADER else columns, basis=basis)
    else:
        write_task_table(tasks, target, title=title, columns=columns, basis=basis, base_url=base_url)


def _basis(app: Application, filters: Filters) -> str:
    """Said once where all stands in one document: 依据：《…》（云政发〔2024〕10号）."""
    document = _named_document(app, filters)
    if document is None:
        return ""
    return f"依据：{titled(document.title)}" + (f"（{document.number}）" if document.number else "")


def _named_document(app: Application, filters: Filters) -> Document | None:
    if not filters.document:
        return None
    number = document_id(filters.document, "", None, None)
    return app.store.document(filters.document) or app.store.document(number)


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


def title_of(app: Application, kind: RecordKind, query: str | None, filters: Filters) -> str:
    """What the file is called: 云川市水利局2024年任务分解表."""
    about = f"“{query}”" if query else ""
    year = f"{filters.year}年" if filters.year else ""
    document = _named_document(app, filters)
    named = plan_name(document.title) if document else filters.document
    return f"{filters.agency or ''}{named or filters.issuer or ''}{year}{about}{_NAMES[kind]}"


def _parts(kind: RecordKind, form: Format, records: Iterator[Shape], title: str, base_url: str) -> Iterator[bytes]:
    if form is Format.JSONL:
        return (f"{record.line()}\n".encode() for record in records)
    if form is Format.CSV:
        return (line.encode() for line in csv_lines(kind, records))
    return calendar(records, title=title, base_url=base_url, now=datetime.now(UTC))
