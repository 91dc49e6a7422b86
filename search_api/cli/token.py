"""token add, remove, list: who may review and administer over HTTP."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

import typer
from gongbao.corpus.audit import Audit, Deed, local_user
from gongbao.search_api import labels
from gongbao.search_api.cli.options import application
from gongbao.search_api.cli.screen import errors
from gongbao.search_api.cli.speaking import Commands
from gongbao.search_api.tokens import Access, Tokens

Name = Annotated[str, typer.Argument(help="持有人姓名，校核记录以此署名")]

Days = Annotated[int | None, typer.Option(min=1, help="多少天后失效；不写则长期有效")]


def add_to(app: typer.Typer) -> None:
    group = Commands(help="网页与接口的凭证：没有凭证时只能查看。")
    group.command()(add)
    group.command()(renew)
    group.command()(remove)
    group.command("list")(show)
    app.add_typer(group, name="token")


def add(
    context: typer.Context,
    name: Name,
    role: Annotated[
        Access, typer.Option(help="reader 查看，reviewer 校核，manager 台账，admin 管理")
    ] = Access.REVIEWER,
    days: Days = None,
) -> None:
    """发给凭证；只显示这一次。"""
    home = application(context).settings.home
    secret = Tokens(home).add(name, role, _last_day(days))
    Audit(home).note(local_user(), Deed.TOKEN_ADDED, f"{name}（{labels.ACCESS[role]}）")
    _tell(secret)


def renew(context: typer.Context, name: Name, days: Days = None) -> None:
    """换发凭证：旧的立即失效，权限不变。"""
    home = application(context).settings.home
    secret = Tokens(home).renew(name, _last_day(days))
    Audit(home).note(local_user(), Deed.TOKEN_RENEWED, name)
    _tell(secret)


def _tell(secret: str) -> None:
    typer.echo(secret)
    errors.print("请把上面的凭证交给持有人，在网页的 /login 登录。此后不再显示。", highlight=False)


def _last_day(days: int | None) -> date | None:
    return date.today() + timedelta(days=days) if days else None


def remove(context: typer.Context, name: Name) -> None:
    """收回凭证，立即生效。"""
    home = application(context).settings.home
    tokens = Tokens(home)
    tokens.remove(name)
    Audit(home).note(local_user(), Deed.TOKEN_REMOVED, name)
    errors.print(f"已收回 {name} 的凭证，即时生效。", highlight=False, markup=False)
    if not tokens.all():
        errors.print("注意：这是最后一份凭证；此后其他机器查看也不再需要登录。", highlight=False)


def show(context: typer.Context) -> None:
    """谁有凭证、权限如何。"""
    for token in Tokens(application(context).settings.home).all():
        expires = f"{token.expires} 止" if token.expires else "长期"
        typer.echo(f"{token.person.name}\t{token.person.access}\t{expires}")
