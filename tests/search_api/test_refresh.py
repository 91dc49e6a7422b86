"""A running server sees what another process added to register and synonyms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from gongbao.corpus.register import add_file
from gongbao.search_api.api import create_app
from gongbao.search_api.compose import Application

from tests.search_api.conftest import make_application


@pytest.fixture
def application(tmp_path: Path) -> Application:
    return make_application(tmp_path)


@pytest.fixture
def client(application: Application) -> Iterator[TestClient]:
    with TestClient(create_app(application)) as client:
        yield client


def test_synonyms_written_beside_the_server(client: TestClient, application: Application) -> None:
    asked = {"q": "铁马桩"}
    assert client.get("/api/v1/search", params=asked).json()["hits"] == []
    folder = application.settings.home.synonyms
    folder.mkdir(exist_ok=True)
    (folder / "local.tsv").write_text("铁马桩\t公共自行车站点\n", "utf-8")
    assert client.get("/api/v1/search", params=asked).json()["hits"]
    (folder / "local.tsv").unlink()
    assert client.get("/api/v1/search", params=asked).json()["hits"] == []


def test_a_file_that_is_gone_when_it_is_looked_at(client: TestClient, application: Application) -> None:
    folder = application.settings.home.synonyms
    folder.mkdir(exist_ok=True)
    (folder / "local.tsv~").symlink_to(folder / "gone")  # listed, but not there
    assert client.get("/agencies").status_code == 200


def test_register_added_beside_the_server(client: TestClient, application: Application, tmp_path: Path) -> None:
    client.get("/agencies")
    known = application.register
    file = tmp_path / "本市.csv"
    file.write_text("名称,简称,类别\n云川水务集团有限公司,云川水务,企业\n", "utf-8")
    add_file(application.settings.home, file)
    client.get("/agencies")
    assert application.register is not known


def test_nothing_is_read_anew_without_a_change(client: TestClient, application: Application) -> None:
    client.get("/agencies")
    service = application.service
    client.get("/agencies")
    assert application.service is service
