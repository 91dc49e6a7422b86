"""Every error of the house has its HTTP status."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from gongbao.corpus import errors
from gongbao.corpus.errors import GongbaoError, NotFound
from gongbao.corpus.home import Home
from gongbao.search_api.api import create_app
from gongbao.search_api.compose import Application, Settings
from gongbao.search_api.http.problems import Refused, status_of
from structlog.testing import capture_logs

from tests.search_api.conftest import make_application
from tests.search_api.sample import fill

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, GongbaoError)]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.UsageError("错"), 400),
        (NotFound("错"), 404),
        (Refused("错"), 401),
        (Refused("错", known=True), 403),
        (errors.Conflict("错"), 409),
        (errors.TooLarge("错"), 413),
        (errors.EncryptedFile("错"), 422),
        (errors.IndexMissing("错"), 503),
        (errors.Busy("错"), 503),
        (errors.ServiceUnavailable("错"), 503),
        (errors.CorpusError("错"), 500),
    ],
)
def test_status(error: GongbaoError, status: int) -> None:
    assert status_of(error) == status


@pytest.mark.parametrize("kind", [k for k in KINDS if k not in (GongbaoError, errors.CorpusError)], ids=str)
def test_no_error_of_ours_counts_as_a_bug(kind: type[GongbaoError]) -> None:
    assert status_of(kind("错")) < 500 or status_of(kind("错")) == 503


def test_a_corpus_that_is_not_indexed_says_what_to_do(tmp_path: Path) -> None:
    fill(Home(tmp_path)).close()
    client = TestClient(create_app(Application(Settings(Home(tmp_path)))), raise_server_exceptions=False)
    answer = client.get("/tasks")
    assert answer.status_code == 503
    assert "gongbao index" in answer.text


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/", "还没有文件"),
        ("/agencies", "还没有单位"),
        *((path, "还没有文件") for path in ("/tasks", "/calendar", "/?q=节水", "/agencies/市水利局")),
    ],
)
def test_an_empty_home_is_no_error(tmp_path: Path, path: str, told: str) -> None:
    client = TestClient(create_app(Application(Settings(Home(tmp_path)))), raise_server_exceptions=False)
    answer = client.get(path)
    assert answer.status_code == 200
    assert told in answer.text
    assert "gongbao run" in answer.text


def test_a_bug_is_told_without_its_insides(
    application: Application, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(type(application.service), "search", broken)
    with capture_logs() as lines:
        answer = client.get("/api/v1/search", params={"q": "水库"})
    assert answer.status_code == 500
    told = [line for line in lines if line["log_level"] == "error" and line["id"] == answer.headers["x-request-id"]]
    assert [line["event"] for line in told] == ["unexpected error", "request"]
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text


def test_without_a_search_server_it_is_said_and_the_rest_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_application(tmp_path).close()
    monkeypatch.setenv("GONGBAO_ELASTICSEARCH_URL", "http://127.0.0.1:1")
    client = TestClient(create_app(Application(Settings(Home(tmp_path)))), raise_server_exceptions=False)
    page, answer = client.get("/tasks"), client.get("/api/v1/tasks")
    assert [(each.status_code, each.headers["retry-after"]) for each in (page, answer)] == [(503, "2")] * 2
    assert "无法连接 Elasticsearch" in page.text
    offered = re.findall(r'href="([^"]+)"', page.text.split("不经检索也能看")[1].split("</p>")[0])
    assert len(offered) == 4
    assert {path: client.get(path).status_code for path in offered} == dict.fromkeys(offered, 200)
