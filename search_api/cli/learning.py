"""train: what corrections teach, and whether it is more than the rules know."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from gongbao.corpus.audit import Audit, Deed, local_user
from gongbao.search_api.cli.options import corpus
from gongbao.search_api.cli.screen import console
from gongbao.search_api.training import TrainOutcome, TrialTable
from rich.table import Table
from rich.text import Text


def add_to(app: typer.Typer) -> None:
    app.command()(train)


def train(
    context: typer.Context,
    gold: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="标注目录（与 evaluate 相同）")],
    apply: Annotated[bool, typer.Option("--apply", help="采用胜过规则的模型，写入语料库的 models 目录")] = False,
) -> None:
    """按标注训练模型，逐份文件交叉验证，只保留胜过规则的。"""
    app = corpus(context)
    found = app.train(gold, apply)
    if apply:
        Audit(app.settings.home).note(local_user(), Deed.MODELS, "、".join(found.models) or "无")
    console.print(f"{found.annotated} 份标注文件，另有 {found.others} 份文件供参考。", highlight=False)
    for trial in found.trials:
        console.print(f"\n{trial.question}：{trial.size}。{trial.note}", highlight=False, soft_wrap=True)
        if trial.rows:
            console.print(_table(trial))
    console.print()
    console.print(_outcome(found, app.settings.home.models if apply else None), highlight=False, soft_wrap=True)


def _table(trial: TrialTable) -> Table:
    table = Table()
    for head in ("方法", trial.measure, "与基准之差（95% 区间）", "结论"):
        table.add_column(head, overflow="fold")
    for row in trial.rows:
        table.add_row(*map(Text, row))
    return table


def _outcome(found: TrainOutcome, kept: Path | None) -> str:
    if not found.models:
        return "没有模型胜过规则，沿用规则。"
    names = "、".join(f"{name}.json" for name in found.models)
    if kept is None:
        return f"胜过规则的有 {names}；加 --apply 采用。"
    return f"已写入 {kept}：{names}；下次 gongbao extract 按新模型重新提取。"
