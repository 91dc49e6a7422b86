"""The HTTP API over a real embedded index."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import icalendar
import openpyxl
import pytest
from fastapi.testclient import TestClient

from tests.search_api.sample import bare_decision, bike_notice, flood_plan, old_rules

BIKE, FLOOD = bike_notice(), flood_plan()
ATOM = "{http://www.w3.org/2005/Atom}"


def _get(client: TestClient, path: str, **asked: str | int) -> Any:
    answer = client.get(path, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_ask_is_one_at_both_addresses(client: TestClient) -> None:
    asked = {"q": "公共自行车站点由哪个部门牵头"}
    found = _get(client, "/api/ask", **asked)
    assert found == _get(client, "/api/v1/ask", **asked)
    assert found["reading"]["query"] == asked["q"]
    names = [party["name"] for statement in found["statements"] for party in statement["parties"]]
    assert "市城市管理局" in names
    assert all(statement["source_regions"] for statement in found["statements"])


def test_search_finds_by_number_in_any_spelling(client: TestClient) -> None:
    found = _get(client, "/api/v1/search", q="云政发[2024]10号")
    assert found["hits"][0]["document"]["id"] == FLOOD.id


def test_documents_page_by_page(client: TestClient) -> None:
    first = _get(client, "/api/v1/documents", size=3)
    assert first["total"] == 5
    rest = _get(client, "/api/v1/documents", size=3, cursor=first["cursor"])
    assert rest["cursor"] is None
    ids = [item["id"] for item in first["items"] + rest["items"]]
    assert len(set(ids)) == 5


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"year": "2019"}, 1),
        ({"genre": "决定"}, 1),
        ({"issuer": "云川市人民政府"}, 3),
        ({"issue": "2024-1"}, 3),
        ({"document": "云政发（2024）11号"}, 1),  # another spelling of the brackets
        ({"updated_since": "2000-01-01T00:00:00"}, 5),
        ({"updated_since": "2999-01-01T00:00:00"}, 0),
        ({"updated_since": "2000-01-01T08:00:00+08:00"}, 5),  # another zone
        ({"genre": ""}, 5),  # a form's empty field asks nothing
    ],
)
def test_documents_by_filter(client: TestClient, asked: dict[str, str], expected: int) -> None:
    assert _get(client, "/api/v1/documents", **asked)["total"] == expected


@pytest.mark.parametrize("path", ["/api/v1/tasks", "/api/v1/documents", "/api/v1/export/tasks"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("year", "9" * 30),  # more than any index holds
        ("year", "²"),  # a digit to Python, no number
        ("updated_since", "昨天"),
        ("updated_since", "0001-01-01T00:00:00+23:00"),  # before time begins in UTC
        ("due_from", "2024-02-30"),
        ("role", "boss"),
    ],
)
def test_a_condition_that_means_nothing_is_refused(client: TestClient, path: str, name: str, value: str) -> None:
    answer = client.get(path, params={name: value})
    assert answer.status_code == 400
    assert name in answer.json()["detail"]


@pytest.mark.parametrize("named", [BIKE.id, "云政办发〔2024〕12号", "云政办发[2024]12号"])
def test_one_document_by_any_name(client: TestClient, named: str) -> None:
    found = _get(client, f"/api/v1/documents/{quote(named, safe='')}")
    assert found["text"] == BIKE.text
    assert found["cites"] == [{"title": "云川市公共自行车管理办法", "number": "云政发〔2022〕5号"}]


def test_excerpts(client: TestClient) -> None:
    assert _get(client, f"/api/v1/documents/{BIKE.id}", text="none")["text"] == ""
    assert _get(client, f"/api/v1/documents/{BIKE.id}", text="excerpt")["tables"] == []


def test_records_stand_in_the_text(client: TestClient) -> None:
    found = _get(client, f"/api/v1/documents/{BIKE.id}/records")
    assert [task["quote"] for task in found["tasks"]] == [BIKE.text[t["start"] : t["end"]] for t in found["tasks"]]
    assert found["tables"][0]["rows"][1][1] == "开展站点安全检查"


def test_a_repealed_document_says_by_what(client: TestClient) -> None:
    found = _get(client, f"/api/v1/documents/{old_rules().id}/standing")
    assert (found["in_force"], found["by"]) == (False, bare_decision().id)
    assert _get(client, f"/api/v1/documents/{BIKE.id}/standing")["in_force"] is None, "nobody says"


def test_exported_citations_lead_to_their_documents(client: TestClient) -> None:
    lines = client.get("/api/v1/export/citations").text.splitlines()
    targets = {row["title"]: row["target"] for row in map(json.loads, lines)}
    assert targets == {"云川市公共自行车管理暂行规定": old_rules().id, "云川市公共自行车管理办法": None}


def test_tasks_by_filter_and_page(client: TestClient) -> None:
    found = _get(client, "/api/v1/tasks", agency="市城管局", year=2024, size=2)
    assert found["total"] == 3
    rest = _get(client, "/api/v1/tasks", agency="市城管局", year=2024, size=2, cursor=found["cursor"])
    what = {task["what"] for task in found["items"] + rest["items"]}
    assert what == {"新建公共自行车站点60个", "建成统一调度平台", "更新老旧车辆2000辆"}


def test_deadlines_in_date_order(client: TestClient) -> None:
    found = _get(client, "/api/v1/deadlines", due_from="2024-05-01", due_to="2024-09-30")
    dues = [item["due"] for item in found["items"]]
    assert dues == ["2024-05-15", "2024-05-31", "2024-06-30", "2024-09-30"]


def test_agencies_and_one_of_them(client: TestClient) -> None:
    listed = _get(client, "/api/v1/agencies", name="水利")
    assert [item["name"] for item in listed["items"]] == ["云川市水利局"]
    found = _get(client, "/api/v1/agencies/云川市水利局")
    assert [task["what"] for task in found["lead"]] == ["汛前30日内完成水库除险加固"]
    assert [task["kind"] for task in found["responsible"]] == ["duty"]


def test_page_picture_and_place(client: TestClient) -> None:
    task = BIKE.assignments[0]
    place = _get(client, f"/api/v1/documents/{BIKE.id}/places/{task.id}")
    assert place["pages"] == [1]
    boxed = client.get(f"/api/v1/documents/{BIKE.id}/pages/1.png", params={"record": task.id})
    plain = client.get(f"/api/v1/documents/{BIKE.id}/pages/1.png")
    assert boxed.headers["content-type"] == "image/png"
    assert boxed.content.startswith(b"\x89PNG")
    assert boxed.content != plain.content


def test_table_as_csv(client: TestClient) -> None:
    answer = client.get(f"/api/v1/documents/{BIKE.id}/tables/1.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["序号", "工作任务", "责任单位", "完成时限"]


def test_unchanged_answers_are_not_sent_twice(client: TestClient) -> None:
    first = client.get("/api/v1/documents")
    again = client.get("/api/v1/documents", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_health(client: TestClient) -> None:
    found = _get(client, "/api/v1/health")
    assert (found["status"], found["documents"]) == ("ok", 5)


def test_openapi_speaks_chinese(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    operations = [op for path in described["paths"].values() for op in path.values()]
    assert all(any("\u4e00" <= char <= "\u9fff" for char in op["summary"]) for op in operations)
    assert "/api/ask" in described["paths"]
    assert client.get("/docs").status_code == 200


# --- exports: exactly what the same filters show

FILTERS = [{}, {"agency": "市财政局"}, {"year": 2024, "kind": "task"}, {"due_to": "2024-06-30"}, {"q": "自行车"}]


@pytest.mark.parametrize("asked", FILTERS, ids=str)
def test_exports_equal_the_list(client: TestClient, asked: dict[str, str | int]) -> None:
    shown = {task["id"] for task in _get(client, "/api/v1/tasks", size=200, **asked)["items"]}
    assert shown
    lines = client.get("/api/v1/export/tasks", params={"format": "jsonl"} | asked).text.splitlines()
    assert {json.loads(line)["id"] for line in lines} == shown
    assert {row["编号"] for row in _csv(client, asked)} == shown
    assert len(_sheet_rows(client, asked)) == len(shown)


def test_selected_records_only(client: TestClient) -> None:
    chosen = [task.id for task in BIKE.assignments[:2]]
    lines = client.get("/api/v1/export/tasks", params={"format": "jsonl", "id": chosen}).text.splitlines()
    assert sorted(json.loads(line)["id"] for line in lines) == sorted(chosen)


def test_calendar_of_a_body(client: TestClient) -> None:
    asked = {"format": "ics", "agency": "云川市水利局"}
    found = icalendar.Calendar.from_ical(client.get("/api/v1/export/tasks", params=asked).text)
    assert [str(event["SUMMARY"]) for event in found.walk("VEVENT")] == ["汛前30日内完成水库除险加固"]


def test_exported_file_is_named_by_what_it_holds(client: TestClient) -> None:
    answer = client.get("/api/v1/export/tasks", params={"format": "xlsx", "agency": "云川市水利局"})
    assert quote("云川市水利局任务分解表.xlsx") in answer.headers["content-disposition"]


@pytest.mark.parametrize("kind", ["deadlines", "documents", "rosters", "citations", "tables"])
def test_every_kind_can_be_exported(client: TestClient, kind: str) -> None:
    for form in ("jsonl", "csv", "xlsx"):
        assert client.get(f"/api/v1/export/{kind}", params={"format": form}).status_code == 200


def test_feed_of_a_body(client: TestClient) -> None:
    answer = client.get("/api/v1/feeds/tasks.atom", params={"agency": "云川市财政局"})
    feed = ElementTree.fromstring(answer.text)
    assert feed.tag == f"{ATOM}feed"
    said = [
        entry.findtext(f"{ATOM}title", "") + entry.findtext(f"{ATOM}summary", "") for entry in feed.iter(f"{ATOM}entry")
    ]
    assert any("<script>" in words for words in said)  # escaped in the file, itself when read
    assert all(entry.findtext(f"{ATOM}updated") for entry in feed.findall(f"{ATOM}entry"))
    assert feed.findtext(f"{ATOM}updated")


# --- errors, all in one shape


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/api/v1/documents/none", 404, "none"),
        ("/api/v1/nowhere", 404, "没有这个地址"),
        ("/api/v1/tasks?role=boss", 400, "lead、responsible、support"),  # says what there is
        ("/api/v1/tasks?due_from=tomorrow", 400, "due_from"),
        ("/api/v1/tasks?year=abc", 400, "year"),
        ("/api/v1/tasks?cursor=rubbish", 404, ""),
        ("/api/v1/tasks?size=100000", 422, "size：不能大于 200"),
        ("/api/v1/tasks?size=many", 422, "不是整数"),
        ("/api/v1/ask", 422, "q：缺少"),
        ("/api/v1/ask?q=" + "长" * 1001, 422, "至多 1000 个字"),
        ("/api/v1/documents?cursor=rubbish", 404, "cursor"),
        ("/api/v1/export/tasks?format=doc", 400, "xlsx"),
        ("/api/v1/export/secrets", 400, "tasks"),
        ("/api/v1/export/documents?format=ics", 404, "日历"),
        ("/api/v1/export/documents?agency=x", 400, "tasks"),
        ("/api/v1/documents?agency=x", 400, "tasks"),  # never ignored in silence
        (f"/api/v1/documents/{BIKE.id}/pages/99.png", 404, "第 99 页"),
        (f"/api/v1/documents/{BIKE.id}/pages/1.png?record=x", 404, "x"),
        (f"/api/v1/documents/{BIKE.id}/tables/9.csv", 404, "第 9 个"),
    ],
)
def test_problems(client: TestClient, path: str, status: int, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert words in problem["detail"] + problem.get("remedy", "")


def _csv(client: TestClient, asked: dict[str, str | int]) -> list[dict[str, str]]:
    answer = client.get("/api/v1/export/tasks", params={"format": "csv"} | asked)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def _sheet_rows(client: TestClient, asked: dict[str, str | int]) -> list[object]:
    answer = client.get("/api/v1/export/tasks", params={"format": "xlsx"} | asked)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    return list(sheet.iter_rows(min_row=3, values_only=True))
