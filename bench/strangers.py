"""Strangers who send much, or nothing: what it costs the server, and whether others are answered meanwhile.

    python -m bench.strangers HOME

Six bodies of 190 MB of JSON without a token; 1,100 connections that send half a head; 60 login forms that drip in; 40
readers of an export who stop reading. Each time others ask for the list of documents. Prints Markdown; exit code 1
where somebody else waited longer than a second, or the server took over 800 MB.
"""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx

from bench.load import serving
from bench.processes import usage_of

WAIT, MEGABYTES = 1.0, 800
_BODY = 190 << 20
_HALF = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half"
_FORM = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 99\r\n\r\ntoken="

Open = Callable[[], socket.socket]


def bodies(connect: Open) -> Iterator[socket.socket]:
    """Sent on as long as the server takes it."""
    head = f"POST /api/v1/items HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {_BODY}\r\n"
    for _ in range(6):
        one = connect()
        one.sendall(f"{head}Content-Type: application/json\r\n\r\n".encode())
        one.settimeout(2)
        try:
            for _ in range(_BODY >> 20):
                one.sendall(b"[" * (1 << 20))
        except OSError:  # it was refused and closed
            pass
        yield one


def half_open(connect: Open) -> Iterator[socket.socket]:
    for _ in range(1100):
        one = connect()
        one.sendall(_HALF)
        yield one


def dripping(connect: Open) -> Iterator[socket.socket]:
    for _ in range(60):
        one = connect()
        one.sendall(b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\n" + _FORM)
        yield one


def slow_readers(connect: Open) -> Iterator[socket.socket]:
    for _ in range(40):
        one = connect()
        one.sendall(b"GET /api/v1/export/tasks?format=jsonl HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        yield one


ATTACKS = {
    "正文 6×190 MB": bodies,
    "半开连接 1100": half_open,
    "滴答的表单 60": dripping,
    "不读的下载 40": slow_readers,
}


def main(home: Path) -> int:
    print("| 来者 | 旁人请求 | 最慢 s | 未答 | 服务器 MB |\n| --- | ---: | ---: | ---: | ---: |", flush=True)
    broken = 0
    with serving(home) as (address, process), httpx.Client(base_url=address, timeout=60) as client:
        client.get("/api/v1/documents")
        host, port = address.removeprefix("http://").split(":")
        for name, attack in ATTACKS.items():
            with ExitStack() as held:
                for one in attack(lambda: socket.create_connection((host, int(port)), timeout=30)):
                    held.enter_context(one)
                slowest, unanswered = _others(client)
                memory = usage_of(process.pid).megabytes
            broken += slowest > WAIT or memory > MEGABYTES or unanswered > 0
            print(f"| {name} | 10 | {slowest:.2f} | {unanswered} | {memory} |", flush=True)
    return 1 if broken else 0


def _others(client: httpx.Client) -> tuple[float, int]:
    """The slowest of ten answers to somebody else, and how many were none."""
    slowest, unanswered = 0.0, 0
    for _ in range(10):
        began = time.monotonic()
        unanswered += client.get("/api/v1/documents").status_code != 200
        slowest = max(slowest, time.monotonic() - began)
    return slowest, unanswered


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
