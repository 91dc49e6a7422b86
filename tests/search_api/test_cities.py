"""Two cities in one corpus: chosen by place, and never counted together without saying so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from fastapi.testclient import TestClient
from gongbao.corpus.document import BlockKind
from gongbao.corpus.records import Role
from gongbao.search_api.api import create_app
from gongbao.search_api.compose import Application

from tests.search_api.conftest import TODAY, make_application
from tests.search_api.sample import Draft, put

OWN, OTHER = "云川市", "明岭市"


def _of_the_other_city() -> Draft:
    draft = Draft("明政发〔2023〕3号", "关于河道清理的通知", "明岭市青石区人民政府", date(2023, 3, 1), genre="意见")
    draft.divisions = ("明岭市青石区", OTHER)
    block = draft.add(BlockKind.PARAGRAPH, "2024年6月10日前完成河道清理。（区农业农村局牵头）")
    limit = draft.deadline("2024年6月10日前", block, due=date(2024, 6, 10))
    draft.assign("完成河道清理", [("区农业农村局", Role.LEAD)], block, (limit,))
    block = draft.add(BlockKind.PARAGRAPH, "发布河道水情。（市气象局牵头）")
    draft.assign("发布河道水情", [("市气象局", Role.LEAD)], block)
    return draft


def _of_our_city() -> Draft:
    draft = Draft("云政发〔2023〕41号", "关于气象服务的通知", "云川市人民政府", date(2023, 3, 2))
    draft.position = 2
    block = draft.add(BlockKind.PARAGRAPH, "发布暴雨预警。（市气象局牵头）")
    draft.assign("发布暴雨预警", [("市气象局", Role.LEAD)], block)
    return draft


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    application: Application = make_application(tmp_path_factory.mktemp("cities") / "home")
    put(application.store, "2023-9", [_of_the_other_city(), _of_our_city()])
    application.index()
    with TestClient(create_app(application)) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/overview", "/statistics", "/tasks", "/agencies", "/calendar?month=2024-06"])
def test_an_overview_of_two_cities_says_so_and_leads_to_each(client: TestClient, path: str) -> None:
    page = client.get(path).text
    note = re.search(r'<p class="note cities".*?</p>', page, re.S)
    assert note
    assert "以下合计 2 个地方的公报" in note[0]
    of_one = client.get(path, params={"place": OTHER} | {"month": "2024-06"}).text
    assert f"只含{OTHER}的公报" in of_one
    assert re.search("区农业农村局|完成河道清理", of_one)
    assert "市水利局" not in of_one


def test_two_bodies_of_one_name_are_not_put_together_without_saying_so(client: TestClient) -> None:
    page = client.get("/agencies/市气象局").text
    assert "以下合计 2 个地方的公报" in page
    assert "发布河道水情" in page
    assert "发布暴雨预警" in page
    of_one = client.get("/agencies/市气象局", params={"place": OTHER}).text
    assert f"只含{OTHER}的公报" in of_one
    assert "发布河道水情" in of_one
    assert "发布暴雨预警" not in of_one
    assert "个地方的公报" not in client.get("/agencies/云川市水利局").text


def test_one_city_needs_no_word(tmp_path_factory: pytest.TempPathFactory) -> None:
    application = make_application(tmp_path_factory.mktemp("one") / "home")
    with TestClient(create_app(application)) as client:
        assert all("个地方的公报" not in client.get(path).text for path in ("/", "/overview", "/statistics"))


def test_figures_are_of_the_place(client: TestClient) -> None:
    day = {"today": TODAY.isoformat()}
    whole, own, other = (
        client.get("/api/v1/statistics", params=day | place).json()["whole"]["total"]
        for place in ({}, {"place": OWN}, {"place": OTHER})
    )
    assert (whole, other) == (own + 2, 2)


@pytest.mark.parametrize(
    ("asked", "total", "why"),
    [
        ({"place": OTHER}, 1, "what its districts issue, too"),
        ({"place": "明岭市青石区"}, 1, "a district"),
        ({"signed_from": "2023-03-01", "signed_to": "2023-03-01"}, 1, "both days count"),
        ({"signed_to": "2023-02-28"}, 0, "the day before"),
        ({"genre": ["意见"], "year": ["2023", "2022"]}, 1, "any of several years"),
        ({"issuer": ["明岭市青石区人民政府", "云川市人民政府"], "place": OTHER}, 1, "of two kinds both"),
    ],
)
def test_documents_by_place_and_day(client: TestClient, asked: dict[str, str], total: int, why: str) -> None:
    listed = client.get("/api/v1/documents", params=asked).json()["items"]
    assert sum(row["number"] == "明政发〔2023〕3号" for row in listed) == total, why
    found = client.get("/api/v1/search", params=asked | {"q": "河道清理"}).json()
    assert sum(hit["document"]["number"] == "明政发〔2023〕3号" for hit in found["hits"]) == total, why


def test_another_value_can_be_chosen_beside_the_first(client: TestClient) -> None:
    for page in (client.get("/documents?year=2024").text, client.get("/?q=通知&year=2024").text):
        assert re.search(r'href="[^"]*year=2024&amp;year=2023[^"]*"', page)


@pytest.mark.parametrize("kind", ["documents", "citations"])
def test_what_a_search_finds_is_exported(client: TestClient, kind: str) -> None:
    asked = {"q": "河道清理", "place": OTHER, "format": "jsonl"}
    assert f"/api/v1/export/{kind}?q=" in client.get("/?q=河道清理").text
    lines = client.get(f"/api/v1/export/{kind}", params=asked).text.splitlines()
    assert len(lines) == (1 if kind == "documents" else 0)
