"""No request goes out: every stage and every page, in a network namespace that has nothing but itself."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

CHILD = """
import re, sys
from pathlib import Path

tried = []

def watch(event, found):
    outwards = event == "socket.connect" and isinstance(found[1], tuple)
    if outwards or event in ("socket.getaddrinfo", "socket.gethostbyname"):
        tried.append((event, found[1:]))

sys.addaudithook(watch)

from fastapi.testclient import TestClient
from gongbao.corpus.home import Home
from gongbao.search_api.api import create_app
from gongbao.search_api.compose import Application, Settings
from gongbao.search_api.settings import ServerSettings

home, notice, table = map(Path, sys.argv[1:])
app = Application(Settings(Home(home), workers=1))
assert [outcome.documents for outcome in app.ingest([notice])] == [1]
app.extract(fast=True)
app.index()
app.embed()
with TestClient(create_app(app, ServerSettings(per_minute=10_000)), raise_server_exceptions=False) as client:
    assert client.get("/api/v1/ask", params={"q": "防汛由谁负责"}).status_code == 200
    for line in table.read_text("utf-8").splitlines()[1:]:
        method, path, _ = line.split("\\t")
        if method == "GET" and "events" not in path:
            assert client.get(re.sub("{[^}]+}", "none", path)).status_code < 500, path
print(tried)
"""
NOTICE = "云川市人民政府关于加强防汛工作的通知\n云政发〔2024〕10号\n各县（市、区）人民政府：\n市水务局负责防汛工作。\n"


def alone() -> list[str]:
    """What runs a command without any network; nothing where the system does not let us: then it is only watched."""
    command = [shutil.which("unshare") or "unshare", "--map-root-user", "--net"]
    try:
        allowed = subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        allowed = False
    return command if allowed else []


def test_nothing_is_asked_of_anybody(sample_home: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_home, tmp_path / "home")
    (tmp_path / "通知.txt").write_text(NOTICE, "utf-8")
    table = Path(__file__).parent / "search_api" / "access.tsv"
    command = [*alone(), sys.executable, "-c", CHILD, tmp_path / "home", tmp_path / "通知.txt", table]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=200)
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, ["[]"]), done.stderr[-2000:]
