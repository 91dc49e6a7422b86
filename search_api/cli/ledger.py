"""retry, ignore, audit: what people do about entries of the ledger, and who changed what; the ledger as
`status --failures` shows it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated

import typer
from gongbao.corpus.audit import local_user
from gongbao.corpus.failure import Failure
from gongbao.search_api import labels, redoing
from gongbao.search_api.audit import DEEDS, recent_acts
from gongbao.search_api.cli.options import AsJson, corpus
from gongbao.search_api.cli.screen import console, errors
from rich.table import Table
from rich.text import Text

Names = Annotated[list[str] | None, typer.Argument(help="文件名或路径；不写则为全部未读成的")]


def add_to(app: typer.Typer) -> None:
    for command in (retry, ignore, audit):
        app.command()(command)


def retry(context: typer.Context, names: Names = None) -> None:
    """把没有读成的文件再读一次，不论已试过几次。"""
    from gongbao.search_api.cli.work import finish_ingest  # not for those who only show the ledger

    app = corpus(context)
    places = redoing.places_again(app.store, names or (), local_user())
    with redoing.again_folder(app.settings.home) as folder:
        found = redoing.files_again(app.store, places, folder)
        for place, path in found.items():
            if path is None:
                errors.print(f"{place}：原文件已不在，无法再读", highlight=False, markup=False)
        paths = list(dict.fromkeys(path for path in found.values() if path))
        code = finish_ingest(app, paths, anew=True) if paths else 0
    raise typer.Exit(max(code, int(None in found.values())))


def ignore(context: typer.Context, names: Names = None) -> None:
    """已经知道、不再需要提示的：不再列为失败，仍留在记录中；内容变化后重新判断。"""
    count = redoing.ignore(corpus(context).store, names or (), local_user())
    errors.print(f"已忽略 {count} 条", highlight=False)


def audit(
    context: typer.Context,
    count: Annotated[int, typer.Option("--count", "-n", min=1, help="最近多少条")] = 100,
    as_json: AsJson = False,
) -> None:
    """何人何时更改了什么：凭证、名录、同义词、文件、校核、台账，最近的在前。"""
    for act in recent_acts(corpus(context).store, count):
        if as_json:
            typer.echo(json.dumps(asdict(act), ensure_ascii=False))
        else:
            console.print(Text(f"{labels.moment(act.at)}  {act.by}  {DEEDS[act.deed]}  {act.of}"))


def show(entries: Iterable[Failure]) -> None:
    """All that the ledger says, an entry a row."""
    table = Table(title="读入记录", title_justify="left", show_lines=True)
    for head in ("状态", "文件", "页", "环节", "原因", "办法", "次数"):
        table.add_column(head, overflow="fold", no_wrap=head in ("状态", "页", "环节", "次数"))
    for entry in entries:
        state, stage = labels.ENTRY_STATES[entry.state], labels.STAGES.get(entry.stage, entry.stage)
        cells = (state, entry.place, str(entry.page or "全部"), stage, entry.cause, entry.remedy, str(entry.attempts))
        table.add_row(*map(Text, cells))
    console.print(table if table.row_count else "没有失败、跳过或等待的文件。")
