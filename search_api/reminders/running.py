"""One round of reminders: what is new is put into messages, and messages that wait are sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from gongbao.corpus.desk.subscriptions import Channel, Message
from gongbao.corpus.errors import GongbaoError
from gongbao.search_api.compose import Application
from gongbao.search_api.reminders.digest import digest_of, message_of
from gongbao.search_api.reminders.sending import Delivery, send


@dataclass(frozen=True, slots=True)
class ReminderRun:
    """`failed`: messages that wait for another attempt, with why."""

    sent: tuple[Message, ...]
    failed: tuple[Message, ...]


def preview(app: Application, today: date) -> Iterator[Message]:
    """The messages that a round would make now; nothing is kept and nothing sent."""
    for subscription in app.store.subscriptions.all():
        if subscription.channel is Channel.NONE:
            continue
        digest = digest_of(app, subscription, today)
        fresh = app.store.subscriptions.untold(subscription.id, (reminder.mark for reminder in digest.reminders))
        if fresh:
            yield message_of(digest, fresh, today)


def run(
    app: Application,
    delivery: Delivery,
    today: date,
    deliver: Callable[[Message, Delivery], None] = send,
) -> ReminderRun:
    """Safe with several processes at once and after one that died. A message that fails stops no other."""
    for subscription in app.store.subscriptions.all():
        if subscription.channel is not Channel.NONE:
            digest = digest_of(app, subscription, today)
            marks = [reminder.mark for reminder in digest.reminders]
            app.store.subscriptions.enqueue(
                subscription,
                marks,
                lambda fresh, digest=digest: message_of(digest, fresh, today),  # type: ignore[misc]
            )
    sent: list[Message] = []
    failed: list[Message] = []
    while message := app.store.subscriptions.take():
        try:
            deliver(message, delivery)
        except GongbaoError as error:
            failed.append(app.store.subscriptions.failed(message, str(error)))
            continue
        app.store.subscriptions.sent(message)
        sent.append(message)
    return ReminderRun(tuple(sent), tuple(failed))
