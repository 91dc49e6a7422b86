"""Health, and the page that explains the API."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response
from gongbao.corpus.database import is_there
from gongbao.corpus.errors import ServiceUnavailable
from gongbao.search_api.http.access import Someone, is_near
from gongbao.search_api.http.asked import App
from gongbao.search_api.http.figures import CONTENT_TYPE_LATEST, figures
from gongbao.search_api.http.problems import Refused
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.shapes import Shape
from gongbao.search_api.tokens import Access
from pydantic import Field

routes = Routes("system")


class HealthShape(Shape):
    status: str = Field(examples=["ok"], description="ok，或 degraded：有文件未能读取")
    documents: int
    tasks: int
    deadlines: int
    failed: int = Field(description="未能读取的文件与页，详见管理页")


class PulseShape(Shape):
    status: str = Field(examples=["ok"])


@routes.get("/health/live", summary="进程在运行")
def live() -> PulseShape:
    """答复即为在运行；不看语料库与索引。"""
    return PulseShape(status="ok")


@routes.get("/health/ready", summary="可以接受访问")
def ready(app: App) -> PulseShape:
    """语料库读得出、索引答得了时为 200，否则 503。"""
    _check_parts(app)
    return PulseShape(status="ok")


@routes.get("/health", summary="健康检查")
def health(app: App) -> HealthShape:
    """语料库与索引可用时为 200，否则 503。统计未完时给出上一次的数字，不等。"""
    _check_parts(app)
    counts, failed = app.catalogs.current().counts, len(app.store.ledger.all())
    return HealthShape(
        status="degraded" if failed else "ok",
        documents=counts.documents,
        tasks=counts.tasks + counts.duties,
        deadlines=counts.deadlines,
        failed=failed,
    )


def _check_parts(app: App) -> None:
    """ServiceUnavailable where the database is gone or the index does not answer."""
    if not is_there(app.settings.home):
        raise ServiceUnavailable("语料库文件不见了", "检查 --home 所指的目录；有备份时恢复")
    app.service.suggest("市", 1)


@routes.get("/metrics", include_in_schema=False)
def metrics(request: Request, app: App, person: Someone) -> Response:
    """Prometheus text: requests, stages, ledger and queue; for this machine and for administrators."""
    if not is_near(request) and (person is None or not person.access.covers(Access.ADMIN)):
        raise Refused("运行指标只供本机与管理员查看", "用管理员凭证")
    return Response(figures(app.store), media_type=CONTENT_TYPE_LATEST)
