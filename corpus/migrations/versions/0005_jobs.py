"""Work asked for over HTTP, for every process that serves the corpus."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NAME = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    known = set(sa.inspect(op.get_bind()).get_table_names())
    for make in (_jobs, _job_lines):
        if make.__name__.removeprefix("_") not in known:
            make()


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("at", NAME, nullable=False),
        sa.Column("state", NAME, nullable=False),
        sa.Column("body", TEXT, nullable=False),
    )


def _job_lines() -> None:
    op.create_table(
        "job_lines",
        sa.Column("job", NAME, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("text", TEXT, nullable=False),
    )
