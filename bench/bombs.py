"""Files that unfold to more than there is, on the command line and in a server: how long, how much, and who else waits.

    python -m bench.bombs FOLDER [FOLDER …]

Each file of the folders is read (`gongbao ingest`) with the memory of every process watched, then all are uploaded to
one server, which is asked for a page all the while. Prints Markdown; exit code 1 where a file ends in no entry of the
ledger or document within 60 s, takes over 800 MB in a process, or lets another page wait more than a second.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
from gongbao.corpus.home import Home
from gongbao.search_api.tokens import Access, Tokens

from bench.load import serving
from bench.processes import usage_of

SECONDS, MEGABYTES, WAIT = 60.0, 800, 1.0
GONGBAO = Path(sys.executable).with_name("gongbao")


@dataclass(frozen=True, slots=True)
class Ended:
    """`processor`: seconds of it, of all processes; `largest`: megabytes of the largest process; `told`: entries."""

    seconds: float
    processor: float
    largest: int
    told: list[str]

    @property
    def good(self) -> bool:
        return self.seconds <= SECONDS and self.largest <= MEGABYTES and bool(self.told)


def main(folders: list[Path]) -> int:
    files = sorted(file for folder in folders for file in folder.iterdir() if file.is_file())
    print("| 文件 | KB | 秒 | CPU 秒 | 最大进程 MB | 记录 |\n| --- | ---: | ---: | ---: | ---: | --- |")
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, file in enumerate(files):
            ended = read(file, Path(folder) / str(number))
            wrong += not ended.good
            cells = (file.name, file.stat().st_size // 1024, f"{ended.seconds:.0f}", f"{ended.processor:.1f}")
            print(f"| {' | '.join(map(str, cells))} | {ended.largest} | {'；'.join(ended.told)[:80]} |", flush=True)
        slowest, count, largest = others_wait(files, Path(folder) / "served")
    told = f"其他页面答 {count} 次，最慢 {slowest:.2f} s，最大进程 {largest} MB"
    print(f"\n服务器读入全部 {len(files)} 个期间，{told}")
    return 1 if wrong or slowest > WAIT or largest > MEGABYTES else 0


def read(file: Path, home: Path) -> Ended:
    began, largest, processor = time.monotonic(), 0, 0.0
    process = subprocess.Popen([GONGBAO, "--home", home, "ingest", file], stderr=subprocess.DEVNULL)
    while process.poll() is None:
        usage = usage_of(process.pid)
        largest, processor = max(largest, usage.largest), max(processor, usage.seconds)
        time.sleep(0.05)
    seconds = time.monotonic() - began
    status = subprocess.run([GONGBAO, "--home", home, "status", "--json"], capture_output=True, check=True)
    found = json.loads(status.stdout)
    told = [f"{entry['page'] or ''} {entry['cause']}".strip() for entry in found["failures"]]
    return Ended(seconds, processor, largest, told or [f"{found['documents']} 件文件"] * bool(found["documents"]))


def others_wait(files: list[Path], root: Path) -> tuple[float, int, int]:
    """The slowest answer to somebody else while the server reads all of them, how many there were, and megabytes of
    its largest process."""
    root.mkdir()
    secret = Tokens(Home(root)).add("管理员", Access.ADMIN)
    headers = {"Authorization": f"Bearer {secret}"}
    slowest, count, largest = 0.0, 0, 0
    with serving(root) as (address, process), httpx.Client(base_url=address, headers=headers, timeout=120) as client:
        client.get("/tasks")
        job = client.post("/api/v1/uploads", files=[("files", (file.name, file.read_bytes())) for file in files]).json()
        while client.get(f"/api/v1/jobs/{job['id']}").json()["state"] in ("waiting", "running"):
            for path in ("/tasks", "/api/v1/documents", "/api/v1/health/live"):
                began = time.monotonic()
                client.get(path)
                slowest, count = max(slowest, time.monotonic() - began), count + 1
            largest = max(largest, usage_of(process.pid).largest)
            time.sleep(0.2)
    return slowest, count, largest


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]]))
