"""Figures by body, leader and month: each is the length of the list it leads to."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from fastapi.testclient import TestClient
from gongbao.corpus.document import BlockKind
from gongbao.corpus.errors import InputError
from gongbao.corpus.records import Role
from gongbao.search_api import following
from gongbao.search_api.api import create_app
from gongbao.search_api.compose import Application
from gongbao.search_api.following import Sent
from gongbao.search_api.statistics import read_leaders, save_leaders
from gongbao.search_api.tokens import Access, Tokens

from tests.search_api.conftest import TODAY, make_application
from tests.search_api.sample import Draft, bike_notice, put
from tests.search_api.test_task_lists import ALONE, NAMED, plan

WATER = "云川市水利局"
DAY = {"today": TODAY.isoformat()}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Application:
    """Of the water bureau's tasks three are done, one of them late; one is paused."""
    application = make_application(tmp_path_factory.mktemp("figures") / "home")
    put(application.store, "2024-2", [plan()])
    application.index()
    tasks = plan().assignments
    done = [(tasks[at].id, 0, Sent(state="done", finished="2024-05-20").change()) for at in (8, 9)]  # due 9, 19 May
    following.change_items(application, [*done, (tasks[30].id, 0, Sent(state="closed").change())], "林知远")
    following.change_items(application, [(tasks[2].id, 0, Sent(state="paused").change())], "林知远")
    save_leaders(application.settings.home, f"分管领导,单位\n沈若谷,{WATER},云川市应急管理局\n")
    return application


@pytest.fixture(scope="module")
def client(home: Application) -> Iterator[TestClient]:
    with TestClient(create_app(home), raise_server_exceptions=False) as client:
        yield client


def _row(found: dict[str, list[dict[str, object]]], part: str, name: str) -> dict[str, object]:
    return next(row for row in found[part] if row["name"] == name)


def test_figures_of_a_body(client: TestClient) -> None:
    row = _row(client.get("/api/v1/statistics", params=DAY | {"document": plan().id}).json(), "bodies", WATER)
    assert (row["total"], row["done"], row["late"], row["on_time"]) == (61, 3, 2, 1)
    assert row["overdue"] == 10 - 3, "what is done or paused is not overdue"
    assert row["rate"] == 4.9
    assert row["light"] == "yellow"


@pytest.mark.parametrize(("red", "yellow", "light"), [(5, 1, "red"), (50, 1, "yellow"), (50, 40, "green")])
def test_lights_are_the_offices_choice(client: TestClient, red: float, yellow: float, light: str) -> None:
    asked = DAY | {"document": plan().id, "red": red, "yellow": yellow}
    assert _row(client.get("/api/v1/statistics", params=asked).json(), "bodies", WATER)["light"] == light


def test_a_leader_counts_a_task_of_two_of_their_bodies_once(client: TestClient) -> None:
    found = client.get("/api/v1/statistics", params=DAY).json()
    ours = _row(found, "leaders", "沈若谷")
    bodies = [_row(found, "bodies", name) for name in (WATER, "云川市应急管理局")]
    assert isinstance(ours["total"], int)
    assert (
        max(int(str(row["total"])) for row in bodies) <= ours["total"] <= sum(int(str(row["total"])) for row in bodies)
    )


def test_who_only_supports_is_not_counted(client: TestClient) -> None:
    found = client.get("/api/v1/statistics", params=DAY | {"document": bike_notice().id}).json()
    assert "云川市财政局" not in [row["name"] for row in found["bodies"]]


def test_every_number_leads_to_as_many(client: TestClient) -> None:
    page = client.get("/statistics", params=DAY).text
    links = re.findall(r'<td class="num" data-label="[^"]+"><a href="(/tasks[^"]+)">([\d,]+)</a>', page)
    assert len(links) > 12
    links += re.findall(r'<li[^>]*><a href="(/tasks[^"]+)"><b>([\d,]+)</b>', page)  # the sums above
    for address, number in links:
        listed = client.get(html.unescape(address)).text
        what = "未写明单位的时限" if "group=limits" in address else "<h1>任务与职责"
        total = re.search(rf'{what} <span class="count">(\d+)<', listed)
        assert total
        assert total[1] == number.replace(",", ""), address
    assert any("group=limits" in address for address, _ in links)


def test_what_names_no_body_is_counted_in_all_and_by_month(client: TestClient) -> None:
    """Twelve, two days apart from the 25th of May on: two have passed, one of the other ten ends within the month
    after. How long the paper holds is no task."""
    found = client.get("/api/v1/statistics", params=DAY | {"document": plan().id}).json()
    assert found["unnamed"]["total"] == ALONE
    assert found["unnamed"]["overdue"] == 2
    assert found["whole"]["total"] == NAMED + 1 + ALONE
    assert found["whole"]["overdue"] == 10 - 3 + 2
    asked = {"document": plan().id, "agency": WATER}
    assert client.get("/api/v1/statistics", params=DAY | asked).json()["unnamed"]["total"] == 0


def test_a_part_and_its_whole_count_once_for_a_body(home: Application, client: TestClient) -> None:
    """Its sentence binds the body of the whole, and another that the whole does not name."""
    d = Draft("云政发〔2024〕31号", "云川市人民政府关于泵站的通知", "云川市人民政府", date(2024, 5, 3))
    block = d.add(BlockKind.PARAGRAPH, "泵站建设全面开工，市水利局与市财政局完成选址。（市水利局牵头）")
    own = d.find("市水利局与市财政局完成选址", block)
    whole = d.assign("泵站建设全面开工", [("市水利局", Role.LEAD)], block)
    part = d.assign("完成选址", [("市水利局", Role.RESPONSIBLE), ("市财政局", Role.RESPONSIBLE)], own)
    d.assignments[-1] = replace(part, part_of=whole.id)
    put(home.store, "2024-3", [d])
    home.index()
    found = client.get("/api/v1/statistics", params=DAY | {"document": d.id}).json()
    assert found["whole"]["total"] == 1
    assert {row["name"]: row["total"] for row in found["bodies"]} == {WATER: 1, "云川市财政局": 1}
    asked = {"document": d.id, "agency": WATER, "role": ["lead", "responsible"]}
    assert client.get("/api/v1/tasks", params=asked).json()["total"] == 2
    assert client.get("/api/v1/tasks", params=asked | {"parts": "false"}).json()["total"] == 1


def test_months_add_up_to_what_is_dated(client: TestClient) -> None:
    found = client.get("/api/v1/statistics", params=DAY | {"document": plan().id}).json()
    june = _row(found, "months", "2024-06")
    assert june["total"] == 4 + 8  # three stretches and a pumping station; what names nobody


def test_the_bulletin_and_the_sheet_hold_the_same_figures(client: TestClient) -> None:
    asked = DAY | {"document": plan().id, "office": "云川市人民政府督查室"}
    paper = docx.Document(io.BytesIO(client.get("/api/v1/statistics.docx", params=asked).content))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "共有任务 73 项（含文件未写明承担单位的 12 项），已完成 3 项，完成率 4.1%" in text
    assert "三、逾期事项（9 项）" in text
    assert text.endswith("云川市人民政府督查室\n2024年5月29日")
    rows = [[cell.text for cell in row.cells] for row in paper.tables[-1].rows]
    assert next(row[:6] for row in rows if row[0] == WATER) == [WATER, "61", "3", "1", "2", "7"]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/api/v1/statistics.xlsx", params=asked).content)).active
    assert sheet is not None
    told = next(row for row in sheet.iter_rows(min_row=3, values_only=True) if row[:2] == ("单位", WATER))
    assert told[2:7] == (61, 3, 1, 2, 7)


def test_a_line_without_a_body_is_told_and_nothing_is_lost(home: Application) -> None:
    before = read_leaders(home.settings.home)
    with pytest.raises(InputError, match="第 2 行"):
        save_leaders(home.settings.home, "沈若谷,云川市水利局\n李青禾\n")
    assert read_leaders(home.settings.home) == before


def test_only_a_manager_names_leaders(tmp_path: Path) -> None:
    own = make_application(tmp_path / "home")
    secret = Tokens(own.settings.home).add("林知远", Access.MANAGER)
    with TestClient(create_app(own)) as client:
        assert client.post("/statistics/leaders", data={"text": ""}).status_code == 401
        client.headers["Authorization"] = f"Bearer {secret}"
        assert client.post("/statistics/leaders", data={"text": f"李青禾,{WATER}"}).status_code == 200
        assert "李青禾" in client.get("/statistics", params=DAY).text


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"agency": ["云川市水利局"], "role": ["lead", "responsible"]}, None),
        ({"year": ["2023", "2024"]}, None),
        ({"kind": ["task", "duty"]}, None),
    ],
)
def test_several_values_of_a_filter_are_any_of_them(
    client: TestClient, asked: dict[str, list[str]], count: None
) -> None:
    """Together as many as by themselves, since no statement has two years or kinds; two roles overlap."""
    together = client.get("/api/v1/tasks", params=asked).json()["total"]
    (name, values), *rest = sorted(asked.items(), key=lambda pair: -len(pair[1]))
    alone = [client.get("/api/v1/tasks", params=dict(rest) | {name: value}).json()["total"] for value in values]
    assert max(alone) <= together <= sum(alone)
    if name != "role":
        assert together == sum(alone)


def test_several_values_on_documents(client: TestClient) -> None:
    two = client.get("/api/v1/documents", params={"year": ["2023", "2019"]}).json()
    assert {item["signed"][:4] for item in two["items"]} == {"2023", "2019"}
    assert date.fromisoformat(two["items"][0]["signed"])
