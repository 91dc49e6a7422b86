"""The sample corpus with a real embedded index, once for all tests of this package."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from corpus.home import Home
from search_api.api import create_app
from search_api.compose import Application, Settings
from tests.search_api.sample import fill

TODAY = date(2024, 5, 29)


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Application:
    return make_application(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def client(application: Application) -> Iterator[TestClient]:
    with TestClient(create_app(application), raise_server_exceptions=False) as client:
        yield client


def make_application(root: Path) -> Application:
    home = Home(root)
    fill(home).close()
    application = Application(Settings(home, TODAY))
    application.index()
    return application
