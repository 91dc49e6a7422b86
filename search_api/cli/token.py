"""token add, remove, list: who may review and administer over HTTP."""

from __future__ import annotations

from typing import Annotated

import typer
from gongbao.search_api.cli.options import application
from gongbao.search_api.cli.screen import errors
from gongbao.search_api.cli.speaking import Commands
from gongbao.search_api.http.access import Access, Tokens

Name = Annotated[str, typer.Argument(help="持有人姓名，校核记录以此署名")]


def add_to(app: typer.Typer) -> None:
    group = Commands(help="网页与接口的凭证：没有凭证时只能查看。")
    group.command()(add)
    group.command()(remove)
    group.command("list")(show)
    app.add_typer(group, name="token")


def add(
    context: typer.Context,
    name: Name,
    role: Annotated[Access, typer.Option(help="reader 查看，reviewer 校核，admin 管理")] = Access.REVIEWER,
) -> None:
    """发给凭证；只显示这一次。"""
    secret = Tokens(application(context).settings.home).add(name, role)
    typer.echo(secret)
    errors.print("请把上面的凭证交给持有人，在网页的 /login 登录。此后不再显示。", highlight=False)


def remove(context: typer.Context, name: Name) -> None:
    """收回凭证，立即生效。"""
    Tokens(application(context).settings.home).remove(name)
    errors.print(f"已收回 {name} 的凭证，即时生效。", highlight=False, markup=False)


def show(context: typer.Context) -> None:
    """谁有凭证、权限如何。"""
    for token in Tokens(application(context).settings.home).all():
        typer.echo(f"{token.person.name}\t{token.person.access}")
