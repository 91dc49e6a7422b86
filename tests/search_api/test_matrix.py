"""Who may do what, for every route: a route that is added without a row in access.tsv fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from gongbao.search_api.api import create_app
from gongbao.search_api.compose import Application
from gongbao.search_api.settings import ServerSettings
from gongbao.search_api.tokens import Access, Tokens

from tests.search_api.conftest import make_application

TABLE = Path(__file__).with_name("access.tsv")
ELSEWHERE = ("192.0.2.7", 5000)  # not this machine: reading needs a token as well
REFUSED = (401, 403)


def rows() -> list[tuple[str, str, str]]:
    """Method, path, and the least that a person must be: anyone, or a role."""
    lines = TABLE.read_text("utf-8").splitlines()[1:]
    return [(method, path, least) for method, path, least in (line.split("\t") for line in lines)]


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Method and path."""
    for route in app.routes:
        if isinstance(route, APIRoute):
            yield from ((method, route.path) for method in route.methods if method != "HEAD")


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Application:
    return make_application(tmp_path_factory.mktemp("matrix"))


@pytest.fixture(scope="module")
def clients(application: Application) -> dict[str, TestClient]:
    """One of another machine for each role, and one for nobody."""
    app = create_app(application, ServerSettings(per_minute=100_000))
    tokens = Tokens(application.settings.home)
    secrets = {role.value: tokens.add(f"一位{role.value}", role) for role in Access}
    options = {"raise_server_exceptions": False, "follow_redirects": False, "client": ELSEWHERE}
    made = {"anyone": TestClient(app, **options)}
    for role, secret in secrets.items():
        made[role] = TestClient(app, headers={"Authorization": f"Bearer {secret}"}, **options)
    return made


def test_every_route_has_its_row(application: Application) -> None:
    assert sorted(routes(create_app(application))) == sorted((method, path) for method, path, _ in rows())


@pytest.mark.parametrize(("method", "path", "least"), rows())
def test_who_may(method: str, path: str, least: str, clients: dict[str, TestClient]) -> None:
    """Those below are refused, those from there on are not (they may be told that there is no such thing)."""
    order = ["anyone", *(role.value for role in Access)]
    address = re.sub(r"{[^}]+}", "none", path)
    refused = [role for role in order if clients[role].request(method, address).status_code in REFUSED]
    assert refused == order[: order.index(least)]
