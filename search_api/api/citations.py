"""Citations: to copy, and to check."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import Query, Request
from gongbao.corpus.store import reference
from gongbao.search_api.citing import Verification, quotation, verify
from gongbao.search_api.following import find_view
from gongbao.search_api.http.asked import App, CatalogParam, Today, base_url
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.shapes import DocumentRefShape, Shape
from pydantic import Field

routes = Routes("documents")


class QuotationShape(Shape):
    sentence: str
    number: str | None
    title: str
    page: str = Field(examples=["第3页"])
    address: str = Field(description="这句话的永久地址")
    text: str = Field(description="可直接粘贴的引文")
    reference: str = Field(description="GB/T 7714 格式的参考文献条目")


class VerificationShape(Shape):
    verdict: str = Field(description="verified 属实，different 与原文不同，not_in_corpus 语料库中没有这份文件")
    why: str
    document: DocumentRefShape | None
    nearest: str = Field(description="原文中的话")
    pages: tuple[int, ...]

    @staticmethod
    def of(found: Verification) -> VerificationShape:
        ref = DocumentRefShape.of(reference(found.document)) if found.document else None
        return VerificationShape(
            verdict=found.verdict, why=found.why, document=ref, nearest=found.nearest, pages=found.pages
        )


@routes.get("/records/{record}/citation", summary="引文")
def citation(request: Request, app: App, today: Today, record: str) -> QuotationShape:
    """任务或时限的原句、文号、标题、页码与永久地址，可直接粘贴。"""
    return QuotationShape(**asdict(quotation(find_view(app, record), base_url(request), today)))


@routes.get("/verify", summary="核对引文")
def check(
    app: App,
    catalog: CatalogParam,
    quote: Annotated[str, Query(min_length=2, max_length=2_000, description="引用的句子")],
    number: Annotated[str, Query(max_length=100, description="文号")] = "",
    title: Annotated[str, Query(max_length=300, description="标题")] = "",
) -> VerificationShape:
    """引文是否与原文一致；语料库中没有该文件时不作判断。"""
    return VerificationShape.of(verify(app, catalog, number.strip(), title.strip(), quote))
