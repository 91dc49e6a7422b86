"""demo: the bundled sample through the whole chain."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import Annotated

import typer
from gongbao.index.models import Sort
from gongbao.search_api.cli.options import application
from gongbao.search_api.cli.screen import console, statements_table
from gongbao.search_api.cli.serve import PORT, Port, listen_or_next, serve_on
from gongbao.search_api.cli.work import run_all

SAMPLE = "sample.pdf"  # our own: a fictional city's gazette, drawn by sample/draw.py


def add_to(app: typer.Typer) -> None:
    app.command()(demo)


def demo(
    context: typer.Context,
    web: Annotated[bool, typer.Option("--web/--no-web", help="随后打开网页服务")] = True,
    port: Port = PORT,
) -> None:
    """用自带样例走一遍全程：谁必须做什么、何时完成；然后启动网页。"""
    app = application(context)
    with as_file(files("gongbao.search_api") / "sample" / SAMPLE) as sample:
        code = run_all(app, [sample])
    views = app.service.iter_tasks(None, today=app.settings.today, sort=Sort.PRINTED)
    console.print(statements_table(views, "样例公报：谁必须做什么、何时完成"))
    if web and code == 0:
        serve_on(app, listen_or_next(port=port))
    raise typer.Exit(code)
