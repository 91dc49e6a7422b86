"""What later documents say of a task is offered with its sentence, and a person confirms it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from gongbao.corpus.desk import State
from gongbao.corpus.document import BlockKind
from gongbao.corpus.records import Relation
from gongbao.search_api.compose import Application

from tests.search_api.conftest import make_application
from tests.search_api.sample import Draft, bike_notice, put

BIKE = bike_notice()
STATIONS, PLATFORM = BIKE.assignments[0], BIKE.assignments[2]


def later_report() -> Draft:
    """A report that says of one task that it is done, of another that it is still to be; and a change of the plan."""
    d = Draft("云政发〔2025〕3号", "云川市2024年政府工作落实情况的报告", "云川市人民政府", date(2025, 1, 20))
    d.add(BlockKind.PARAGRAPH, "城市慢行交通加快建设，已建成公共自行车站点62个。统一调度平台正在建设，将于今年建成。")
    d.add(BlockKind.PARAGRAPH, f"修改《{BIKE.title}》。")
    d.cite(BIKE.title, BIKE.number, relation=Relation.AMENDS)
    return d


@pytest.fixture
def application(tmp_path: Path) -> Application:
    application = make_application(tmp_path / "home")
    put(application.store, "2025-1", [later_report()])
    application.index()
    return application


def test_a_report_is_offered_and_becomes_evidence(application: Application, manager: TestClient) -> None:
    page = manager.get(f"/items/{STATIONS.id}/later", params={"today": "2025-02-01"}).text
    assert re.findall(r"<p><b>([^<]+)</b>", page) == ["提出", "有修改", "似已办结？"]
    assert "已建成公共自行车站点62个" in page
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    manager.post(f"/items/{STATIONS.id}", data=form)
    item = application.store.desk.snapshot().items[STATIONS.id]
    assert (item.state, item.finished) == (State.DONE, date(2025, 1, 20))
    assert [(one.name, "62个" in one.quote) for one in item.evidence] == [("云政发〔2025〕3号", True)]


def test_what_is_still_to_be_done_is_not_offered(manager: TestClient) -> None:
    page = manager.get(f"/items/{PLATFORM.id}/later", params={"today": "2025-02-01"}).text
    assert "似已办结" not in page


def test_a_sentence_that_is_not_there_is_no_evidence(manager: TestClient) -> None:
    sent = {"seen": "0", "state": "done", "document": later_report().id, "quote": "已建成站点100个"}
    assert manager.post(f"/items/{STATIONS.id}", data=sent).status_code == 400
