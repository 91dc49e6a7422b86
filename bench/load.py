"""Many readers at once on a real server: how long they wait, what is refused and how soon, how much memory it takes.

    python -m bench.load HOME [--clients 50] [--seconds 300]

First cold: the server starts, and all come in its first second; then warm. Each client asks without a pause for pages
and the API as readers do, and where it is refused comes back when it was told to. Prints
Markdown. Times are of the whole answer. The clients need processor time, too: what the server itself took is told.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import httpx

from bench.processes import Usage, usage_of

REFUSED = (429, 503)
_SERVER = {"PYTHONUNBUFFERED": "1", "GONGBAO_PER_MINUTE": "1000000"}  # all come from one address here
_HEADS = (
    "", "请求", "每秒答", "p50 s", "p99 s", "最长 s", "被拒", "拒答 p99 ms", "其中带 Retry-After", "其他状态",
    "CPU ms/次", "内存 MB 始→峰→末",
)  # fmt: skip
_QUESTIONS = (
    "公共自行车归哪个部门管", "市财政局今年有哪些任务", "6月底前要完成什么", "防汛由谁牵头", "义务教育 经费",
    "哪些任务已经逾期", "垃圾分类谁负责", "市教育局 市财政局 共同", "安全生产检查什么时候完成", "污水处理厂",
)  # fmt: skip
_PAGES = ("/", "/tasks", "/calendar", "/overview", "/statistics", "/agencies", "/tasks?pressing=overdue", "/data")
_ANSWERS = ("/api/v1/tasks", "/api/v1/documents", "/api/v1/agencies", "/api/v1/deadlines", "/api/v1/health")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    seconds: float
    told: bool  # when to come again


@dataclass(slots=True)
class Phase:
    name: str
    began: Usage
    answers: list[Answer] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)  # megabytes, of the server with its helpers, each second


def main(home: Path, clients: int, seconds: float) -> None:
    with serving(home) as (address, process):
        print(f"| {' | '.join(_HEADS)} |\n| --- |" + " ---: |" * (len(_HEADS) - 1))
        for name, length in (("冷", min(seconds, 30.0)), ("热", seconds)):
            print(
                _line(asyncio.run(_phase(name, address, process.pid, clients, length)), process.pid, length), flush=True
            )


@contextmanager
def serving(home: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server of its own process; it is yielded as soon as it listens."""
    command = [str(Path(sys.executable).with_name("gongbao")), "--home", str(home), "serve", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | _SERVER)
    try:
        assert process.stdout
        found = re.search(r"http://[\d.]+:\d+", process.stdout.readline())
        assert found
        yield found[0], process
    finally:
        process.terminate()
        process.wait(20)


async def _phase(name: str, address: str, server: int, clients: int, seconds: float) -> Phase:
    phase, until = Phase(name, usage_of(server)), time.monotonic() + seconds
    names = await _names(address) if name == "热" else ()
    watching = asyncio.create_task(_watch(phase, server))
    await asyncio.gather(*(_client(number, address, names, phase, until) for number in range(clients)))
    watching.cancel()
    return phase


async def _watch(phase: Phase, server: int) -> None:
    while True:
        phase.memory.append(usage_of(server).megabytes)
        await asyncio.sleep(1)


async def _names(address: str) -> tuple[str, ...]:
    """Pages of some documents and bodies."""
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        documents = (await client.get("/api/v1/documents")).json()["items"]
        agencies = (await client.get("/api/v1/agencies")).json()["items"]
    ids = [f"/documents/{quote(each['id'], safe='')}" for each in documents[:40]]
    return (*ids, *(f"/agencies/{quote(each['name'], safe='')}" for each in agencies[:40]))


async def _client(number: int, address: str, names: tuple[str, ...], phase: Phase, until: float) -> None:
    chance = random.Random(number)
    async with httpx.AsyncClient(base_url=address, timeout=120) as client:
        while time.monotonic() < until:
            began = time.monotonic()
            answer = await client.get(_wanted(chance, names))
            wait = answer.headers.get("retry-after", "")
            phase.answers.append(Answer(answer.status_code, time.monotonic() - began, bool(wait)))
            if answer.status_code in REFUSED:
                await asyncio.sleep(float(wait or 1))


def _wanted(chance: random.Random, names: tuple[str, ...]) -> str:
    """A third questions, a third pages, a third the API and single documents and bodies."""
    kind = chance.randrange(3)
    if kind == 0:
        path = chance.choice(("/", "/api/v1/search", "/api/v1/ask"))
        return f"{path}?q={quote(chance.choice(_QUESTIONS))}"
    return chance.choice(_PAGES if kind == 1 else (*_ANSWERS, *chance.sample(names, min(10, len(names)))))


def _line(phase: Phase, server: int, seconds: float) -> str:
    good = [each.seconds for each in phase.answers if each.status < 400]
    refused = [each for each in phase.answers if each.status in REFUSED]
    others = Counter(each.status for each in phase.answers if each.status >= 400 and each.status not in REFUSED)
    late = [1000 * each.seconds for each in refused]
    took = usage_of(server).seconds - phase.began.seconds
    cells = (
        phase.name, len(phase.answers), f"{len(good) / seconds:.1f}",
        f"{_share(good, 50):.2f}", f"{_share(good, 99):.2f}",
        f"{max(good, default=0):.2f}", len(refused), f"{_share(late, 99):.0f}", sum(each.told for each in refused),
        dict(others) or "无", f"{1000 * took / max(len(good), 1):.0f}",
        f"{phase.memory[0]}→{max(phase.memory)}→{phase.memory[-1]}",
    )  # fmt: skip
    return "| " + " | ".join(map(str, cells)) + " |"


def _share(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1] if len(values) > 1 else max(values, default=0.0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=300)
    given = parser.parse_args()
    main(given.home, given.clients, given.seconds)
