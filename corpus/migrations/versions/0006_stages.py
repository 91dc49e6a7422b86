"""How long the stages took."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

NAME = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    if "stages" not in sa.inspect(op.get_bind()).get_table_names():
        op.create_table(
            "stages",
            sa.Column("stage", NAME, primary_key=True),
            sa.Column("at", NAME, nullable=False, server_default=""),
            sa.Column("items", sa.Integer, nullable=False, server_default="0"),
            sa.Column("seconds", sa.Float, nullable=False, server_default="0"),
            sa.Column("runs", sa.Integer, nullable=False, server_default="0"),
            sa.Column("all_items", sa.Integer, nullable=False, server_default="0"),
            sa.Column("all_seconds", sa.Float, nullable=False, server_default="0"),
        )
