"""The whole corpus as a data package, and documents as linked data."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from typing import Any

import pyarrow.parquet
import pytest
from fastapi.testclient import TestClient

from tests.search_api.sample import bare_decision, flood_plan, old_rules


def _archive(client: TestClient, **asked: str) -> zipfile.ZipFile:
    answer = client.get("/api/v1/package.zip", params=asked)
    assert answer.status_code == 200, answer.text
    return zipfile.ZipFile(io.BytesIO(answer.content))


def _descriptor(archive: zipfile.ZipFile) -> Any:
    return json.loads(archive.read("datapackage.json"))


def test_every_resource_is_as_it_is_described(client: TestClient) -> None:
    archive = _archive(client)
    resources = {each["name"]: each for each in _descriptor(archive)["resources"]}
    assert set(resources) == {"tasks", "deadlines", "documents", "rosters", "citations", "tables", "entities"}
    for resource in resources.values():
        content = archive.read(resource["path"])
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        heads = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert heads == [field["name"] for field in resource["schema"]["fields"]]
    rows = list(csv.reader(io.StringIO(archive.read("data/tasks.csv").decode())))
    assert len(rows) - 1 == client.get("/api/v1/tasks").json()["total"]


def test_the_same_corpus_gives_the_same_bytes(client: TestClient) -> None:
    first, second = (client.get("/api/v1/package.zip").content for _ in range(2))
    assert first == second


def test_parquet_holds_the_same_rows(client: TestClient) -> None:
    plain, packed = _archive(client), _archive(client, parquet="true")
    table = pyarrow.parquet.read_table(io.BytesIO(packed.read("data/tasks.parquet")))
    rows = list(csv.reader(io.StringIO(plain.read("data/tasks.csv").decode())))
    assert table.column_names == rows[0]
    assert [list(row.values()) for row in table.to_pylist()] == rows[1:]


def test_the_card_says_what_is_in_it(client: TestClient) -> None:
    card = _archive(client).read("README.md").decode()
    assert "收录文件 5 份" in card
    assert "年份：2019 至 2024" in card
    assert "尚未经人校核" in card


@pytest.mark.parametrize(
    ("document", "name", "value"),
    [
        (flood_plan().id, "legislationIdentifier", "云政发〔2024〕10号"),
        (flood_plan().id, "legislationDate", "2024-04-20"),
        (old_rules().id, "legislationLegalForce", "https://schema.org/NotInForce"),
        (old_rules().id, "legislationRepealedBy", {"@id": f"http://testserver/documents/{bare_decision().id}"}),
    ],
)
def test_documents_are_linked_data(client: TestClient, document: str, name: str, value: object) -> None:
    page = client.get(f"/documents/{document}").text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found
    told = json.loads(found[1])
    assert told["@type"] == "Legislation"
    assert told[name] == value


def test_the_page_leads_to_every_format(client: TestClient) -> None:
    page = client.get("/data", params={"year": "2024"}).text
    links = re.findall(r'href="(/api/v1/export/[^"]+)"', page)
    assert len(links) == 24
    for link in links:
        assert "year=2024" in link
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link
