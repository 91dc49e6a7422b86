"""What a corpus holds by year: the database looks into what is kept, so that no document is read for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from gongbao.corpus.document import year_of
from gongbao.corpus.rows import documents, extractions


@dataclass(frozen=True, slots=True)
class YearCounts:
    """`year`: None where a document tells none; `tasks`: statements of who does what, duties as well."""

    year: int | None
    documents: int
    extracted: int
    tasks: int
    deadlines: int


def count_years(connection: sa.Connection) -> list[YearCounts]:
    """Oldest first, documents without a year last."""
    kept = _KeptJson(connection.dialect.name)
    body, records = documents.c.body, extractions.c.body
    counts = kept.length(records, "assignments"), kept.length(records, "deadlines")
    query = (
        sa.select(kept.text(body, "number"), kept.text(body, "signed"), extractions.c.document, *counts)
        .outerjoin_from(documents, extractions, extractions.c.document == documents.c.id)
        .where(documents.c.best)
    )
    return _by_year(connection.execute(query))


def _by_year(rows: Iterable[Sequence[Any]]) -> list[YearCounts]:
    years: dict[int | None, Counter[str]] = {}
    for number, signed, extracted, tasks, deadlines in rows:
        year = year_of(number, date.fromisoformat(signed) if signed else None)
        own = {
            "documents": 1,
            "extracted": int(extracted is not None),
            "tasks": tasks or 0,
            "deadlines": deadlines or 0,
        }
        years.setdefault(year, Counter()).update(own)
    return [YearCounts(year, **years[year]) for year in sorted(years, key=lambda year: (year is None, year))]


@dataclass(frozen=True, slots=True)
class _KeptJson:
    """How this database looks into JSON that is kept as text."""

    dialect: str

    def text(self, column: sa.ColumnElement[str], name: str) -> sa.ColumnElement[Any]:
        if self.dialect == "sqlite":
            return sa.func.json_extract(column, f"$.{name}")
        return sa.type_coerce(sa.cast(column, sa.JSON)[name].as_string(), sa.Text)

    def length(self, column: sa.ColumnElement[str], name: str) -> sa.ColumnElement[Any]:
        if self.dialect == "sqlite":
            return sa.func.json_array_length(column, f"$.{name}")
        return sa.func.json_array_length(sa.cast(column, sa.JSON)[name])
