"""Open data: every kind of record in every format, the whole corpus as one package, and the description of the API."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from gongbao.search_api.export import RecordKind
from gongbao.search_api.http.asked import App, CatalogParam
from gongbao.search_api.web.render import page

router = APIRouter()

_KINDS = {
    RecordKind.TASKS: ("任务与职责", ("xlsx", "docx", "csv", "jsonl", "ics")),
    RecordKind.DEADLINES: ("时限", ("xlsx", "csv", "jsonl", "ics")),
    RecordKind.DOCUMENTS: ("文件目录与全文", ("xlsx", "csv", "jsonl")),
    RecordKind.ROSTERS: ("机构组成人员", ("xlsx", "csv", "jsonl")),
    RecordKind.TABLES: ("表格", ("xlsx", "csv", "jsonl")),
    RecordKind.CITATIONS: ("引用关系", ("xlsx", "csv", "jsonl")),
    RecordKind.ENTITIES: ("指标、联系方式与地区", ("xlsx", "csv", "jsonl")),
}


@router.get("/data")
def data(request: Request, app: App, catalog: CatalogParam) -> Response:
    return page(
        request,
        "data.html",
        kinds=_KINDS,
        counts=catalog.counts,
        years=catalog.years,
        issuers=sorted({row.ref.issuer for row in catalog.documents if row.ref.issuer}),
        asked=request.query_params,
    )


@router.get("/docs")
def explain(request: Request) -> Response:
    """Swagger UI from our own files."""
    return page(request, "docs.html")
