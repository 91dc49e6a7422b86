"""Feeds and calendars of saved searches by secret addresses, which whoever holds one may read without a token."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import chain

from fastapi import Request
from fastapi.responses import Response, StreamingResponse
from gongbao.corpus.desk.subscriptions import Subscription
from gongbao.corpus.errors import NotFound
from gongbao.index.models import Sort
from gongbao.search_api.compose import Application
from gongbao.search_api.export.feeds import FeedHead, atom
from gongbao.search_api.export.ics import calendar
from gongbao.search_api.http.asked import App, Today, base_url
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.nobody import iter_of_nobody
from gongbao.search_api.reminders import filters_of, words_of
from gongbao.search_api.shapes import DeadlineRecordShape, TaskShape

routes = Routes("downloads")

_LENGTH = 200


@routes.get("/secret/{secret}.atom", summary="按保密地址订阅", response_class=StreamingResponse)
def secret_feed(app: App, request: Request, today: Today, secret: str) -> StreamingResponse:
    """Atom：保存的条件下的任务，最新的在前。收回地址后立即失效。"""
    subscription = _find(app, secret)
    words, filters = words_of(subscription.query), filters_of(subscription.query, today)
    found = app.service.tasks(words, filters, today=today, size=_LENGTH, sort=Sort.NEWEST)
    updated = max(app.store.stamps().values(), default=None)
    head = FeedHead(subscription.name, base_url(request), base_url(request), updated)
    return StreamingResponse(atom(found.items, head), media_type="application/atom+xml; charset=utf-8")


@routes.get("/secret/{secret}.ics", summary="按保密地址订阅日历", response_class=Response)
def dates(app: App, request: Request, today: Today, secret: str) -> Response:
    """iCalendar：保存的条件下的时限，带提醒。"""
    subscription = _find(app, secret)
    words, filters = words_of(subscription.query), filters_of(subscription.query, today)
    tasks = map(TaskShape.of_view, app.service.iter_tasks(words, filters, today=today))
    alone = map(DeadlineRecordShape.of_view, iter_of_nobody(app.service, filters, today, words))
    made = calendar(chain(tasks, alone), title=subscription.name, base_url=base_url(request), now=datetime.now(UTC))
    return Response(b"".join(made), media_type="text/calendar; charset=utf-8")


def _find(app: Application, secret: str) -> Subscription:
    found = app.store.subscriptions.by_secret(secret)
    if found is None:
        raise NotFound("没有这个订阅地址", "地址可能已收回，请在“订阅提醒”中重新取得")
    return found
