"""Tasks, deadlines, and bodies with what they must do."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, BinaryIO

from fastapi import Query, Request
from fastapi.responses import StreamingResponse
from gongbao.corpus.errors import NotFound
from gongbao.index.agency import ROLES
from gongbao.index.models import Filters, Sort, StatementView
from gongbao.index.query.fold import LONGEST
from gongbao.search_api.catalog import AgencyRow
from gongbao.search_api.http.access import may_see_notes
from gongbao.search_api.http.asked import App, CatalogParam, FilterParams, SortParam, Today
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.http.spooled import spooled
from gongbao.search_api.shapes import DeadlineRecordShape, Shape, TaskShape
from pydantic import Field

routes = Routes("records")

Size = Annotated[int, Query(ge=1, le=200, description="每页条数")]
Cursor = Annotated[str | None, Query(description="上一页给出的 cursor")]
Words = Annotated[
    str | None, Query(max_length=LONGEST, description="与此相关的；不写则列出全部", examples=["公共自行车"])
]


class TaskPage(Shape):
    total: int = Field(examples=[128])
    cursor: str | None = Field(description="取下一页用；没有下一页时为 null")
    items: tuple[TaskShape, ...]


class DeadlinePage(Shape):
    total: int
    cursor: str | None = Field(description="取下一页用；没有下一页时为 null")
    items: tuple[DeadlineRecordShape, ...]


class AgencyEntry(Shape):
    name: str = Field(examples=["云川市水利局"])
    lead: int
    responsible: int
    support: int

    @staticmethod
    def of(row: AgencyRow) -> AgencyEntry:
        return AgencyEntry(name=row.name, lead=row.lead, responsible=row.responsible, support=row.support)


class AgencyPage(Shape):
    total: int
    items: tuple[AgencyEntry, ...]


class AgencyShape(Shape):
    name: str
    canonical: str | None
    aliases: tuple[str, ...]
    lead: tuple[TaskShape, ...]
    responsible: tuple[TaskShape, ...]
    support: tuple[TaskShape, ...]


@routes.get("/tasks", summary="任务与职责")
def tasks(
    request: Request,
    app: App,
    filters: FilterParams,
    today: Today,
    sort: SortParam,
    q: Words = None,
    size: Size = 50,
    cursor: Cursor = None,
) -> TaskPage:
    """谁做什么。按条件筛选，逐页读取；每条都带原文与页面位置。"""
    order = sort or (Sort.RELEVANCE if q else Sort.PRINTED)
    page = app.service.tasks(q or None, filters, today=today, size=size, cursor=cursor, sort=order)
    return TaskPage(total=page.total, cursor=page.cursor, items=_shapes(page.items, may_see_notes(request)))


@routes.get("/deadlines", summary="时限")
def deadlines(
    request: Request,
    app: App,
    filters: FilterParams,
    today: Today,
    sort: SortParam,
    q: Words = None,
    size: Size = 50,
    cursor: Cursor = None,
) -> DeadlinePage:
    """所有时限，最早的在前；没有具体日期的在最后。"""
    page = app.service.deadlines(q or None, filters, today=today, size=size, cursor=cursor, sort=sort or Sort.DUE)
    items = tuple(DeadlineRecordShape.of_view(d, whole=may_see_notes(request)) for d in page.items)
    return DeadlinePage(total=page.total, cursor=page.cursor, items=items)


@routes.get("/agencies", summary="单位名录")
def agencies(
    catalog: CatalogParam,
    name: Annotated[str, Query(description="名称中含有", examples=["水利"])] = "",
    size: Size = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> AgencyPage:
    """文件中承担任务的单位，任务多的在前。"""
    found = [row for row in catalog.agencies if name in row.name]
    return AgencyPage(total=len(found), items=tuple(map(AgencyEntry.of, found[offset : offset + size])))


@routes.get("/agencies/{name}", summary="一个单位的任务与职责", response_model=AgencyShape)
def agency(request: Request, app: App, name: str, filters: FilterParams, today: Today) -> StreamingResponse:
    """按牵头、责任、配合分列，期限早的在前；名称可用任一简称。全部列出，条数不限。"""
    if not app.service.agency(name).aliases and not app.service.count_tasks(None, Filters(agency=name), today=today):
        raise NotFound(f"语料库中没有“{name}”的任务或职责", "检查名称，或从 /api/v1/agencies 查找")
    return spooled(
        lambda target: _write_agency(app, name, filters, target, may_see_notes(request)), "application/json", {}
    )


def _write_agency(app: App, name: str, filters: Filters, target: BinaryIO, whole: bool) -> None:
    """An `AgencyShape`, its statements one by one."""
    found = app.service.agency(name)
    head = AgencyShape(**asdict(found), lead=(), responsible=(), support=())
    target.write(head.model_dump_json(exclude={role.value for role in ROLES}).removesuffix("}").encode())
    for role in ROLES:
        target.write(f',"{role}":['.encode())
        for place, view in enumerate(app.service.agency_statements(name, role, filters)):
            target.write(b"," * bool(place) + TaskShape.of_view(view, whole=whole).line().encode())
        target.write(b"]")
    target.write(b"}")


def _shapes(views: tuple[StatementView, ...], whole: bool) -> tuple[TaskShape, ...]:
    return tuple(TaskShape.of_view(view, whole=whole) for view in views)
