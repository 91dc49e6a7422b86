"""desk: the 督查台账 on the command line: how tasks stand, and changing that."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from gongbao.corpus.errors import UsageError
from gongbao.search_api import following, labels
from gongbao.search_api.cli import options
from gongbao.search_api.cli.options import corpus
from gongbao.search_api.cli.screen import console, errors
from gongbao.search_api.cli.speaking import Commands
from gongbao.search_api.following import Sent
from gongbao.search_api.item_shapes import ItemShape
from gongbao.search_api.ledgers import LedgerField, Outcome, match, read_ledger, take_over
from gongbao.search_api.ledgers.reading import FIELDS
from rich.text import Text

Records = Annotated[list[str], typer.Argument(help="任务或时限的编号，可写几个")]


def add_to(app: typer.Typer) -> None:
    group = Commands(help="督查台账：任务的进展、反馈与历史。")
    group.command()(show)
    group.command("set")(change)
    group.command()(orphans)
    group.command("match")(match_ledger)
    app.add_typer(group, name="desk")


def show(context: typer.Context, records: Records, as_json: options.AsJson = False) -> None:
    """一项任务现在如何，何人何时更改过。"""
    app = corpus(context)
    for record in records:
        found = following.followed(app, record)
        if as_json:
            typer.echo(ItemShape.of(found.item, found.history).line())
            continue
        state = found.view.state if found.view else found.item.state
        console.print(Text(labels.flat(found.item.subject.what), style="bold"))
        console.print(f"{labels.STATES[state]}  进度 {found.item.progress}%  {found.item.person}", highlight=False)
        for entry in found.history:
            console.print(Text(f"  {labels.moment(entry.at)} {entry.by}：{labels.change_words(entry.change)}"))


def change(
    context: typer.Context,
    records: Records,
    by: Annotated[str, typer.Option(help="何人更改，记入历史")],
    state: Annotated[str, typer.Option(help="未开始、进行中、已完成、已销号、暂缓")] = "",
    progress: Annotated[str, typer.Option(help="进度，百分数")] = "",
    person: Annotated[str, typer.Option(help="责任人；写 - 清空")] = "",
    due: Annotated[str, typer.Option(help="台账另定的期限；写 - 恢复文件所定期限")] = "",
    tags: Annotated[str, typer.Option(help="标签，用顿号分开；写 - 清空")] = "",
    finished: Annotated[str, typer.Option(help="完成日期，不写为当天")] = "",
    note: Annotated[str, typer.Option(help="备注")] = "",
    feedback: Annotated[str, typer.Option(help="单位反馈")] = "",
) -> None:
    """更新任务的进展；几项一起更新，或全部不变。"""
    app = corpus(context)
    sent = Sent(state, progress, person, due, tags, finished, note, feedback)
    kept = following.change_selection(app, records, app.store.desk.snapshot().place, sent.change(), by)
    errors.print(f"已更新 {len(kept)} 项。", highlight=False)


def orphans(context: typer.Context, as_json: options.AsJson = False) -> None:
    """原文中已找不到的台账记录：文件已移除，或重新提取后不再有这一项。"""
    for item in corpus(context).store.desk.snapshot().orphans:
        if as_json:
            typer.echo(ItemShape.of(item, ()).line())
        else:
            line = f"{item.key}  {labels.STATES[item.state]}  {labels.headline(item.subject.what)}"
            console.print(Text(f"{line}  {item.subject.number or item.subject.title}"))


def match_ledger(
    context: typer.Context,
    ledger: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="本单位的台账，.xlsx，栏名不限")],
    take: Annotated[bool, typer.Option("--take", help="导入对上的各行的进展、反馈、备注")] = False,
    doubtful: Annotated[bool, typer.Option("--doubtful", help="编号相同而文字与文件不同的行也导入")] = False,
    by: Annotated[str, typer.Option(help="何人导入，记入历史")] = "",
) -> None:
    """把本单位的台账与文件中的任务对照：一致、有出入、文件无此任务、台账缺项。"""
    app = corpus(context)
    if take and not by.strip():
        raise UsageError("没有写何人导入", "加上 --by 姓名")
    read = read_ledger(ledger)
    for place, field in sorted(read.mapping.items()):
        errors.print(f"{read.heads[place]} → {FIELDS[field]}", highlight=False, markup=False)
    found = match(read, app.service.iter_tasks(None, today=app.settings.today))
    for row in found.rows:
        if row.outcome is not Outcome.MATCHED:
            told = "；".join(row.differences) or "已收录的文件中没有这一项"
            console.print(Text(f"第 {row.row.number} 行：{labels.headline(row.row.get(LedgerField.TASK))}：{told}"))
    summary = "一致 {} 行，有出入 {} 行，文字与文件不同 {} 行，文件无此任务 {} 行".format(*map(found.count, Outcome))
    errors.print(f"{summary}，台账缺项 {len(found.missing)} 项。", highlight=False)
    if take:
        taken = take_over(app, found, by, doubtful=doubtful)
        errors.print(f"已更新 {taken.changed} 项，{taken.unchanged} 项相同未改。", highlight=False)
        for number, why in taken.refused:
            errors.print(f"第 {number} 行未导入：{why}", highlight=False, markup=False)
        if taken.refused:
            raise typer.Exit(1)
