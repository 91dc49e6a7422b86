"""Questions and searches."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from gongbao.index.models import Answer, NothingAsked, SearchResult, Sort
from gongbao.search_api.answer_shapes import AnswerShape, SearchShape
from gongbao.search_api.http.asked import App, FilterParams, QueryParam, SortParam, Today
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.shapes import Shape

routes = Routes("answers")


class SuggestionShape(Shape):
    text: str
    kind: str


@routes.get("/ask", summary="提问")
def ask(
    app: App,
    q: QueryParam,
    filters: FilterParams,
    today: Today,
    explain: Annotated[bool, Query(description="说明排序理由")] = False,
) -> AnswerShape:
    """用平常话提问。

    答复含对问题的理解（`reading`）、任务（`statements`）、时限（`deadlines`）、原文（`passages`），问数额、电话时还有所问的数（`figures`）。
    没有可问的内容时为空，`reading.note` 说明。
    """
    try:
        return AnswerShape.of(app.service.ask(q, filters, today=today, explain=explain))
    except NothingAsked as error:
        return AnswerShape.of(Answer(error.reading, ()))


@routes.get("/search", summary="检索文件")
def search(
    app: App,
    q: QueryParam,
    filters: FilterParams,
    today: Today,
    sort: SortParam,
    size: Annotated[int, Query(ge=1, le=100, description="每页条数")] = 10,
    offset: Annotated[int, Query(ge=0, le=10_000, description="从第几条起")] = 0,
    explain: Annotated[bool, Query(description="说明排序理由")] = False,
) -> SearchShape:
    """文件按相关程度排列，附最相关的段落、任务与分面统计。"""
    try:
        result = app.service.search(
            q, filters, today=today, size=size, offset=offset, sort=sort or Sort.RELEVANCE, explain=explain
        )
    except NothingAsked as error:
        result = SearchResult(error.reading, 0, ())
    return SearchShape.of(result)


@routes.get("/suggest", summary="输入提示")
def suggest(
    app: App,
    q: Annotated[str, Query(max_length=100, description="已输入的文字", examples=["市水"])] = "",
    size: Annotated[int, Query(ge=1, le=20)] = 8,
) -> list[SuggestionShape]:
    """以所输入文字开头或含有它的单位、标题、文号。"""
    found = app.service.suggest(q, size) if q.strip() else ()
    return [SuggestionShape(text=s.text, kind=s.kind) for s in found]
