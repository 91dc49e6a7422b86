"""Citations to copy and to check; who may read in public; HEAD; embedding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from gongbao.search_api import following
from gongbao.search_api.api import create_app
from gongbao.search_api.compose import Application
from gongbao.search_api.following import Sent
from gongbao.search_api.settings import ServerSettings
from gongbao.search_api.tokens import Access, Tokens

from tests.search_api.conftest import make_application
from tests.search_api.sample import flood_plan

FLOOD = flood_plan()
TASK = FLOOD.assignments[2]


def test_a_citation_has_all_that_a_paper_needs(client: TestClient) -> None:
    found = client.get(f"/api/v1/records/{TASK.id}/citation", params={"today": "2024-05-29"}).json()
    assert found["sentence"] == TASK.quote
    assert found["address"] == f"http://testserver/items/{TASK.id}"
    assert found["text"] == f"“{TASK.quote}”——《{FLOOD.title}》（云政发〔2024〕10号）第1页，{found['address']}"
    assert found["reference"].startswith(
        f"云川市人民政府. {FLOOD.title}: 云政发〔2024〕10号[A/OL]. (2024-04-20)[2024-05-29]"
    )
    assert client.get(f"/items/{TASK.id}").status_code == 200, "the address leads somewhere"


@pytest.mark.parametrize(
    ("why", "number", "title", "quote", "verdict"),
    [
        ("word for word", "云政发〔2024〕10号", "", "汛前30日内完成水库除险加固", "verified"),
        ("another way to write the number", "云政发[2024]10号", "", "汛前30日内 完成水库除险加固，", "verified"),
        ("by title", "", "《云川市防汛应急预案》", "有效期5年", "verified"),
        ("a figure was changed", "云政发〔2024〕10号", "", "汛前60日内完成水库除险加固", "different"),
        ("nothing like it", "云政发〔2024〕10号", "", "推进数字经济高质量发展", "different"),
        ("the title of another", "云政发〔2024〕10号", "节水办法", "有效期5年", "different"),
        ("a document that is not here", "云政发〔2024〕99号", "", "有效期5年", "not_in_corpus"),
    ],
)
def test_citations_are_checked(client: TestClient, why: str, number: str, title: str, quote: str, verdict: str) -> None:
    found = client.get("/api/v1/verify", params={"number": number, "title": title, "quote": quote}).json()
    assert found["verdict"] == verdict, why
    assert found["why"]
    if why == "a figure was changed":
        assert "汛前30日内完成水库除险加固" in found["nearest"]


@pytest.fixture
def public(tmp_path: Path) -> Iterator[tuple[Application, TestClient]]:
    """Served in public, with a person who may write and notes that are the office's own."""
    application = make_application(tmp_path / "home")
    change = Sent("running", "40", "周望舒", note="内部备注", feedback="内部反馈").change()
    following.change_items(application, [(TASK.id, 0, change)], "林知远")
    Tokens(application.settings.home).add("林知远", Access.MANAGER)
    settings = ServerSettings(public=True, frames=("https://www.example.gov",))
    with TestClient(create_app(application, settings), raise_server_exceptions=False) as client:
        yield application, client


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/tasks",
        f"/documents/{FLOOD.id}",
        f"/items/{TASK.id}",
        "/api/v1/tasks",
        "/api/v1/package.zip",
        "/api/v1/feeds/tasks.atom",
        "/api/v1/export/tasks?format=jsonl",
        "/api/v1/export/tasks?format=csv",
    ],
)
def test_in_public_all_is_read_but_what_the_office_wrote_for_itself(
    public: tuple[Application, TestClient], path: str
) -> None:
    answer = public[1].get(path)
    assert answer.status_code == 200
    assert not any(words in answer.text for words in ("内部备注", "内部反馈", "周望舒", '"running"', "state-running"))


@pytest.mark.parametrize(
    "path",
    [
        f"/api/v1/items/{TASK.id}",
        "/api/v1/items",
        "/api/v1/notices.zip",
        "/admin/jobs/x",
        "/ledger",
        "/statistics",
        "/api/v1/statistics",
        "/api/v1/statistics.xlsx",
        "/tasks?state=running",
        "/api/v1/tasks?person=周望舒",
        "/api/v1/export/tasks?tag=防汛",
    ],
)
def test_in_public_the_offices_own_needs_a_token(public: tuple[Application, TestClient], path: str) -> None:
    assert public[1].get(path).status_code == 401


def test_in_public_what_is_overdue_does_not_tell_what_was_done(public: tuple[Application, TestClient]) -> None:
    """Done, or given another day, by the office: strangers see the list that the document makes."""
    application, client = public
    secret = Tokens(application.settings.home).add("沈若谷", Access.READER)
    limit = TASK.deadlines[0]
    assert limit.effective_due
    day = (limit.effective_due + timedelta(days=5)).isoformat()
    asked = {"pressing": "overdue", "today": day, "document": FLOOD.id, "sort": "due"}
    inside = {"Authorization": f"Bearer {secret}"}
    paths = ("/api/v1/tasks", "/api/v1/export/tasks")
    before = [client.get(path, params=asked).text for path in (*paths, "/", "/tasks")]
    assert TASK.id in before[0]
    for sent in (Sent("done"), Sent("running", due="2030-01-01")):
        version = following.followed(application, TASK.id).item.version
        following.change_items(application, [(TASK.id, version, sent.change())], "林知远")
        for index in (lambda: None, application.index):  # laid over, and taken in by the index
            index()
            assert [client.get(path, params=asked).text for path in (*paths, "/", "/tasks")] == before
            assert all(TASK.id not in client.get(path, params=asked, headers=inside).text for path in paths)


def test_in_public_nobody_writes(public: tuple[Application, TestClient]) -> None:
    assert public[1].post(f"/api/v1/items/{TASK.id}", json={"state": "done"}).status_code == 401


def test_named_origins_may_embed(public: tuple[Application, TestClient], client: TestClient) -> None:
    assert "frame-ancestors https://www.example.gov" in public[1].get("/").headers["content-security-policy"]
    assert "frame-ancestors 'none'" in client.get("/").headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/", "/tasks", f"/documents/{FLOOD.id}", "/api/v1/tasks", "/api/v1/health"])
def test_head_is_answered_without_a_body(client: TestClient, path: str) -> None:
    answer = client.head(path)
    assert (answer.status_code, answer.content) == (200, b"")
    assert client.head("/documents/none").status_code == 404


@pytest.mark.parametrize("forwarded", [{}, {"X-Forwarded-For": "10.0.0.9", "X-Forwarded-Proto": "https"}])
def test_a_proxy_says_who_signed_in(tmp_path: Path, forwarded: dict[str, str]) -> None:
    """Also where it tells whom it speaks for, as proxies do."""
    application = make_application(tmp_path / "home")
    Tokens(application.settings.home).add("林知远", Access.MANAGER)
    settings = ServerSettings(sign_in_header="X-Remote-User")
    by = {"X-Remote-User": "林知远".encode()}
    with TestClient(create_app(application, settings), client=("127.0.0.1", 50_000), headers=dict(forwarded)) as near:
        sent = near.post(f"/api/v1/items/{TASK.id}", json={"state": "done"}, headers=by)
        assert (sent.status_code, sent.json()["history"][0]["by"]) == (200, "林知远")
        other = near.post(f"/api/v1/items/{TASK.id}", json={"seen": 1}, headers={"X-Remote-User": "guest"})
        assert other.status_code == 403
        assert near.get("/tasks").status_code == (401 if forwarded else 200), "who did not sign in is no reader"
    with TestClient(create_app(application, settings), client=("10.0.0.9", 50_000), headers=dict(forwarded)) as far:
        assert far.post(f"/api/v1/items/{TASK.id}", json={"seen": 1}, headers=by).status_code == 401


def test_proxies_elsewhere_are_named(tmp_path: Path) -> None:
    application = make_application(tmp_path / "home")
    Tokens(application.settings.home).add("林知远", Access.MANAGER)
    settings = ServerSettings(sign_in_header="X-Remote-User", proxies=("10.1.0.0/16",))
    by = {"X-Remote-User": "林知远".encode(), "X-Forwarded-For": "192.168.3.4"}
    for host, status in (("10.1.2.3", 200), ("10.2.2.3", 401)):
        with TestClient(create_app(application, settings), client=(host, 50_000)) as client:
            assert client.post(f"/api/v1/items/{TASK.id}", json={"note": host}, headers=by).status_code == status
