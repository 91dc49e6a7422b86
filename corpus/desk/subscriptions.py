"""Saved searches of people: what reminds them, and by which secret address their feed and calendar are read.

What was told is kept in the same transaction as the message that tells it, so that a process that dies leaves
nothing untold and tells nothing twice: a message that waits is sent by whoever comes next.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from gongbao.corpus.database import Connecting, String, Text, now, schema, write_alone
from gongbao.corpus.errors import UsageError
from gongbao.corpus.ids import secret_digest
from gongbao.corpus.shapes import KeptShape

subscriptions = sa.Table(
    "desk_subscriptions",
    schema,
    sa.Column("id", String, primary_key=True),
    sa.Column("owner", String, nullable=False, index=True),
    sa.Column("secret", String, nullable=False, index=True),  # digest of the address
    sa.Column("body", Text, nullable=False),
)
told = sa.Table(
    "desk_told",
    schema,
    sa.Column("subscription", String, primary_key=True),
    sa.Column("mark", String, primary_key=True),
)
outbox = sa.Table(
    "desk_outbox",
    schema,
    sa.Column("id", String, primary_key=True),
    sa.Column("state", String, nullable=False, index=True),  # waiting, sending, sent
    sa.Column("next", String, nullable=False),  # not to be tried before
    sa.Column("body", Text, nullable=False),
)

_ABANDONED = timedelta(minutes=10)  # a sender that has not said so by then is gone
_LONGEST_WAIT = timedelta(hours=6)


class Channel(StrEnum):
    NONE = "none"  # only the feed and the calendar
    MAIL = "mail"
    DINGTALK = "dingtalk"
    WECOM = "wecom"
    FEISHU = "feishu"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Subscription:
    """`query`: filters as the parameters of an address; `target`: an e-mail address, or that of a webhook."""

    id: str
    owner: str
    name: str
    query: str
    channel: Channel = Channel.NONE
    target: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One digest on its way. `lines`: a task each, most pressing first; `error` of the last attempt."""

    id: str
    subscription: Subscription
    title: str
    lines: tuple[str, ...]
    at: str
    attempts: int = 0
    error: str = ""


_SUBSCRIPTION = KeptShape(Subscription, 1)
_MESSAGE = KeptShape(Message, 1)


class Subscriptions:
    """Of one corpus; safe for several processes."""

    def __init__(self, reading: Connecting, writing: Connecting) -> None:
        self._reading, self._writing = reading, writing

    def add(self, owner: str, name: str, query: str, channel: Channel, target: str) -> tuple[Subscription, str]:
        """With its secret, told this once. UsageError for a channel without a target."""
        if not name.strip():
            raise UsageError("没有写订阅名称", "写一个看得懂的名称，如“本单位逾期任务”")
        if channel is not Channel.NONE and not target.strip():
            raise UsageError("没有写接收地址", "邮件写邮箱，机器人写 Webhook 地址")
        made = Subscription(uuid.uuid4().hex[:12], owner, name.strip(), query, channel, target.strip(), now())
        secret = secrets.token_urlsafe(24)
        row = {"id": made.id, "owner": owner, "secret": secret_digest(secret), "body": _SUBSCRIPTION.dump(made)}
        with self._writing() as connection:
            connection.execute(subscriptions.insert().values(row))
        return made, secret

    def renew(self, subscription: str, owner: str) -> str:
        """A new secret; the old address is void at once."""
        secret = secrets.token_urlsafe(24)
        self._own(
            subscription, owner, lambda own: sa.update(subscriptions).where(own).values(secret=secret_digest(secret))
        )
        return secret

    def remove(self, subscription: str, owner: str) -> None:
        self._own(subscription, owner, lambda own: sa.delete(subscriptions).where(own))

    def all(self, owner: str | None = None) -> list[Subscription]:
        query = sa.select(subscriptions.c.body).order_by(subscriptions.c.id)
        if owner is not None:
            query = query.where(subscriptions.c.owner == owner)
        with self._reading() as connection:
            return [_SUBSCRIPTION.read(body) for body in connection.scalars(query)]

    def by_secret(self, secret: str) -> Subscription | None:
        query = sa.select(subscriptions.c.body).where(subscriptions.c.secret == secret_digest(secret))
        with self._reading() as connection:
            body = connection.scalars(query).first()
        return _SUBSCRIPTION.read(body) if body else None

    # --- messages

    def untold(self, subscription: str, marks: Iterable[str]) -> set[str]:
        with self._reading() as connection:
            known = set(connection.scalars(sa.select(told.c.mark).where(told.c.subscription == subscription)))
        return set(marks) - known

    def enqueue(
        self, subscription: Subscription, marks: Iterable[str], compose: Callable[[set[str]], Message]
    ) -> Message | None:
        """Keep what is to be told with the message that tells it; None where another process was first."""
        wanted = set(marks)
        with self._writing() as connection:
            write_alone(connection, told)
            mine = sa.select(told.c.mark).where(told.c.subscription == subscription.id)
            fresh = wanted - set(connection.scalars(mine))
            if not fresh:
                return None
            message = compose(fresh)
            rows = [{"subscription": subscription.id, "mark": mark} for mark in sorted(fresh)]
            connection.execute(told.insert(), rows)
            row = {"id": message.id, "state": "waiting", "next": "", "body": _MESSAGE.dump(message)}
            connection.execute(outbox.insert().values(row))
        return message

    def waiting(self) -> list[Message]:
        """Not sent yet, whether it is time for them or not."""
        query = sa.select(outbox.c.body).where(outbox.c.state != "sent").order_by(outbox.c.id)
        with self._reading() as connection:
            return [_MESSAGE.read(body) for body in connection.scalars(query)]

    def take(self) -> Message | None:
        """The next message that is due, for this process alone; None where there is none."""
        now = datetime.now(UTC)
        abandoned = (now - _ABANDONED).isoformat()
        due = sa.or_(
            sa.and_(outbox.c.state == "waiting", outbox.c.next <= now.isoformat()),
            sa.and_(outbox.c.state == "sending", outbox.c.next <= abandoned),
        )
        with self._writing() as connection:
            write_alone(connection, outbox)
            row = connection.execute(sa.select(outbox.c.id, outbox.c.body).where(due).limit(1)).first()
            if row is None:
                return None
            here = outbox.c.id == row.id
            connection.execute(sa.update(outbox).where(here).values(state="sending", next=now.isoformat()))
        return _MESSAGE.read(row.body)

    def sent(self, message: Message) -> None:
        with self._writing() as connection:
            connection.execute(sa.update(outbox).where(outbox.c.id == message.id).values(state="sent"))

    def failed(self, message: Message, error: str) -> Message:
        """It waits, longer each time."""
        kept = replace(message, attempts=message.attempts + 1, error=error)
        wait = min(timedelta(minutes=2**kept.attempts), _LONGEST_WAIT)
        values = {"state": "waiting", "next": (datetime.now(UTC) + wait).isoformat(), "body": _MESSAGE.dump(kept)}
        with self._writing() as connection:
            connection.execute(sa.update(outbox).where(outbox.c.id == message.id).values(values))
        return kept

    def _own(
        self, subscription: str, owner: str, statement: Callable[[sa.ColumnElement[bool]], sa.Update | sa.Delete]
    ) -> None:
        own = sa.and_(subscriptions.c.id == subscription, subscriptions.c.owner == owner)
        with self._writing() as connection:
            if connection.execute(statement(own)).rowcount != 1:
                raise UsageError("没有这个订阅，或不是您的", "刷新页面")
