"""Reviewing over HTTP: who may, what comes of it, and that it lasts."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from gongbao.corpus.errors import Busy
from gongbao.nlp.evaluate import evaluate
from gongbao.search_api.api import create_app
from gongbao.search_api.cli import app as command
from gongbao.search_api.compose import Application
from gongbao.search_api.tokens import Access, Tokens
from typer.testing import CliRunner

from tests.search_api.conftest import make_application
from tests.search_api.sample import bare_decision, flood_plan

FLOOD, DECISION = flood_plan(), bare_decision()
TASK = FLOOD.assignments[2]
EDITED = {
    "verdict": "edited",
    "record": TASK.id,
    "what": "完成水库除险加固",
    "parties": [
        {"role": "lead", "name": "市水利局"},
        {"role": "support", "name": "市财政局"},
        {"role": "support", "name": "市气象局"},
        {"role": "support", "name": "各县（市、区）人民政府"},
    ],
    "deadlines": [{"text": "5月底前", "due": "2024-05-30"}],
    "note": "日期以会议纪要为准",
}

FORM = {
    "verdict": "edited",
    "record": TASK.id,
    "what": "完成水库除险加固",
    "parties": "牵头：市水利局\n配合：市财政局、市气象局、各县（市、区）人民政府",
    "deadlines": "5月底前 = 2024-05-30",
    "note": "日期以会议纪要为准",
}


@pytest.fixture
def application(tmp_path: Path) -> Application:
    return make_application(tmp_path)


@pytest.fixture
def client(application: Application) -> Iterator[TestClient]:
    with TestClient(create_app(application), raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def _token(application: Application, access: Access, name: str = "林知远") -> dict[str, str]:
    return {"Authorization": f"Bearer {Tokens(application.settings.home).add(name, access)}"}


def _tasks(client: TestClient, headers: dict[str, str]) -> dict[str, dict[str, object]]:
    answer = client.get("/api/v1/tasks", params={"document": FLOOD.id, "size": 100}, headers=headers)
    return {task["id"]: task for task in answer.json()["items"]}


def test_nobody_writes_without_a_token(client: TestClient) -> None:
    answer = client.post(f"/api/v1/documents/{FLOOD.id}/reviews", json=EDITED)
    assert answer.status_code == 401
    assert "凭证" in answer.json()["detail"]
    assert client.post(f"/review/{FLOOD.id}", data=FORM).status_code == 401


def test_a_reader_may_not_review(client: TestClient, application: Application) -> None:
    headers = _token(application, Access.READER)
    assert client.post(f"/api/v1/documents/{FLOOD.id}/reviews", json=EDITED, headers=headers).status_code == 403


def test_with_tokens_reading_from_elsewhere_needs_one(client: TestClient, application: Application) -> None:
    assert client.get("/api/v1/tasks").status_code == 200
    headers = _token(application, Access.READER)
    assert client.get("/api/v1/tasks").status_code == 401  # the test client is no loopback address
    refused = client.get("/tasks?year=2024")
    assert refused.status_code == 401
    assert "从其他机器查看需要登录凭证" in refused.text
    assert 'name="next" value="/tasks?year=2024"' in refused.text  # goes on where it was asked for
    assert client.get("/login").status_code == 200
    assert client.get("/api/v1/tasks", headers=headers).status_code == 200
    assert client.get("/api/v1/tasks", headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_login_sets_a_cookie_that_scripts_cannot_read(client: TestClient, application: Application) -> None:
    secret = Tokens(application.settings.home).add("沈若谷", Access.REVIEWER)
    answer = client.post("/login", data={"token": secret, "next": "//evil.example"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert {"httponly", "samesite=strict"} <= {p.strip().lower() for p in answer.headers["set-cookie"].split(";")}
    wrong = client.post("/login", data={"token": "wrong", "next": "/review"})
    assert wrong.status_code == 401
    assert "没有这个凭证，登录未成功" in wrong.text
    assert "gongbao token add" in wrong.text  # what to do
    assert '<input id="token"' in wrong.text  # and to try again
    assert 'name="next" value="/review"' in wrong.text
    assert client.post(f"/review/{FLOOD.id}", data=FORM).status_code == 303


def test_a_form_of_another_site_is_refused(client: TestClient, application: Application) -> None:
    headers = _token(application, Access.REVIEWER) | {"Sec-Fetch-Site": "cross-site"}
    assert client.post(f"/review/{FLOOD.id}", data=FORM, headers=headers).status_code == 403


def test_an_edit_is_what_everybody_sees(client: TestClient, application: Application) -> None:
    headers = _token(application, Access.REVIEWER)
    answer = client.post(f"/api/v1/documents/{FLOOD.id}/reviews", json=EDITED, headers=headers)
    assert answer.status_code == 201, answer.text
    assert answer.json()["by"] == "林知远"
    task = _tasks(client, headers)[TASK.id]
    assert task["what"] == "完成水库除险加固"
    assert [(p["name"], p["role"], p["type"]) for p in task["parties"]] == [  # type: ignore[attr-defined]
        ("市水利局", "lead", "agency"),
        ("市财政局", "support", "agency"),
        ("市气象局", "support", "agency"),
        ("各县（市、区）人民政府", "support", "collective"),
    ]
    assert [d["due"] for d in task["deadlines"]] == ["2024-05-30"]  # type: ignore[attr-defined]
    page = client.get(f"/review/{FLOOD.id}", headers=headers).text
    assert "已修改" in page
    assert "日期以会议纪要为准" in page


def test_a_review_is_kept_while_another_process_writes_the_index(
    client: TestClient, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = _token(application, Access.REVIEWER)

    def busy(*_: object) -> None:
        raise Busy("另一个进程正在写索引", "稍后再试")

    monkeypatch.setattr(Application, "index", busy)
    answer = client.post(f"/api/v1/documents/{FLOOD.id}/reviews", json=EDITED, headers=headers)
    assert answer.status_code == 201
    monkeypatch.undo()
    application.index()
    assert _tasks(client, headers)[TASK.id]["what"] == "完成水库除险加固"


def test_a_rejected_task_is_gone_and_comes_back(client: TestClient, application: Application) -> None:
    headers = _token(application, Access.REVIEWER)
    address = f"/api/v1/documents/{FLOOD.id}/reviews"
    done = client.post(address, json={"verdict": "rejected", "record": TASK.id}, headers=headers).json()
    assert TASK.id not in _tasks(client, headers)
    back = {"verdict": "withdrawn", "record": TASK.id, "seen": done["id"]}
    assert client.post(address, json=back, headers=headers).status_code == 201
    assert TASK.id in _tasks(client, headers)


def test_a_statement_is_added_from_a_copied_quote(client: TestClient, application: Application) -> None:
    headers = _token(application, Access.REVIEWER)
    added = {
        "verdict": "added",
        "quote": "市政府决定废止《云川市公共自行车管理\n暂行规定》",  # copied with a line break
        "what": "废止暂行规定",
        "parties": [{"role": "responsible", "name": "云川市人民政府"}],
    }
    answer = client.post(f"/api/v1/documents/{DECISION.id}/reviews", json=added, headers=headers)
    assert answer.status_code == 201, answer.text
    statement = answer.json()["statement"]
    assert DECISION.text[statement["start"] : statement["end"]] == "市政府决定废止《云川市公共自行车管理暂行规定》"
    assert statement["source_regions"]
    found = client.get("/api/v1/tasks", params={"q": "废止暂行规定"}, headers=headers).json()
    assert statement["id"] in [task["id"] for task in found["items"]]


def test_the_later_reviewer_is_told(client: TestClient, application: Application) -> None:
    first, second = _token(application, Access.REVIEWER), _token(application, Access.REVIEWER, "沈若谷")
    address = f"/api/v1/documents/{FLOOD.id}/reviews"
    client.post(address, json={"verdict": "confirmed", "record": TASK.id}, headers=first)
    late = client.post(address, json=EDITED, headers=second)
    assert late.status_code == 409
    assert "林知远" in late.json()["detail"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"parties": "主办 市水利局"}, "看不懂这一行"),
        ({"parties": ""}, "没有写承担单位"),
        ({"what": " "}, "没有写工作任务"),
        ({"deadlines": "5月底前 = 五月"}, "不是日期"),
        ({"verdict": "maybe"}, "maybe"),
        ({"kind": "wish"}, "wish"),
    ],
)
def test_what_cannot_be_meant_in_the_form(
    client: TestClient, application: Application, change: dict[str, str], words: str
) -> None:
    headers = _token(application, Access.REVIEWER)
    answer = client.post(f"/review/{FLOOD.id}", data=FORM | change, headers=headers)
    assert answer.status_code == 400
    assert words in answer.text


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"parties": []}, 422, "parties"),
        ({"what": " "}, 422, "what"),
        ({"deadlines": [{"text": "5月底前", "due": "五月"}]}, 422, "due"),
        ({"verdict": "maybe"}, 422, "maybe"),
        ({"kind": "wish"}, 422, "kind"),
        ({"record": "gone"}, 404, "没有这一条任务"),
        ({"verdict": "added", "quote": "原文里没有的话"}, 404, "原文中没有这句话"),
    ],
)
def test_what_cannot_be_meant(
    client: TestClient, application: Application, change: dict[str, object], status: int, words: str
) -> None:
    headers = _token(application, Access.REVIEWER)
    answer = client.post(f"/api/v1/documents/{FLOOD.id}/reviews", json=EDITED | change, headers=headers)
    assert (answer.status_code, words in answer.json()["detail"]) == (status, True), answer.text


def test_a_review_survives_extraction_again(client: TestClient, application: Application) -> None:
    headers = _token(application, Access.REVIEWER)
    client.post(f"/api/v1/documents/{FLOOD.id}/reviews", json=EDITED, headers=headers)
    own = application.store.own_extraction(FLOOD.id)
    document = application.store.document(FLOOD.id)
    assert own is not None
    assert document is not None
    changed = replace(own.assignments[2], what="程序改了主意")
    again = replace(own, version="better", assignments=(*own.assignments[:2], changed, *own.assignments[3:]))
    application.store.put_extraction(again, document.source.sha256)
    application.index()
    assert _tasks(client, headers)[TASK.id]["what"] == "完成水库除险加固"
    page = client.get(f"/review/{FLOOD.id}", headers=headers).text
    assert "程序现在提取的内容与校核时不同" in page
    assert "程序改了主意" in page


def test_reviewed_documents_become_gold(client: TestClient, application: Application, tmp_path: Path) -> None:
    headers = _token(application, Access.REVIEWER)
    address = f"/api/v1/documents/{FLOOD.id}/reviews"
    for task in FLOOD.assignments[:-1]:
        client.post(address, json={"verdict": "confirmed", "record": task.id}, headers=headers)
    assert _gold(client, headers, tmp_path)["documents"] == []  # one statement is open
    client.post(address, json={"verdict": "rejected", "record": FLOOD.assignments[-1].id}, headers=headers)
    gold = _gold(client, headers, tmp_path)
    assert [row["doc"] for row in gold["documents"]] == ["云政发〔2024〕10号"]
    assert [row["what"] for row in gold["assignments"]] == [task.what for task in FLOOD.assignments[:-1]]
    report = evaluate(tmp_path / "gold", application._extracted())
    found = {measure.name: measure for measure in report.measures}
    assert found  # the evaluator reads it
    home = str(application.settings.home.root)
    assert CliRunner().invoke(command, ["--home", home, "gold", str(tmp_path / "other")]).exit_code == 0
    same = [(tmp_path / name / "assignments.jsonl").read_text() for name in ("gold", "other")]
    assert same[0] == same[1] != ""


def _gold(client: TestClient, headers: dict[str, str], folder: Path) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(client.get("/api/v1/gold.zip", headers=headers).content)) as archive:
        archive.extractall(folder / "gold")
        names = archive.namelist()
    return {
        name.removesuffix(".jsonl"): [json.loads(line) for line in (folder / "gold" / name).read_text().splitlines()]
        for name in names
    }
