"""Servers for tests, on loopback, in processes of their own: an S3 server (moto's), a Dask scheduler."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def object_store(*buckets: str) -> Iterator[str]:
    """Its address; with these buckets made."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address)
            for bucket in buckets:
                urllib.request.urlopen(urllib.request.Request(f"{address}/{bucket}", method="PUT"), timeout=5).close()
            yield address
        finally:
            server.kill()


def wait_for(address: str, seconds: float = 30.0) -> None:
    """Until something listens there; TimeoutError."""
    host, _, port = address.rpartition("/")[2].rpartition(":")
    until = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise TimeoutError(address) from None
            time.sleep(0.05)


GONGBAO = str(Path(sys.executable).with_name("gongbao"))  # the command


def scheduler(port: int) -> tuple[str, ...]:
    """The command that starts one."""
    here = ("--host", "127.0.0.1", "--port", str(port), "--dashboard-address", "127.0.0.1:0")
    return (sys.executable, "-m", "distributed.cli.dask_scheduler", *here)
