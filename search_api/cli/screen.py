"""How the command line shows things: tables on the terminal, progress on stderr."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gongbao.corpus.geometry import Region
from gongbao.corpus.records import Assignment, Deadline, DocumentRef, Party, Role
from gongbao.search_api import compose, labels
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:  # what searches is loaded where it is asked
    from gongbao.index.models import DeadlineView, StatementView

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


_DATE = 14  # columns that （2024-06-30） takes
_NARROW = 100  # columns of the screen, below which the source stands under the words


def statements_table(views: Iterable[StatementView], title: str | None = None) -> Table:
    """Who must do what, by when, and where it says so."""
    table, narrow = _table(title, "任务"), console.width < _NARROW
    for view in views:
        task = view.assignment
        place = place_line(task.regions, view.document)
        cells = [_with_place(what_line(task), place, narrow), Text(parties_line(task.parties)), Text(due_line(task))]
        table.add_row(*cells, *([] if narrow else [Text(place)]))
    return table


def deadlines_table(views: Iterable[DeadlineView], title: str | None = None) -> Table:
    table, narrow = _table(title, "事项", with_bodies=False), console.width < _NARROW
    for view in views:
        deadline = view.deadline
        place = place_line(deadline.regions, view.document)
        cells = [_with_place(labels.flat(deadline.context), place, narrow), Text(limit_line(deadline))]
        table.add_row(*cells, *([] if narrow else [Text(place)]))
    return table


def _table(title: str | None, what: str, *, with_bodies: bool = True) -> Table:
    """As wide as the screen; a date is never broken."""
    table = Table(title=title, show_lines=True, title_justify="left", expand=True)
    table.add_column(what, ratio=5, overflow="fold")
    if with_bodies:
        table.add_column("单位", ratio=3, overflow="fold")
    if console.width < _NARROW:
        table.add_column("完成时限", width=_DATE, overflow="fold")
    else:
        table.add_column("完成时限", ratio=2, overflow="fold", min_width=_DATE)
        table.add_column("依据", ratio=2, overflow="fold")
    return table


def _with_place(text: str, place: str, narrow: bool) -> Text:
    return Text.assemble(text, ("\n" + place, "dim")) if narrow and place else Text(text)


def what_line(task: Assignment) -> str:
    """The task, with its first target where that stands in another cell: 新建温室 / 量化指标：1,200（1,200亩）."""
    target = next((labels.figure(t.text, t.value, t.unit) for t in task.targets[:1]), "")
    if not target or labels.flat(task.targets[0].text) in labels.flat(task.what):
        return task.what
    return f"{task.what}\n量化指标：{target}"


def parties_line(parties: Iterable[Party]) -> str:
    """牵头：甲、乙；配合：丙"""
    by_role: dict[Role, list[str]] = {}
    for party in parties:
        by_role.setdefault(party.role, []).append(party.name)
    return "\n".join(f"{labels.ROLES[role]}：{'、'.join(by_role[role])}" for role in labels.ROLES if role in by_role)


def due_line(task: Assignment) -> str:
    """Its own limits, then those of the items that it points to."""
    inherited = (limit_line(limit) + labels.INHERITED for item in task.covers for limit in item.deadlines)
    return "\n".join((*map(limit_line, task.deadlines), *inherited))


def limit_line(deadline: Deadline) -> str:
    """As printed, and under it the last day that it means."""
    due = deadline.effective_due
    return labels.flat(deadline.text) + (f"\n（{due.isoformat()}）" if due else "")


def place_line(regions: Iterable[Region], document: DocumentRef) -> str:
    """云政发〔2024〕10号 第3–4页"""
    pages = labels.page_ranges(labels.pages_of(regions))
    return document.label + (f" 第{pages}页" if pages else "")
