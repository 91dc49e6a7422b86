"""mcp: the corpus for assistants."""

from __future__ import annotations

import typer
from gongbao.corpus.errors import UsageError
from gongbao.search_api.cli.options import corpus


def add_to(app: typer.Typer) -> None:
    app.command("mcp")(serve_assistants)


def serve_assistants(context: typer.Context) -> None:
    """供 AI 助手只读查询（Model Context Protocol，标准输入输出）。"""
    try:
        from gongbao.search_api.mcp import create_server
    except ModuleNotFoundError as error:
        raise UsageError("没有安装 mcp", "pip install 'gongbao[mcp]'") from error
    create_server(corpus(context)).run("stdio")
