"""Statistics of the 台账, as figures, as a spreadsheet, and as a 督查通报."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import Query
from fastapi.responses import StreamingResponse
from gongbao.index.models import Filters
from gongbao.search_api.compose import Application
from gongbao.search_api.export.bulletin import write_bulletin, write_figures
from gongbao.search_api.http.access import Insider
from gongbao.search_api.http.asked import App, FilterParams, Today
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.http.spooled import DOCX_MEDIA, XLSX_MEDIA, named, spooled
from gongbao.search_api.pressing import overdue_views
from gongbao.search_api.shapes import Shape
from gongbao.search_api.statistics import StatisticsReport, StatisticsRow, Thresholds, read_leaders, report
from pydantic import Field

routes = Routes("items")

_DEFAULT = Thresholds()
Red = Annotated[float, Query(ge=0, le=100, description="红灯：逾期占未完成的百分比不低于")]
Yellow = Annotated[float, Query(ge=0, le=100, description="黄灯：逾期占未完成的百分比不低于")]
Office = Annotated[str, Query(max_length=60, description="落款单位")]


class FiguresShape(Shape):
    name: str = Field(examples=["云川市水利局"])
    total: int
    done: int
    on_time: int
    late: int = Field(description="期限过后才完成")
    overdue: int = Field(description="已过期限而未完成")
    near: int = Field(description="30 日内到期而未完成")
    rate: float = Field(description="完成率，百分数")
    light: str = Field(examples=["yellow"], description="red、yellow、green")

    @staticmethod
    def of(row: StatisticsRow) -> FiguresShape:
        return FiguresShape(**asdict(row), on_time=row.on_time, rate=round(row.rate, 1))


class ReportShape(Shape):
    whole: FiguresShape = Field(description="任务与未写明单位的时限")
    unnamed: FiguresShape = Field(description="其中未写明承担单位的时限")
    bodies: tuple[FiguresShape, ...]
    leaders: tuple[FiguresShape, ...]
    months: tuple[FiguresShape, ...]


@routes.get("/statistics", summary="督查统计")
def statistics(
    app: App,
    person: Insider,
    filters: FilterParams,
    today: Today,
    red: Red = _DEFAULT.red,
    yellow: Yellow = _DEFAULT.yellow,
) -> ReportShape:
    """按单位（牵头或责任）、分管领导、到期月份：总数、完成、超期、逾期、完成率与红黄绿灯。"""
    found = _report(app, filters, today, red, yellow)
    parts = (tuple(map(FiguresShape.of, part)) for part in (found.bodies, found.leaders, found.months))
    whole, unnamed = FiguresShape.of(found.whole), FiguresShape.of(found.unnamed)
    return ReportShape(whole=whole, unnamed=unnamed, bodies=next(parts), leaders=next(parts), months=next(parts))


@routes.get("/statistics.xlsx", summary="督查统计表", response_class=StreamingResponse)
def sheet(
    app: App,
    person: Insider,
    filters: FilterParams,
    today: Today,
    red: Red = _DEFAULT.red,
    yellow: Yellow = _DEFAULT.yellow,
) -> StreamingResponse:
    found = _report(app, filters, today, red, yellow)
    return spooled(lambda target: write_figures(found, target, today), XLSX_MEDIA, named("督查统计.xlsx"))


@routes.get("/statistics.docx", summary="督查通报", response_class=StreamingResponse)
def bulletin(
    app: App,
    person: Insider,
    filters: FilterParams,
    today: Today,
    red: Red = _DEFAULT.red,
    yellow: Yellow = _DEFAULT.yellow,
    office: Office = "",
) -> StreamingResponse:
    """总体情况、各单位情况、逾期事项，DOCX，按公文格式。"""
    found = _report(app, filters, today, red, yellow)
    late = list(overdue_views(app, filters, today))
    return spooled(
        lambda target: write_bulletin(found, late, target, today, office), DOCX_MEDIA, named("督查通报.docx")
    )


def _report(app: Application, filters: Filters, today: Today, red: float, yellow: float) -> StatisticsReport:
    return report(app.service, filters, today, Thresholds(red, yellow), read_leaders(app.settings.home))
