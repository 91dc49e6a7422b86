"""Points of OWASP ASVS level 1 (docs/security.md) that have no test elsewhere."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from gongbao.corpus.files import EVIDENCE
from gongbao.corpus.home import Home
from gongbao.corpus.sessions import DAYS
from gongbao.corpus.store import Store
from gongbao.search_api.api import create_app
from gongbao.search_api.compose import Application, Settings
from gongbao.search_api.settings import ServerSettings
from gongbao.search_api.tokens import Access, Tokens

from tests.search_api.conftest import make_application

ROOT = Path(__file__).parents[2]
ROOMS = ("corpus", "index", "ingest", "nlp", "search_api")
ELSEWHERE = ("192.0.2.7", 5000)


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Application:
    return make_application(tmp_path_factory.mktemp("security"))


@pytest.fixture
def token(application: Application) -> Iterator[str]:
    yield Tokens(application.settings.home).add("林知远", Access.REVIEWER)
    Tokens(application.settings.home).remove("林知远")


@pytest.fixture
def client(application: Application) -> TestClient:
    return _client(application)


def _client(application: Application, scheme: str = "https", **settings: object) -> TestClient:
    app = create_app(application, ServerSettings(per_minute=100_000, **settings))  # type: ignore[arg-type]
    return TestClient(app, base_url=f"{scheme}://testserver", client=ELSEWHERE, follow_redirects=False)


def _login(client: TestClient, token: str) -> None:
    assert client.post("/login", data={"token": token}).status_code == 303


def _may_read(client: TestClient) -> bool:
    return client.get("/api/v1/tasks").status_code == 200


# --- sessions


def test_the_cookie_is_no_token(client: TestClient, token: str, application: Application) -> None:
    _login(client, token)
    (secret,) = (value for name, value in client.cookies.items() if "session" in name)
    assert secret != token
    assert len(secret) == 32  # 192 bits
    assert client.get("/api/v1/tasks", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    dumped = "".join(line for _, lines in application.store.dump() for line in lines)
    assert secret not in dumped
    assert hashlib.sha256(secret.encode()).hexdigest() in dumped


def test_each_login_is_a_session_of_its_own(client: TestClient, token: str) -> None:
    _login(client, token)
    before = dict(client.cookies)
    _login(client, token)
    assert dict(client.cookies) != before
    old = TestClient(client.app, base_url="https://testserver", client=ELSEWHERE, cookies=before)
    assert (_may_read(client), _may_read(old)) == (True, False)


def test_a_session_ends_when_its_reader_leaves(client: TestClient, token: str) -> None:
    _login(client, token)
    kept = dict(client.cookies)
    assert _may_read(client)
    left = client.post("/logout")
    assert left.headers["clear-site-data"] == '"cache", "storage"'
    client.cookies.update(kept)  # whoever copied it
    assert not _may_read(client)


def test_a_session_ends_with_its_token(client: TestClient, application: Application) -> None:
    tokens = Tokens(application.settings.home)
    tokens.add("管理员", Access.ADMIN)  # so that there is a token still
    _login(client, tokens.add("沈若谷", Access.READER))
    before = _may_read(client)
    tokens.renew("沈若谷")
    after = _may_read(client)
    for name in ("管理员", "沈若谷"):
        tokens.remove(name)
    assert (before, after) == (True, False)


def test_a_session_ends_by_itself(application: Application) -> None:
    sessions, today = application.store.sessions, date(2024, 5, 15)
    secret = sessions.begin("x", today)
    days = [sessions.token_of(secret, today + timedelta(days=after)) for after in (DAYS, DAYS + 1)]
    assert days == ["x", None]


def test_cookies_under_https(application: Application, token: str) -> None:
    told = {}
    for scheme in ("http", "https"):
        client = _client(application, scheme)
        answers = [client.post("/login", data={"token": token}), client.post("/mine", data={"agency": "市水利局"})]
        told[scheme] = [answer.headers.get("set-cookie", "") for answer in answers]
    assert all(each.startswith("__Host-") and "Secure" in each and "Path=/" in each for each in told["https"])
    assert not any("__Host-" in each for each in told["http"])  # a browser would not keep it


# --- tokens


@pytest.mark.parametrize("change", [str.lower, lambda t: t[:-1], lambda t: f"{t}x", lambda t: f" {t}x"[1:-2]])
def test_a_token_holds_only_as_it_is(client: TestClient, token: str, change) -> None:  # type: ignore[no-untyped-def]
    tried = [client.get("/api/v1/tasks", headers={"Authorization": f"Bearer {t}"}) for t in (token, change(token))]
    assert [answer.status_code for answer in tried] == [200, 401]


def test_a_token_in_an_address_is_none(client: TestClient, token: str) -> None:
    for name in ("token", "gongbao_token", "access_token", "authorization"):
        assert client.get("/api/v1/tasks", params={name: token}).status_code == 401


def test_a_new_home_knows_nobody(tmp_path: Path) -> None:
    application = Application(Settings(Home(tmp_path)))
    assert application.store.id
    assert Tokens(application.settings.home).all() == []
    client = TestClient(create_app(application), client=ELSEWHERE)
    assert client.post("/api/v1/uploads", headers={"Authorization": "Bearer admin"}).status_code == 401


def test_the_field_for_a_token_hides_it(client: TestClient) -> None:
    field = re.search(r"<input[^>]*id=\"token\"[^>]*>", client.get("/login").text)
    assert field
    assert 'type="password"' in field[0]
    assert "onpaste" not in field[0]


def test_digests_are_sha_256() -> None:
    """No other function of digests is named in the program."""
    used = {found for text in _sources() for found in re.findall(r"hashlib\.(\w+)", text)} - {"file_digest"}
    assert used == {"sha256"}


# --- what comes in


@pytest.mark.parametrize("text", ["' OR 1=1 --", '"; DROP TABLE documents; --', "$(reboot)", "`id`", "{{7*7}}"])
def test_signs_of_sql_and_of_shells_are_words(client: TestClient, token: str, text: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    for path in ("/api/v1/search", "/api/v1/tasks", "/api/v1/suggest"):
        assert client.get(path, params={"q": text}, headers=headers).status_code == 200
    for name in ("agency", "document", "issuer", "person", "tag"):
        answer = client.get("/api/v1/tasks", params={name: text}, headers=headers)
        assert (answer.status_code in (200, 404), answer.json().get("items", [])) == (True, [])  # names nothing
    assert client.get("/api/v1/documents", headers=headers).json()["items"]


def test_nothing_runs_what_it_is_given() -> None:
    """pickle only between our own processes: pages of a worker, work for a scheduler."""
    forbidden = re.compile(r"\b(?:eval|exec)\(|shell=True|os\.system|os\.popen|yaml\.load\(|marshal\.loads")
    assert [text[:80] for text in _sources() if forbidden.search(text)] == []
    unpickled = {path.name for path in _files() if "pickle.loads" in path.read_text("utf-8")}
    assert unpickled == {"pool.py", "cluster.py"}


def test_no_writing_from_another_site(client: TestClient, token: str) -> None:
    """Whatever the body says it is; so none gets by without the question that browsers ask first."""
    _login(client, token)
    for kind in ("application/json", "text/plain", "application/x-www-form-urlencoded"):
        headers = {"Content-Type": kind, "Origin": "https://evil.example"}
        for path in ("/api/v1/items", "/api/v1/uploads", "/review/x"):
            assert client.post(path, content=b"{}", headers=headers).status_code == 403


def test_reading_changes_nothing(application: Application) -> None:
    """Nothing that is got writes: dumped before and after every page without parameters."""
    admin = Tokens(application.settings.home).add("管理员", Access.ADMIN)
    client = _client(application)
    client.headers["Authorization"] = f"Bearer {admin}"
    rows = (ROOT / "tests" / "search_api" / "access.tsv").read_text("utf-8").splitlines()[1:]
    paths = [path for method, path, _ in (row.split("\t") for row in rows) if method == "GET" and "{" not in path]
    before = _dumped(application)
    for path in paths:
        client.get(path, params={"q": "防汛"})
    Tokens(application.settings.home).remove("管理员")
    assert len(paths) > 30
    assert _dumped(application) == before


def _dumped(application: Application) -> dict[str, list[str]]:
    return {name: list(lines) for name, lines in application.store.dump()}


# --- what goes out


def test_after_login_only_this_server_is_led_to(client: TestClient, token: str) -> None:
    for address in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        assert client.post("/login", data={"token": token, "next": address}).headers["location"] == "/"


def test_other_origins_read_only_where_named(application: Application) -> None:
    asking = {"Origin": "https://data.example.gov"}
    for named, told in (((), None), (("https://data.example.gov",), "https://data.example.gov")):
        client = _client(application, cors=named, public=True)
        headers = client.get("/api/v1/tasks", headers=asking).headers
        assert headers.get("access-control-allow-origin") == told
        assert "access-control-allow-credentials" not in headers
    other = client.get("/api/v1/tasks", headers={"Origin": "https://evil.example"}).headers
    assert "access-control-allow-origin" not in other


def test_kept_files_come_as_attachments(client: TestClient, application: Application, token: str) -> None:
    name = f"{'a' * 64}.html"
    application.store.files.put(f"{EVIDENCE}{name}", BytesIO(b"<script>alert(1)</script>"))
    answer = client.get(f"/api/v1/evidence/{name}", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize(
    "path", ["/", "/api/v1/export/tasks?format=csv", "/api/v1/feeds/tasks.atom", "/static/base.css"]
)
def test_text_says_that_it_is_utf_8(application: Application, path: str) -> None:
    kind = _client(application, public=True).get(path).headers["content-type"]
    assert "charset=utf-8" in kind.lower()


def test_scripts_set_text_never_html() -> None:
    scripts = [path for path in (ROOT / "search_api" / "web" / "static").glob("*.js") if ".min." not in path.name]
    assert scripts
    raw = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(")
    assert [
        path.name for path in scripts if path.stat().st_size < 100_000 and raw.search(path.read_text("utf-8"))
    ] == []


# --- where it runs


def test_the_proxy_is_not_told_to_weaken_tls() -> None:
    """Caddy leads to HTTPS and speaks TLS 1.2 and newer unless told otherwise."""
    told = (ROOT / "deploy" / "Caddyfile").read_text("utf-8")
    assert not any(word in told for word in ("auto_https", "protocols", "http://", "tls_insecure"))


def test_no_history_is_shipped() -> None:
    assert ".git" in (ROOT / ".dockerignore").read_text("utf-8").split()


def test_a_home_is_its_owners(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    Store.open(home).close()
    Tokens(home).add("林知远", Access.READER)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (home.root, home.root / "tokens.toml")]
    assert modes == [0o700, 0o600]


def _files() -> list[Path]:
    return [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def _sources() -> list[str]:
    return [path.read_text("utf-8") for path in _files()]
