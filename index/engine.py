"""The port of search: what is asked of an engine, and how it is kept up to date.

Queries are trees of plain values, the same for every engine; scores are BM25
(k1 = 1.2, b = 0.75) summed over matching terms, on statistics of the entry's kind.
Every engine raises `IndexMissing` where nothing was indexed yet, `ServiceUnavailable` where
it cannot be reached, and nothing of its own library's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from gongbao.index.meaning.vectors import Vectors
from gongbao.index.models import Facet, FacetValue, Sort
from gongbao.index.schema import EntryKind, Field

# --- queries


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches all, score 1."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Matches none."""


@dataclass(frozen=True, slots=True)
class Term:
    """One token of a text field; scored."""

    field: Field
    token: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that follow one another in a text field, with up to `slop` moves; scored.

    On BIGRAMS and the bigrams of a substring this is an exact substring match.
    """

    field: Field
    tokens: tuple[str, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Keyword:
    """Any of these whole values in a key field; score 1 (or 0 as a filter)."""

    field: Field
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """A value of a key field, or a token of a text field, that begins so; score 1."""

    field: Field
    start: str


@dataclass(frozen=True, slots=True)
class Range:
    """A number in low..high, both included, None open; score 1."""

    field: Field
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must match; scores add up. Of no parts: everything."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least so many parts must match; scores of those that do add up. Of no parts: nothing."""

    parts: tuple[Query, ...]
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class Best:
    """Any part must match; the best score, plus `tie` times the others."""

    parts: tuple[Query, ...]
    tie: float = 0.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """`must` decides what matches; `should` only adds to the score."""

    must: Query
    should: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Filtered:
    """`query`, within what `where` matches and outside what `without` matches, which score nothing."""

    query: Query
    where: tuple[Query, ...] = ()
    without: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class Boost:
    """The score of `part` times `by`."""

    part: Query
    by: float


@dataclass(frozen=True, slots=True)
class Constant:
    """Matches as `part` does, always with this score."""

    part: Query
    score: float


Query = (
    Everything
    | Nothing
    | Term
    | Phrase
    | Keyword
    | Prefix
    | Range
    | AllOf
    | AnyOf
    | Best
    | Ranked
    | Filtered
    | Boost
    | Constant
)


@dataclass(frozen=True, slots=True)
class Ask:
    """One search: hits `offset` .. `offset + size`, best first, equal scores as printed.

    offset + size is at most MOST_RANKED. `counted` off leaves the total at the number of hits
    returned, which is faster.
    """

    kind: EntryKind
    query: Query
    size: int = 10
    offset: int = 0
    counted: bool = True


MOST_RANKED = 10_000  # deeper than this, `scan` or `page`


# --- answers


@dataclass(frozen=True, slots=True)
class Hit:
    """`payload` is what `gongbao.index.payload` wrote, and reads."""

    id: str
    score: float
    payload: str


@dataclass(frozen=True, slots=True)
class Hits:
    items: tuple[Hit, ...]
    total: int
    cursor: str | None = None  # fetches the next page; None at the end


# --- entries and writing


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One thing to find. `texts` hold tokens separated by spaces."""

    id: str
    kind: EntryKind
    document: str
    texts: tuple[tuple[Field, str], ...]
    keys: tuple[tuple[Field, tuple[str, ...]], ...]
    numbers: tuple[tuple[Field, tuple[int, ...]], ...]
    payload: str


@dataclass(frozen=True, slots=True)
class Batch:
    """All entries of one document, and the stamp under which it is then known as indexed."""

    document: str
    stamp: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class Rejection:
    """A document that the engine refused after all retries, with its own words."""

    document: str
    cause: str


class Writer(Protocol):
    """Changes become visible, and lasting, at `commit`, and now and then before; a document at a time, whole."""

    def put(self, batch: Batch) -> None:
        """Put these entries in place of all that the document had."""

    def remove(self, document: str) -> None:
        """Take out all entries of a document."""

    def commit(self) -> None: ...

    def rejected(self) -> tuple[Rejection, ...]:
        """What was refused so far; such documents keep no stamp and are tried again next time."""


class Engine(Protocol):
    """One home's index. Reading is safe in many threads and processes beside one writer."""

    name: str  # embedded | elasticsearch

    def search(self, ask: Ask) -> Hits: ...

    def search_all(self, asks: Sequence[Ask]) -> tuple[Hits, ...]:
        """Several searches in one round trip where the engine knows how."""

    def count(self, kind: EntryKind, query: Query) -> int: ...

    def facets(self, kind: EntryKind, query: Query, fields: Sequence[Field], size: int = 20) -> tuple[Facet, ...]:
        """The most frequent values of each key or number field among what matches, then by value."""

    def terms(self, kind: EntryKind, field: Field, prefix: str = "", size: int = 20) -> tuple[FacetValue, ...]:
        """Values of a key field that begin so, most frequent first."""

    def frequencies(self, kind: EntryKind, field: Field, tokens: Sequence[str]) -> tuple[int, ...]:
        """How many entries hold each token."""

    def page(self, kind: EntryKind, query: Query, sort: Sort | Field, size: int, after: str | None = None) -> Hits:
        """One page in a fixed order (not RELEVANCE); `after` is the cursor of the page before.

        UsageError where `after` is no cursor.
        """

    def scan(self, kind: EntryKind, query: Query, sort: Sort | Field = Sort.PRINTED) -> Iterator[Hit]:
        """All that matches, as it stood at the first step, however many, in constant memory."""

    def explain(self, kind: EntryKind, query: Query, entry: str) -> tuple[str, ...]:
        """How this entry's score comes about, a line each; () where it does not match."""

    def stamps(self) -> dict[str, str]:
        """What is indexed: document id → stamp. Empty where there is no index, or one of another schema."""

    def documents(self, kind: EntryKind) -> set[str]:
        """Ids of the documents that have entries of this kind, with a stamp or without."""

    def interrupted(self) -> bool:
        """Whether the last writer ended without finishing, so that entries without a stamp may be left."""

    def revision(self) -> str | None:
        """Another whenever the index was written; None while it is, or where the last writer did not finish."""

    def locked(self) -> AbstractContextManager[None]:
        """Keep other writers out, so that what is planned still holds when it is written; Busy where another writes."""

    def writer(self, fresh: bool = False) -> AbstractContextManager[Writer]:
        """Open for writing, within `locked` or without; Busy where another process writes.

        `fresh`, or an index of another schema, writes a new index beside the old one, which takes
        its place, whole, when the context ends without an error. Leaving without an error commits.
        """

    def vectors(self, model: str) -> Vectors:
        """The directions of this home's passages by this model of meaning; they outlive a rebuilt index."""

    def close(self) -> None: ...


Progress = Callable[[int, int, str], None]  # documents done, documents to do, the last one's name


def lines_of(part: dict[str, Any], depth: int = 0) -> Iterator[str]:
    """How a score came about, as both engines tell it."""
    yield f"{'  ' * depth}{part['value']:.4f} {part['description']}"
    for detail in part.get("details") or ():
        yield from lines_of(detail, depth + 1)
