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
from gongbao.search_api.api import create_app
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


def change() -> Draft:
    """It gives one task another day and another another body, and repeals what the notice cites."""
    d = Draft("云政办发〔2024〕40号", "关于调整部分重点工作的通知", "云川市人民政府办公室", date(2024, 6, 20))
    first = d.add(BlockKind.PARAGRAPH, "新建公共自行车站点60个的完成时限由2024年6月底前调整为2024年9月底前。")
    d.deadline("2024年6月底前", first, due=date(2024, 6, 30))
    d.deadline("2024年9月底前", first, due=date(2024, 9, 30))
    d.add(BlockKind.PARAGRAPH, "建成统一调度平台的牵头单位由市数据局变更为市交通运输局。")
    return d


@pytest.fixture
def application(tmp_path: Path) -> Application:
    application = make_application(tmp_path / "home")
    put(application.store, "2025-1", [later_report()])
    put(application.store, "2024-6", [change()])
    application.index()
    return application


def _life(client: TestClient, record: str) -> tuple[list[str], list[dict[str, str]]]:
    """What is said, in order, and what each button would send."""
    page = client.get(f"/items/{record}", params={"today": "2025-02-01"}).text
    life = page[page.index("来龙去脉") : page.index("办理记录")]
    sent = [
        dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
        for form in re.findall(r"<form.*?</form>", life, re.S)
    ]
    return re.findall(r"<p><b>([^<]+)</b>", life), sent


def test_a_report_is_offered_and_becomes_evidence(application: Application, manager: TestClient) -> None:
    told, sent = _life(manager, STATIONS.id)
    assert told == ["提出", "有调整", "有调整", "似已办结？"]
    assert "已建成公共自行车站点62个" in sent[-1]["quote"]
    manager.post(f"/items/{STATIONS.id}", data=sent[-1])
    item = application.store.desk.snapshot().items[STATIONS.id]
    assert (item.state, item.finished) == (State.DONE, date(2025, 1, 20))
    assert [(one.name, "62个" in one.quote) for one in item.evidence] == [("云政发〔2025〕3号", True)]


def test_another_day_is_offered_and_taken_over_with_its_sentence(application: Application, manager: TestClient) -> None:
    _, sent = _life(manager, STATIONS.id)
    assert sent[0]["due"] == "2024-09-30", "the day that it was changed to"
    manager.post(f"/items/{STATIONS.id}", data=sent[0])
    item = application.store.desk.snapshot().items[STATIONS.id]
    assert (item.due, item.state) == (date(2024, 9, 30), State.NOT_STARTED)
    assert "调整为2024年9月底前" in item.evidence[0].quote


def test_another_body_is_offered_as_evidence(application: Application, manager: TestClient) -> None:
    told, sent = _life(manager, PLATFORM.id)
    assert told == ["提出", "有调整", "有调整"], "what is still to be done is not offered as done"
    assert sent[0]["quote"] == "建成统一调度平台的牵头单位由市数据局变更为市交通运输局。"
    assert "due" not in sent[0]
    assert f"修改《{BIKE.title}》。" == sent[1]["quote"], "the sentence that changes its document"


def test_the_public_reads_it_and_confirms_nothing(application: Application) -> None:
    with TestClient(create_app(application)) as visitor:
        told, sent = _life(visitor, STATIONS.id)
        assert (len(told), sent) == (4, [])


def test_a_sentence_that_is_not_there_is_no_evidence(manager: TestClient) -> None:
    sent = {"seen": "0", "state": "done", "document": later_report().id, "quote": "已建成站点100个"}
    assert manager.post(f"/items/{STATIONS.id}", data=sent).status_code == 400
