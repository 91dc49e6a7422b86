"""Uploads and administration: what is refused, what is read, and how its progress is told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from gongbao.corpus.errors import UsageError
from gongbao.corpus.home import Home
from gongbao.search_api.api import create_app
from gongbao.search_api.cli import app as command
from gongbao.search_api.compose import Application
from gongbao.search_api.settings import ServerSettings
from gongbao.search_api.tokens import Access, Tokens
from gongbao.search_api.web.coverage import missing_issues
from httpx import Response
from typer.testing import CliRunner

from tests.search_api.conftest import make_application

NOTICE = """云川市人民政府关于做好秋粮收购工作的通知
云政发〔2024〕33号
各县（市、区）人民政府：
市粮食局要于2024年10月底前完成仓容清查。
云川市人民政府
2024年8月5日
"""


@pytest.fixture
def application(tmp_path: Path) -> Application:
    return make_application(tmp_path)


@pytest.fixture
def client(application: Application) -> Iterator[TestClient]:
    with TestClient(create_app(application), raise_server_exceptions=False, follow_redirects=False) as client:
        secret = Tokens(application.settings.home).add("管理员", Access.ADMIN)
        client.headers["Authorization"] = f"Bearer {secret}"
        yield client


def _events(client: TestClient, job: str) -> tuple[list[str], str]:
    """All lines and the final state."""
    text = client.get(f"/api/v1/jobs/{job}/events").text
    lines = [json.loads(data) for data in re.findall(r"event: line\ndata: (.+)", text)]
    return lines, json.loads(re.findall(r"event: end\ndata: (.+)", text)[0])


def _upload(client: TestClient, *files: tuple[str, bytes]) -> tuple[list[str], str]:
    answer = client.post("/api/v1/uploads", files=[("files", file) for file in files])
    assert answer.status_code == 202, answer.text
    return _events(client, answer.json()["id"])


def test_an_uploaded_notice_is_read_extracted_and_found(client: TestClient) -> None:
    lines, state = _upload(client, ("秋粮.txt", NOTICE.encode()))
    assert state == "done", lines
    assert any(line.startswith("秋粮.txt：已读入") for line in lines)
    found = client.get("/api/v1/search", params={"q": "云政发〔2024〕33号"}).json()
    assert found["hits"][0]["document"]["title"] == "云川市人民政府关于做好秋粮收购工作的通知"


def test_bad_files_are_named_and_the_good_one_arrives(client: TestClient) -> None:
    lines, state = _upload(
        client,
        ("坏.pdf", b"%PDF-1.7 broken"),
        ("照片.jpg", b"\xff\xd8\xff"),
        ("空.txt", b""),
        ("好.txt", NOTICE.encode()),
    )
    assert state == "failed"
    told = "\n".join(lines)
    for name, words in (("坏.pdf", "未能读取"), ("照片.jpg", "跳过"), ("空.txt", "未能读取"), ("好.txt", "已读入")):
        assert re.search(f"{re.escape(name)}：{words}|{re.escape(name)}：.*{words}", told), told
    assert client.get("/api/v1/health").json()["status"] == "degraded"
    assert "坏.pdf" in client.get("/admin").text


def test_files_of_one_name_are_told_apart(client: TestClient, application: Application) -> None:
    files = [("files", ("通知.txt", notice.encode())) for notice in ("一件", "又一件", "第三件")]
    assert client.post("/api/v1/uploads", files=files).json()["names"] == ["通知.txt", "通知(2).txt", "通知(3).txt"]


def test_a_path_in_a_name_leads_nowhere(client: TestClient, application: Application) -> None:
    _upload(client, ("../../../escape.txt", NOTICE.encode()), ("..\\win.txt", NOTICE.replace("33", "34").encode()))
    assert not list(application.settings.home.root.parent.glob("escape.txt"))
    assert not application.store.files.names("cache/uploads/")  # and nothing is left lying


def test_a_body_is_small_where_no_files_are_taken(client: TestClient) -> None:
    answer = client.post("/api/v1/documents/x/reviews", content=b"x" * (21 << 20))
    assert answer.status_code == 413
    assert "GONGBAO_BODY_KB" in answer.json()["remedy"]


class Endless:
    """A body that says no length and never ends; it knows how much of it was taken."""

    def __init__(self) -> None:
        self.megabytes = 0

    def __iter__(self) -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        while self.megabytes < 64:
            self.megabytes += 1
            yield b"x" * (1 << 20)


def _send(application: Application, secret: str) -> Response:
    client = TestClient(create_app(application, ServerSettings(upload_mb=1)))
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Authorization": f"Bearer {secret}"}
    return client.post("/api/v1/uploads", content=iter(Endless()), headers=headers)


def test_too_large_is_refused_while_it_comes(application: Application) -> None:
    answer = _send(application, Tokens(application.settings.home).add("管理员", Access.ADMIN))
    assert answer.status_code == 413
    assert "超过 1 MB" in answer.json()["detail"]


def test_a_stranger_is_refused_before_the_body_is_looked_at(application: Application) -> None:
    """Too large as well: who is asked for first."""
    assert _send(application, "nobody").status_code == 401


def test_nothing_chosen(client: TestClient) -> None:
    assert client.post("/api/v1/uploads", files=[("files", ("", b""))]).status_code in (400, 422)


def test_only_an_administrator_may(client: TestClient, application: Application) -> None:
    headers = {"Authorization": f"Bearer {Tokens(application.settings.home).add('校核员', Access.REVIEWER)}"}
    files = [("files", ("秋粮.txt", NOTICE.encode()))]
    assert client.post("/api/v1/uploads", files=files, headers=headers).status_code == 403
    assert "导入公报" not in client.get("/admin", headers=headers).text


def test_events_can_be_resumed(client: TestClient) -> None:
    job = client.post("/admin/extract").headers["location"].rsplit("/", 1)[1]
    lines, _ = _events(client, job)
    again = client.get(f"/api/v1/jobs/{job}/events", headers={"Last-Event-ID": str(len(lines) - 2)}).text
    assert again.count("event: line") == 1
    assert client.get(f"/admin/jobs/{job}").status_code == 200
    assert client.get("/api/v1/jobs/none").status_code == 404


def test_page_of_a_file(client: TestClient, application: Application) -> None:
    assert client.get("/api/v1/files/2024-1.pdf/pages/1.png").content.startswith(b"\x89PNG")
    assert client.get("/api/v1/files/none.pdf/pages/1.png").status_code == 404
    content = next(i.source.sha256 for i in application.store.issues() if i.source.file == "2024-1.pdf")
    assert client.get(f"/api/v1/files/{content}/pages/1.png").content.startswith(b"\x89PNG")  # of one name among many


@pytest.mark.parametrize(
    ("issues", "missing"),
    [
        (["2024-1", "2024-4"], ["2024-2", "2024-3"]),
        (["2024-1", "2024-2", "2023-2"], ["2023-1"]),  # a year that begins with its second issue
        ([], []),
    ],
)
def test_gaps_between_issues(issues: list[str], missing: list[str]) -> None:
    assert missing_issues(issues) == missing


def test_synonyms_work_at_once(client: TestClient, application: Application) -> None:
    asked = {"q": "铁马桩"}
    assert client.get("/api/v1/search", params=asked).json()["hits"] == []
    saved = client.post("/admin/synonyms", data={"text": "# 本地说法\r\n铁马桩、公共自行车站点\r\n"})
    assert saved.status_code == 303
    assert client.get("/api/v1/search", params=asked).json()["hits"]
    assert "铁马桩、公共自行车站点" in client.get("/admin").text
    assert client.post("/admin/synonyms", data={"text": "孤零零的一个词"}).status_code == 400
    assert client.get("/api/v1/search", params=asked).json()["hits"]  # a bad line changes nothing


def test_register_is_checked_before_it_is_kept(client: TestClient, application: Application) -> None:
    wrong = client.post("/admin/register", data={"name": "本市.csv", "text": "不是名录"})
    assert wrong.status_code == 422
    assert client.post("/admin/register", data={"name": "../x.csv", "text": "x"}).status_code == 400
    assert not list(application.settings.home.root.glob("register/*"))
    good = "名称,简称,类别\n云川水务集团有限公司,云川水务,企业\n"
    saved = client.post("/admin/register", data={"name": "本市.csv", "text": good})
    assert saved.status_code == 303, saved.text
    assert "云川水务" in client.get("/admin").text
    _events(client, saved.headers["location"].rsplit("/", 1)[1])


def test_tokens_from_the_command_line(tmp_path: Path) -> None:
    def run(*words: str) -> str:
        return CliRunner().invoke(command, ["--home", str(tmp_path), "token", *words]).stdout

    secret = run("add", "林知远", "--role", "reviewer").split()[0]
    tokens = Tokens(Home(tmp_path))
    person = tokens.person(secret)
    assert person is not None
    assert (person.name, person.access) == ("林知远", Access.REVIEWER)
    assert secret not in (tmp_path / "tokens.toml").read_text()
    assert (tmp_path / "tokens.toml").stat().st_mode & 0o077 == 0
    assert run("list") == "林知远\treviewer\t长期\n"
    run("remove", "林知远")
    assert tokens.person(secret) is None
    with pytest.raises(UsageError, match="没有凭证"):
        tokens.remove("林知远")


@pytest.mark.parametrize(
    "name",
    ["", "   ", "林\x1b[2J知远"],  # reviews are signed with it, and it is printed on screens
)
def test_a_token_is_for_a_name_that_can_be_read(name: str, tmp_path: Path) -> None:
    tokens = Tokens(Home(tmp_path))
    with pytest.raises(UsageError, match="持有人姓名"):
        tokens.add(name, Access.READER)
    assert tokens.all() == []
