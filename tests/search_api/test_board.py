"""The first page: what is due stands first, of one's own body where it is known."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from gongbao.search_api.api import create_app
from gongbao.search_api.compose import Application
from gongbao.search_api.web.render import MY_AGENCY as COOKIE

WATER = "云川市水利局"


@pytest.fixture
def visitor(application: Application) -> Iterator[TestClient]:
    """With cookies of their own."""
    with TestClient(create_app(application), follow_redirects=False) as client:
        yield client


def test_of_everybody_until_a_body_is_chosen(visitor: TestClient) -> None:
    page = visitor.get("/", params={"today": "2024-05-29"}).text
    assert "所有单位" in page
    assert all(title in page for title in ("已逾期", "3 日内到期", "30 日内到期"))
    assert 'name="agency" list="agency-names"' in page


@pytest.mark.parametrize("typed", [WATER, "市水利局", " 市水利局 "])  # full, short, with blanks of a paste
def test_a_chosen_body_is_kept_under_its_full_name(visitor: TestClient, typed: str) -> None:
    answer = visitor.post("/mine", data={"agency": typed})
    assert answer.headers["location"] == "/"
    assert visitor.cookies[COOKIE] == quote(WATER)
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert f"{WATER}</a></h2>" in visitor.get("/").text


def test_what_is_due_is_that_bodys(visitor: TestClient) -> None:
    visitor.post("/mine", data={"agency": WATER})
    early = visitor.get("/", params={"today": "2024-05-30"}).text
    assert f'/agencies/{quote(WATER)}#soon"><b>1</b>' in early
    assert '<h3 class="group due-soon">' in early
    late = visitor.get("/", params={"today": "2024-06-01"}).text
    assert '<h3 class="group due-overdue">' in late


@pytest.mark.parametrize("path", ["/tasks", "/calendar?month=2024-06"])
def test_lists_lead_to_ones_own(visitor: TestClient, path: str) -> None:
    assert "本单位" not in visitor.get(path).text
    visitor.post("/mine", data={"agency": WATER})
    page = visitor.get(path).text
    assert f'<a href="/agencies/{quote(WATER)}" title="{WATER}">本单位</a>' in page
    assert "只看本单位" in page


def test_the_choice_can_be_taken_back(visitor: TestClient) -> None:
    visitor.post("/mine", data={"agency": WATER})
    visitor.post("/mine", data={"agency": ""})
    assert COOKIE not in visitor.cookies
    assert "所有单位" in visitor.get("/").text


def test_a_name_that_binds_nothing_is_not_kept(visitor: TestClient) -> None:
    answer = visitor.post("/mine", data={"agency": "市水力局"})
    assert answer.headers["location"] == f"/agencies/{quote('市水力局')}"
    assert COOKIE not in visitor.cookies
    assert WATER in visitor.get(answer.headers["location"]).text  # what it is like


def test_a_cookie_of_ones_own_making_is_words(visitor: TestClient) -> None:
    visitor.cookies[COOKIE] = quote("<script>alert(1)</script>")
    page = visitor.get("/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("path", ["/agencies/市水力局", "/agencies?name=市水力局"])
def test_names_like_an_unknown_one(visitor: TestClient, path: str) -> None:
    page = visitor.get(path).text
    assert "是否要找" in page
    assert f"/agencies/{quote(WATER)}" in page


def test_nothing_is_like_it(visitor: TestClient) -> None:
    assert "是否要找" not in visitor.get("/agencies/qwerty").text
