"""retry and ignore: what people do about entries of the ledger; and the ledger as `status --failures` shows it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from gongbao.corpus.errors import UsageError
from gongbao.corpus.failure import EntryState, Failure
from gongbao.corpus.store import Store
from gongbao.search_api import labels
from gongbao.search_api.cli.options import corpus
from gongbao.search_api.cli.screen import console, errors
from rich.table import Table
from rich.text import Text

Names = Annotated[list[str] | None, typer.Argument(help="文件名或路径；不写则为全部未读成的")]


def add_to(app: typer.Typer) -> None:
    for command in (retry, ignore):
        app.command()(command)


def retry(context: typer.Context, names: Names = None) -> None:
    """把没有读成的文件再读一次，不论已试过几次。"""
    from gongbao.search_api.cli.work import finish_ingest  # not for those who only show the ledger

    app = corpus(context)
    chosen = _chosen(app.store, names, EntryState.FAILED, EntryState.IGNORED)
    app.store.home.cache.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=app.store.home.cache, prefix="retry-") as folder:
        found = {failure.place: _file_of(app.store, failure, Path(folder)) for failure in chosen}
        for place, path in found.items():
            if path is None:
                errors.print(f"{place}：原文件已不在，无法再读", highlight=False, markup=False)
        paths = list(dict.fromkeys(path for path in found.values() if path))
        code = finish_ingest(app, paths, anew=True) if paths else 0
    raise typer.Exit(max(code, int(None in found.values())))


def ignore(context: typer.Context, names: Names = None) -> None:
    """已经知道、不再需要提示的：不再列为失败，仍留在记录中；内容变化后重新判断。"""
    app = corpus(context)
    chosen = _chosen(app.store, names, EntryState.FAILED)
    for failure in chosen:
        app.store.ledger.change(failure, EntryState.IGNORED, failure.attempts)
    errors.print(f"已忽略 {len(chosen)} 条", highlight=False)


def _chosen(store: Store, names: list[str] | None, *states: EntryState) -> list[Failure]:
    """Entries of reading by the file's name or place; UsageError for a name that has none."""
    entries = [entry for entry in store.ledger.entries(*states) if entry.stage == "ingest"]
    found = [entry for entry in entries if not names or any(_means(name, entry) for name in names)]
    for name in names or ():
        if not any(_means(name, entry) for entry in entries):
            raise UsageError(f"没有关于 {name} 的失败记录", "文件名见 gongbao status --failures")
    return found


def _means(name: str, entry: Failure) -> bool:
    return name in (entry.file, entry.path) or str(Path(name).absolute()) == entry.path


def _file_of(store: Store, entry: Failure, folder: Path) -> Path | None:
    """Where the file lies, or the archive that holds it, or our copy of an upload, laid into `folder` by its name."""
    for path in (Path(entry.path), *Path(entry.path).parents) if entry.path else ():
        if path.is_file():
            return path
    kept = store.file_of(entry.sha256) if entry.sha256 else None
    return Path(copyfile(kept, folder / entry.file)) if kept else None


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
