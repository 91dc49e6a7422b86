"""The public's index: what the 台账 says moves nothing in it, on either engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from gongbao.corpus.desk import DeskSubject, Item, State
from gongbao.corpus.register import Register
from gongbao.index.engine import Engine
from gongbao.index.models import Filters, NextDue, Sort
from gongbao.index.printed import AsPrinted
from gongbao.index.service import Service
from gongbao.index.synonyms import Synonyms
from gongbao.index.transform import transform

from tests.index import sample
from tests.index.conftest import fill

TODAY = date(2024, 5, 15)
MOVED = date(2031, 1, 1)


def _filled(engine: Engine, due: date | None) -> None:
    """All is done; with `due` the office gave it another day, too."""
    with engine.writer(fresh=True) as writer:
        for filed in sample.filed():
            writer.put(transform(filed.document, filed.extraction, sample.STAMP, dict(_items(filed, due))))


def _items(filed: sample.Filed, due: date | None) -> Iterator[tuple[str, Item]]:
    document = filed.document
    tasks = (DeskSubject.of_task(document, task) for task in filed.extraction.assignments)
    limits = (DeskSubject.of_limit(document, limit) for limit in filed.extraction.deadlines)
    for subject in (*tasks, *limits):
        yield subject.record, Item(subject.record, subject, State.DONE, due=due)


_ASKED = [
    Filters(next_due=NextDue(date(2026, 1, 1))),
    Filters(next_due=NextDue(TODAY, first=TODAY)),
    Filters(due_to=date(2025, 1, 1)),
    Filters(due_month="2024-06"),
    Filters(),
]


@pytest.mark.parametrize("due", [None, MOVED])
def test_it_is_as_if_nobody_kept_a_ledger(engine: Engine, register: Register, due: date | None) -> None:
    fill(engine, sample.filed())
    synonyms = Synonyms.load()
    before = _told(Service(engine, register, synonyms))
    _filled(engine, due)
    assert _told(Service(AsPrinted(engine), register, synonyms)) == before
    assert _told(Service(engine, register, synonyms)) != before


def _told(service: Service) -> list[object]:
    """Every list in its order, and every number."""
    lists = [[v.id for v in service.iter_tasks(None, asked, today=TODAY, sort=Sort.DUE)] for asked in _ASKED]
    pages = [service.deadlines(None, asked, today=TODAY, upcoming=True).items for asked in _ASKED]
    limits = [[view.id for view in page] for page in pages]
    counts = [service.count_tasks(None, asked, today=TODAY) for asked in _ASKED]
    months = service.deadline_months(Filters(), today=TODAY)
    return [*lists, *limits, *counts, months, service.statement_facets(Filters(), today=TODAY)]
