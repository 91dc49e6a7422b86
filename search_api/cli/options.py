"""Options that several commands share, and the way from them to filters."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from corpus.records import AssignmentKind, Role
from index.models import Filters
from search_api.compose import Application

AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="写入文件；不写则输出到屏幕")]
Batch = Annotated[Path | None, typer.Option("--batch", exists=True, dir_okay=False, help="成批查询，JSONL：id, query")]


def read_filters(
    agency: Annotated[str | None, typer.Option(help="单位，任一名称均可")] = None,
    role: Annotated[Role | None, typer.Option(help="角色：lead 牵头，responsible 责任，support 配合")] = None,
    kind: Annotated[AssignmentKind | None, typer.Option(help="task 任务，duty 职责")] = None,
    document: Annotated[str | None, typer.Option(help="文号（写法不限）、标题或编号")] = None,
    year: Annotated[int | None, typer.Option(min=1949, max=2999, help="文件年份")] = None,
    issuer: Annotated[str | None, typer.Option(help="发文机关")] = None,
    issue: Annotated[str | None, typer.Option(help="期次，如 2024-1")] = None,
    genre: Annotated[str | None, typer.Option(help="文种，如 通知")] = None,
    subject: Annotated[str | None, typer.Option(help="主题分类")] = None,
    due_from: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="完成时限不早于")] = None,
    due_to: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="完成时限不晚于")] = None,
) -> Filters:
    """Options as typed → filters. A range of dates that ends before it begins is wrong usage."""
    if due_from and due_to and due_from > due_to:
        raise typer.BadParameter("--due-from 晚于 --due-to")
    return Filters(
        agency=agency,
        role=role,
        kind=kind,
        document=document,
        year=year,
        issuer=issuer,
        issue=issue,
        genre=genre,
        subject=subject,
        due_from=_day(due_from),
        due_to=_day(due_to),
    )


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command all the filter options in place of its one parameter `filters`."""
    options = _parameters(read_filters)

    @functools.wraps(command)
    def run(**given: Any) -> None:
        chosen = {name: given.pop(name) for name in options}
        command(**given, filters=read_filters(**chosen))

    own = {name: parameter for name, parameter in _parameters(command).items() if name != "filters"}
    run.__signature__ = inspect.Signature([*own.values(), *options.values()])  # type: ignore[attr-defined]
    run.__annotations__ = {name: parameter.annotation for name, parameter in (own | options).items()}
    return run


def application(context: typer.Context) -> Application:
    """The home that the global options named."""
    found: Application = context.obj
    return found


def _parameters(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """By name, all by keyword, with annotations evaluated."""
    hints = get_type_hints(function, include_extras=True)
    found = inspect.signature(function).parameters
    return {
        name: parameter.replace(annotation=hints[name], kind=inspect.Parameter.KEYWORD_ONLY)
        for name, parameter in found.items()
    }


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
