"""National bodies, by full and short name."""

from __future__ import annotations

from gongbao.corpus.register.abbreviate import short_forms
from gongbao.corpus.register.models import Body, Level
from gongbao.corpus.register.tables import KINDS, read_date, rows


def load_national() -> dict[str, Body]:
    """Every form → its body; a form of two bodies belongs to the one that still exists."""
    listed = [_read(row) for row in rows("national_bodies.csv")]
    found: dict[str, Body] = {}
    for body in sorted(listed, key=lambda body: body.valid_to is not None):
        for form in dict.fromkeys((body.name, *body.short_names)):
            found.setdefault(form, body)
    return found


def _read(row: dict[str, str]) -> Body:
    shorts = [form for name in (row["name"], *row["short"].split()) for form in short_forms(name)]
    return Body(
        row["name"],
        Level.NATIONAL,
        KINDS[row["kind"]],
        tuple(dict.fromkeys(shorts)),
        valid_from=read_date(row["from"]),
        valid_to=read_date(row["to"]),
        successor=row["successor"] or None,
    )
