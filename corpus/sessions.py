"""Who is logged in: a secret of its own for every login, which ends with it, with the token, or by itself.

Kept as digests in the corpus, so that every process of a server knows the same.
"""

from __future__ import annotations

import secrets
from datetime import date, timedelta

import sqlalchemy as sa
from gongbao.corpus.database import Connecting, String, schema
from gongbao.corpus.ids import secret_digest

table = sa.Table(
    "sessions",
    schema,
    sa.Column("digest", String, primary_key=True),
    sa.Column("token", String, nullable=False),  # the digest of the token that it was begun with
    sa.Column("until", String, nullable=False),  # the last day, ISO 8601
)
DAYS = 30


class Sessions:
    """The logins of one corpus."""

    def __init__(self, reading: Connecting, writing: Connecting) -> None:
        self._reading, self._writing = reading, writing

    def begin(self, token: str, today: date) -> str:
        """A new secret, told this once, for whom the token with this digest stands for. Those that are over go."""
        secret = secrets.token_urlsafe(24)
        until = (today + timedelta(days=DAYS)).isoformat()
        with self._writing() as connection:
            connection.execute(sa.delete(table).where(table.c.until < today.isoformat()))
            connection.execute(table.insert().values(digest=secret_digest(secret), token=token, until=until))
        return secret

    def token_of(self, secret: str, today: date) -> str | None:
        """The digest of the token that it was begun with; None for a session that never was or is over."""
        here = sa.and_(table.c.digest == secret_digest(secret), table.c.until >= today.isoformat())
        with self._reading() as connection:
            return connection.execute(sa.select(table.c.token).where(here)).scalar()

    def end(self, secret: str) -> None:
        with self._writing() as connection:
            connection.execute(sa.delete(table).where(table.c.digest == secret_digest(secret)))
