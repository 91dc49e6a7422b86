"""worker: this machine works for a Dask scheduler."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from gongbao.corpus import cluster
from gongbao.search_api.cli.options import application
from gongbao.search_api.cli.screen import errors


def add_to(app: typer.Typer) -> None:
    app.command()(worker)


def worker(
    context: typer.Context, address: Annotated[str, typer.Argument(metavar="dask://主机:8786", help="调度器的地址")]
) -> None:
    """让这台机器参与读入与提取：一个进程，用一个核；Ctrl+C 退出，手上的工作由别的进程接着做。"""
    errors.print(f"为 {address} 工作（按 Ctrl+C 结束）", highlight=False)
    asyncio.run(cluster.work(address, application(context).settings.home))
