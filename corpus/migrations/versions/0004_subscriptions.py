"""Saved searches, what was told of them, and messages on their way."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NAME = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    known = set(sa.inspect(op.get_bind()).get_table_names())
    for make in (_desk_subscriptions, _desk_told, _desk_outbox):
        if make.__name__.removeprefix("_") not in known:
            make()


def _desk_subscriptions() -> None:
    op.create_table(
        "desk_subscriptions",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("owner", NAME, nullable=False, index=True),
        sa.Column("secret", NAME, nullable=False, index=True),
        sa.Column("body", TEXT, nullable=False),
    )


def _desk_told() -> None:
    op.create_table(
        "desk_told",
        sa.Column("subscription", NAME, primary_key=True),
        sa.Column("mark", NAME, primary_key=True),
    )


def _desk_outbox() -> None:
    op.create_table(
        "desk_outbox",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("state", NAME, nullable=False, index=True),
        sa.Column("next", NAME, nullable=False),
        sa.Column("body", TEXT, nullable=False),
    )
