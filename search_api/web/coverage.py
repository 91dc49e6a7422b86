"""What of a gazette is in the corpus: issues, their pages by state, and the gaps between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from gongbao.corpus.document import Issue, PageState
from gongbao.corpus.store import Store
from gongbao.search_api.labels import PAGE_STATES

# What a warning of the reader says, by words that only it holds.
_CAUSES = (
    ("目录列有", "目录所列、正文未找到的"),
    ("不在目录中", "目录未列的"),
    ("文号相同", "文号重复的"),
    ("标题、机关和日期都相同", "疑似重复刊登的"),
)
_OTHER = "其他需核对的"


@dataclass(frozen=True, slots=True)
class Coverage:
    """`note`: what is unusual about its pages, and how many warnings there are of each cause."""

    issue: str | None
    file: str
    pages: int
    documents: int
    note: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """`year` 0: files without an issue; `missing`: issues left out between the first and the last."""

    year: int
    rows: tuple[Coverage, ...]
    missing: int

    @property
    def issues(self) -> int:
        return len({row.issue for row in self.rows})

    @property
    def pages(self) -> int:
        return sum(row.pages for row in self.rows)

    @property
    def documents(self) -> int:
        return sum(row.documents for row in self.rows)


def coverage_of(store: Store) -> list[Coverage]:
    """Newest issue first, files without an issue last."""
    counts = store.used()
    rows = [_coverage(issue, counts.get(issue.source.sha256, 0)) for issue in store.issues()]
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


def causes_of(warnings: Iterable[str]) -> dict[str, int]:
    """Cause in words → how many."""
    return dict(Counter(next((cause for words, cause in _CAUSES if words in w), _OTHER) for w in warnings))


def by_year(rows: Iterable[Coverage]) -> list[Year]:
    """Newest first, files without an issue last; rows in the order given."""
    years = {year: tuple(found) for year, found in groupby(rows, key=lambda row: numbers_of(row.issue)[0])}
    issues = [row.issue for found in years.values() for row in found if row.issue]
    missing = Counter(numbers_of(issue)[0] for issue in missing_issues(issues))
    return [Year(year, found, missing[year]) for year, found in years.items()]


def _coverage(issue: Issue, documents: int) -> Coverage:
    states = Counter(page.state for page in issue.pages)
    unusual = [
        f"{name} {states[state]} 页"
        for state, name in PAGE_STATES.items()
        if states[state] and state is not PageState.NATIVE
    ]
    doubtful = [f"{cause} {count} 件" for cause, count in causes_of(issue.warnings).items()]
    note = "，".join(unusual + doubtful)
    return Coverage(issue.id, issue.source.file, len(issue.pages), documents, note, issue.warnings)
