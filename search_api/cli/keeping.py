"""backup, restore, check: keeping a corpus safe."""

from __future__ import annotations

from typing import Annotated

import typer
from gongbao.corpus.audit import Audit, Deed, local_user
from gongbao.corpus.files.addresses import read_from, written_to
from gongbao.corpus.names import shown_path
from gongbao.search_api.cli.options import application, corpus
from gongbao.search_api.cli.screen import console, errors
from gongbao.search_api.keeping import find_faults


def add_to(app: typer.Typer) -> None:
    app.command()(backup)
    app.command()(restore)
    app.command()(check)


def backup(
    context: typer.Context,
    target: Annotated[str, typer.Argument(help="要写的备份文件，如 公报备份.zip，或 s3://桶/公报备份.zip")],
) -> None:
    """把语料库（含校核、台账、凭证、佐证与源文件）存成一个文件；运行中也可以做。"""
    from gongbao.corpus.backup import write_backup

    store = corpus(context).store
    with written_to(target, store.home) as path:
        done = write_backup(store, path)
    console.print(f"已备份到 {target}：{done.rows} 条记录，{done.files} 个文件。", highlight=False, markup=False)


def restore(
    context: typer.Context, source: Annotated[str, typer.Argument(help="备份文件，或 s3://桶/公报备份.zip")]
) -> None:
    """从备份恢复到一个空的语料库目录；先逐项核对，再写入。"""
    from gongbao.corpus.backup import restore_backup

    home = application(context).settings.home
    with read_from(source) as path:
        done = restore_backup(path, home)
        Audit(home).note(local_user(), Deed.RESTORED, source if "://" in source else shown_path(path))
    console.print(
        f"已恢复 {done.rows} 条记录、{done.files} 个文件。接着运行 gongbao index 建检索索引。", highlight=False
    )


def check(context: typer.Context) -> None:
    """检查语料库是否完好：每条记录读得出，每个源文件在，内容相符。"""
    faults = list(find_faults(corpus(context)))
    for fault in faults:
        errors.print(f"{fault.what}（{fault.remedy}）", style="red", highlight=False, markup=False)
    if faults:
        raise typer.Exit(1)
    console.print("语料库完好。")
