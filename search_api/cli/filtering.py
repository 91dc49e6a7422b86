"""The options of all commands that show records, and the way from them to filters."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, TypeVar, get_type_hints

import typer
from gongbao.corpus.desk import State
from gongbao.corpus.records import AssignmentKind, Role
from gongbao.index.models import Filters
from gongbao.search_api import labels
from gongbao.search_api.cli.options import DAY, DAY_FORMATS

Choice = TypeVar("Choice", bound=StrEnum)


def _role(typed: str) -> Role:
    return _one_of(labels.ROLES, typed)


def _kind(typed: str) -> AssignmentKind:
    return _one_of(labels.KINDS, typed)


def _state(typed: str) -> State:
    return _one_of(labels.STATES, typed)


def _one_of(names: Mapping[Choice, str], typed: str) -> Choice:
    """What was chosen by its Chinese name or by its value; `ValueError` naming what there is."""
    for choice, name in names.items():
        if typed in (choice, name):
            return choice
    raise ValueError(f"没有“{typed}”，可以写 {'、'.join(names.values())}")


def read_filters(
    agency: Annotated[str | None, typer.Option(help="单位，任一名称均可")] = None,
    role: Annotated[
        Role | None, typer.Option(parser=_role, metavar="牵头|责任|配合", help="角色，或写 lead、responsible、support")
    ] = None,
    kind: Annotated[
        AssignmentKind | None, typer.Option(parser=_kind, metavar="任务|职责", help="类别，或写 task、duty")
    ] = None,
    document: Annotated[str | None, typer.Option(help="文号（写法不限）、标题或编号")] = None,
    year: Annotated[int | None, typer.Option(min=1949, max=2999, help="文件年份")] = None,
    issuer: Annotated[str | None, typer.Option(help="发文机关")] = None,
    issue: Annotated[str | None, typer.Option(help="期次，如 2024-1")] = None,
    genre: Annotated[str | None, typer.Option(help="文种，如 通知")] = None,
    subject: Annotated[str | None, typer.Option(help="主题分类")] = None,
    place: Annotated[str | None, typer.Option(help="地区：以谁的名义发文，含其下各区县")] = None,
    signed_from: Annotated[datetime | None, typer.Option(formats=DAY_FORMATS, metavar=DAY, help="成文不早于")] = None,
    signed_to: Annotated[datetime | None, typer.Option(formats=DAY_FORMATS, metavar=DAY, help="成文不晚于")] = None,
    due_from: Annotated[datetime | None, typer.Option(formats=DAY_FORMATS, metavar=DAY, help="完成时限不早于")] = None,
    due_to: Annotated[datetime | None, typer.Option(formats=DAY_FORMATS, metavar=DAY, help="完成时限不晚于")] = None,
    state: Annotated[
        list[State] | None,
        typer.Option(parser=_state, metavar="|".join(labels.STATES.values()), help="台账中的进展，可写几次"),
    ] = None,
    person: Annotated[str | None, typer.Option(help="台账中的责任人")] = None,
    tag: Annotated[str | None, typer.Option(help="台账中的标签")] = None,
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
        place=place,
        signed_from=_day(signed_from),
        signed_to=_day(signed_to),
        due_from=_day(due_from),
        due_to=_day(due_to),
        states=tuple(state) if state else None,
        person=person,
        tag=tag,
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
