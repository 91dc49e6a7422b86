"""What a subscription has to be told on a day: each task at each of its marks, counted from its present last day."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from gongbao.corpus.desk.subscriptions import Message, Subscription
from gongbao.corpus.records import MAIN
from gongbao.index.models import Filters, View
from gongbao.search_api import labels
from gongbao.search_api.compose import Application
from gongbao.search_api.http.asked import filters_from
from gongbao.search_api.pressing import pressing_views
from starlette.datastructures import QueryParams

MARKS = (0, 3, 7, 30)  # days before the last one
_LISTED = 100  # tasks in one digest, which says how many more there are


@dataclass(frozen=True, slots=True)
class Reminder:
    """`mark`: what is told of this task once: its id, the mark, and the day it counts to."""

    mark: str
    words: str
    view: View
    days: int


@dataclass(frozen=True, slots=True)
class Digest:
    subscription: Subscription
    reminders: tuple[Reminder, ...]


def digest_of(app: Application, subscription: Subscription, today: date) -> Digest:
    """Everything that stands at a mark today, told before or not, with the time limits that name nobody; most pressing
    first."""
    query = subscription.query
    views = pressing_views(app, filters_of(query, today), today, words_of(query))
    found = sorted(_reminders(views, today), key=lambda reminder: reminder.days)
    return Digest(subscription, tuple(found))


def message_of(digest: Digest, fresh: set[str], today: date) -> Message:
    chosen = [reminder for reminder in digest.reminders if reminder.mark in fresh]
    lines = [f"{reminder.words}：{_one_line(reminder.view)}" for reminder in chosen[:_LISTED]]
    if len(chosen) > _LISTED:
        lines.append(f"另有 {len(chosen) - _LISTED} 项，见任务列表。")
    title = f"{digest.subscription.name}：{len(chosen)} 项任务到期提醒（{labels.chinese_date(today)}）"
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    return Message(uuid.uuid4().hex, digest.subscription, title, tuple(lines), at)


def words_of(query: str) -> str | None:
    return QueryParams(query).get("q", "").strip() or None


def filters_of(query: str, today: date) -> Filters:
    """Of a saved search, as of any list: whatever its address asks. UsageError for what cannot be asked."""
    return filters_from(QueryParams(query), today)


def _reminders(views: Iterable[View], today: date) -> Iterator[Reminder]:
    for view in views:
        day = labels.due_of(view.deadlines, today, view.item)
        if day is None:
            continue
        days = (day - today).days
        stage = "overdue" if days < 0 else str(next((mark for mark in MARKS if days <= mark), ""))
        if stage:
            yield Reminder(f"{view.id}:{stage}:{day}", labels.days_left(day, today), view, days)


def _one_line(view: View) -> str:
    """新建站点60个（市城市管理局，2024-06-30，云政发〔2024〕10号）"""
    bodies = "、".join(dict.fromkeys(p.name for p in view.parties if p.role in MAIN))
    due = "；".join(map(labels.deadline_line, view.deadlines))
    return f"{labels.headline(view.what)}（{'，'.join(filter(None, (bodies, due, view.document.label)))}）"
