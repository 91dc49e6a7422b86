"""The tables of version 0.1: made in an empty database, taken over where an older program made them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NAME = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def _name(named: str, *, key: bool = False, null: bool = False) -> sa.Column[str]:
    return sa.Column(named, NAME, primary_key=key, nullable=null)


def _body(named: str) -> sa.Column[str]:
    return sa.Column(named, TEXT, nullable=False)


def upgrade() -> None:
    known = set(sa.inspect(op.get_bind()).get_table_names())
    for make in (_meta, _issues, _documents, _extractions, _places, _reviews, _ledger):
        if make.__name__.removeprefix("_") not in known:
            make()
    if "failures" in known:
        _take_over_failures()


def _meta() -> None:
    op.create_table("meta", _name("key", key=True), _name("value", null=True))


def _issues() -> None:
    op.create_table("issues", _name("sha256", key=True), _name("file"), _name("version"), _name("added"), _body("body"))


def _documents() -> None:
    op.create_table(
        "documents",
        _name("id", key=True),
        _name("sha256", key=True),
        sa.Column("best", sa.Boolean, nullable=False, index=True),
        _name("kind"),
        _name("issue", null=True),
        sa.Column("position", sa.Integer, nullable=False),
        _name("changed"),
        _body("body"),
        _body("charmap"),
    )


def _extractions() -> None:
    columns = (_name("version"), _name("sha256"), _name("changed"), _body("body"))
    op.create_table("extractions", _name("document", key=True), *columns)


def _places() -> None:
    op.create_table("places", _name("sha256", key=True), _name("path", key=True))


def _reviews() -> None:
    op.create_table(
        "reviews",
        _name("id", key=True),
        sa.Column("place", sa.Integer, nullable=False, unique=True),
        sa.Column("document", NAME, nullable=False, index=True),
        _name("record"),
        _name("at"),
        _body("body"),
    )


def _ledger() -> None:
    op.create_table(
        "ledger",
        _name("file", key=True),
        _name("path", key=True),
        _name("sha256", key=True),
        sa.Column("page", sa.Integer, primary_key=True, nullable=False),
        _name("stage", key=True),
        _name("cause", key=True),
        _name("remedy"),
        _name("at"),
    )


def _take_over_failures() -> None:
    """Entries that named a file alone: its content is found by that name, where it is in the corpus."""
    op.execute(
        "INSERT OR IGNORE INTO ledger (file, path, sha256, page, stage, cause, remedy, at) "
        "SELECT file, '', COALESCE((SELECT MIN(sha256) FROM issues WHERE issues.file = failures.file), ''), "
        "page, stage, cause, remedy, at FROM failures"
    )
    op.drop_table("failures")
