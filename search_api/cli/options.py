"""Options that several commands share, and the home that they work on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from gongbao.corpus.database import is_there
from gongbao.corpus.errors import UsageError
from gongbao.search_api.compose import Application

AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="写入文件；不写则输出到屏幕")]
DAY, DAY_FORMATS = "年-月-日", ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]
Batch = Annotated[
    Path | None, typer.Option("--batch", exists=True, dir_okay=False, help="成批查询，JSONL：id, query，可加 today")
]


def application(context: typer.Context) -> Application:
    """The home that the global options named."""
    found: Application = context.obj
    return found


def corpus(context: typer.Context) -> Application:
    """The home that the global options named, for commands that need one; UsageError where there is no corpus.

    A home that was typed wrong must neither be made nor pass for one that holds nothing.
    """
    found = application(context)
    home = found.settings.home
    if not is_there(home):
        raise UsageError(f"{home.root} 中没有语料库", "先运行 gongbao run 公报目录；语料库在别处则用 --home 写明")
    return found
