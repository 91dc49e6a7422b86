"""Who is logged in."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

NAME = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    if "sessions" not in sa.inspect(op.get_bind()).get_table_names():
        op.create_table(
            "sessions",
            sa.Column("digest", NAME, primary_key=True),
            sa.Column("token", NAME, nullable=False),
            sa.Column("until", NAME, nullable=False),
        )
