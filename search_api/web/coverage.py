"""What of a gazette is in the corpus: issues, their pages by state, and the gaps between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.document import Issue, PageState
from corpus.store import Store
from search_api.labels import PAGE_STATES


@dataclass(frozen=True, slots=True)
class Coverage:
    """`note`: what is unusual about its pages or differs from its table of contents."""

    issue: str | None
    file: str
    pages: int
    documents: int
    note: str
    warnings: tuple[str, ...]


def coverage_of(store: Store) -> list[Coverage]:
    """Newest issue first, files without an issue last."""
    counts = Counter(document.source.sha256 for document in store.texts())
    rows = [_coverage(issue, counts[issue.source.sha256]) for issue in store.issues()]
    return sorted(rows, key=lambda row: numbers_of(row.issue), reverse=True)


def missing_issues(issues: Iterable[str]) -> list[str]:
    """Numbers left out between the first and the last issue of a year, as 2024-3."""
    by_year: dict[int, set[int]] = {}
    for issue in issues:
        year, *number = numbers_of(issue)
        by_year.setdefault(year, set()).update(number[:1])
    return [
        f"{year}-{number}"
        for year, found in sorted(by_year.items())
        for number in range(1, max(found, default=0))
        if number not in found
    ]


def numbers_of(issue: str | None) -> tuple[int, ...]:
    """2024-10 → (2024, 10), for ordering; (0,) where there is none."""
    return tuple(int(part) for part in (issue or "").split("-") if part.isdigit()) or (0,)


def _coverage(issue: Issue, documents: int) -> Coverage:
    states = Counter(page.state for page in issue.pages)
    unusual = [
        f"{name} {states[state]} 页"
        for state, name in PAGE_STATES.items()
        if states[state] and state is not PageState.NATIVE
    ]
    differs = [f"与目录不符 {len(issue.warnings)} 处"] if issue.warnings else []
    note = "，".join(unusual + differs)
    return Coverage(issue.id, issue.source.file, len(issue.pages), documents, note, issue.warnings)
