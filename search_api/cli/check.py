"""status and evaluate: what is there, what failed, and how right it is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from gongbao.corpus.document import Page, PageState
from gongbao.corpus.failure import EntryState, Failure
from gongbao.corpus.store import Store
from gongbao.search_api import labels
from gongbao.search_api.cli.options import AsJson, corpus
from gongbao.search_api.cli.screen import console
from gongbao.search_api.compose import Application
from gongbao.search_api.failures import group_failures
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:  # what searches is loaded where it is asked
    from gongbao.index.meaning.finished import MeaningState

_NAMED = 5  # files that a line of the summary names


def add_to(app: typer.Typer) -> None:
    app.command()(status)
    app.command()(evaluate)


def status(
    context: typer.Context,
    as_json: AsJson = False,
    failures_only: Annotated[bool, typer.Option("--failures", help="逐条列出失败、已忽略、跳过与等待的")] = False,
) -> None:
    """语料库里有什么（按期次与年份），哪些没有读成、为什么。"""
    app = corpus(context)
    if as_json:
        typer.echo(json.dumps(_as_json(app), ensure_ascii=False, default=str))
        return
    if failures_only:
        from gongbao.search_api.cli.ledger import show  # with what people do about entries

        show(app.store.ledger.entries())
        return
    issues, failures = list(app.store.issues()), app.store.ledger.all()
    if issues:
        console.print(_issues_table(app))
        console.print(_years_table(app))
    else:
        console.print(f"语料库 {app.settings.home.root} 是空的：用 gongbao run 读入公报目录。", highlight=False)
    if issues:
        console.print(_meaning_line(_meaning(app)), highlight=False)
        console.print(_second_reader_line(app.no_second_reader()), highlight=False)
    if failures:
        console.print(_failures_table(failures))
    elif issues:
        console.print("没有失败记录。")
    if times := _times_line(app.store):
        console.print(times, highlight=False)
    if others := _others_line(app.store):
        console.print(others, highlight=False)


def evaluate(
    context: typer.Context,
    gold: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="标注目录")],
    against: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="与这份报告比较，逐条列出得失")
    ] = None,
    save: Annotated[Path | None, typer.Option(help="把本次报告写入文件（只有数字与摘要）")] = None,
) -> None:
    """按标注计算准确率、召回率与 F1。"""
    for line in corpus(context).evaluate(gold, against, save):
        typer.echo(line)


def _issues_table(app: Application) -> Table:
    """Of files of one name the paths are told; 另有更好来源: documents that another file gives better."""
    table = Table(title="期次", title_justify="left", show_lines=False)
    for head, kept in (("期次", True), ("文件名", False), ("页数", True), ("页面状态", False), ("文件数", True)):
        table.add_column(head, overflow="fold", no_wrap=kept)
    used, unused, names = app.store.used(), app.store.unused(), names_of(app.store)
    failed = {(failure.sha256, failure.page) for failure in app.store.ledger.all()}
    for issue in app.store.issues():
        sha256 = issue.source.sha256
        pages = _pages_line(issue.pages, {page for content, page in failed if content == sha256})
        count = str(used.get(sha256, 0)) + (f"（另 {unused[sha256]} 件已有更好来源）" if sha256 in unused else "")
        table.add_row(issue.id or "", Text(names[sha256]), str(len(issue.pages) or ""), pages, count)
    return table


def _pages_line(pages: Iterable[Page], failed: Set[int | None]) -> str:
    """文字 40，文字层损坏 24（由文字识别读出）; of `failed` pages (None: of all) nothing was read."""
    by_state: dict[PageState, list[int]] = {}
    for page in pages:
        by_state.setdefault(page.state, []).append(page.number)
    shown = ((state, name, by_state[state]) for state, name in labels.PAGE_STATES.items() if state in by_state)
    return "，".join(f"{name} {len(numbers)}" + _recognised(state, numbers, failed) for state, name, numbers in shown)


def _recognised(state: PageState, numbers: list[int], failed: Set[int | None]) -> str:
    """Pages without a text of their own are read from their pictures, or the ledger says why not."""
    if state not in (PageState.SCANNED, PageState.CORRUPT) or None in failed:
        return ""
    read = sum(number not in failed for number in numbers)
    return f"（{'' if read == len(numbers) else f'其中 {read} 页'}由文字识别读出）" if read else ""


def names_of(store: Store) -> dict[str, str]:
    """What people find each file by, by its sha256: its name, or the path where several have that name."""
    places, issues = store.places(), list(store.issues())
    shared = Counter(issue.source.file for issue in issues)
    return {
        i.source.sha256: "、".join(places.get(i.source.sha256, ())) or i.source.file
        if shared[i.source.file] > 1
        else i.source.file
        for i in issues
    }


def _years_table(app: Application) -> Table:
    table = Table(title="年份", title_justify="left")
    for head in ("年份", "文件", "已提取", "任务与职责", "时限"):
        table.add_column(head)
    for found in app.store.years():
        counts = found.documents, found.extracted, found.tasks, found.deadlines
        table.add_row(str(found.year or "不详"), *map(str, counts))
    return table


def _failures_table(failures: Iterable[Failure]) -> Table:
    table = Table(title="未读成的", title_justify="left", show_lines=True)
    for head in ("文件", "页", "环节", "原因", "办法"):
        table.add_column(head, overflow="fold")
    for group in group_failures(failures):
        table.add_row(*map(Text, (group.file, group.pages or "全部", group.stage, group.cause, group.remedy)))
    return table


def _others_line(store: Store) -> str:
    """跳过 2（a.jpg、b.png）；what is neither read nor failed, by its state."""
    by_state: dict[EntryState, list[str]] = {}
    for entry in store.ledger.entries(EntryState.SKIPPED, EntryState.WAITING, EntryState.IGNORED):
        by_state.setdefault(entry.state, []).append(entry.file)
    told = []
    for state, files in by_state.items():
        some = "、".join(files[:_NAMED]) + ("…" if len(files) > _NAMED else "")
        told.append(f"{labels.ENTRY_STATES[state]} {len(files)}（{some}）")
    return "；".join(told) + ("。详见 gongbao status --failures" if told else "")


def _times_line(store: Store) -> str:
    """最近用时：提取 40 件 22.0 秒（2026-11-30 09:15）、读入 120 页 9.5 秒（…）."""
    told = [
        f"{labels.STAGES[each.stage]} {each.items} {labels.STAGE_ITEMS[each.stage]} {each.seconds:.1f} 秒"
        f"（{datetime.fromisoformat(each.at).astimezone():%Y-%m-%d %H:%M}）"
        for each in store.timings.all()
    ]
    return f"最近用时：{'、'.join(told)}" if told else ""


def _meaning(app: Application) -> MeaningState:
    """As a rule told without opening the index."""
    from gongbao.index.embedded.rows import standing

    return standing(app.settings.home, app.encoder) or app.meaning.state()


def _meaning_line(state: MeaningState) -> str:
    if state.missing:
        counted = f"，已备 {state.ready} 段，共 {state.passages} 段" if state.passages else ""
        return f"语义检索：未启用（{state.missing}{counted}），按词语检索"
    return f"语义检索：已备 {state.ready} 段"


def _second_reader_line(missing: str) -> str:
    return f"第二读者：未启用（{missing}），任务只按规则提取" if missing else "第二读者：已备"


def _as_json(app: Application) -> dict[str, object]:
    meaning = _meaning(app)
    years = app.store.years()
    entries = [_entry(entry) for entry in app.store.ledger.entries()]
    return {
        "documents": sum(found.documents for found in years),
        "issues": [issue.id or issue.source.file for issue in app.store.issues()],
        "files": list(_files(app.store)),
        "years": {str(found.year): found.documents for found in years},
        "meaning": {"ready": meaning.ready, "passages": meaning.passages, "missing": meaning.missing},
        "second_reader": {"missing": app.no_second_reader()},
        "timings": [asdict(each) for each in app.store.timings.all()],
        "failures": [entry for entry in entries if entry["state"] == EntryState.FAILED],
        "others": [entry for entry in entries if entry["state"] != EntryState.FAILED],
    }


def _entry(f: Failure) -> dict[str, object]:
    where: dict[str, object] = {"file": f.file, "path": f.path, "page": f.page, "stage": f.stage}
    return where | {"cause": f.cause, "remedy": f.remedy, "state": f.state.value, "attempts": f.attempts}


def _files(store: Store) -> Iterator[dict[str, object]]:
    """`superseded`: documents of it that another file gives better."""
    places, used, unused = store.places(), store.used(), store.unused()
    for issue in store.issues():
        sha256 = issue.source.sha256
        known = {"file": issue.source.file, "sha256": sha256, "paths": places.get(sha256, ()), "issue": issue.id}
        yield known | {"documents": used.get(sha256, 0), "superseded": unused.get(sha256, 0)}
