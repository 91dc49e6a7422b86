"""The pages as they are sent, without JavaScript."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from tests.search_api.sample import bare_decision, bike_notice, flood_plan, old_rules

BIKE, FLOOD, DECISION = bike_notice(), flood_plan(), bare_decision()
PAGES = [
    "/",
    "/?q=公共自行车归哪个部门管",
    "/?q=天上的月亮",
    "/?q=云政发〔2024〕10号&year=2024",
    f"/documents/{BIKE.id}",
    f"/documents/{BIKE.id}?record={BIKE.assignments[0].id}",
    f"/documents/{FLOOD.id}",
    f"/documents/{DECISION.id}",
    f"/documents/{old_rules().id}",
    f"/documents/{BIKE.id}/compare/{bike_notice(2023).id}",
    "/documents",
    "/documents?year=1999",
    "/agencies",
    "/agencies?name=无此单位",
    "/agencies/云川市财政局",
    "/agencies/云川市财政局?today=2024-06-28&role=support",
    "/agencies/无此单位",
    "/tasks",
    "/tasks?agency=市水利局&kind=duty&group=month",
    "/tasks?q=水库&group=agency",
    "/tasks?due_from=2030-01-01",
    "/calendar",
    "/calendar?month=2024-06&agency=云川市城市管理局",
    "/overview",
    "/review",
    f"/review/{FLOOD.id}",
    "/login",
]


class _Tags(HTMLParser):
    """Collects what a page refers to and holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.inline += [f"{tag} {name}" for name in found if name == "style" or name.startswith("on")]
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found["href"])
        elif tag in ("script", "img", "link"):
            if tag == "script" and "src" not in found:
                self.inline += (
                    [] if found.get("type") in ("application/json", "application/ld+json") else ["script"]
                )  # figures do nothing
            else:
                self.loaded.append(found.get("src") or found.get("href", ""))


def expected_status(path: str) -> int:
    """404 for the one body that no document knows; its page is whole all the same."""
    return 404 if path == "/agencies/无此单位" else 200


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole_and_safe(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == expected_status(path), answer.text
    tags = _Tags(answer.text)
    assert tags.inline == []
    assert all(address.startswith(("/", "#", "?")) for address in tags.loaded + tags.links)
    assert len(tags.ids) == len(set(tags.ids))
    assert "<script>alert" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert not re.search(r"\bNone\b|Undefined", answer.text)


@pytest.mark.parametrize("path", [page for page in PAGES if "月亮" not in page])
def test_links_lead_somewhere(client: TestClient, path: str) -> None:
    html = client.get(path).text
    for address in sorted({link for link in _Tags(html).links if link.startswith("/")})[:25]:
        assert client.get(address).status_code == 200, address


def test_hostile_words_of_a_pdf_are_shown_as_words(client: TestClient) -> None:
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in client.get(f"/documents/{FLOOD.id}").text


def test_document_jumps_to_each_of_its_records(client: TestClient) -> None:
    ids = set(_Tags(client.get(f"/documents/{BIKE.id}").text).ids)
    assert {f"r-{record.id}" for record in (*BIKE.assignments, *BIKE.deadlines, *BIKE.citations)} <= ids


def test_department_by_deadline_against_a_chosen_day(client: TestClient) -> None:
    early = client.get("/agencies/云川市水利局", params={"today": "2024-05-30"}).text
    assert 'id="soon-head">3 日内到期' in early
    assert "<b>0</b>已逾期" in early
    late = client.get("/agencies/云川市水利局", params={"today": "2024-06-01"}).text
    assert 'id="overdue-head">已逾期' in late
    assert "常设职责" in late


def test_reading_can_be_undone(client: TestClient) -> None:
    html = client.get("/", params={"q": "市水利局牵头的任务"}).text
    assert "理解为" in html
    assert "去掉条件：" in html


def test_a_bare_document_says_so(client: TestClient) -> None:
    assert "没有从这份文件中读出任务" in client.get(f"/documents/{DECISION.id}").text


def test_a_repealed_document_says_so_and_who_cites_it(client: TestClient) -> None:
    html = client.get(f"/documents/{old_rules().id}").text
    assert "已废止" in html
    assert "被下列文件引用" in html
    assert f"/documents/{DECISION.id}" in html


def test_people_of_a_roster_are_listed(client: TestClient) -> None:
    html = client.get(f"/documents/{FLOOD.id}").text
    assert "云川市防汛抗旱指挥部" in html
    assert "林知远" in html


def test_comparison_names_what_is_new(client: TestClient) -> None:
    html = client.get(f"/documents/{BIKE.id}/compare/{bike_notice(2023).id}").text
    assert "建成统一调度平台" in html
    assert "新增" in html


def test_errors_are_pages_that_help(client: TestClient) -> None:
    answer = client.get("/documents/none")
    assert answer.status_code == 404
    assert "没有编号或文号为“none”的文件" in answer.text
    assert "回到检索" in answer.text


def test_static_files_are_ours(client: TestClient) -> None:
    for address in _Tags(client.get("/overview").text).loaded:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert "cache-control" not in client.get("/static/base.css").headers  # no version: it may change
    assert "cache-control" not in client.get("/static/later.css?v=2").headers  # not there yet, perhaps later


@pytest.mark.parametrize("typed", ["云川市财政局", "市财政局", "财政", "市财"])  # full, short, part, beginning
def test_bodies_are_found_by_any_of_their_names(client: TestClient, typed: str) -> None:
    assert (
        "/agencies/%E4%BA%91%E5%B7%9D%E5%B8%82%E8%B4%A2%E6%94%BF%E5%B1%80"
        in _Tags(client.get("/agencies", params={"name": typed}).text).links
    )


def test_an_empty_month_leads_to_the_nearest_one_that_is_not(client: TestClient) -> None:
    page = client.get("/calendar?month=2020-01").text
    assert "本月没有到期的任务" in page
    assert re.search(r"month=20(19|20|2[1-4])-\d\d\">最近有任务到期的月份", page)
    assert "本月没有到期的任务" not in client.get("/calendar?month=2024-06").text


@pytest.mark.parametrize(
    "path",
    [
        "/?today=9999-12-31",  # the days after it are none that a calendar has
        "/?today=0001-01-01",
        "/agencies/云川市财政局?today=9999-12-31",
        "/calendar?month=9999-12",
        "/calendar?month=0001-01",
    ],
)
def test_a_day_at_the_end_of_time_is_refused_with_the_years_that_may_be(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert "不在 1900 年至 2199 年之间" in answer.text


def test_what_the_first_page_suggests_is_answered(client: TestClient) -> None:
    """On a day years after the gazettes, too, when no body has anything to do 今年."""
    suggested = [link for link in _Tags(client.get("/?today=2031-03-01").text).links if link.startswith("/?q=")]
    assert suggested
    for link in suggested:
        assert "没有找到" not in client.get(f"{link}&today=2031-03-01").text, link


def test_a_fact_that_is_asked_stands_before_the_tasks(client: TestClient) -> None:
    """As on the command line: who is to do it is not what was asked."""
    ids = _Tags(client.get("/?q=公共自行车补贴多少").text).ids
    assert ids.index("passages-head") < ids.index("answer-head") < ids.index("docs-head")


def test_a_row_of_a_table_comes_with_its_header(client: TestClient) -> None:
    assert "表头：序号、工作任务、责任单位、完成时限" in client.get("/?q=要更新多少老旧车辆").text
