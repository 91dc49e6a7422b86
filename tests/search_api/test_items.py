"""The 台账 through pages, API and command line: one item, many at once, evidence, who may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from gongbao.index.models import Filters
from gongbao.search_api.api import create_app
from gongbao.search_api.compose import Application
from gongbao.search_api.tokens import Access, Tokens

from tests.search_api.conftest import TODAY, make_application
from tests.search_api.sample import bike_notice, flood_plan

FLOOD, BIKE = flood_plan(), bike_notice()
TASK = FLOOD.assignments[2]  # due on 31 May
DAY = {"today": TODAY.isoformat()}


@pytest.fixture
def application(tmp_path: Path) -> Application:
    return make_application(tmp_path / "home")


@pytest.fixture
def manager(application: Application) -> Iterator[TestClient]:
    secret = Tokens(application.settings.home).add("林知远", Access.MANAGER)
    with TestClient(create_app(application), follow_redirects=False) as client:
        client.headers["Authorization"] = f"Bearer {secret}"
        yield client


def _post(client: TestClient, record: str, **sent: object) -> dict[str, object]:
    answer = client.post(f"/api/v1/items/{record}", json=sent)
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def test_done_is_a_field_of_the_record_everywhere(manager: TestClient, application: Application) -> None:
    before = manager.get("/", params=DAY).text
    assert "汛前30日内完成水库除险加固" in before
    _post(manager, TASK.id, state="已完成", feedback="主体工程已验收")
    assert "汛前30日内完成水库除险加固" not in manager.get("/", params=DAY).text, "the board shows what is open"
    listed = manager.get("/api/v1/tasks", params={"state": "done"}).json()
    assert [(task["id"], task["done"], task["followup"]["state"]) for task in listed["items"]] == [
        (TASK.id, True, "done")
    ]
    assert manager.get("/api/v1/tasks", params={"state": "done", "agency": "云川市公安局"}).json()["total"] == 0
    soon = manager.get("/api/v1/tasks", params=DAY | {"pressing": "soon"}).json()
    assert TASK.id not in [task["id"] for task in soon["items"]]
    page = manager.get("/tasks", params={"q": "水库除险加固"} | DAY).text
    assert re.search(rf'state-done" href="/items/{TASK.id}"[^>]*>已完成<', page)
    assert "逾期" not in re.findall(rf"<tr>(?:(?!</tr>).)*{TASK.id}.*?</tr>", page, re.S)[0]
    assert f"/items/{TASK.id}" in manager.get(f"/documents/{FLOOD.id}").text


def test_the_history_says_who_and_when(manager: TestClient) -> None:
    _post(manager, TASK.id, state="running", progress="40%", person="沈若谷", tags="防汛、重点")
    found = _post(manager, TASK.id, seen=1, note="<b>电话</b>催办")
    history = found["history"]
    assert isinstance(history, list)
    assert [(entry["by"], entry["version"]) for entry in history] == [("林知远", 1), ("林知远", 2)]
    page = manager.get(f"/items/{TASK.id}").text
    assert "&lt;b&gt;电话&lt;/b&gt;催办" in page, "notes are words, not markup"
    assert "<b>电话</b>" not in page
    assert all(word in page for word in ("进行中", "40%", "沈若谷", "防汛", "重点"))


def test_who_comes_second_is_told(manager: TestClient) -> None:
    _post(manager, TASK.id, state="running")
    answer = manager.post(f"/api/v1/items/{TASK.id}", json={"state": "done", "seen": 0})
    assert answer.status_code == 409
    assert "林知远" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"state": "差不多了"}, "未开始"),
        ({"progress": "很多"}, "60"),
        ({"progress": "160"}, "0 至 100"),
        ({"due": "下周"}, "2024-06-30"),
        ({"due": "2023-02-29"}, "2024-06-30"),  # no leap year
    ],
)
def test_what_cannot_be_meant_is_told_with_what_can(manager: TestClient, sent: dict[str, str], words: str) -> None:
    answer = manager.post(f"/api/v1/items/{TASK.id}", json=sent)
    assert answer.status_code == 400
    assert words in answer.json()["detail"] + answer.json()["remedy"]


def test_an_own_deadline_comes_before_the_printed_one(manager: TestClient) -> None:
    _post(manager, TASK.id, due="2024-07-15")
    assert TASK.id in _pressing(manager, "later")
    assert TASK.id not in _pressing(manager, "soon")
    july = manager.get("/api/v1/tasks", params={"due_from": "2024-07-01", "due_to": "2024-07-31"}).json()
    assert [task["id"] for task in july["items"]] == [TASK.id]
    _post(manager, TASK.id, seen=1, due="-")
    assert TASK.id in _pressing(manager, "soon")


def _pressing(client: TestClient, state: str) -> list[str]:
    found = client.get("/api/v1/tasks", params=DAY | {"pressing": state, "sort": "due"}).json()
    return [task["id"] for task in found["items"]]


def test_many_at_once_on_the_page(manager: TestClient, application: Application) -> None:
    listed = manager.get("/tasks", params={"document": BIKE.id}).text
    place = re.search(r'name="place" value="(\d+)"', listed)
    assert place
    chosen = [task.id for task in BIKE.assignments[:3]]
    form = {
        "id": chosen,
        "place": place[1],
        "new_state": "running",
        "who": "李青禾",
        "tags": "民生",
        "back": "/tasks?x=1",
    }
    answer = manager.post("/items", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/tasks?x=1")
    items = application.store.desk.snapshot().items
    assert {record: (item.person, item.tags) for record, item in items.items()} == dict.fromkeys(
        chosen, ("李青禾", ("民生",))
    )
    again = manager.post("/items", data=form | {"id": chosen[:1]})
    assert again.status_code == 409, "the list is older than what was changed meanwhile"
    page = manager.get("/tasks", params={"person": "李青禾"}).text
    assert 'class="count">3<' in page


def test_nothing_chosen_is_told(manager: TestClient) -> None:
    answer = manager.post("/items", data={"place": "0", "new_state": "done"})
    assert answer.status_code == 400
    assert "没有选中" in answer.text


def test_evidence_is_kept_and_only_downloaded(manager: TestClient) -> None:
    files = {"file": ("../../验收单.HTML", b"<script>alert(1)</script>", "text/html")}
    answer = manager.post(f"/items/{TASK.id}", data={"seen": "0", "state": "closed"}, files=files)
    assert answer.status_code == 303
    found = manager.get(f"/api/v1/items/{TASK.id}").json()["followup"]["evidence"][0]
    assert found["name"] == "验收单.HTML"
    kept = manager.get(f"/api/v1/evidence/{found['target']}")
    assert kept.content == b"<script>alert(1)</script>"
    assert kept.headers["content-disposition"].startswith("attachment")
    assert kept.headers["content-type"] == "application/octet-stream"
    assert manager.get("/api/v1/evidence/..%2Ftokens.toml").status_code == 404


def test_only_who_may_changes(application: Application) -> None:
    reviewer = Tokens(application.settings.home).add("沈若谷", Access.REVIEWER)
    with TestClient(create_app(application)) as client:
        assert client.post(f"/api/v1/items/{TASK.id}", json={"state": "done"}).status_code == 401
        client.headers["Authorization"] = f"Bearer {reviewer}"
        assert client.post(f"/api/v1/items/{TASK.id}", json={"state": "done"}).status_code == 403
        assert "更新进展需要台账权限" in client.get(f"/items/{TASK.id}").text


def test_what_a_document_prints_as_done_is_done_until_somebody_says_otherwise(
    manager: TestClient, application: Application
) -> None:
    """Also in the counts; nobody touched it."""
    total = application.service.count_tasks(None, Filters(), today=TODAY)
    parts = [manager.get("/api/v1/tasks", params={"state": state}).json()["total"] for state in ("not_started", "done")]
    assert sum(parts) == total


def test_an_orphan_is_shown(manager: TestClient, application: Application) -> None:
    _post(manager, TASK.id, state="running", feedback="已开工")
    sha = application.store.document(FLOOD.id).source.sha256  # type: ignore[union-attr]
    application.store.remove_issue(sha)
    application.index()
    page = manager.get(f"/items/{TASK.id}")
    assert page.status_code == 200
    assert "原文中已找不到这句话" in page.text
    assert "已开工" in page.text
    assert manager.get("/api/v1/items", params={"orphans": "true"}).json()[0]["record"] == TASK.id
