"""Templates and what they can call; every value is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, timedelta
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from gongbao.corpus.records import AssignmentKind, AssignmentSource, DeadlineKind, PartyType, Role
from gongbao.index.models import DeadlineView, Sort, StatementView
from gongbao.search_api import labels
from gongbao.search_api.export.columns import OFFERED, OWN
from gongbao.search_api.http.access import cookie_named, may_manage, may_see_notes
from gongbao.search_api.http.asked import FILTER_NAMES, base_url
from gongbao.search_api.web.conditions import conditions_of, filters_query
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from starlette.datastructures import QueryParams

HERE = Path(__file__).parent
STATIC = HERE / "static"
MY_AGENCY = "gongbao_agency"  # a cookie
EXPORTS = {  # what is exported, and as what
    "tasks": ("任务与职责", ("xlsx", "docx", "csv", "jsonl", "ics")),
    "deadlines": ("时限", ("xlsx", "csv", "jsonl", "ics")),
    "documents": ("文件目录与全文", ("xlsx", "csv", "jsonl")),
    "rosters": ("机构组成人员", ("xlsx", "csv", "jsonl")),
    "tables": ("表格", ("xlsx", "csv", "jsonl")),
    "citations": ("引用关系", ("xlsx", "csv", "jsonl")),
    "entities": ("指标、联系方式与地区", ("xlsx", "csv", "jsonl")),
}

_environment = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(request: Request, template: str, code: int = HTTPStatus.OK, **values: object) -> Response:
    """One page; `today` is that of the request where it names one."""
    today = values.pop("today", None)
    if not isinstance(today, date):
        today = _today_of(request)
    html = _environment.get_template(template).render(request=request, today=today, **values)
    return HTMLResponse(html, code)


def error_page(request: Request, status: HTTPStatus, title: str, detail: str, remedy: str) -> Response:
    return page(request, "error.html", status, status=int(status), title=title, detail=detail, remedy=remedy)


def login_page(request: Request, next: str, problem: str) -> Response:
    """The way in for somebody whose token is missing or wrong: why, and what to do."""
    return page(request, "login.html", HTTPStatus.UNAUTHORIZED, person=None, next=next, problem=problem)


def here(address: str) -> str:
    """Only addresses of this server."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else "/"


def my_agency(request: Request) -> str | None:
    """The body that the reader chose to see first."""
    return unquote(request.cookies.get(cookie_named(request, MY_AGENCY), "")) or None


def agency_url(name: str) -> str:
    return f"/agencies/{quote(name, safe='')}"


def document_url(document: str, record: str | None = None) -> str:
    place = f"?record={quote(record)}#r-{record}" if record else ""
    return f"/documents/{quote(document, safe='')}{place}"


def with_text(query: str) -> str:
    """The search for some words."""
    return f"/?{urlencode({'q': query})}"


def with_query(request: Request, path: str | None = None, **changes: object) -> str:
    """This page's address with some parameters changed; None, "" or an empty list takes one out."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if value and name not in changes]
    for name, value in changes.items():
        each = value if isinstance(value, list | tuple) else [value]
        kept += [(name, str(one)) for one in each if one not in (None, "")]
    return (path or request.url.path) + (f"?{urlencode(kept)}" if kept else "")


def pieces(text: str, marks: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """A text in parts, each with whether it is a match; marks may overlap or come unordered."""
    parts, at = [], 0
    for start, end in sorted(marks):
        start = max(start, at)
        if start >= end:
            continue
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [(part, marked) for part, marked in [*parts, (text[at:], False)] if part]


def _as_seen(request: Request, view: StatementView | DeadlineView) -> StatementView | DeadlineView:
    """To the public as it is printed."""
    return view if may_see_notes(request) else replace(view, item=None)


def _figures(chart: Any) -> Markup:
    """What the script draws, safe inside a script element."""
    return htmlsafe_json_dumps(asdict(chart), ensure_ascii=False, separators=(",", ":"))


def _conditions(query: str) -> str:
    """q=节水&agency=市水利局 as 关键词 节水；承担单位 市水利局."""
    asked = QueryParams(query)
    words = [f"关键词 {asked['q']}"] if asked.get("q") else []
    return "；".join([*words, *(f"{label} {value}" for _, label, value, _ in conditions_of(asked))])


def _today_of(request: Request) -> date:
    application = getattr(request.app.state, "application", None)
    return application.settings.today if application else date.today()


@lru_cache
def _static_url(name: str) -> str:
    """Looked up once: each look at the disk gives the thread's turn away, to those that work answers out."""
    return f"/static/{name}?v={int((STATIC / name).stat().st_mtime)}"


_environment.globals |= {
    "labels": labels,
    "conditions_of": conditions_of,
    "filters_query": filters_query,
    "EXPORTS": EXPORTS,
    "COLUMNS": OFFERED,
    "OWN_COLUMNS": OWN,
    "FILTERS": ("q", "today", *sorted(FILTER_NAMES - {"unbound", "updated_since"})),
    "Role": Role,
    "Sort": Sort,
    "AssignmentKind": AssignmentKind,
    "AssignmentSource": AssignmentSource,
    "PartyType": PartyType,
    "DeadlineKind": DeadlineKind,
    "agency_url": agency_url,
    "document_url": document_url,
    "base": base_url,
    "my_agency": my_agency,
    "may_manage": may_manage,
    "may_see_notes": may_see_notes,
    "as_seen": _as_seen,
    "with_query": with_query,
    "with_text": with_text,
    "pieces": pieces,
    "static": _static_url,
    "timedelta": timedelta,
}
_environment.filters |= {
    "figures": _figures,
    "thousands": "{:,}".format,
    "chinese_date": labels.chinese_date,
    "json": lambda value: htmlsafe_json_dumps(value, ensure_ascii=False),
    "conditions": _conditions,
    "flat": labels.flat,
    "deadline_line": labels.deadline_line,
}
