"""How the command line shows things: tables on the terminal, progress on stderr."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from corpus.geometry import Region
from corpus.records import Assignment, DocumentRef, Party, Role
from index.models import DeadlineView, StatementView
from search_api import compose, labels

console = Console()
errors = Console(stderr=True, soft_wrap=True)


@contextmanager
def progress(what: str) -> Iterator[compose.Progress]:
    """A bar on a terminal, a plain line every tenth of the way elsewhere."""
    if not errors.is_terminal:
        yield _plain_lines(what)
        return
    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=errors, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, label: bar.update(task, completed=done, total=total, description=label)


def _plain_lines(what: str) -> compose.Progress:
    shown = 0

    def show(done: int, total: int, label: str) -> None:
        nonlocal shown
        step = max(total // 10, 1)
        if done > shown and (done % step == 0 or done == total):
            shown = done
            errors.print(f"{what} {done}/{total} {label}", highlight=False, markup=False)

    return show


def statements_table(views: Iterable[StatementView], title: str | None = None) -> Table:
    """Who must do what, by when, and where it says so."""
    table = Table(title=title, show_lines=True, title_justify="left")
    for name, ratio in (("任务", 5), ("单位", 3), ("完成时限", 2), ("依据", 2)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for view in views:
        task = view.assignment
        table.add_row(
            Text(task.what),
            Text(parties_line(task.parties)),
            Text(due_line(task)),
            Text(place_line(task.regions, view.document)),
        )
    return table


def deadlines_table(views: Iterable[DeadlineView], title: str | None = None) -> Table:
    table = Table(title=title, show_lines=True, title_justify="left")
    for name, ratio in (("时限", 2), ("事项", 5), ("依据", 2)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for view in views:
        deadline = view.deadline
        place = place_line(deadline.regions, view.document)
        table.add_row(*map(Text, (labels.deadline_line(deadline), labels.flat(deadline.context), place)))
    return table


def parties_line(parties: Iterable[Party]) -> str:
    """牵头：甲、乙；配合：丙"""
    by_role: dict[Role, list[str]] = {}
    for party in parties:
        by_role.setdefault(party.role, []).append(party.name)
    return "\n".join(f"{labels.ROLES[role]}：{'、'.join(by_role[role])}" for role in labels.ROLES if role in by_role)


def due_line(task: Assignment) -> str:
    return "\n".join(map(labels.deadline_line, task.deadlines))


def place_line(regions: Iterable[Region], document: DocumentRef) -> str:
    """云政发〔2024〕10号 第3–4页"""
    pages = labels.page_ranges(labels.pages_of(regions))
    return document.label + (f" 第{pages}页" if pages else "")
