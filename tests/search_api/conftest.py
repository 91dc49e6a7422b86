"""The sample corpus with a real embedded index, once for all tests of this package."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import uvicorn
from fastapi.testclient import TestClient
from gongbao.corpus.home import Home
from gongbao.search_api import cli
from gongbao.search_api.api import create_app
from gongbao.search_api.compose import Application, Settings
from gongbao.search_api.tokens import Access, Tokens
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.search_api.sample import fill

AXE = Path(__file__).parent / "axe" / "axe.min.js"
TODAY = date(2024, 5, 29)
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Application:
    return make_application(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def client(application: Application) -> Iterator[TestClient]:
    with TestClient(create_app(application), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def manager(application: Application) -> Iterator[TestClient]:
    """Somebody who keeps the 台账 of the module's own application."""
    secret = Tokens(application.settings.home).add("林知远", Access.MANAGER)
    with TestClient(create_app(application)) as client:
        client.headers["Authorization"] = f"Bearer {secret}"
        yield client


def make_application(root: Path) -> Application:
    """A home of its own, copied from one that was filled and indexed once."""
    shutil.copytree(_prepared(), root, dirs_exist_ok=True)
    return Application(Settings(Home(root), TODAY))


@lru_cache
def _prepared() -> Path:
    root = Path(tempfile.mkdtemp(prefix="gongbao-sample-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    application = Application(Settings(Home(root), TODAY))
    fill(application.settings.home).close()
    application.index()
    application.close()
    return root


@contextmanager
def serving(application: Application) -> Iterator[str]:
    """The real server in a thread on a free port; its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(application), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listener.close()


@pytest.fixture(scope="module")  # no longer: its event loop occupies the thread
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(application: Application) -> Iterator[str]:
    with serving(application) as address:
        yield address


def _is_fault(message: ConsoleMessage, unknown: list[str]) -> bool:
    """An error, unless it is the 404 of a page that the test asks for."""
    path = unquote(urlsplit(message.location.get("url", "")).path)
    return message.type == "error" and not (path in unknown and "404" in message.text)


@pytest.fixture
def unknown() -> list[str]:
    """Paths of the pages that a test asks for though there are none: /agencies/市才政局."""
    return []


@pytest.fixture
def page(browser: Browser, address: str, unknown: list[str]) -> Iterator[Page]:
    """Fails on any error in the console, as what the security policy forbids is one, and on requests to elsewhere."""
    context = browser.new_context(base_url=address, locale="zh-CN", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if _is_fault(message, unknown) else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: errors.append(request.url) if not request.url.startswith(address) else None)
    yield page
    context.close()
    assert errors == []


def _chromium() -> str:
    """Debian's browser; CHROMIUM names another. A missing one fails: the tests must not pass unseen."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert found, "no Chromium: apt-get install chromium, or set CHROMIUM"
    return found


def sign_in(page: Page, secret: str, then: str = "/review") -> None:
    """As a person does, by the form; `then` is the page that comes next."""
    page.goto(f"/login?next={then}")
    page.get_by_label("凭证").fill(secret)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"**{then}")


def assert_accessible(page: Page) -> None:
    """axe finds nothing serious on a wide screen and on a phone, and nothing is wider than the screen."""
    page.add_script_tag(path=AXE)
    for width in (1440, 375):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []


@pytest.fixture
def gongbao(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, sample_home: Path) -> Run:
    """Runs a command in the sample's home (or another): exit code, output, messages."""

    def run(*arguments: object, home: Path = sample_home) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["gongbao", "--home", str(home), "--today", "2024-06-15", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capfd.readouterr()
        return int(ended.value.code or 0), out, err

    return run
