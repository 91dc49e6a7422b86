"""What a request asks: its filters, paging and "today", read from the query string in one way everywhere."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Query, Request
from gongbao.corpus.desk import State
from gongbao.corpus.document import Document
from gongbao.corpus.errors import NotFound, UsageError
from gongbao.corpus.ids import document_id
from gongbao.corpus.records import AssignmentKind, Role
from gongbao.corpus.store import Store
from gongbao.index.models import Filters, Sort
from gongbao.index.query.fold import LONGEST
from gongbao.search_api import labels
from gongbao.search_api.catalog import Catalog
from gongbao.search_api.compose import Application
from gongbao.search_api.http.access import is_stranger
from gongbao.search_api.http.application import WholeApp
from gongbao.search_api.http.inline import inline
from gongbao.search_api.http.written import (
    DateText,
    FlagText,
    KindText,
    MomentText,
    MonthText,
    PressingText,
    RoleText,
    SortText,
    StateText,
    TodayText,
    YearText,
)
from starlette.datastructures import QueryParams

E = TypeVar("E", bound=StrEnum)
V = TypeVar("V")

YEARS = range(1900, 2200)  # a page counts from its day to the years around it, and no gazette lies outside


def get_application(app: WholeApp, stranger: Annotated[bool, Depends(inline(is_stranger))]) -> Application:
    """As the one who asks may see it."""
    return app.outside if stranger else app


App = Annotated[Application, Depends(inline(get_application))]


def get_catalog(request: Request, app: App) -> Catalog:
    """A page may show the last known numbers and say so; what programs read is complete."""
    return app.catalogs.complete() if request.url.path.startswith("/api/") else app.catalogs.current()


CatalogParam = Annotated[Catalog, Depends(get_catalog)]


def get_today(
    app: App,
    today: Annotated[TodayText | None, Query(description="按哪一天计算“今年”“逾期”，默认为服务器设定的日期")] = None,
) -> date:
    day = parse_date(today, "today")
    if day and day.year not in YEARS:
        raise UsageError(f"参数 today 不在 {YEARS[0]} 年至 {YEARS[-1]} 年之间：{today}", "写成 2024-06-30 的样子")
    return day or app.settings.today


Today = Annotated[date, Depends(inline(get_today))]


def get_filters(
    today: Today,
    agency: Annotated[
        list[str] | None, Query(description="承担单位，全称简称均可，可重复", examples=["云川市水利局"])
    ] = None,
    role: Annotated[list[RoleText] | None, Query(description="角色：lead 牵头、responsible 责任、support 配合")] = None,
    kind: Annotated[list[KindText] | None, Query(description="task 任务、duty 常设职责")] = None,
    document: Annotated[
        str | None, Query(description="文件：编号、文号（写法不限）或标题", examples=["云政发〔2024〕10号"])
    ] = None,
    year: Annotated[list[YearText] | None, Query(description="文件年份", examples=["2024"])] = None,
    issuer: Annotated[list[str] | None, Query(description="发文机关", examples=["云川市人民政府"])] = None,
    issue: Annotated[list[str] | None, Query(description="公报期号", examples=["2024-1"])] = None,
    genre: Annotated[list[str] | None, Query(description="文种", examples=["通知"])] = None,
    subject: Annotated[list[str] | None, Query(description="主题分类", examples=["水利、水务"])] = None,
    place: Annotated[
        list[str] | None, Query(description="地区：以谁的名义发文，含其下各区县", examples=["云川市"])
    ] = None,
    signed_from: Annotated[DateText | None, Query(description="成文不早于", examples=["2024-01-01"])] = None,
    signed_to: Annotated[DateText | None, Query(description="成文不晚于", examples=["2024-12-31"])] = None,
    due_month: Annotated[list[MonthText] | None, Query(description="到期月份，可重复", examples=["2024-06"])] = None,
    due_from: Annotated[DateText | None, Query(description="期限不早于", examples=["2024-05-01"])] = None,
    due_to: Annotated[DateText | None, Query(description="期限不晚于", examples=["2024-06-30"])] = None,
    pressing: Annotated[
        PressingText | None,
        Query(description="期限状况：overdue 逾期、soon 3日内、near 30日内、later 30日以后、undated 未明确"),
    ] = None,
    state: Annotated[
        list[StateText] | None,
        Query(description="进展，可重复：not_started 未开始、running 进行中、done 已完成、closed 已销号、paused 暂缓"),
    ] = None,
    person: Annotated[str | None, Query(description="台账中的责任人", max_length=60)] = None,
    tag: Annotated[str | None, Query(description="台账中的标签", max_length=30)] = None,
    late: Annotated[FlagText | None, Query(description="true：期限过后才完成的")] = None,
    parts: Annotated[FlagText | None, Query(description="false：整段任务里的一句不另计，与督查统计的数字一致")] = None,
    unbound: Annotated[FlagText | None, Query(description="时限：只列没有写明承担单位的")] = None,
    updated_since: Annotated[
        MomentText | None, Query(description="此刻以后有变动的（ISO 8601，UTC）", examples=["2024-05-01T00:00:00Z"])
    ] = None,
) -> Filters:
    """An empty value is no filter, as a form sends it; an unknown one is an error, never ignored."""
    several = _Several()
    roles = several.read(role, lambda each: parse_choice(Role, each, "role"))
    agencies = several.read(agency, str)
    if len(roles) > 1 or len(agencies) > 1:
        bodies, own_roles = agencies or (None,), roles or (None,)
        several.any_of(Filters(agency=body, role=own) for body in bodies for own in own_roles)
    return Filters(
        agency=agencies[0] if len(agencies) == 1 and len(roles) < 2 else None,
        role=roles[0] if len(roles) == 1 and len(agencies) < 2 else None,
        kind=several.one("kind", several.read(kind, lambda each: parse_choice(AssignmentKind, each, "kind"))),
        document=document or None,
        year=several.one("year", several.read(year, _year)),
        issuer=several.one("issuer", several.read(issuer, str)),
        issue=several.one("issue", several.read(issue, str)),
        genre=several.one("genre", several.read(genre, str)),
        subject=several.one("subject", several.read(subject, str)),
        place=several.one("place", several.read(place, str)),
        due_month=several.one("due_month", several.read(due_month, _month)),
        any_of=several.groups,
        signed_from=parse_date(signed_from, "signed_from"),
        signed_to=parse_date(signed_to, "signed_to"),
        due_from=parse_date(due_from, "due_from"),
        due_to=parse_date(due_to, "due_to"),
        next_due=labels.next_due(parse_choice(labels.Due, pressing, "pressing"), today) if pressing else None,
        unbound=_flag(unbound, "unbound") or None,
        states=tuple(parse_choice(State, each, "state") for each in state or () if each) or None,
        person=person or None,
        tag=tag or None,
        late=_flag(late, "late"),
        wholes=_flag(parts, "parts") is False,
        updated_since=parse_moment(updated_since, "updated_since"),
    )


class _Several:
    """Parameters that may come several times: of one such all values do, of two both must hold."""

    def __init__(self) -> None:
        self._groups: list[tuple[Filters, ...]] = []

    @property
    def groups(self) -> tuple[tuple[Filters, ...], ...] | None:
        return tuple(self._groups) or None

    def read(self, given: list[str] | None, parse: Callable[[str], V]) -> list[V]:
        return [parse(each) for each in dict.fromkeys(given or ()) if each]

    def one(self, name: str, values: list[V]) -> V | None:
        """The only value; of several none, and a group for them."""
        if len(values) > 1:
            chosen: list[dict[str, Any]] = [{name: value} for value in values]
            self.any_of(Filters(**each) for each in chosen)
            return None
        return values[0] if values else None

    def any_of(self, alternatives: Iterable[Filters]) -> None:
        self._groups.append(tuple(alternatives))


FilterParams = Annotated[Filters, Depends(inline(get_filters))]
_PARAMETERS = inspect.signature(get_filters).parameters
FILTER_NAMES = frozenset(_PARAMETERS) - {"today"}
_REPEATED = {name for name, found in _PARAMETERS.items() if str(found.annotation).startswith("Annotated[list")}


def filters_from(query: QueryParams, today: date) -> Filters:
    """The same of an address that was kept, or of one with a parameter taken out: agency=市水利局&role=lead."""
    named = FILTER_NAMES & set(query)
    given: dict[str, Any] = {name: query.getlist(name) if name in _REPEATED else query[name] for name in named}
    return get_filters(today, **given)


_OF_DESK = ("state", "person", "tag", "late")
_OF_TASKS = ("agency", "role", "kind", "due_month", "due_from", "due_to", "pressing", "unbound", *_OF_DESK)


def get_document_filters(request: Request, today: Today, **_declared: object) -> Filters:
    """Those that a whole document can have; others are read all the same, so that they are refused, not passed over."""
    return filters_from(request.query_params, today)


# What is declared for programs.
get_document_filters.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
    [
        inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request),
        *(
            each.replace(kind=inspect.Parameter.KEYWORD_ONLY)
            for name, each in _PARAMETERS.items()
            if name not in _OF_TASKS
        ),
    ]
)
DocumentFilterParams = Annotated[Filters, Depends(inline(get_document_filters))]

QueryParam = Annotated[str, Query(max_length=LONGEST, description="检索词或问题", examples=["公共自行车归哪个部门管"])]


def get_sort(
    sort: Annotated[SortText | None, Query(description="排序：relevance、due、newest、printed")] = None,
) -> Sort | None:
    return parse_choice(Sort, sort, "sort") if sort else None


SortParam = Annotated[Sort | None, Depends(inline(get_sort))]


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


def _year(given: str) -> int:
    if not re.fullmatch(r"[0-9]{4}", given):
        raise UsageError(f"参数 year 不是年份：{given}", "写成 2024 的样子")
    return int(given)


def _month(given: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-(?:0[1-9]|1[0-2])", given):
        raise UsageError(f"参数 due_month 不是月份：{given}", "写成 2024-06 的样子")
    return given


def parse_moment(given: str | None, name: str) -> str | None:
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


def base_url(request: Request) -> str:
    """Of this server, for addresses that lead back to it."""
    return str(request.base_url).rstrip("/")
