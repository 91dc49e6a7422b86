"""The 台账: items, the log of their changes, and which documents they were last put onto."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NAME = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    known = set(sa.inspect(op.get_bind()).get_table_names())
    for make in (_desk_items, _desk_log, _desk_settled):
        if make.__name__.removeprefix("_") not in known:
            make()


def _desk_items() -> None:
    op.create_table(
        "desk_items",
        sa.Column("key", NAME, primary_key=True),
        sa.Column("document", NAME, nullable=False, index=True),
        sa.Column("record", NAME, nullable=False, index=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False, index=True),
        sa.Column("body", TEXT, nullable=False),
    )


def _desk_log() -> None:
    op.create_table(
        "desk_log",
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("key", NAME, nullable=False, index=True),
        sa.Column("body", TEXT, nullable=False),
    )


def _desk_settled() -> None:
    op.create_table(
        "desk_settled",
        sa.Column("document", NAME, primary_key=True),
        sa.Column("stamp", NAME, nullable=False),
    )
