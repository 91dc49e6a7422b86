"""The processes of compose.yaml, started by hand on loopback: one document through all of them.

PostgreSQL, Elasticsearch, an object store, a Dask scheduler with a worker, and two API processes whose homes
share nothing.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from gongbao.corpus.home import Home
from gongbao.search_api.tokens import Access, Tokens

from tests.servers import GONGBAO, free_port, object_store, scheduler, wait_for

pytestmark = [pytest.mark.postgresql, pytest.mark.elasticsearch]
NOTICE = "云川市人民政府关于加强防汛工作的通知\n云政发〔2024〕{}号\n各县（市、区）人民政府：\n市水务局负责防汛工作。\n"


@dataclass(frozen=True)
class Served:
    process: subprocess.Popen[bytes]
    client: httpx.Client

    def get(self, path: str, **parameters: str) -> Any:
        return self.client.get(f"/api/v1/{path}", params=parameters).raise_for_status().json()

    def upload(self, number: int) -> str:
        files = [("files", (f"{number}.txt", NOTICE.format(number).encode()))]
        job: str = self.client.post("/api/v1/uploads", files=files).raise_for_status().json()["id"]
        return job

    def finished(self, job: str) -> Any:
        until = time.monotonic() + 60
        while (found := self.get(f"jobs/{job}"))["state"] not in ("done", "failed"):
            assert time.monotonic() < until, found
            time.sleep(0.1)
        return found


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as found:
        yield found


def _started(stack: ExitStack, environment: dict[str, str], *command: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    stack.enter_context(process)
    stack.callback(process.kill)
    return process


def _served(stack: ExitStack, environment: dict[str, str], home: Path) -> Served:
    home.mkdir()
    secret, port = Tokens(Home(home)).add("管理员", Access.ADMIN), free_port()
    process = _started(stack, environment, GONGBAO, "--home", str(home), "serve", "--port", str(port))
    headers = {"Authorization": f"Bearer {secret}"}
    client = httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=60)
    return Served(process, stack.enter_context(client))


@pytest.fixture
def two(stack: ExitStack, database_url: str, elasticsearch_url: str, tmp_path: Path) -> tuple[Served, Served]:
    """The two API processes, everything else behind them."""
    port = free_port()
    shared = {
        "AWS_ENDPOINT_URL": stack.enter_context(object_store("gongbao")),
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        "GONGBAO_FILES_URL": "s3://gongbao",
        "GONGBAO_DATABASE_URL": database_url,
        "GONGBAO_ELASTICSEARCH_URL": elasticsearch_url,
        "GONGBAO_ENGINE": f"dask://127.0.0.1:{port}",
    }
    _started(stack, {}, *scheduler(port))
    wait_for(f"http://127.0.0.1:{port}")
    _started(stack, shared, GONGBAO, "--home", str(tmp_path / "worker"), "worker", shared["GONGBAO_ENGINE"])
    one, other = (_served(stack, shared, tmp_path / name) for name in ("1", "2"))
    for each in (one, other):
        wait_for(str(each.client.base_url).rstrip("/"))
    return one, other


def test_one_document_through_all(two: tuple[Served, Served]) -> None:
    one, other = two
    jobs = [one.upload(1), other.upload(2)]
    assert [other.finished(job)["state"] for job in jobs] == ["done", "done"]  # told by either, whoever did it
    for each in two:
        found = each.get("tasks", q="防汛", agency="市水务局")
        assert found["total"] == 2
    _one_change_of_two(one, other, found["items"][0]["id"])
    one.process.kill()  # as in a rolling upgrade: the other goes on
    assert other.finished(other.upload(3))["state"] == "done"
    assert other.get("tasks", q="防汛", agency="市水务局")["total"] == 3


def _one_change_of_two(one: Served, other: Served, task: str) -> None:
    """Both are sent a change of the same task as it stood: one is kept, the other is told that it came second."""
    sent = {"state": "running", "seen": 0}
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda at: at.client.post(f"/api/v1/items/{task}", json=sent), (one, other)))
    assert sorted(answer.status_code for answer in answers) == [200, 409], [answer.text for answer in answers]
    assert one.get(f"items/{task}") == other.get(f"items/{task}")
