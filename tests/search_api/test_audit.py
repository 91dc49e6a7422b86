"""Who changed what: every change leaves its line, by the command line, the pages and the API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from gongbao.corpus.audit import FILE, Audit, Deed
from gongbao.corpus.desk import Change, DeskSubject, State, Wanted
from gongbao.corpus.failure import EntryState
from gongbao.corpus.home import Home
from gongbao.search_api.api import create_app
from gongbao.search_api.cli import app as command
from gongbao.search_api.compose import Application
from gongbao.search_api.tokens import Access, Tokens
from typer.testing import CliRunner

from tests.search_api.conftest import TODAY, make_application
from tests.search_api.sample import flood_plan

NOTICE = "云川市人民政府关于加强防汛工作的通知\n云政发〔2024〕10号\n各县（市、区）人民政府：\n市水务局负责防汛工作。\n"


@pytest.fixture
def application(tmp_path: Path) -> Application:
    return make_application(tmp_path / "home")


@pytest.fixture
def client(application: Application) -> Iterator[TestClient]:
    with TestClient(create_app(application), follow_redirects=False) as client:
        client.headers["Authorization"] = f"Bearer {Tokens(application.settings.home).add('管理员', Access.ADMIN)}"
        yield client


def _deeds(client: TestClient) -> list[tuple[str, str]]:
    return [(act["by"], act["deed"]) for act in client.get("/api/v1/audit").json()]


def test_changes_over_http_are_on_record_with_their_author(client: TestClient, application: Application) -> None:
    flood = flood_plan()
    task = flood.assignments[2]
    document = application.store.document(flood.id)
    assert document
    client.post(f"/api/v1/documents/{flood.id}/reviews", json={"verdict": "rejected", "record": task.id})
    wanted = Wanted(DeskSubject.of_task(document, task), Change(state=State.RUNNING), 0)
    application.store.desk.write([wanted], "林知远", TODAY)
    client.post("/admin/synonyms", data={"text": "铁马桩、公共自行车站点"})
    client.post("/api/v1/uploads", files=[("files", ("坏.pdf", b"%PDF-1.7 broken"))])
    expected = [("管理员", "uploaded"), ("管理员", "synonyms"), ("林知远", "followed"), ("管理员", "reviewed")]
    assert _deeds(client) == expected
    page = client.get("/admin").text
    assert all(word in page for word in ("更改记录", "更改同义词", "坏.pdf", "林知远"))


def test_changes_on_the_command_line_are_on_record(tmp_path: Path) -> None:
    def run(*words: str) -> str:
        return CliRunner().invoke(command, ["--home", str(tmp_path / "home"), *words]).stdout

    (tmp_path / "坏.pdf").write_bytes(b"broken")
    (tmp_path / "本市.csv").write_text("名称,简称,类别\n云川水务集团有限公司,云川水务,企业\n", "utf-8")
    run("ingest", str(tmp_path / "坏.pdf"))
    run("ignore", "坏.pdf")
    run("retry", "坏.pdf")
    run("register", "add", str(tmp_path / "本市.csv"))
    run("token", "add", "林知远")
    run("token", "renew", "林知远")
    run("token", "remove", "林知远")
    run("remove", "--yes", "坏.pdf")
    acts = [json.loads(line) for line in run("audit", "--json").splitlines()]
    assert [act["deed"] for act in reversed(acts)] == [
        *("read", "ignored", "retried", "register", "token_added", "token_renewed", "token_removed", "removed")
    ]
    assert all(act["by"].startswith("命令行") for act in acts)
    assert "发给凭证" in run("audit")
    assert (tmp_path / "home" / FILE).stat().st_mode & 0o077 == 0


def test_a_line_that_a_full_disk_cut_hides_no_other(tmp_path: Path) -> None:
    audit = Audit(Home(tmp_path))
    audit.note("甲", Deed.IGNORED, "a.pdf")
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write('{"at": "2024-06-\n')
    audit.note("乙", Deed.RETRIED, "a.pdf")
    assert [act.by for act in audit.all()] == ["甲", "乙"]


def test_retry_and_ignore_over_http(client: TestClient, application: Application, tmp_path: Path) -> None:
    bad = tmp_path / "通知.txt"
    bad.touch()
    list(application.ingest([bad]))
    (entry,) = client.get("/api/v1/ledger").json()
    assert (entry["path"], entry["state"], entry["attempts"]) == (str(bad), "failed", 1)
    assert client.post("/api/v1/ledger/ignore", json={"names": ["没有.txt"]}).status_code == 404
    assert client.post("/api/v1/ledger/ignore", json={"names": [str(bad)]}).json() == {"entries": 1}
    assert [each.state for each in application.store.ledger.entries()] == [EntryState.IGNORED]
    bad.write_text(NOTICE, "utf-8")
    job = client.post("/api/v1/ledger/retry", json={"names": [str(bad)]})
    assert job.status_code == 202
    assert '"done"' in client.get(f"/api/v1/jobs/{job.json()['id']}/events").text
    assert client.get("/api/v1/ledger").json() == []
    assert list(application.settings.home.cache.glob("retry-*")) == []


def test_retry_and_ignore_on_the_page(client: TestClient, application: Application, tmp_path: Path) -> None:
    bad = tmp_path / "通知.txt"
    bad.touch()
    list(application.ingest([bad]))
    assert 'formaction="/admin/ignore"' in client.get("/admin").text
    assert client.post("/admin/ignore", data={"place": str(bad)}).status_code == 303
    assert "已忽略" in client.get("/admin").text
    assert client.post("/admin/retry", data={"place": str(bad)}).headers["location"].startswith("/admin/jobs/")


def test_what_is_gone_is_told_when_it_is_to_be_read_again(
    client: TestClient, application: Application, tmp_path: Path
) -> None:
    bad = tmp_path / "通知.txt"
    bad.touch()
    list(application.ingest([bad]))
    bad.unlink()
    job = client.post("/api/v1/ledger/retry", json={}).json()["id"]
    assert "原文件已不在" in client.get(f"/api/v1/jobs/{job}/events").text
