"""remind: what is due soon and what is overdue, told to those who subscribed, each once."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Annotated

import typer
from gongbao.corpus.errors import UsageError
from gongbao.search_api.cli.options import corpus
from gongbao.search_api.cli.screen import console, errors
from gongbao.search_api.compose import Application
from gongbao.search_api.reminders import Delivery, preview, run
from gongbao.search_api.settings import ServerSettings, read_settings
from rich.text import Text

_LOOK = 300  # seconds


def add_to(app: typer.Typer) -> None:
    app.command()(remind)


def remind(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示将要发出的提醒，不发送、不记录")] = False,
    at: Annotated[str, typer.Option(help="留在后台，每天此刻发送，如 08:00；不写则发送一次后结束")] = "",
) -> None:
    """向订阅人发送到期提醒（30、7、3 天、当天、逾期），每项每次只发一回；没发出的下次再发。"""
    app = corpus(context)
    if dry_run:
        _show(app)
        return
    if not at:
        _send(app, told=True)
        return
    hour, minute = _clock(at)
    while True:
        _wait_until(hour, minute)
        app.refresh()
        _send(app, told=False)


def _show(app: Application) -> None:
    found = list(preview(app, app.settings.today))
    for message in found:
        console.print(Text(f"{message.subscription.owner} {message.title}", style="bold"))
        for line in message.lines:
            console.print(Text(f"  {line}"))
    errors.print(f"将发出 {len(found)} 份提醒。", highlight=False)


def _send(app: Application, *, told: bool) -> None:
    settings = read_settings()
    with app.store.alone("reminders") as mine:
        if not mine:
            errors.print("另一个进程正在发送提醒，这次由它发出。")
            return
        _run(app, settings, told=told)


def _run(app: Application, settings: ServerSettings, *, told: bool) -> None:
    done = run(app, Delivery(settings.smtp_url, settings.mail_from), app.settings.today)
    errors.print(f"已发出 {len(done.sent)} 份提醒。", highlight=False)
    for message in done.failed:
        errors.print(f"未发出，稍后重发：{message.title}：{message.error}", highlight=False, markup=False)
    if done.failed and told:
        raise typer.Exit(1)


def _clock(typed: str) -> tuple[int, int]:
    try:
        moment = datetime.strptime(typed, "%H:%M")
    except ValueError:
        raise UsageError(f"不是时刻：{typed}", "写成 08:00") from None
    return moment.hour, moment.minute


def _wait_until(hour: int, minute: int) -> None:
    """Looks at the wall clock every few minutes, so that a clock that is set does not move it by a day."""
    due = next_moment(hour, minute, datetime.now())
    while (left := (due - datetime.now()).total_seconds()) > 0:
        time.sleep(min(left, _LOOK))


def next_moment(hour: int, minute: int, now: datetime) -> datetime:
    """The next time that the clock of this place shows so."""
    due = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return due if due > now else due + timedelta(days=1)
