"""Many readers at once on a real server: how long they wait, what is refused and how soon, how much memory it takes.

    python -m bench.load HOME [--clients 50] [--seconds 300]

First cold: the server starts, and all come in the first second after it said where it is; then warm. Each client asks
without a pause for pages and the API as readers do, and where it is refused comes back when it was told to. Prints
Markdown; exit code 1 where a bound was not kept. Times are of the whole answer, as the clients saw it. They share the
machine with the server: what it took itself is told, how late the clients' own loop was (lag), and how much else was
running (load).
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

import aiohttp
from yarl import URL

from bench.processes import Usage, usage_of

REFUSED = (429, 503)
P99, REFUSED_P99, MEGABYTES = 2.0, 0.1, 800  # seconds, seconds, of the server with its helpers
_TICK = 0.02  # seconds between two looks at how late the clients' own loop is
_SERVER = {"PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": ""}  # the program is compiled once, as for users
_SERVER |= {"GONGBAO_PER_MINUTE": "1000000"}  # all come from one address here
_HEADS = (
    "", "请求", "每秒答", "p50 s", "p99 s", "最长 s", "被拒", "拒答 p99 ms", "其中带 Retry-After", "其他状态",
    "CPU ms/次", "内存 MB 始→峰→末", "客户端迟滞 p99 ms", "机器负荷", "不合",
)  # fmt: skip
_QUESTIONS = (
    "公共自行车归哪个部门管", "市财政局今年有哪些任务", "6月底前要完成什么", "防汛由谁牵头", "义务教育 经费",
    "哪些任务已经逾期", "垃圾分类谁负责", "市教育局 市财政局 共同", "安全生产检查什么时候完成", "污水处理厂",
)  # fmt: skip
_PAGES = ("/", "/tasks", "/calendar", "/overview", "/statistics", "/agencies", "/tasks?pressing=overdue", "/data")
_ANSWERS = ("/api/v1/tasks", "/api/v1/documents", "/api/v1/agencies", "/api/v1/deadlines", "/api/v1/health")


@dataclass(frozen=True, slots=True)
class TimedAnswer:
    status: int
    seconds: float
    told: bool  # when to come again


@dataclass(slots=True)
class Phase:
    name: str
    began: Usage
    answers: list[TimedAnswer] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)  # megabytes, of the server with its helpers, each second
    lags: list[float] = field(default_factory=list)  # seconds, of the clients' own loop

    @property
    def good(self) -> list[float]:
        return [each.seconds for each in self.answers if each.status < 400]

    @property
    def refused(self) -> list[TimedAnswer]:
        return [each for each in self.answers if each.status in REFUSED]

    @property
    def broken(self) -> list[str]:
        """Bounds that were not kept."""
        kept = {
            "p99": _share(self.good, 99) <= P99,
            "拒答": _share([each.seconds for each in self.refused], 99) <= REFUSED_P99,
            "内存": max(self.memory) <= MEGABYTES,
            "Retry-After": all(each.told for each in self.refused),
        }
        return [name for name, is_kept in kept.items() if not is_kept]


def main(home: Path, clients: int, seconds: float) -> int:
    broken = 0
    began = time.monotonic()
    with serving(home) as (address, process):
        print(f"从启动到可以提问：{time.monotonic() - began:.1f} 秒\n", flush=True)
        print(f"| {' | '.join(_HEADS)} |\n| --- |" + " ---: |" * (len(_HEADS) - 1), flush=True)
        for name, length in (("冷", min(seconds, 30.0)), ("热", seconds)):
            phase = asyncio.run(_phase(name, address, process.pid, clients, length))
            broken += bool(phase.broken)
            print(_line(phase, process.pid, length), flush=True)
    return 1 if broken else 0


@contextmanager
def serving(home: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server of its own process; it is yielded as soon as it says where it is."""
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
    each = aiohttp.TCPConnector(limit=0)  # of one connection for each that is under way
    async with aiohttp.ClientSession(address, connector=each, timeout=aiohttp.ClientTimeout(120)) as session:
        names = await _names(session) if name == "热" else ()
        phase, until = Phase(name, usage_of(server)), time.monotonic() + seconds
        watching = [asyncio.create_task(each) for each in (_watch(phase, server), _feel(phase))]
        await asyncio.gather(*(_client(number, session, names, phase, until) for number in range(clients)))
        for task in watching:
            task.cancel()
    return phase


async def _watch(phase: Phase, server: int) -> None:
    while True:
        phase.memory.append(usage_of(server).megabytes)
        await asyncio.sleep(1)


async def _feel(phase: Phase) -> None:
    while True:
        began = time.monotonic()
        await asyncio.sleep(_TICK)
        phase.lags.append(time.monotonic() - began - _TICK)


async def _names(session: aiohttp.ClientSession) -> tuple[str, ...]:
    """Pages of some documents and bodies."""
    async with session.get("/api/v1/documents") as answer:
        documents = (await answer.json())["items"]
    async with session.get("/api/v1/agencies") as answer:
        agencies = (await answer.json())["items"]
    ids = [f"/documents/{quote(each['id'], safe='')}" for each in documents[:40]]
    return (*ids, *(f"/agencies/{quote(each['name'], safe='')}" for each in agencies[:40]))


async def _client(
    number: int, session: aiohttp.ClientSession, names: tuple[str, ...], phase: Phase, until: float
) -> None:
    chance = random.Random(number)
    while time.monotonic() < until:
        began = time.monotonic()
        async with session.get(URL(_wanted(chance, names), encoded=True)) as answer:
            await answer.read()
        wait = answer.headers.get("retry-after", "")
        phase.answers.append(TimedAnswer(answer.status, time.monotonic() - began, bool(wait)))
        if answer.status in REFUSED:
            await asyncio.sleep(float(wait or 1))


def _wanted(chance: random.Random, names: tuple[str, ...]) -> str:
    """A third questions, a third pages, a third the API and single documents and bodies."""
    kind = chance.randrange(3)
    if kind == 0:
        path = chance.choice(("/", "/api/v1/search", "/api/v1/ask"))
        return f"{path}?q={quote(chance.choice(_QUESTIONS))}"
    return chance.choice(_PAGES if kind == 1 else (*_ANSWERS, *chance.sample(names, min(10, len(names)))))


def _line(phase: Phase, server: int, seconds: float) -> str:
    good, refused = phase.good, phase.refused
    others = Counter(each.status for each in phase.answers if each.status >= 400 and each.status not in REFUSED)
    took = usage_of(server).seconds - phase.began.seconds
    cells = (
        phase.name, len(phase.answers), f"{len(good) / seconds:.1f}",
        f"{_share(good, 50):.2f}", f"{_share(good, 99):.2f}", f"{max(good, default=0):.2f}",
        len(refused), f"{1000 * _share([each.seconds for each in refused], 99):.0f}", sum(e.told for e in refused),
        dict(others) or "无", f"{1000 * took / max(len(good), 1):.0f}",
        f"{phase.memory[0]}→{max(phase.memory)}→{phase.memory[-1]}",
        f"{1000 * _share(phase.lags, 99):.0f}", f"{os.getloadavg()[0]:.1f}", "、".join(phase.broken) or "无",
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
    sys.exit(main(given.home, given.clients, given.seconds))
