"""What the ledger says of an entry: its state, how often it was tried, whether it may succeed another time."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    known = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("ledger")}
    for column in (
        sa.Column("state", sa.String, nullable=False, server_default="failed"),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="1"),
        sa.Column("again", sa.Boolean, nullable=False, server_default=sa.false()),
    ):
        if column.name not in known:
            op.add_column("ledger", column)
