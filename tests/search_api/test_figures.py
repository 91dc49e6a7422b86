"""How long stages took, what the ledger and the queue hold: for Prometheus, and in `gongbao status`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from gongbao.corpus.home import Home
from gongbao.corpus.queue import JobState
from gongbao.search_api.api import create_app
from gongbao.search_api.cli import app as command
from gongbao.search_api.compose import Application, Settings
from prometheus_client.parser import text_string_to_metric_families
from typer.testing import CliRunner

NOTICE = "云川市人民政府关于加强防汛工作的通知\n云政发〔2024〕10号\n各县（市、区）人民政府：\n市水务局负责防汛工作。\n"


@pytest.fixture
def app(tmp_path: Path) -> Application:
    """Of a text, a file that is no text, and one that is skipped."""
    app = Application(Settings(Home(tmp_path / "home"), workers=1))
    for name, content in {"a.txt": NOTICE.encode(), "b.txt": b"\0\0", "c.jpg": b"x"}.items():
        (tmp_path / name).write_bytes(content)
    list(app.ingest([tmp_path]))
    app.extract(fast=True)
    app.index()
    return app


def told(app: Application) -> dict[tuple[str, str], float]:
    """By name and the values of its labels."""
    with TestClient(create_app(app), client=("127.0.0.1", 5000)) as client:
        families = text_string_to_metric_families(client.get("/api/v1/metrics").text)
    return {(each.name, "/".join(each.labels.values())): each.value for one in families for each in one.samples}


def test_stages_ledger_and_queue(app: Application) -> None:
    app.store.queue.add((), "张三", JobState.RECEIVING)
    found = told(app)
    stages = {stage: found["gongbao_stage_items_total", stage] for stage in ("ingest", "extract", "index")}
    assert stages == {"ingest": 1, "extract": 1, "index": 1}
    assert all(found["gongbao_stage_seconds_total", stage] > 0 for stage in stages)
    states = {state: found["gongbao_ledger_entries", f"ingest/{state}"] for state in ("failed", "skipped", "waiting")}
    assert states == {"failed": 1, "skipped": 1, "waiting": 0}
    assert (found["gongbao_jobs", "receiving"], found["gongbao_jobs", "waiting"]) == (1, 0)
    assert found["gongbao_requests_waiting", ""] == 0


def test_a_run_without_work_leaves_the_last_one_standing(app: Application, tmp_path: Path) -> None:
    before = app.store.timings.all()
    list(app.ingest([tmp_path]))
    app.extract(fast=True)
    app.index()
    assert app.store.timings.all() == before
    list(app.ingest([tmp_path / "a.txt"], anew=True))
    (ingest,) = (each for each in app.store.timings.all() if each.stage == "ingest")
    assert (ingest.runs, ingest.all_items, ingest.items) == (2, 2, 1)


def test_status_tells_how_long_it_took(app: Application, tmp_path: Path) -> None:
    def run(*words: str) -> str:
        return CliRunner().invoke(command, ["--home", str(tmp_path / "home"), "status", *words]).output

    assert "最近用时：索引 1 件" in run()
    assert {each["stage"] for each in json.loads(run("--json"))["timings"]} == {"ingest", "extract", "index"}
