"""What stands before every request: who, how many, how often, how slowly, from which site."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient
from gongbao.corpus.errors import UsageError
from gongbao.search_api.api import create_app
from gongbao.search_api.cli.serve import _listen, _own_names
from gongbao.search_api.http import patience
from gongbao.search_api.http.figures import IN_HAND, WAITING
from gongbao.search_api.settings import ServerSettings, read_settings
from gongbao.search_api.tokens import Access, Tokens
from structlog.testing import capture_logs

from tests.search_api.conftest import make_application


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """A real server on a free port of this machine."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", http=patience.PatientProtocol))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    return create_app(make_application(tmp_path), ServerSettings(at_once=1, waiting=0, body_seconds=0.3))


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("GONGBAO_UPLOAD_MB", "200M", "一次上传"),  # a unit was written
        ("GONGBAO_UPLOAD_MB", "0", "一次上传"),  # nothing could be sent
        ("GONGBAO_LOG", "verbose", "debug、info"),
    ],
)
def test_a_wrong_setting_is_told(name: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError, match=name) as error:
        read_settings()
    assert told in error.value.remedy


def test_names_are_divided_at_commas_and_an_empty_value_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGBAO_CORS", "https://a.example, https://b.example,")
    monkeypatch.setenv("GONGBAO_HOSTS", "")
    assert read_settings().cors == ("https://a.example", "https://b.example")
    assert read_settings().hosts == ()


def test_every_setting_is_documented() -> None:
    told = (Path(__file__).parents[2] / "docs" / "settings.md").read_text("utf-8")
    assert [name for name in ServerSettings.model_fields if f"`GONGBAO_{name.upper()}`" not in told] == []


def test_when_all_places_are_taken_the_next_is_told_at_once(app: FastAPI) -> None:
    entered, leave = threading.Event(), threading.Event()

    @app.get("/api/v1/slow")
    def slow() -> None:
        entered.set()
        leave.wait(10)

    with serving(app) as address, httpx.Client(base_url=address) as client:
        busy = threading.Thread(target=lambda: httpx.get(f"{address}/api/v1/slow", timeout=20))
        busy.start()
        entered.wait(10)
        with capture_logs() as lines:
            began = time.perf_counter()
            refused = client.get("/api/v1/documents")
            took = time.perf_counter() - began
            page = client.get("/documents")
        again = [client.get("/api/v1/documents") for _ in range(30)]
        pulse = client.get("/api/v1/health/live")
        leave.set()
        busy.join()
    assert (refused.status_code, page.status_code) == (503, 503)
    told = {answer.headers["retry-after"] for answer in (refused, page, *again)}
    assert {"1", "2", "3"} >= told > {min(told)}  # not all at one moment
    assert page.headers["content-security-policy"].startswith("default-src 'none'")  # what is refused is a page, too
    assert [line["log_level"] for line in lines] == ["info"] * 2  # nothing failed: no errors to read at the worst time
    assert pulse.status_code == 200  # a watcher must not think that the server is dead
    assert took < 1


def test_who_would_wait_too_long_is_told_at_once(tmp_path: Path) -> None:
    """There is room for five to wait; but with requests of half a second, the second one's turn comes too late."""
    app = create_app(make_application(tmp_path), ServerSettings(at_once=1, waiting=5, wait_seconds=0.4))
    leave = threading.Event()

    @app.get("/api/v1/slow")
    def slow(seconds: float = 10) -> None:
        leave.wait(seconds)

    with serving(app) as address, ThreadPoolExecutor() as readers, httpx.Client(base_url=address) as client:
        client.get("/api/v1/slow?seconds=0.5")
        served = [readers.submit(httpx.get, f"{address}/api/v1/slow", timeout=20) for _ in range(2)]
        while [gauge.collect()[0].samples[0].value for gauge in (IN_HAND, WAITING)] != [1, 1]:
            time.sleep(0.01)
        began = time.perf_counter()
        refused = client.get("/api/v1/slow")
        took = time.perf_counter() - began
        time.sleep(1.4)  # over three times what should be waited: who was let in is not turned away after all
        leave.set()
        assert [each.result().status_code for each in served] == [200, 200]
    assert (refused.status_code, took < 0.4) == (503, True)  # without waiting first


def test_a_form_that_drips_in_takes_no_place(app: FastAPI) -> None:
    """There is one place, and the form is no one's whom we know."""
    head = (
        b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99\r\n"
    )
    with serving(app) as address, _connection(address) as dripping:
        dripping.sendall(head + b"\r\ntoken=")
        assert httpx.get(f"{address}/api/v1/documents").status_code == 200
        assert b" 408 " in dripping.recv(100)


def test_who_reads_slowly_takes_no_place(app: FastAPI) -> None:
    entered, leave = threading.Event(), threading.Event()

    @app.get("/api/v1/long")
    def long() -> StreamingResponse:
        def parts() -> Iterator[bytes]:
            yield b"x"
            entered.set()
            leave.wait(10)

        return StreamingResponse(parts())

    with serving(app) as address:
        reading = threading.Thread(target=lambda: httpx.get(f"{address}/api/v1/long", timeout=20))
        reading.start()
        entered.wait(10)
        answer = httpx.get(f"{address}/api/v1/documents")
        leave.set()
        reading.join()
    assert answer.status_code == 200


def test_one_caller_cannot_take_every_minute(tmp_path: Path) -> None:
    client = TestClient(create_app(make_application(tmp_path), ServerSettings(per_minute=3)))
    answers = [client.get("/api/v1/documents") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["retry-after"]


def test_a_body_that_stops_coming_is_given_up(app: FastAPI, tmp_path: Path) -> None:
    secret = Tokens(make_application(tmp_path).settings.home).add("管理员", Access.ADMIN)
    head = f"POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {secret}\r\nContent-Length: 9\r\n"
    with serving(app) as address, _connection(address) as one:
        one.sendall(f"{head}Content-Type: multipart/form-data; boundary=x\r\n\r\n".encode())
        assert b" 408 " in one.recv(100)


def test_connections_that_say_nothing_are_closed(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also those that send a letter now and then."""
    monkeypatch.setattr(patience, "_SECONDS", 0.3)
    with serving(app) as address:
        silent, dripping = _connection(address), _connection(address)
        dripping.sendall(b"GET / HT")
        began = time.monotonic()
        assert (_closed(silent), _closed(dripping)) == (True, True)
        assert time.monotonic() - began < 5
        assert httpx.get(f"{address}/api/v1/health/live").status_code == 200


def _connection(address: str) -> socket.socket:
    host, port = address.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=10)


def _closed(connection: socket.socket) -> bool:
    with connection:
        try:
            return connection.recv(1) == b""
        except ConnectionResetError:
            return True


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),  # a program
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://testserver"}, 303),  # an old browser, our own page
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),  # a sandboxed frame
    ],
)
def test_another_site_cannot_log_a_reader_out(tmp_path: Path, headers: dict[str, str], status: int) -> None:
    client = TestClient(create_app(make_application(tmp_path)), follow_redirects=False)
    assert client.post("/logout", headers=headers).status_code == status


def test_other_host_names_are_refused_where_ours_are_set(tmp_path: Path) -> None:
    client = TestClient(create_app(make_application(tmp_path), ServerSettings(hosts=("gongbao.example",))))
    refused = client.get("/api/v1/health/live")
    assert (refused.status_code, "GONGBAO_HOSTS" in refused.json()["remedy"]) == (400, True)
    assert client.get("/api/v1/health/live", headers={"Host": "gongbao.example:8000"}).status_code == 200


@pytest.mark.parametrize(
    ("names", "host", "status"),
    [
        (("*",), "anything.example", 200),
        (("*.example",), "a.example", 200),
        (("*.example",), "notexample", 400),
        (("::1",), "[::1]:8000", 200),
        (("localhost",), "", 400),
        (("localhost",), "[", 400),
    ],
)
def test_host_names(tmp_path: Path, names: tuple[str, ...], host: str, status: int) -> None:
    client = TestClient(create_app(make_application(tmp_path), ServerSettings(hosts=names)))
    assert client.get("/api/v1/health/live", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(("host", "names"), [("127.0.0.1", "localhost"), ("::1", "localhost"), ("0.0.0.0", "*")])
def test_who_listens_on_this_machine_alone_is_asked_by_its_names(host: str, names: str) -> None:
    """Else a site whose name leads to 127.0.0.1 would read the corpus through the reader's browser."""
    assert _own_names(host)[0] == names


def test_a_small_answer_is_sent_at_once() -> None:
    """Else it lies in the server until the client's delayed acknowledgement, 40 ms."""
    with _listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_every_answer_has_a_number_and_a_method_that_is_not_taken_names_those_that_are(tmp_path: Path) -> None:
    client = TestClient(create_app(make_application(tmp_path)))
    secret = Tokens(make_application(tmp_path).settings.home).add("管理员", Access.ADMIN)
    answer = client.delete("/api/v1/documents", headers={"Authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert answer.headers["x-request-id"]


def test_metrics_count_by_route(tmp_path: Path) -> None:
    with TestClient(create_app(make_application(tmp_path)), client=("127.0.0.1", 5000)) as client:
        client.get("/api/v1/documents")
        told = client.get("/api/v1/metrics").text
    assert 'route="/api/v1/documents"' in told
    assert "gongbao_request_seconds" in told


def test_metrics_are_not_for_other_machines(tmp_path: Path) -> None:
    client = TestClient(create_app(make_application(tmp_path)), client=("192.0.2.7", 5000))
    assert client.get("/api/v1/metrics").status_code == 401


def test_health_names_no_files_and_sees_that_the_database_is_gone(tmp_path: Path) -> None:
    application = make_application(tmp_path)
    client = TestClient(create_app(application))
    assert "failures" not in client.get("/api/v1/health").json()
    assert client.get("/api/v1/health/ready").status_code == 200
    application.settings.home.database.unlink()
    assert client.get("/api/v1/health/ready").status_code == 503
    assert client.get("/api/v1/health/live").status_code == 200


def test_a_token_ends_with_its_last_day_and_a_renewed_one_with_the_old(tmp_path: Path) -> None:
    tokens = Tokens(make_application(tmp_path).settings.home)
    today = date.today()
    held, over = tokens.add("甲", Access.READER, today), tokens.add("乙", Access.READER, today - timedelta(days=1))
    assert (tokens.person(held) is not None, tokens.person(over)) == (True, None)
    renewed = tokens.renew("甲", today)
    assert (tokens.person(held), tokens.person(renewed) is not None) == (None, True)


def test_who_reached_us_by_https_comes_back_by_https(tmp_path: Path) -> None:
    app = create_app(make_application(tmp_path))
    told = [TestClient(app, base_url=f"{scheme}://testserver").get("/login").headers for scheme in ("http", "https")]
    assert [headers.get("strict-transport-security") for headers in told] == [None, "max-age=31536000"]
