"""Lists of tasks: what is counted, in which order they come, and what names no body."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest
from fastapi.testclient import TestClient
from gongbao.corpus.desk.subscriptions import Channel
from gongbao.corpus.document import BlockKind
from gongbao.corpus.records import DeadlineKind, Role
from gongbao.index.models import Filters, Sort
from gongbao.search_api.api import create_app
from gongbao.search_api.compose import Application
from gongbao.search_api.labels import Due, next_due

from tests.search_api.conftest import TODAY, make_application
from tests.search_api.sample import Draft, put

WATER = "云川市水利局"
NAMED = 60  # more statements of one body than stand on one page
ALONE = 12
_TITLES = {"overdue": "已逾期", "soon": "3 日内到期", "near": "30 日内到期"}


def plan() -> Draft:
    """A body with many tasks, one task with milestones, and time limits that name nobody."""
    d = Draft("云政发〔2024〕20号", "云川市人民政府关于水网建设的实施意见", "云川市人民政府", date(2024, 5, 1))
    d.position = 5
    for number in range(NAMED):
        due = TODAY + timedelta(days=number * 10 - 100)
        words = f"{due.year}年{due.month}月{due.day}日前"
        block = d.add(BlockKind.PARAGRAPH, f"第{number}段渠道{words}完成衬砌。（市水利局牵头）")
        limit = d.deadline(words, block, due=due)
        d.assign(f"第{number}段渠道完成衬砌", [("市水利局", Role.LEAD)], block, (limit,))
    block = d.add(BlockKind.PARAGRAPH, "2024年1月底前完成选址，2024年6月10日前完成主体工程。（市水利局牵头）")
    stones = [
        d.deadline("2024年1月底前", block, due=date(2024, 1, 31)),
        d.deadline("2024年6月10日前", block, due=date(2024, 6, 10)),
    ]
    d.assign("泵站建设", [("市水利局", Role.LEAD)], block, tuple(stones))
    for number in range(ALONE):
        due = TODAY + timedelta(days=number * 2 - 4)
        words = f"{due.year}年{due.month}月{due.day}日前"
        d.deadline(words, d.add(BlockKind.PARAGRAPH, f"{words}完成第{number}批水质检测。"), due=due)
    words = "有效期至2024年5月20日"
    block = d.add(BlockKind.PARAGRAPH, f"本意见{words}。")
    d.deadline(words, block, DeadlineKind.EFFECTIVE, due=date(2024, 5, 20))
    return d


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Application:
    application = make_application(tmp_path_factory.mktemp("lists") / "home")
    put(application.store, "2024-2", [plan()])
    application.index()
    return application


@pytest.fixture(scope="module")
def reader(home: Application) -> Iterator[TestClient]:
    with TestClient(create_app(home), raise_server_exceptions=False) as client:
        yield client


def _whats(home: Application, size: int, **filters: object) -> list[str]:
    found, cursor = [], None
    while True:
        page = home.service.tasks(
            None,
            Filters(agency=WATER, **filters),
            today=TODAY,
            size=size,
            cursor=cursor,
            sort=Sort.DUE,  # type: ignore[arg-type]
        )
        found += [view.assignment.what for view in page.items]
        cursor = page.cursor
        if cursor is None:
            assert len(found) == page.total
            return found


@pytest.mark.parametrize("size", [1, 7, 50, 200])
def test_by_deadline_is_by_the_next_date_on_pages_of_any_size(home: Application, size: int) -> None:
    whats = _whats(home, size, document=plan().id)
    assert len(whats) == len(set(whats)) == NAMED + 1
    ahead = [f"第{number}段渠道完成衬砌" for number in range(10, NAMED)]
    assert whats[:2] == ahead[:2], "today and in ten days"
    assert whats[2] == "泵站建设", "its first date has passed, the next is the twelfth day"
    assert whats[3 : len(ahead) + 1] == ahead[2:]
    assert set(whats[len(ahead) + 1 :]) == {f"第{number}段渠道完成衬砌" for number in range(10)}


@pytest.mark.parametrize("state", list(Due))
@pytest.mark.parametrize("size", [1, 50])
def test_every_list_by_urgency_holds_as_many_as_it_counts(home: Application, state: Due, size: int) -> None:
    """Also what has no date, where nothing is ahead and nothing passed."""
    asked, cursor, found = Filters(next_due=next_due(state, TODAY)), None, []
    while True:
        page = home.service.tasks(None, asked, today=TODAY, size=size, cursor=cursor, sort=Sort.DUE)
        found += [view.id for view in page.items]
        cursor = page.cursor
        if cursor is None:
            break
    assert len(set(found)) == len(found) == page.total == home.service.count_tasks(None, asked, today=TODAY)


def test_a_streamed_list_has_the_same_order(home: Application) -> None:
    filters = Filters(agency=WATER, document=plan().id)
    streamed = home.service.iter_tasks(None, filters, today=TODAY, sort=Sort.DUE)
    assert [view.assignment.what for view in streamed] == _whats(home, 50, document=plan().id)


def test_passed_milestones_are_marked(reader: TestClient) -> None:
    page = reader.get("/tasks", params={"q": "泵站建设", "today": TODAY.isoformat()}).text
    assert re.search(r'class="printed over"[^>]*>2024年1月底前 <small>已过</small>', page)
    assert "还有 12 天" in page


@pytest.mark.parametrize(("group", "title"), [("agency", WATER), ("document", plan().title), ("month", "2024年6月")])
def test_a_group_counts_all_and_leads_to_as_many(reader: TestClient, group: str, title: str) -> None:
    page = reader.get("/tasks", params={"group": group, "today": TODAY.isoformat()}).text
    found = re.search(rf'<h2 class="group"><a href="([^"]+)">{re.escape(title)}</a> <span class="count">(\d+)<', page)
    assert found
    listed = reader.get(found[1].replace("&amp;", "&")).text
    alone = re.search(r'未写明单位的时限 <span class="count">(\d+)<', listed)
    total = int(found[2]) + (int(alone[1]) if alone else 0)
    assert f'<h1>任务与职责 <span class="count">{total}<' in listed
    assert int(found[2]) > 3


def test_what_names_no_body_is_on_the_board_in_lists_calendar_and_ics(reader: TestClient) -> None:
    today = {"today": TODAY.isoformat()}
    board = reader.get("/", params=today).text
    due_soon = re.search(r'pressing=soon"><b>(\d+)</b>', board)
    assert due_soon
    assert int(due_soon[1]) >= 2
    assert "完成第3批水质检测" in board
    listed = reader.get("/tasks", params=today | {"group": "limits"}).text
    assert f'未写明单位的时限 <span class="count">{_alone(reader)}<' in listed
    assert "完成第3批水质检测" in reader.get("/calendar", params=today | {"month": "2024-05"}).text
    ics = icalendar.Calendar.from_ical(reader.get("/api/v1/export/tasks", params={"format": "ics"}).content)
    assert sum("水质检测" in event["SUMMARY"] for event in ics.walk("VEVENT")) == ALONE


def _alone(reader: TestClient) -> int:
    total = reader.get("/api/v1/deadlines", params={"unbound": "true"}).json()["total"]
    assert total >= ALONE
    return int(total)


def test_a_secret_calendar_holds_what_names_no_body(home: Application, reader: TestClient) -> None:
    _, secret = home.store.subscriptions.add("林知远", "水网", f"document={plan().id}", Channel.NONE, "")
    made = reader.get(f"/api/v1/secret/{secret}.ics").content
    summaries = [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(made).walk("VEVENT")]
    assert sum("水质检测" in summary for summary in summaries) == ALONE


def test_a_title_stands_once_above_what_comes_from_the_same_paper(reader: TestClient) -> None:
    page = reader.get("/tasks", params={"document": plan().id}).text
    assert page.count(f'<span class="number">{plan().number}</span>') == 50
    assert page.count(f'<span class="name">{plan().title}</span>') == 1
    assert f'name="document" value="{plan().number}"' in page, "people read numbers, not ids"
    assert f"文件 {plan().number}<" in page


def test_of_a_body_nothing_is_shown_that_names_nobody(reader: TestClient) -> None:
    page = reader.get("/tasks", params={"agency": WATER}).text
    assert "未写明单位的时限" not in page


@pytest.mark.parametrize("state", ["overdue", "soon", "near", "later", "undated"])
def test_a_number_of_the_board_is_that_of_the_list_it_leads_to(reader: TestClient, state: str) -> None:
    query = {"today": TODAY.isoformat(), "pressing": state, "kind": "task"}
    listed = reader.get("/tasks", params=query).text
    tasks = reader.get("/api/v1/tasks", params=query).json()["total"]
    limits = reader.get("/api/v1/deadlines", params=query | {"unbound": "true"}).json()["total"]
    assert f'<h1>任务与职责 <span class="count">{tasks + limits}<' in listed
    assert (f'未写明单位的时限 <span class="count">{limits}<' in listed) == bool(limits)
    if state in ("overdue", "soon", "near"):
        board = reader.get("/", params={"today": TODAY.isoformat()}).text
        shown = re.search(r'href="([^"]+)"><b>(\d+)</b>' + _TITLES[state], board)
        assert shown
        assert int(shown[2]) == tasks + limits
        assert f'<h1>任务与职责 <span class="count">{shown[2]}<' in reader.get(html.unescape(shown[1])).text


def test_the_first_page_counts_as_many_tasks_as_the_list_it_leads_to(reader: TestClient) -> None:
    shown = re.search(r'href="([^"]+kind=task)"><b>([\d,]+)</b>项任务', reader.get("/").text)
    assert shown
    listed = reader.get(html.unescape(shown[1])).text
    assert f'<h1>任务与职责 <span class="count">{shown[2].replace(",", "")}<' in listed


def test_how_long_a_rule_holds_is_listed_and_never_overdue(reader: TestClient) -> None:
    """有效期至2024年5月20日 is nobody's task: it stands in the list and in the calendar, and is not late."""
    listed = reader.get("/tasks", params={"group": "limits", "today": TODAY.isoformat()}).text
    assert "有效期至2024年5月20日" in listed
    assert "有效期至2024年5月20日" in reader.get("/calendar", params={"month": "2024-05"}).text
    late = {"pressing": "overdue", "today": TODAY.isoformat()}
    assert "有效期至2024年5月20日" not in reader.get("/tasks", params=late | {"group": "limits"}).text
    assert "2024-05-20" not in reader.get("/api/v1/deadlines", params=late | {"unbound": "true"}).text


def test_an_unknown_body_is_not_found(reader: TestClient) -> None:
    assert reader.get("/agencies/无此单位").status_code == 404
    assert reader.get("/api/v1/agencies/无此单位").status_code == 404
    assert reader.get("/agencies/云川市水利局").status_code == 200


def test_a_state_that_is_none_is_told(reader: TestClient, tmp_path: Path) -> None:
    answer = reader.get("/api/v1/tasks", params={"pressing": "gone"})
    assert answer.status_code == 400
    assert "overdue" in answer.json()["remedy"]
