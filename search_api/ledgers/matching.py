"""Rows of a ledger and the tasks of the corpus: which is which, by words, body and day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongbao.corpus.language.document_numbers import canonical_number
from gongbao.corpus.offsets import normalise
from gongbao.index.models import StatementView
from gongbao.search_api import labels
from gongbao.search_api.ledgers.reading import LedgerField, LedgerRow, OfficeLedger
from rapidfuzz import fuzz


class Outcome(StrEnum):
    MATCHED = "matched"
    CHANGED = "changed"  # the same task, with another body or another day
    DOUBTFUL = "doubtful"  # of the same 编号, in other words: taken over only where that is asked for
    UNSUPPORTED = "unsupported"  # no document says so


@dataclass(frozen=True, slots=True)
class MatchingTolerances:
    """`alike`: score (0..1) from which a row is a task; words count 1, the body and the day as much as is said here.
    `rare`: pairs of characters by which candidates are found; `most` of them are compared."""

    alike: float = 0.7
    body: float = 0.12
    due: float = 0.06
    number: float = 0.1
    rare: int = 8
    most: int = 60


_TOLERANCES = MatchingTolerances()


@dataclass(frozen=True, slots=True)
class Match:
    """`differences` in words; no `view` where no document says so."""

    row: LedgerRow
    outcome: Outcome
    view: StatementView | None = None
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """`missing`: tasks of the documents that the ledger speaks of, which it leaves out."""

    rows: tuple[Match, ...]
    missing: tuple[StatementView, ...]

    def count(self, outcome: Outcome) -> int:
        return sum(match.outcome is outcome for match in self.rows)


def match(ledger: OfficeLedger, tasks: Iterable[StatementView]) -> Matched:
    """Each task is matched by one row at most, the first in its words."""
    known = _Tasks(tuple(tasks))
    taken: set[str] = set()
    rows: list[Match] = []
    for row in ledger.rows:
        view = known.find(row, taken)
        if view is None:
            rows.append(Match(row, Outcome.UNSUPPORTED))
            continue
        taken.add(view.assignment.id)
        differences, doubtful = tuple(_differences(row, view)), _says_otherwise(row, view)
        outcome = Outcome.DOUBTFUL if doubtful else Outcome.CHANGED if differences else Outcome.MATCHED
        rows.append(Match(row, outcome, view, differences))
    documents = {found.view.document.id for found in rows if found.view}
    missing = (v for v in known.views if v.document.id in documents and v.assignment.id not in taken)
    return Matched(tuple(rows), tuple(missing))


class _Tasks:
    """The corpus, found by id, by words, and by rare pairs of characters."""

    def __init__(self, views: tuple[StatementView, ...]) -> None:
        self.views = views
        self._by_id = {view.assignment.id: view for view in views}
        self._plain = [normalise(view.assignment.what)[0] for view in views]
        self._by_words: dict[str, list[int]] = defaultdict(list)
        self._postings: dict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(self._plain):
            self._by_words[text].append(place)
            for pair in set(_pairs(text)):
                self._postings[pair].append(place)

    def find(self, row: LedgerRow, taken: set[str]) -> StatementView | None:
        named = self._by_id.get(row.get(LedgerField.RECORD))
        if named:
            return named
        wanted = normalise(row.get(LedgerField.TASK))[0]
        scored = [
            (self._score(row, wanted, place), -place)
            for place in self._candidates(wanted)
            if self.views[place].assignment.id not in taken
        ]
        best = max(scored, default=(0.0, 0))
        return self.views[-best[1]] if best[0] >= _TOLERANCES.alike else None

    def _candidates(self, wanted: str) -> Sequence[int]:
        if same := self._by_words.get(wanted):
            return same[: _TOLERANCES.most]
        rare = sorted((pair for pair in set(_pairs(wanted)) if pair in self._postings), key=self._frequency)
        found: dict[int, int] = defaultdict(int)
        for pair in rare[: _TOLERANCES.rare]:
            for place in self._postings[pair]:
                found[place] += 1
        return sorted(found, key=lambda place: -found[place])[: _TOLERANCES.most]

    def _frequency(self, pair: str) -> tuple[int, str]:
        return len(self._postings[pair]), pair

    def _score(self, row: LedgerRow, wanted: str, place: int) -> float:
        view = self.views[place]
        words = _alike(wanted, self._plain[place])
        bodies, number = _bodies(row), row.get(LedgerField.NUMBER)
        if bodies:
            words += _TOLERANCES.body * (1 if _binds(view, bodies) else -1)
        if row.get(LedgerField.DUE):
            words += _TOLERANCES.due * (1 if _is_due(view, row.get(LedgerField.DUE)) else -1)
        if number and view.document.number and canonical_number(view.document.number) in canonical_number(number):
            words += _TOLERANCES.number
        return words


def _alike(wanted: str, told: str) -> float:
    return max(fuzz.ratio(wanted, told), 0.95 * _covered(wanted, told)) / 100


def _covered(wanted: str, told: str) -> float:
    """An office shortens what is printed: all of the shorter one stands in the longer."""
    shorter = min(len(wanted), len(told))
    return fuzz.partial_ratio(wanted, told) if shorter >= 8 and 2 * shorter >= max(len(wanted), len(told)) else 0.0


def _differences(row: LedgerRow, view: StatementView) -> Iterator[str]:
    if _says_otherwise(row, view):
        yield "任务：文字与文件不同"
    bodies = _bodies(row)
    if bodies and not _binds(view, bodies):
        printed = [p.name for p in view.assignment.parties]
        yield f"单位：台账为{'、'.join(bodies)}，文件为{'、'.join(dict.fromkeys(printed))}"
    due = row.get(LedgerField.DUE)
    if due and view.assignment.deadlines and not _is_due(view, due):
        yield f"时限：台账为{due}，文件为{'；'.join(map(labels.deadline_line, view.assignment.deadlines))}"


def _says_otherwise(row: LedgerRow, view: StatementView) -> bool:
    """Found by its 编号, or by body and day, though its words are those of no such task."""
    wanted, told = (normalise(text)[0] for text in (row.get(LedgerField.TASK), view.assignment.what))
    return bool(wanted) and _alike(wanted, told) < _TOLERANCES.alike


def _bodies(row: LedgerRow) -> list[str]:
    text = row.get(LedgerField.LEAD)
    for mark in "，,；;\n /":
        text = text.replace(mark, "、")
    return [name for part in text.split("、") if (name := part.strip())]


def _binds(view: StatementView, bodies: Sequence[str]) -> bool:
    """A short name is the end of a full one: 市水利局, 水利局 of 云川市水利局."""
    printed = {name for p in view.assignment.parties for name in (p.name, p.agency) if name}
    return any(name.endswith(body) or body.endswith(name) for body in bodies for name in printed)


def _is_due(view: StatementView, due: str) -> bool:
    days = {d.effective_due.isoformat() for d in view.assignment.deadlines if d.effective_due}
    if view.item and view.item.due:
        days.add(view.item.due.isoformat())
    wanted = normalise(due)[0]
    return due in days or any(normalise(d.text)[0] in wanted for d in view.assignment.deadlines)


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]
