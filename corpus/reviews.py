"""What people said about extracted statements: confirmed, edited, rejected, added; by whom and when.

Kept apart from extraction and never overwritten by it: a log in which the last word on a
statement holds. `reapply` puts the words back onto whatever the extractor finds.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sa
from gongbao.corpus.database import Connecting, String, Text, moment, schema, write_alone
from gongbao.corpus.errors import Conflict
from gongbao.corpus.offsets import Span, normalise
from gongbao.corpus.records import Assignment
from gongbao.corpus.shapes import KeptShape

table = sa.Table(
    "reviews",
    schema,
    sa.Column("id", String, primary_key=True),
    sa.Column("place", sa.Integer, nullable=False, unique=True),  # order of the log
    sa.Column("document", String, nullable=False, index=True),
    sa.Column("record", String, nullable=False),
    sa.Column("at", String, nullable=False),
    sa.Column("body", Text, nullable=False),
)

_NEIGHBOURS = 16


class Verdict(StrEnum):
    CONFIRMED = "confirmed"
    EDITED = "edited"
    REJECTED = "rejected"
    ADDED = "added"
    WITHDRAWN = "withdrawn"  # the review is taken back; the extractor's word holds again


@dataclass(frozen=True, slots=True)
class Anchor:
    """A quote with its neighbours, width folded and without white space: found again in a better text."""

    before: str
    quote: str
    after: str

    @staticmethod
    def of(text: str, span: Span) -> Anchor:
        before = text[max(0, span.start - _NEIGHBOURS) : span.start]
        after = text[span.end : span.end + _NEIGHBOURS]
        return Anchor(*(normalise(part)[0] for part in (before, span.of(text), after)))


@dataclass(frozen=True, slots=True)
class Review:
    """`original` is what the extractor said then (None for an added one), `statement` what the person says
    (None for a rejected or withdrawn one). `record` names the statement through all its reviews."""

    document: str
    record: str
    verdict: Verdict
    anchor: Anchor
    original: Assignment | None
    statement: Assignment | None
    by: str
    note: str = ""
    id: str = ""
    at: str = ""


_REVIEW = KeptShape(Review, 1)


class Reviews:
    """The log of one corpus."""

    def __init__(self, reading: Connecting, writing: Connecting) -> None:
        self._reading = reading
        self._writing = writing

    def add(self, review: Review, seen: str | None) -> Review:
        """Write a review; `seen` is the id of the last one on that record that the person saw (None: none).

        Conflict where another has come since, with who and when.
        """
        kept = replace(review, id=uuid.uuid4().hex, at=datetime.now(UTC).isoformat(timespec="microseconds"))
        with self._writing() as connection:
            write_alone(connection, table)
            last = connection.execute(_of_record(review)).first()
            _check_seen(_REVIEW.read(last.body) if last else None, seen)
            place = connection.execute(sa.select(sa.func.coalesce(sa.func.max(table.c.place), 0))).scalar_one() + 1
            row = {"id": kept.id, "place": place, "document": kept.document, "record": kept.record}
            row["at"] = moment(connection)  # what the index goes by; people are told the clock's
            connection.execute(table.insert().values(row | {"body": _REVIEW.dump(kept)}))
        return kept

    def history(self, document: str | None = None) -> list[Review]:
        """The whole log, oldest first; of one document or of all."""
        query = sa.select(table.c.body).order_by(table.c.place)
        if document is not None:
            query = query.where(table.c.document == document)
        with self._reading() as connection:
            return [_REVIEW.read(body) for (body,) in connection.execute(query)]

    def recent(self, count: int) -> list[Review]:
        """The last so many, the newest first."""
        query = sa.select(table.c.body).order_by(table.c.place.desc()).limit(count)
        with self._reading() as connection:
            return [_REVIEW.read(body) for (body,) in connection.execute(query)]

    def of(self, document: str) -> list[Review]:
        """The last word on each statement of a document, in the order in which they were first reviewed."""
        last = {review.record: review for review in self.history(document)}
        return [review for review in last.values() if review.verdict is not Verdict.WITHDRAWN]

    def documents(self) -> list[str]:
        """Ids of documents with any review."""
        query = sa.select(table.c.document).distinct().order_by(table.c.document)
        with self._reading() as connection:
            return list(connection.scalars(query))


def _of_record(review: Review) -> sa.Select[tuple[str, str]]:
    here = sa.and_(table.c.document == review.document, table.c.record == review.record)
    return sa.select(table.c.id, table.c.body).where(here).order_by(table.c.place.desc()).limit(1)


def _check_seen(last: Review | None, seen: str | None) -> None:
    """A withdrawn review is as good as none."""
    if last is None or last.id == seen or (last.verdict is Verdict.WITHDRAWN and seen is None):
        return
    raise Conflict(f"{last.by} 已于 {last.at[:16].replace('T', ' ')}（UTC）校核过这一条", "查看他的结论后再提交")
