"""One body's page: what the index finds for each list is what the words on the page say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from gongbao.corpus.errors import UsageError
from gongbao.corpus.records import Assignment, DeadlineKind, Role
from gongbao.corpus.register import Register
from gongbao.index.embedded.engine import EmbeddedEngine
from gongbao.index.models import Filters
from gongbao.index.service import Service
from gongbao.index.synonyms import Synonyms
from gongbao.search_api import labels
from gongbao.search_api.catalog.counting import Tally
from gongbao.search_api.compose import CorpusLinker
from gongbao.search_api.labels import Due
from gongbao.search_api.web.agency_sheet import SHOWN, SheetAsked, agency_sheet

from tests import builders
from tests.index import sample
from tests.index.conftest import fill

TODAY = date(2024, 5, 29)
BODY = "云川市水利局"
NOTHING = Tally(CorpusLinker).catalog(0)
OFFSETS = [None, -400, -1, 0, 3, 4, 30, 31, 500]  # days from today; None: no date


@pytest.fixture(scope="module")
def statements() -> dict[str, Assignment]:
    """One for each pair of dates, with a period that runs today and a rhythm that ends some day among them."""
    filed = _filed()
    return {one.id: one for one in filed.extraction.assignments}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("index"))
    fill(engine, [_filed()])
    yield Service(engine, Register.load(), Synonyms.load())
    engine.close()


def _filed() -> sample.Filed:
    pairs = [(one, other) for one in OFFSETS for other in OFFSETS]
    lines = [f"第{number}项任务由市水利局完成。" for number, _ in enumerate(pairs, 1)]
    document = builders.document(*lines)
    made = []
    for line, pair in zip(lines, pairs, strict=True):
        bound = sample.statement(document, line, sample.party("市水利局", Role.RESPONSIBLE, BODY))
        dates = [TODAY + timedelta(days=offset) for offset in pair if offset is not None]
        limits = [sample.deadline(document, line[:3], due) for due in dates]
        if pair[0] == 500:  # runs today, ends far off
            limits[0] = replace(limits[0], kind=DeadlineKind.PERIOD, start=TODAY - timedelta(days=9))
        if pair[1] == 3:  # a rhythm is never due
            limits[-1] = replace(limits[-1], kind=DeadlineKind.RECURRING, every="P1M")
        made.append(replace(bound, deadlines=tuple(limits)))
    return sample.Filed(document, sample.extraction(document, *made))


@pytest.mark.parametrize("state", Due)
def test_the_index_and_the_words_agree(service: Service, statements: dict[str, Assignment], state: Due) -> None:
    meant = {Due.SOON, Due.NEAR} if state is Due.MONTH else {state}
    expected = {
        one.id for one in statements.values() if labels.due_state(labels.due_of(one.deadlines, TODAY), TODAY) in meant
    }
    found = service.iter_tasks(None, Filters(next_due=labels.next_due(state, TODAY)), today=TODAY)
    assert {view.assignment.id for view in found} == expected
    assert expected


def test_every_task_is_in_one_list_and_lists_are_read_page_by_page(service: Service) -> None:
    agency = service.agency(BODY)
    asked = SheetAsked(Filters(agency=BODY), TODAY)
    sheet = agency_sheet(service, agency, asked, NOTHING)
    assert sum(section.found.total for section in sheet.sections) == len(OFFSETS) ** 2
    assert all(len(section.found.items) <= SHOWN for section in sheet.sections)
    later = agency_sheet(service, agency, replace(asked, section="later"), NOTHING)
    assert [section.name for section in later.shown] == ["later"]
    assert [section.found.total for section in later.sections] == [section.found.total for section in sheet.sections]


def test_a_list_that_there_is_not(service: Service) -> None:
    with pytest.raises(UsageError, match="group"):
        agency_sheet(service, service.agency(BODY), SheetAsked(Filters(agency=BODY), TODAY, "urgent"), NOTHING)
