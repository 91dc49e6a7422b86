"""The list of documents under filters: one for the API, the page and exports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gongbao.corpus.errors import NotFound, UsageError
from gongbao.corpus.language.document_numbers import canonical_number
from gongbao.corpus.offsets import normalise
from gongbao.corpus.store import Store
from gongbao.index.models import Facet, FacetValue, Filters
from gongbao.search_api.catalog import Catalog, DocumentRow


@dataclass(frozen=True, slots=True)
class ListedDocuments:
    rows: tuple[DocumentRow, ...]
    total: int
    cursor: str | None


def list_documents(
    store: Store, catalog: Catalog, filters: Filters, *, size: int, cursor: str | None = None
) -> ListedDocuments:
    """`cursor` is the id of the last document of the page before; UsageError for one that is not listed."""
    rows = select_documents(store, catalog, filters)
    start = _after(rows, cursor)
    page = rows[start : start + size]
    more = start + size < len(rows)
    return ListedDocuments(tuple(page), len(rows), page[-1].ref.id if more else None)


def select_documents(store: Store, catalog: Catalog, filters: Filters) -> list[DocumentRow]:
    """Those that pass, as they come in the corpus; UsageError for what cannot be asked of a whole document."""
    if _is_of_tasks(filters):
        raise UsageError("单位、角色、类别、时限与进展条件只用于 tasks、deadlines", "去掉这些条件")
    changed = set(store.changed_since(filters.updated_since)) if filters.updated_since else None
    return [row for row in catalog.documents if _passes(row, filters) and (changed is None or row.ref.id in changed)]


def _is_of_tasks(filters: Filters) -> bool:
    of_tasks = (filters.agency, filters.role, filters.kind, filters.due_from, filters.due_to, filters.due_month)
    of_desk = (filters.states, filters.person, filters.tag, filters.late, filters.unbound, filters.next_due)
    return any((*of_tasks, *of_desk)) or any(_is_of_tasks(each) for group in filters.any_of or () for each in group)


def document_facets(rows: Iterable[DocumentRow]) -> list[Facet]:
    """What a list of documents can be narrowed to, most frequent first; years, issues newest first."""
    kept = list(rows)
    found: dict[str, Counter[str]] = {
        "year": Counter(str(row.year) for row in kept if row.year),
        "issue": Counter(row.ref.issue for row in kept if row.ref.issue),
        "place": Counter(place for row in kept for place in row.divisions),
        "issuer": Counter(row.ref.issuer for row in kept if row.ref.issuer),
        "genre": Counter(row.genre for row in kept if row.genre),
        "subject": Counter(subject for row in kept for subject in row.subjects),
    }
    return [Facet(name, tuple(_values(name, counts))) for name, counts in found.items()]


def _values(name: str, counts: Counter[str]) -> Iterator[FacetValue]:
    ordered = counts.most_common()
    if name in ("year", "issue"):
        ordered.sort(key=lambda pair: [int(part) for part in re.findall(r"\d+", pair[0])], reverse=True)
    return (FacetValue(value, count) for value, count in ordered)


def _passes(row: DocumentRow, filters: Filters) -> bool:
    return (
        filters.year in (None, row.year)
        and filters.issuer in (None, row.ref.issuer)
        and filters.issue in (None, row.ref.issue)
        and filters.genre in (None, row.genre)
        and (filters.subject is None or filters.subject in row.subjects)
        and (filters.place is None or filters.place in row.divisions)
        and _is_signed_in(row.ref.signed, filters)
        and (filters.document is None or _is_named(row, filters.document))
        and all(any(_passes(row, each) for each in group) for group in filters.any_of or ())
    )


def _is_signed_in(signed: date | None, filters: Filters) -> bool:
    if filters.signed_from is None and filters.signed_to is None:
        return True
    return signed is not None and (filters.signed_from or signed) <= signed <= (filters.signed_to or signed)


def _is_named(row: DocumentRow, name: str) -> bool:
    """By id, by number in any spelling, or by title."""
    numbered = row.ref.number is not None and canonical_number(row.ref.number) == canonical_number(name)
    return numbered or name == row.ref.id or normalise(name)[0] == normalise(row.ref.title)[0]


def _after(rows: list[DocumentRow], cursor: str | None) -> int:
    if cursor is None:
        return 0
    found = next((place for place, row in enumerate(rows) if row.ref.id == cursor), None)
    if found is None:
        raise NotFound("参数 cursor 已失效", "从第一页重新读取")
    return found + 1
