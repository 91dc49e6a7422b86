"""ingest, extract, index, embed, run: from files to a searchable corpus."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from gongbao.corpus.audit import Audit, Deed, local_user
from gongbao.corpus.errors import UsageError
from gongbao.corpus.names import shown_path
from gongbao.search_api.cli.options import application, corpus
from gongbao.search_api.cli.screen import errors, progress
from gongbao.search_api.compose import Application, FileOutcome, IngestStatus
from gongbao.search_api.failures import group_failures
from gongbao.search_api.ingesting import KINDS
from gongbao.search_api.removing import find_removal
from gongbao.search_api.removing import remove as take_out

Fast = Annotated[bool, typer.Option("--fast", help="只按规则提取，不用第二读者，快一倍以上")]
Paths = Annotated[list[Path], typer.Argument(help=f"{KINDS} 文件或目录")]

_SAID = {
    IngestStatus.ADDED: "新收",
    IngestStatus.UNCHANGED: "未变",
    IngestStatus.SKIPPED: "跳过",
    IngestStatus.PARTIAL: "部分收入",
    IngestStatus.FAILED: "失败",
}


def add_to(app: typer.Typer) -> None:
    for command in (ingest, extract, index, embed, run, remove):
        app.command()(command)


def ingest(context: typer.Context, paths: Paths) -> None:
    """读入公报文件，解析为文件、提纲与表格。"""
    app = application(context)
    _note(app, paths)
    raise typer.Exit(finish_ingest(app, paths))


def extract(context: typer.Context, fast: Fast = False) -> None:
    """从尚未处理的文件中提取任务、时限、名单与引用。"""
    raise typer.Exit(_extract(corpus(context), fast))


def index(context: typer.Context) -> None:
    """把文件与记录写入检索索引。"""
    raise typer.Exit(_index(corpus(context)))


def embed(context: typer.Context) -> None:
    """为索引中的段落计算语义向量，供按意思检索；可随时中断，下次接着算。"""
    raise typer.Exit(_embed(corpus(context)))


def run(context: typer.Context, paths: Paths, fast: Fast = False) -> None:
    """依次 ingest、extract、index、embed。"""
    app = application(context)
    _note(app, paths)
    raise typer.Exit(run_all(app, paths, fast))


def _note(app: Application, paths: list[Path]) -> None:
    if all(path.exists() for path in paths):
        Audit(app.settings.home).note(local_user(), Deed.READ, "、".join(map(shown_path, paths)))


def remove(
    context: typer.Context,
    what: Annotated[list[str], typer.Argument(help="期次（如 2024-1，其全部来源）、路径或文件名")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再询问")] = False,
) -> None:
    """把文件移出语料库，记录与索引随之更新；校核记录保留，再次读入后仍然有效。"""
    app = corpus(context)
    removals = [find_removal(app.store, name) for name in what]
    for line in dict.fromkeys(line for removal in removals for line in removal.lines()):
        errors.print(f"将移出 {line}", highlight=False, markup=False)
    if not yes and not _agreed():
        raise UsageError("没有移出任何文件", "确认移出请加 --yes")
    for removal in removals:
        take_out(app.store, removal)
        Audit(app.settings.home).note(local_user(), Deed.REMOVED, "；".join(removal.lines()))
    raise typer.Exit(max(_extract(app), _index(app)))


def _agreed() -> bool:
    """Asked on a terminal only."""
    return sys.stdin.isatty() and typer.confirm("以上文件移出语料库，继续吗？", default=False, err=True)


def run_all(app: Application, paths: list[Path], fast: bool = False) -> int:
    """All stages, each as far as it gets; the exit code. Without a model of meaning search goes by words alone."""
    from gongbao.index.meaning.encoder import NoEncoder

    done = max(finish_ingest(app, paths), _extract(app, fast), _index(app))
    try:
        return max(done, _embed(app))
    except NoEncoder as error:
        errors.print(f"没有计算语义向量：{error}", highlight=False, markup=False)
        return done


def finish_ingest(app: Application, paths: list[Path], *, anew: bool = False) -> int:
    """Read and tell of each file; the exit code. `anew`: also what was tried often enough."""
    seen: Counter[IngestStatus] = Counter()
    documents = failures = 0
    with progress("读入") as step:
        for outcome in app.ingest(paths, step, anew=anew):
            seen[outcome.status] += 1
            documents += outcome.documents
            failures += len(outcome.failures)
            _say(outcome)
    counts = "，".join(f"{_SAID[status]} {seen[status]}" for status in IngestStatus if seen[status])
    errors.print(f"读入完成：{counts or '没有文件'}；文件 {documents} 件", highlight=False)
    return 1 if failures else 0


def _say(outcome: FileOutcome) -> None:
    """What a person must know about one file; nothing where all went well."""
    if outcome.failures or outcome.status is IngestStatus.SKIPPED:
        why = f"（{outcome.why}）" if outcome.why else ""
        errors.print(f"{outcome.path}：{_SAID[outcome.status]}{why}", highlight=False, markup=False)
    for group in group_failures(outcome.failures):
        where = f"第 {group.pages} 页 " if group.pages else ""
        errors.print(f"  {where}{group.cause}（{group.remedy}）", highlight=False, markup=False)
    for warning in outcome.warnings:
        errors.print(f"  提示：{warning}", highlight=False, markup=False)


def _extract(app: Application, fast: bool = False) -> int:
    with progress("提取") as step:
        outcome = app.extract(step, fast)
    errors.print(f"提取完成：文件 {outcome.documents} 件", highlight=False)
    for failure in outcome.failures:
        errors.print(f"  {failure.file}：{failure.cause}（{failure.remedy}）", highlight=False, markup=False)
    return 1 if outcome.failures else 0


def _index(app: Application) -> int:
    with progress("索引") as step:
        report = app.index(step)
    errors.print(f"索引完成：新增 {report.added}，更新 {report.changed}，移除 {report.removed}", highlight=False)
    for rejected in report.rejected:
        errors.print(f"  未能写入：{rejected}", highlight=False, markup=False)
    return 1 if report.rejected else 0


def _embed(app: Application) -> int:
    with progress("语义") as step:
        report = app.embed(step)
    errors.print(f"语义向量完成：新算 {report.added} 段，共 {report.passages} 段", highlight=False)
    return 0
