"""Health, and the page that explains the API."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from gongbao.search_api.http.asked import App
from gongbao.search_api.shapes import Shape
from gongbao.search_api.web.render import page
from pydantic import Field

router = APIRouter(tags=["system"])
docs = APIRouter(include_in_schema=False)


class FailureShape(Shape):
    file: str
    page: int | None
    stage: str
    cause: str
    remedy: str


class HealthShape(Shape):
    status: str = Field(examples=["ok"], description="ok，或 degraded：有文件未能读取")
    documents: int
    tasks: int
    deadlines: int
    failures: tuple[FailureShape, ...]


@router.get("/health", summary="健康检查")
def health(app: App) -> HealthShape:
    """语料库与索引可用时为 200；索引连不上时为 503。统计未完时给出上一次的数字，不等。"""
    app.service.suggest("市", 1)
    catalog, failures = app.catalogs.current(), app.store.ledger.all()
    return HealthShape(
        status="degraded" if failures else "ok",
        documents=catalog.counts.documents,
        tasks=catalog.counts.tasks + catalog.counts.duties,
        deadlines=catalog.counts.deadlines,
        failures=tuple(
            FailureShape(file=f.file, page=f.page, stage=f.stage, cause=f.cause, remedy=f.remedy) for f in failures
        ),
    )


@docs.get("/docs")
def explain(request: Request) -> Response:
    """Swagger UI from our own files."""
    return page(request, "docs.html")
