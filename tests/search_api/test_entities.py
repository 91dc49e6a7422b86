"""What stands beside the tasks, wherever it is shown: API, exports, page."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from gongbao.corpus.records import Comparison, Direction
from gongbao.search_api import labels

from tests.search_api.sample import bike_notice, old_rules

BIKE, RULES = bike_notice(), old_rules()


def _exported(client: TestClient, **asked: str) -> list[dict[str, Any]]:
    answer = client.get("/api/v1/export/entities", params={"document": RULES.number or ""} | asked)
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def test_a_task_says_what_it_is_measured_by(client: TestClient) -> None:
    task = next(t for t in client.get(f"/api/v1/documents/{BIKE.id}/records").json()["tasks"] if t["targets"])
    assert task["targets"] == [{"text": "60个", "kind": "quantity", "value": 60, "unit": "个", "comparison": "exactly"}]
    listed = client.get("/api/v1/tasks", params={"document": BIKE.id}).json()["items"]  # through the index
    assert [t["targets"] for t in listed if t["id"] == task["id"]] == [task["targets"]]


def test_a_task_list_for_people_has_a_column_of_them(client: TestClient) -> None:
    text = client.get("/api/v1/export/tasks", params={"format": "csv", "document": BIKE.id}).content.decode("utf-8-sig")
    assert next(row["量化指标"] for row in csv.DictReader(io.StringIO(text))) == "60个"


def test_a_document_lists_them_in_short(client: TestClient) -> None:
    found = client.get(f"/api/v1/documents/{RULES.id}", params={"text": "none"}).json()
    assert [(one["text"], one["value"], one.get("upper"), one["comparison"]) for one in found["quantities"]] == [
        ("新增站点不少于20个", 20, None, "at_least"),
        ("10—15万元", 100_000, 150_000, "between"),
    ]
    assert found["contacts"] == [
        {
            "text": "0359-2345678",
            "channel": "phone",
            "number": "0359-2345678",
            "label": "联系电话",
            "name": "李青禾",
        }
    ]
    assert found["places"] == [{"text": "东山区", "full": "云川市东山区", "level": "county", "mentions": 1}]


def test_an_export_holds_each_with_its_place_in_the_text(client: TestClient) -> None:
    found = _exported(client)
    assert [one["kind"] for one in found] == ["place", "quantity", "money", "contact"]
    assert all(RULES.text[one["start"] : one["end"]] == one["text"] for one in found)
    assert {one["document"]["number"] for one in found} == {RULES.number}
    assert found[1]["source_regions"]
    assert found == client.get(f"/api/v1/documents/{RULES.id}/records").json()["entities"]


def test_chosen_ones_only(client: TestClient) -> None:
    assert [one["text"] for one in _exported(client, id=RULES.contacts[0].id)] == ["0359-2345678"]


def test_they_have_no_dates(client: TestClient) -> None:
    answer = client.get("/api/v1/export/entities", params={"format": "ics"})
    assert answer.status_code == 404
    assert "日历" in answer.text


def test_the_page_lists_them_and_marks_them_where_they_stand(client: TestClient) -> None:
    html = client.get(f"/documents/{RULES.id}").text
    assert all(head in html for head in ("量化指标", "联系方式", "涉及地区"))
    for record in (*RULES.quantities, *RULES.contacts, *RULES.places):
        assert f'id="r-{record.id}"' in html  # the mark in the text
        assert f"?record={record.id}#r-{record.id}" in html  # and the way to it


def test_the_words_of_a_quantity_are_boxed_on_its_page(client: TestClient) -> None:
    quantity = BIKE.quantities[0]
    assert client.get(f"/api/v1/documents/{BIKE.id}/places/{quantity.id}").json()["pages"] == [1]


def test_a_document_without_any_shows_no_heads(client: TestClient) -> None:
    assert "涉及地区" not in client.get(f"/documents/{BIKE.id}").text


@pytest.mark.parametrize(
    ("index", "values", "words", "why"),
    [
        (0, {}, "增加 不低于 20个", "a change with its bound"),
        (1, {}, "100,000 至 150,000元", "a range"),
        (0, {"direction": Direction.DECREASE, "comparison": Comparison.EXACTLY}, "减少 20个", "a change alone"),
    ],
)
def test_a_quantity_in_words(index: int, values: dict[str, Any], words: str, why: str) -> None:
    assert labels.quantity_meaning(replace(RULES.quantities[index], **values)) == words, why


@pytest.mark.parametrize(
    ("text", "value", "unit", "words", "why"),
    [
        ("达到80%以上", 80, "%", "达到80%以上", "its unit is printed"),
        ("1,200", 12_000_000, "元", "1,200（12,000,000元）", "its unit stands in the head of the column"),
        ("46以上", 46, "%", "46以上（46%）", "and its bound beside it"),
    ],
)
def test_a_figure_without_its_unit_is_shown_with_it(text: str, value: int, unit: str, words: str, why: str) -> None:
    assert labels.figure(text, value, unit) == words, why
