"""Exports and feeds: exactly what the same filters show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import StreamingResponse
from gongbao.index.models import Filters, Sort, StatementView
from gongbao.index.query.fold import LONGEST
from gongbao.search_api.compose import Application
from gongbao.search_api.export import Format, RecordKind, title_of, write_export
from gongbao.search_api.export.feeds import FeedHead, atom
from gongbao.search_api.export.package import write_package
from gongbao.search_api.export.papers import write_notice, write_notices
from gongbao.search_api.http.access import Insider, may_see_notes
from gongbao.search_api.http.asked import (
    App,
    DocumentFilterParams,
    FilterParams,
    Today,
    base_url,
    parse_choice,
    parse_date,
)
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.http.spooled import DOCX_MEDIA, XLSX_MEDIA, ZIP_MEDIA, named, spooled
from gongbao.search_api.http.written import DateText
from gongbao.search_api.pressing import notice_of, notices_of
from pydantic import WithJsonSchema

routes = Routes("downloads")

_FEED_LENGTH = 200
_MEDIA = {
    Format.JSONL: "application/x-ndjson; charset=utf-8",
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: XLSX_MEDIA,
    Format.ICS: "text/calendar; charset=utf-8",
    Format.DOCX: DOCX_MEDIA,
}

_PLAIN = [Format.JSONL, Format.CSV, Format.XLSX]
_OWN = (RecordKind.TASKS, RecordKind.DEADLINES)  # have their own addresses, with what only they can be asked for


def _one_of(values: Iterable[StrEnum]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(values)})


TaskFormat = Annotated[str, _one_of(Format)]
DatedFormat = Annotated[str, _one_of([*_PLAIN, Format.ICS])]
PlainFormat = Annotated[str, _one_of(_PLAIN)]
KindText = Annotated[str, _one_of(kind for kind in RecordKind if kind not in _OWN)]
Chosen = Annotated[list[str] | None, Query(description="只导出这些编号的记录，可重复")]
Office = Annotated[str, Query(max_length=60, description="落款单位")]
Reply = Annotated[DateText | None, Query(description="反馈截止日期", examples=["2024-06-10"])]
Words = Annotated[str | None, Query(max_length=LONGEST, description="与此相关的任务、时限；其他各类为检索到的文件中的")]


@routes.get("/export/tasks", summary="导出任务", response_class=StreamingResponse)
def export_tasks(
    app: App,
    request: Request,
    filters: FilterParams,
    today: Today,
    format: Annotated[TaskFormat, Query(description="jsonl、csv（带 BOM）、xlsx、docx（任务分解表）、ics")] = "jsonl",
    q: Words = None,
    columns: Annotated[
        list[str] | None,
        Query(
            max_length=400,
            description="任务分解表的各栏，如“工作任务、牵头单位、完成时限”，可重复；写“台账”为可填写后导回的全部各栏",
        ),
    ] = None,
    id: Chosen = None,
) -> StreamingResponse:
    """与任务列表同样条件所见的全部，条数不限。"""
    return _written(app, request, RecordKind.TASKS, format, TableAsked(filters, today, q, id, "、".join(columns or ())))


@routes.get("/export/deadlines", summary="导出时限", response_class=StreamingResponse)
def export_deadlines(
    app: App,
    request: Request,
    filters: FilterParams,
    today: Today,
    format: Annotated[DatedFormat, Query(description="jsonl、csv（带 BOM）、xlsx、ics")] = "jsonl",
    q: Words = None,
    id: Chosen = None,
) -> StreamingResponse:
    """与时限列表同样条件所见的全部，条数不限。"""
    return _written(app, request, RecordKind.DEADLINES, format, TableAsked(filters, today, q, id))


@routes.get("/export/{what}", summary="导出文件及其中各类记录", response_class=StreamingResponse)
def export(
    app: App,
    request: Request,
    what: KindText,
    filters: DocumentFilterParams,
    today: Today,
    format: Annotated[PlainFormat, Query(description="jsonl、csv（带 BOM）、xlsx", examples=["xlsx"])] = "jsonl",
    q: Words = None,
    id: Chosen = None,
) -> StreamingResponse:
    """`what`：documents、rosters、citations、tables、entities（量化指标、联系方式、地区）。条数不限。"""
    return _written(app, request, parse_choice(RecordKind, what, "what"), format, TableAsked(filters, today, q, id))


@dataclass(frozen=True, slots=True)
class TableAsked:
    """What of a kind is exported; `only` these ids, None: all. `columns` of a table of tasks."""

    filters: Filters
    today: date
    query: str | None
    only: list[str] | None
    columns: str = ""


def _written(app: Application, request: Request, kind: RecordKind, format: str, asked: TableAsked) -> StreamingResponse:
    form = parse_choice(Format, format, "format")
    name = f"{title_of(app, kind, asked.query, asked.filters)}.{form.value}"
    return spooled(
        lambda target: write_export(
            app,
            kind,
            form,
            target,
            query=asked.query or None,
            filters=asked.filters,
            today=asked.today,
            only=frozenset(asked.only) if asked.only else None,
            columns=asked.columns,
            whole=may_see_notes(request),
            base_url=base_url(request),
        ),
        _MEDIA[form],
        named(name),
    )


@routes.get("/feeds/tasks.atom", summary="订阅", response_class=StreamingResponse)
def feed(app: App, request: Request, filters: FilterParams, today: Today, q: Words = None) -> StreamingResponse:
    """Atom：符合条件的任务，最新的在前，至多 200 条。条件写法与任务列表相同，例如 `?agency=云川市水利局`。"""
    page = app.service.tasks(q or None, filters, today=today, size=_FEED_LENGTH, sort=Sort.NEWEST)
    stamps = app.store.stamps()
    views = [_stamped(view, stamps) for view in page.items]
    head = FeedHead(
        title=title_of(app, RecordKind.TASKS, q, filters),
        link=str(request.url),
        base_url=base_url(request),
        updated=max(stamps.values(), default=None),
    )
    return StreamingResponse(atom(views, head), media_type="application/atom+xml; charset=utf-8")


@routes.get("/notices/{body}.docx", summary="督办通知", response_class=StreamingResponse)
def notice(
    app: App,
    person: Insider,
    body: str,
    filters: FilterParams,
    today: Today,
    office: Office = "",
    reply: Reply = None,
) -> StreamingResponse:
    """一个单位已逾期与 30 日内到期的未完成事项，DOCX，按公文格式。"""
    found = notice_of(app, body, filters, today, office, parse_date(reply, "reply"))
    headers = named(f"督办通知（{found.agency}）.docx")
    return spooled(lambda target: write_notice(found, target), DOCX_MEDIA, headers)


@routes.get("/notices.zip", summary="各单位的督办通知", response_class=StreamingResponse)
def notices(
    app: App, person: Insider, filters: FilterParams, today: Today, office: Office = "", reply: Reply = None
) -> StreamingResponse:
    """每个有已逾期或 30 日内到期事项的牵头、责任单位一份，DOCX。"""
    found = notices_of(app, filters, today, office, parse_date(reply, "reply"))
    headers = named("督办通知.zip")
    return spooled(lambda target: write_notices(found, target), ZIP_MEDIA, headers)


@routes.get("/package.zip", summary="全部数据", response_class=StreamingResponse)
def package(app: App, parquet: Annotated[bool, Query(description="Parquet；默认为 CSV")] = False) -> StreamingResponse:
    """Frictionless 数据包：各类记录、字段说明、校验值与数据集说明；同样的语料得到同样的文件。"""
    name = f"公报数据{'（Parquet）' if parquet else ''}.zip"
    return spooled(lambda target: write_package(app, target, parquet=parquet), ZIP_MEDIA, named(name))


def _stamped(view: StatementView, stamps: dict[str, str]) -> StatementView:
    return view if view.updated else replace(view, updated=stamps.get(view.document.id))
