"""Two processes of the server over one PostgreSQL and one object store, each with a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from gongbao.corpus.home import Home
from gongbao.search_api.tokens import Access, Tokens

from tests.objects import free_port, wait_for

pytestmark = pytest.mark.postgresql
NOTICE = "云川市人民政府关于加强防汛工作的通知\n云政发〔2024〕{}号\n各县（市、区）人民政府：\n市水务局负责防汛工作。\n"


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen[bytes]
    client: httpx.Client

    def job(self, name: str) -> dict[str, object]:
        found: dict[str, object] = self.client.get(f"/api/v1/jobs/{name}").raise_for_status().json()
        return found


@contextmanager
def server(home: Path, environment: dict[str, str]) -> Iterator[Server]:
    port = free_port()
    secret = Tokens(Home(home)).add("管理员", Access.ADMIN)
    command = [sys.executable, "-m", "gongbao", "--home", str(home), "serve", "--port", str(port)]
    with subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}")
            headers = {"Authorization": f"Bearer {secret}"}
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=20) as client:
                yield Server(process, client)
        finally:
            process.kill()
