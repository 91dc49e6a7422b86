"""Reminders: each once, by a real mail server and a real receiver, also where processes die and services are down."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from datetime import date, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MailHandler
from fastapi.testclient import TestClient
from gongbao.corpus.desk.subscriptions import Channel, Message
from gongbao.corpus.errors import UsageError
from gongbao.search_api import following
from gongbao.search_api.api import create_app
from gongbao.search_api.cli import app as command
from gongbao.search_api.cli.remind import next_moment
from gongbao.search_api.compose import Application
from gongbao.search_api.following import Sent
from gongbao.search_api.reminders import Delivery, preview, run
from gongbao.search_api.tokens import Access, Tokens
from typer.testing import CliRunner

from tests.search_api.conftest import make_application
from tests.search_api.sample import flood_plan

WATER = "agency=云川市水利局"  # one task of it is due on 31 May 2024
TASK = flood_plan().assignments[2]
DAYS = {"30": date(2024, 5, 20), "3": date(2024, 5, 29), "0": date(2024, 5, 31), "overdue": date(2024, 6, 3)}


class _Mailbox(MailHandler):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Any] = []

    def handle_message(self, message: Any) -> None:
        self.mails.append(message_from_bytes(message.as_bytes()))


@pytest.fixture
def mailbox() -> Iterator[tuple[_Mailbox, Delivery]]:
    box = _Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, Delivery(f"smtp://127.0.0.1:{port}", "gongbao@example.com")
    controller.stop()


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[Any], list[int]]]:
    """An address, what came there, and the statuses that it will answer with (200 when there are none)."""
    came: list[Any] = []
    answers: list[int] = []

    class Robot(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(answers.pop(0) if answers else 200)
            self.end_headers()
            self.wfile.write(b'{"errcode": 0}')

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Robot)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/robot", came, answers
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def application(tmp_path: Path) -> Application:
    return make_application(tmp_path / "home")


def _subscribe(application: Application, channel: Channel, target: str, query: str = WATER) -> str:
    return application.store.subscriptions.add("林知远", "水利任务", query, channel, target)[1]


def test_each_mark_is_told_once_by_mail(application: Application, mailbox: tuple[_Mailbox, Delivery]) -> None:
    box, delivery = mailbox
    _subscribe(application, Channel.MAIL, "lin@example.com")
    told = []
    for day in DAYS.values():
        for _ in range(2):  # the second round of a day tells nothing
            told.append(len(run(application, delivery, day).sent))
    assert told == [1, 0] * len(DAYS)
    subjects = [str(make_header(decode_header(mail["Subject"]))) for mail in box.mails]
    assert subjects[0] == "水利任务：1 项任务到期提醒（2024年5月20日）"
    text = box.mails[-1].get_payload(decode=True).decode()
    assert f"逾期3天：{TASK.what}（市水利局，5月底前（2024-05-31），云政发〔2024〕10号）" in text
    assert box.mails[0]["To"] == "lin@example.com"


def test_what_is_done_is_not_told(application: Application, mailbox: tuple[_Mailbox, Delivery]) -> None:
    _subscribe(application, Channel.MAIL, "lin@example.com")
    following.change_items(application, [(TASK.id, 0, Sent(state="done").change())], "林知远")
    assert run(application, mailbox[1], DAYS["3"]).sent == ()


def test_another_deadline_is_told_anew(application: Application, mailbox: tuple[_Mailbox, Delivery]) -> None:
    _subscribe(application, Channel.MAIL, "lin@example.com")
    run(application, mailbox[1], DAYS["3"])
    following.change_items(application, [(TASK.id, 0, Sent(due="2024-06-01").change())], "林知远")
    assert len(run(application, mailbox[1], DAYS["3"]).sent) == 1


def test_a_preview_keeps_and_sends_nothing(application: Application, mailbox: tuple[_Mailbox, Delivery]) -> None:
    _subscribe(application, Channel.MAIL, "lin@example.com")
    for _ in range(2):
        assert [message.title for message in preview(application, DAYS["3"])] == [
            "水利任务：1 项任务到期提醒（2024年5月29日）"
        ]
    assert mailbox[0].mails == []
    assert len(run(application, mailbox[1], DAYS["3"]).sent) == 1


@pytest.mark.parametrize(
    ("channel", "read"),
    [
        (Channel.DINGTALK, lambda p: (p["msgtype"], p["markdown"]["title"], p["markdown"]["text"])),
        (Channel.WECOM, lambda p: (p["msgtype"], p["markdown"]["content"], p["markdown"]["content"])),
        (Channel.FEISHU, lambda p: (p["msg_type"], p["content"]["text"], p["content"]["text"])),
        (Channel.JSON, lambda p: ("json", p["title"], p["lines"][0])),
    ],
)
def test_robots_get_what_they_take(
    application: Application, receiver: tuple[str, list[Any], list[int]], channel: Channel, read: Any
) -> None:
    address, came, _ = receiver
    _subscribe(application, channel, address)
    assert len(run(application, Delivery(), DAYS["3"]).sent) == 1
    kind, title, text = read(came[0])
    assert kind in ("markdown", "text", "json")
    assert "1 项任务到期提醒" in title
    assert TASK.what in text


def test_a_service_that_is_down_loses_nothing_and_is_told(
    application: Application, receiver: tuple[str, list[Any], list[int]]
) -> None:
    address, came, answers = receiver
    _subscribe(application, Channel.JSON, address)
    answers.append(500)
    first = run(application, Delivery(), DAYS["3"])
    assert (len(first.sent), [message.attempts for message in first.failed]) == (0, [1])
    (waiting,) = application.store.subscriptions.waiting()
    assert "Webhook 没有送到" in waiting.error
    assert run(application, Delivery(), DAYS["3"]).sent == (), "not before its time"
    _make_due(application)
    assert len(run(application, Delivery(), DAYS["3"]).sent) == 1
    assert came[0]["id"] == came[1]["id"], "the same message, so that a receiver can tell"


def _make_due(application: Application, hours: int = 24) -> None:
    """As if the time had passed."""
    import sqlalchemy as sa
    from gongbao.corpus.desk.subscriptions import outbox

    with application.store._writing() as connection:
        connection.execute(sa.update(outbox).values(next="2000-01-01"))


class Killed(BaseException):
    """The process is gone in the middle."""


def test_killed_in_the_middle_nothing_is_lost_and_nothing_told_twice(
    application: Application, receiver: tuple[str, list[Any], list[int]]
) -> None:
    address, came, _ = receiver
    for _ in range(3):
        _subscribe(application, Channel.JSON, address)

    def dies(message: Message, delivery: Delivery) -> None:
        from gongbao.search_api.reminders import send

        if came:
            raise Killed
        send(message, delivery)

    with pytest.raises(Killed):
        run(application, Delivery(), DAYS["3"], dies)
    assert len(came) == 1
    run(application, Delivery(), DAYS["3"])
    assert len(came) == 2, "what the dead one held waits until it is surely gone"
    _make_due(application)
    run(application, Delivery(), DAYS["3"])
    assert len({message["id"] for message in came}) == len(came) == 3


def test_several_processes_at_once(application: Application, receiver: tuple[str, list[Any], list[int]]) -> None:
    address, came, _ = receiver
    for _ in range(4):
        _subscribe(application, Channel.JSON, address)
    others = [Application(application.settings) for _ in range(3)]
    threads = [threading.Thread(target=run, args=(other, Delivery(), DAYS["3"])) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({message["id"] for message in came}) == len(came) == 4


def test_mail_without_a_server_says_what_to_set(application: Application) -> None:
    _subscribe(application, Channel.MAIL, "lin@example.com")
    (failed,) = run(application, Delivery(), DAYS["3"]).failed
    assert "GONGBAO_SMTP_URL" in failed.error


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2024, 2, 28, 9, 0), datetime(2024, 2, 29, 8, 0)),  # a leap day
        (datetime(2024, 2, 29, 8, 0), datetime(2024, 3, 1, 8, 0)),
        (datetime(2023, 2, 28, 8, 0, 1), datetime(2023, 3, 1, 8, 0)),
        (datetime(2024, 12, 31, 7, 59), datetime(2024, 12, 31, 8, 0)),
    ],
)
def test_the_next_morning(now: datetime, expected: datetime) -> None:
    assert next_moment(8, 0, now) == expected


def test_a_secret_address_is_read_without_a_token_until_it_is_taken_back(application: Application) -> None:
    Tokens(application.settings.home).add("林知远", Access.READER)
    secret = _subscribe(application, Channel.NONE, "")
    with TestClient(create_app(application)) as client:
        assert client.get("/api/v1/tasks").status_code == 401
        feed = feedparser.parse(client.get(f"/api/v1/secret/{secret}.atom").content)
        assert feed.bozo is False or not feed.bozo
        assert TASK.what in [entry.title for entry in feed.entries]
        calendar = icalendar.Calendar.from_ical(client.get(f"/api/v1/secret/{secret}.ics").content)
        assert TASK.what in [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")]
        (own,) = application.store.subscriptions.all("林知远")
        fresh = application.store.subscriptions.renew(own.id, "林知远")
        assert client.get(f"/api/v1/secret/{secret}.atom").status_code == 404
        assert client.get(f"/api/v1/secret/{fresh}.atom").status_code == 200
        application.store.subscriptions.remove(own.id, "林知远")
        assert client.get(f"/api/v1/secret/{fresh}.ics").status_code == 404


def test_subscriptions_are_ones_own(application: Application) -> None:
    _subscribe(application, Channel.NONE, "")
    (own,) = application.store.subscriptions.all("林知远")
    with pytest.raises(UsageError, match="不是您的"):
        application.store.subscriptions.remove(own.id, "沈若谷")


def test_the_page_subscribes_and_only_a_manager_sets_a_robot(application: Application) -> None:
    secret = Tokens(application.settings.home).add("沈若谷", Access.READER)
    with TestClient(create_app(application)) as client:
        assert client.post("/subscriptions", data={"name": "我的"}).status_code == 401
        client.headers["Authorization"] = f"Bearer {secret}"
        assert (
            'value="agency=%E4%BA%91%E5%B7%9D%E5%B8%82%E6%B0%B4%E5%88%A9%E5%B1%80&amp;state=running&amp;q=%E6%B0%B4"'
            in client.get(
                "/subscriptions", params={"agency": "云川市水利局", "state": "running", "q": "水", "cursor": "x"}
            ).text
        )
        page = client.post("/subscriptions", data={"name": "我的", "query": WATER, "channel": "none"}).text
        assert "/api/v1/secret/" in page
        robot = {"name": "群", "query": WATER, "channel": "dingtalk", "target": "https://example.com"}
        assert client.post("/subscriptions", data=robot).status_code == 403


def test_one_process_sends(application: Application) -> None:
    """While another does, this one says so and leaves it to that one."""
    home = str(application.settings.home.root)
    with application.store.alone("reminders") as mine:
        assert mine
        done = CliRunner().invoke(command, ["--home", home, "remind"])
    assert (done.exit_code, "另一个进程正在发送" in done.output) == (0, True)
