"""Each input is done, failed, ignored, skipped or waiting; what was stopped is tried again, what waits is resumed."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from gongbao.corpus import failure
from gongbao.corpus.failure import MOST_ATTEMPTS, EntryState, Failure
from gongbao.corpus.files import UPLOADS
from gongbao.corpus.home import Home
from gongbao.corpus.queue import JobState
from gongbao.ingest.files import source_of
from gongbao.search_api.api import create_app
from gongbao.search_api.cli import app as command
from gongbao.search_api.compose import Application, IngestStatus, Settings
from gongbao.search_api.jobs import BY_ITSELF, Jobs
from gongbao.search_api.tokens import Access, Tokens
from typer.testing import CliRunner

from gongbao import ingest
from tests import builders

NOTICE = "云川市人民政府关于加强防汛工作的通知\n云政发〔2024〕10号\n各县（市、区）人民政府：\n市水务局负责防汛工作。\n"


@pytest.fixture
def app(tmp_path: Path) -> Application:
    return Application(Settings(Home(tmp_path / "home"), workers=1))


@pytest.fixture
def stopping(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A reader whose second page is always stopped; the list grows with what was read."""
    read: list[Path] = []

    def read_in_part(path: Path, *_: object) -> ingest.IssueReading:
        read.append(path)
        origin = source_of(path)
        issue = replace(builders.issue(builders.document("市水务局负责防汛工作。", origin=origin)), source=origin)
        return ingest.IssueReading(issue, (Failure(path.name, "ingest", "超过 25 秒", "再读一次", 2, again=True),))

    monkeypatch.setattr(ingest, "read_file", read_in_part)
    return read


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failure, "BACKOFF", (0.0, 0.0))


def test_a_stopped_page_is_tried_again_a_bounded_number_of_times(
    app: Application, tmp_path: Path, stopping: list[Path], at_once: None
) -> None:
    (tmp_path / "a.txt").write_text(NOTICE, "utf-8")
    statuses = [next(iter(app.ingest([tmp_path / "a.txt"]))).status for _ in range(MOST_ATTEMPTS + 2)]
    assert statuses == [*[IngestStatus.PARTIAL] * MOST_ATTEMPTS, IngestStatus.UNCHANGED, IngestStatus.UNCHANGED]
    assert [each.attempts for each in app.store.ledger.all()] == [MOST_ATTEMPTS]
    list(app.ingest([tmp_path / "a.txt"], anew=True))  # a person asks
    assert (len(stopping), app.store.ledger.all()[0].attempts) == (MOST_ATTEMPTS + 1, 1)


def test_a_page_that_comes_at_last_leaves_nothing_behind(
    app: Application, tmp_path: Path, stopping: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(NOTICE, "utf-8")
    list(app.ingest([tmp_path / "a.txt"]))
    monkeypatch.undo()
    monkeypatch.setattr(failure, "BACKOFF", (0.0, 0.0))
    (outcome,) = app.ingest([tmp_path / "a.txt"])
    assert (outcome.status, app.store.ledger.entries()) == (IngestStatus.ADDED, [])


@pytest.mark.parametrize(
    ("attempts", "ago", "due"),
    [
        (1, 30, False),  # memory is short for a while
        (1, 61, True),
        (2, 61, False),
        (2, 901, True),
        (MOST_ATTEMPTS, 10_000, False),
        (1, -3600, True),  # the clock was set back
    ],
)
def test_tries_lie_further_and_further_apart(attempts: int, ago: int, due: bool) -> None:
    at = (datetime.now(UTC) - timedelta(seconds=ago)).isoformat()
    assert Failure("a.pdf", "ingest", "超过 25 秒", "", again=True, attempts=attempts, at=at).is_due() is due


def test_a_run_that_follows_at_once_costs_no_try(app: Application, tmp_path: Path, stopping: list[Path]) -> None:
    (tmp_path / "a.txt").write_text(NOTICE, "utf-8")
    statuses = [next(iter(app.ingest([tmp_path / "a.txt"]))).status for _ in range(2)]
    assert (statuses, len(stopping)) == ([IngestStatus.PARTIAL, IngestStatus.UNCHANGED], 1)


def test_a_server_tries_again_by_itself_and_not_for_ever(
    app: Application, tmp_path: Path, stopping: list[Path], at_once: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongbao.search_api.jobs._LOOK", 0.05)
    (tmp_path / "a.txt").write_text(NOTICE, "utf-8")
    list(app.ingest([tmp_path / "a.txt"]))
    jobs = Jobs(app)
    jobs.serve()
    until = time.monotonic() + 20
    while len(app.store.queue.all(JobState.FAILED)) < MOST_ATTEMPTS - 1 and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.3)  # and not once more
    jobs.stop()
    assert {job.by for job in jobs.all()} == {BY_ITSELF}
    assert (len(stopping), [each.attempts for each in app.store.ledger.all()]) == (MOST_ATTEMPTS, [MOST_ATTEMPTS])


def test_what_is_skipped_stands_in_the_ledger_once(app: Application, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    for _ in range(2):
        list(app.ingest([tmp_path / "a.jpg"]))
    (entry,) = app.store.ledger.entries(EntryState.SKIPPED)
    assert (entry.file, entry.path, app.store.ledger.all()) == ("a.jpg", str(tmp_path / "a.jpg"), [])


def test_names_that_no_text_holds(app: Application, tmp_path: Path) -> None:
    """GBK bytes of an old archive, a command to the terminal: read, named, and what comes after is read too."""
    names = ["公报.txt".encode("gbk"), b"\x1b[31mred.txt", "后.txt".encode()]
    for number, name in enumerate(names):
        path = Path(str(tmp_path.resolve())).joinpath(name.decode("utf-8", "surrogateescape"))
        path.write_text(NOTICE.replace("10号", f"{number}号"), "utf-8")
    outcomes = [o for o in app.ingest([tmp_path]) if o.status is IngestStatus.ADDED]
    files = sorted(issue.source.file for issue in app.store.issues())
    assert len(outcomes) == 3
    assert files == sorted(["公报.txt", "\ufffd[31mred.txt", "后.txt"])
    json.dumps(app.store.places(), ensure_ascii=False).encode()


@pytest.fixture
def waiting(app: Application, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A server whose work never begins, as if it were killed right after it answered."""
    monkeypatch.setattr("gongbao.search_api.jobs.Jobs._work", lambda self: None)
    assert app.store.id
    client = TestClient(create_app(app))
    client.headers["Authorization"] = f"Bearer {Tokens(app.settings.home).add('管理员', Access.ADMIN)}"
    return client


def test_an_upload_is_in_the_ledger_before_it_is_answered_and_resumed_after_a_kill(
    app: Application, waiting: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "很长的文件名" * 30 + ".txt"
    answer = waiting.post("/api/v1/uploads", files=[("files", (name, NOTICE.encode()))])
    assert answer.status_code == 202, answer.text
    (entry,) = app.store.ledger.entries(EntryState.WAITING)
    assert entry.file.startswith("很长的文件名")
    late = app.store.queue.add((), "张三", JobState.RECEIVING)  # came in part only
    app.store.files.put(f"{UPLOADS}{late}/半.txt", BytesIO(b"x"))
    monkeypatch.undo()
    monkeypatch.setattr("gongbao.search_api.jobs._LATE", timedelta(0))
    server = create_app(app)
    with TestClient(server):
        (job,) = (job for job in server.state.jobs.all() if job.id != late)
        list(server.state.jobs.follow(job.id))
    assert [document.number for document in app.store.documents()] == ["云政发〔2024〕10号"]
    assert app.store.ledger.entries() == []
    assert app.store.files.names(UPLOADS) == []


def test_ignore_and_retry_by_the_command_line(app: Application, tmp_path: Path) -> None:
    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(command, ["--home", str(tmp_path / "home"), *words])
        return done.exit_code, done.stdout

    (tmp_path / "a.txt").touch()
    (tmp_path / "b.jpg").touch()
    assert run("ingest", str(tmp_path / "a.txt"), str(tmp_path / "b.jpg"))[0] == 1
    assert run("ignore", "nothing.txt")[0] != 0
    assert run("ignore", "a.txt")[0] == 0
    found = json.loads(run("status", "--json")[1])
    assert (found["failures"], [entry["state"] for entry in found["others"]]) == ([], ["ignored", "skipped"])
    listed = run("status", "--failures")[1]
    assert all(word in listed for word in ("已忽略", "跳过"))
    (tmp_path / "a.txt").write_text(NOTICE, "utf-8")
    assert run("retry", "a.txt")[0] == 0
    assert [document.number for document in app.store.documents()] == ["云政发〔2024〕10号"]
    assert [entry.state for entry in app.store.ledger.entries()] == [EntryState.SKIPPED]
