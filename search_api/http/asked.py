"""What a request asks: its filters, paging and "today", read from the query string in one way everywhere."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, TypeVar

from fastapi import Depends, Query, Request
from gongbao.corpus.desk import State
from gongbao.corpus.document import Document
from gongbao.corpus.errors import UsageError
from gongbao.corpus.ids import document_id
from gongbao.corpus.records import AssignmentKind, Role
from gongbao.corpus.store import Store
from gongbao.index.models import Filters, Sort
from gongbao.index.query.fold import LONGEST
from gongbao.search_api import labels
from gongbao.search_api.catalog import Catalog
from gongbao.search_api.compose import Application
from gongbao.search_api.http.problems import NotFound

E = TypeVar("E", bound=StrEnum)

YEARS = range(1900, 2200)  # a page counts from its day to the years around it, and no gazette lies outside


def get_application(request: Request) -> Application:
    application = request.app.state.application
    assert isinstance(application, Application)
    application.refresh()
    return application


App = Annotated[Application, Depends(get_application)]


def get_catalog(request: Request, app: App) -> Catalog:
    """A page may show the last known numbers and say so; what programs read is complete."""
    return app.catalogs.complete() if request.url.path.startswith("/api/") else app.catalogs.current()


CatalogParam = Annotated[Catalog, Depends(get_catalog)]


def get_today(
    app: App, today: Annotated[str | None, Query(description="按哪一天计算“今年”“逾期”，默认为服务器设定的日期")] = None
) -> date:
    day = parse_date(today, "today")
    if day and day.year not in YEARS:
        raise UsageError(f"参数 today 不在 {YEARS[0]} 年至 {YEARS[-1]} 年之间：{today}", "写成 2024-06-30 的样子")
    return day or app.settings.today


Today = Annotated[date, Depends(get_today)]


def get_filters(
    today: Today,
    agency: Annotated[str | None, Query(description="承担单位，全称、简称均可", examples=["云川市水利局"])] = None,
    role: Annotated[str | None, Query(description="角色：lead 牵头、responsible 责任、support 配合")] = None,
    kind: Annotated[str | None, Query(description="task 任务、duty 常设职责")] = None,
    document: Annotated[
        str | None, Query(description="文件：编号、文号（写法不限）或标题", examples=["云政发〔2024〕10号"])
    ] = None,
    year: Annotated[str | None, Query(description="文件年份", examples=["2024"])] = None,
    issuer: Annotated[str | None, Query(description="发文机关", examples=["云川市人民政府"])] = None,
    issue: Annotated[str | None, Query(description="公报期号", examples=["2024-1"])] = None,
    genre: Annotated[str | None, Query(description="文种", examples=["通知"])] = None,
    subject: Annotated[str | None, Query(description="主题分类", examples=["水利、水务"])] = None,
    due_from: Annotated[str | None, Query(description="期限不早于", examples=["2024-05-01"])] = None,
    due_to: Annotated[str | None, Query(description="期限不晚于", examples=["2024-06-30"])] = None,
    pressing: Annotated[
        str | None,
        Query(description="期限状况：overdue 逾期、soon 3日内、near 30日内、later 30日以后、undated 未明确"),
    ] = None,
    state: Annotated[
        list[str] | None,
        Query(description="进展，可重复：not_started 未开始、running 进行中、done 已完成、closed 已销号、paused 暂缓"),
    ] = None,
    person: Annotated[str | None, Query(description="台账中的责任人", max_length=60)] = None,
    tag: Annotated[str | None, Query(description="台账中的标签", max_length=30)] = None,
    late: Annotated[str | None, Query(description="true：期限过后才完成的")] = None,
    unbound: Annotated[str | None, Query(description="时限：只列没有写明承担单位的")] = None,
    updated_since: Annotated[
        str | None, Query(description="此刻以后有变动的（ISO 8601，UTC）", examples=["2024-05-01T00:00:00Z"])
    ] = None,
) -> Filters:
    """An empty value is no filter, as a form sends it; an unknown one is an error, never ignored."""
    return Filters(
        agency=agency or None,
        role=parse_choice(Role, role, "role") if role else None,
        kind=parse_choice(AssignmentKind, kind, "kind") if kind else None,
        document=document or None,
        year=_year(year),
        issuer=issuer or None,
        issue=issue or None,
        genre=genre or None,
        subject=subject or None,
        due_from=parse_date(due_from, "due_from"),
        due_to=parse_date(due_to, "due_to"),
        next_due=labels.next_due(parse_choice(labels.Due, pressing, "pressing"), today) if pressing else None,
        unbound=_flag(unbound, "unbound") or None,
        states=tuple(parse_choice(State, each, "state") for each in state or () if each) or None,
        person=person or None,
        tag=tag or None,
        late=_flag(late, "late"),
        updated_since=_moment(updated_since, "updated_since"),
    )


FilterParams = Annotated[Filters, Depends(get_filters)]
QueryParam = Annotated[str, Query(max_length=LONGEST, description="检索词或问题", examples=["公共自行车归哪个部门管"])]


def get_sort(
    sort: Annotated[str | None, Query(description="排序：relevance、due、newest、printed")] = None,
) -> Sort | None:
    return parse_choice(Sort, sort, "sort") if sort else None


SortParam = Annotated[Sort | None, Depends(get_sort)]


def find_document(store: Store, named: str) -> Document:
    """By id or by document number in any spelling; NotFound otherwise."""
    found = store.document(named) or store.document(document_id(named, "", None, None))
    if found is None:
        raise NotFound(f"没有编号或文号为“{named}”的文件", "检查文号，或从检索页查找")
    return found


def parse_date(given: str | None, name: str) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise UsageError(f"参数 {name} 不是日期：{given}", "写成 2024-06-30 的样子") from None


def _year(given: str | None) -> int | None:
    if given and not re.fullmatch(r"[0-9]{4}", given):
        raise UsageError(f"参数 year 不是年份：{given}", "写成 2024 的样子")
    return int(given) if given else None


def _moment(given: str | None, name: str) -> str | None:
    """As the corpus writes moments (UTC, microseconds), since they are compared as text."""
    if not given:
        return None
    try:
        moment = datetime.fromisoformat(given)
        known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return known.astimezone(UTC).isoformat(timespec="microseconds")
    except (ValueError, OverflowError):
        raise UsageError(f"参数 {name} 不是时刻：{given}", "写成 2024-06-30T08:00:00+08:00 的样子") from None


def _flag(given: str | None, name: str) -> bool | None:
    """An empty value is no filter, as a form sends it."""
    if not given:
        return None
    if given not in ("true", "false", "1", "0"):
        raise UsageError(f"参数 {name} 只能是 true 或 false：{given}", "去掉这个参数，或写 true")
    return given in ("true", "1")


def parse_choice(kind: type[E], given: str, name: str) -> E:
    """A member of `kind` by its value; UsageError that lists what there is."""
    try:
        return kind(given)
    except ValueError:
        known = "、".join(member.value for member in kind)
        raise UsageError(f"参数 {name} 没有“{given}”这个值", f"可用：{known}") from None
