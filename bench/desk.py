"""The board, the lists and the statistics over a 台账 of N tasks that all have a state: seconds of
processor time, then, in brackets, of waiting, which others on the machine lengthen.

python -m bench.desk [tasks] [home]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from fastapi.testclient import TestClient
from gongbao.corpus.desk import Change, DeskSubject, State, Wanted
from gongbao.corpus.document import BlockKind
from gongbao.corpus.home import Home
from gongbao.corpus.records import Role
from gongbao.search_api.api import create_app
from gongbao.search_api.compose import Application, Settings

from tests.search_api.sample import Draft, put, source_of

TODAY = date(2024, 5, 29)
_EACH = 100  # tasks of one document
_BODIES = ("市水利局", "市财政局", "市公安局", "市城市管理局", "市应急管理局", "市数据局")
_PAGES = ("/", "/?today=2024-06-20", "/tasks", "/tasks?state=done", "/tasks?pressing=overdue", "/tasks?group=agency")


def main(tasks: int, root: Path) -> None:
    app = Application(Settings(Home(root), TODAY))
    if not app.store.stamps():
        _fill(app, tasks)
    app.close()
    app = Application(Settings(Home(root), TODAY))  # as after a restart: the first page waits for what is not kept
    with TestClient(create_app(app)) as client:
        for path in (*_PAGES, "/agencies/云川市水利局", "/statistics", "/api/v1/statistics"):
            print(f"{path:32}", *(_timed(client, path) for _ in range(3)), flush=True)


def _fill(app: Application, tasks: int) -> None:
    drafts = list(_drafts(tasks // _EACH))
    for at in range(0, len(drafts), 25):
        put(app.store, f"2024-{at // 25 + 1}", drafts[at : at + 25])
    began = time.perf_counter()
    app.index()
    print(f"indexed in {time.perf_counter() - began:.0f} s", flush=True)
    began = time.perf_counter()
    for draft in drafts:
        app.store.desk.write(list(_states(draft)), "林知远", TODAY)
    print(f"states written in {time.perf_counter() - began:.0f} s", flush=True)
    began = time.perf_counter()
    app.index()
    print(f"taken in by the index in {time.perf_counter() - began:.0f} s", flush=True)


def _drafts(count: int) -> Iterator[Draft]:
    for number in range(1, count + 1):
        draft = Draft(
            f"云政发〔2024〕{number}号", f"关于第{number}批重点工作的通知", "云川市人民政府", date(2024, 1, 1)
        )
        draft.position = number
        for at in range(_EACH):
            due = TODAY + timedelta(days=(number * 7 + at * 3) % 500 - 250)
            words = f"{due.year}年{due.month}月{due.day}日前"
            body = _BODIES[(number + at) % len(_BODIES)]
            block = draft.add(BlockKind.PARAGRAPH, f"第{number}批第{at}项工程{words}完成。（{body}牵头）")
            limit = draft.deadline(words, block, due=due)
            draft.assign(f"第{number}批第{at}项工程完成", [(body, Role.LEAD)], block, (limit,))
        yield draft


def _states(draft: Draft) -> Iterator[Wanted]:
    document = draft.document(source_of(draft))
    for at, task in enumerate(draft.assignments):
        due = TODAY + timedelta(days=30) if at % 50 == 0 else None
        yield Wanted(
            DeskSubject.of_task(document, task), Change(state=list(State)[at % 5], person="沈若谷", due=due), 0
        )


def _timed(client: TestClient, path: str) -> str:
    began, worked = time.perf_counter(), time.process_time()
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return f"{time.process_time() - worked:.3f} ({time.perf_counter() - began:.3f})"


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    main(count, Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp(prefix="gongbao-desk-")))
