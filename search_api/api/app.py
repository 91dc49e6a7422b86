"""The server: API, pages and static files over one Application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import Depends, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.staticfiles import StaticFiles
from gongbao.corpus.errors import GongbaoError
from gongbao.index.analysis import warm
from gongbao.search_api.api import (
    answers,
    citations,
    documents,
    downloads,
    feeds,
    items,
    ledger,
    pictures,
    records,
    reviews,
    statistics,
    system,
    uploads,
)
from gongbao.search_api.compose import Application
from gongbao.search_api.http.access import may_read
from gongbao.search_api.http.door import Admission, Hosts, Identity
from gongbao.search_api.http.headers import Protection, Unchanged
from gongbao.search_api.http.heads import Heads
from gongbao.search_api.http.inline import inline
from gongbao.search_api.http.limit import BodyLimit
from gongbao.search_api.http.problems import Bugs, ErrorPages, Problem, add_handlers
from gongbao.search_api.http.proxied import Proxied
from gongbao.search_api.http.watch import Watch
from gongbao.search_api.jobs import Jobs
from gongbao.search_api.settings import ServerSettings, read_settings
from gongbao.search_api.web import (
    admin_pages,
    data_pages,
    document_pages,
    item_pages,
    ledger_pages,
    list_pages,
    login_pages,
    mine,
    review_pages,
    search_pages,
    statistics_pages,
    subscription_pages,
)
from gongbao.search_api.web.render import STATIC, error_page, login_page
from starlette.concurrency import run_in_threadpool

API = "/api/v1"
_FIRST = "防汛由谁牵头"  # a question of any gazette: words, bodies, roles and meaning are read for it

_DESCRIPTION = """
谁必须做什么、何时完成、出处在哪里。

* 所有记录都带 `document`（出自哪份文件）与 `source_regions`（第几页、什么位置，单位为 PDF 点，原点在页面左上角）。
* 错误一律为 `application/problem+json`（RFC 9457）。
* 列表用 `cursor` 翻页；JSON 应答带 `ETag`，可用 `If-None-Match` 避免重复下载。
"""
_TAGS = [
    {"name": "answers", "description": "问答与检索：用平常话提问，或按词检索"},
    {"name": "records", "description": "任务与时限：谁做什么、何时完成；部门职责"},
    {"name": "documents", "description": "文件：文件全文、记录、表格、页面图像"},
    {"name": "items", "description": "台账：进展、反馈、佐证与历史；更改需要 manager 凭证"},
    {"name": "reviews", "description": "校核：确认、修改、驳回、补充；需要 reviewer 凭证"},
    {"name": "downloads", "description": "导出：与同样条件下所见完全一致"},
    {"name": "administration", "description": "管理：上传与进度；需要 admin 凭证"},
    {"name": "system", "description": "系统：健康检查"},
]


def create_app(application: Application, settings: ServerSettings | None = None) -> FastAPI:
    """The ASGI application. What it allows comes from `settings`, else from the environment."""
    problem = {"model": Problem, "description": "出错", "content": {"application/problem+json": {}}}
    app = FastAPI(
        title="公报检索接口",
        version="1",
        description=_DESCRIPTION,
        openapi_tags=_TAGS,
        generate_unique_id_function=lambda route: route.name,
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(inline(may_read))],
        lifespan=_counting,
        responses={"4XX": problem, "5XX": problem},
    )
    settings = settings or read_settings()
    app.state.application = application
    app.state.settings = settings
    app.state.jobs = Jobs(application)
    add_handlers(app, ErrorPages(error_page, login_page))
    _add_guards(app, settings)
    _add_routes(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


def _add_guards(app: FastAPI, settings: ServerSettings) -> None:
    """What stands between the network and the routes, the innermost first."""
    app.add_middleware(BodyLimit, settings=settings)  # innermost, so that the error comes to the handlers as it is
    app.add_middleware(Bugs)
    app.add_middleware(Identity)
    app.add_middleware(Unchanged)
    app.add_middleware(Heads)
    app.add_middleware(Admission, settings=settings)
    app.add_middleware(Hosts, names=settings.hosts or ("*",))
    _allow_origins(app, settings.cors)
    app.add_middleware(Protection, settings=settings)
    app.add_middleware(Watch)
    app.add_middleware(Proxied, proxies=settings.proxies)


def _add_routes(app: FastAPI) -> None:
    app.add_api_route("/api/ask", answers.ask, name="ask_unversioned", summary="提问", tags=["answers"])
    reading = (answers, records, documents, pictures, citations, downloads, feeds)
    for part in (*reading, items, statistics, reviews, uploads, ledger, system):
        part.routes.add_to(app, API)
    for pages in (
        search_pages,
        document_pages,
        list_pages,
        item_pages,
        statistics_pages,
        ledger_pages,
        subscription_pages,
        data_pages,
        mine,
        review_pages,
        login_pages,
        admin_pages,
    ):
        pages.routes.add_to(app, include_in_schema=False)


@asynccontextmanager
async def _counting(app: FastAPI) -> AsyncIterator[None]:
    """The dictionary, the 台账 and what the first question needs are read before anybody is answered: read beside the
    first readers they took them three times as long. The first count goes on meanwhile, however long it takes."""
    application = app.state.application
    app.state.jobs.serve()
    await run_in_threadpool(_prepare, application)
    yield
    app.state.jobs.stop()


def _prepare(application: Application) -> None:
    with suppress(GongbaoError):
        application.catalogs.begin()
        warm()
        application.store.desk.snapshot()
        found = application.service.ask(_FIRST, today=application.settings.today)
        for hit in found.documents[:1]:  # a document's page wants scikit-learn, which takes seconds to load
            application.service.related(hit.document.id)


def _allow_origins(app: FastAPI, origins: tuple[str, ...]) -> None:
    if origins:
        app.add_middleware(CORSMiddleware, allow_origins=origins, allow_methods=["GET"], expose_headers=["ETag"])
